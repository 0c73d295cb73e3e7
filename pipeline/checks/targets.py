"""What lies before a judge: a file as it is now, and what it claims."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from pipeline.checks.case import Kind, Reference, Subject
from pipeline.checks.claims import Claim, Family, claims_of
from pipeline.checks.verdicts import Finding, Result, Verdict
from pipeline.machine.files import UnreadableError
from pipeline.machine.unpacked import demand_little


@dataclass(frozen=True, slots=True)
class Exhibit:
    """A file before the court. ``content`` is None where it cannot be read, and ``trouble`` says why.

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
        return tuple(each for each in self.claims if each.family in families)


JudgeAll = Callable[[Sequence[Exhibit]], list[Result]]
"""What a judge is: from all exhibits of its kinds to a result each, in their order."""


def exhibit(subject: Subject, reference: Reference) -> Exhibit:
    """Lay a file before the court."""
    try:
        content = subject.content()
        demand_little(content, "the file", reference.read.limits)
    except (OSError, UnreadableError) as error:
        why = error.what if isinstance(error, UnreadableError) else error.strerror
        trouble = f"the file cannot be read: {why}"
        return Exhibit(subject.name, subject.kind, None, (), trouble, subject, reference)
    try:
        claims = claims_of(content, subject.kind)
    except (
        Exception
    ):  # whatever is broken in it, the judges say; a file that cannot be read claims nothing
        claims = ()
    return Exhibit(subject.name, subject.kind, content, claims, "", subject, reference)


def found(
    exhibit: Exhibit,
    judge: str,
    findings: Sequence[Finding],
    *,
    figures: Sequence[str] = (),
    notes: Sequence[str] = (),
    claims: Sequence[Claim] = (),
) -> Result:
    """The result of a judge whose every finding is a failure."""
    return Result(
        exhibit.name,
        judge,
        Verdict.FAILED if findings else Verdict.PASSED,
        tuple(figures),
        tuple(notes),
        tuple(findings),
        tuple(each.name for each in claims),
    )


def not_judged(exhibit: Exhibit, judge: str, why: str) -> Result:
    return Result(exhibit.name, judge, Verdict.NOT_JUDGED, notes=(why,))


def with_content(judge: str, judge_all: JudgeAll) -> JudgeAll:
    """A judge that is only shown what can be read; what cannot has failed."""

    def readable(exhibits: Sequence[Exhibit]) -> list[Result]:
        whole = [each for each in exhibits if each.content is not None]
        results = iter(judge_all(whole) if whole else ())
        return [
            next(results)
            if each.content is not None
            else found(each, judge, [Finding(each.trouble, rule="unreadable")])
            for each in exhibits
        ]

    return readable
