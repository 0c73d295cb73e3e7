"""What a judge is given to judge, and what to judge it by; reading them is a matter of
:mod:`pipeline.checks.case`."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from pipeline.document import Book, Translation
from pipeline.machine import files
from pipeline.readers.draft import Draft
from pipeline.settings.arrangements import ARRANGEMENTS, ArrangementName
from pipeline.settings.values import DEFAULTS, Settings


class Kind(StrEnum):
    """What a judge may be asked to judge."""

    TEXT = "text"
    """A text that books were made of."""
    HTML = "html"
    EPUB = "epub"
    PDF = "pdf"
    SHEETS = "sheets"
    """A PDF whose pages were imposed on sheets: it is printed, and not read."""
    COVER = "svg"
    """A cover as a picture: its type is outlines, which say nothing."""
    GALLERY = "gallery"
    """The page that leads to the books."""


BOOKS = frozenset({Kind.HTML, Kind.EPUB, Kind.PDF})


@dataclass(frozen=True, slots=True)
class Subject:
    """One file that is judged. ``tags`` are the languages in it, in order; ``digest`` is what the
    manifest says of it, ``edition`` which kind of edition it is of (empty for what is none), and
    ``arrangement`` how the languages of a combined one stand (empty for others)."""

    name: str
    path: Path
    kind: Kind
    tags: tuple[str, ...]
    digest: str
    edition: str = ""
    arrangement: str = ""
    imposed: str = ""
    """The scheme by which its pages lie on sheets; empty where they do not."""
    blanks_after: int | None = None
    """The page after which blank ones stand on them, where that is not the last."""
    made_of: "Subject | None" = None
    """The PDF whose pages those are; None where the manifest names none."""

    @property
    def rows(self) -> bool:
        """Whether it gives what all languages say of a segment before what they say of the next."""
        named = bool(self.arrangement) and self.kind is Kind.EPUB
        return named and ARRANGEMENTS[ArrangementName(self.arrangement)].rows

    def content(self) -> bytes:
        """The bytes of the file. Raises :class:`OSError` where it is none, or larger than anything that is
        checked may be."""
        try:
            return files.read(self.path, "the file", "unpacked_bytes")
        except files.UnreadableError as error:
            raise OSError(0, error.what) from error


@dataclass(frozen=True, slots=True)
class Reference:
    """What a file is judged by: the book as its sources say it (``read``), as the passes of typography
    made it (``book``), and what the readers made of each text (``drafts``, in the book's order)."""

    folder: Path
    read: Book
    book: Book
    drafts: tuple[Draft, ...] = ()
    settings: Settings = DEFAULTS

    def translations(self, subject: Subject) -> list[Translation]:
        """The translations that a file holds, in its order."""
        known = {each.tag: each for each in self.book.translations}
        return [known[tag] for tag in subject.tags]
