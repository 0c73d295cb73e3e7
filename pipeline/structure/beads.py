"""The most likely way in which two rows of things say the same, by dynamic programming (Gale and Church 1993).

A bead is what stands beside each other: one thing and one, one and none, one and two, two and two. How sure a
bead is, is the share of all ways, weighed by their likelihood, in which it occurs (the forward-backward
algorithm).
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from math import exp, log

Moves = Mapping[tuple[int, int], float]
"""How many of the rows and of the columns a bead holds, and the logarithm of how often it does."""

NONE = float("-inf")
BLOCKS: Moves = {
    (1, 1): log(0.91),
    (0, 1): log(0.038),
    (1, 0): log(0.038),
    (1, 2): log(0.0067),
    (2, 1): log(0.0067),
    (2, 2): log(0.0003),
}
"""Of blocks. Gale and Church counted 0.89, 0.005, 0.045 and 0.011 of sentences; paragraphs are less often
divided, and are more often missing where texts do not agree, which is when they are held against each other."""
SECTIONS: Moves = {
    (1, 1): log(0.95),
    (0, 1): log(0.02),
    (1, 0): log(0.02),
    (1, 2): log(0.01),
    (2, 1): log(0.01),
}
"""Of sections, which are divided where the heading of one is missing."""
GOES_ON = log(0.25)
"""Of a thing that stands alone after another one that does, if nothing begins with it: what is missing is
often a whole section, its heading and what stands under it."""
REACH = 10
"""How far from the diagonal ways are looked at first; twice as far as long as the best one goes along the
edge."""
NEAR = 2
"""How near to the edge is along it."""
CELLS = 1_000_000
"""So many places are looked at for two texts; of more, those near the diagonal."""
FEW = 400
"""Of fewer places none is left out."""
SURE, RUN = 6.0, 3
"""So many pairs in a row, each with such odds, are no chance: only what stands between them is searched."""
LOST = 120
"""How much may be missing between two such rows of pairs, in both texts together."""

Weight = Callable[[int, int, int, int], float]
"""The logarithm of the odds for some rows, from and to, and some columns, from and to."""
Opens = tuple[Callable[[int], bool], Callable[[int], bool]]
"""Of a row, and of a column, whether something begins with it."""


@dataclass(frozen=True, slots=True)
class Bead:
    """Rows ``begin`` to ``end`` stand beside columns ``first`` to ``last``, each without the latter; one of
    both may be none. ``confidence`` is 0 to 1."""

    begin: int
    end: int
    first: int
    last: int
    confidence: float = 1.0

    @property
    def place(self) -> tuple[int, int, int, int]:
        """What stands beside what."""
        return self.begin, self.end, self.first, self.last

    def moved(self, down: int, right: int) -> "Bead":
        """The same so many rows and columns further on."""
        return replace(
            self,
            begin=self.begin + down,
            end=self.end + down,
            first=self.first + right,
            last=self.last + right,
        )


def thread(
    rows: int,
    columns: int,
    weight: Weight,
    moves: Moves,
    opens: Opens | None = None,
    *,
    judge: bool = True,
) -> tuple[float, list[Bead]]:
    """The most likely beads, in order, and the logarithm of the likelihood of all ways together. Without
    ``judge`` nobody asks how sure they are, and the likelihood is that of the best way. ``opens`` tells of a
    row, and of a column, whether something begins with it, such as a section."""
    opens = opens or (lambda _row: False, lambda _column: False)
    if rows * columns <= FEW:
        return _searched(rows, columns, weight, moves, opens, judge)
    total, beads = 0.0, list[Bead]()
    i = j = 0
    for down, right, count in [*_runs(rows, columns, weight), (rows, columns, 0)]:
        begin = (partial(_later, opens[0], i), partial(_later, opens[1], j))
        found, between = _searched(down - i, right - j, _from(weight, i, j), moves, begin, judge)
        total += found
        beads += [each.moved(i, j) for each in between]
        beads += [Bead(down + k, down + k + 1, right + k, right + k + 1) for k in range(count)]
        i, j = down + count, right + count
    return total, beads


def _later(opens: Callable[[int], bool], begin: int, at: int) -> bool:
    return opens(begin + at)


def _from(weight: Weight, down: int, right: int) -> Weight:
    return lambda a, b, c, d: weight(a + down, b + down, c + right, d + right)


def _runs(rows: int, columns: int, weight: Weight) -> Iterator[tuple[int, int, int]]:
    """Rows of sure pairs: the row and the column that each begins with, and its length. Pairs beside a place
    where something is missing are left to the search: they may take part in it."""

    def length(i: int, j: int, most: int) -> int:
        end = min(most, rows - i, columns - j)
        return next(
            (k for k in range(end) if weight(i + k, i + k + 1, j + k, j + k + 1) < SURE), end
        )

    i = j = 0
    while i < rows and j < columns:
        begun = next(
            (
                (i + down, j + away - down)
                for away in range(LOST)
                for down in range(away + 1)
                if i + down < rows and j + away - down < columns
                and length(i + down, j + away - down, RUN) == RUN
            ),
            None,
        )  # fmt: skip
        if begun is None:
            return
        i, j = begun
        count = length(i, j, rows)
        yield i + 1, j + 1, count - 2
        i, j = i + count, j + count


def _searched(
    rows: int, columns: int, weight: Weight, moves: Moves, opens: Opens, judge: bool
) -> tuple[float, list[Bead]]:
    reach = abs(rows - columns) + REACH
    while True:
        table = _Table(rows, columns, weight, moves, opens, reach)
        beads = table.best()
        wide = (2 * reach + 1) * rows > CELLS
        if wide or table.whole or not table.along_edge(beads):
            break
        reach *= 2
    return table.judged(beads) if judge else (table.highest(), beads)


Place = tuple[int, int]
"""So many rows and so many columns."""
Step = tuple[int, int, float]
"""A pair: how many rows and columns it holds, and what it gains."""
Path = tuple[float, int, int, int]
"""The best way to a place: what it gains, what stands last before its last bead, and how many rows and
columns this holds."""
NOWHERE: Path = (NONE, 0, 0, 0)


class _Table:
    """What is known of each place between rows and columns: how likely the ways are that lead to it."""

    def __init__(
        self, rows: int, columns: int, weight: Weight, moves: Moves, opens: Opens, reach: int
    ) -> None:
        self.rows, self.columns, self.moves = rows, columns, moves
        self.windows = [_window(at, rows, columns, reach) for at in range(rows + 1)]
        self.whole = reach >= max(rows, columns)
        self.opens = opens
        self.pairs: dict[Place, list[Step]] = {(0, 0): []}
        self.paths: dict[Place, list[Path]] = {(0, 0): [(0.0, 0, 0, 0), NOWHERE, NOWHERE]}
        self.tops: dict[Place, tuple[float, int]] = {(0, 0): (0.0, 0)}
        for i, (low, high) in enumerate(self.windows):
            for j in range(low, high + 1):
                if i or j:
                    self._reach(i, j, weight)

    def _reach(self, i: int, j: int, weight: Weight) -> None:
        pairs: list[Step] = []
        best = NOWHERE
        for (down, right), prior in self.moves.items():
            top = self.tops.get((i - down, j - right))
            if top is None or not (down and right):
                continue
            gain = prior + weight(i - down, i, j - right, j)
            pairs.append((down, right, gain))
            if top[0] + gain > best[0]:
                best = (top[0] + gain, top[1], down, right)
        found = [best, self._alone(i, j, 1, 0), self._alone(i, j, 0, 1)]
        said = max(path[0] for path in found)
        if said > NONE:
            self.pairs[i, j] = pairs
            self.paths[i, j] = found
            self.tops[i, j] = (said, next(k for k in range(3) if found[k][0] == said))

    def _alone(self, i: int, j: int, down: int, right: int) -> Path:
        before = self.paths.get((i - down, j - right))
        if before is None:
            return NOWHERE
        gains = self._gains(i, j, down)
        said = [path[0] + gain for path, gain in zip(before, gains, strict=True)]
        most = max(said)
        return (most, said.index(most), down, right) if most > NONE else NOWHERE

    def _gains(self, i: int, j: int, down: int) -> list[float]:
        """What it gains that a row (``down``), or a column, stands alone, after each thing that may stand
        before."""
        prior = self.moves[down, 1 - down]
        on = prior if (self.opens[0](i - 1) if down else self.opens[1](j - 1)) else GOES_ON
        return [prior, on, prior] if down else [prior, prior, on]

    def highest(self) -> float:
        """The logarithm of the likelihood of the most likely way."""
        return max(path[0] for path in self.paths[self.rows, self.columns])

    def best(self) -> list[Bead]:
        """The beads of the most likely way; where some stand alone on both sides, those of the rows first."""
        out: list[Bead] = []
        i, j = self.rows, self.columns
        ends = self.paths[i, j]
        state = max(range(len(ends)), key=lambda each: ends[each][0])
        while i or j:
            _, state, down, right = self.paths[i, j][state]
            out.append(Bead(i - down, i, j - right, j))
            i, j = i - down, j - right
        return out[::-1]

    def along_edge(self, beads: Sequence[Bead]) -> bool:
        """Whether the way comes near to places that were not looked at."""
        for each in beads:
            low, high = self.windows[each.end]
            if (low > 0 and each.last - low < NEAR) or (
                high < self.columns and high - each.last < NEAR
            ):
                return True
        return False

    def judged(self, beads: Sequence[Bead]) -> tuple[float, list[Bead]]:
        """The logarithm of the likelihood of all ways, and the same beads with their confidence."""
        forward, backward = self._forward(), self._backward()
        total = _log_sum(forward[self.rows, self.columns])
        out = []
        for each in beads:
            i, j = each.end, each.last
            down, right = i - each.begin, j - each.first
            known = forward[each.begin, each.first]
            if down and right:
                gains = [
                    next(gain for a, b, gain in self.pairs[i, j] if (a, b) == (down, right))
                ] * 3
            else:
                gains = self._gains(i, j, down)
            ways = _log_sum([a + b for a, b in zip(known, gains, strict=True)])
            sure = ways + backward[i, j][_state(down, right)] - total
            out.append(replace(each, confidence=min(1.0, exp(sure))))
        return total, out

    def _forward(self) -> dict[Place, list[float]]:
        """Of each place the sums of all ways to it, by what stands last."""
        out: dict[Place, list[float]] = {(0, 0): [0.0, NONE, NONE]}
        sums = {(0, 0): 0.0}
        for place in list(self.paths)[1:]:
            i, j = place
            own = [_log_sum([sums[i - a, j - b] + gain for a, b, gain in self.pairs[place]])]
            for down in (1, 0):
                known = out.get((i - down, j - 1 + down))
                gains = self._gains(i, j, down) if known else []
                own.append(_log_sum([a + b for a, b in zip(known or [], gains, strict=True)]))
            out[place], sums[place] = own, _log_sum(own)
        return out

    def _backward(self) -> dict[Place, list[float]]:
        """Of each place the sums of all ways from it to the end, by what stands last before it."""
        out: dict[Place, list[float]] = {(self.rows, self.columns): [0.0, 0.0, 0.0]}
        pushed: dict[Place, list[float]] = {}
        for place in reversed(list(self.paths)):
            i, j = place
            if place not in out:
                pair = _log_sum(pushed.get(place, []))
                own = [[pair], [pair], [pair]]
                for down in (1, 0):
                    if (after := out.get((i + down, j + 1 - down))) is not None:
                        gains = self._gains(i + down, j + 1 - down, down)
                        for state, gain in enumerate(gains):
                            own[state].append(gain + after[2 - down])
                out[place] = [_log_sum(each) for each in own]
            for down, right, gain in self.pairs[place]:
                pushed.setdefault((i - down, j - right), []).append(gain + out[place][0])
        return out


def _state(down: int, right: int) -> int:
    """What a bead is: a pair, something that stands alone among the rows, or among the columns."""
    return 0 if down and right else 1 if down else 2


def _window(at: int, rows: int, columns: int, reach: int) -> tuple[int, int]:
    """The columns, from and to, that are looked at beside a row."""
    # Wide enough, too, that the windows of two rows overlap, however many columns there are for a row.
    reach = max(reach, 2 * columns // max(rows, 1) + 2)
    middle = at * columns // rows if rows else 0
    return max(0, middle - reach) if rows else 0, min(columns, middle + reach) if rows else columns


def _log_sum(values: Sequence[float]) -> float:
    most = max(values, default=NONE)
    if most == NONE:
        return NONE
    return most + log(sum([exp(each - most) for each in values]))
