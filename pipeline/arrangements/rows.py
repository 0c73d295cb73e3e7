"""What was measured of a text in several columns: rows of cells of lines."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property


class Lock(StrEnum):
    """What stands level in all columns."""

    ROWS = "rows"
    """Each row begins at one height."""
    SECTIONS = "sections"
    """Headings do; the text between two of them runs free."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a cell, or what is not divided: a row of a table, a picture. Distances are from the top of
    its cell; ``said`` counts the characters of the cell up to its end."""

    top: float
    bottom: float
    baseline: float
    said: int
    hyphen: bool = False
    """Whether it ends inside of a word."""
    notes: float = 0.0
    """The height of the notes that it refers to."""
    head: float = 0.0
    """The height of what is repeated above it where a page begins with it: the head of a table."""
    used: float = 0.0
    """How much of the column's width its text takes."""


@dataclass(frozen=True)
class Cell:
    """What one column has of a row. ``ends`` tells after how many lines a page may end, in rising order; the
    last of them is the number of lines."""

    lines: tuple[Line, ...]
    ends: tuple[int, ...]
    gap: float = 0.0
    """The space that it wants above it."""

    @cached_property
    def count(self) -> int:
        """How many lines it has."""
        return len(self.lines)

    def height(self, start: int, end: int) -> float:
        """How high a stretch of its lines is, with what is repeated above it."""
        if start >= end:
            return 0.0
        return self.lines[end - 1].bottom - self.lines[start].top + self._head(start)

    def _head(self, start: int) -> float:
        return self.lines[start].head if start else 0.0

    def notes(self, start: int, end: int) -> float:
        """How high the notes of a stretch of its lines are."""
        return sum(line.notes for line in self.lines[start:end])

    def ascent(self, start: int) -> float:
        """From the top of the stretch that begins with a line down to the baseline of that line."""
        line = self.lines[start]
        return line.baseline - line.top + self._head(start)

    def share(self, end: int) -> float:
        """Which share of its characters stands in its first lines."""
        whole = self.lines[-1].said
        return self.lines[end - 1].said / whole if whole and end else float(end > 0)


@dataclass(frozen=True)
class Row:
    """What says the same in all columns; a column that lacks it has None."""

    cells: tuple[Cell | None, ...]
    name: str = ""
    """What messages call it by."""
    heading: int = 0
    """The level of the heading that it is, counted from 1; 0 for text."""
    keeps: bool = False
    """Whether nothing may come between it and the next: headings, labels, what stands below a title."""
    announces: bool = False
    """Whether a list or a table follows that it leads to."""
    item: tuple[int, int] = (0, 0)
    """Of an item of a list: which it is, counted from 1, and of how many."""
    continues: bool = False
    """Whether it stands in one group with the row before it: the same passage in another language."""


@dataclass(frozen=True, slots=True)
class Opening:
    """What lies open at once: a page or two, with one room for each column."""

    room: float
    """How high it is."""
    em: float
    """The size of the text."""
    rule: float = 0.0
    """The height of what parts notes from the text above them."""
    lock: Lock = Lock.ROWS


State = tuple[int, tuple[int, ...]]
"""Where a page begins: in which row, and how many of its lines were used already in each column."""


def start_of(rows: Sequence[Row]) -> State:
    """The state before the first row."""
    return 0, (0,) * len(rows[0].cells)
