"""``python -m pipeline`` does what the command ``pentapla`` does."""

from pipeline.command import main

if __name__ == "__main__":
    main()
