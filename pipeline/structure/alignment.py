"""Which block of one translation says what which block of another says.

Texts with the same sequence of blocks are aligned block by block. Others are aligned by sections:
one to one where the outlines are the same, else by the likeness of sections; and inside a section
block by block where the blocks match, else as a whole.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise

from rapidfuzz.distance import Indel

from pipeline.document import Block, Heading, Listing, Table, block_text
from pipeline.structure.evidence import Shape, shape

LIKENESS = 0.55
"""Sections less alike than this are not taken for translations of each other."""
LONG_STRETCH = 200
"""Sections of more blocks than this are compared by their longest common subsequence, in time that hardly
grows with their length."""
CELLS = 1_000_000
"""So many pairs of sections are looked at for two texts, at about a hundred thousand a second: all pairs of a
thousand sections with a thousand. Of more, only those near the diagonal."""
NEAREST = 100
"""How many sections a section may have been moved by, at the least, however many there are."""


Pairing = Mapping[int, int]
"""By the index of a stretch of one text, the index of the one in another that says the same."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A heading (the title for the first) and what stands under it, up to the next heading."""

    blocks: tuple[Block, ...]

    def shapes(self) -> tuple[Shape, ...]:
        """The shape of each block, in order."""
        return tuple(map(shape, self.blocks))

    def length(self) -> int:
        """How many characters its blocks have together."""
        return sum(len(block_text(block)) for block in self.blocks)

    def marks(self) -> frozenset[str]:
        """What translation leaves alone: numbers, and words in Latin letters amid other scripts."""
        text = " ".join(block_text(block) for block in self.blocks)
        return frozenset(re.findall(r"\d+|[A-Z][A-Za-z]{2,}", text))


def stretches(blocks: Sequence[Block]) -> list[Stretch]:
    """A text cut before each heading."""
    cuts = [at for at, block in enumerate(blocks) if isinstance(block, Heading) and block.level]
    edges = [0, *cuts, len(blocks)]
    return [Stretch(tuple(blocks[a:b])) for a, b in pairwise(edges)]


def pair(ours: Sequence[Stretch], theirs: Sequence[Stretch]) -> list[tuple[int, int]]:
    """Pairs of indices of stretches that are held for translations of each other, in order.

    Levels are not looked at: in bare texts they are guesses, made a text at a time. Where there are very many
    stretches, only those are held against each other that stand at about the same place (see :data:`CELLS`).
    """
    mine, other = [_Traits.of(each) for each in ours], [_Traits.of(each) for each in theirs]
    scale = sum(each.length for each in other) / max(1, sum(each.length for each in mine))
    likeness = _Likeness()
    if len(mine) == len(other):
        diagonal = [likeness(a, b, scale) for a, b in zip(mine, other, strict=True)]
        if sum(diagonal) >= LIKENESS * len(mine):
            return [(at, at) for at in range(len(mine))]
    scales = {scale, *_scales(mine, other)}
    return max(
        (_align(mine, other, each, likeness) for each in sorted(scales)),
        key=lambda found: found[0],
    )[1]


@dataclass(frozen=True, slots=True)
class _Traits:
    """What is looked at in a stretch, worked out once."""

    shapes: tuple[Shape, ...]
    length: int
    marks: frozenset[str]
    listing: bool

    @classmethod
    def of(cls, stretch: Stretch) -> "_Traits":
        shapes = stretch.shapes()
        return cls(shapes, stretch.length(), stretch.marks(), Shape.LISTING in shapes)


class _Likeness:
    """How alike two stretches are, 0 to 1; what was worked out for one pair of shapes is kept for the next."""

    def __init__(self) -> None:
        self._known: dict[tuple[tuple[Shape, ...], tuple[Shape, ...]], float] = {}

    def __call__(self, ours: _Traits, theirs: _Traits, scale: float) -> float:
        a, b = ours.length * scale, float(theirs.length)
        lengths = min(a, b) / max(a, b, 1.0)
        marks = ours.marks | theirs.marks
        shared = len(ours.marks & theirs.marks) / len(marks) if marks else 0.5
        # A list is what translators keep most faithfully: one with and one without say different things.
        lists = float(ours.listing == theirs.listing)
        return 0.3 * self._shapes(ours, theirs) + 0.35 * lengths + 0.15 * shared + 0.2 * lists

    def _shapes(self, ours: _Traits, theirs: _Traits) -> float:
        key = (ours.shapes, theirs.shapes)
        if key not in self._known:
            if max(map(len, key)) <= LONG_STRETCH:
                found = SequenceMatcher(None, *key, autojunk=False).ratio()
            else:
                found = Indel.normalized_similarity(*key)
            self._known[key] = found
        return self._known[key]


def _scales(ours: Sequence[_Traits], theirs: Sequence[_Traits]) -> list[float]:
    """How much longer the other text may be, told from single stretches: from the whole texts it is told
    wrongly where one lacks a long section."""
    edges = [(ours[0], theirs[0]), (ours[-1], theirs[-1])] if ours and theirs else []
    return [b.length / a.length for a, b in edges if a.length and b.length]


def _windows(rows: int, columns: int) -> list[tuple[int, int]]:
    """For each row the columns, from and to, that are looked at: all, or those near the diagonal."""
    if rows * columns <= CELLS:
        return [(0, columns)] * (rows + 1)
    # Wide enough, too, that the windows of two rows overlap, however many columns there are for a row.
    reach = max(NEAREST, CELLS // (2 * rows), 2 * columns // rows + 2)
    middles = [at * columns // rows for at in range(rows + 1)]
    return [(max(0, each - reach), min(columns, each + reach)) for each in middles]


def _align(
    ours: Sequence[_Traits], theirs: Sequence[_Traits], scale: float, likeness: _Likeness
) -> tuple[float, list[tuple[int, int]]]:
    """Needleman and Wunsch's alignment: what two stretches gain by being paired is how much their likeness
    is above the threshold; a stretch left alone gains nothing. Of equal ones, the earliest pairs."""
    rows, columns = len(ours), len(theirs)
    windows = _windows(rows, columns)
    gains: list[list[float]] = []
    for i, mine in enumerate(ours):
        begin, end = windows[i]
        gains.append([likeness(mine, each, scale) - LIKENESS for each in theirs[begin:end]])
    if rows and columns:
        gains[0][0] = 1.0  # the title and what stands before the first heading always match
    nothing = float("-inf")
    best: list[list[float]] = [[]] * (rows + 1)

    def value(i: int, j: int) -> float:
        begin, end = windows[i]
        return best[i][j - begin] if begin <= j <= end else nothing

    begin, end = windows[rows]
    best[rows] = [0.0] * (end - begin + 1)
    for i in reversed(range(rows)):
        begin, end = windows[i]
        row = [0.0] * (end - begin + 1)
        best[i] = row
        for j in range(end, begin - 1, -1):
            if j == columns:
                continue
            right = row[j + 1 - begin] if j < end else nothing
            across = value(i + 1, j + 1) + gains[i][j - begin] if j < end else nothing
            row[j - begin] = max(value(i + 1, j), right, across)
    pairs: list[tuple[int, int]] = []
    i = j = 0
    while i < rows and j < columns:
        begin, end = windows[i]
        here, gain = value(i, j), gains[i][j - begin] if j < end else nothing
        if gain > 0 and here == value(i + 1, j + 1) + gain:
            pairs.append((i, j))
            i, j = i + 1, j + 1
        elif here == value(i, j + 1):
            j += 1
        else:
            i += 1
    return best[0][0], pairs


def pairings(texts: Sequence[Sequence[Block]], main: int) -> list[Pairing]:
    """For every text, which stretch of it says what one of the text ``main`` says: found once, as it takes
    the longest of all."""
    base = stretches(texts[main])
    return [
        dict(pair(base, stretches(text))) if at != main else {k: k for k in range(len(base))}
        for at, text in enumerate(texts)
    ]


def merge(
    texts: Sequence[Sequence[Block]], main: int, found: Sequence[Pairing] | None = None
) -> list[list[int]]:
    """Segment numbers for every block of every text, a list a text.

    ``main`` is the index of the text that the others are held against, ``found`` what :func:`pairings` gives
    for it, where that is known. Numbers rise with the reading order in every text; blocks with the same number
    say the same.
    """
    found = pairings(texts, main) if found is None else found
    cut = [stretches(text) for text in texts]
    base = cut[main]
    segments: list[list[list[int]]] = [[[] for _ in each] for each in cut]
    done = [0] * len(texts)
    number = 0

    def alone(text: int, until: int) -> None:
        """Number the stretches of a text that stand before ``until`` and match nothing."""
        nonlocal number
        for at in range(done[text], until):
            count = len(cut[text][at].blocks)
            segments[text][at] = list(range(number, number + count))
            number += count
        done[text] = until

    for k in range(len(base)):
        present = [(text, found[text][k]) for text in range(len(texts)) if k in found[text]]
        for text, at in present:
            alone(text, at)
        bodies = [cut[text][at] for text, at in present]
        if len({body.shapes() for body in bodies}) == 1:
            count = len(bodies[0].blocks)
            for text, at in present:
                segments[text][at] = list(range(number, number + count))
        else:  # one segment for the heading, one for all under it
            count = 2
            for (text, at), body in zip(present, bodies, strict=True):
                segments[text][at] = [number] + [number + 1] * (len(body.blocks) - 1)
        for text, at in present:
            done[text] = at + 1
        number += count
    for text in range(len(texts)):
        alone(text, len(cut[text]))
    return [[n for stretch in each for n in stretch] for each in segments]


def parting(
    ours: Sequence[Block], theirs: Sequence[Block], found: Pairing | None = None
) -> tuple[Block, Block] | None:
    """The first pair of blocks at which two texts cease to match, or None where they match; ``found`` is what
    :func:`pairings` gives for the other, where that is known."""
    mine, other = stretches(ours), stretches(theirs)
    pairs = dict(pair(mine, other)) if found is None else found
    for k, stretch in enumerate(mine):
        counterpart = other[pairs[k]] if k in pairs else None
        if counterpart is None:
            behind = other[min(pairs.get(k - 1, -1) + 1, len(other) - 1)]
            return stretch.blocks[0], behind.blocks[0]
        if stretch.shapes() != counterpart.shapes():
            both = list(zip(stretch.blocks, counterpart.blocks, strict=False))
            for a, b in both:
                if shape(a) is not shape(b):
                    return a, b
            at = len(both)  # one goes on alone
            return (
                stretch.blocks[min(at, len(stretch.blocks) - 1)],
                counterpart.blocks[min(at, len(counterpart.blocks) - 1)],
            )
    matched = set(pairs.values())
    unmatched = [at for at in range(len(other)) if at not in matched]
    if unmatched and other[unmatched[0]].blocks:
        return mine[-1].blocks[-1], other[unmatched[0]].blocks[0]
    return None


def uneven_lists(ours: Sequence[Block], theirs: Sequence[Block]) -> list[tuple[Block, Block]]:
    """Lists at the same place of two matching texts that differ in their number of items."""
    return [
        (a, b)
        for a, b in zip(ours, theirs, strict=False)
        if shape(a) is Shape.LISTING and shape(b) is Shape.LISTING and _items(a) != _items(b)
    ]


def _items(block: Block) -> int:
    match block:
        case Listing(items=items):
            return len(items)
        case Table(rows=rows):
            return len(rows)
    return 0
