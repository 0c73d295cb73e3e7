"""Which files a book is read from, and what each is called in it."""

import os
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath

from pipeline.errors import MissingSourceError, NamedPath
from pipeline.machine.files import exists
from pipeline.readers.formats import READERS, reader_for

# Files that stand beside texts in every repository and are none.
BESIDE = re.compile(
    r"(readme|licen[cs]e|copying|changelog|contributing|notice)\.\w+", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Files:
    """The files of a book: its ``folder``, as it was named, which identities are relative to; the ``texts``, in
    order; and the folder in which ``book.toml`` stands, which is that of the first text.

    ``whole`` says that the folder was named, and not files in it.
    """

    folder: Path
    texts: tuple[Path, ...]
    configuration_folder: Path
    whole: bool

    def identity(self, path: Path) -> str:
        """What a file of the book is called in it: its path from the book's folder."""
        return PurePath(os.path.relpath(path.parent, self.folder), path.name).as_posix()


def files(source: Sequence[Path]) -> Files:
    """The text files that are meant by a folder, or by files.

    Raises :class:`MissingSourceError` where there are none, and for what is no file that can be read as a text.
    """
    if len(source) == 1 and source[0].is_dir():
        return Files(source[0], tuple(texts_in(source[0])), source[0], whole=True)
    for each in source:
        _demand_text(each)
    return Files(folder_of(source), tuple(source), source[0].parent, whole=False)


def folder_of(source: Sequence[Path]) -> Path:
    """The folder of a book that is named by its folder or by files: the one that holds all of them, in the
    words of the first."""
    first = source[0] if source[0].is_dir() else source[0].parent
    absolute = os.path.abspath(first)  # noqa: PTH100 - as it was named, links and all
    common = os.path.commonpath([absolute, *(os.path.abspath(each.parent) for each in source[1:])])  # noqa: PTH100
    if common == absolute:
        return first
    return Path(common if first.is_absolute() else os.path.relpath(common))


def texts_in(folder: Path) -> list[Path]:
    """The text files of a folder, in the order of their names.

    Raises :class:`MissingSourceError` where it cannot be read, or has none.
    """
    at = NamedPath(folder.as_posix())
    try:
        found = sorted(each for each in folder.iterdir() if _is_text(each))
    except OSError as error:
        raise MissingSourceError(
            f"the folder cannot be read: {error.strerror}", at=at, cure="check its permissions"
        ) from error
    if not found:
        suffixes = ", ".join(suffix for reader in READERS for suffix in reader.suffixes)
        raise MissingSourceError(
            "there is no text in this folder",
            at=at,
            cure=f"put text files in it, one a language ({suffixes})",
        )
    return found


def _demand_text(file: Path) -> None:
    """Whether a file that was named is there, and can be read as a text."""
    at = NamedPath(file.as_posix())
    if file.is_dir():
        raise MissingSourceError(
            "a folder among files", at=at, cure="give one folder, or text files"
        )
    if not exists(file):
        raise MissingSourceError(
            "there is no such file or folder",
            at=at,
            cure="give a folder with text files, or the files themselves",
        )
    if reader_for(file) is None:
        kinds = [f"{reader.title} ({reader.suffixes[0]})" for reader in READERS]
        last = kinds.pop()
        raise MissingSourceError(
            f"files that end in “{file.suffix}” are not read",
            at=at,
            cure=f"save it as {', '.join(kinds)} or {last}",
        )


def _is_text(file: Path) -> bool:
    """Whether the name is that of a text. What it names may be none (a folder, a link to nowhere): that is an
    error, when it is read, for a text must not be skipped in silence."""
    return (
        not file.name.startswith((".", "_"))
        and reader_for(file) is not None
        and not BESIDE.fullmatch(file.name)
    )
