"""How much likelier two stretches of text are translations of each other than any two that meet by chance.

Figures are natural logarithms of odds: 0 says nothing. Lengths are judged as by Gale and Church (1993,
section 3), whose variance grows with length; marks as by naive Bayes, each by how rare it is in its text and
how often translators keep it.
"""

from collections import Counter
from collections.abc import Sequence
from math import exp, fsum, log

from pipeline.structure.clues import DENIED, JOINED, KEPT, Clues

VARIANCE = 4.0
"""By how much translations vary in length: the variance of the difference for each character. Measured on ten
texts in eight languages: 2.0 for headings as for the longest paragraphs; Gale and Church found 6.8 for bankers'
prose."""
LEAST = 0.01
"""The variance of the logarithm of a ratio of lengths, however long the texts are."""
CHANCE = 2.4
"""The same for two paragraphs that have nothing to do with each other: measured, twice 1.2."""
OTHERWISE = 0.04
"""The share of translations that are as long as chance would have it."""
SURE = 400.0
"""What a pair is worth that the book's maker has settled: more than all that texts can say."""
MOST = 12.0
"""The most that marks say for or against a pair: they are not independent of each other."""
NEAR = 0.15
"""How far the ratio of whole texts may be from that of their blocks, as a logarithm, if none lacks a part."""
SAMPLE, BESIDE, LONG = 300, 6, 20
"""So many blocks of a text are looked at, beside so many before and after them; none of fewer characters."""
STEP, STEPS = 0.02, 8
"""How finely ratios are told apart, as logarithms, and how many such steps away they count, too."""


class Evidence:
    """What is known of some texts, each given by the clues of its stretches in order. ``scales`` are what their
    lengths are multiplied by to become alike."""

    def __init__(self, texts: Sequence[Sequence[Clues]], scales: Sequence[float]) -> None:
        self.texts = texts
        self._found = [Counter(mark for each in text for mark in each.marks) for text in texts]
        self._marks = [frozenset(each) for each in self._found]
        self._scales = scales
        self._losses: dict[str, float] = {}
        self._gains: dict[str, float] = {}
        self._known: dict[tuple[int, int, int], Run] = {}
        self._denied = False
        for mark in set().union(*self._found):
            self._weigh(mark)

    def _weigh(self, mark: str) -> None:
        """What it says that both have a mark, beyond what it says that only one has it; and the latter."""
        if mark[0] in (JOINED, DENIED):
            settled = SURE if mark[0] == JOINED else 0.0
            self._losses[mark], self._gains[mark] = -settled, 2 * settled
            self._denied |= mark[0] == DENIED
            return
        shares = [
            (own[mark] + 0.5) / (len(text) + 1.0)
            for own, text in zip(self._found, self.texts, strict=True)
            if mark in own
        ]
        share = sum(shares) / len(shares)
        kept = max(KEPT[mark[0]], share)
        self._losses[mark] = log((1 - kept + 1e-3) / (1 - share + 1e-3))
        self._gains[mark] = log(kept / share) - self._losses[mark]

    def run(self, text: int, begin: int, end: int) -> "Run":
        """Some stretches of a text that follow each other, as one."""
        key = (text, begin, end)
        if key not in self._known:
            clues = self.texts[text][begin:end]
            length = sum(each.length for each in clues) * self._scales[text]
            marks = clues[0].marks.union(*(each.marks for each in clues[1:]))
            self._known[key] = Run(self, text, length, marks)
        return self._known[key]

    def loss(self, marks: frozenset[str], text: int) -> float:
        """What it says if a text has none of some marks, as far as it has them anywhere."""
        losses = self._losses
        # Summed exactly: a set has no order, and the same texts are to give the same figures.
        return fsum([losses[mark] for mark in marks & self._marks[text]])

    def odds(self, ours: "Run", theirs: "Run") -> float:
        """The logarithm of the odds that two runs are translations of each other."""
        if (known := ours.known.get(theirs)) is not None:
            return known
        ours.known[theirs] = theirs.known[ours] = found = self._odds(ours, theirs)
        return found

    def _odds(self, ours: "Run", theirs: "Run") -> float:
        if self._denied and (
            f"{DENIED}{theirs.text}" in ours.marks or f"{DENIED}{ours.text}" in theirs.marks
        ):
            return -SURE
        gains = self._gains
        said = (ours.loss(theirs.text) + theirs.loss(ours.text)) / 2
        said += fsum([gains[mark] for mark in ours.marks & theirs.marks])
        if -SURE / 4 < said < SURE / 4:
            said = max(-MOST, min(MOST, said))
        return said + length_odds(ours.length, theirs.length)


class Run:
    """Stretches of a text that follow each other, as one: how long they are, in characters of the longest text,
    and their marks."""

    __slots__ = ("_evidence", "_losses", "known", "length", "marks", "text")

    def __init__(self, evidence: Evidence, text: int, length: float, marks: frozenset[str]) -> None:
        self._evidence, self.text, self.length, self.marks = evidence, text, length, marks
        self.known: dict[Run, float] = {}
        """The odds that are known already."""
        self._losses: dict[int, float] = {}

    def loss(self, text: int) -> float:
        """What it says if another text has none of the marks in what it says of the same."""
        if text not in self._losses:
            self._losses[text] = self._evidence.loss(self.marks, text)
        return self._losses[text]


def length_odds(one: float, other: float) -> float:
    """The logarithm of the odds that two lengths, in the same measure, are those of translations."""
    if not one or not other:
        return 0.0 if one == other else log(OTHERWISE)
    variance = LEAST + VARIANCE * 2 / (one + other)
    if variance >= CHANCE:
        return 0.0
    square = log(one / other) ** 2
    ratio = (CHANCE / variance) ** 0.5 * exp(square / 2 * (1 / CHANCE - 1 / variance))
    return log((1 - OTHERWISE) * ratio + OTHERWISE)


def scales(texts: Sequence[Sequence[Clues]]) -> list[float]:
    """By what the lengths of each text are multiplied to become those of the longest. Their sums tell it, but
    where one lacks a part: then it is the ratio that is found most often between blocks at about the same
    place."""
    sums = [sum(each.length for each in text) or 1.0 for text in texts]
    longest = texts[max(range(len(texts)), key=lambda at: sums[at])]
    out = []
    for text, whole in zip(texts, sums, strict=True):
        by_sum = log(max(sums) / whole)
        often = _most_often(text, longest)
        out.append(exp(by_sum if often is None or abs(often - by_sum) < NEAR else often))
    return out


def _most_often(ours: Sequence[Clues], theirs: Sequence[Clues]) -> float | None:
    """The logarithm of the most frequent ratio of lengths; None where there are none to speak of."""
    counts: Counter[int] = Counter()
    for at in range(0, len(ours), max(1, len(ours) // SAMPLE)):
        there = at * len(theirs) // len(ours)
        for other in theirs[max(0, there - BESIDE) : there + BESIDE + 1]:
            if min(ours[at].length, other.length) >= LONG:
                ratio = log(other.length / ours[at].length)
                for step in range(-STEPS, STEPS + 1):  # a kernel in the shape of a triangle
                    counts[round(ratio / STEP) + step] += STEPS + 1 - abs(step)
    if not counts:
        return None
    return STEP * max(counts, key=lambda each: (counts[each], -abs(each), each))
