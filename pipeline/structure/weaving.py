"""Many texts beside each other: none is the first, each is held against all others.

Texts are taken in one after the other, those most alike first; then each is taken out and held against the rest
again, so that what was decided early is decided anew by all (Barton and Sternberg 1987). What they stand in are
slots: a slot is the smallest thing that all texts that have it say alike. A text that joins two slots which
others keep apart is beside both.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from math import exp, sqrt

from pipeline.structure.beads import Bead, Moves, Opens, Weight, thread
from pipeline.structure.likelihood import SURE, Evidence, Run

AGREEMENT = 6.0
"""The logarithm of the odds that texts which agree block by block in what is a list and what is not are
translations block by block, before anything else is known."""

Range = tuple[int, int]
"""From and to, without the latter."""


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in a row of one text: which of its stretches, and how sure it is that they belong there."""

    begin: int
    end: int
    confidence: float = 1.0


Row = dict[int, Cell]
"""By the index of a text, what it has of what the others say."""


class Weave:
    """Texts beside each other; of each the stretches from and to. ``alike`` says of two stretches, each of a
    text, whether they agree in structure, ``sealed`` of one whether it is to stand alone,
    ``begins`` whether a section begins with it."""

    def __init__(
        self,
        evidence: Evidence,
        ranges: Sequence[Range],
        moves: Moves,
        alike: Callable[[int, int, int, int], bool],
        sealed: Callable[[int, int], bool] | None = None,
        begins: Callable[[int, int], bool] | None = None,
    ) -> None:
        self._evidence, self._ranges, self._moves = evidence, ranges, moves
        self._alike, self._sealed, self._begins = alike, sealed, begins
        self._slots = 0
        self._beads: dict[int, list[Bead]] = {}
        self._plain = True

    def rows(self, order: Sequence[int]) -> list[Row]:
        """The rows of all texts that are in ``order``, which is that in which they are taken in."""
        for text in order:
            self._take_in(text, judge=False)
        if not self._plain:
            for text in order:
                self._take_out(text)
                self._take_in(text)
        return self._joined()

    # --- one text ---------------------------------------------------------------------------------

    def _take_in(self, text: int, *, judge: bool = True) -> None:
        begin, end = self._ranges[text]
        if self._beads:
            self._insert(text, self._beside(text, end - begin, judge=judge))
            return
        self._slots = end - begin
        self._beads[text] = [Bead(begin + k, begin + k + 1, k, k + 1) for k in range(end - begin)]

    def _beside(self, text: int, count: int, *, judge: bool) -> list[Bead]:
        """The beads of slots (rows) and the stretches of a text (columns)."""
        weight = self._weigher(text)
        straight = [Bead(k, k + 1, k, k + 1) for k in range(count)]
        agreed = count == self._slots and self._agrees(text)
        if agreed and self._follows(text):
            return straight
        self._plain = False
        total, beads = thread(
            self._slots, count, weight, self._moves, self._opens(text), judge=judge
        )
        if not agreed:
            return beads
        odds = [weight(k, k + 1, k, k + 1) for k in range(count)]
        gain = AGREEMENT + sum(odds) + self._moves[1, 1] * count - total
        share = exp(min(gain, 0.0)) / (1.0 + exp(-abs(gain)))
        return _mixed(straight, beads, share)

    def _opens(self, text: int) -> Opens | None:
        """Which slots, and which stretches of a text, sections begin with."""
        if self._begins is None:
            return None
        begins, begin = self._begins, self._ranges[text][0]
        slots = {
            bead.first
            for other, beads in self._beads.items()
            for bead in beads
            if begins(other, bead.begin)
        }
        return slots.__contains__, lambda at: begins(text, begin + at)

    def _agrees(self, text: int) -> bool:
        begin = self._ranges[text][0]
        return all(len(beads) == self._slots for beads in self._beads.values()) and all(
            bead.end - bead.begin == bead.last - bead.first == 1
            and self._alike(other, bead.begin, text, begin + bead.first)
            for other, beads in self._beads.items()
            for bead in beads
        )

    def _follows(self, text: int) -> bool:
        """Whether nothing speaks against a text's standing beside the first one, one by one."""
        begin, run = self._ranges[text][0], self._evidence.run
        other, beads = next(iter(self._beads.items()))
        return all(
            self._evidence.odds(
                run(other, bead.begin, bead.end), run(text, begin + bead.first, begin + bead.last)
            )
            > 0
            for bead in beads
        )

    def _insert(self, text: int, beads: Sequence[Bead]) -> None:
        """Take in a text as it stands beside the slots; what stands beside none gets one of its own."""
        begin = self._ranges[text][0]
        places: list[int] = []  # the new place of each slot
        own: list[Bead] = []
        slots = 0
        for each in beads:
            width = each.end - each.begin
            places.extend(range(slots, slots + width))
            taken = max(width, 1)
            if each.first < each.last:
                own.append(
                    Bead(
                        begin + each.first, begin + each.last, slots, slots + taken, each.confidence
                    )
                )
            slots += taken
        if slots > self._slots:
            for other, known in self._beads.items():
                self._beads[other] = [_moved(bead, places) for bead in known]
        self._slots = slots
        self._beads[text] = own

    def _take_out(self, text: int) -> None:
        """Without a text, and without the slots that it alone stood in."""
        del self._beads[text]
        used = sorted(
            {
                slot
                for beads in self._beads.values()
                for b in beads
                for slot in range(b.first, b.last)
            }
        )
        if len(used) == self._slots:
            return
        places = [0] * self._slots
        for new, old in enumerate(used):
            places[old] = new
        for other, known in self._beads.items():
            self._beads[other] = [_moved(bead, places) for bead in known]
        self._slots = len(used)

    # --- likelihood ---------------------------------------------------------------------------------

    def _known_runs(self) -> list[dict[int, Bead]]:
        """For each slot the bead of each text that stands in it."""
        out: list[dict[int, Bead]] = [{} for _ in range(self._slots)]
        for text, beads in self._beads.items():
            for bead in beads:
                for slot in range(bead.first, bead.last):
                    out[slot][text] = bead
        return out

    def _weigher(self, text: int) -> Weight:
        """What all texts together say of stretches of another: the mean, and more say it louder."""
        known, begin = self._known_runs(), self._ranges[text][0]
        members: dict[Range, list[Run]] = {}
        odds, sealed = self._evidence.odds, self._sealed

        def weight(first: int, last: int, start: int, stop: int) -> float:
            fellows = members.get((first, last))
            if fellows is None:
                fellows = members[first, last] = list(self._fellows(known, first, last))
            own = self._evidence.run(text, begin + start, begin + stop)
            said = sum([odds(each, own) for each in fellows]) / sqrt(len(fellows) or 1)
            if sealed and (last - first > 1 or stop - start > 1):
                stretches = (begin + start, begin + stop)
                said -= SURE * self._holds_sealed(sealed, known, text, (first, last), stretches)
            return said

        return weight

    def _fellows(self, known: Sequence[dict[int, Bead]], first: int, last: int) -> Iterator[Run]:
        """What texts have of some slots, but for those that join them to others."""
        for other, bead in known[first].items():
            end = known[last - 1].get(other)
            if end is not None and bead.first >= first and end.last <= last:
                yield self._evidence.run(other, bead.begin, end.end)

    @staticmethod
    def _holds_sealed(
        sealed: Callable[[int, int], bool],
        known: Sequence[dict[int, Bead]],
        text: int,
        slots: Range,
        stretches: Range,
    ) -> bool:
        return any(sealed(text, at) for at in range(*stretches)) or any(
            sealed(other, at)
            for slot in range(*slots)
            for other, bead in known[slot].items()
            for at in range(bead.begin, bead.end)
        )

    # --- all ------------------------------------------------------------------------------------------

    def _joined(self) -> list[Row]:
        """The rows: slots that a text joins are one."""
        joins = [False] * self._slots
        for beads in self._beads.values():
            for bead in beads:
                for slot in range(bead.first + 1, bead.last):
                    joins[slot] = True
        number, numbers = -1, list[int]()
        for joined in joins:
            number += not joined
            numbers.append(number)
        rows: list[Row] = [{} for _ in range(number + 1)]
        for text in sorted(self._beads):
            for bead in self._beads[text]:
                row = rows[numbers[bead.first]]
                before = row.get(text, Cell(bead.begin, bead.end))
                row[text] = Cell(before.begin, bead.end, min(before.confidence, bead.confidence))
        return rows


def _mixed(straight: Sequence[Bead], beads: Sequence[Bead], share: float) -> list[Bead]:
    """The likelier of two ways, of which the first one is the right one as often as ``share``; what both say
    is as sure as both together."""
    if share < 0.5:
        known = {each.place: share for each in straight}
        return [
            replace(each, confidence=(1 - share) * each.confidence + known.get(each.place, 0.0))
            for each in beads
        ]
    sure = {each.place: each.confidence for each in beads}
    return [
        replace(each, confidence=share + (1 - share) * sure.get(each.place, 0.0))
        for each in straight
    ]


def _moved(bead: Bead, places: Sequence[int]) -> Bead:
    return replace(bead, first=places[bead.first], last=places[bead.last - 1] + 1)
