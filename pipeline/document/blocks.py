"""What stands on lines of its own."""

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from pipeline.document.inlines import Inline, Node, Picture, Run
from pipeline.errors import Origin
from pipeline.languages import Direction, Language, Script


class Role(StrEnum):
    """What a paragraph is for."""

    TEXT = "text"
    DATELINE = "dateline"
    LABEL = "label"


@dataclass(frozen=True, slots=True)
class OtherWay:
    """How something runs whose letters all run the other way than the text around it; ``script`` and
    ``language`` are there where its letters tell them."""

    direction: Direction
    script: Script | None = None
    language: Language | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Block(Node):
    """Something that stands on lines of its own. ``kind`` names its template.

    ``other_way`` is there where it runs the other way than what stands around it: of a figure its caption does.
    """

    kind: ClassVar[str]
    origin: Origin
    segment: int = 0
    part: int = 0
    other_way: OtherWay | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LineBlock(Block):
    """A block that is one line of inlines."""

    inlines: tuple[Inline, ...]

    @property
    def line(self) -> tuple[Inline, ...]:
        """Its inlines as a line of another text holds them: a contents page, a cover."""
        own = self.other_way
        if own is None:
            return self.inlines
        return (Run(self.inlines, own.direction, own.script, own.language),)


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph(LineBlock):
    """A paragraph; ``role`` tells a date line and a label from ordinary text."""

    kind: ClassVar[str] = "paragraph"
    role: Role = Role.TEXT


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading(LineBlock):
    """``level`` 0 is the title of the translation, 1 a section, 2 a section in it, and so on.

    ``slug`` is what links inside a Markdown source call it by.
    """

    kind: ClassVar[str] = "heading"
    level: int
    slug: str = ""


@dataclass(frozen=True, slots=True)
class Item(Node):
    """One item of a list."""

    blocks: tuple[Block, ...]
    origin: Origin


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing(Block):
    """A list. ``start`` is the first number of an ordered one, None of a bulleted one."""

    kind: ClassVar[str] = "listing"
    items: tuple[Item, ...]
    start: int | None = None
    tight: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Quotation(Block):
    """Quoted blocks."""

    kind: ClassVar[str] = "quotation"
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure(Block):
    """A picture that stands by itself, with its caption, which may be empty."""

    kind: ClassVar[str] = "figure"
    picture: Picture
    caption: tuple[Inline, ...] = ()


class Align(StrEnum):
    """The side of a table column, in logical terms: the source's left is the start only in
    left-to-right text, so a side is kept only where the source names one."""

    NONE = ""
    START = "start"
    CENTER = "center"
    END = "end"


@dataclass(frozen=True, slots=True)
class Cell(Node):
    """One cell of a table. ``align`` is the side that the source names for it, if it names one."""

    kind: ClassVar[str] = "cell"
    inlines: tuple[Inline, ...]
    align: Align = Align.NONE
    other_way: OtherWay | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Table(Block):
    """A table: the cells of its head, then those of its rows."""

    kind: ClassVar[str] = "table"
    header: tuple[Cell, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeBlock(Block):
    """Lines of code, kept as they are. ``info`` is what the source says of the code, such as its language."""

    kind: ClassVar[str] = "code"
    value: str
    info: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule(Block):
    """A thematic break."""

    kind: ClassVar[str] = "rule"
