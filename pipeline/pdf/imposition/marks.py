"""Marks for the knife, for the fold and for gathering, outside of what is printed."""

from collections.abc import Iterable

from pipeline.pdf.imposition.geometry import number
from pipeline.pdf.imposition.grid import MARK_GAP, MARK_LENGTH, Grid
from pipeline.pdf.imposition.placing import Place, Side
from pipeline.settings.sheets import MarkName

WIDTH = 0.25
"""Of a line, in pt."""

COLOUR = "Marks"
"""The name of the colour space of marks in a sheet's resources: all inks at once."""


def draw(side: Side, grid: Grid, names: Iterable[MarkName]) -> str:
    """The marks of a side as PDF operators: solid where it is cut, dashed where it is folded, a bar on the
    spine of a signature. They stand at the edges of the whole block, beyond its bleed."""
    block, asked = grid.block, set(names)
    start = max(grid.bleed, MARK_GAP)
    end = start + MARK_LENGTH
    below, above = (block.y0 - end, block.y0 - start), (block.y1 + start, block.y1 + end)
    before, after = (block.x0 - end, block.x0 - start), (block.x1 + start, block.x1 + end)

    operators = ["q", f"/{COLOUR} CS 1 SCN {number(WIDTH)} w"]
    if MarkName.CROP in asked:
        # Pages of the upper and of the lower row may be shifted by different amounts.
        cuts = zip(_sides(side.rows[-1], grid), _sides(side.rows[0], grid), strict=True)
        operators += [
            _line(x, y0, x, y1)
            for lower, upper in cuts
            for x, (y0, y1) in ((lower, below), (upper, above))
        ]
        levels = [y for (place, *_) in side.rows[::-1] for y in (place.box.y0, place.box.y1)]
        operators += [_line(x0, y, x1, y) for y in levels for x0, x1 in (before, after)]
    if MarkName.FOLD in asked:
        upright, across = grid.folds
        operators += [
            "[2 2] 0 d",
            *(_line(x, y0, x, y1) for x in upright for y0, y1 in (below, above)),
            *(_line(x0, y, x1, y) for y in across for x0, x1 in (before, after)),
        ]
    if side.collation:
        bar = side.collation
        corner = " ".join(map(number, (bar.x0, bar.y0, bar.width, bar.height)))
        operators.append(f"/{COLOUR} cs 1 scn {corner} re f")
    return "\n".join([*operators, "Q"])


def _sides(row: tuple[Place, ...], grid: Grid) -> list[float]:
    """The x at which the pages of a row are cut; the spine is folded, or milled."""
    found = []
    for column, place in enumerate(row):
        if not grid.folded or column % 2 == 0:
            found.append(place.box.x0)
        if not grid.folded or column % 2:
            found.append(place.box.x1)
    return found


def _line(x0: float, y0: float, x1: float, y1: float) -> str:
    return f"{number(x0)} {number(y0)} m {number(x1)} {number(y1)} l S"
