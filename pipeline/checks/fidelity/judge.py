"""The judge of fidelity: a book holds all the text of its sources, nothing else, and in the right order.

HTML and EPUB hold text: every character counts. A PDF holds glyphs with places, and programs guess the text
from where these stand; so a few characters may be lost there. Each is reported all the same. A long loss or
addition in one piece fails a PDF, whatever share of the text came back.
"""

from collections.abc import Callable, Mapping

from pipeline.checks.fidelity import arranged, extraction, markup, printed, structure
from pipeline.checks.fidelity.units import units
from pipeline.checks.names import JudgeName
from pipeline.checks.subjects import Kind, Reference, Subject
from pipeline.checks.verdicts import Finding, Result, UnreadableError, Verdict
from pipeline.design.page import arranged as arranged_theme
from pipeline.document import Translation
from pipeline.languages import Direction
from pipeline.output import digest
from pipeline.settings.arrangements import ARRANGEMENTS, ArrangementName

NAME = JudgeName.FIDELITY


NO_STRUCTURE = "it has no structure: what programs read from its pages was judged, and no elements"
"""What the report says of a file for a press, whose lines are those of the same file for screens."""

LIMITS: Mapping[tuple[str, Direction], float] = {
    ("pdftotext", Direction.LTR): 0.999,
    ("pdfium", Direction.LTR): 0.999,
    # The scripts that are written from right to left join their letters, and readers of PDF put marks
    # and ligatures back in the order that they believe in; pdfium also moves parts of a line within it.
    ("pdftotext", Direction.RTL): 0.995,
    ("pdfium", Direction.RTL): 0.99,
}
"""The share of the characters of a PDF that must come back in order, by program and by the direction of the
script. Of HTML and EPUB all must."""


def judge(subject: Subject, reference: Reference) -> Result:
    """Compare a file (``subject``) with the texts that it was made of. A file that cannot be read fails."""
    try:
        content = subject.content()
    except OSError as error:
        return _failed(subject, f"the file cannot be read: {error.strerror}")
    notes = []
    if digest(content) != subject.digest:
        notes.append("the file is not as it was made: it was changed since")
    translations = reference.translations(subject)
    try:
        figures, findings, more, passed = _COMPARE[subject.kind](
            content, translations, reference, subject
        )
    except UnreadableError as error:
        return _failed(subject, f"this is no {subject.kind.upper()} that can be read: {error}")
    return Result(
        subject.name,
        NAME,
        Verdict.PASSED if passed else Verdict.FAILED,
        tuple(figures),
        (*notes, *more),
        tuple(findings),
    )


def _failed(subject: Subject, what: str) -> Result:
    return Result(subject.name, NAME, Verdict.FAILED, findings=(Finding(what),))


Judgement = tuple[list[str], list[Finding], list[str], bool]
"""Figures, findings, notes, and whether it passed."""


def _compare_pages(
    content: bytes, translations: list[Translation], _reference: Reference, subject: Subject
) -> Judgement:
    kind = subject.kind
    wanted = {each.tag: units(each) for each in translations}
    owners = frozenset(unit.anchor for each in wanted.values() for unit in each if unit.anchor)
    read = markup.web_lines if kind is Kind.HTML else markup.ebook_lines
    found = markup.compare(read(content, owners), wanted, rows=subject.rows)
    figures = [f"{tag} {percent(found.recovered[tag], found.wanted[tag])}" for tag in found.wanted]
    return figures, found.findings, [], not found.findings


def _compare_print(
    content: bytes, translations: list[Translation], reference: Reference, subject: Subject
) -> Judgement:
    name = ArrangementName(subject.arrangement or ArrangementName.SEQUENCE)
    theme = arranged_theme(reference.settings.theme, name, len(translations))
    opened = extraction.open_pdf(content, theme)
    wanted = [(each, units(each)) for each in translations]
    if name is ArrangementName.SEQUENCE:
        found = printed.compare(opened, wanted)
    else:
        two_covers = bool(ARRANGEMENTS[name].directions)
        found = arranged.compare(opened, wanted, two_covers=two_covers)
    if tree := structure.opened(content):
        structure.compare(tree, wanted, found)
    else:
        found.notes.append(NO_STRUCTURE)
    directions = {each.tag: each.language.direction for each in translations}
    figures, passed = [], True
    for tag, recoveries in arranged.figures(found, wanted).items():
        shares = []
        for each in recoveries:
            shares.append(f"{percent(each.recovered, each.wanted)} ({each.program})")
            limit = _limit(each.program, directions.get(tag, Direction.RTL))
            passed &= each.share >= limit and each.excess <= 1 - limit and not each.grave
        figures.append(f"{tag} {', '.join(shares)}")
    notes = [f"{name}: not judged, for it is not installed" for name in opened.missing]
    return figures, found.findings, notes + found.notes, passed and not found.grave


def _limit(program: str, direction: Direction) -> float:
    """The share that must come back: of the file's own structure, all."""
    return 1.0 if program == structure.STRUCTURE else LIMITS[program, direction]


_COMPARE: Mapping[Kind, Callable[[bytes, list[Translation], Reference, Subject], Judgement]] = {
    Kind.HTML: _compare_pages,
    Kind.EPUB: _compare_pages,
    Kind.PDF: _compare_print,
}


def percent(part: int, whole: int) -> str:
    """A share in percent, never rounded up: 100.00 means all."""
    hundredths = 10_000 * part // whole if whole else 10_000
    return f"{hundredths // 100}.{hundredths % 100:02} %"
