"""Which blocks run the other way than the text that they stand in: direction is decided per block, then per
run.

In a phrase book, headings, cells, items and quotations are wholly in another language. Where all letters of one
run the other way, so does the block: its marks stand at their own end, and its lines begin at their own side. A
block with a single letter of the text's own direction runs as the text does (``bidi`` isolates what is foreign
in it); so does one without letters, and one whose letters are no words but those of amounts and addresses: a
column of weights (1 kg, 3, 500 g) stands on one side.

A list or a table runs the other way, with its markers and the order of its columns, where all its items or
cells do.
"""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TypeVar

from pipeline.document import (
    Block,
    Cell,
    CodeBlock,
    Heading,
    Item,
    Listing,
    Note,
    OtherWay,
    Quotation,
    Section,
    Table,
    Translation,
    block_text,
    plain,
)
from pipeline.languages import Direction, Language, script, script_counts, told_by
from pipeline.typography.locale import habits_of
from pipeline.typography.tokens import recognise

STRONG = {"L": Direction.LTR, "R": Direction.RTL, "AL": Direction.RTL}

SomeBlock = TypeVar("SomeBlock", bound=Block)


def mark(translation: Translation) -> Translation:
    """The translation with every block marked that runs the other way."""
    marking = _Marking(translation.language)
    base = translation.language.direction
    return replace(
        translation,
        title=marking.block(translation.title, base),
        front=marking.blocks(translation.front, base),
        sections=tuple(marking.section(each, base) for each in translation.sections),
        notes=tuple(marking.note(each, base) for each in translation.notes),
    )


def other_way(text: str, base: Direction) -> OtherWay | None:
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
        return OtherWay(found.pop())
    languages = [own for code in counts if (own := told_by(code))]
    language = languages[0] if len({own.tag for own in languages}) == 1 else None
    if language is not None and len(counts) == 1:
        return OtherWay(found.pop(), language.script, language)
    return OtherWay(found.pop(), script(max(counts, key=lambda code: (counts[code], code))), None)


@dataclass(frozen=True, slots=True)
class _Marking:
    """Goes through a text in a language; ``base`` is the direction of what stands around."""

    language: Language

    def section(self, section: Section, base: Direction) -> Section:
        return replace(
            section,
            heading=self.block(section.heading, base),
            blocks=self.blocks(section.blocks, base),
            sections=tuple(self.section(each, base) for each in section.sections),
        )

    def note(self, note: Note, base: Direction) -> Note:
        return replace(note, blocks=self.blocks(note.blocks, base))

    def blocks(self, blocks: Iterable[Block], base: Direction) -> tuple[Block, ...]:
        return tuple(self.block(each, base) for each in blocks)

    def block(self, block: SomeBlock, base: Direction) -> SomeBlock:
        if isinstance(block, CodeBlock):
            # Code runs to the right in every text, and its letters are what they are.
            return replace(block, other_way=other_way(block_text(block), Direction.LTR))
        own = self.runs(block_text(block), base)
        inside = own.direction if own else base
        match block:
            case Heading():
                return replace(block, other_way=own)
            case Listing(items=items):
                done = tuple(self.item(each, inside) for each in items)
                return replace(block, other_way=own, items=done)
            case Quotation(blocks=blocks):
                return replace(block, other_way=own, blocks=self.blocks(blocks, inside))
            case Table(header=header, rows=rows):
                return replace(
                    block,
                    other_way=own,
                    header=tuple(self.cell(each, inside) for each in header),
                    rows=tuple(tuple(self.cell(each, inside) for each in row) for row in rows),
                )
        return replace(block, other_way=own)

    def item(self, item: Item, base: Direction) -> Item:
        return replace(item, blocks=self.blocks(item.blocks, base))

    def cell(self, cell: Cell, base: Direction) -> Cell:
        return replace(cell, other_way=self.runs(plain(cell.inlines), base))

    def runs(self, text: str, base: Direction) -> OtherWay | None:
        """How a text runs, by its words."""
        found = other_way(text, base)
        return found if found and other_way(self._words(text), base) else None

    def _words(self, text: str) -> str:
        """A text without its amounts, addresses and whatever else is recognised by its form."""
        parts, done = [], 0
        for found in recognise(text, self.language, habits_of(self.language).units):
            parts.append(text[done : found.start])
            done = found.end
        return " ".join((*parts, text[done:]))
