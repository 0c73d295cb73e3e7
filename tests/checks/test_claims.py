"""Claims: read from the files themselves, judged by who knows them, and told where nobody does."""

import shutil
from pathlib import Path

import pytest
from pikepdf import OutlineItem, Pdf

from pipeline.checks.claims import EPUB_ACCESSIBILITY, Family, claims_of
from pipeline.checks.conformance import confirm, settled
from pipeline.checks.judges import JUDGES, check, chosen
from pipeline.checks.programs import page_validation, running, verapdf
from pipeline.checks.subjects import Kind
from pipeline.checks.verdicts import Finding, Result, Verdict
from pipeline.configuration.options import Options
from pipeline.errors import ConformanceError, UsageError
from pipeline.jobs.build import build
from pipeline.settings.profiles import ProfileName
from pipeline.settings.values import FormatName
from tests.checks.kit import SOURCES, Change, broken_epub, broken_pdf, checked_file
from tests.unit_helpers import put

SPANISH = "customers.es.pdf"


def names(content: bytes, kind: Kind = Kind.PDF) -> list[str]:
    return [claim.name for claim in claims_of(content, kind)]


def without_metadata(pdf: Pdf) -> None:
    del pdf.Root.Metadata


def in_xmp(old: bytes, new: bytes) -> Change:
    def change(pdf: Pdf) -> None:
        content = pdf.Root.Metadata.read_bytes()
        assert old in content, content
        pdf.Root.Metadata.write(content.replace(old, new))

    return change


def test_claims_are_read_from_the_metadata(
    books: Path, archive_pdf: bytes, print_pdf: bytes
) -> None:
    screen = (books / SPANISH).read_bytes()
    assert names(screen) == ["PDF/UA-1"]
    assert names(archive_pdf) == ["PDF/A-2a", "PDF/UA-1"]
    assert names(print_pdf) == ["PDF/X-4"]
    assert names(broken_pdf(screen, without_metadata)) == []
    assert names(b"nonsense") == []


def test_the_claim_of_an_e_book_is_read_from_its_package(books: Path) -> None:
    content = (books / "customers.es.epub").read_bytes()
    assert names(content, Kind.EPUB) == []
    claim = f'<meta property="dcterms:conformsTo">{EPUB_ACCESSIBILITY}</meta></metadata>'
    claiming = broken_epub(content, "EPUB/content.opf", "</metadata>", claim)
    [found] = claims_of(claiming, Kind.EPUB)
    assert (found.family, found.name) == (Family.EPUB_ACCESS, EPUB_ACCESSIBILITY)
    other = broken_epub(content, "EPUB/content.opf", "</metadata>", claim.replace("AA", "AAA"))
    assert [each.family for each in claims_of(other, Kind.EPUB)] == [Family.OTHER]


CERTIFIER = '<meta property="a11y:certifiedBy" refines="#c">Haus Beispiel</meta>'
CONFORMS = f'<meta property="dcterms:conformsTo" id="c">{EPUB_ACCESSIBILITY}</meta>'
OLD = "http://www.idpf.org/epub/a11y/accessibility-20170105.html#wcag-aa"


@pytest.mark.parametrize(
    ("metadata", "answered"),
    [
        (CONFORMS + CERTIFIER, True),
        (CERTIFIER + CONFORMS, True),
        (CONFORMS + CERTIFIER.replace(' refines="#c"', ""), True),
        (CONFORMS, False),
        (CONFORMS + CERTIFIER.replace("Haus Beispiel", " "), False),
        (CONFORMS + CERTIFIER.replace("#c", "#title"), False),
        (CONFORMS.replace("AA", "A"), False),
        (f'<link rel="dcterms:conformsTo" href="{OLD}"/>', False),
        (CONFORMS.replace(EPUB_ACCESSIBILITY, "https://example.org/profile"), True),
        ("", True),
    ],
)
def test_a_claim_of_accessibility_that_nobody_answers_for_fails(
    books: Path, tmp_path: Path, metadata: str, answered: bool
) -> None:
    shutil.copytree(books, tmp_path / "output")
    file = tmp_path / "output" / "customers.es.epub"
    content = broken_epub(
        file.read_bytes(), "EPUB/content.opf", "</metadata>", f"{metadata}</metadata>"
    )
    file.write_bytes(content)
    report = check([file], SOURCES, judges=chosen(("links",), quick=True))
    told = [each for each in report.results if each.judge == "claims"]
    assert len(told) == bool(metadata)
    assert [each.rule for result in told for each in result.findings] == (
        [] if answered else ["a11y:certifiedBy"]
    )
    assert all((each.verdict is Verdict.FAILED) is not answered for each in told)
    assert report.exit_code == (0 if answered else 1)


# --- page-validation --------------------------------------------------------------------------------


def test_claims_that_hold_are_confirmed(books: Path, archive_pdf: bytes) -> None:
    screen = (books / SPANISH).read_bytes()
    first, second = page_validation.judge(
        [checked_file(screen, SPANISH), checked_file(archive_pdf, "customers.ar.archive.pdf")]
    )
    assert (first.verdict, first.claims) == (Verdict.PASSED, ("PDF/UA-1",))
    assert (second.verdict, second.claims) == (Verdict.PASSED, ("PDF/A-2a", "PDF/UA-1"))
    assert confirm(screen, SPANISH).confirmed
    assert confirm(archive_pdf, "customers.ar.archive.pdf").confirmed


def no_tree(pdf: Pdf) -> None:
    del pdf.Root.StructTreeRoot


def no_title(pdf: Pdf) -> None:
    pdf.Root.ViewerPreferences.DisplayDocTitle = False


def no_font(pdf: Pdf) -> None:
    for page in pdf.pages:
        for _, font in page.Resources.Font.items():
            descriptor = font.DescendantFonts[0].FontDescriptor
            for key in ("/FontFile2", "/FontFile3"):
                if key in descriptor:
                    del descriptor[key]


@pytest.mark.parametrize("change", [no_tree, no_title, no_font])
def test_a_claim_that_does_not_hold_is_refused(
    books: Path, change: Change, monkeypatch: pytest.MonkeyPatch
) -> None:
    without_verapdf(monkeypatch)
    broken = broken_pdf((books / SPANISH).read_bytes(), change)
    [result] = page_validation.judge([checked_file(broken, SPANISH)])
    assert result.verdict is Verdict.FAILED
    assert all(each.rule.startswith("PDFUA1-") for each in result.findings)
    with pytest.raises(
        ConformanceError, match=r"customers\.es\.pdf: it is not what it claims"
    ) as caught:
        confirm(broken, SPANISH)
    assert caught.value.cure


def test_without_a_claim_there_is_nothing_to_refuse(books: Path, print_pdf: bytes) -> None:
    def bare(pdf: Pdf) -> None:
        no_tree(pdf)
        without_metadata(pdf)

    content = broken_pdf((books / SPANISH).read_bytes(), bare)
    [result] = page_validation.judge([checked_file(content, SPANISH)])
    assert result.verdict is Verdict.NO_CLAIM
    assert confirm(content, SPANISH).confirmed
    assert confirm(print_pdf, "customers.es.print.pdf").confirmed


def test_a_flavour_that_it_does_not_know_is_not_judged(books: Path) -> None:
    change = in_xmp(b"part>1<", b"part>2<")
    content = broken_pdf((books / SPANISH).read_bytes(), change)
    [result] = page_validation.judge([checked_file(content, SPANISH)])
    assert result.verdict is Verdict.NOT_JUDGED
    assert result.notes == ("page-validation knows no PDF/UA-2",)


# --- the court --------------------------------------------------------------------------------------


def test_a_claim_that_no_judge_judged_is_told(books: Path) -> None:
    report = check([books / SPANISH], judges=chosen(("pdf",), quick=False))
    told = [each for each in report.results if each.judge == "claims"]
    assert [(each.verdict, each.notes) for each in told] == [
        (Verdict.NOT_JUDGED, ("nobody judged the claim “PDF/UA-1”",))
    ]
    asked = check([books / SPANISH], judges=chosen(("page-validation",), quick=False))
    [told] = [each for each in asked.results if each.judge == "claims"]
    assert (told.verdict, told.figures) == (Verdict.PASSED, ("PDF/UA-1: page-validation",))


def test_judges_are_chosen_by_name_and_by_speed() -> None:
    every = [each.name for each in JUDGES]
    assert [each.name for each in chosen(None, quick=False)] == every
    quick = [each.name for each in chosen(None, quick=True)]
    assert quick == ["reading", "editing", "fidelity", "links", "pdf", "sheets", "page-validation"]
    assert [each.name for each in chosen(("pdf", "links"), quick=False)] == ["links", "pdf"]
    with pytest.raises(UsageError, match="no judge “nobody”"):
        chosen(("nobody",), quick=False)
    with pytest.raises(UsageError, match="slow"):
        chosen(("ace",), quick=True)


# --- two judges of a claim --------------------------------------------------------------------------


def bookmarked(count: int) -> Change:
    """More bookmarks on the highest level."""

    def change(pdf: Pdf) -> None:
        with pdf.open_outline() as outline:
            outline.root.extend(OutlineItem(str(at), 0) for at in range(count))

    return change


def suspect(pdf: Pdf) -> None:
    """Say that the structure may be wrong, which only a validator asks (ISO 14289-1 7.1)."""
    pdf.Root.MarkInfo.Suspects = True


def without_verapdf(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "packaged", lambda _module, _pattern: None)
    monkeypatch.setenv("PATH", "")


def test_many_bookmarks_on_one_level_are_judged(
    books: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    without_verapdf(monkeypatch)
    many = broken_pdf((books / SPANISH).read_bytes(), bookmarked(600))
    [result] = page_validation.judge([checked_file(many, SPANISH)])
    assert (result.verdict, result.claims) == (Verdict.PASSED, ("PDF/UA-1",))
    assert confirm(many, SPANISH).confirmed


def test_what_cannot_be_read_is_neither_confirmed_nor_refused(
    books: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    without_verapdf(monkeypatch)
    many = broken_pdf((books / SPANISH).read_bytes(), bookmarked(page_validation.CHAIN + 100))
    [result] = page_validation.judge([checked_file(many, SPANISH)])
    assert (result.verdict, result.findings, result.claims) == (Verdict.NOT_JUDGED, (), ())
    found = confirm(many, SPANISH)
    assert not found.confirmed
    assert "page-validation cannot read this file" in found.reasons[0]
    assert "veraPDF is not installed" in found.reasons[1]


def test_a_refusal_alone_ends_no_build_and_confirms_nothing(
    books: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    without_verapdf(monkeypatch)
    content = broken_pdf((books / SPANISH).read_bytes(), suspect)
    [result] = page_validation.judge([checked_file(content, SPANISH)])
    assert result.verdict is Verdict.FAILED
    found = confirm(content, SPANISH)
    assert not found.confirmed
    assert any("PDFUA1-" in each for each in found.reasons)


def test_verapdf_decides_where_the_quick_judge_cannot(
    books: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    many = broken_pdf((books / SPANISH).read_bytes(), bookmarked(page_validation.CHAIN + 100))
    both = [many, broken_pdf(many, suspect)]
    # In one Java machine, which takes seconds to start.
    said = dict(
        zip(both, verapdf.judge([checked_file(each, SPANISH) for each in both]), strict=True)
    )
    monkeypatch.setattr(verapdf, "judge", lambda files: [said[each.content] for each in files])
    assert confirm(many, SPANISH).confirmed
    with pytest.raises(ConformanceError):
        confirm(both[1], SPANISH)


FAILED = Result("a.pdf", page_validation.NAME, Verdict.FAILED, findings=(Finding("wrong"),))


@pytest.mark.parametrize(
    ("others", "verdict"),
    [
        ([], Verdict.FAILED),
        ([("pdf", Verdict.PASSED)], Verdict.NOT_JUDGED),
        ([("pdf", Verdict.FAILED)], Verdict.FAILED),
        ([("verapdf", Verdict.NOT_JUDGED)], Verdict.FAILED),
        ([("pdf", Verdict.PASSED), ("verapdf", Verdict.FAILED)], Verdict.FAILED),
        ([("pdf", Verdict.FAILED), ("verapdf", Verdict.PASSED)], Verdict.NOT_JUDGED),
        ([("fidelity", Verdict.PASSED)], Verdict.FAILED),
    ],
)
def test_a_refusal_stands_where_another_judge_shares_it(
    others: list[tuple[str, Verdict]], verdict: Verdict
) -> None:
    said = [Result("a.pdf", name, each) for name, each in others]
    found = settled(FAILED, said)
    assert found.verdict is verdict
    assert ("wrong" in found.notes) is (verdict is Verdict.NOT_JUDGED)


def test_a_check_tells_a_refusal_that_no_other_judge_shares(books: Path, tmp_path: Path) -> None:
    folder = shutil.copytree(books, tmp_path / "output")
    content = broken_pdf((books / SPANISH).read_bytes(), suspect)
    (folder / SPANISH).write_bytes(content)
    report = check(
        [folder / SPANISH], SOURCES, judges=chosen(("pdf", "page-validation"), quick=True)
    )
    verdicts = {each.judge: each.verdict for each in report.results}
    assert verdicts["pdf"] is Verdict.PASSED
    assert verdicts["page-validation"] is verdicts["claims"] is Verdict.NOT_JUDGED


# --- books ------------------------------------------------------------------------------------------

CHAPTERS = "# Das Register\n\n" + "".join(f"## Kapitel {at}\n\nEin Satz.\n\n" for at in range(300))


def test_a_book_of_three_hundred_chapters_is_made_and_keeps_its_claim(tmp_path: Path) -> None:
    texts = put(tmp_path / "in", {"a.de.md": CHAPTERS})
    report = build([texts], tmp_path / "out", Options(formats=(FormatName.PDF,)), workers=1)
    (name,) = (each for each in report.files if each.endswith(".pdf"))
    content = (tmp_path / "out" / name).read_bytes()
    assert [each.name for each in claims_of(content, Kind.PDF)] == ["PDF/UA-1"]
    assert not [each for each in report.warnings if "standard" in str(each)]
    found = check([tmp_path / "out"], texts, judges=chosen(("pdf", "page-validation"), quick=True))
    assert found.exit_code == 0
    assert found.count(Verdict.NOT_JUDGED) == 0


def test_a_book_whose_claim_nobody_can_judge_is_made_without_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    without_verapdf(monkeypatch)
    monkeypatch.setattr(page_validation, "CHAIN", 20)
    texts = put(tmp_path / "in", {"a.de.md": CHAPTERS[:1200]})
    options = Options(formats=(FormatName.PDF,), profiles=(ProfileName.ARCHIVE,))
    report = build([texts], tmp_path / "out", options, workers=1)
    (name,) = (each for each in report.files if each.endswith(".pdf"))
    content = (tmp_path / "out" / name).read_bytes()
    assert not claims_of(content, Kind.PDF)
    (warning,) = (str(each) for each in report.warnings if "standard" in str(each))
    assert name in warning
    assert "cannot read this file" in warning
    with Pdf.open(tmp_path / "out" / name) as pdf:
        assert "/StructTreeRoot" in pdf.Root
