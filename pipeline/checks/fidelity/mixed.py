"""Where both directions meet, and in tables, programs give the words of a page in an order of their own.

A line of Arabic with German in it, a phrase book, a table: what reads the page guesses from where things stand
which comes first, guesses differently in each program, and puts signs, numbers and marks where it believes in.
There no order is asked of a program, but every word: the words of such units are looked for one by one in what
was read in their place, each as often as it is wanted. A word that is lost or changed is still missed, and one
that is there too often is still left over, but for a number that a note or an item has there too. The
order of the file itself is that of its structure tree, which the judge of PDF looks at.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.checks.fidelity.alignment import Difference, longest_rise
from pipeline.checks.fidelity.differences import Stream
from pipeline.checks.fidelity.extras import HYPHENS, TAKEN
from pipeline.checks.fidelity.units import Unit
from pipeline.checks.fidelity.visible import sideless
from pipeline.languages import Direction

LEAST_PART = 2
"""How many letters of a word stand at the end of a line, at the least, and at the beginning of the next."""

TELLING = 4
"""How many letters a word has, at the least, that tells where a paragraph stands."""

KEPT = 0xF0000
"""From which character on, in a plane for private use, one stands for each word that is kept."""

CELLS = frozenset(("cell", "head"))
UNPLACED = CELLS | {"note"}
"""Units that do not stand one under the other in what was read: notes are what the text leaves over of it."""

# Letters in a row, digits in a row, or one character of any other kind.
WORDS = re.compile(r"[^\W\d_]+|\d+|.", re.DOTALL)


def has_own_order(unit: Unit) -> bool:
    """Whether a program may give the words of a unit in an order of its own: a cell, or one in which both
    directions meet, be it that only the number that calls a note runs from left to right."""
    calls = "".join(piece.text for piece in unit.pieces if piece.call)
    return unit.kind in CELLS or meets(unit.drawn + calls, unit.direction)


def meets(text: str, line: Direction) -> bool:
    """Whether letters from right to left, or a line that runs so, meet what does not run with them: letters
    from left to right, digits, emoji."""
    kinds = {unicodedata.bidirectional(char) for char in text}
    other = kinds & {"L", "EN", "AN"} or any(unicodedata.category(char) == "So" for char in text)
    return bool((kinds & {"R", "AL"} or line is Direction.RTL) and other)


@dataclass(frozen=True, slots=True)
class Meeting:
    """Differences that lie together in units of such a kind: from where to where in what is wanted, and in what
    was read."""

    start: int
    end: int
    found: int
    found_end: int


def meetings(
    stream: Stream, gaps: Sequence[Difference], every: Sequence[Difference]
) -> list[Meeting]:
    """The stretches of a text in which its words are to be looked for one by one: units next to each other that
    have an order of their own or a difference, if there are both. ``every`` are all differences, those that are
    explained among them."""
    if not gaps:
        return []
    own = list(map(has_own_order, stream.units))
    firsts, lasts = list(range(len(own))), list(range(len(own)))
    for at in range(1, len(own)):
        if own[at - 1]:
            firsts[at] = firsts[at - 1]
    for at in reversed(range(len(own) - 1)):
        if own[at + 1]:
            lasts[at] = lasts[at + 1]
    out: list[Meeting] = []
    first = last = -1
    for gap in gaps:
        low = firsts[stream.index(gap.start)]
        high = lasts[stream.index(max(gap.start, gap.end - 1))]
        if first >= 0 and low <= last + 1:
            last = max(last, high)
            continue
        if first >= 0 and any(own[first : last + 1]):
            out.append(_meeting(stream, every, first, last))
        first, last = low, high
    if any(own[first : last + 1]):
        out.append(_meeting(stream, every, first, last))
    return out


def _meeting(stream: Stream, every: Sequence[Difference], first: int, last: int) -> Meeting:
    start = stream.ends[first - 1] if first else 0
    end = stream.ends[last]
    found, found_end = start, end
    for gap in every:
        if gap.start < start:
            found = gap.found_end + start - gap.end
        if gap.start < end or end == len(stream.text):
            found_end = gap.found_end + end - gap.end
    return Meeting(start, end, found, found_end)


def words(unit: Unit, ink: str) -> Iterator[tuple[int, int]]:
    """From where to where in its ink the words of a unit stand: letters in a row, digits in a row, and each
    other character by itself. White space parts them, which what was read may have lost."""
    at = 0
    for match in WORDS.finditer(unicodedata.normalize("NFC", unit.drawn)):
        word = sideless(match.group())
        if ink.startswith(word, at):
            yield at, at + len(word)
            at += len(word)
        elif match.group().isalnum():
            break  # its ink is spelt in another way
    for match in WORDS.finditer(ink, at):
        yield match.span()


def missing(
    stream: Stream, meeting: Meeting, read: str, reserved: Sequence[str] = ()
) -> tuple[list[Difference], str]:
    """The words of a stretch of a text that are not in what was read in its place, and what of that is left
    over: as long as what was read, with :data:`TAKEN` for each character that was found.

    ``reserved`` are words of other texts that stand in the same place (notes): no shorter word is taken out of
    one of these, and they are left over where they are.
    """
    pool = sideless(read)
    spans: list[tuple[int, int]] = []
    lost = [*_displaced(stream, meeting, pool)]
    for index in _units(stream, meeting):
        start = stream.ends[index - 1] if index else 0
        text = sideless(stream.text[start : stream.ends[index]])
        spans += [(start + low, start + high) for low, high in words(stream.units[index], text)]
    wanted = [(sideless(stream.text[low:high]), (low, high)) for low, high in spans]
    kept: dict[str, str] = {}
    number = 0
    asked = [*wanted, *((word, None) for word in reserved)]
    for word, span in sorted(asked, key=lambda each: -len(each[0])):
        if span is None:
            if word in pool:
                number += 1
                sign = chr(KEPT + number)
                kept[sign] = word
                pool = pool.replace(word, sign * len(word), 1)
            continue
        rest = without(pool, word)
        if rest is None and (sign := next((at for at in kept if kept[at] == word), "")):
            del kept[sign]
            rest = pool.replace(sign, TAKEN)
        if rest is None:
            lost.append(span)
        else:
            pool = rest
    for sign, word in kept.items():
        pool = pool.replace(sign * len(word), word)
    return [Difference(*span, meeting.found, meeting.found) for span in sorted(lost)], pool


def units_of(stream: Stream, meeting: Meeting) -> list[Unit]:
    """The units of a stretch of a text."""
    return [stream.units[at] for at in _units(stream, meeting)]


def _units(stream: Stream, meeting: Meeting) -> range:
    return range(stream.index(meeting.start), stream.index(meeting.end - 1) + 1)


def _displaced(stream: Stream, meeting: Meeting, read: str) -> Iterator[tuple[int, int]]:
    """From where to where those units stand which were read in another order than they are wanted in.

    Programs move words inside a paragraph, and cells; a paragraph stands where it does. Each is looked for by
    its longest word that stands there once."""
    wanted = sideless(stream.text[meeting.start : meeting.end])
    units: list[tuple[int, int]] = []
    places: list[int] = []
    for index in _units(stream, meeting):
        start = stream.ends[index - 1] if index else 0
        text = sideless(stream.text[start : stream.ends[index]])
        if stream.units[index].kind in UNPLACED:
            continue
        found = [text[low:high] for low, high in words(stream.units[index], text)]
        for word in sorted(found, key=len, reverse=True):
            if len(word) >= TELLING and wanted.count(word) == read.count(word) == 1:
                units.append((start, stream.ends[index]))
                places.append(read.index(word))
                break
    right = set(longest_rise(places))
    yield from (unit for at, unit in enumerate(units) if at not in right)


def all_words(stream: Stream) -> list[str]:
    """The words of all units of a text."""
    out = []
    for start, end, unit in zip([0, *stream.ends], stream.ends, stream.units, strict=False):
        text = sideless(stream.text[start:end])
        out += [text[low:high] for low, high in words(unit, text) if high - low > 1]
    return out


def without_heads(read: str, stream: Stream, meeting: Meeting, company: Counter[str]) -> str:
    """What was read without the heads of tables that stand there again where these go on overleaf."""
    wanted = stream.text[meeting.start : meeting.end]
    heads = {
        stream.text[stream.ends[at - 1] if at else 0 : stream.ends[at]]
        for at in _units(stream, meeting)
        if stream.units[at].kind == "head"
    }
    for head in sorted(heads - {""}, key=lambda each: (-len(each), each)):
        for _ in range(min(read.count(head) - wanted.count(head), company[head])):
            before, _, after = read.rpartition(head)
            read = before + TAKEN * len(head) + after
            company[head] -= 1
    return read


def without(pool: str, word: str) -> str | None:
    """What was read without a word, which may be broken at the end of a line; :data:`TAKEN` stands for each of
    its characters. None where it is not there."""
    if word in pool:
        return pool.replace(word, TAKEN * len(word), 1)
    for hyphen in HYPHENS:
        for at in range(LEAST_PART, len(word) - LEAST_PART + 1):
            start, end = word[:at] + hyphen, word[at:]
            if start in pool and end in (rest := pool.replace(start, TAKEN * len(start), 1)):
                return rest.replace(end, TAKEN * len(end), 1)
    return None
