"""What of a text is not in the lines that were read of it, and what of the lines is left over."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from pipeline.checks.fidelity.alignment import Difference, differences
from pipeline.checks.fidelity.differences import Stream
from pipeline.checks.fidelity.extras import TAKEN, Stretch, explained, without_markers
from pipeline.checks.fidelity.lines import Reading
from pipeline.checks.fidelity.mixed import (
    all_words,
    has_own_order,
    meetings,
    missing,
    units_of,
    without,
    without_heads,
)
from pipeline.checks.fidelity.visible import ink, sideless

WORD = 12
"""From how many characters on a loss or an addition in one piece fails any PDF: no reading error is as long."""

FULL_STOP = re.compile(r"(\.)")


@dataclass(frozen=True, slots=True)
class Loss:
    """What was lost, the page and the line where it should have been read (counted from 0), and what was read
    there instead."""

    gap: Difference
    page: int
    line: int
    became: str = ""


def reconcile(
    stream: Stream, lines: Sequence[Stretch], company: Counter[str], others: Stream | None = None
) -> tuple[list[Loss], list[Stretch], int]:
    """What of a text is not in the lines that were read, what of the lines is left over, and how many parts of
    the text were compared word by word. ``others`` is text that may stand among the same lines without being a
    part of this one. The expected extras that are found are taken off ``company``."""
    if not stream.text:
        return [], list(lines), 0
    read = Reading(lines)
    known, tried = company.copy(), company.copy()
    reserved = all_words(others) if others else []
    gaps = [
        (gap, list(read.cut(gap)))
        for gap in map(read.from_its_line, differences(stream.text, read.text))
    ]
    bad = [gap for gap, more in gaps if gap.end > gap.start or list(explained(more, tried))]
    apart = meetings(stream, bad, [gap for gap, _ in gaps])
    lost: list[Loss] = []
    rest: list[Stretch] = []
    for meeting in apart:
        near = read.near(meeting.found)
        here = Difference(meeting.start, meeting.end, meeting.found, meeting.found_end)
        lines = list(read.cut(here))
        among = [*units_of(stream, meeting), *(others.units if others else ())]
        marked = without_markers((line.text for line in lines), among, company)
        own, theirs = _parted(marked, stream.text[meeting.start : meeting.end], others)
        inside = without_heads("".join(own), stream, meeting, company)
        gone, pool = missing(stream, meeting, inside, reserved)
        lost += [Loss(each, near.page, near.line) for each in gone]
        over = [*_left(lines, pool), *_left(lines, "".join(theirs))]
        rest.extend(explained(over, company))
    for gap, more in gaps:
        if any(each.found <= gap.found and gap.found_end <= each.found_end for each in apart):
            continue
        near = read.near(gap.found)
        unknown = list(explained(more, company))
        if gap.end > gap.start:
            # What was read in the place of a loss is what it became, if it is not much longer.
            became = "".join(stretch.text for stretch in unknown)
            if len(became) > 2 * (gap.end - gap.start) + 2:
                became = ""
            else:
                unknown = []
            lost.append(Loss(gap, near.page, near.line, became))
        rest.extend(unknown)
    lost.sort(key=lambda loss: loss.gap.start)
    rest.sort(key=lambda stretch: stretch.line)
    return list(_not_elsewhere(stream, lost, rest, known - company)), rest, len(apart)


def _parted(
    lines: Iterable[str], wanted: str, others: Stream | None
) -> tuple[list[str], list[str]]:
    """The lines of a text, and the lines that clearly belong to ``others``: two lists as long as ``lines``,
    each with :data:`TAKEN` in the place of the characters of lines that are in the other one. Without this,
    words of a note at the foot of a page could be taken for those of a table above it."""
    own: list[str] = []
    theirs: list[str] = []
    for line in lines:
        text = line.strip(TAKEN)
        plainly = others is not None and len(text) >= WORD and text in others.text
        nothing = TAKEN * len(line)
        there = plainly and text not in wanted
        own.append(nothing if there else line)
        theirs.append(line if there else nothing)
    return own, theirs


def _left(lines: Iterable[Stretch], pool: str) -> Iterator[Stretch]:
    """What is left over of some lines. ``pool`` is their text with :data:`TAKEN` for each character that was
    accounted for. Full stops are given apart: those of numbers of lists are accounted for already, so that one
    that is left must not be taken for a part of a number."""
    at = 0
    for line in lines:
        pieces = pool[at : at + len(line.text)].split(TAKEN)
        at += len(line.text)
        for number, piece in enumerate(pieces):
            last = line.ends and number == len(pieces) - 1
            texts = [text for text in FULL_STOP.split(piece) if text]
            for text in texts:
                yield replace(line, text=text, ends=last and text is texts[-1])


def _not_elsewhere(
    stream: Stream, lost: Iterable[Loss], rest: list[Stretch], heads: Counter[str]
) -> Iterator[Loss]:
    """The losses, without the words that were read elsewhere on the same page or on one beside it. Only units
    that a program may give in an order of its own are looked at; what is found is removed from ``rest``.
    ``heads`` counts what was taken for repeated heads of tables, which may have been the missing ones."""
    held: Loss | None = None
    for loss in lost:
        text = sideless(stream.text[loss.gap.start : loss.gap.end])
        own = not loss.became and has_own_order(stream.unit(loss.gap.start))
        if own and (_taken(text, loss.page, rest) or _is_head(stream, loss.gap, heads)):
            continue
        if held and own and held.gap.end == loss.gap.start and not held.became:
            gap = replace(held.gap, end=loss.gap.end)
            held = replace(held, gap=gap)
            continue
        if held:
            yield held
        held = loss
    if held:
        yield held


def _taken(text: str, page: int, rest: list[Stretch]) -> bool:
    """Whether a word is left over on a page, or on one beside it; it is then removed from ``rest``."""
    for at, each in enumerate(rest):
        left = without(sideless(each.text), text) if abs(each.page - page) <= 1 else None
        if left is not None:
            rest[at] = replace(each, text=left.replace(TAKEN, ""))
            return True
    return False


def _is_head(stream: Stream, gap: Difference, heads: Counter[str]) -> bool:
    """Whether a word is in the head of a table that was read, but counted as a repeated one."""
    unit = stream.unit(gap.start)
    return unit.kind == "head" and heads[ink(unit.drawn)] > 0
