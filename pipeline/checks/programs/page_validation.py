"""The quick judge of PDF's claims: ``page-validation``, a validator of PDF/UA-1 and PDF/A-1 to 3.

It takes hundredths of a second, so that every build asks it first (:mod:`pipeline.checks.conformance`).
It is young: what it cannot read it has not judged, and what it refuses another judge has to refuse too.
"""

import threading
from collections.abc import Sequence

import page

from pipeline.checks.checked_files import CheckedFile, found, not_judged
from pipeline.checks.claims import Claim, Family
from pipeline.checks.names import JudgeName
from pipeline.checks.verdicts import Finding, Result, Verdict

NAME = JudgeName.PAGE_VALIDATION
FAMILIES = (Family.UA, Family.ARCHIVE)
PROFILES = {each.value: each for each in page.ValidationProfile}
PLACES = 3
"""How many places of one broken rule are told; all are counted."""

CHAIN = 4_000
"""How many objects that lead to each other it follows, such as bookmarks of one level. By default it stops
at 256; it calls itself for each, and 10,000 fill the 8 MB that a program usually has for its calls."""

STACK = 64 * 1024 * 1024
"""The bytes that it gets for its calls, wherever it runs: several times what a chain takes."""


def judge(checked_files: Sequence[CheckedFile]) -> list[Result]:
    """Its word on each claim of some PDFs, in their order."""
    return [_judge(each) for each in checked_files]


def _judge(checked_file: CheckedFile) -> Result:
    claims = checked_file.claims_in(*FAMILIES)
    known = [each for each in claims if each.flavour in PROFILES]
    notes = [f"{NAME} knows no {each.name}" for each in claims if each not in known]
    if not claims:
        return Result(checked_file.name, NAME, Verdict.NO_CLAIM)
    if not known:
        return not_judged(checked_file, NAME, "; ".join(notes))
    try:
        findings = [
            each for claim in known for each in _findings(claim, checked_file.content or b"")
        ]
    except page.PageError as error:
        return not_judged(checked_file, NAME, f"{NAME} cannot read this file: {error}")
    figures = (", ".join(each.name for each in known),)
    return found(checked_file, NAME, findings, figures=figures, notes=notes, claims=known)


def _findings(claim: Claim, content: bytes) -> list[Finding]:
    """What is wrong with a claim: a finding a rule, with the first objects that break it. Raises
    :class:`page.PageError`."""
    report = _report(content, PROFILES[claim.flavour])
    broken: dict[tuple[str, str], list[str]] = {}
    for each in report.failures:
        place = f"object {each.object_id.object_number}" if each.object_id else ""
        broken.setdefault((each.rule_id, " ".join(each.message.split())), []).append(place)
    findings = []
    for (rule, what), places in sorted(broken.items()):
        told = ", ".join(dict.fromkeys(place for place in places[:PLACES] if place))
        times = f" ({len(places)} times)" if len(places) > 1 else ""
        findings.append(Finding(what + times, None, told, rule))
    if not report.is_compliant and not findings:
        findings.append(Finding(f"it does not conform to {claim.name}", rule=claim.name))
    return findings


def _report(content: bytes, profile: page.ValidationProfile) -> page.ValidationReport:
    """Its report, made in a thread of its own: only of a thread can we say how deep its calls may go."""
    reports: list[page.ValidationReport] = []
    errors: list[BaseException] = []

    def run() -> None:
        try:
            limits = page.SafetyLimits(max_reference_depth=CHAIN)
            reports.append(page.validate_pdf_bytes(content, profile=profile, limits=limits))
        except BaseException as error:
            errors.append(error)

    before = threading.stack_size(STACK)
    try:
        thread = threading.Thread(target=run)
        thread.start()
    finally:
        threading.stack_size(before)
    thread.join()
    if errors:
        raise errors[0]
    return reports[0]
