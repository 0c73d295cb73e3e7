"""Which block of one translation says what which block of another says.

Texts with the same sequence of blocks are aligned block by block. Others are aligned by sections:
one to one where the outlines are the same, else by the likeness of sections; and inside a section
block by block where the blocks match, else as a whole.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise

from pipeline.document import Block, Heading, Listing, Table, block_text
from pipeline.structure.evidence import Shape, shape

LIKENESS = 0.55
"""Sections less alike than this are not taken for translations of each other."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A heading (the title for the first) and what stands under it, up to the next heading."""

    blocks: tuple[Block, ...]

    def shapes(self) -> tuple[Shape, ...]:
        return tuple(map(shape, self.blocks))

    def length(self) -> int:
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

    Levels are not looked at: in bare texts they are guesses, made a text at a time.
    """
    scale = sum(each.length() for each in theirs) / max(1, sum(each.length() for each in ours))
    if len(ours) == len(theirs):
        diagonal = [_likeness(a, b, scale) for a, b in zip(ours, theirs, strict=True)]
        if sum(diagonal) >= LIKENESS * len(ours):
            return [(at, at) for at in range(len(ours))]
    scales = {scale, *_scales(ours, theirs)}
    return max((_align(ours, theirs, each) for each in sorted(scales)), key=lambda found: found[0])[
        1
    ]


def _scales(ours: Sequence[Stretch], theirs: Sequence[Stretch]) -> list[float]:
    """How much longer the other text may be, told from single stretches: from the whole texts it is told
    wrongly where one lacks a long section."""
    edges = [(ours[0], theirs[0]), (ours[-1], theirs[-1])] if ours and theirs else []
    return [b.length() / a.length() for a, b in edges if a.length() and b.length()]


def _align(
    ours: Sequence[Stretch], theirs: Sequence[Stretch], scale: float
) -> tuple[float, list[tuple[int, int]]]:
    """Needleman and Wunsch's alignment: what two stretches gain by being paired is how much their likeness
    is above the threshold; a stretch left alone gains nothing. Of equal ones, the earliest pairs."""
    rows, columns = len(ours), len(theirs)
    gains = [[_likeness(a, b, scale) - LIKENESS for b in theirs] for a in ours]
    if rows and columns:
        gains[0][0] = 1.0  # the title and what stands before the first heading always match
    best = [[0.0] * (columns + 1) for _ in range(rows + 1)]
    for i in reversed(range(rows)):
        for j in reversed(range(columns)):
            best[i][j] = max(best[i + 1][j], best[i][j + 1], best[i + 1][j + 1] + gains[i][j])
    pairs: list[tuple[int, int]] = []
    i = j = 0
    while i < rows and j < columns:
        if best[i][j] == best[i + 1][j + 1] + gains[i][j] and gains[i][j] > 0:
            pairs.append((i, j))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i][j + 1]:
            j += 1
        else:
            i += 1
    return best[0][0], pairs


def _likeness(ours: Stretch, theirs: Stretch, scale: float) -> float:
    shapes = SequenceMatcher(None, ours.shapes(), theirs.shapes(), autojunk=False).ratio()
    a, b = ours.length() * scale, float(theirs.length())
    lengths = min(a, b) / max(a, b, 1.0)
    marks = ours.marks() | theirs.marks()
    shared = len(ours.marks() & theirs.marks()) / len(marks) if marks else 0.5
    # A list is what translators keep most faithfully: one with and one without say different things.
    lists = float((Shape.LISTING in ours.shapes()) == (Shape.LISTING in theirs.shapes()))
    return 0.3 * shapes + 0.35 * lengths + 0.15 * shared + 0.2 * lists


def merge(texts: Sequence[Sequence[Block]], main: int) -> list[list[int]]:
    """Segment numbers for every block of every text, a list a text.

    ``main`` is the index of the text that the others are held against. Numbers rise with the
    reading order in every text; blocks with the same number say the same.
    """
    cut = [stretches(text) for text in texts]
    base = cut[main]
    found = [
        dict(pair(base, each)) if at != main else {k: k for k in range(len(base))}
        for at, each in enumerate(cut)
    ]
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


def parting(ours: Sequence[Block], theirs: Sequence[Block]) -> tuple[Block, Block] | None:
    """The first pair of blocks at which two texts cease to match, or None where they match."""
    mine, other = stretches(ours), stretches(theirs)
    pairs = dict(pair(mine, other))
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
    unmatched = [at for at in range(len(other)) if at not in pairs.values()]
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
