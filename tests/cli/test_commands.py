"""The face: what is asked, what is said, and how it ends."""

import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from pipeline import __version__, errors
from tests.forks import Forks
from tests.unit_helpers import ROOT, put, text_of

GERMAN = text_of("Titel", "Ein Satz, der lang genug ist, um ein Absatz zu sein.")
THAI = text_of("ชื่อเรื่อง", "ข้อความนี้ยาวพอที่จะเป็นย่อหน้าธรรมดาของเนื้อหาเท่านั้น")
LATIN = "uno\n\ndos años\n".encode("latin-1")

OPTIONS = (
    "--output", "--languages", "--formats", "--editions", "--profile", "--impose", "--page-list",
    "--title", "--quiet", "--verbose",
)  # fmt: skip


def run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "pipeline", *map(str, arguments)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
    )


def test_the_version_is_told() -> None:
    found = run("--version")
    assert (found.returncode, found.stdout.strip(), found.stderr) == (
        0, f"pentapla {__version__}", "",
    )  # fmt: skip


def test_help_names_every_option() -> None:
    found = run("build", "--help")
    assert found.returncode == 0
    for option in OPTIONS:
        assert option in found.stdout, option
    assert "book.toml" in found.stdout


def test_help_names_the_command() -> None:
    found = run("--help")
    assert found.returncode == 0
    assert "build" in found.stdout
    assert "--version" in found.stdout


@pytest.mark.parametrize(
    ("files", "options", "kind", "where"),
    [
        (None, (), errors.MissingSourceError, "texts"),
        ({}, (), errors.MissingSourceError, "texts"),
        ({"a.de.txt": GERMAN, "a.th.txt": ""}, (), errors.EmptySourceError, "a.th.txt:1"),
        ({"a.es.txt": LATIN}, (), errors.DecodingError, "a.es.txt:3"),
        ({"a.xx.txt": GERMAN}, (), errors.UnknownLanguageError, "a.xx.txt"),
        (
            {"a.de.txt": GERMAN},
            ("--languages", "xx"),
            errors.UnknownLanguageError,
            "“xx”",
        ),
        (
            {"a.de.txt": GERMAN},
            ("--languages", "fr"),
            errors.UnknownLanguageError,
            "fr",
        ),
        (
            {"a.de.txt": GERMAN, "b.de.txt": GERMAN},
            (),
            errors.DuplicateLanguageError,
            "b.de.txt:1",
        ),
        ({"a.txt": "123\n"}, (), errors.UndetectedLanguageError, "a.txt:1"),
        (
            {"a.de.txt": GERMAN, "book.toml": "\ntitel = 5"},
            (),
            errors.ConfigurationError,
            "book.toml:2",
        ),
        (
            {"a.de.md": "# T\n\n![x](missing.png)\n"},
            (),
            errors.MarkupError,
            "a.de.md:3",
        ),
        ({"a.de.txt": "Titel\n\n\U0010fffd\n"}, (), errors.FontError, "a.de.txt:3"),
        ({"a.de.txt": GERMAN}, ("--formats", "doc"), errors.UsageError, "--formats"),
        ({"a.de.txt": GERMAN}, ("--editions", "all"), errors.UsageError, "--editions"),
        ({"a.de.txt": GERMAN}, ("--editions", "combined"), errors.UsageError, "combined"),
        ({"a.de.txt": GERMAN}, ("--languages", ","), errors.UsageError, "--languages"),
        ({"a.de.txt": GERMAN}, ("--profile", "paper"), errors.UsageError, "--profile"),
        ({"a.de.txt": GERMAN}, ("--impose", "fold"), errors.UsageError, "--impose"),
        (
            {"a.de.txt": GERMAN, "x.icc": "text", "book.toml": '[print]\nintent = "x.icc"\n'},
            ("--profile", "print"),
            errors.ConfigurationError,
            "book.toml:2",
        ),
    ],
)
def test_bad_input_gives_one_message_and_its_own_exit_code_and_changes_nothing(
    forks: Forks,
    tmp_path: Path,
    files: dict[str, str | bytes] | None,
    options: tuple[str, ...],
    kind: type[errors.PentaplaError],
    where: str,
) -> None:
    if files is not None:
        put(tmp_path / "texts", files)
    output = put(tmp_path / "out", {"index.html": "what stood here", "mine.txt": "mine"})
    found = forks.pentapla("build", tmp_path / "texts", "--output", output, *options)
    assert found.code == kind.exit_code, found.err
    assert "Traceback" not in found.err
    message, cure = found.err.splitlines()
    assert message.startswith("error: ")
    assert where in message
    assert cure.startswith("  cure: ")
    assert {each.name: each.read_text("utf-8") for each in output.iterdir()} == {
        "index.html": "what stood here",
        "mine.txt": "mine",
    }


@pytest.mark.parametrize("below", ["", "folder/below"])
def test_an_output_folder_that_cannot_be_written_is_an_error(
    forks: Forks, tmp_path: Path, below: str
) -> None:
    put(tmp_path / "texts", {"a.de.txt": GERMAN})
    put(tmp_path, {"taken": "a file"})
    found = forks.pentapla("build", tmp_path / "texts", "--output", tmp_path / "taken" / below)
    assert found.code == errors.OutputError.exit_code
    assert "Traceback" not in found.err
    message, cure = found.err.splitlines()
    assert "taken" in message
    assert "--output" in cure
    assert (tmp_path / "taken").read_text("utf-8") == "a file"


@pytest.mark.parametrize("arguments", [("--nonsense",), ("build", "--nonsense"), ("nonsense",)])
def test_an_option_that_there_is_not_is_a_mistake_of_use(
    forks: Forks, arguments: tuple[str, ...]
) -> None:
    found = forks.pentapla(*arguments)
    assert found.code == errors.UsageError.exit_code
    assert "nonsense" in found.err
    assert "Traceback" not in found.err


@pytest.mark.parametrize(
    "files",
    [
        {"a.de.txt": text_of("Titel", "Datum: 2021-02-30", "Ein Satz.")},
        {"a.de.md": '---\ndate: "24 December 2021"\n---\n# T\n\nEin Satz.\n'},
        {"a.de.md": "---\nauthor: 5\n---\n# T\n\nEin Satz.\n"},
        {"a.de.txt": GERMAN, "book.toml": 'theme.accents = "x"'},
        {"a.de.txt": GERMAN, "book.toml": "words = 5"},
    ],
    ids=["30 February", "a date in words", "a number for an author", "accents", "words"],
)
def test_no_input_ends_in_a_traceback(
    forks: Forks, tmp_path: Path, files: dict[str, str | bytes]
) -> None:
    put(tmp_path / "texts", files)
    found = forks.pentapla(
        "build", tmp_path / "texts", "--output", tmp_path / "out", "--formats", "epub", "-j", "1"
    )
    assert "Traceback" not in found.err


BOOK: dict[str, str | bytes] = {"a.de.md": "---\nlang: de\n---\n# Titel\n\nEin [Satz](other.md).\n"}


def test_a_quiet_build_says_nothing_but_its_warnings(forks: Forks, tmp_path: Path) -> None:
    put(tmp_path / "texts", BOOK)
    found = forks.pentapla(
        "build", tmp_path / "texts", "-o", tmp_path / "out", "--formats", "html", "-q"
    )
    assert (found.code, found.out) == (0, "")
    (warning,) = found.err.splitlines()
    assert warning.startswith("warning: ")
    assert "a.de.md:6" in warning


def test_a_build_says_what_it_read_inferred_and_made(tmp_path: Path) -> None:
    text = text_of("Titel", "Ein Satz, der lang genug ist, um ein Absatz zu sein.", "Kurz", "Satz.")
    put(tmp_path / "texts", {"a.de.txt": text})
    found = run("build", tmp_path / "texts", "-o", tmp_path / "out", "--formats", "html", "-v")
    assert (found.returncode, found.stderr) == (0, "")
    for part in ("a.de.txt: Deutsch (de, by name)", "inferred:", "Kurz", "made texts.de.html"):
        assert part in found.stdout
    assert sorted(each.name for each in (tmp_path / "out").iterdir()) == [
        "index.html",
        "manifest.json",
        "texts.de.html",
    ]


# --- PDFs for several purposes, and on sheets -------------------------------------------------------


@pytest.fixture(scope="module")
def books(forks: Forks, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("books")
    put(folder / "texts", {"a.de.txt": GERMAN})
    found = forks.pentapla(
        "build", folder / "texts", "-o", folder / "out", "--formats", "epub,pdf",
        "--profile", "print,archive", "--impose", "saddle", "--page-list", "-j", "1",
    )  # fmt: skip
    assert found.code == 0, found.err
    (warning,) = found.err.splitlines()
    assert warning.startswith("warning: ")
    assert "[print] intent" in warning
    return folder / "out"


def test_files_are_made_as_asked(books: Path) -> None:
    assert sorted(each.name for each in books.iterdir()) == [
        "index.html",
        "manifest.json",
        "texts.de.archive.pdf",
        "texts.de.archive.saddle.pdf",
        "texts.de.epub",
        "texts.de.print.pdf",
        "texts.de.print.saddle.pdf",
    ]


def test_an_e_book_lists_pages_without_a_pdf_for_screens(books: Path) -> None:
    with zipfile.ZipFile(books / "texts.de.epub") as archive:
        (navigation,) = (name for name in archive.namelist() if name.endswith("nav.xhtml"))
        assert 'epub:type="page-list"' in archive.read(navigation).decode()


def test_a_pdf_is_laid_on_sheets(forks: Forks, books: Path, tmp_path: Path) -> None:
    file = books / "texts.de.archive.pdf"
    found = forks.pentapla("impose", file, "-o", tmp_path)
    assert (found.code, found.err) == (0, "")
    assert "sheets, bound on the left" in found.out
    made = tmp_path / "texts.de.archive.saddle.pdf"
    assert made.read_bytes() == (books / made.name).read_bytes()


def test_sheets_are_bound_and_marked_as_asked(forks: Forks, books: Path, tmp_path: Path) -> None:
    file = books / "texts.de.print.pdf"
    plain, other = tmp_path / "plain", tmp_path / "other"
    assert forks.pentapla("impose", file, "-o", plain, "-q").out == ""
    found = forks.pentapla(
        "impose", file, "-o", other, "--bind", "right", "--marks", "--back-cover"
    )
    assert "bound on the right" in found.out
    name = "texts.de.print.saddle.pdf"
    assert (plain / name).read_bytes() != (other / name).read_bytes()


def test_pages_are_laid_on_sheets_as_asked_and_shown(
    forks: Forks, books: Path, tmp_path: Path
) -> None:
    file = books / "texts.de.print.pdf"
    found = forks.pentapla(
        "impose", file, "-o", tmp_path, "--scheme", "perfect", "--signature", "8", "--folds", "2",
        "--last", "smaller", "--size", "500mm 700mm", "--margin", "5", "--thickness", "0.1mm", "--mill", "2",
        "--gap", "8", "--flip", "long", "--only-marks", "crop,collation", "--blanks-after", "1", "--proof",
    )  # fmt: skip
    assert (found.code, found.err) == (0, "")
    assert "flip on long edge; fold each sheet 2 times, gather" in found.out
    assert sorted(each.name for each in tmp_path.iterdir()) == [
        "texts.de.print.perfect.pdf",
        "texts.de.print.perfect.sheets.png",
        "texts.de.print.perfect.spreads.png",
    ]
    found = forks.pentapla(
        "impose", file, "-o", tmp_path, "--scheme", "n-up", "--up", "2", "--size", "a5", "--fit"
    )
    assert re.search(r"n-up\.pdf: \d pages.* on 1 sheets, at \d\d%, read from the left", found.out)


@pytest.mark.parametrize(
    ("options", "kind", "said"),
    [
        (("--size", "A44"), errors.UsageError, "--size"),
        (("--margin", "wide"), errors.UsageError, "--margin"),
        (("--up", "5"), errors.UsageError, "--up"),
        (("--folds", "3", "--signature", "12"), errors.UsageError, "whole number of sheets"),
        (("--only-marks", "cut"), errors.UsageError, "--only-marks"),
        (("--only-marks", "collation", "--mill", "0"), errors.UsageError, "milled off"),
        (("--size", "A5"), errors.ImpositionError, "does not fit"),
        (("--blanks-after", "99"), errors.ImpositionError, "page 99"),
    ],
)
def test_sheets_that_cannot_be_are_refused(
    forks: Forks,
    books: Path,
    tmp_path: Path,
    options: tuple[str, ...],
    kind: type[errors.PentaplaError],
    said: str,
) -> None:
    found = forks.pentapla("impose", books / "texts.de.print.pdf", "-o", tmp_path, *options)
    assert (found.code, found.out) == (kind.exit_code, ""), found.err
    message, cure = found.err.splitlines()
    assert said in message
    assert cure.startswith("  cure: ")
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("content", "code"),
    [(None, errors.MissingSourceError.exit_code), (b"no PDF", errors.ImpositionError.exit_code)],
)
def test_what_cannot_be_imposed_is_named(
    forks: Forks, tmp_path: Path, content: bytes | None, code: int
) -> None:
    if content is not None:
        put(tmp_path, {"a.pdf": content})
    found = forks.pentapla("impose", tmp_path / "a.pdf", "-o", tmp_path / "out")
    assert (found.code, found.out) == (code, "")
    assert "Traceback" not in found.err
    message, cure = found.err.splitlines()
    assert "a.pdf" in message
    assert cure.startswith("  cure: ")
    assert not (tmp_path / "out" / "a.saddle.pdf").exists()
