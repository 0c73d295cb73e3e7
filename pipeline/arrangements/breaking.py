"""Chooses where pages end, for all columns at once: the cheapest way through the whole text.

From each place at which a page may begin, the rows are walked until one column is full; every place on the
way where a page may end is a way on, with a cost. Lines come in one order, and what a page costs hangs on
nothing before it, so the best way is found by dynamic programming (Plass 1981; Mittelbach 2016 for pages).
"""

import heapq
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.arrangements.rows import Cell, Lock, Opening, Row, State, start_of

PAGE = 20.0
"""What a page costs; the other costs are what a page may be worth."""
FOOT = 400.0
"""The white at the foot, by the square of its share of the page; of columns that run free the mean of these."""
UNEVEN = 40.0
"""The square of the difference between the feet of two columns that run free."""
DIVIDED = 1.5
"""A row that is divided."""
SHARES = 5.0
"""How much more of a divided row one column has than another, as a share."""
HYPHEN = 1.0
"""A word that is divided at the end of a page, in a column."""
ITEM, LONE_ITEM = 0.6, 40.0
"""Between two items of a list; with one of them alone."""
ANNOUNCED = 6.0
"""Between a paragraph and the list that it leads to."""
BELOW_HEADING = 2.0
"""Where a divided row stands right below its heading."""
GROUP = 4.0
"""Inside a group of one passage in several languages."""
HEADING_NEXT = -2.0
"""Where the next page begins with a heading."""
PARTED = 400.0
"""Between a heading and what it is the heading of."""
NEARLY_EMPTY, LITTLE = 8.0, 0.15
"""What a last page costs on which less than this share is used."""
EMPTIEST = 0.5
"""The greatest share of a page that is left empty where there is a choice."""
LATE = 0.35
"""In which part of a page, from its foot, rows that have room are divided nevertheless."""
APART = 0.45
"""How much more of a divided row one column may have than another, as a share, where that fills the page."""
STRETCH = 0.6
"""By how much, in em, a space is stretched at most so that headings stand level and pages are full. A heading
that would need more stands where its column is."""


@dataclass(frozen=True, slots=True)
class Plan:
    """The pages, each with where it begins and ends."""

    pages: tuple[tuple[State, State], ...]
    cost: float


class NoPlaceError(Exception):
    """A row that no page can hold. ``row`` is its number."""

    def __init__(self, row: int) -> None:
        super().__init__(f"row {row} has no place on a page")
        self.row = row


@dataclass(slots=True)
class Depths:
    """How far down the columns of a page are filled: text from the head, notes from the foot."""

    text: list[float]
    notes: list[float]
    gaps: list[int]
    """How many spaces there are in each column since the last level row."""

    def copy(self) -> "Depths":
        """The same, to go on from."""
        return Depths(list(self.text), list(self.notes), list(self.gaps))

    def filled(self, column: int, opening: Opening) -> float:
        """How much of the room a column takes."""
        notes = self.notes[column]
        return self.text[column] + (notes + opening.rule if notes else 0.0)


def tops(
    row: Row, used: Sequence[int], depths: Depths, opening: Opening, *, first: bool
) -> list[float]:
    """How far down each column's part of a row begins; of a column that has none, where it is."""
    starts = [
        (at, cell, used[at])
        for at, cell in enumerate(row.cells)
        if cell is not None and used[at] < cell.count
    ]
    found = list(depths.text)
    gaps = {at: 0.0 if first else cell.gap for at, cell, _ in starts}
    for at, gap in gaps.items():
        found[at] += gap
    if opening.lock is not Lock.ROWS and not row.heading and not first:
        return found
    if opening.lock is Lock.ROWS:
        found = [max(depths.text) + max(gaps.values(), default=0.0)] * len(found)
    base = max((found[at] + cell.ascent(start) for at, cell, start in starts), default=0.0)
    level = list(depths.text)
    for at, cell, start in starts:
        level[at] = base - cell.ascent(start)
    if opening.lock is Lock.SECTIONS and not first:
        stretched = STRETCH * opening.em
        if any(level[at] - found[at] > stretched * (depths.gaps[at] + 1) for at in gaps):
            return found
    return level


def add(
    row: Row,
    used: Sequence[int],
    ends: Sequence[int],
    depths: Depths,
    opening: Opening,
    *,
    first: bool,
) -> None:
    """Put the lines of a row, from ``used`` to ``ends`` in each column, on a page."""
    found = tops(row, used, depths, opening, first=first)
    if row.heading and not first:
        depths.gaps = [0] * len(depths.gaps)
    for at, cell in enumerate(row.cells):
        if cell is None or used[at] >= ends[at]:
            continue
        depths.text[at] = found[at] + cell.height(used[at], ends[at])
        depths.notes[at] += cell.notes(used[at], ends[at])
        depths.gaps[at] += 1
    if opening.lock is Lock.ROWS:
        deepest = max(depths.text)
        depths.text = [deepest] * len(depths.text)


def plan(rows: Sequence[Row], opening: Opening) -> Plan:
    """The pages of some rows. Raises :class:`NoPlaceError` where one cannot be divided and is higher than a
    page."""
    start = start_of(rows)
    known: dict[State, tuple[float, State | None]] = {start: (0.0, None)}
    waiting = [start]
    done: set[State] = set()
    end: State = (len(rows), (0,) * len(rows[0].cells))
    while waiting:
        state = heapq.heappop(waiting)
        if state in done or state == end:
            continue
        done.add(state)
        before = known[state][0]
        for after, cost in _ways(rows, state, opening):
            if after not in known or before + cost < known[after][0] - 1e-9:
                if after not in known:
                    heapq.heappush(waiting, after)
                known[after] = (before + cost, state)
    pages: list[tuple[State, State]] = []
    at = end
    while (previous := known[at][1]) is not None:
        pages.append((previous, at))
        at = previous
    return Plan(tuple(reversed(pages)), known[end][0])


def _ways(rows: Sequence[Row], state: State, opening: Opening) -> list[tuple[State, float]]:
    """Where a page that begins in a state may end, and what it then costs."""
    found: list[tuple[State, float, float]] = []
    columns = len(rows[0].cells)
    depths = Depths([0.0] * columns, [0.0] * columns, [0] * columns)
    number, used = state
    first = True
    while number < len(rows):
        row = rows[number]
        ends = tuple(cell.count if cell else 0 for cell in row.cells)
        whole = depths.copy()
        add(row, used, ends, whole, opening, first=first)
        fits = _fullest(whole, opening) <= opening.room
        if not fits or _fullest(whole, opening) > opening.room * (1 - LATE):
            for cut in _cuts(row, used, depths, opening, first=first):
                part = depths.copy()
                add(row, used, cut, part, opening, first=first)
                cost = _divided(rows, number, used, cut, first=first)
                found.append(((number, cut), *_cost(part, opening, cost)))
        if not fits:
            break
        depths, number, used, first = whole, number + 1, (0,) * columns, False
        if number == len(rows):
            last = PAGE + (NEARLY_EMPTY if max(depths.text) < LITTLE * opening.room else 0.0)
            return [(each[0], each[1]) for each in _wanted(found)] + [((number, used), last)]
        found.append(((number, used), *_cost(depths, opening, _between(rows, number))))
    if not found:
        raise NoPlaceError(number)
    return [(each[0], each[1]) for each in _wanted(found)]


def _wanted(found: list[tuple[State, float, float]]) -> list[tuple[State, float, float]]:
    """The ends that do not leave too much of the page empty; at least the fullest."""
    kept = [each for each in found if each[2] <= EMPTIEST]
    return kept or found[-1:]


def _fullest(depths: Depths, opening: Opening) -> float:
    return max(depths.filled(at, opening) for at in range(len(depths.text)))


def _cost(depths: Depths, opening: Opening, cost: float) -> tuple[float, float]:
    """What a page costs that is filled so far, and the share of it that is empty."""
    room = opening.room
    feet = [1 - depths.filled(at, opening) / room for at in range(len(depths.text))]
    least = min(feet)
    cost += PAGE
    if opening.lock is Lock.ROWS:
        return cost + FOOT * least**2, least
    cost += FOOT * sum(each**2 for each in feet) / len(feet)
    cost += UNEVEN * (max(feet) - min(feet)) ** 2
    return cost, least


def _between(rows: Sequence[Row], number: int) -> float:
    """What it costs to end a page before a row."""
    above, below = rows[number - 1], rows[number]
    cost = 0.0
    if above.keeps:
        cost += PARTED
    if below.continues:
        cost += GROUP
    elif above.announces:
        cost += ANNOUNCED
    which, many = above.item
    if many and below.item[0] > 1 and not below.continues:
        cost += LONE_ITEM if which == 1 or below.item[0] == many else ITEM
    if below.heading:
        cost += HEADING_NEXT
    return cost


def _divided(
    rows: Sequence[Row], number: int, used: Sequence[int], cut: Sequence[int], *, first: bool
) -> float:
    """What it costs to end a page inside a row."""
    row = rows[number]
    cost = DIVIDED
    if not first and number and rows[number - 1].keeps:
        cost += BELOW_HEADING
    shares = []
    for cell, start, end in zip(row.cells, used, cut, strict=True):
        if cell is None or start >= cell.count:
            continue
        if end < cell.count and cell.lines[end - 1].hyphen:
            cost += HYPHEN
        shares.append(cell.share(end))
    return cost + SHARES * (max(shares) - min(shares))


def _cuts(
    row: Row, used: Sequence[int], depths: Depths, opening: Opening, *, first: bool
) -> Iterator[tuple[int, ...]]:
    """The ways to divide a row between this page and the next: every column has a part here, the column that
    goes on longest is filled as far as there is room, and the others have the share of it that is nearest; or,
    where columns run free, as much as there is room for."""
    if row.keeps:
        return
    found = tops(row, used, depths, opening, first=first)
    open_cells = {
        at: cell for at, cell in enumerate(row.cells) if cell is not None and used[at] < cell.count
    }
    possible = {
        at: _possible(cell, used[at], found[at], depths.notes[at], opening)
        for at, cell in open_cells.items()
    }
    if not possible or not all(possible.values()):
        return
    longest = max(
        open_cells, key=lambda at: (open_cells[at].height(used[at], open_cells[at].count), -at)
    )
    guide = open_cells[longest]
    parts = [end for end in reversed(possible[longest]) if end < guide.count]
    for end in parts:
        cut, full = list(used), list(used)
        for at, ends in possible.items():
            share = guide.share(end)
            cut[at] = end if at == longest else _nearest(open_cells[at], ends, share)
            full[at] = end if at == longest else _fullest_near(open_cells[at], ends, share)
        yield tuple(cut)
        if end == parts[0] and opening.lock is Lock.SECTIONS and full != cut:
            yield tuple(full)


def _nearest(cell: Cell, ends: Sequence[int], share: float) -> int:
    """After how many of its lines a cell has most nearly a share of its characters."""
    return min(ends, key=lambda end: abs(cell.share(end) - share))


def _fullest_near(cell: Cell, ends: Sequence[int], share: float) -> int:
    """After how many of its lines, at most, a cell has not much more or less than a share of its characters."""
    near = [end for end in ends if abs(cell.share(end) - share) <= APART]
    return near[-1] if near else _nearest(cell, ends, share)


def _possible(cell: Cell, used: int, top: float, notes: float, opening: Opening) -> list[int]:
    """After how many lines of a cell this page may end."""
    out = []
    for end in cell.ends:
        if end <= used:
            continue
        below = notes + cell.notes(used, end)
        depth = top + cell.height(used, end) + (below + opening.rule if below else 0.0)
        if depth > opening.room:
            break
        out.append(end)
    return out
