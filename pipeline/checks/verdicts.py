"""What a judge says of a file."""

from dataclasses import dataclass
from enum import StrEnum

from pipeline.errors import Origin


class Verdict(StrEnum):
    """A judge that could not run has not passed anything."""

    PASSED = "pass"
    FAILED = "FAIL"
    NOT_JUDGED = "not judged"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is not as it should be. ``at`` is the place in the source, ``place`` the one in
    the file that is judged: a page, or an element's name."""

    what: str
    at: Origin | None = None
    place: str = ""

    def __str__(self) -> str:
        where = ", ".join(part for part in (str(self.at or ""), self.place) if part)
        return f"{where}: {self.what}" if where else self.what


@dataclass(frozen=True, slots=True)
class Result:
    """What one judge says of one file: in figures, in words, and every finding.

    A file may pass with findings: those are told, and weigh less than the judge's limit.
    """

    file: str
    judge: str
    verdict: Verdict
    figures: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """What all judges say of all files, in the order of the files."""

    results: tuple[Result, ...]
    texts: tuple[str, ...] = ()
    """The folders that the texts were found in."""

    def count(self, verdict: Verdict) -> int:
        return sum(result.verdict is verdict for result in self.results)

    @property
    def exit_code(self) -> int:
        """1 where anything failed, else 0."""
        return 1 if self.count(Verdict.FAILED) else 0

    @property
    def summary(self) -> str:
        """The report in a line."""
        count = len({result.file for result in self.results})
        parts = [f"{count} files", f"{self.count(Verdict.PASSED)} passed"]
        parts += [f"{self.count(Verdict.FAILED)} failed"] if self.exit_code else []
        if unjudged := self.count(Verdict.NOT_JUDGED):
            parts.append(f"{unjudged} not judged")
        findings = sum(len(result.findings) for result in self.results)
        return ", ".join((*parts, f"{findings} findings"))
