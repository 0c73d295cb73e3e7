"""Fidelity of PDF: the visible characters of every unit in what programs read from the pages.

What was read of a translation is everything on its pages, in the order in which a program gives it. Some of
that is expected without being in the text (:mod:`pipeline.checks.fidelity.extras`): signs and numbers of lists
(which some programs give at the end of the page), calls and numbers of notes, hyphens at the ends of lines. So
the text is aligned with what was read (:mod:`pipeline.checks.fidelity.alignment`), the expected extras are
taken from what is left over, and the notes, which stand at the foot of any page, are looked for in the rest.
The pages before the first translation (cover, contents) repeat its headings and are not judged.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from pipeline.checks.fidelity.alignment import Difference, differences, likeness
from pipeline.checks.fidelity.differences import AROUND, Stream, named, visible
from pipeline.checks.fidelity.extraction import HYPHEN, Extract, Opened
from pipeline.checks.fidelity.extras import (
    HYPHENS,
    TAKEN,
    Stretch,
    company_of,
    explained,
    without_markers,
)
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
from pipeline.checks.fidelity.units import Unit
from pipeline.checks.fidelity.visible import ink, is_bad, is_mirrored, ordered, sideless
from pipeline.checks.verdicts import Finding
from pipeline.document import Translation, plain
from pipeline.languages import Direction

WORD = 12
"""From how many characters on a loss or an addition in one piece fails any PDF: no reading error is as long."""

LIKE = 0.6
"""The least likeness, from 0 to 1, of a line in the margin to the heading that it repeats: programs misread
some characters there too."""

NEAR = 3
"""How many lines away a part of a line may have been read: programs may take one line for several."""


JOINING = frozenset(("pdftotext",))
"""Programs that join a word that is broken at the end of a line without its hyphen, even where the text has
that hyphen."""


FULL_STOP = re.compile(r"(\.)")


@dataclass(frozen=True, slots=True)
class Recovery:
    """How many characters of a translation were wanted, how many of these a program gives back, and how many it
    adds. ``grave`` says that there is a loss or an addition that fails the PDF whatever the shares are."""

    tag: str
    program: str
    wanted: int
    recovered: int
    added: int
    grave: bool

    @property
    def share(self) -> float:
        """The share of the wanted characters that came back, from 0 to 1; 1 where none are wanted."""
        return self.recovered / self.wanted if self.wanted else 1.0

    @property
    def excess(self) -> float:
        """The added characters as a share of the wanted ones; where none are wanted, 1 if any were added,
        else 0."""
        return self.added / self.wanted if self.wanted else float(self.added > 0)


@dataclass(slots=True)
class Compared:
    """What came of a comparison: how much each program gives back of each translation, the findings, and
    notes for the report. ``grave`` says that the PDF fails, whatever its shares are."""

    recoveries: list[Recovery] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    grave: bool = False


def compare(opened: Opened, wanted: Sequence[tuple[Translation, list[Unit]]]) -> Compared:
    """Compare what programs read from a PDF with the units that it must hold, in its order."""
    out = Compared()
    starts = [page for _, page in opened.chapters]
    if len(starts) != len(wanted) or starts != sorted(starts):
        what = (
            f"the outline has {len(starts)} entries of the highest level for {len(wanted)} texts, so "
            "that nothing tells where each begins: all are sought from the first page on"
        )
        out.findings.append(Finding(what))
        out.grave = True
        starts = [0] * len(wanted)
    for at, (translation, units) in enumerate(wanted):
        for each in opened.extracts:
            extract = opened.of(each, translation.language.direction)
            if extract is not each:
                out.notes.append(
                    f"{translation.tag}, {each.program}: it turns every line of a file that is read from "
                    "right to left, and was not told that this one is"
                )
            end = starts[at + 1] if at + 1 < len(starts) and starts[at + 1] else len(extract.pages)
            pages = range(starts[at], end)
            out.recoveries.append(_translation(translation, units, extract, pages, out))
            _margins(translation, extract, pages, out)
    return out


def _translation(
    translation: Translation, units: list[Unit], extract: Extract, pages: range, out: Compared
) -> Recovery:
    read = [
        (line.replace(HYPHEN, "-"), page) for page in pages for line in extract.pages[page] if line
    ]
    main = _stream(unit for unit in units if not unit.note)
    notes = _stream(unit for unit in units if unit.note)
    fold = False
    if translation.language.direction is Direction.RTL:
        source = f"{translation.tag}, {extract.program}"
        texts, names = ordered(main.text, [text for text, _ in read])
        out.notes += [f"{source}: {name}, which was undone" for name in names]
        read = [(text, page) for text, (_, page) in zip(texts, read, strict=True)]
        fold = is_mirrored(main.text, "".join(texts))
        if fold:
            out.notes.append(f"{source}: brackets came mirrored, and were compared without sides")
            main, notes = _stream(main.units, fold), _stream(notes.units, fold)
    lines = [
        Stretch(sideless(text) if fold else text, page, at)
        for at, (text, page) in enumerate((ink(text), page) for text, page in read)
        if text
    ]
    company = company_of(translation, units, len(pages))
    lost, rest, apart = _reconcile(main, lines, company, notes)
    lost_notes, rest, more = _reconcile(notes, rest, company)
    if apart + more:
        out.notes.append(
            f"{translation.tag}, {extract.program}: {apart + more} stretches, where both directions meet or "
            "cells stand side by side, came in an order of its own, and their words were looked for one by one"
        )
    if extract.program in JOINING:
        lost = [loss for loss in lost if not _is_joint(main, loss)]
        lost_notes = [loss for loss in lost_notes if not _is_joint(notes, loss)]
    places: dict[int, list[int]] = {}
    for at, stretch in enumerate(rest):
        places.setdefault(stretch.line, []).append(at)
    total = added = 0
    grave = beside = False
    for stream, losses in ((main, lost), (notes, lost_notes)):
        for loss in losses:
            text = stream.text[loss.gap.start : loss.gap.end]
            moved = not loss.became and _take(text, loss.line, rest, places)
            if moved and stream.unit(loss.gap.start).holds_picture:
                beside = True
                continue
            total += len(text)
            added += len(loss.became)
            grave |= (len(text) >= WORD and not moved) or is_bad(loss.became)
            what = _told(stream.text, loss, moved=moved)
            place = f"page {loss.page + 1}, {extract.program}"
            out.findings.append(Finding(what, stream.origin(loss.gap.start), place))
    if beside:
        out.notes.append(
            f"{translation.tag}, {extract.program}: it takes what stands beside a picture in a line for a "
            "column of its own, and gives it whole at another place"
        )
    for stretch in _joined(stretch for stretch in rest if stretch.text):
        added += len(stretch.text)
        grave |= len(stretch.text) >= WORD or is_bad(stretch.text)
        what = f"added {named(stretch.text)}, which no text has"
        out.findings.append(Finding(what, None, f"page {stretch.page + 1}, {extract.program}"))
    whole = len(main.text) + len(notes.text)
    return Recovery(translation.tag, extract.program, whole, whole - total, added, grave)


def _stream(units: Iterable[Unit], fold: bool = False) -> Stream:
    listed = list(units)
    texts = [ink(unit.drawn) for unit in listed]
    return Stream(listed, [sideless(text) for text in texts] if fold else texts)


# --- what is left over ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Loss:
    """What was lost, the page and the line where it should have been read (counted from 0), and what was read
    there instead."""

    gap: Difference
    page: int
    line: int
    became: str = ""


def _is_joint(stream: Stream, loss: Loss) -> bool:
    """Whether what was lost is a hyphen between two parts of a word."""
    start, end = loss.gap.start, loss.gap.end
    beside = stream.text[start - 1 : start], stream.text[end : end + 1]
    return stream.text[start:end] in HYPHENS and not loss.became and all(map(str.isalnum, beside))


def _reconcile(
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


def _joined(stretches: Iterable[Stretch]) -> Iterator[Stretch]:
    """The stretches, with those that stand on the same page in the same line or in successive ones joined."""
    held: Stretch | None = None
    for each in stretches:
        if held and held.page == each.page and each.line - held.line <= 1:
            held = replace(held, line=each.line)
            held = replace(held, text=held.text + each.text)
            continue
        if held:
            yield held
        held = each
    if held:
        yield held


def _take(text: str, line: int, rest: list[Stretch], places: Mapping[int, list[int]]) -> bool:
    """Whether all characters that were lost in a line are left over near it, in any order; they are then
    removed from ``rest``. ``places`` gives the indices in ``rest`` of what is left over of each line."""
    near = [at for each in range(line - NEAR, line + NEAR + 1) for at in places.get(each, ())]
    if Counter(text) - Counter("".join(rest[at].text for at in near)):
        return False
    missing = Counter(text)
    for at in near:
        left = rest[at].text
        if text in left:
            left, missing = left.replace(text, "", 1), Counter()
        else:
            kept = []
            for char in left:
                if missing[char]:
                    missing[char] -= 1
                else:
                    kept.append(char)
            left = "".join(kept)
        rest[at] = replace(rest[at], text=left)
        if not missing.total():
            break
    return True


def _told(text: str, loss: Loss, *, moved: bool) -> str:
    gap = loss.gap
    before = visible(text[max(0, gap.start - AROUND) : gap.start])
    lost = text[gap.start : gap.end]
    after = visible(text[gap.end : gap.end + AROUND])
    verb = "out of order in its line" if moved else "lost"
    what = f"{named(lost)} became {named(loss.became)}" if loss.became else f"{verb}: {named(lost)}"
    return f"{what} in “{before}[{visible(lost[:24])}]{after}”"


# --- the margins ------------------------------------------------------------------------------------


def _margins(translation: Translation, extract: Extract, pages: range, out: Compared) -> None:
    """Report what stands in the margins and is no number, no heading and no name of the language."""
    if not extract.frame:
        return
    known = {ink(plain(heading.inlines)) for heading in translation.headings()}
    known.add(ink(translation.language.autonym))
    seen: dict[str, bool] = {}
    for page in pages:
        for line in extract.frame[page]:
            text = ink(line)
            if text not in seen:
                seen[text] = (
                    not text
                    or all(char.isalnum() and not char.isalpha() for char in text)
                    or any(text in each or likeness(text, each) >= LIKE for each in known)
                )
            if not seen[text]:
                what = f"added {named(text)} in the margin, which is no heading and no page number"
                out.findings.append(Finding(what, None, f"page {page + 1}, {extract.program}"))
                out.grave = True
