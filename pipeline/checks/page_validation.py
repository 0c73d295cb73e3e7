"""The quick judge of PDF's claims: ``page-validation``, a validator of PDF/UA-1 and PDF/A-1 to 3.

It takes hundredths of a second, so that every build asks it: no claim leaves this house that was
refused (:func:`judge_pdf_claims`).
"""

from collections.abc import Sequence

import page

from pipeline.checks.case import Kind
from pipeline.checks.claims import Claim, Family, claims_of
from pipeline.checks.exhibits import Exhibit, found, not_judged
from pipeline.checks.verdicts import Finding, Result, Verdict
from pipeline.errors import ConformanceError, Origin

NAME = "page-validation"
FAMILIES = (Family.UA, Family.ARCHIVE)
PROFILES = {each.value: each for each in page.ValidationProfile}
PLACES = 3
"""How many places of one broken rule are told; all are counted."""


def judge(exhibits: Sequence[Exhibit]) -> list[Result]:
    """Its word on each claim of some PDFs, in their order."""
    return [_judge(each) for each in exhibits]


def judge_pdf_claims(content: bytes, name: str) -> None:
    """Make sure that a PDF conforms to what it claims in its metadata.

    ``name`` is the file's, for the message. A file without a claim, and a claim that this judge does
    not know (PDF/X, PDF/A-4), say nothing here. Raises
    :class:`~pipeline.errors.ConformanceError` where a claim is refused.
    """
    result = _judge(Exhibit(name, Kind.PDF, content, claims_of(content, Kind.PDF)))
    if result.verdict is Verdict.FAILED:
        told = "; ".join(str(each) for each in result.findings[:PLACES])
        more = len(result.findings) - PLACES
        raise ConformanceError(
            f"it is not what it claims to be: {told}{f'; and {more} more' if more > 0 else ''}",
            at=Origin(name),
            cure="this is a defect of Pentapla: please report it, with the texts if you can; "
            "until then build without the standard",
        )


def _judge(exhibit: Exhibit) -> Result:
    claims = exhibit.claims_in(*FAMILIES)
    known = [each for each in claims if each.flavour in PROFILES]
    notes = [f"{NAME} knows no {each.name}" for each in claims if each not in known]
    if not claims:
        return Result(exhibit.name, NAME, Verdict.NO_CLAIM)
    if not known:
        return not_judged(exhibit, NAME, "; ".join(notes))
    findings = [finding for claim in known for finding in _findings(claim, exhibit.content or b"")]
    figures = (", ".join(each.name for each in known),)
    return found(exhibit, NAME, findings, figures=figures, notes=notes, claims=known)


def _findings(claim: Claim, content: bytes) -> list[Finding]:
    """What is wrong with a claim: a finding a rule, with the first objects that break it."""
    try:
        report = page.validate_pdf_bytes(content, profile=PROFILES[claim.flavour])
    except page.PageError as error:
        return [Finding(f"this file cannot be read: {error}", rule="unreadable")]
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
