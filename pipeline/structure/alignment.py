"""Which block of one translation says what which block of another says.

First the sections of all texts are set beside each other, then the blocks of those that surely belong together,
or of several that do so as a whole (:mod:`pipeline.structure.weaving`), so that the time grows with the number
of sections. A block that others have and a text lacks leaves a gap: the segment is there, and the text has
nothing in it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from math import log

from rapidfuzz.distance import Indel

from pipeline.document import Block, Heading, Listing, Table
from pipeline.structure.beads import BLOCKS, SECTIONS
from pipeline.structure.clues import DENIED, JOINED, Clues, clues
from pipeline.structure.evidence import Shape, shape
from pipeline.structure.likelihood import Evidence, scales
from pipeline.structure.settled import SettledRow
from pipeline.structure.weaving import Cell, Range, Row, Weave

TITLE = f"{JOINED}title"
"""The mark of what stands before the first heading: it belongs together in all texts."""
ASIDE = 0.99
"""Sections that are less sure than this to belong together are looked at with their neighbours, block by
block."""
ASTRAY = 0.04
"""Where lengths turn out to be taken wrongly by more than this, as a logarithm, all is done anew."""

Settled = Sequence[SettledRow]
"""Rows that are settled by whoever makes the book."""


@dataclass(frozen=True, slots=True)
class Alignment:
    """``segments`` are the numbers of the blocks, a list a text; ``confidence`` tells of each text how sure
    it is, 0 to 1, that what it has of a segment belongs there, where that is not certain."""

    segments: tuple[tuple[int, ...], ...]
    confidence: Mapping[tuple[int, int], float] = field(default_factory=dict)
    """By the index of a text and the number of a segment."""
    meant: frozenset[tuple[int, int]] = frozenset()
    """Gaps that are settled: the index of a text and the number of a segment of which it has nothing."""


def align(texts: Sequence[Sequence[Block]], settled: Settled = ()) -> Alignment:
    """The alignment of texts, each of which begins with its title.

    Numbers rise with the reading order in every text; blocks with the same number say the same. Rows that are
    ``settled`` hold what they name, and nothing else.
    """
    if len(texts) < 2:
        return Alignment(tuple(tuple(range(len(text))) for text in texts))
    return _Aligning(texts, settled).found()


class _Aligning:
    """Texts while they are aligned."""

    def __init__(self, texts: Sequence[Sequence[Block]], settled: Settled) -> None:
        self.texts = texts
        self.units, sealed = _units(texts, settled)
        self.sealed = sealed
        self.shapes = [
            [tuple(shape(block) for block in text[a:b]) for a, b in units]
            for text, units in zip(texts, self.units, strict=True)
        ]
        self.clues = [
            [_clues(text[a:b], marks.get(a)) for a, b in units]
            for text, units, marks in zip(texts, self.units, sealed, strict=True)
        ]
        self.sections = [
            _sections(text, units) for text, units in zip(texts, self.units, strict=True)
        ]
        self.cuts = [{begin for begin, _ in sections} for sections in self.sections]
        self.order = _order([[s for each in shapes for s in each] for shapes in self.shapes])
        self.scales = scales(self.clues)

    def found(self) -> Alignment:
        """The alignment: made anew where it shows that languages are longer or shorter than it took them
        for."""
        rows, found = self._all()
        measured = self._measured(rows)
        if any(abs(log(a / b)) > ASTRAY for a, b in zip(measured, self.scales, strict=True)):
            self.scales = measured
            _, found = self._all()
        return found

    def _measured(self, rows: Sequence[Row]) -> list[float]:
        """The scales, by what stands beside each other with certainty."""
        longest = self.scales.index(min(self.scales))
        out = []
        for text, scale in enumerate(self.scales):
            sums = [0.0, 0.0]
            for row in rows:
                if text in row and longest in row:
                    for at, one in enumerate((longest, text)):
                        cell = row[one]
                        own = self.clues[one][cell.begin : cell.end]
                        if row[text].confidence > 0.9 < row[longest].confidence:
                            sums[at] += sum(each.length for each in own)
            out.append(sums[0] / sums[1] if all(sums) else scale)
        return out

    def _all(self) -> tuple[list[Row], Alignment]:
        every: list[Row] = []
        segments: list[list[int]] = [[0] for _ in self.texts]
        confidence: dict[tuple[int, int], float] = {}
        meant: set[tuple[int, int]] = set()
        evidence = Evidence(self.clues, self.scales)
        number = 1
        for column in self._columns():
            for row in self._rows(evidence, column):
                every.append(row)
                for text, cell in sorted(row.items()):
                    units = self.units[text][cell.begin : cell.end]
                    for mark in self.sealed[text].get(units[0][0], ()):
                        if mark.startswith(DENIED):
                            meant.add((int(mark.removeprefix(DENIED)), number))
                    segments[text] += [number] * (units[-1][1] - units[0][0])
                    section = column[text].confidence
                    sure = cell.confidence * section
                    if len(row) > 1 and sure < 1.0:
                        confidence[text, number] = sure
                number += 1
        return every, Alignment(tuple(map(tuple, segments)), confidence, frozenset(meant))

    def _rows(self, evidence: Evidence, column: Row) -> list[Row]:
        """The rows of what stands beside each other in a column, which holds units."""
        ranges = [
            (column[text].begin, column[text].end) if text in column else (0, 0)
            for text in range(len(self.texts))
        ]

        def alike(one: int, at: int, other: int, there: int) -> bool:
            return self.shapes[one][at] == self.shapes[other][there]

        def sealed(text: int, at: int) -> bool:
            return self.units[text][at][0] in self.sealed[text]

        def begins(text: int, at: int) -> bool:
            return at in self.cuts[text]

        settled = sealed if any(self.sealed) else None
        weave = Weave(evidence, ranges, BLOCKS, alike, settled, begins)
        return weave.rows([text for text in self.order if text in column])

    def _columns(self) -> list[Row]:
        """What belongs together as a whole: sections; each column holds units, but for the titles."""
        clues = [
            [_sum(own[a:b], TITLE if a == 0 else "") for a, b in sections]
            for own, sections in zip(self.clues, self.sections, strict=True)
        ]
        shapes = [
            [tuple(shapes[a:b]) for a, b in sections]
            for shapes, sections in zip(self.shapes, self.sections, strict=True)
        ]

        def alike(one: int, at: int, other: int, there: int) -> bool:
            return shapes[one][at] == shapes[other][there]

        ranges = [(0, len(each)) for each in self.sections]
        found = Weave(Evidence(clues, self.scales), ranges, SECTIONS, alike).rows(self.order)
        return [self._of_units(row) for row in _pooled(found, len(self.texts))]

    def _of_units(self, row: Row) -> Row:
        """A row of sections as one of units, without the titles, which are the same segment in all texts."""
        out = {}
        for text, cell in row.items():
            sections = self.sections[text]
            begin, end = max(1, sections[cell.begin][0]), sections[cell.end - 1][1]
            if begin < end:
                out[text] = Cell(begin, end, cell.confidence)
        return out


def _pooled(rows: Sequence[Row], count: int) -> list[Row]:
    """Rows of sections, each as it is where all of ``count`` texts have one section and that is certain.
    Others are one with their neighbours: a heading may be missing, and blocks tell better what belongs
    together."""
    doubtful = [
        len(row) < count
        or any(cell.end - cell.begin > 1 or cell.confidence < ASIDE for cell in row.values())
        for row in rows
    ]
    out: list[Row] = []
    joined = False
    for at, row in enumerate(rows):
        alone = not any(doubtful[max(0, at - 1) : at + 2])
        if alone or not joined:
            out.append(
                row
                if alone
                else {text: replace(cell, confidence=1.0) for text, cell in row.items()}
            )
        else:
            for text, cell in row.items():
                before = out[-1].get(text, cell)
                out[-1][text] = Cell(before.begin, cell.end)
        joined = not alone
    return out


def _units(
    texts: Sequence[Sequence[Block]], settled: Settled
) -> tuple[list[list[Range]], list[dict[int, list[str]]]]:
    """The blocks of each text one by one, those that are settled to stand in one row together; and for each
    that is settled, by the index of its first block, the marks of its rows."""
    units, sealed = [], []
    for at, text in enumerate(texts):
        marks: dict[int, list[str]] = {}
        ends: dict[int, int] = {}
        for number, row in enumerate(settled):
            if at in row.blocks:
                begin, end = row.blocks[at]
                denied = [f"{DENIED}{other}" for other in sorted(row.lacking)]
                marks[begin] = [f"{JOINED}{number}", *denied]
                ends[begin] = end
        own, begin = list[Range](), 0
        while begin < len(text):
            end = ends.get(begin, begin + 1)
            own.append((begin, end))
            begin = end
        units.append(own)
        sealed.append(marks)
    return units, sealed


def _clues(blocks: Sequence[Block], marks: Sequence[str] | None) -> Clues:
    found = clues(blocks[0])
    for block in blocks[1:]:
        found += clues(block)
    return Clues(found.length, found.marks.union(marks)) if marks else found


def _sum(every: Sequence[Clues], mark: str) -> Clues:
    marks = frozenset({mark} if mark else ()).union(*(each.marks for each in every))
    return Clues(sum(each.length for each in every), marks)


def _sections(text: Sequence[Block], units: Sequence[Range]) -> list[Range]:
    """Units cut before each heading; the title stands with what follows it."""
    cuts = [
        at
        for at, (begin, _) in enumerate(units)
        if at and isinstance(block := text[begin], Heading) and block.level
    ]
    return list(pairwise([0, *cuts, len(units)]))


def _order(shapes: Sequence[Sequence[object]]) -> list[int]:
    """The order in which texts are taken in: the one that is most like all others, then always the one that is
    most like any that is there already. Of equal ones, the earlier."""
    count = len(shapes)
    known: dict[tuple[object, object], float] = {}

    def likeness(one: int, other: int) -> float:
        pair = (tuple(shapes[one]), tuple(shapes[other]))
        if pair not in known:
            known[pair] = known[pair[::-1]] = Indel.normalized_similarity(*pair)
        return known[pair]

    sums = [sum(likeness(at, other) for other in range(count)) for at in range(count)]
    order = [max(range(count), key=lambda at: (round(sums[at], 9), -at))]
    nearest = [likeness(order[0], at) for at in range(count)]
    while len(order) < count:
        left = (at for at in range(count) if at not in order)
        taken = max(left, key=lambda at: (nearest[at], -at))
        order.append(taken)
        nearest = [max(near, likeness(taken, at)) for at, near in enumerate(nearest)]
    return order


def uneven_lists(ours: Sequence[Block], theirs: Sequence[Block]) -> list[tuple[Block, Block]]:
    """Lists at the same place of two matching texts that differ in their number of items."""
    return [
        (a, b)
        for a, b in zip(ours, theirs, strict=False)
        if shape(a) is Shape.LISTING and shape(b) is Shape.LISTING and items(a) != items(b)
    ]


def items(block: Block) -> int:
    """How many items a list has, or rows a table; 0 of anything else."""
    match block:
        case Listing(items=found):
            return len(found)
        case Table(rows=found):
            return len(found)
    return 0
