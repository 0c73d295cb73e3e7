"""`pentapla check`: the sample passes, every kind of broken copy is caught, and how it is told."""

import io
import json
import shutil
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from rich.console import Console
from typer.testing import CliRunner, Result

from pipeline.checks import judges
from pipeline.checks.judges import JUDGES, chosen
from pipeline.cli.checking import table
from pipeline.cli.commands import app
from pipeline.configuration.options import Options
from pipeline.errors import MissingSourceError, OutputError, PentaplaError, UsageError
from pipeline.jobs.build import build
from pipeline.settings.values import EditionKind, FormatName
from tests.end_to_end.conftest import built
from tests.end_to_end.inputs import SAMPLE
from tests.unit_helpers import ROOT

SOURCES = ROOT / "sources"
PDF = (FormatName.PDF,)
SINGLE = (EditionKind.SINGLE,)
SENTENCE = "Este año, el taller entrega antes que nadie."


def run(*arguments: str | Path) -> Result:
    result = CliRunner().invoke(app, list(map(str, arguments)))
    if isinstance(result.exception, PentaplaError):
        raise result.exception
    return result


@pytest.fixture(scope="module")
def made(workshop: Path) -> Path:
    """The books of the sample."""
    return built(SAMPLE, workshop).folder


@dataclass(frozen=True, slots=True)
class Checked:
    """What a quick check said of the sample, and the folder of its report."""

    result: Result
    report: Path


@pytest.fixture(scope="module")
def checked(made: Path, tmp_path_factory: pytest.TempPathFactory) -> Checked:
    folder = tmp_path_factory.mktemp("report")
    return Checked(run("check", made, "--sources", SOURCES, "--quick", "--report", folder), folder)


@pytest.fixture(scope="module")
def edited(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, str], bytes]:
    """The Spanish PDF of a sample that somebody has edited."""

    def make(before: str, after: str) -> bytes:
        folder = tmp_path_factory.mktemp("edited")
        texts = folder / "sources"
        shutil.copytree(SOURCES, texts)
        file = texts / "customers.es.txt"
        text = file.read_text(encoding="utf-8")
        assert before in text
        file.write_text(text.replace(before, after, 1), encoding="utf-8")
        options = Options(languages=("es",), formats=PDF, editions=SINGLE)
        build([texts], folder / "output", options, workers=1)
        return (folder / "output" / "customers.es.pdf").read_bytes()

    return make


@pytest.fixture
def copy(made: Path, tmp_path: Path) -> Path:
    """A copy of the books, for a test to break."""
    return shutil.copytree(made, tmp_path / "output")


def check(folder: Path, name: str) -> Result:
    return run("check", folder / name, "--sources", SOURCES, "--judges", "reading,fidelity")


def in_epub(file: Path, page: str, change: Callable[[str], str]) -> None:
    """Change a page of an e-book."""
    with zipfile.ZipFile(file) as archive:
        content = {name: archive.read(name) for name in archive.namelist()}
    old = content[page].decode()
    content[page] = change(old).encode()
    assert content[page] != old.encode()
    with zipfile.ZipFile(file, "w") as archive:
        for name, data in content.items():
            archive.writestr(name, data)


def in_html(file: Path, change: Callable[[str], str]) -> None:
    old = file.read_text(encoding="utf-8")
    new = change(old)
    assert new != old
    file.write_text(new, encoding="utf-8")


def paragraph(number: int) -> str:
    """A paragraph of the Spanish text, as it stands in its file."""
    return (SOURCES / "customers.es.txt").read_text(encoding="utf-8").split("\n\n")[number]


def test_the_sample_passes(checked: Checked) -> None:
    result = checked.result
    assert result.exit_code == 0
    lines = [line for line in result.output.splitlines() if not line.startswith("    ")]
    assert "customers.es.html  fidelity  pass  es 100.00 %" in lines
    assert "customers.ar.epub  fidelity  pass  ar 100.00 %" in lines
    assert "sources/customers.th.txt  reading  pass  th 100.00 %" in lines
    assert any(line.startswith("customers.es.pdf  fidelity  pass  es 100.00 %") for line in lines)
    assert any(line.startswith("customers.th.pdf  fidelity  pass  th 100.00 %") for line in lines)
    assert any(line.startswith("index.html  links  pass  ") for line in lines)
    assert "customers.ar.pdf  pdf  pass  9 checks; 10 pages" in lines
    assert "customers.ar.pdf  page-validation  pass  PDF/UA-1" in lines
    assert "customers.ar.pdf  claims  pass  PDF/UA-1: page-validation" in lines
    for line in lines:
        assert "FAIL" not in line, line
    assert "left out: verapdf epubcheck ace" in lines[-2]


def test_every_file_and_every_text_is_judged(made: Path, checked: Checked) -> None:
    result, report = checked.result, checked.report
    manifest = json.loads((made / "manifest.json").read_text(encoding="utf-8"))
    for row in manifest["files"]:
        judge = "links" if row["format"] == "svg" else "fidelity"
        assert f"{row['path']}  {judge}" in result.output
    for row in manifest["sources"]:
        assert f"{row['path']}  reading" in result.output
    form = json.loads((report / "check.json").read_text(encoding="utf-8"))
    paths = [row["path"] for row in (*manifest["files"], *manifest["sources"])]
    assert [each["path"] for each in form["files"]] == sorted([*paths, "index.html"])
    digests = {each["path"]: each["sha256"] for each in form["files"]}
    for row in (*manifest["files"], *manifest["sources"], manifest["gallery"]):
        assert digests[row["path"]] == row["sha256"]
    assert "customers.es.pdf" in (report / "check.html").read_text(encoding="utf-8")
    assert not (made / "check.json").exists()


def test_a_letter_removed_from_an_e_book_is_caught(copy: Path) -> None:
    file = copy / "customers.ar.epub"
    in_epub(file, "EPUB/ar_2.xhtml", lambda page: page.replace("القهوة", "القهو", 1))
    result = check(copy, file.name)
    assert result.exit_code == 1
    assert "lost “ة” (U+0629 ARABIC LETTER TEH MARBUTA)" in result.output
    assert "sources/customers.ar.txt:" in result.output
    assert "note: the file is not as it was made" in result.output


def test_a_lost_space_is_caught(copy: Path) -> None:
    file = copy / "customers.combined.epub"
    in_epub(file, "EPUB/es_1.xhtml", lambda page: page.replace(" de la ", " dela ", 1))
    assert "lost “ ” (U+0020 SPACE)" in check(copy, file.name).output


def test_two_paragraphs_in_each_others_place_are_caught(copy: Path) -> None:
    file = copy / "customers.es.html"

    def swap(page: str) -> str:
        first = page[page.index('<p id="es-2"') :].partition("</p>")[0]
        second = page[page.index('<p id="es-3"') :].partition("</p>")[0]
        return page.replace(first, "@@").replace(second, first).replace("@@", second)

    in_html(file, swap)
    result = check(copy, file.name)
    assert result.exit_code == 1
    assert "stands at another place than in the text" in result.output


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ('<p id="es-2"', '<p lang="pt" id="es-2"', "is marked as pt ltr and is es ltr"),
        ('<p id="es-2"', '<p dir="rtl" id="es-2"', "is marked as es rtl and is es ltr"),
        ("</article>", f"<p>{SENTENCE}</p></article>", "which no text has"),
        ("café", "caf\ufffd", "became “\ufffd” (U+FFFD REPLACEMENT CHARACTER)"),
        ("<article>", "<article><h2>Contenido extra</h2>", "which no text has"),
    ],
)
def test_what_is_wrong_in_a_page_is_caught(copy: Path, before: str, after: str, told: str) -> None:
    file = copy / "customers.es.html"
    in_html(file, lambda page: page.replace(before, after))
    result = check(copy, file.name)
    assert result.exit_code == 1
    assert told in result.output


def test_a_language_of_an_e_book_that_xml_names_otherwise_is_caught(copy: Path) -> None:
    file = copy / "customers.th.epub"
    in_epub(file, "EPUB/th.xhtml", lambda page: page.replace('xml:lang="th"', 'xml:lang="lo"'))
    result = check(copy, file.name)
    assert result.exit_code == 1
    assert "is marked as th (lo as XML) ltr and is th ltr" in result.output


def test_a_paragraph_that_a_pdf_lacks_is_caught(
    copy: Path, edited: Callable[[str, str], bytes]
) -> None:
    lost = paragraph(5)
    (copy / "customers.es.pdf").write_bytes(edited(f"{lost}\n\n", ""))
    result = check(copy, "customers.es.pdf")
    assert result.exit_code == 1
    start = "".join(lost.split())[:30]
    assert f"characters “{start}" in result.output
    assert "(pdfium)" in result.output


def test_a_sentence_that_a_pdf_adds_is_caught(
    copy: Path, edited: Callable[[str, str], bytes]
) -> None:
    text = paragraph(5)
    (copy / "customers.es.pdf").write_bytes(edited(text, f"{text} {SENTENCE}"))
    result = check(copy, "customers.es.pdf")
    assert result.exit_code == 1
    assert "added 37 characters “Esteaño,eltallerentregaantesquenadie.”" in result.output


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("customers.es.epub", "this is no EPUB that can be read"),
        ("customers.es.pdf", "this is no PDF that can be read"),
    ],
)
def test_a_file_of_another_kind_is_caught(copy: Path, name: str, told: str) -> None:
    (copy / name).write_bytes(b"nonsense")
    result = check(copy, name)
    assert result.exit_code == 1
    assert told in result.output


def test_a_missing_file_is_caught(copy: Path) -> None:
    (copy / "customers.es.html").unlink()
    result = check(copy, "customers.es.html")
    assert result.exit_code == 1
    assert "cannot be read" in result.output


def test_quiet_only_says_what_is_wrong(copy: Path) -> None:
    quickly = ("--sources", SOURCES, "--quiet", "--quick")
    fine = run("check", copy / "customers.es.html", *quickly)
    assert (fine.exit_code, fine.output) == (0, "")
    in_html(copy / "customers.es.html", lambda page: page.replace("café", "cafe"))
    foul = run("check", copy / "customers.es.html", *quickly)
    assert foul.exit_code == 1
    assert foul.output.startswith("customers.es.html  fidelity  FAIL")


# --- judges, and what they leave -------------------------------------------------------------------


def test_only_the_judges_that_are_asked_for_judge(copy: Path) -> None:
    result = run("check", copy, "--sources", SOURCES, "--judges", "links")
    assert result.exit_code == 0
    judges = {
        line.split("  ")[1]
        for line in result.output.splitlines()
        if line[:1].strip() and "  " in line
    }
    assert judges == {"links", "claims"}
    form = json.loads((copy / "check.json").read_text(encoding="utf-8"))
    assert form["judges"] == ["links"]
    assert "fidelity" in form["left_out"]


def test_a_claim_that_nobody_judged_fails_a_strict_check_alone(copy: Path) -> None:
    arguments = ("check", copy / "customers.es.pdf", "--sources", SOURCES, "--judges", "links")
    assert run(*arguments).exit_code == 0
    strict = run(*arguments, "--strict", "--quiet")
    assert strict.exit_code == 1
    assert "customers.es.pdf  claims  not judged" in strict.output
    assert "nobody judged the claim “PDF/UA-1”" in strict.output


def test_a_judge_that_nobody_knows_is_an_error(copy: Path) -> None:
    with pytest.raises(UsageError, match="no judge “jury”") as caught:
        run("check", copy, "--sources", SOURCES, "--judges", "pdf,jury")
    assert "page-validation" in caught.value.cure


def test_a_report_that_cannot_be_written_is_an_error_before_anything_is_judged(
    copy: Path, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(OutputError):
        run("check", copy, "--sources", SOURCES, "--report", tmp_path / "file" / "report")


def test_on_a_terminal_a_check_is_a_table_of_files_and_judges(copy: Path) -> None:
    report = judges.check(
        [copy / "customers.es.pdf"], SOURCES, judges=chosen(("links", "pdf"), quick=False)
    )
    screen = Console(file=io.StringIO(), force_terminal=True, width=160, color_system=None)
    screen.print(table(report))
    head, *rows = screen.file.getvalue().splitlines()  # type: ignore[attr-defined]
    assert head.split() == ["file", *(each.name for each in JUDGES), "claims"]
    [row] = [each.split() for each in rows if each.startswith("customers.es.pdf")]
    assert row == [
        "customers.es.pdf", "left", "out", "pass", "pass", "left", "out", "left", "out", "not", "judged",
    ]  # fmt: skip


# --- the texts ------------------------------------------------------------------------------------


def test_the_texts_are_found_beside_the_books(made: Path, tmp_path: Path,
                                              monkeypatch: pytest.MonkeyPatch) -> None:  # fmt: skip
    shutil.copytree(SOURCES, tmp_path / "sources")
    shutil.copytree(made, tmp_path / "output")
    monkeypatch.chdir(tmp_path / "output")
    result = run("check", tmp_path / "output" / "customers.es.html", "--verbose", "--quick")
    assert result.exit_code == 0
    assert f"texts: {tmp_path / 'sources'}" in result.output


def test_texts_that_are_not_there_are_an_error_with_a_cure(
    copy: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(MissingSourceError, match="not to be found") as caught:
        run("check", copy)
    assert "--sources" in caught.value.cure


def test_texts_that_were_changed_since_are_an_error(copy: Path, tmp_path: Path) -> None:
    texts = shutil.copytree(SOURCES, tmp_path / "texts")
    file = texts / "customers.es.txt"
    file.write_text(file.read_text(encoding="utf-8") + "\nMás.\n", encoding="utf-8")
    with pytest.raises(MissingSourceError, match=r"customers\.es\.txt changed since"):
        run("check", copy, "--sources", texts)


def test_a_folder_without_a_manifest_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(MissingSourceError, match="no manifest"):
        run("check", tmp_path)


def test_a_file_that_no_manifest_speaks_of_is_an_error(copy: Path) -> None:
    (copy / "other.pdf").write_bytes(b"")
    with pytest.raises(UsageError, match=r"other\.pdf"):
        run("check", copy / "other.pdf", "--sources", SOURCES)


def test_a_manifest_without_digests_is_an_error(copy: Path) -> None:
    file = copy / "manifest.json"
    manifest = json.loads(file.read_text(encoding="utf-8"))
    for row in manifest["sources"]:
        del row["sha256"]
    file.write_text(json.dumps(manifest), encoding="utf-8")
    with pytest.raises(UsageError, match="no digest"):
        run("check", copy, "--sources", SOURCES)


# --- build --check, and what it tells of typography -------------------------------------------------


def test_a_build_can_check_itself_and_tells_its_changes(tmp_path: Path) -> None:
    texts = tmp_path / "texts"
    texts.mkdir()
    (texts / "a.de.txt").write_text(
        'Ein Titel\n\nSie sagte "ja" und ging ihres Weges, ohne sich noch einmal umzusehen.\n',
        encoding="utf-8",
    )
    (texts / "book.toml").write_text('typography = "locale"\n', encoding="utf-8")
    made = tmp_path / "output"
    plain = run("build", texts, "-o", made, "--formats", "html,epub", "--check")
    assert plain.exit_code == 0, plain.output
    assert "2 changes of typography" in plain.output
    assert "texts.de.epub  fidelity  pass  de 100.00 %" in plain.output
    rows = json.loads((made / "manifest.json").read_text(encoding="utf-8"))["amendments"]
    assert [(row["path"], row["line"], row["count"]) for row in rows] == [("a.de.txt", 3, 1)] * 2
    assert '"' in rows[0]["before"]
    assert "„" in rows[0]["after"]
    told = run("build", texts, "-o", made, "--formats", "html", "--verbose")
    assert "a.de.txt:3: quotation mark: “" in told.output
    assert "” → “" in told.output
    (texts / "book.toml").write_text('typography = "as-is"\n', encoding="utf-8")
    with pytest.raises(MissingSourceError, match="another typography"):
        run("check", made, "--sources", texts)
