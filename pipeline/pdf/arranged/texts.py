"""An edition that is measured: its rows, and which block of which translation each cell is."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from pipeline.arrangements import Cell, Row
from pipeline.layout.measured import END, Block, Key, Measured
from pipeline.pdf.arranged.columns import Column

WITHIN, BETWEEN, ITEMS = 0.35, 0.85, 0.5
"""The space between the languages of a passage, between passages, and between items of a list, in em."""


@dataclass(slots=True)
class MeasuredText:
    """An edition that is measured: ``rows`` hold what says the same, ``keys`` tell for each of them and each
    column which block of which translation that is."""

    measured: Sequence[Measured]
    columns: Sequence[Column]
    rows: list[Row] = field(default_factory=list)
    keys: list[tuple[tuple[int, Key] | None, ...]] = field(default_factory=list)

    def block(self, row: int, column: int) -> tuple[int, Key, Block]:
        """Which translation a cell is of, and its block. Raises :class:`KeyError` where there is no cell."""
        found = self.keys[row][column]
        if found is None:
            raise KeyError(row, column)
        return *found, self.measured[found[0]].blocks[found[1]]


_Rows = Iterator[tuple[tuple[tuple[int, Key] | None, ...], Row]]


def level(text: MeasuredText, keys: Sequence[Key]) -> _Rows:
    """Rows whose cells stand beside each other."""
    for at, key in enumerate(keys):
        cells, names = [], []
        for column in text.columns:
            member = column.members[0]
            cell = text.measured[member].cell(key)
            cells.append(cell)
            names.append((member, key) if cell else None)
        following = keys[at + 1] if at + 1 < len(keys) else None
        yield tuple(names), _row(text, tuple(cells), key, following, range(len(text.measured)))


def stacked(text: MeasuredText, keys: Sequence[Key], em: float) -> _Rows:
    """Rows of one cell: the languages of a passage under each other."""
    for at, key in enumerate(keys):
        following = keys[at + 1] if at + 1 < len(keys) else None
        cells = [
            (member, cell)
            for member in text.columns[0].members
            if (cell := text.measured[member].cell(key)) is not None
        ]
        widest = max(cell.gap for _, cell in cells)
        for number, (member, cell) in enumerate(cells):
            least = ITEMS if key[1] > 1 else BETWEEN
            gap = (WITHIN if number else max(widest / em, least)) * em
            final = number == len(cells) - 1
            row = _row(text, (replace(cell, gap=gap),), key, following, (member,))
            row = replace(row, announces=row.announces and final, continues=number > 0)
            yield ((member, key),), row


def _row(
    text: MeasuredText,
    cells: tuple[Cell | None, ...],
    key: Key,
    following: Key | None,
    members: Sequence[int],
) -> Row:
    blocks = [text.measured[each].blocks.get(key) for each in members]
    there = [each for each in blocks if each is not None]
    after = [text.measured[each].blocks.get(following) for each in members] if following else []
    level = max((each.level for each in there), default=0)
    keeps = level > 0 or any({"dateline", "label"} & each.classes for each in there)
    announces = (
        not keeps
        and not key[1]
        and any(
            each is not None and (each.is_listed or (following and following[1] == 1))
            for each in after
        )
    )
    items = text.measured[0].listed.get(key[0], 0)
    return Row(
        cells,
        heading=level,
        keeps=keeps and following is not None and following[0] != END,
        announces=announces,
        item=(key[1], items),
    )
