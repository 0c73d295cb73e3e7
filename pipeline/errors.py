"""Every failure there is: what happened, where, how to cure it, and its exit code.

Raised anywhere, caught once, in the command line's face. A kind of failure is a class, and
the class carries the exit code, so that a script can tell them apart.
"""

import json
import shlex
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar, NamedTuple

from pipeline.messages import Message, shorten


class SheetCell(NamedTuple):
    """A place in a table: the name of the sheet, the row, counted from 1, and the letters of the column."""

    sheet: str
    row: int
    column: str

    def __str__(self) -> str:
        return f"{self.sheet}!{self.column}{self.row}"


class CatalogueUnit(NamedTuple):
    """A place in a catalogue of translations: what the catalogue calls the unit."""

    id: str

    def __str__(self) -> str:
        return f"unit {self.id}"


@dataclass(frozen=True, slots=True)
class Origin:
    """A place in a book: the identity of a source, and where in it.

    ``path`` is relative to the book's folder, in POSIX form (``de.md``, ``templates/parts/cover.html``,
    ``book.toml``), so that it is the same wherever the book lies. ``place`` is a line, counted from 1, a cell,
    a unit, or None for the whole. Origins are sorted by source, then by place.
    """

    path: str
    place: int | SheetCell | CatalogueUnit | None = None

    @property
    def line(self) -> int | None:
        """The line; None where the place is none."""
        return self.place if isinstance(self.place, int) else None

    def shown(self, path: str) -> str:
        """The place as a person reads it, in the file that is called ``path``."""
        return path if self.place is None else f"{path}:{self.place}"

    def packed(self) -> str:
        """The place as an attribute of markup holds it."""
        return json.dumps([self.path, *self._parts()])

    @classmethod
    def unpacked(cls, packed: str) -> "Origin":
        """The place of which :meth:`packed` gave this."""
        path, *parts = json.loads(packed)
        match parts:
            case [_, _, _]:
                return cls(path, SheetCell(*parts))
            case [str(unit)]:
                return cls(path, CatalogueUnit(unit))
        return cls(path, *parts)

    def __str__(self) -> str:
        return self.shown(self.path)

    def __lt__(self, other: "Origin") -> bool:
        return self._order() < other._order()

    def _order(self) -> tuple[object, ...]:
        return (self.path, type(self.place).__name__, *self._parts())

    def _parts(self) -> tuple[object, ...]:
        return (self.place,) if isinstance(self.place, int) else tuple(self.place or ())


@dataclass(frozen=True, slots=True)
class NamedPath(Origin):
    """A file or a folder that belongs to no book, such as the one for the output: ``path`` is as it was
    named."""


@dataclass(frozen=True, slots=True)
class Argument(Origin):
    """A file or a folder of a book as an argument of a command."""


Shown = Callable[[Origin], str]
"""Composes what a person reads of a place."""


def within(folder: Path | None) -> Shown:
    """Places shown as paths of files in the folder of their book; by their identities where it is not known."""

    def shown(at: Origin) -> str:
        known = folder is not None and not isinstance(at, NamedPath)
        return at.shown((folder / at.path).as_posix() if folder is not None and known else at.path)

    return shown


def brief(address: str, longest: int = 60) -> str:
    """An address or a name as messages show it: its beginning, and nothing of a data: URL but its kind."""
    if address[:5].lower() == "data:":
        return address.partition(",")[0][:longest] + ",…"
    return address if len(address) <= longest else address[:longest] + "…"


class PentaplaError(Exception):
    """A failure that a person can act on.

    ``what`` says what happened, ``at`` where, ``cure`` what to do about it. ``folder`` is that of the book,
    as it was named: what ``at`` is relative to; None where no book is concerned.
    """

    exit_code: ClassVar[int] = 1

    def __init__(self, what: str, *, at: Origin | None = None, cure: str = "") -> None:
        what = shorten(what)
        super().__init__(what)
        self.what = what
        self.at = at
        self.cure = shorten(cure)
        self.folder: Path | None = None

    def told(self, shown: Shown) -> tuple[str, str]:
        """What happened, with where, and the cure, as a person reads them who is shown places like this."""
        return told(self.what, self.at, shown), composed(self.cure, shown)

    def __str__(self) -> str:
        return self.told(within(self.folder))[0]


def told(what: str, at: Origin | None, shown: Shown) -> str:
    """What is said of a place, with the place before it where there is one."""
    said = composed(what, shown)
    return said if at is None else f"{shown(at)}: {said}"


def composed(text: str, shown: Shown) -> str:
    """A message with the places that it names as a person is shown them."""
    if not isinstance(text, Message):
        return text
    said = []
    for part in text.parts:
        match part:
            case Argument():
                said.append(shlex.quote(shown(part)))
            case Origin():
                said.append(shown(part))
            case _:
                said.append(str(part))
    return "".join(said)


@contextmanager
def in_book(folder: Path) -> Iterator[None]:
    """Say of every failure inside which folder its book is in."""
    try:
        yield
    except PentaplaError as error:
        error.folder = error.folder or folder
        raise


class UsageError(PentaplaError):
    """An option's value makes no sense. 2 is what command lines use for this."""

    exit_code = 2


class MissingSourceError(PentaplaError):
    """There is no such file or folder, or it holds no text."""

    exit_code = 3


class EmptySourceError(PentaplaError):
    """A text file has nothing in it."""

    exit_code = 4


class DecodingError(PentaplaError):
    """A file is not in an encoding that Pentapla reads."""

    exit_code = 5


class UnknownLanguageError(PentaplaError):
    """A tag names no language, or a language that the book does not have."""

    exit_code = 6


class DuplicateLanguageError(PentaplaError):
    """Two files are in the same language."""

    exit_code = 7


class UndetectedLanguageError(PentaplaError):
    """Neither a file's name nor its text tells its language."""

    exit_code = 8


class ConfigurationError(PentaplaError):
    """``book.toml`` or a front matter cannot be understood."""

    exit_code = 9


class MarkupError(PentaplaError):
    """A source's markup asks for something that cannot be done, such as a missing picture."""

    exit_code = 10


class FontError(PentaplaError):
    """No face can draw a character, or a font file is missing."""

    exit_code = 11


class OutputError(PentaplaError):
    """The output folder cannot be written."""

    exit_code = 12


class LayoutError(PentaplaError):
    """The layout engine complained, or drew something that nobody declared."""

    exit_code = 13


class MissingLibraryError(PentaplaError):
    """A library of the operating system is missing."""

    exit_code = 14


class ImpositionError(PentaplaError):
    """A PDF cannot be laid on sheets: it is none, or damaged, encrypted, or of unequal pages."""

    exit_code = 15


class ConformanceError(PentaplaError):
    """A file does not conform to a standard that it claims."""

    exit_code = 16


class TemplateError(PentaplaError):
    """A template of the book's own cannot be carried out."""

    exit_code = 17


class LimitError(PentaplaError):
    """Something is larger, longer or deeper than a limit of :mod:`pipeline.limits`."""

    exit_code = 18


class LostTextError(PentaplaError):
    """A pass of our own lost, added or changed something of a text, and did not list it."""

    exit_code = 19


class WorkerError(PentaplaError):
    """A process that was making an edition died: killed, out of memory, or by a fault in a library."""

    exit_code = 20


class MachineError(PentaplaError):
    """The machine ran out of something: memory, room for temporary files, open files, depth."""

    exit_code = 21


class InternalError(PentaplaError):
    """A mistake in Pentapla. ``details`` is the traceback, for those who mend it."""

    exit_code = 22

    def __init__(
        self, what: str, *, at: Origin | None = None, cure: str = "", details: str = ""
    ) -> None:
        super().__init__(what, at=at, cure=cure)
        self.details = details
