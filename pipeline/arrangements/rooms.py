"""How many lines the pages of an edition have: those that leave the least white.

Where headings stand, which paragraphs are short and what must stay together leave some pages short by some
lines. Which these are changes with the height of all pages, so a line or two less may give fuller pages.
"""

from collections.abc import Sequence
from dataclasses import replace
from statistics import fmean, median

from pipeline.arrangements.breaking import NoPlaceError, Plan, plan
from pipeline.arrangements.placing import place
from pipeline.arrangements.rows import Opening, Row

FEWER = 2
"""By how many lines pages may be lower than there is room for."""

ENOUGH = 0.06
"""A share of white with which nothing else is tried."""


def whites(rows: Sequence[Row], found: Plan, opening: Opening) -> tuple[float, ...]:
    """Which share of each column is white beyond the text, its notes and the spaces that it wants, on all pages
    but the last; 0 where there is one page."""
    columns = range(len(rows[0].cells))
    shares: list[list[float]] = [[] for _ in columns]
    for begins, ends in found.pages[:-1]:
        placed = place(rows, begins, ends, opening)
        for at in columns:
            own = [each for each in placed if each.column == at]
            taken = notes = 0.0
            for each in own:
                cell = rows[each.row].cells[at]
                if cell is not None:
                    taken += cell.height(each.start, each.end)
                    taken += cell.gap if each is not own[0] and not each.start else 0.0
                    notes += cell.notes(each.start, each.end)
            taken += notes + opening.rule if notes else 0.0
            shares[at].append(1 - taken / opening.room)
    return tuple(fmean(each) if each else 0.0 for each in shares)


def fullest(rows: Sequence[Row], opening: Opening) -> tuple[Plan, Opening]:
    """The pages with the least white, of which there is at most one more than with all the room, and what room
    they have. Raises :class:`NoPlaceError` where a row cannot be divided and is higher than a page."""
    lines = [line for row in rows for cell in row.cells if cell for line in cell.lines]
    leading = median([line.bottom - line.top for line in lines] or [opening.em])
    best = plan(rows, opening), opening
    least = fmean(whites(rows, *best))
    most = len(best[0].pages) + 1
    for fewer in range(1, FEWER + 1):
        if least <= ENOUGH:
            break
        lower = replace(opening, room=opening.room - fewer * leading)
        try:
            tried = plan(rows, lower)
        except NoPlaceError:
            break
        white = fmean(whites(rows, tried, lower))
        if white < least and len(tried.pages) <= most:
            best, least = (tried, lower), white
    return best
