"""The judges that are programs of other languages: each runs once, on whole and broken files together."""

import json
import os
from functools import reduce
from pathlib import Path
from typing import Any

import pytest
from pikepdf import Pdf

from pipeline.checks.certificate import certify_epub, certify_epubs
from pipeline.checks.checked_files import CheckedFile
from pipeline.checks.claims import EPUB_ACCESSIBILITY
from pipeline.checks.programs import ace, epubcheck, running, verapdf
from pipeline.checks.subjects import Kind
from pipeline.checks.verdicts import Result, Verdict
from pipeline.configuration.options import Options
from pipeline.jobs.build import build
from pipeline.settings.values import EditionKind, FormatName
from tests.checks.kit import broken_epub, broken_pdf, checked_file, shared
from tests.end_to_end.tools import once
from tests.unit_helpers import put

WHOLE = "customers.ar.epub"
CLAIMED = f'<meta property="dcterms:conformsTo">{EPUB_ACCESSIBILITY}</meta></metadata>'
BROKEN: dict[str, tuple[tuple[str, str, str], ...]] = {
    "epubcheck": (
        ("EPUB/ar.xhtml", "</body>", '<p><img src="a.png" alt=""/></p></body>'),
        ("EPUB/content.opf", "<dc:language>ar</dc:language>", ""),
        ("EPUB/content.opf", "<dc:date>2026-03-02<", "<dc:date>yesterday<"),
    ),
    "ace": (
        ("EPUB/ar.xhtml", "</body>", '<p><img src="images/cover.png"/></p></body>'),
        ("EPUB/content.opf", '"schema:accessibilityHazard">none<', '"schema:nothing">none<'),
        *[("EPUB/content.opf", '"schema:accessMode">', '"schema:nothing">')] * 2,
        *[("EPUB/content.opf", '"schema:accessibilityFeature">', '"schema:nothing">')] * 5,
    ),
    "no-summary": (("EPUB/content.opf", "schema:accessibilitySummary", "schema:nothing"),),
}
"""What is broken in an e-book, by who says so: its file, and the characters that are replaced."""

TOLD = {
    "no-image": ("epubcheck", "RSC-007"),
    "no-language": ("epubcheck", "RSC-005"),
    "warning": ("epubcheck", "OPF-053"),
    "no-alternative": ("ace", "image-alt"),
    "no-hazard": ("ace", "metadata-accessibilityhazard"),
    "no-mode": ("ace", "metadata-accessmode"),
    "no-feature": ("ace", "metadata-accessibilityfeature"),
}
"""Which judge says so, and by which rule."""


SMALL = """---
title: دفتر المشي
date: 2026-03-02
---

# قبل الطريق

نأخذ معنا قبعة وكتابا[^1] ونمشي على مهل.

![جسر](bridge.svg)

# على الطريق

- النهر
- الجسر القديم

[^1]: كتاب عن الطيور.
"""
DRAWING = """\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 80 30">
<path d="M5 25H75" stroke="#345"/></svg>
"""


def _samples(folder: Path) -> dict[str, bytes]:
    """An e-book with something of each kind, and few files, each of which a browser opens; then broken ones."""
    texts = put(folder / "texts", {"a.ar.md": SMALL, "bridge.svg": DRAWING})
    options = Options(formats=(FormatName.EPUB,), editions=(EditionKind.SINGLE,))
    report = build([texts], folder / "made", options, workers=1)
    (file,) = (folder / "made" / name for name in report.files if name.endswith(".epub"))
    whole = file.read_bytes()
    out = {"whole": broken_epub(whole, "EPUB/content.opf", "</metadata>", CLAIMED)}
    for name, changes in BROKEN.items():
        out[name] = reduce(lambda content, change: broken_epub(content, *change), changes, whole)
    return out


@pytest.fixture(scope="module")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    """What EPUBCheck and Ace say of each sample: verdict, rules and claims by judge."""

    def make() -> Any:
        samples = _samples(tmp_path_factory.mktemp("certified"))
        found = certify_epubs({f"{name}.epub": each for name, each in samples.items()})
        return {
            name.removesuffix(".epub"): {
                "verdict": each.verdict.name,
                "reasons": each.reasons,
                **{result.judge: _plain(result) for result in each.results},
            }
            for name, each in found.items()
        }

    return dict(once(shared(tmp_path_factory), "certificates", make))


def _plain(result: Result) -> dict[str, Any]:
    return {
        "verdict": result.verdict.name,
        "rules": sorted({each.rule for each in result.findings}),
        "said": [str(each) for each in result.findings],
        "notes": result.notes,
        "figures": result.figures,
    }


def test_a_whole_e_book_is_certified(certificates: dict[str, Any]) -> None:
    whole = certificates["whole"]
    assert (whole["verdict"], whole["reasons"]) == ("PASSED", [])
    version, form, characters = whole["epubcheck"]["figures"]
    assert (version, form) == ("EPUBCheck 5.3.0", "EPUB 3.3")
    assert int(characters.removesuffix(" characters")) > 100
    assert whole["ace"]["figures"] == ["Ace 1.4.6"]


def test_a_summary_is_recommended_and_not_demanded(certificates: dict[str, Any]) -> None:
    found = certificates["no-summary"]["ace"]
    assert (found["verdict"], found["said"]) == ("PASSED", [])
    assert "has no summary of its accessibility" in found["notes"][0]


@pytest.mark.parametrize(("judge", "rule"), TOLD.values(), ids=TOLD)
def test_what_is_broken_in_an_e_book_is_found(
    certificates: dict[str, Any], judge: str, rule: str
) -> None:
    found = certificates[judge]
    assert found["verdict"] == "FAILED"
    assert found[judge]["verdict"] == "FAILED"
    assert any(each.startswith(rule) for each in found[judge]["rules"]), found[judge]["said"]
    assert any(reason.startswith(f"{judge}: ") for reason in found["reasons"])


@pytest.fixture(scope="module")
def verdicts(
    books: Path, archive_pdf: bytes, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, Any]:
    """What veraPDF says of each sample."""

    def no_tree(pdf: Pdf) -> None:
        del pdf.Root.StructTreeRoot

    def no_profile(pdf: Pdf) -> None:
        del pdf.Root.OutputIntents

    def strange(pdf: Pdf) -> None:
        content = pdf.Root.Metadata.read_bytes()
        pdf.Root.Metadata.write(content.replace(b"part>1<", b"part>7<"))

    def make() -> Any:
        screen = (books / "customers.es.pdf").read_bytes()
        samples = {
            "whole": screen,
            "archive": archive_pdf,
            "no tree": broken_pdf(screen, no_tree),
            "no profile": broken_pdf(archive_pdf, no_profile),
            "strange": broken_pdf(screen, strange),
        }
        found = verapdf.judge([checked_file(each, "customers.es.pdf") for each in samples.values()])
        return {
            name: {**_plain(each), "claims": each.claims}
            for name, each in zip(samples, found, strict=True)
        }

    return dict(once(shared(tmp_path_factory), "verapdf", make))


def test_whole_pdfs_conform_to_what_they_claim(verdicts: dict[str, Any]) -> None:
    assert verdicts["whole"]["verdict"] == verdicts["archive"]["verdict"] == "PASSED"
    assert verdicts["whole"]["claims"] == ["PDF/UA-1"]
    assert verdicts["archive"]["claims"] == ["PDF/A-2a", "PDF/UA-1"]


@pytest.mark.parametrize(
    ("sample", "rule"), [("no tree", "PDF/UA-1 7.1-11"), ("no profile", "PDF/A-2a 6.2.4.3-")]
)
def test_what_is_broken_in_a_pdf_is_found(verdicts: dict[str, Any], sample: str, rule: str) -> None:
    assert verdicts[sample]["verdict"] == "FAILED"
    assert any(each.startswith(rule) for each in verdicts[sample]["rules"]), verdicts[sample]


def test_a_claim_that_verapdf_does_not_know_is_not_judged(verdicts: dict[str, Any]) -> None:
    assert verdicts["strange"]["verdict"] == "NOT_JUDGED"
    assert verdicts["strange"]["notes"] == ["veraPDF knows no PDF/UA-7"]


# --- what is not here ---------------------------------------------------------------------------------


def test_a_judge_that_is_not_here_has_not_passed_anything(
    books: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    content = (books / WHOLE).read_bytes()
    [checked] = epubcheck.judge([CheckedFile(WHOLE, Kind.EPUB, content)])
    assert checked.verdict is Verdict.NOT_JUDGED
    assert "Java is not installed" in checked.notes[0]
    [aced] = ace.judge([CheckedFile(WHOLE, Kind.EPUB, content)])
    assert aced.verdict is Verdict.NOT_JUDGED
    assert "Chromium is not installed" in aced.notes[0]
    name = "customers.es.pdf"
    [proved] = verapdf.judge([checked_file((books / name).read_bytes(), name)])
    assert proved.verdict is Verdict.NOT_JUDGED
    assert "Java is not installed" in proved.notes[0]
    certificate = certify_epub(content, WHOLE)
    assert certificate.verdict is Verdict.NOT_JUDGED
    assert len(certificate.reasons) == 2


def test_a_browser_that_breaks_once_is_asked_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "chromium"
    once_broken = f'#!/bin/sh\nmkdir "{tmp_path}/broke" 2>/dev/null && exit 3\n'
    program.write_text(f'{once_broken}exec "{running.browser()}" "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    content = _samples(tmp_path)["whole"]
    [result] = ace.judge([CheckedFile(WHOLE, Kind.EPUB, content)])
    assert (tmp_path / "broke").is_dir()
    assert (result.verdict, result.notes, result.findings) == (Verdict.PASSED, (), ())


@pytest.mark.parametrize("name", ["java", "chromium"])
def test_a_judge_that_does_not_run_has_not_passed_anything(
    books: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """A program that ends at once and writes nothing."""
    program = tmp_path / name
    program.write_text("#!/bin/sh\necho broken >&2\nexit 3\n", encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/bin")
    content = (books / WHOLE).read_bytes()
    judge = {"java": epubcheck, "chromium": ace}[name]
    (tmp_path / "javac").symlink_to(program)
    [result] = judge.judge([CheckedFile(WHOLE, Kind.EPUB, content)])
    assert result.verdict is Verdict.NOT_JUDGED
    assert "wrote no report" in result.notes[0]
    assert json.dumps(result.notes).count(str(tmp_path)) == 0
