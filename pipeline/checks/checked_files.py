"""What a judge is given: a file as it is now, and what it claims."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from pipeline.checks.claims import Claim, Family, claims_of
from pipeline.checks.subjects import Kind, Reference, Subject
from pipeline.checks.verdicts import Finding, Result, Verdict
from pipeline.machine.files import UnreadableError
from pipeline.machine.unpacked import demand_little


@dataclass(frozen=True, slots=True)
class CheckedFile:
    """A file that is checked. ``content`` is None where it cannot be read, and ``trouble`` says why.

    ``subject`` and ``reference`` are what the manifest and the texts say of it; a file that is judged
    before it is saved has none.
    """

    name: str
    kind: Kind
    content: bytes | None
    claims: tuple[Claim, ...] = ()
    trouble: str = ""
    subject: Subject | None = field(default=None, compare=False)
    reference: Reference | None = field(default=None, compare=False)

    def claims_in(self, *families: Family) -> tuple[Claim, ...]:
        """The claims of the file that belong to one of these families, in order."""
        return tuple(each for each in self.claims if each.family in families)


JudgeAll = Callable[[Sequence[CheckedFile]], list[Result]]
"""What a judge is: from all files of its kinds to a result each, in their order."""


def checked_file(subject: Subject, reference: Reference) -> CheckedFile:
    """A file of a manifest as a judge is given it."""
    try:
        content = subject.content()
        demand_little(content, "the file", reference.settings.limits)
    except (OSError, UnreadableError) as error:
        why = error.what if isinstance(error, UnreadableError) else error.strerror
        trouble = f"the file cannot be read: {why}"
        return CheckedFile(subject.name, subject.kind, None, (), trouble, subject, reference)
    try:
        claims = claims_of(content, subject.kind)
    except Exception:  # what is broken in it the judges say; what cannot be read claims nothing
        claims = ()
    return CheckedFile(subject.name, subject.kind, content, claims, "", subject, reference)


def found(
    checked_file: CheckedFile,
    judge: str,
    findings: Sequence[Finding],
    *,
    figures: Sequence[str] = (),
    notes: Sequence[str] = (),
    claims: Sequence[Claim] = (),
) -> Result:
    """The result of a judge whose every finding is a failure."""
    return Result(
        checked_file.name,
        judge,
        Verdict.FAILED if findings else Verdict.PASSED,
        tuple(figures),
        tuple(notes),
        tuple(findings),
        tuple(each.name for each in claims),
    )


def no_file(checked_file: CheckedFile, judge: str, kind: str, error: Exception) -> Result:
    """The result of a judge that cannot read a file; ``kind`` is what its name says that it is."""
    what = f"this is no {kind} that can be read: {error}"
    return found(checked_file, judge, [Finding(what, rule="unreadable")])


def not_judged(checked_file: CheckedFile, judge: str, why: str) -> Result:
    """The result of a judge that could not run on a file; ``why`` is the reason, as a note."""
    return Result(checked_file.name, judge, Verdict.NOT_JUDGED, notes=(why,))


def with_content(judge: str, judge_all: JudgeAll) -> JudgeAll:
    """A judge that is only shown what can be read; what cannot has failed."""

    def readable(checked_files: Sequence[CheckedFile]) -> list[Result]:
        whole = [each for each in checked_files if each.content is not None]
        results = iter(judge_all(whole) if whole else ())
        return [
            next(results)
            if each.content is not None
            else found(each, judge, [Finding(each.trouble, rule="unreadable")])
            for each in checked_files
        ]

    return readable
