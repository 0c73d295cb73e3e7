"""What a check leaves behind: the same for the same files, whole, escaped, and fit to be read."""

import json
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from pipeline.checks import record
from pipeline.checks.judges import check, chosen
from pipeline.checks.verdicts import Finding, Judged, Report, Result, Verdict, worst
from pipeline.errors import Origin, OutputError
from tests.end_to_end import markup
from tests.end_to_end.browser import visit

FINDING = Finding(
    "the name <script>alert(1)</script> is wrong", Origin("a.ar.txt", 7), "page 3", "a & b",
    "عربي <b>", "write it \"well\"",
)  # fmt: skip
RESULTS = (
    Result("b.pdf", "pdf", Verdict.FAILED, ("1 page",), ("a note",), (FINDING,), ("PDF/UA-1",)),
    Result("b.pdf", "verapdf", Verdict.NOT_JUDGED, (), ("Java is not installed",)),
    Result("b.pdf", "ace", Verdict.NO_CLAIM),
)
REPORT = Report(
    (
        Judged("b.pdf", "pdf", "00ff", ("PDF/UA-1",), RESULTS),
        Judged("a.html", "html", "", (), (Result("a.html", "links", Verdict.PASSED),)),
    ),
    ("texts",),
    ("links", "pdf", "verapdf", "ace"),
    ("reading",),
)


def test_the_form_of_the_record() -> None:
    form = record.as_data(REPORT)
    assert form["schema"] == 1
    assert form["exit_code"] == 1
    assert form["summary"] == {"passed": 1, "failed": 1, "not_judged": 1, "no_claim": 1}
    assert [each["path"] for each in form["files"]] == ["a.html", "b.pdf"]
    assert [each["verdict"] for each in form["files"]] == ["passed", "failed"]
    assert form["files"][1]["results"][0]["findings"] == [
        {
            "rule": "a & b", "what": FINDING.what, "place": "page 3", "path": "a.ar.txt", "line": 7,
            "text": "عربي <b>", "cure": "write it \"well\"",
        }
    ]  # fmt: skip
    assert form["files"][1]["results"][1]["verdict"] == "not judged"
    assert form["left_out"] == ["reading"]


def test_the_page_says_the_same_and_escapes_all_of_it() -> None:
    page = record.as_page(record.as_data(REPORT))
    root = markup.html(page.encode())
    text = markup.text_of(root)
    for said in (FINDING.what, FINDING.text, FINDING.cure, "a.ar.txt:7", "Java is not installed"):
        assert said in text
    assert not root.xpath("//script")
    assert markup.jumps(root) == []


def test_two_checks_leave_the_same_bytes(books: Path, tmp_path: Path) -> None:
    paths = [books / "customers.es.html", books / "customers.es.pdf"]
    for name in ("first", "second"):
        record.save(check(paths, judges=chosen(None, quick=True)), tmp_path / name)
    for name in (record.JSON, record.PAGE):
        first = (tmp_path / "first" / name).read_bytes()
        assert first == (tmp_path / "second" / name).read_bytes()
        assert str(tmp_path).encode() not in first
        assert str(books).encode() not in first
    form = json.loads((tmp_path / "first" / record.JSON).read_text(encoding="utf-8"))
    assert [each["path"] for each in form["files"]] == sorted(
        each["path"] for each in form["files"]
    )
    assert all(len(each["sha256"]) == 64 for each in form["files"])


def test_a_folder_that_cannot_be_written_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(OutputError):
        record.save(REPORT, tmp_path / "file")


def test_the_exit_code_is_that_of_the_worst() -> None:
    def report(*verdicts: Verdict, strict: bool = False) -> Report:
        results = tuple(Result("a", str(each), each) for each in verdicts)
        return Report((Judged("a", "pdf", "", (), results),), strict=strict)

    assert report(Verdict.PASSED, Verdict.NO_CLAIM).exit_code == 0
    assert report(Verdict.PASSED, Verdict.NOT_JUDGED).exit_code == 0
    assert report(Verdict.PASSED, Verdict.NOT_JUDGED, strict=True).exit_code == 1
    assert report(Verdict.PASSED, Verdict.NO_CLAIM, strict=True).exit_code == 0
    assert report(Verdict.NOT_JUDGED, Verdict.FAILED).exit_code == 1
    assert worst([Verdict.PASSED, Verdict.NOT_JUDGED]) is Verdict.NOT_JUDGED
    assert worst([Verdict.NO_CLAIM, Verdict.PASSED]) is Verdict.PASSED
    assert worst([Verdict.NOT_JUDGED, Verdict.FAILED]) is Verdict.FAILED


def test_the_page_opens_without_a_complaint(chromium: Browser, tmp_path: Path) -> None:
    record.save(REPORT, tmp_path)
    with visit(chromium, tmp_path / record.PAGE, script=False, width=400) as seen:
        assert seen.requests == [(tmp_path / record.PAGE).as_uri()]
        assert seen.page.locator(".findings > li").count() == 1
