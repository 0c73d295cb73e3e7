"""How wide columns are: so that the rows are together as low as can be."""

import math
from collections.abc import Sequence
from itertools import product

from pipeline.arrangements.rows import Cell, Row

MM = 96 / 25.4
"""Px in a millimetre."""

STEPS = (MM, 3 * MM, 8 * MM)
"""What is moved from one column to another at a time, in px; a greater step is tried where a smaller one
saves no line."""


def share_out(rows: Sequence[Row], widths: Sequence[float], least: float) -> tuple[float, ...]:
    """Widths of columns with the same sum as ``widths``, at which some rows were measured; none is narrower
    than ``least``. In px.

    A text takes as many lines of another width as it needs for what its lines hold, less what is lost at
    their ends.
    """
    texts = [[_text(row.cells[at], width) for row in rows] for at, width in enumerate(widths)]
    best = list(widths)
    heights = [[_height(text, best[at]) for text in texts[at]] for at in range(len(best))]
    total = _total(heights)
    moved = True
    while moved:
        moved = False
        for step, give, take in product(STEPS, range(len(best)), range(len(best))):
            if give == take or best[give] - step < least:
                continue
            tried = [*heights]
            tried[give] = [_height(text, best[give] - step) for text in texts[give]]
            tried[take] = [_height(text, best[take] + step) for text in texts[take]]
            if (lower := _total(tried)) < total - 1e-6:
                best[give] -= step
                best[take] += step
                heights, total, moved = tried, lower, True
                break
    return tuple(best)


def even_out(
    rows: Sequence[Row], pages: Sequence[Sequence[int]], widths: Sequence[float], least: float
) -> tuple[float, ...]:
    """Widths at which columns that run free are about equally high as a whole; ``pages`` tells which columns
    stand on one page, whose widths have the same sum as ``widths``, or less where the columns of another page
    are higher. None is narrower than ``least``. In px."""
    texts = [[_text(row.cells[at], width) for row in rows] for at, width in enumerate(widths)]
    best = list(widths)

    def high(at: int, width: float) -> float:
        return math.fsum(_height(text, width) for text in texts[at]) if width >= least else math.inf

    heights = [high(at, width) for at, width in enumerate(best)]
    for page in pages:
        moved = len(page) > 1
        while moved:
            lowest, highest = (find(page, key=heights.__getitem__) for find in (min, max))
            moved = False
            for step in STEPS:
                tried = high(lowest, best[lowest] - step), high(highest, best[highest] + step)
                if moved := max(tried) < heights[highest]:
                    best[lowest] -= step
                    best[highest] += step
                    heights[lowest], heights[highest] = tried
                    break
    for at in range(len(best)):
        while (higher := high(at, best[at] - MM)) <= max(heights):
            best[at] -= MM
            heights[at] = higher
    return tuple(best)


_Text = tuple[float, float, float]
"""How much width the lines of a cell take together, how much of a line is lost at its end on average, and how
high a line is; nothing where the cell is not set in lines."""


def _text(cell: Cell | None, width: float) -> _Text:
    if cell is None or not cell.count:
        return 0.0, 0.0, 0.0
    used = sum(line.used for line in cell.lines)
    full = cell.lines[:-1]
    lost = sum(width - line.used for line in full) / len(full) if full else 0.0
    return used, max(0.0, min(lost, width / 2)), cell.height(0, cell.count) / cell.count


def _height(text: _Text, width: float) -> float:
    used, lost, line = text
    return math.ceil(used / max(width - lost, 1.0) - 0.05) * line if used else line


def _total(heights: Sequence[Sequence[float]]) -> float:
    return math.fsum(max(row) for row in zip(*heights, strict=True))
