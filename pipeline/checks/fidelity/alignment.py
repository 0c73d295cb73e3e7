"""Which characters of one string stand in another, in the same order.

Two steps, so that a book takes seconds and not hours. First, as in Bram Cohen's patience diff, sequences
that occur once in each string are paired, and the longest series of pairs that stands in the same order in
both is kept. Then what lies between two pairs is short enough for the longest common subsequence, character
by character.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from rapidfuzz.distance import LCSseq

GRAMS = (32, 16, 8)
"""Lengths of the sequences that are paired, in characters: long ones first, which seldom occur twice."""

AREA = 16_000_000
"""The largest product of two lengths that is compared character by character at once."""

STEP, WINDOW = 2_000, 6_000
"""Where nothing can be paired: how many characters are compared at a time, and with how many of the other
string."""

CHANCE, BESIDE = 4, 8
"""A match of fewer than CHANCE characters, with differences on both sides of it that come to BESIDE characters
or more, counts as chance: a lost sentence has letters in common with any other."""


@dataclass(frozen=True, slots=True)
class Match:
    """``length`` characters that are the same from ``here`` in one string and ``there`` in the other."""

    here: int
    there: int
    length: int


@dataclass(frozen=True, slots=True)
class Difference:
    """The characters from ``start`` to ``end`` of what is wanted, and from ``found`` to ``found_end`` of
    what is there, which are not the same. Either may be empty."""

    start: int
    end: int
    found: int
    found_end: int


def align(wanted: str, found: str) -> list[Match]:
    """The characters of ``wanted`` that are in ``found``, in the order of both."""
    if wanted == found:
        return [Match(0, 0, len(wanted))] if wanted else []
    matches = _joined(_align(wanted, found, (0, len(wanted), 0, len(found)), 0))
    matches = _joined(reversed(_gathered(matches, wanted, found)))
    return _without_chance(matches, len(wanted), len(found))


def differences(wanted: str, found: str) -> list[Difference]:
    """What is not the same in two strings, in order."""
    out = []
    here = there = 0
    for match in (*align(wanted, found), Match(len(wanted), len(found), 0)):
        if match.here > here or match.there > there:
            out.append(Difference(here, match.here, there, match.there))
        here, there = match.here + match.length, match.there + match.length
    return out


def likeness(one: str, other: str) -> float:
    """How much two short strings have in common, from 0 to 1."""
    return float(LCSseq.normalized_similarity(one, other))


Field = tuple[int, int, int, int]
"""A part of both strings: its start and end in the wanted one, then its start and end in the found one."""


def _align(wanted: str, found: str, field: Field, size: int) -> Iterator[Match]:
    start, end, low, high = field
    head = _same(wanted, found, (start, end, low, high))
    if head:
        yield Match(start, low, head)
        start, low = start + head, low + head
    tail = _same_back(wanted, found, (start, end, low, high))
    end, high = end - tail, high - tail
    if start < end and low < high:
        yield from _inside(wanted, found, (start, end, low, high), size)
    if tail:
        yield Match(end, high, tail)


def _inside(wanted: str, found: str, field: Field, size: int) -> Iterator[Match]:
    start, end, low, high = field
    if (end - start) * (high - low) <= AREA:
        yield from _exact(wanted, found, field)
        return
    while size < len(GRAMS):
        pairs = _pairs(wanted, found, field, GRAMS[size])
        if pairs:
            break
        size += 1
    else:
        yield from _march(wanted, found, field)
        return
    for here, there in pairs:
        if here < start or there < low:
            continue  # inside the one before, which reached further
        yield from _align(wanted, found, (start, here, low, there), size)
        length = _same(wanted, found, (here, end, there, high))
        yield Match(here, there, length)
        start, low = here + length, there + length
    yield from _align(wanted, found, (start, end, low, high), size)


def _exact(wanted: str, found: str, field: Field) -> Iterator[Match]:
    start, end, low, high = field
    for each in LCSseq.opcodes(wanted[start:end], found[low:high]):
        if each.tag == "equal":
            yield Match(
                start + each.src_start, low + each.dest_start, each.src_end - each.src_start
            )


def _pairs(wanted: str, found: str, field: Field, size: int) -> list[tuple[int, int]]:
    """Where sequences of ``size`` characters that occur once in each string begin, in the wanted and in the
    found one; of these pairs, the longest series that stands in the same order in both."""
    start, end, low, high = field
    places: dict[str, int] = {}
    for at in range(start, end - size + 1, size):
        gram = wanted[at : at + size]
        places[gram] = -1 if gram in places else at
    there: dict[str, int] = {}
    for at in range(low, high - size + 1):
        gram = found[at : at + size]
        if gram in places:
            there[gram] = -1 if gram in there else at
    pairs = sorted(
        (places[gram], at) for gram, at in there.items() if at >= 0 and places[gram] >= 0
    )
    return [pairs[at] for at in longest_rise([at for _, at in pairs])]


def longest_rise(values: list[int]) -> list[int]:
    """The indices of a longest series of rising values; no two values are equal."""
    ends: list[int] = []  # the value that ends the best series of each length
    at_ends: list[int] = []
    before = [-1] * len(values)
    for at, value in enumerate(values):
        place = bisect_left(ends, value)
        before[at] = at_ends[place - 1] if place else -1
        if place == len(ends):
            ends.append(value)
            at_ends.append(at)
        else:
            ends[place], at_ends[place] = value, at
    out = []
    at = at_ends[-1] if at_ends else -1
    while at >= 0:
        out.append(at)
        at = before[at]
    return out[::-1]


def _march(wanted: str, found: str, field: Field) -> Iterator[Match]:
    """Matches of one STEP of the wanted string after the other, each sought in a WINDOW behind the last
    match."""
    start, end, low, high = field
    while start < end and low < high:
        stop = min(end, start + STEP)
        reached = low
        for match in _exact(wanted, found, (start, stop, low, min(high, low + WINDOW))):
            yield match
            reached = match.there + match.length
        start, low = stop, reached


def _same(wanted: str, found: str, field: Field) -> int:
    """How many characters are the same at the beginning of a part of both strings."""
    start, end, low, high = field
    most = min(end - start, high - low)
    done = 0
    while done < most:
        size = min(256, most - done)
        at, there = start + done, low + done
        if wanted[at : at + size] == found[there : there + size]:
            done += size
            continue
        while wanted[start + done] == found[low + done]:
            done += 1
        break
    return done


def _same_back(wanted: str, found: str, field: Field) -> int:
    """How many characters are the same at the end of a part of both strings."""
    start, end, low, high = field
    most = min(end - start, high - low)
    done = 0
    while done < most and wanted[end - done - 1] == found[high - done - 1]:
        done += 1
    return done


def _gathered(matches: list[Match], wanted: str, found: str) -> list[Match]:
    """The matches from the last to the first. A short one is moved up to the match after it where the same
    characters stand there too: of two places for a letter, the one in its word is right."""
    out: list[Match] = []
    for each in reversed(matches):
        following = out[-1] if out else None
        if following and each.length < BESIDE:
            here, there = following.here - each.length, following.there - each.length
            text = wanted[each.here : each.here + each.length]
            beside = each.here == here or each.there == there
            if beside and wanted[here : following.here] == found[there : following.there] == text:
                each = Match(here, there, each.length)  # noqa: PLW2901
        out.append(each)
    return out


def _joined(matches: Iterable[Match]) -> list[Match]:
    """The matches, with those that follow on one another in both strings made one; empty ones are left out."""
    out: list[Match] = []
    for each in matches:
        last = out[-1] if out else None
        if last and last.here + last.length == each.here and last.there + last.length == each.there:
            out[-1] = Match(last.here, last.there, last.length + each.length)
        elif each.length:
            out.append(each)
    return out


def _without_chance(matches: list[Match], wanted: int, found: int) -> list[Match]:
    """The matches without those that are there by chance (see CHANCE). When one is removed, the differences
    beside its neighbours grow, so this is repeated until nothing changes."""
    while True:
        out: list[Match] = []
        here = there = 0
        for at, each in enumerate(matches):
            following = matches[at + 1] if at + 1 < len(matches) else Match(wanted, found, 0)
            end, found_end = each.here + each.length, each.there + each.length
            before = max(each.here - here, each.there - there)
            after = max(following.here - end, following.there - found_end)
            if each.length < CHANCE and before and after and before + after >= BESIDE:
                continue
            out.append(each)
            here, there = end, found_end
        if len(out) == len(matches):
            return out
        matches = out
