"""What a judge says of a file."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from pipeline.errors import Origin, Shown


class UnreadableError(Exception):
    """A file is not what its name says, or broken: no judge can read it."""


class Verdict(StrEnum):
    """A judge that could not run has not passed anything, and a file that claims nothing has not
    passed what it does not claim."""

    PASSED = "pass"
    FAILED = "FAIL"
    NOT_JUDGED = "not judged"
    NO_CLAIM = "no claim"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is not as it should be. ``at`` is the place in the source, ``place`` the one in
    the file that is judged (a page, or an element's name), ``rule`` the judge's name for what is
    broken, ``text`` the characters or the markup that it is about."""

    what: str
    at: Origin | None = None
    place: str = ""
    rule: str = ""
    text: str = ""
    cure: str = ""

    def __str__(self) -> str:
        return self.told(str)

    def told(self, shown: Shown) -> str:
        """The finding as a person reads it who is shown places like this."""
        where = ", ".join(part for part in (shown(self.at) if self.at else "", self.place) if part)
        told = f"{where}: {self.what}" if where else self.what
        told += f" “{self.text}”" if self.text else ""
        return f"{told} [{self.rule}]" if self.rule else told


@dataclass(frozen=True, slots=True)
class Result:
    """What one judge says of one file: in figures, in words, and every finding.

    A file may pass with findings: those are told, and weigh less than the judge's limit. ``claims``
    are the claims of the file that this judge has judged, by their names. ``folder`` is that of the texts,
    which the places of findings are in; None where there are none.
    """

    file: str
    judge: str
    verdict: Verdict
    figures: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()
    claims: tuple[str, ...] = ()
    folder: Path | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Judged:
    """A file that was judged, and what each judge says of it, in the order of the judges. ``kind`` and
    ``digest`` (SHA-256) are its own, as it is now, and ``claims`` what it says that it conforms to."""

    file: str
    kind: str
    digest: str
    claims: tuple[str, ...] = ()
    results: tuple[Result, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """What all judges say of all files, in the order of the files."""

    files: tuple[Judged, ...]
    texts: tuple[str, ...] = ()
    """The folders that the texts were found in."""
    judges: tuple[str, ...] = ()
    """The names of the judges that were asked, in order."""
    left_out: tuple[str, ...] = ()
    """The names of those that were not."""
    strict: bool = False

    @property
    def results(self) -> tuple[Result, ...]:
        """The results of all files, in the order of the files and of their judges."""
        return tuple(result for file in self.files for result in file.results)

    def count(self, verdict: Verdict) -> int:
        """How many results have this verdict."""
        return sum(result.verdict is verdict for result in self.results)

    @property
    def exit_code(self) -> int:
        """1 where anything failed, or, in a strict check, was not judged; else 0."""
        unjudged = self.strict and self.count(Verdict.NOT_JUDGED)
        return 1 if self.count(Verdict.FAILED) or unjudged else 0

    @property
    def summary(self) -> str:
        """The report in a line."""
        count = sum(bool(file.results) for file in self.files)
        parts = [f"{count} files", f"{self.count(Verdict.PASSED)} passed"]
        for verdict, word in SUMMARY:
            if number := self.count(verdict):
                parts.append(f"{number} {word}")
        findings = sum(len(result.findings) for result in self.results)
        parts.append(f"{findings} findings")
        if self.left_out:
            parts.append(f"left out: {' '.join(self.left_out)}")
        return ", ".join(parts)


SUMMARY = (
    (Verdict.FAILED, "failed"),
    (Verdict.NOT_JUDGED, "not judged"),
    (Verdict.NO_CLAIM, "without a claim"),
)


def worst(verdicts: Sequence[Verdict]) -> Verdict:
    """What several verdicts come to: a failure outweighs what was not judged, that a pass, and that
    the lack of a claim."""
    order = (Verdict.FAILED, Verdict.NOT_JUDGED, Verdict.PASSED, Verdict.NO_CLAIM)
    return min(verdicts, key=order.index, default=Verdict.NO_CLAIM)
