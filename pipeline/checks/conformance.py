"""What must be true before a PDF may say that it conforms to a standard: a judge confirmed it.

page-validation is asked first, for it is quick. It is young, so that its word alone refuses nothing: where
it refuses a claim, or cannot read the file, veraPDF decides, which is the industry's reference. Where that is
not installed, a refusal counts if our own checks of PDFs find something too. A claim that was neither
confirmed nor refused is not made.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline.checks import pdf
from pipeline.checks.checked_files import CheckedFile
from pipeline.checks.claims import claims_of
from pipeline.checks.programs import page_validation, verapdf
from pipeline.checks.subjects import Kind
from pipeline.checks.verdicts import Finding, Result, Verdict
from pipeline.errors import ConformanceError, NamedPath

PLACES = 3
"""How many findings an error tells; all are counted."""


@dataclass(frozen=True, slots=True)
class Confirmation:
    """Whether the claims of a PDF were confirmed; where nobody could tell, ``reasons`` say why."""

    confirmed: bool
    reasons: tuple[str, ...] = ()


def confirm(content: bytes, name: str) -> Confirmation:
    """Have the claims of a PDF judged, before it is saved. ``name`` is the file's, for messages.

    A file without a claim, and a claim that these judges do not know (PDF/X), have nothing to confirm.
    Raises :class:`~pipeline.errors.ConformanceError` where a claim is refused.
    """
    checked_file = CheckedFile(name, Kind.PDF, content, claims_of(content, Kind.PDF))
    (first,) = page_validation.judge([checked_file])
    if first.verdict in (Verdict.PASSED, Verdict.NO_CLAIM):
        return Confirmation(confirmed=True)
    (reference,) = verapdf.judge([checked_file])
    if reference.verdict is Verdict.PASSED:
        return Confirmation(confirmed=True)
    refusals = [reference]
    if reference.verdict is Verdict.NOT_JUDGED and first.verdict is Verdict.FAILED:
        (own,) = pdf.judge([checked_file])
        refusals = [first] if own.verdict is Verdict.FAILED else []
    for refusal in refusals:
        if refusal.verdict is Verdict.FAILED:
            raise _refused(refusal.findings, name)
    told = (*first.notes, *map(str, first.findings[:PLACES]), *reference.notes)
    return Confirmation(confirmed=False, reasons=tuple(dict.fromkeys(told)))


def _refused(findings: Sequence[Finding], name: str) -> ConformanceError:
    told = "; ".join(str(each) for each in findings[:PLACES])
    more = len(findings) - PLACES
    return ConformanceError(
        f"it is not what it claims to be: {told}{f'; and {more} more' if more > 0 else ''}",
        at=NamedPath(name),
        cure="this is a defect of Pentapla: please report it, with the texts if you can; "
        "until then build without the standard",
    )


def settled(result: Result, others: Sequence[Result]) -> Result:
    """A refusal by page-validation, in the light of what others say of the same file: it stands where
    veraPDF, or our own checks where that was not asked, find something too, and where nobody else was."""
    if result.judge != page_validation.NAME or result.verdict is not Verdict.FAILED:
        return result
    for name in (verapdf.NAME, pdf.NAME):
        for other in others:
            if other.judge == name and other.verdict is Verdict.FAILED:
                return result
            if other.judge == name and other.verdict is Verdict.PASSED:
                why = f"it refuses this file, and {name} finds nothing wrong with it"
                notes = (*result.notes, why, *map(str, result.findings))
                return replace(
                    result, verdict=Verdict.NOT_JUDGED, notes=notes, findings=(), claims=()
                )
    return result
