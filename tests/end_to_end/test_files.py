"""What a build leaves in its folder, and what it says of it."""

import hashlib
import re

from tests.end_to_end.conftest import Built
from tests.end_to_end.inputs import AUTONYMS, EDITIONS, ENDINGS, LANGUAGES, clean, direction, units
from tests.end_to_end.markup import found, html, text_of


def test_a_build_ends_well_and_warns_of_nothing(book: Built) -> None:
    assert book.outcome.code == 0, book.outcome
    assert book.outcome.err == "", book.outcome
    assert "warning" not in book.outcome.out.lower(), book.outcome


def test_a_build_tells_a_pipe_in_plain_lines_what_it_read_and_made(book: Built) -> None:
    lines = book.outcome.out.splitlines()
    assert "\x1b" not in book.outcome.out
    for tag in LANGUAGES:
        told = [line for line in lines if book.input.files[tag] in line]
        assert len(told) == 1, book.outcome
        assert AUTONYMS[tag] in told[0]
    made = sorted(line.removeprefix("made ") for line in lines if line.startswith("made "))
    assert made == sorted(file.name for form in ENDINGS for file in book.files(form))


def test_the_folder_holds_the_books_the_gallery_the_manifest_and_nothing_else(book: Built) -> None:
    wanted = {file.name for form in ENDINGS for file in book.files(form)}
    assert len(wanted) == 24
    assert {file.name for file in book.folder.iterdir()} == wanted | {"index.html", "manifest.json"}
    assert all(file.stat().st_size > 1000 for file in book.folder.iterdir())


def test_the_manifest_has_a_true_row_for_every_file(book: Built) -> None:
    rows = book.manifest["files"]
    assert [row["path"] for row in rows] == [
        book.file(edition, form).name for edition in EDITIONS for form in ENDINGS
    ]
    for row in rows:
        assert set(row) == {
            "path", "edition", "languages", "format", "bytes", "sha256", "pages", "profile", "imposed",
            "identifier", "arrangement", "blanks_after",
        }  # fmt: skip
        edition, form = row["path"].split(".")[1], row["path"].split(".")[-1]
        assert row["profile"] == ("screen" if form == "pdf" else None)
        assert row["imposed"] is None
        # Of files without one of their own only an e-book has to have some.
        assert (row["identifier"] is None) == (form != "epub")
        assert row["format"] == form
        assert row["edition"] == ("combined" if edition == "combined" else "single")
        assert row["languages"] == (list(LANGUAGES) if edition == "combined" else [edition])
        content = (book.folder / row["path"]).read_bytes()
        assert row["bytes"] == len(content)
        assert row["sha256"] == hashlib.sha256(content).hexdigest()
        assert (row["pages"] is None) == (form != "pdf")
    gallery = book.manifest["gallery"]
    content = (book.folder / "index.html").read_bytes()
    assert gallery == {
        "path": "index.html",
        "bytes": len(content),
        "sha256": hashlib.sha256(content).hexdigest(),
    }


def test_the_manifest_describes_the_book_and_its_maker(book: Built) -> None:
    manifest = book.manifest
    assert set(manifest) == {
        "schema", "generator", "book", "files", "gallery", "sources", "inferences", "warnings",
        "amendments", "theme", "faces",
    }  # fmt: skip
    assert manifest["schema"] == 1
    assert re.fullmatch(r"Pentapla \d+\.\d+\.\d+", manifest["generator"])
    assert manifest["warnings"] == []
    assert manifest["theme"] == {"name": "plain", "overrides": []}
    assert manifest["amendments"] == [], "the text was changed, and nobody asked for it"
    about = manifest["book"]
    assert set(about) == {
        "name", "title", "authors", "publisher", "identifier", "rights", "date", "languages",
    }  # fmt: skip
    assert about["name"] == book.input.stem
    assert about["date"] == book.input.date
    assert about["languages"] == list(LANGUAGES)


def test_the_manifest_tells_of_each_source_what_was_found_in_it(book: Built) -> None:
    sources = book.manifest["sources"]
    assert [source["language"] for source in sources] == list(LANGUAGES)
    for source in sources:
        tag = source["language"]
        assert set(source) == {
            "path", "language", "language_from", "script", "direction", "encoding", "nfc", "title",
            "date", "headings", "bytes", "sha256",
        }  # fmt: skip
        assert source["path"] == book.input.files[tag]
        content = book.source(tag).read_bytes()
        assert source["bytes"] == len(content)
        assert source["sha256"] == hashlib.sha256(content).hexdigest()
        assert source["direction"] == direction(tag)
        assert source["encoding"] == "UTF-8"
        assert source["date"] == book.input.date
        assert source["script"] == {"th": "Thai", "ar": "Arab"}.get(tag, "Latn")
        assert clean(source["title"]["text"]) == units(book.source(tag))[0].text
    known = {source["language_from"] for source in sources}
    assert known == ({"text"} if book.input.heading_lines else {"name", "front matter"})


def test_all_headings_are_found_in_every_language_and_no_line_more(book: Built, tag: str) -> None:
    lines = book.source(tag).read_text(encoding="utf-8-sig").splitlines()
    source = next(each for each in book.manifest["sources"] if each["language"] == tag)
    headings = source["headings"]
    assert len(headings) == book.input.headings
    for heading in headings:
        said = lines[heading["line"] - 1].lstrip("# ")
        assert clean(heading["text"]) == clean(said)
    if book.input.heading_lines:
        assert tuple(each["line"] - 1 for each in headings) == book.input.heading_lines


def test_the_headings_have_the_same_levels_and_segments_in_every_language(book: Built) -> None:
    shapes = {
        source["language"]: [(each["level"], each["segment"]) for each in source["headings"]]
        for source in book.manifest["sources"]
    }
    assert len(set(map(tuple, shapes.values()))) == 1, shapes
    levels = [level for level, _ in shapes["de"]]
    if book.input.heading_lines:
        # A heading right under a heading is one deeper; it announces three, and three follow.
        assert levels == [1, 1, 1, 1, 2, 2, 2, 1, 1, 1]
    else:
        marks = book.source("de").read_text(encoding="utf-8").splitlines()
        assert levels == [line.index(" ") - 1 for line in marks if line.startswith("##")]


def test_the_manifest_agrees_with_the_pages(book: Built, tag: str) -> None:
    root = html(book.file(tag, "html").read_bytes())
    source = next(each for each in book.manifest["sources"] if each["language"] == tag)
    shown = [
        (each.level - 1, each.text) for each in found(root.find(".//article")) if each.level > 1
    ]
    assert shown == [(each["level"], clean(each["text"])) for each in source["headings"]]
    assert text_of(root.find(".//h1")) == clean(source["title"]["text"])
