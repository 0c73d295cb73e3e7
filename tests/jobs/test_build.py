"""The plan of a build, and what the manifest says."""

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from pipeline import output, typography
from pipeline.configuration.options import Options
from pipeline.document import Book
from pipeline.editions import Edition
from pipeline.errors import UsageError
from pipeline.jobs.build import build
from pipeline.jobs.plan import Job, file_name, linked, plan, tasks
from pipeline.jobs.record import manifest
from pipeline.jobs.results import Done, Made
from pipeline.jobs.results import done as finished
from pipeline.jobs.workshop import carry_out, workshop
from pipeline.settings.profiles import ProfileName, SchemeName
from pipeline.settings.values import DEFAULTS, EditionKind, FormatName, Theme
from tests.unit_helpers import book_of, put, text_of

ALL = tuple(FormatName)
BOTH = tuple(EditionKind)
GERMAN = text_of(
    "Titel", "Datum: 2021-12-24", "Ein Satz, der lang genug ist, um ein Absatz zu sein.",
    "Kurz", "Ein Satz, der lang genug ist, um ein Absatz zu sein.",
)  # fmt: skip
THAI = text_of(
    "ชื่อเรื่อง", "เผยแพร่: 2021-12-24", "ข้อความนี้ยาวพอที่จะเป็นย่อหน้าธรรมดาของเนื้อหาเท่านั้น",
    "สั้น", "ข้อความนี้ยาวพอที่จะเป็นย่อหน้าธรรมดาของเนื้อหาเท่านั้น",
)  # fmt: skip


@pytest.fixture
def book(tmp_path: Path) -> Book:
    toml = 'name = "n"\ntitle = "T"\nauthor = "Anna"\n'
    files = {"a.de.txt": GERMAN, "a.th.txt": THAI, "book.toml": toml}
    return typography.apply(book_of(tmp_path / "texts", files))


def done(book: Book, jobs: Sequence[Job]) -> list[tuple[Edition, Done]]:
    """The jobs, carried out with a few bytes for each file."""
    out = []
    for job in jobs:
        edition = job.edition(book)
        made = tuple(
            Made(
                file_name(edition, form),
                form,
                f"{edition.key} {form}".encode(),
                7 if form is FormatName.PDF else None,
            )
            for form in job.formats
        )
        out.append((edition, Done(edition.key, made, b"")))
    return out


def made_manifest(book: Book) -> dict[str, object]:
    found = manifest(book, Theme(), done(book, plan(book, ALL, BOTH)), b"gallery", book.warnings)
    return dict(json.loads(output.as_json(found)))


def test_there_is_an_edition_a_language_and_one_with_all(book: Book) -> None:
    assert plan(book, ALL, BOTH) == (
        Job(EditionKind.SINGLE, ("de",), ALL),
        Job(EditionKind.SINGLE, ("th",), ALL),
        Job(EditionKind.COMBINED, ("de", "th"), ALL),
    )


@pytest.mark.parametrize(
    ("editions", "keys"),
    [
        ((EditionKind.SINGLE,), ["de", "th"]),
        ((EditionKind.COMBINED,), ["combined"]),
    ],
)
def test_editions_and_formats_can_be_chosen(
    book: Book, editions: tuple[EditionKind, ...], keys: list[str]
) -> None:
    jobs = plan(book, (FormatName.PDF,), editions)
    assert [job.edition(book).key for job in jobs] == keys
    assert {job.formats for job in jobs} == {(FormatName.PDF,)}


def test_one_language_has_no_combined_edition(tmp_path: Path) -> None:
    book = book_of(tmp_path, {"a.de.txt": GERMAN})
    assert [job.kind for job in plan(book, ALL, BOTH)] == [EditionKind.SINGLE]
    with pytest.raises(UsageError) as caught:
        plan(book, ALL, (EditionKind.COMBINED,))
    assert "--editions single" in caught.value.cure


def test_files_are_named_after_book_edition_and_format(book: Book) -> None:
    names = [
        file_name(job.edition(book), form) for job in plan(book, ALL, BOTH) for form in job.formats
    ]
    assert names == [
        f"n.{key}.{form}"
        for key in ("de", "th", "combined")
        for form in ("html", "epub", "pdf", "cover.svg")
    ]


def test_an_edition_holds_its_translations_in_the_order_of_the_book(book: Book) -> None:
    edition = Job(EditionKind.COMBINED, ("th", "de"), ALL).edition(book)
    assert [each.tag for each in edition.translations] == ["de", "th"]


def test_the_manifest_has_its_keys_and_no_others(book: Book) -> None:
    assert set(made_manifest(book)) == {
        "schema", "generator", "book", "files", "gallery", "sources", "inferences", "warnings",
        "amendments", "theme", "faces",
    }  # fmt: skip


def test_the_manifest_has_one_row_a_file(book: Book) -> None:
    rows = made_manifest(book)["files"]
    assert isinstance(rows, list)
    assert len(rows) == 12
    assert len({row["path"] for row in rows}) == 12
    for row in rows:
        assert set(row) == {
            "path", "edition", "languages", "format", "bytes", "sha256", "pages", "profile", "imposed",
            "identifier", "arrangement", "blanks_after",
        }  # fmt: skip
        assert row["path"].endswith(f".{row['format']}")
        content = f"{row['path'].split('.')[1]} {row['format']}".encode()
        assert (row["bytes"], row["sha256"]) == (len(content), output.digest(content))
        assert row["pages"] == (7 if row["format"] == "pdf" else None)
        combined = row["edition"] == "combined"
        assert row["arrangement"] == ("sequence" if combined else None)
        assert row["languages"] == (["de", "th"] if combined else [row["path"].split(".")[1]])


def test_the_manifest_says_what_was_read_and_what_was_inferred(book: Book) -> None:
    sources = made_manifest(book)["sources"]
    assert isinstance(sources, list)
    assert sources[0] == {
        "path": "a.de.txt",
        "language": "de",
        "language_from": "name",
        "script": "Latn",
        "direction": "ltr",
        "bytes": len(GERMAN.encode()),
        "sha256": output.digest(GERMAN.encode()),
        "encoding": "UTF-8",
        "nfc": True,
        "title": {"text": "Titel", "line": 1},
        "date": "2021-12-24",
        "headings": [{"line": 7, "level": 1, "segment": 3, "text": "Kurz"}],
    }
    assert [each["language"] for each in sources] == ["de", "th"]
    inferences = made_manifest(book)["inferences"]
    assert inferences
    assert "1 headings" in str(inferences)


def test_the_manifest_says_what_the_book_is(book: Book) -> None:
    found = made_manifest(book)
    assert found["book"] == {
        "name": "n",
        "title": "T",
        "authors": ["Anna"],
        "publisher": "",
        "identifier": "",
        "rights": "",
        "date": "2021-12-24",
        "languages": ["de", "th"],
    }
    assert found["gallery"] == {
        "path": "index.html", "bytes": 7, "sha256": output.digest(b"gallery"),
    }  # fmt: skip


def test_the_manifest_says_the_same_wherever_it_was_made(book: Book, tmp_path: Path) -> None:
    assert str(tmp_path) not in json.dumps(made_manifest(book))


def test_the_manifest_has_warnings_with_their_places(tmp_path: Path) -> None:
    book = book_of(tmp_path, {"a.de.md": "# T\n\n[x](other.md)\n"})
    (row,) = made_manifest(book)["warnings"]  # type: ignore[misc]
    assert (row["path"], row["line"]) == ("a.de.md", 3)
    assert "other.md" in row["what"]


def test_the_name_of_the_folder_is_cut_out_of_paths_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    book = book_of(Path("und"), {"a.de.txt": GERMAN.replace("Kurz", "Dies und/oder das")})
    assert "und/oder" in str(made_manifest(book)["inferences"])


# --- PDFs for several purposes ----------------------------------------------------------------------

PURPOSES = tuple(ProfileName)
SADDLE = (SchemeName.SADDLE,)


def test_a_job_knows_how_many_files_it_makes(book: Book) -> None:
    for formats, profiles, schemes, count in (
        (ALL, (ProfileName.SCREEN,), (), 4),
        (ALL, PURPOSES, SADDLE, 3 + 6),
        ((FormatName.HTML,), PURPOSES, SADDLE, 1),
    ):
        assert {job.count for job in plan(book, formats, BOTH, profiles, schemes)} == {count}


def test_an_edition_has_a_pdf_a_profile_and_its_sheets(book: Book) -> None:
    (job, *_) = plan(book, (FormatName.PDF,), BOTH, PURPOSES, SADDLE)
    edition = job.edition(book)
    results = dict(
        carry_out(
            workshop([job], book, DEFAULTS, linked([job], [edition]), Path()),
            tasks([job], [edition]),
            count=1,
        )
    )
    made = finished(job, edition, results)
    assert [(each.name, each.profile, each.scheme) for each in made.files] == [
        ("n.de.pdf", "screen", None),
        ("n.de.saddle.pdf", "screen", "saddle"),
        ("n.de.archive.pdf", "archive", None),
        ("n.de.archive.saddle.pdf", "archive", "saddle"),
        ("n.de.print.pdf", "print", None),
        ("n.de.print.saddle.pdf", "print", "saddle"),
    ]
    pages, sides = made.files[0].pages, made.files[1].pages
    assert pages is not None
    # Four pages a sheet, and two sides.
    assert sides == 2 * -(-pages // 4)
    assert [str(each) for each in made.warnings if "[print] intent" in str(each)]


def test_the_manifest_and_the_shelf_say_what_each_pdf_is_for(tmp_path: Path) -> None:
    texts = put(tmp_path / "texts", {"a.de.txt": GERMAN, "book.toml": 'name = "n"\n'})
    options = Options(
        formats=(FormatName.HTML, FormatName.PDF),
        profiles=(ProfileName.PRINT, ProfileName.SCREEN),
        schemes=SADDLE,
    )
    told: list[str] = []
    counts: list[int] = []
    report = build(
        [texts],
        tmp_path / "out",
        options,
        workers=1,
        begun=lambda _, count: counts.append(count),
        progress=told.append,
    )
    assert counts == [len(told)] == [5]
    rows = json.loads((tmp_path / "out" / "manifest.json").read_text("utf-8"))["files"]
    assert [(row["path"], row["profile"], row["imposed"]) for row in rows] == [
        ("n.de.html", None, None),
        ("n.de.print.pdf", "print", None),
        ("n.de.print.saddle.pdf", "print", "saddle"),
        ("n.de.pdf", "screen", None),
        ("n.de.saddle.pdf", "screen", "saddle"),
    ]
    shelf = report.gallery.read_text("utf-8")
    assert 'href="n.de.print.pdf"' in shelf
    assert "saddle" not in shelf, "the shelf has one file a format: the first"
    warnings = json.loads((tmp_path / "out" / "manifest.json").read_text("utf-8"))["warnings"]
    assert sum("[print] intent" in row["what"] for row in warnings) == 1
    assert sum("[print] intent" in str(each) for each in report.warnings) == 1


def test_a_moment_that_is_none_stops_the_build_before_it_begins(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "soon")
    texts = put(tmp_path / "texts", {"a.de.txt": GERMAN})
    begun: list[int] = []
    with pytest.raises(UsageError, match="SOURCE_DATE_EPOCH"):
        build([texts], tmp_path / "out", workers=1, begun=lambda _, count: begun.append(count))
    assert begun == []
