"""What a reader reads: a file with an identity that is the same wherever the book lies."""

import hashlib
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from pipeline.errors import LimitError, MissingSourceError, Origin
from pipeline.machine.files import Access, UnreadableError


@dataclass(frozen=True, slots=True)
class Source:
    """A file of a book, and its bytes.

    ``path`` is its identity: relative to the book's folder, in POSIX form. ``folder`` is where the file stands
    on this machine; what it names beside it is opened through ``access``, which also has the limits.
    """

    path: str
    content: bytes = field(repr=False)
    folder: Path = field(compare=False)
    access: Access = field(compare=False)

    @property
    def name(self) -> str:
        """The name of the file."""
        return PurePosixPath(self.path).name

    @property
    def suffix(self) -> str:
        """The ending of the name, with its dot; empty where it has none."""
        return PurePosixPath(self.path).suffix

    @property
    def sha256(self) -> str:
        """The digest of its bytes, in hexadecimal digits."""
        return hashlib.sha256(self.content).hexdigest()

    def beside(self, name: str) -> str:
        """The identity of a file that it names."""
        return (PurePosixPath(self.path).parent / name).as_posix()

    def at(self, line: int | None = None) -> Origin:
        """A place in it: a line, counted from 1, or the whole."""
        return Origin(self.path, line)


def opened(
    file: Path, path: str, access: Access | None = None, *, beside: Access | None = None
) -> Source:
    """A file as a source whose identity is ``path``. ``access`` says whether it may be read (by default it may,
    wherever it lies), ``beside`` what may be read of the files that it names (by default, those in its folder).

    Raises :class:`MissingSourceError` where it cannot be opened, and :class:`LimitError` where it is too large.
    """
    access = access or Access((), outside=True)
    try:
        content = access.read(file.parent, file.name, "the file", "text_bytes")
    except UnreadableError as error:
        kind = LimitError if error.large else MissingSourceError
        raise kind(error.what, at=Origin(path), cure=error.cure) from error
    return Source(path, content, file.parent, beside or Access((file.parent,)))
