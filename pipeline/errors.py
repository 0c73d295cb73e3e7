"""Every failure there is: what happened, where, how to cure it, and its exit code.

Raised anywhere, caught once, in the command line's face. A kind of failure is a class, and
the class carries the exit code, so that a script can tell them apart.
"""

from dataclasses import dataclass
from typing import ClassVar

from pipeline.messages import shorten


@dataclass(frozen=True, slots=True, order=True)
class Origin:
    """A place in a source file: the path as the user knows it, and the line, counted from 1."""

    path: str
    line: int | None = None

    def __str__(self) -> str:
        return self.path if self.line is None else f"{self.path}:{self.line}"


def brief(address: str, longest: int = 60) -> str:
    """An address or a name as messages show it: its beginning, and nothing of a data: URL but its kind."""
    if address[:5].lower() == "data:":
        return address.partition(",")[0][:longest] + ",…"
    return address if len(address) <= longest else address[:longest] + "…"


class PentaplaError(Exception):
    """A failure that a person can act on.

    ``what`` says what happened, ``at`` where, ``cure`` what to do about it.
    """

    exit_code: ClassVar[int] = 1

    def __init__(self, what: str, *, at: Origin | None = None, cure: str = "") -> None:
        what = shorten(what)
        super().__init__(what)
        self.what = what
        self.at = at
        self.cure = shorten(cure)

    def __str__(self) -> str:
        return self.what if self.at is None else f"{self.at}: {self.what}"

    def __reduce__(self) -> tuple[object, ...]:
        # Errors cross the border between worker processes; keyword arguments would be lost.
        return (_revive, (type(self), self.what, self.at, self.cure))


def _revive(kind: type[PentaplaError], what: str, at: Origin | None, cure: str) -> PentaplaError:
    return kind(what, at=at, cure=cure)


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

    def __reduce__(self) -> tuple[object, ...]:
        return (_revive_internal, (self.what, self.at, self.cure, self.details))


def _revive_internal(what: str, at: Origin | None, cure: str, details: str) -> InternalError:
    return InternalError(what, at=at, cure=cure, details=details)
