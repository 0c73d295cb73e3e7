"""Places of a book as the user knows them, from where they stand."""

from pathlib import Path

from pipeline.errors import NamedPath, Origin, Shown


def places(folder: Path | None) -> Shown:
    """How places in a book are shown: ``folder`` is that of the book, None where none is concerned."""

    def shown(at: Origin) -> str:
        if folder is None or isinstance(at, NamedPath):
            return str(at)
        return at.shown(_from_here(folder / at.path))

    return shown


def _from_here(path: Path) -> str:
    """A path from here where it is below here, else as it is."""
    try:
        # The name stays, also that of a link: it is the one that the user knows.
        return (path.parent.resolve() / path.name).relative_to(Path.cwd()).as_posix()
    except (ValueError, OSError, RuntimeError):
        return path.as_posix()
