"""The one value in the middle: a book, its translations, their blocks. Readers make it,
passes change it, writers take it.

Everything here is frozen. Every block knows where it came from (``origin``) and which segment
it belongs to (``segment``): block *k* of one translation says what block *k* of every other
says. Where texts do not match block by block a segment holds several blocks, and ``part``
counts them.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, fields, replace
from enum import StrEnum
from typing import Any, ClassVar, TypeVar, cast

from pipeline.errors import Origin
from pipeline.languages import Direction, Language

# --- inside a paragraph -------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Inline:
    """Something that stands in a line. ``kind`` names it in templates."""

    kind: ClassVar[str]


@dataclass(frozen=True, slots=True)
class Text(Inline):
    """Characters, as the source has them, in NFC."""

    kind: ClassVar[str] = "text"
    value: str


@dataclass(frozen=True, slots=True)
class Container(Inline):
    """An inline that holds inlines."""

    children: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Emphasis(Container):
    kind: ClassVar[str] = "emphasis"


@dataclass(frozen=True, slots=True)
class Strong(Container):
    kind: ClassVar[str] = "strong"


@dataclass(frozen=True, slots=True)
class Deleted(Container):
    kind: ClassVar[str] = "deleted"


@dataclass(frozen=True, slots=True)
class Link(Container):
    """``target`` is an address with a scheme, or ``#`` and an anchor of this translation."""

    kind: ClassVar[str] = "link"
    target: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class Run(Container):
    """A stretch in another language or direction than what stands around it."""

    kind: ClassVar[str] = "run"
    direction: Direction
    language: Language | None = None


@dataclass(frozen=True, slots=True)
class Date(Container):
    """A date, with its machine-readable form (ISO 8601), shown as its children show it."""

    kind: ClassVar[str] = "date"
    iso: str


@dataclass(frozen=True, slots=True)
class Code(Inline):
    kind: ClassVar[str] = "code"
    value: str


@dataclass(frozen=True, slots=True)
class Break(Inline):
    """A line break that the author made."""

    kind: ClassVar[str] = "break"


@dataclass(frozen=True, slots=True)
class NoteMark(Inline):
    """The place in the text that refers to note ``number``; ``use`` counts its mentions."""

    kind: ClassVar[str] = "note_mark"
    number: int
    use: int = 1


@dataclass(frozen=True, slots=True)
class Picture(Inline):
    """An image. ``path`` is the file; ``width`` and ``height`` in px, where they are known."""

    kind: ClassVar[str] = "picture"
    path: str
    alternative: str
    media_type: str
    width: int | None = None
    height: int | None = None
    title: str = ""


# --- blocks -------------------------------------------------------------------------------


class Role(StrEnum):
    """What a paragraph is for."""

    TEXT = "text"
    DATELINE = "dateline"
    LABEL = "label"


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """Something that stands on lines of its own. ``kind`` names its template."""

    kind: ClassVar[str]
    origin: Origin
    segment: int = 0
    part: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph(Block):
    kind: ClassVar[str] = "paragraph"
    inlines: tuple[Inline, ...]
    role: Role = Role.TEXT


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading(Block):
    """``level`` 0 is the title of the translation, 1 a section, 2 a section in it, and so on.

    ``slug`` is what links inside a Markdown source call it by.
    """

    kind: ClassVar[str] = "heading"
    inlines: tuple[Inline, ...]
    level: int
    slug: str = ""


@dataclass(frozen=True, slots=True)
class Item:
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
    kind: ClassVar[str] = "quotation"
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure(Block):
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
class Cell:
    inlines: tuple[Inline, ...]
    align: Align = Align.NONE


@dataclass(frozen=True, slots=True, kw_only=True)
class Table(Block):
    kind: ClassVar[str] = "table"
    header: tuple[Cell, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeBlock(Block):
    kind: ClassVar[str] = "code"
    value: str
    info: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule(Block):
    """A thematic break."""

    kind: ClassVar[str] = "rule"


# --- a translation, a book, an edition ------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote: ``number`` from 1, ``uses`` how often the text refers to it."""

    number: int
    blocks: tuple[Block, ...]
    origin: Origin
    uses: int = 1


@dataclass(frozen=True, slots=True)
class Section:
    heading: Heading
    blocks: tuple[Block, ...]
    sections: tuple["Section", ...] = ()

    def walk(self) -> Iterator["Section"]:
        """This section and all in it, in reading order."""
        yield self
        for section in self.sections:
            yield from section.walk()


@dataclass(frozen=True, slots=True)
class Provenance:
    """What is known of the file that a translation was read from."""

    path: str
    encoding: str
    language_from: str
    """``name`` (the file's name says it), ``front matter``, ``book.toml`` or ``text``."""
    nfc: bool = True
    """Whether the file was in normalisation form C as it came."""


@dataclass(frozen=True, slots=True)
class Translation:
    """One text in one language."""

    language: Language
    title: Heading
    front: tuple[Block, ...]
    """What stands before the first heading."""
    sections: tuple[Section, ...]
    provenance: Provenance
    notes: tuple[Note, ...] = ()
    date: str | None = None
    authors: tuple[str, ...] = ()

    @property
    def tag(self) -> str:
        return self.language.tag

    def walk(self) -> Iterator[Section]:
        """All sections, in reading order."""
        for section in self.sections:
            yield from section.walk()

    def blocks(self) -> Iterator[Block]:
        """Title, blocks and headings, in reading order; not the notes."""
        yield self.title
        yield from self.front
        for section in self.walk():
            yield section.heading
            yield from section.blocks

    def segments(self) -> Iterator[tuple[int, tuple[Block, ...]]]:
        """The blocks in reading order, gathered by segment."""
        number, gathered = -1, list[Block]()
        for block in self.blocks():
            if block.segment != number and gathered:
                yield number, tuple(gathered)
                gathered = []
            number = block.segment
            gathered.append(block)
        if gathered:
            yield number, tuple(gathered)


@dataclass(frozen=True, slots=True)
class Theme:
    """What a reader sees of a design; lengths in mm, sizes in pt."""

    width: float = 148.0
    height: float = 210.0
    base: float = 10.0
    accents: tuple[tuple[str, str], ...] = ()
    """Pairs of a language tag and a colour, over the ones that are computed."""


@dataclass(frozen=True, slots=True)
class Warning_:  # noqa: N801 - the builtin's name is taken
    """Something that the user should know of, and that does not stop the build."""

    what: str
    at: Origin | None = None

    def __str__(self) -> str:
        return self.what if self.at is None else f"{self.at}: {self.what}"


@dataclass(frozen=True, slots=True)
class Book:
    name: str
    """A safe slug: the stem of every file that is made."""
    title: str
    translations: tuple[Translation, ...]
    authors: tuple[str, ...] = ()
    publisher: str = ""
    identifier: str = ""
    rights: str = ""
    date: str | None = None
    progression: Direction | None = None
    """The page progression of the combined edition, where it is not the first language's."""
    theme: Theme = field(default_factory=Theme)
    inferences: tuple[str, ...] = ()
    """What was guessed, in words for a person."""
    warnings: tuple[Warning_, ...] = ()


class EditionKind(StrEnum):
    SINGLE = "single"
    COMBINED = "combined"


@dataclass(frozen=True, slots=True)
class Edition:
    """A selection of a book's translations that is made into files."""

    book: Book
    kind: EditionKind
    translations: tuple[Translation, ...]

    @property
    def key(self) -> str:
        """The part of a file's name that tells editions of a book apart."""
        return self.first.tag if self.kind is EditionKind.SINGLE else self.kind.value

    @property
    def first(self) -> Translation:
        return self.translations[0]

    @property
    def title(self) -> str:
        if self.kind is EditionKind.COMBINED and self.book.title:
            return self.book.title
        return plain(self.first.title.inlines)

    @property
    def direction(self) -> Direction:
        """The page progression."""
        if self.kind is EditionKind.COMBINED and self.book.progression is not None:
            return self.book.progression
        return self.first.language.direction

    @property
    def languages(self) -> tuple[Language, ...]:
        return tuple(translation.language for translation in self.translations)


def anchor(translation: Translation, block: Block) -> str:
    """The name of a block in every output: unique in a book, the same on every build.

    >>> # de-12, and de-12-1 for the second block of the same segment
    """
    part = f"-{block.part}" if block.part else ""
    return f"{translation.tag}-{block.segment}{part}"


# --- walking and changing --------------------------------------------------------------------


def plain(inlines: Iterable[Inline]) -> str:
    """The characters of some inlines: no markup, no notes, a break as a space."""
    parts = []
    for inline in inlines:
        match inline:
            case Text(value) | Code(value):
                parts.append(value)
            case Container(children=children):
                parts.append(plain(children))
            case Break():
                parts.append(" ")
            case Picture(alternative=alternative):
                parts.append(alternative)
    return "".join(parts)


def block_text(block: Block) -> str:
    """The characters of a block, with a line feed between the parts of a compound one."""
    match block:
        case Paragraph(inlines=inlines) | Heading(inlines=inlines) | Figure(caption=inlines):
            return plain(inlines)
        case Listing(items=items):
            return "\n".join(block_text(child) for item in items for child in item.blocks)
        case Quotation(blocks=blocks):
            return "\n".join(block_text(child) for child in blocks)
        case Table(header=header, rows=rows):
            return "\n".join(
                "\t".join(plain(cell.inlines) for cell in row) for row in (header, *rows) if row
            )
        case CodeBlock(value=value):
            return value
    return ""


Node = TypeVar("Node")
Change = Callable[[Inline, Origin], tuple[Inline, ...]]


def rewrite(node: Node, change: Change) -> Node:
    """The same tree with each inline replaced by what ``change`` gives for it, from within outward:
    a container comes to ``change`` with its children changed already.

    ``node`` is a block, a section, a note, a translation, or a tuple of them. ``change`` is also told
    the origin of the block that the inline stands in.
    """
    return cast("Node", _rewrite(node, change, Origin("")))


def _rewrite(node: Any, change: Change, near: Origin) -> Any:
    if isinstance(node, tuple):
        out: list[Any] = []
        for child in node:
            new = _rewrite(child, change, near)
            if isinstance(new, Inline):
                out.extend(change(new, near))
            else:
                out.append(new)
        return tuple(out)
    if not isinstance(node, _TREE):
        return node
    near = getattr(node, "origin", near)
    changed = {
        each.name: _rewrite(getattr(node, each.name), change, near)
        for each in fields(node)
        if each.name in _HOLDERS
    }
    return replace(node, **changed) if changed else node


_TREE = (Inline, Block, Item, Cell, Note, Section, Translation)
_HOLDERS = frozenset(
    ("inlines", "children", "blocks", "items", "caption", "header", "rows", "title", "front",
     "sections", "heading", "notes")
)  # fmt: skip


def pictures(translation: Translation) -> Iterator[Picture]:
    """Every picture of a translation, in reading order, as often as it stands there."""
    yield from find(translation.title, Picture)
    yield from find(translation.front, Picture)
    yield from find(translation.sections, Picture)
    yield from find(translation.notes, Picture)


def texts(node: object) -> Iterator[Text | Code]:
    """Every run of characters below a node, code in a line included."""
    yield from find(node, (Text, Code))


def find(node: Any, kind: Any) -> Iterator[Any]:
    """Every value of a class (or a tuple of classes) below a node, in reading order."""
    if isinstance(node, kind):
        yield node
    elif isinstance(node, tuple):
        for child in node:
            yield from find(child, kind)
    elif isinstance(node, _TREE):
        for each in fields(node):
            if each.name in _HOLDERS or each.name == "picture":
                yield from find(getattr(node, each.name), kind)
