"""Fidelity of PDF: the visible characters of every unit in what programs read from the pages.

What was read of a translation is everything on its pages, in the order in which a program gives it. Some of
that is expected without being in the text (:mod:`pipeline.checks.fidelity.extras`): signs and numbers of lists
(which some programs give at the end of the page), calls and numbers of notes, hyphens at the ends of lines. So
the text is aligned with what was read (:mod:`pipeline.checks.fidelity.alignment`), the expected extras are
taken from what is left over, and the notes, which stand at the foot of any page, are looked for in the rest.
The pages before the first translation (cover, contents) repeat its headings and are not judged.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from pipeline.checks.fidelity.alignment import likeness
from pipeline.checks.fidelity.differences import AROUND, Stream, named, visible
from pipeline.checks.fidelity.extraction import HYPHEN, Extract, Opened
from pipeline.checks.fidelity.extras import HYPHENS, Stretch, company_of
from pipeline.checks.fidelity.losses import WORD, Loss, reconcile
from pipeline.checks.fidelity.units import Unit
from pipeline.checks.fidelity.visible import ink, is_bad, is_mirrored, ordered, sideless
from pipeline.checks.verdicts import Finding
from pipeline.document import Translation, plain
from pipeline.languages import Direction

LIKE = 0.6
"""The least likeness, from 0 to 1, of a line in the margin to the heading that it repeats: programs misread
some characters there too."""

NEAR = 3
"""How many lines away a part of a line may have been read: programs may take one line for several."""

JOINING = frozenset(("pdftotext",))
"""Programs that join a word that is broken at the end of a line without its hyphen, even where the text has
that hyphen."""


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
            read = [(line, page) for page in pages for line in extract.pages[page]]
            out.recoveries.append(
                recovery(translation, units, extract.program, read, len(pages), out)
            )
            _margins(translation, extract, pages, out)
    return out


def recovery(
    translation: Translation,
    units: list[Unit],
    program: str,
    read: Sequence[tuple[str, int]],
    pages: int,
    out: Compared,
) -> Recovery:
    """How much a program gives back of a translation on so many pages: ``read`` are its lines, in its order,
    each with its page. What it finds goes into ``out``."""
    read = [(line.replace(HYPHEN, "-"), page) for line, page in read if line]
    main = _stream(unit for unit in units if not unit.note)
    notes = _stream(unit for unit in units if unit.note)
    fold = False
    if translation.language.direction is Direction.RTL:
        source = f"{translation.tag}, {program}"
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
    company = company_of(translation, units, pages)
    lost, rest, apart = reconcile(main, lines, company, notes)
    lost_notes, rest, more = reconcile(notes, rest, company)
    if apart + more:
        out.notes.append(
            f"{translation.tag}, {program}: {apart + more} stretches, where both directions meet or "
            "cells stand side by side, came in an order of its own, and their words were looked for one by one"
        )
    if program in JOINING:
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
            place = f"page {loss.page + 1}, {program}"
            out.findings.append(Finding(what, stream.origin(loss.gap.start), place))
    if beside:
        out.notes.append(
            f"{translation.tag}, {program}: it takes what stands beside a picture in a line for a "
            "column of its own, and gives it whole at another place"
        )
    for stretch in _joined(stretch for stretch in rest if stretch.text):
        added += len(stretch.text)
        grave |= len(stretch.text) >= WORD or is_bad(stretch.text)
        what = f"added {named(stretch.text)}, which no text has"
        out.findings.append(Finding(what, None, f"page {stretch.page + 1}, {program}"))
    whole = len(main.text) + len(notes.text)
    return Recovery(translation.tag, program, whole, whole - total, added, grave)


def _stream(units: Iterable[Unit], fold: bool = False) -> Stream:
    listed = list(units)
    texts = [ink(unit.drawn) for unit in listed]
    return Stream(listed, [sideless(text) for text in texts] if fold else texts)


def _is_joint(stream: Stream, loss: Loss) -> bool:
    """Whether what was lost is a hyphen between two parts of a word."""
    start, end = loss.gap.start, loss.gap.end
    beside = stream.text[start - 1 : start], stream.text[end : end + 1]
    return stream.text[start:end] in HYPHENS and not loss.became and all(map(str.isalnum, beside))


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
