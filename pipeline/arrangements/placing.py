"""Where each line of a page stands, once it is known which lines it holds."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.arrangements.breaking import STRETCH, Depths, add, tops
from pipeline.arrangements.rows import Lock, Opening, Row, State

FILL = 0.45
"""By how much, in em, a space between rows is stretched at most to fill a page."""


@dataclass(frozen=True, slots=True)
class Placed:
    """Lines ``start`` to ``end`` of a row in a column, and how far down they begin."""

    row: int
    column: int
    start: int
    end: int
    top: float


def place(
    rows: Sequence[Row], begins: State, ends: State, opening: Opening, *, last: bool = False
) -> list[Placed]:
    """The lines of a page. What is left at its foot goes between its rows where it is little, but on the last
    page."""
    columns = range(len(rows[0].cells))
    depths = Depths([0.0] * len(columns), [0.0] * len(columns), [0] * len(columns))
    found: list[Placed] = []
    first = True
    for number, used, cut in _parts(rows, begins, ends):
        row = rows[number]
        down = tops(row, used, depths, opening, first=first)
        for at in columns:
            if row.cells[at] is not None and used[at] < cut[at]:
                found.append(Placed(number, at, used[at], cut[at], down[at]))
        add(row, used, cut, depths, opening, first=first)
        first = False
    if opening.lock is Lock.ROWS:
        return found if last else _spread(found, depths, opening)
    return _filled(rows, found, depths, opening, last=last)


def _parts(
    rows: Sequence[Row], begins: State, ends: State
) -> Iterator[tuple[int, tuple[int, ...], tuple[int, ...]]]:
    number, used = begins
    while number < ends[0] or (number == ends[0] and any(ends[1])):
        whole = tuple(cell.count if cell else 0 for cell in rows[number].cells)
        yield number, used, ends[1] if number == ends[0] else whole
        number, used = number + 1, (0,) * len(used)


def _spread(found: list[Placed], depths: Depths, opening: Opening) -> list[Placed]:
    """Rows moved down so that the page is full, where the spaces between them need not grow much for it."""
    numbers = sorted({each.row for each in found})
    left = opening.room - max(depths.filled(at, opening) for at in range(len(depths.text)))
    if len(numbers) < 2 or left <= 0:
        return found
    more = left / (len(numbers) - 1)
    if more > FILL * opening.em:
        return found
    down = {number: more * at for at, number in enumerate(numbers)}
    return [_moved(each, down[each.row]) for each in found]


def _filled(
    rows: Sequence[Row], found: list[Placed], depths: Depths, opening: Opening, *, last: bool
) -> list[Placed]:
    """In each column, lines moved down so that they end where the next level row begins, or the page."""
    out: list[Placed] = []
    for at in sorted({each.column for each in found}):
        own = [each for each in found if each.column == at]
        start = 0
        for end in range(1, len(own) + 1):
            if end < len(own) and not rows[own[end].row].heading:
                continue
            group = own[start:end]
            final = end == len(own)
            room = opening.room - (depths.filled(at, opening) - depths.text[at])
            limit = room if final else own[end].top - _gap(rows, own[end])
            left = limit - _bottom(rows, group[-1])
            # The space above the level row that follows takes its part.
            spaces = len(group) - 1 + (0 if final else 1)
            more = min(left / spaces, STRETCH * opening.em) if spaces and left > 0 else 0.0
            if final and last:
                more = 0.0
            out.extend(_moved(each, more * number) for number, each in enumerate(group))
            start = end
    return out


def _gap(rows: Sequence[Row], placed: Placed) -> float:
    cell = rows[placed.row].cells[placed.column]
    return cell.gap if cell else 0.0


def _bottom(rows: Sequence[Row], placed: Placed) -> float:
    cell = rows[placed.row].cells[placed.column]
    return placed.top + (cell.height(placed.start, placed.end) if cell else 0.0)


def _moved(placed: Placed, down: float) -> Placed:
    return Placed(placed.row, placed.column, placed.start, placed.end, placed.top + down)
