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
from dataclasses import replace

from pipeline.document import (
    Block,
    Cell,
    CodeBlock,
    Node,
    OtherWay,
    Place,
    Translation,
    block_text,
    plain,
    rewrite_nodes,
)
from pipeline.languages import Direction, Language, script, script_counts, told_by
from pipeline.typography.locale import habits_of
from pipeline.typography.tokens import recognise

STRONG = {"L": Direction.LTR, "R": Direction.RTL, "AL": Direction.RTL}


def mark(translation: Translation) -> Translation:
    """The translation with every block and every cell marked that runs the other way."""
    language = translation.language

    def change(node: Node, place: Place) -> Node:
        base = place.other_way.direction if place.other_way else language.direction
        match node:
            case CodeBlock(value=value):
                # Code runs to the right in every text, and its letters are what they are.
                return replace(node, other_way=other_way(value, Direction.LTR))
            case Block():
                return replace(node, other_way=_runs(block_text(node), base, language))
            case Cell(inlines=inlines):
                return replace(node, other_way=_runs(plain(inlines), base, language))
        return node

    return rewrite_nodes(translation, change)


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


def _runs(text: str, base: Direction, language: Language) -> OtherWay | None:
    """How a text in a language runs, by its words."""
    found = other_way(text, base)
    return found if found and other_way(_words(text, language), base) else None


def _words(text: str, language: Language) -> str:
    """A text without its amounts, addresses and whatever else is recognised by its form."""
    parts, done = [], 0
    for found in recognise(text, language, habits_of(language).units):
        parts.append(text[done : found.start])
        done = found.end
    return " ".join((*parts, text[done:]))
