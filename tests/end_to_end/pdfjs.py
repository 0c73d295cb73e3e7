"""pdf.js, which shows PDF in Firefox and on many web sites: what it reads, and in which order.

Its text layer is a list of items in the order in which the page draws them. An item is a stretch that
is drawn from left to right without a gap: its characters, its place, and its direction. The same line
may be many items: one ends at a mark that stands away from the end of its letter, at a kern, at a
change of face. On each item by itself pdf.js runs a small bidirectional algorithm of its own
(``bidi`` in its worker), from what the eye sees to what is meant; it takes the base direction to be
from right to left where three tenths of the item's characters are. So an item is in logical order,
and the items of a line from right to left are not: that is for the reader of the list to undo.
"""

import json
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.end_to_end.tools import node, node_package, run


@dataclass(frozen=True, slots=True)
class Item:
    """A stretch of text on a page; the place of its beginning and its height are in pt."""

    text: str
    x: float
    y: float
    height: float = 10
    ends_line: bool = False


def read(file: Path) -> list[list[Item]]:
    """The items of every page. That pdf.js complains of the file fails the test."""
    script = Path(__file__).with_name("pdfjs.mjs")
    said = run([node(), script, node_package("pdfjs-dist"), file])
    assert said.code == 0, said
    assert said.err == "", said
    answer = json.loads(said.out)
    assert answer["complaints"] == [], f"pdf.js complains of {file.name}"
    return [
        [Item(each["str"], *each["transform"][4:], each["height"], each["hasEOL"]) for each in page]
        for page in answer["pages"]
    ]


def as_drawn(page: Sequence[Item]) -> str:
    """The text of a page in the order of the items, which is that of lines from left to right."""
    return "".join(item.text + "\n" * item.ends_line for item in page)


def in_reading_order(page: Sequence[Item]) -> str:
    """The text of a page with lines from right to left, by places and directions alone.

    White space between items is not kept: pdf.js takes it from gaps.
    """
    return "\n".join("".join(_turned(line)) for line in _lines(page))


@dataclass(frozen=True, slots=True)
class _Piece:
    """An item, with the marks that the page draws before it and that belong to its first character
    on the left: the last one that is read."""

    item: Item
    marks: str

    @property
    def kind(self) -> str:
        """R or L for the direction of letters, D for digits without a letter, N for neither."""
        kinds = {unicodedata.bidirectional(char) for char in self.item.text}
        if kinds & {"R", "AL"}:
            return "R"
        if "L" in kinds:
            return "L"
        return "D" if kinds & {"EN", "AN"} else "N"


def _lines(page: Sequence[Item]) -> Iterator[list[_Piece]]:
    """The lines of a page: what follows on the same baseline, give or take half the height."""
    line: list[_Piece] = []
    marks = ""
    for item in page:
        text = item.text.strip()
        if not text:
            continue
        if all(unicodedata.combining(char) or char.isspace() for char in text):
            # Drawn above or below the line.
            marks = text + marks
            continue
        if line and abs(item.y - line[-1].item.y) > item.height / 2:
            yield line
            line = []
        line.append(_Piece(item, marks))
        marks = ""
    if line:
        yield line
    # Every mark has a letter.
    assert not marks, f"marks without a letter: {marks!a}"


def _turned(line: Sequence[_Piece]) -> Iterator[str]:
    """The pieces of a line from right to left, in which what goes from left to right keeps its order:
    letters with what stands between them and digits after them (Unicode Standard Annex 9, rules W7 and
    N1), and digits by themselves, but not two numbers with a dash between them."""
    seen = sorted(line, key=lambda piece: piece.item.x)
    kinds = "".join(piece.kind for piece in seen)
    for run_ in reversed(list(re.finditer("L(?:[LDN]*[LD])?|D+|.", kinds))):
        for piece in seen[run_.start() : run_.end()]:
            yield piece.item.text.strip() + piece.marks
