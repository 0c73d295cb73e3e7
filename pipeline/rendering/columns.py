"""On which side the cells of a table stand.

Markdown's ``:---`` and ``---:`` are the left and the right of a source in Latin letters, and translators leave
them as they are. In a table from right to left whose cells hold words they mean what they meant before it was
mirrored: the beginning and the end of a line. Numbers are not mirrored: their digits go from left to right in
nearly every script (UAX 9, classes EN and AN; W3C, alreq), and with them the place
of their units. So the end of a column of numbers is its right side, whichever way the table goes; flush at the
left 4.50 and 112.00 would not have their decimal points below each other.
"""

import unicodedata
from collections.abc import Sequence

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
