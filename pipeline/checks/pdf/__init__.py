"""The judge of PDFs: what no validator asks, because only the book knows the answer.

A table of checks. Some need nothing but the file, some a structure tree: where a file has none and
claims none, they say so and judge nothing; where it claims to be accessible without one, it fails.
"""

import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

import pikepdf
from lxml import etree

from pipeline.checks.checked_files import CheckedFile, found, no_file
from pipeline.checks.claims import Family
from pipeline.checks.names import JudgeName
from pipeline.checks.pdf import artifacts, exchange, faces, language, order, view
from pipeline.checks.pdf.opened import Opened
from pipeline.checks.verdicts import Finding, Result

NAME = JudgeName.PDF
MOST = 50
"""How many findings of one check are told; all are counted."""


@dataclass(frozen=True, slots=True)
class Check:
    """One check of a PDF: its name in the report, and the function that gives what is wrong."""

    name: str
    run: Callable[[Opened], Iterator[Finding]]
    tagged: bool = False
    """Whether it asks the structure tree."""


CHECKS: tuple[Check, ...] = (
    Check("title", view.title),
    Check("document language", language.document),
    Check("direction", view.direction),
    Check("page boxes", view.boxes),
    Check("fonts", faces.check),
    Check("outline", view.outline),
    Check("languages of parts", language.parts, tagged=True),
    Check("reading order", order.check, tagged=True),
    Check("artifacts", artifacts.check, tagged=True),
)


def judge(checked_files: Sequence[CheckedFile]) -> list[Result]:
    """The checks on some PDFs, in their order."""
    return [_judge(each) for each in checked_files]


def _judge(checked_file: CheckedFile) -> Result:
    try:
        with pikepdf.open(io.BytesIO(checked_file.content or b"")) as pdf:
            return _checked(Opened(pdf, checked_file), checked_file)
    except (pikepdf.PdfError, etree.XMLSyntaxError) as error:
        return no_file(checked_file, NAME, "PDF", error)


def _checked(opened: Opened, checked_file: CheckedFile) -> Result:
    findings: list[Finding] = []
    done: list[str] = []
    left: list[str] = []
    for check in CHECKS:
        if check.tagged and opened.tree is None:
            left.append(check.name)
            continue
        done.append(check.name)
        findings += _some(check.run(opened))
    if left and opened.claims_any(Family.UA):
        what = "it claims to be accessible, and is not tagged"
        findings.append(Finding(what, None, "catalog", "structure tree"))
    print_claims = [claim for claim in checked_file.claims if exchange.known(claim)]
    if print_claims:
        done.append(exchange.VERSION)
        findings += _some(exchange.check(opened))
    notes = []
    if left:
        notes.append(f"not tagged, and no claim to be: {', '.join(left)} not judged")
    if opened.tree is not None and opened.edition is None:
        notes.append("judged without its texts")
    figures = (f"{len(done)} checks", f"{len(opened.pdf.pages)} pages")
    return found(checked_file, NAME, findings, figures=figures, notes=notes, claims=print_claims)


def _some(findings: Iterator[Finding]) -> list[Finding]:
    told = list(islice(findings, MOST))
    more = sum(1 for _ in findings)
    if more:
        told.append(Finding(f"and {more} more like this", rule=told[-1].rule))
    return told
