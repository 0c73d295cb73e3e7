"""The text that a file must hold: the units of a translation, in order, each with its place in the source."""

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from pipeline.document import (
    Block,
    Break,
    Code,
    CodeBlock,
    Date,
    Figure,
    Heading,
    Inline,
    Listing,
    NoteMark,
    OtherWay,
    Paragraph,
    Picture,
    Quotation,
    Run,
    Table,
    Text,
    Translation,
    anchor,
    note_anchor,
    walk,
)
from pipeline.errors import Origin
from pipeline.languages import Direction

BEHIND = sys.maxsize
"""The segment of notes, which stand behind the text."""


@dataclass(frozen=True, slots=True)
class LangDir:
    """The language and the direction that hold for some characters."""

    tag: str
    direction: Direction

    def __str__(self) -> str:
        return f"{self.tag} {self.direction}"


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters that have one language and one direction. ``shown`` is False for the alternative text of a
    picture, which is not visible; ``call`` is True for the number in the text that refers to a note."""

    text: str
    lang_dir: LangDir
    shown: bool = True
    call: bool = False


@dataclass(frozen=True, slots=True)
class Unit:
    """A piece of text that stands by itself: a title, a heading, a paragraph, an item of a list, a cell, a
    caption, the alternative text of a picture, a paragraph of a note, or a block of code, as ``kind`` says.

    ``anchor`` is the ``id`` of the element that it stands in, empty where that has none; ``marker`` is the
    number that layout writes before an item of a list, ``bullet`` says that layout draws a bullet there;
    ``note`` is the number of the note that it belongs to, else 0.
    """

    anchor: str
    kind: str
    pieces: tuple[Piece, ...]
    origin: Origin
    note: int = 0
    segment: int = 0
    """The segment that it belongs to; of a note, one behind all others."""
    marker: str = ""
    bullet: bool = False
    among_rtl: bool = False
    """Whether its lines, or those of the text that it stands in, run from right to left."""

    @property
    def text(self) -> str:
        """All characters, without the calls of notes."""
        return "".join(piece.text for piece in self.pieces if not piece.call)

    @property
    def drawn(self) -> str:
        """The characters that are visible on a page: without alternative texts and calls of notes."""
        return "".join(piece.text for piece in self.pieces if piece.shown and not piece.call)

    @property
    def holds_picture(self) -> bool:
        """Whether a picture stands among its words."""
        return any(not piece.shown for piece in self.pieces) and bool(self.drawn.strip())


def units(translation: Translation) -> list[Unit]:
    """The units of a translation: the text in reading order, then the notes."""
    lang_dir = LangDir(translation.tag, translation.language.direction)
    out: list[Unit] = []
    for block in translation.blocks():
        unnamed = block.segment == 0 and not (isinstance(block, Heading) and block.level == 0)
        name = "" if unnamed else anchor(translation, block)
        out.extend(
            replace(unit, anchor=name, segment=block.segment) for unit in _block(block, lang_dir)
        )
    for note in translation.notes:
        name = note_anchor(translation, note.number)
        for block in note.blocks:
            out.extend(
                replace(unit, anchor=name, note=note.number, kind="note", segment=BEHIND)
                for unit in _block(block, lang_dir)
            )
    rtl = translation.language.direction is Direction.RTL
    return [replace(unit, among_rtl=unit.among_rtl or rtl) for unit in out if unit.pieces]


def _inside(lang_dir: LangDir, own: OtherWay | None) -> LangDir:
    """The language and direction inside of something that may run the other way (``own``)."""
    return (
        lang_dir
        if own is None
        else LangDir(own.language.tag if own.language else lang_dir.tag, own.direction)
    )


def _block(block: Block, lang_dir: LangDir) -> Iterator[Unit]:
    """The units of a block, without anchors; :func:`units` adds these."""
    outer = lang_dir
    lang_dir = _inside(lang_dir, block.other_way)
    match block:
        case Heading(inlines=inlines, level=level):
            yield _unit("heading" if level else "title", inlines, block.origin, lang_dir)
        case Paragraph(inlines=inlines):
            yield _unit("paragraph", inlines, block.origin, lang_dir)
        case Listing():
            yield from _listing(block, lang_dir)
        case Quotation(blocks=blocks):
            for inner in blocks:
                yield from _block(inner, lang_dir)
        case Figure(picture=picture, caption=caption):
            yield _unit("picture", (picture,), block.origin, outer)
            yield _unit("caption", caption, block.origin, lang_dir)
        case Table(header=header, rows=rows):
            for at, row in enumerate((header, *rows)):
                # The rows of a Markdown table are lines; the second one is its rule.
                line = (block.origin.line or 1) + at + (1 if at else 0)
                for cell in row:
                    kind = "cell" if at else "head"
                    own = _inside(lang_dir, cell.other_way)
                    yield _unit(kind, cell.inlines, Origin(block.origin.path, line), own)
        case CodeBlock(value=value):
            # Code reads from left to right in every text.
            own = lang_dir if block.other_way else replace(lang_dir, direction=Direction.LTR)
            pieces = (Piece(value, own),) if value else ()
            yield Unit("", "code", pieces, block.origin, among_rtl=own.direction is Direction.RTL)


def _listing(block: Listing, lang_dir: LangDir) -> Iterator[Unit]:
    for at, item in enumerate(block.items):
        marker = "" if block.start is None else f"{block.start + at}."
        inside = [unit for inner in item.blocks for unit in _block(inner, lang_dir)]
        if inside:
            first = inside[0]
            inside[0] = replace(
                first,
                kind="item" if first.kind == "paragraph" else first.kind,
                marker=marker,
                bullet=block.start is None,
            )
        yield from inside


def _unit(kind: str, inlines: Sequence[Inline], origin: Origin, lang_dir: LangDir) -> Unit:
    pieces = tuple(_pieces(inlines, lang_dir))
    return Unit("", kind, pieces, origin, among_rtl=lang_dir.direction is Direction.RTL)


def _pieces(inlines: Sequence[Inline], lang_dir: LangDir) -> Iterator[Piece]:
    for inline, own in walk(tuple(inlines), lang_dir, _within):
        match inline:
            case Text(value) | Code(value):
                yield Piece(value, own)
            case Break():
                yield Piece("\n", own)
            case Picture(alternative=alternative):
                yield Piece(alternative, own, shown=False)
            case NoteMark(number=number):
                yield Piece(f"[{number}]", own, call=True)


def _within(inline: Inline, around: LangDir) -> LangDir:
    """The language and direction of an inline and of what stands in it."""
    match inline:
        case Run(direction=direction, language=language):
            return LangDir(language.tag if language else around.tag, direction)
        case Code(direction=own) | Date(direction=own) if own:
            return replace(around, direction=own)
    return around
