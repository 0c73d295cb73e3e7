"""What must be true before an e-book may say that it is accessible: EPUBCheck and Ace both passed it."""

from collections.abc import Mapping
from dataclasses import dataclass

from pipeline.checks.checked_files import CheckedFile
from pipeline.checks.programs import ace, epubcheck
from pipeline.checks.subjects import Kind
from pipeline.checks.verdicts import Result, Verdict, worst


@dataclass(frozen=True, slots=True)
class Certificate:
    """The word of both judges on one e-book."""

    results: tuple[Result, ...]

    @property
    def verdict(self) -> Verdict:
        """Passed where both judges passed it, failed where one failed it, else not judged."""
        return worst([each.verdict for each in self.results])

    @property
    def reasons(self) -> tuple[str, ...]:
        """Why it is not passed, in words: every finding, and what kept a judge from judging."""
        return tuple(
            f"{each.judge}: {reason}"
            for each in self.results
            if each.verdict is not Verdict.PASSED
            for reason in (*each.notes, *map(str, each.findings))
        )


def certify_epubs(books: Mapping[str, bytes]) -> dict[str, Certificate]:
    """Have e-books judged by EPUBCheck and Ace, all in one run of each; by the names of their files."""
    checked_files = [CheckedFile(name, Kind.EPUB, content) for name, content in books.items()]
    if not checked_files:
        return {}
    said = zip(epubcheck.judge(checked_files), ace.judge(checked_files), strict=True)
    return {each.name: Certificate(pair) for each, pair in zip(checked_files, said, strict=True)}


def certify_epub(content: bytes, name: str) -> Certificate:
    """The same for one e-book. Several at once take hardly longer: see :func:`certify_epubs`."""
    return certify_epubs({name: content})[name]
