"""Text that is compared word by word: units in which both directions meet, and cells of tables.

In a line of Arabic with German in it, or in a table, a program that reads a PDF guesses the order of words,
signs, numbers and marks from where they stand, and each program guesses differently. So no order is asked for
there. Instead, each word of such units is looked for in what was read in their place, as often as it is wanted.
A word that was lost or changed is still missing, and a word too many is still left over, except for a number
that is also that of a note or of an item there. The order of the file itself is that of its structure tree,
which the judge of PDF checks.
"""

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipeline.checks.fidelity.alignment import Difference, longest_rise
from pipeline.checks.fidelity.differences import Stream
from pipeline.checks.fidelity.extras import HYPHENS, TAKEN
from pipeline.checks.fidelity.units import Unit
from pipeline.checks.fidelity.visible import sideless
from pipeline.typography.breaks import boundaries, is_spaceless

LEAST_PART = 2
"""How many letters of a broken word stand, at the least, at the end of a line and at the beginning of the
next."""

TELLING = 4
"""How many letters a word has, at the least, by which the place of a paragraph is found."""

KEPT = 0xF0000
"""The character before the first one that stands for a reserved word, in a plane for private use."""

CELLS = frozenset(("cell", "head"))
UNPLACED = CELLS | {"note"}
"""Units whose order among the others is not checked. Notes are looked for in what the text leaves over."""

# Letters in a row, digits in a row, or one character of any other kind.
WORDS = re.compile(r"[^\W\d_]+|\d+|.", re.DOTALL)


def has_own_order(unit: Unit) -> bool:
    """Whether a program may give the words of a unit in an order of its own: in a cell, and where both
    directions meet, even if only the number that calls a note runs from left to right."""
    calls = "".join(piece.text for piece in unit.pieces if piece.call)
    return unit.kind in CELLS or meets(unit.drawn + calls, among_rtl=unit.among_rtl)


def meets(text: str, *, among_rtl: bool) -> bool:
    """Whether both directions meet in a text: it has letters from right to left, or stands among lines that run
    so, and has something that does not run with them: letters from left to right, digits, emoji."""
    kinds = {unicodedata.bidirectional(char) for char in text}
    other = kinds & {"L", "EN", "AN"} or any(unicodedata.category(char) == "So" for char in text)
    return bool((kinds & {"R", "AL"} or among_rtl) and other)


@dataclass(frozen=True, slots=True)
class Meeting:
    """A part of a text that is compared word by word: its start and end in what is wanted, and the start and
    end of its place in what was read."""

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
    """The start and end of each word of a unit in ``ink``, its visible characters. A word is letters in a row,
    digits in a row, or any other character by itself; white space of the unit, which ``ink`` lacks, parts
    words, and so does a place at which a line may break without a space."""
    at = 0
    for part in _parts(unit):
        word = sideless(part)
        if ink.startswith(word, at):
            yield at, at + len(word)
            at += len(word)
        elif part.isalnum():
            break  # its visible characters are spelt in another way (NFC)
    for match in WORDS.finditer(ink, at):
        yield match.span()


def _parts(unit: Unit) -> Iterator[str]:
    text = unicodedata.normalize("NFC", unit.drawn)
    tag = unit.pieces[0].lang_dir.tag if unit.pieces else ""
    ends = boundaries(text, tag) if is_spaceless(text) else []
    for match in WORDS.finditer(text):
        inside = ends[bisect_right(ends, match.start()) : bisect_left(ends, match.end())]
        for start, end in pairwise((match.start(), *inside, match.end())):
            yield text[start:end]


def missing(
    stream: Stream, meeting: Meeting, read: str, reserved: Sequence[str] = ()
) -> tuple[list[Difference], str]:
    """The words of a part of a text that are not in what was read in its place (``read``), and what is left
    over of ``read``: a string of the same length, with :data:`TAKEN` in the place of each character that was
    found.

    ``reserved`` are words of other texts that may stand in the same place (notes). A shorter word is not found
    inside of one of these, and they themselves are left over.
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
    """The units of a part of a text that is compared word by word."""
    return [stream.units[at] for at in _units(stream, meeting)]


def _units(stream: Stream, meeting: Meeting) -> range:
    return range(stream.index(meeting.start), stream.index(meeting.end - 1) + 1)


def _displaced(stream: Stream, meeting: Meeting, read: str) -> Iterator[tuple[int, int]]:
    """The start and end of each unit that was read in another order than it is wanted in.

    Programs move words within a paragraph, and they move cells, but they do not move paragraphs. Each paragraph
    is found by its longest word that occurs once in what is wanted and once in what was read."""
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
    """The words of all units of a text that have more than one character."""
    out = []
    for start, end, unit in zip([0, *stream.ends], stream.ends, stream.units, strict=False):
        text = sideless(stream.text[start:end])
        out += [text[low:high] for low, high in words(unit, text) if high - low > 1]
    return out


def without_heads(read: str, stream: Stream, meeting: Meeting, company: Counter[str]) -> str:
    """What was read, with :data:`TAKEN` in the place of heads of tables that are repeated where a table goes on
    overleaf. Those found are taken off ``company``."""
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
    """What was read, with :data:`TAKEN` in the place of each character of a word, which may be broken at the
    end of a line. None where the word is not there."""
    if word in pool:
        return pool.replace(word, TAKEN * len(word), 1)
    for hyphen in HYPHENS:
        # The longest part first: what is left of the word may be broken again, in a narrow cell.
        for at in range(len(word) - LEAST_PART, LEAST_PART - 1, -1):
            part = word[:at] + hyphen
            if part in pool:
                rest = without(pool.replace(part, TAKEN * len(part), 1), word[at:])
                if rest is not None:
                    return rest
    return None
