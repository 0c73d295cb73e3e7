"""What a reader makes of one text of a file."""

from dataclasses import dataclass

from pipeline.document import Block, Heading, Note
from pipeline.errors import Origin


@dataclass(frozen=True, slots=True)
class Draft:
    """The blocks of a text in order, not yet in sections.

    ``marked`` says that the format itself tells headings from paragraphs. ``title`` is there
    where the format declares one outside its blocks (a front matter). ``language`` is a tag, None where the
    format says none.
    """

    blocks: tuple[Block, ...]
    marked: bool
    origin: Origin
    title: Heading | None = None
    notes: tuple[Note, ...] = ()
    language: str | None = None
    date: str | None = None
    authors: tuple[str, ...] = ()
    warnings: tuple[tuple[str, Origin], ...] = ()
    encoding: str = ""
    """How the characters were written down."""
    nfc: bool = True
    """Whether they were in normalisation form C as they came."""
