"""What is read from EPUBCheck's own report."""

import json
from pathlib import Path
from typing import Any

import pytest

from pipeline.checks.checked_files import CheckedFile
from pipeline.checks.programs import epubcheck
from pipeline.checks.subjects import Kind
from pipeline.checks.verdicts import Result, Verdict

CHECKER = {"checkerVersion": "5.3.0", "nFatal": 0, "nError": 0, "nWarning": 0, "nUsage": 0}
PUBLICATION = {"ePubVersion": "3.3", "charsCount": 10642}


def result(folder: Path, **report: Any) -> Result:
    file = folder / "0.epub"
    (folder / "0.epub.json").write_text(json.dumps(report), encoding="utf-8")
    return epubcheck.result_of(CheckedFile("a.epub", Kind.EPUB, b""), file)


def test_a_report_without_messages_passes_and_says_what_was_read(tmp_path: Path) -> None:
    found = result(tmp_path, checker=CHECKER, publication=PUBLICATION, messages=[])
    assert (found.verdict, found.findings, found.notes) == (Verdict.PASSED, (), ())
    assert found.figures == ("EPUBCheck 5.3.0", "EPUB 3.3", "10642 characters")


@pytest.mark.parametrize("counter", ["nFatal", "nError", "nWarning"])
def test_what_is_counted_and_not_told_fails(tmp_path: Path, counter: str) -> None:
    """A message may be suppressed; its count is not."""
    found = result(tmp_path, checker={**CHECKER, counter: 1}, publication=PUBLICATION, messages=[])
    assert found.verdict is Verdict.FAILED
    assert [each.rule for each in found.findings] == ["outcome"]


def test_a_hint_is_a_note(tmp_path: Path) -> None:
    hint = {"ID": "ACC-009", "severity": "USAGE", "message": "MathML lacks alternatives."}
    found = result(
        tmp_path, checker={**CHECKER, "nUsage": 1}, publication=PUBLICATION, messages=[hint]
    )
    assert found.verdict is Verdict.PASSED
    assert found.notes == ("ACC-009: MathML lacks alternatives.",)


def test_without_a_report_nothing_has_passed(tmp_path: Path) -> None:
    found = epubcheck.result_of(CheckedFile("a.epub", Kind.EPUB, b""), tmp_path / "0.epub")
    assert found.verdict is Verdict.NOT_JUDGED
