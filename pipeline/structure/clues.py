"""What translation leaves alone in a block, and how long it is: what alignment goes by.

A mark is a string whose first letter is its kind (:data:`KEPT`). Marks are made of any script: digits of all
scripts are the same numbers, and words of one script whose beginnings are alike are held for cognates (Simard,
Foster and Isabelle 1992: the first four letters).
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pipeline.document import (
    Block,
    Code,
    CodeBlock,
    Heading,
    Link,
    Listing,
    NoteMark,
    Picture,
    Table,
    block_text,
    nodes,
)

KEPT: Mapping[str, float] = {
    "n": 0.85,  # a number
    "w": 0.5,  # the first four letters of a word
    "a": 0.9,  # an address, a picture, code
    "f": 0.95,  # the reference to a note
    "p": 0.8,  # punctuation
    "k": 0.97,  # the kind of a block
    "h": 0.9,  # the level of a heading
    "i": 0.9,  # the number of items of a list, of rows of a table
}
"""How often a mark of a kind is found in the translation of what has it, where the other text has that mark
anywhere: measured on ten texts in eight languages and five scripts, rounded down, since these were faithful."""

JOINED, DENIED = "!", "-"
"""The kinds of marks that no text has: what is settled to stand together has one in common; and what is
settled to have no counterpart in another text, that text's index."""

COGNATE = 4
"""So many letters at the beginning of two words make cognates of them."""

_WORD = re.compile(rf"[^\W\d_]{{{COGNATE},}}")
_NUMBER = re.compile(r"\d+")
_ACCENTS = re.compile(r"[\u0300-\u036f\u064b-\u0652]")
_SIGNS = {
    "?": "?？؟՞",
    "!": "!！՜",
    "(": "(（",
    "[": "[［【",
    "%": "%٪％",
    "“": '"“„«「『‹”»',
    "…": "…",
}
"""Punctuation as marks call it, and how scripts write it."""
_COLONS = (":", "：", "፡")


@dataclass(frozen=True, slots=True)
class Clues:
    """The length of something in characters, and its marks."""

    length: float
    marks: frozenset[str]

    def __add__(self, other: "Clues") -> "Clues":
        return Clues(self.length + other.length, self.marks | other.marks)


def clues(block: Block) -> Clues:
    """What a block is told by."""
    text = block_text(block)
    return Clues(
        float(len(text)), frozenset((*_of_kind(block), *_of_text(text), *_of_nodes(block)))
    )


def _of_kind(block: Block) -> Iterator[str]:
    match block:
        case Listing(items=items):
            yield "klisting"
            yield f"i{len(items)}"
        case Table(rows=rows):
            yield "klisting"
            yield f"i{len(rows)}"
        case Heading(level=level):
            yield "kheading"
            yield f"h{level}"
        case _:
            yield f"k{block.kind}"


def _of_text(text: str) -> Iterator[str]:
    for number in _NUMBER.findall(text):
        yield f"n{int(number)}" if len(number) <= 18 else f"n{number}"
    plain = text if text.isascii() else _ACCENTS.sub("", unicodedata.normalize("NFKD", text))
    for word in _WORD.findall(plain):
        yield f"w{word[:COGNATE].casefold()}"
    for name, signs in _SIGNS.items():
        if any(sign in text for sign in signs):
            yield f"p{name}"
    if text.rstrip().endswith(_COLONS):
        yield "p:"


def _of_nodes(block: Block) -> Iterator[str]:
    for node in nodes(block):
        match node:
            case Link(target=target) if not target.startswith("#"):
                yield f"a{target}"
            case Picture(path=path):
                yield f"a{path}"
            case Code(value=value):
                yield f"a{value}"
            case CodeBlock(value=value):
                yield f"a{value[:200]}"
            case NoteMark(number=number):
                yield f"f{number}"
