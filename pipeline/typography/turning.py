"""Which blocks run the other way than the text that they stand in: direction is decided per block, then per
run.

In a phrase book, headings, cells, items and quotations are wholly in another language. Where all letters of one
run the other way, so does the block: its marks stand at their own end, and its lines begin at their own side. A
block with a single letter of the text's own direction runs as the text does (``bidi`` isolates what is foreign
in it); so does one without letters.

A list or a table is turned, with its markers and the order of its columns, where all its items or cells are.
"""

import unicodedata
from collections.abc import Iterable
from dataclasses import replace
from typing import TypeVar

from pipeline.document import (
    Block,
    Cell,
    CodeBlock,
    Heading,
    Item,
    Listing,
    Note,
    Quotation,
    Section,
    Table,
    Translation,
    Turned,
    block_text,
    plain,
)
from pipeline.languages import Direction, script, script_counts, told_by

STRONG = {"L": Direction.LTR, "R": Direction.RTL, "AL": Direction.RTL}

Any_ = TypeVar("Any_", bound=Block)


def turn(translation: Translation) -> Translation:
    """The translation with every block marked that runs the other way."""
    base = translation.language.direction
    return replace(
        translation,
        title=_block(translation.title, base),
        front=_blocks(translation.front, base),
        sections=tuple(_section(each, base) for each in translation.sections),
        notes=tuple(_note(each, base) for each in translation.notes),
    )


def turned(text: str, base: Direction) -> Turned | None:
    """How a text runs whose letters all run the other way than ``base``; None where one does not."""
    found = {
        STRONG[kind]
        for char in text
        if (kind := unicodedata.bidirectional(char)) in STRONG
        and unicodedata.category(char).startswith("L")
    }
    if len(found) != 1 or base in found:
        return None
    counts = script_counts(text)
    if not counts:
        return Turned(found.pop())
    languages = [own for code in counts if (own := told_by(code))]
    language = languages[0] if len({own.tag for own in languages}) == 1 else None
    if language is not None and len(counts) == 1:
        return Turned(found.pop(), language.script, language)
    return Turned(found.pop(), script(max(counts, key=lambda code: (counts[code], code))), None)


def _section(section: Section, base: Direction) -> Section:
    return replace(
        section,
        heading=_block(section.heading, base),
        blocks=_blocks(section.blocks, base),
        sections=tuple(_section(each, base) for each in section.sections),
    )


def _note(note: Note, base: Direction) -> Note:
    return replace(note, blocks=_blocks(note.blocks, base))


def _blocks(blocks: Iterable[Block], base: Direction) -> tuple[Block, ...]:
    return tuple(_block(each, base) for each in blocks)


def _block(block: Any_, base: Direction) -> Any_:
    if isinstance(block, CodeBlock):
        base = Direction.LTR  # as code runs in every text
    own = turned(block_text(block), base)
    inside = own.direction if own else base
    match block:
        case Heading():
            return replace(block, turned=own)
        case Listing(items=items):
            done = tuple(_item(each, inside) for each in items)
            return replace(block, turned=own, items=done)
        case Quotation(blocks=blocks):
            return replace(block, turned=own, blocks=_blocks(blocks, inside))
        case Table(header=header, rows=rows):
            return replace(
                block,
                turned=own,
                header=tuple(_cell(each, inside) for each in header),
                rows=tuple(tuple(_cell(each, inside) for each in row) for row in rows),
            )
    return replace(block, turned=own)


def _item(item: Item, base: Direction) -> Item:
    return replace(item, blocks=_blocks(item.blocks, base))


def _cell(cell: Cell, base: Direction) -> Cell:
    return replace(cell, turned=turned(plain(cell.inlines), base))
