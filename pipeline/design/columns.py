"""On which side the cells of a table stand, and how much room its columns need on a screen.

Markdown's ``:---`` and ``---:`` are the left and the right of a source in Latin letters, and translators leave
them as they are. In a table from right to left whose cells hold words they mean what they meant before it was
mirrored: the beginning and the end of a line. Numbers are not mirrored: their digits go from left to right in
nearly every script (UAX 9, classes EN and AN; W3C, alreq), and with them the place
of their units. So the end of a column of numbers is its right side, whichever way the table goes; flush at the
left 4.50 and 112.00 would not have their decimal points below each other.
"""

import unicodedata
from collections.abc import Sequence
from math import ceil

from pipeline.design.measure import LETTER, width, words
from pipeline.document import Align, Cell, Table, plain

FIGURES = "figures"
"""The side at which numbers have their units, as style sheets call it."""


def sides(table: Table) -> tuple[str, ...]:
    """For each column of a table what its cells are aligned by: ``start``, ``center``, ``end``, ``figures``, or
    nothing where the source does not say."""
    return tuple(
        FIGURES
        if cell.align is Align.END and _are_numbers([row[at] for row in table.rows])
        else str(cell.align)
        for at, cell in enumerate(table.header)
    )


def side(table: Table, at: int, cell: Cell) -> str:
    """What a cell of a column is aligned by, so that a column stands on one side.

    Where all cells under a header run the other way than the table, the column has the side at which they
    begin; where only some do, these stand on the side of the others.
    """
    column = sides(table)[at]
    if column not in OPPOSITE:
        return column
    below = [row[at] for row in table.rows if _has_letters(row[at])]
    all_other = bool(below) and all(each.other_way for each in below)
    if cell.other_way is None:
        moves = not column and all_other and _has_letters(cell)
    else:
        moves = bool(column) or not all_other
    return OPPOSITE[column] if moves else column


OPPOSITE = {"": "end", "start": "end", "end": "start"}
"""The side of a line across from another; a line that nobody aligns begins at its start."""


def _has_letters(cell: Cell) -> bool:
    return any(char.isalpha() for char in plain(cell.inlines))


def _are_numbers(cells: Sequence[Cell]) -> bool:
    """Whether a column holds numbers and, between them, at most cells in which nothing is said."""
    texts = [plain(cell.inlines).strip() for cell in cells]
    said = [text for text in texts if any(char.isalnum() for char in text)]
    return bool(said) and all(map(_is_number, said))


def _is_number(text: str) -> bool:
    """Whether a cell reads as a number: it has a digit that is written from left to right, and begins with it
    (12.50 درهم) or has no letter that is not (USD 12.50)."""
    kinds = [unicodedata.bidirectional(char) for char in text]
    strong = [kind for kind in kinds if kind in ("L", "R", "AL", "EN", "AN")]
    numbers = [kind for kind in strong if kind in ("EN", "AN")]
    return bool(numbers) and (strong[0] in ("EN", "AN") or set(strong) <= {"L", "EN", "AN"})


LONGEST = 11
"""How many letters of a word a column keeps together on a screen; longer ones are hyphenated."""

PADDING = 1.2
"""What a cell has beside its text, in em."""

IN_TABLES = 0.92
"""The size of tables in times that of the text, as styles/text.css has it."""

STACKS = (10, 14, 18, 22, 26, 30, 34, 37, 44, 52, 64, 999)
"""The widths, in em, below which tables on screens come apart; style sheets have a rule for each."""


def least(table: Table, locale: str) -> tuple[int, ...]:
    """How wide each column of a table must be on a screen to be read with ease, in em of its text."""
    return tuple(
        ceil(
            max(
                (
                    min(width(word), LONGEST * LETTER)
                    for row in (table.header, *table.rows)
                    for word in words(plain(row[at].inlines), locale)
                ),
                default=LETTER,
            )
        )
        for at in range(len(table.header))
    )


def stack(widths: Sequence[int]) -> int:
    """Below which width, in em, a table with columns of these widths comes apart."""
    needed = (sum(widths) + PADDING * len(widths)) * IN_TABLES
    return next((each for each in STACKS if each >= needed), STACKS[-1])
