"""Configuration: what a person asks for, in ``book.toml`` and by options, as checked values."""
