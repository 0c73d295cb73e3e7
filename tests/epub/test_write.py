"""E-books: identifiers, and the same bytes for the same book."""

import io
import re
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import etree
from PIL import Image

from pipeline import typography
from pipeline.calendar import VARIABLE
from pipeline.document import Book
from pipeline.editions import Edition
from pipeline.epub import write as epub
from pipeline.fonts import REGULAR, family
from pipeline.rendering import FileNames, Renderer
from pipeline.settings.values import EditionKind, Theme
from pipeline.sources import load
from tests.unit_helpers import book_of, contrast, put, text_of

OPF = {"opf": "http://www.idpf.org/2007/opf", "dc": "http://purl.org/dc/elements/1.1/"}
FILES: dict[str, str | bytes] = {
    "a.ar.txt": text_of("عنوان", "نشرت: 2021-12-24", "جملة قصيرة هنا."),
    "a.de.txt": text_of("Titel", "Datum: 2021-12-24", "Ein kurzer Satz."),
}


def cover() -> bytes:
    stream = io.BytesIO()
    Image.new("RGB", (12, 17), "navy").save(stream, "PNG")
    return stream.getvalue()


def edition(book: Book, kind: EditionKind = EditionKind.COMBINED) -> Edition:
    chosen = book.translations if kind is EditionKind.COMBINED else book.translations[:1]
    return Edition(book, kind, chosen)


def written(folder: Path, files: dict[str, str | bytes], kind: EditionKind) -> bytes:
    found, wanted = load([put(folder, files)])
    book = typography.apply(found, wanted.settings.typography)
    renderer = Renderer(book, FileNames({}), wanted.settings, folder=folder)
    return epub.write(renderer, replace(edition(book, kind), settings=wanted.settings), cover())


def opened(content: bytes) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(content))


@pytest.fixture(autouse=True)
def _no_moment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> zipfile.ZipFile:
    """A combined e-book in Arabic and German."""
    return opened(written(tmp_path_factory.mktemp("texts"), FILES, EditionKind.COMBINED))


def package(archive: zipfile.ZipFile) -> etree._Element:
    return etree.fromstring(archive.read("EPUB/content.opf"))


def test_the_type_comes_first_and_uncompressed(archive: zipfile.ZipFile) -> None:
    first = archive.infolist()[0]
    assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)
    assert archive.read("mimetype") == b"application/epub+zip"


def test_every_page_is_well_formed_and_in_the_list_of_files(archive: zipfile.ZipFile) -> None:
    listed = {f"EPUB/{href}" for href in package(archive).xpath("//opf:item/@href", namespaces=OPF)}
    inside = {name for name in archive.namelist() if name.startswith("EPUB/")}
    assert inside - listed == {"EPUB/content.opf"}
    assert listed <= inside
    for name in inside:
        if name.endswith((".xhtml", ".ncx", ".opf")):
            etree.fromstring(archive.read(name))


def test_the_package_names_languages_date_and_direction(archive: zipfile.ZipFile) -> None:
    root = package(archive)
    assert root.xpath("//dc:language/text()", namespaces=OPF) == ["ar", "de"]
    assert root.xpath("//dc:date/text()", namespaces=OPF) == ["2021-12-24"]
    assert root.xpath("//opf:spine/@page-progression-direction", namespaces=OPF) == ["rtl"]
    assert root.get("dir") == "rtl"


def test_shops_and_shelves_find_what_they_look_for(tmp_path: Path) -> None:
    """Kobo's cover, Apple's fonts, roles of authors and what they are sorted by."""
    author = (
        'author = [{ name = "Ruth Lindner", sort = "Lindner, Ruth" }, "Ölund, Ove", "Kollektiv"]'
    )
    root = package(opened(written(tmp_path, {**FILES, "book.toml": author}, EditionKind.SINGLE)))
    (cover_id,) = root.xpath("//opf:meta[@name='cover']/@content", namespaces=OPF)
    (item,) = root.xpath(f"//opf:item[@id='{cover_id}']", namespaces=OPF)
    assert item.get("properties") == "cover-image"
    assert root.xpath("//*[@property='ibooks:specified-fonts']/text()") == ["true"]
    assert "ibooks: http" in (root.get("prefix") or "")
    said = {
        creator.text: [
            (meta.get("property"), meta.text)
            for meta in root.xpath(f"//*[@refines='#{creator.get('id')}']")
        ]
        for creator in root.iter("{*}creator")
    }
    role = ("role", "aut")
    assert said == {
        "Ruth Lindner": [role, ("file-as", "Lindner, Ruth")],
        "Ölund, Ove": [role, ("file-as", "Ölund, Ove")],
        "Kollektiv": [role],
    }


def test_a_correction_is_a_later_moment_of_the_same_book(tmp_path: Path) -> None:
    """EPUB 3.3, 5.5.4: what is corrected keeps its identifier and date, and says when."""
    said = {
        settings: package(
            opened(written(tmp_path, {**FILES, "book.toml": settings}, EditionKind.SINGLE))
        )
        for settings in ("", "modified = 2022-02-03")
    }
    names, dates, moments = (
        [root.xpath(path, namespaces=OPF) for root in said.values()]
        for path in ("//dc:identifier/text()", "//dc:date/text()", "//*[@property='dcterms:modified']/text()")
    )  # fmt: skip
    assert names[0] == names[1]
    assert dates == [["2021-12-24"], ["2021-12-24"]]
    assert moments == [["2021-12-24T00:00:00Z"], ["2022-02-03T00:00:00Z"]]


@pytest.mark.parametrize(
    ("page", "size"),
    [((148, 210), (1600, 2271)), ((210, 148), (2271, 1600)), ((100, 100), (1600, 1600))],
)
def test_covers_are_as_large_as_shops_ask(page: tuple[float, float], size: tuple[int, int]) -> None:
    assert epub.cover_size(Theme(width=page[0], height=page[1])) == size


@pytest.mark.parametrize("page", [(100, 300), (127, 203.2), (70, 600), (600, 70), (210, 330)])
def test_no_cover_has_more_px_than_shops_take(page: tuple[float, float]) -> None:
    width, height = epub.cover_size(Theme(width=page[0], height=page[1]))
    assert 3_900_000 < width * height <= epub.COVER_AREA
    assert width / height == pytest.approx(page[0] / page[1], rel=0.01)


SIGN = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 90 60">'
    '<rect width="45" height="60" fill="#c00"/></svg>'
)


def test_a_drawing_has_a_picture_of_points_for_readers_that_draw_none(tmp_path: Path) -> None:
    """EPUB 3.3, 3.5.1. It is in the list of files alone, so that nothing shows both."""
    text = "# Titel\n\nVorher ![Schild](sign.svg) nachher.\n\n![Schild](sign.svg)\n"
    files: dict[str, str | bytes] = {"a.de.md": text, "sign.svg": SIGN}
    one, again = (
        opened(written(tmp_path / name, files, EditionKind.SINGLE)) for name in ("one", "again")
    )
    (drawing,) = package(one).xpath("//opf:item[@media-type='image/svg+xml']", namespaces=OPF)
    (drawn,) = package(one).xpath(f"//opf:item[@id='{drawing.get('fallback')}']", namespaces=OPF)
    assert drawn.get("media-type") == "image/png"
    name = f"EPUB/{drawn.get('href')}"
    picture = Image.open(io.BytesIO(one.read(name))).convert("RGB")
    assert picture.size == (1600, 1067)
    assert picture.getpixel((400, 500)) == (204, 0, 0)
    assert picture.getpixel((1200, 500)) == (255, 255, 255)
    assert one.read(name) == again.read(name)
    pages = b"".join(one.read(each) for each in one.namelist() if each.endswith(".xhtml"))
    assert pages.count(drawing.get("href").encode()) == 2
    assert drawn.get("href").encode() not in pages


def test_the_licence_of_every_family_travels_along(archive: zipfile.ZipFile) -> None:
    names = archive.namelist()
    fonts = {Path(name).name.split("-")[0] for name in names if name.endswith(".ttf")}
    licences = {Path(name).name.split("-")[0] for name in names if name.endswith("LICENSE.txt")}
    assert fonts
    assert fonts == licences


def test_the_same_book_has_the_same_bytes(tmp_path: Path) -> None:
    first, second = (written(tmp_path, FILES, EditionKind.SINGLE) for _ in range(2))
    assert first == second


def test_identifiers_tell_editions_apart_and_stay(tmp_path: Path) -> None:
    book = book_of(tmp_path, FILES)
    one, all_ = edition(book, EditionKind.SINGLE), edition(book)
    assert epub.identifier(one) != epub.identifier(all_)
    assert epub.identifier(one) == epub.identifier(one)
    assert epub.identifier(one).startswith("urn:uuid:")


def test_the_identifier_of_the_book_is_that_of_the_combined_edition(tmp_path: Path) -> None:
    book = book_of(tmp_path, {**FILES, "book.toml": 'identifier = "urn:isbn:9783161484100"'})
    assert epub.identifier(edition(book)) == "urn:isbn:9783161484100"
    assert epub.identifier(edition(book, EditionKind.SINGLE)).startswith("urn:uuid:")


@pytest.mark.parametrize(
    "content",
    [
        "# T\n\na[^1]\n\n[^1]: see[^2]\n\n[^2]: two\n",
        "# T\n\na[^1] b[^1]\n\n[^1]: one\n",
        "# T\n\n- a[^1]\n\n> b[^2]\n\n| c[^3] |\n|---|\n| d |\n\n[^1]: x\n\n[^2]: y\n\n[^3]: z\n",
        "# T[^1]\n\n## A[^2]\n\nx\n\n[^1]: x\n\n[^2]: y\n",
    ],
    ids=["a note in a note", "used twice", "in blocks", "in headings"],
)
def test_every_link_inside_an_e_book_leads_somewhere(tmp_path: Path, content: str) -> None:
    archive = opened(written(tmp_path, {"a.de.md": content}, EditionKind.SINGLE))
    pages = {
        name.removeprefix("EPUB/"): etree.fromstring(archive.read(name))
        for name in archive.namelist()
        if name.endswith(".xhtml")
    }
    for name, page in pages.items():
        for href in page.xpath("//@href"):
            file, _, fragment = str(href).partition("#")
            if file.endswith(".css"):
                continue
            target = pages[file or name]
            assert not fragment or len(target.xpath(f"//*[@id='{fragment}']")) == 1, href


# --- languages and directions ---------------------------------------------------------------------

EPUB_TYPE = "{http://www.idpf.org/2007/ops}type"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def pages_of(archive: zipfile.ZipFile) -> dict[str, etree._Element]:
    return {
        name.removeprefix("EPUB/"): etree.fromstring(archive.read(name))
        for name in archive.namelist()
        if name.endswith(".xhtml")
    }


def spine_of(archive: zipfile.ZipFile) -> list[str]:
    root = package(archive)
    return [
        str(root.xpath("string(//opf:item[@id=$id]/@href)", id=each, namespaces=OPF))
        for each in root.xpath("//opf:itemref/@idref", namespaces=OPF)
    ]


def manner(element: etree._Element) -> tuple[str | None, ...]:
    return element.get("lang"), element.get(XML_LANG), element.get("dir")


def test_every_label_of_the_navigation_names_its_language(archive: zipfile.ZipFile) -> None:
    links = list(pages_of(archive)["nav.xhtml"].iter("{*}a"))
    assert len(links) == 6
    for link in links:
        tag = "de" if str(link.get("href")).startswith("de.") else "ar"
        assert manner(link) == (tag, tag, "ltr" if tag == "de" else "rtl")


def test_every_label_for_readers_of_epub_2_names_its_language(archive: zipfile.ZipFile) -> None:
    ncx = etree.fromstring(archive.read("EPUB/toc.ncx"))
    labels = [(each.get(XML_LANG), each.get("dir")) for each in ncx.iter("{*}navLabel")]
    assert labels == [("ar", "rtl"), ("de", "ltr")]


def test_every_page_has_a_title_of_its_own_in_its_language(archive: zipfile.ZipFile) -> None:
    titles = {}
    title_ = "عنوان (العربية والألمانية)"
    for name, page in pages_of(archive).items():
        (title,) = page.iter("{*}title")
        tag = "de" if name.startswith("de") else "ar"
        assert manner(title) == (tag, tag, "ltr" if tag == "de" else "rtl"), name
        assert manner(page) == (tag, tag, "rtl"), "pages turn the way of the book"
        titles[name] = title.text
    assert titles == {
        "cover.xhtml": f"الغلاف – {title_}",
        "nav.xhtml": f"المحتويات – {title_}",
        "languages.xhtml": f"اللغات – {title_}",
        "ar.xhtml": "عنوان",
        "de.xhtml": "Titel",
    }


def test_every_section_has_a_document_of_its_own_and_links_name_it_alone(tmp_path: Path) -> None:
    """Links to a document are followed by every reading system, those into one by some."""
    files: dict[str, str | bytes] = {
        "a.ar.md": "# ع\n\nأول\n\n## ب\n\nثان\n\n### ت\n\nثالث\n\n## ث\n\nرابع\n",
        "a.de.md": "# T\n\neins\n\n## B\n\nzwei\n\n### C\n\ndrei\n\n## D\n\n[vier](#c), [B](#b)\n",
    }
    archive = opened(written(tmp_path, files, EditionKind.COMBINED))
    pages = pages_of(archive)
    assert spine_of(archive)[3:] == [
        "ar.xhtml", "ar_1.xhtml", "ar_2.xhtml", "de.xhtml", "de_1.xhtml", "de_2.xhtml",
    ]  # fmt: skip
    headings = {
        name: [each.text for each in page.iter("{*}h1", "{*}h2", "{*}h3")]
        for name, page in pages.items()
        if name.startswith("de")
    }
    assert headings == {"de.xhtml": ["T"], "de_1.xhtml": ["B", "C"], "de_2.xhtml": ["D"]}
    for name in ("nav.xhtml", "toc.ncx"):
        said = archive.read(f"EPUB/{name}").decode()
        assert re.findall(r'(?:href|src)="(de[^"]*)"', said)[:4] == [
            "de.xhtml", "de_1.xhtml", "de_1.xhtml#de-4", "de_2.xhtml",
        ]  # fmt: skip
    links = [each.get("href") for each in pages["de_2.xhtml"].iter("{*}a")]
    assert links == ["ar_2.xhtml", "de_1.xhtml#de-4", "de_1.xhtml"]
    fellows = [each.get("href") for each in pages["ar_1.xhtml"].iter("{*}a")]
    assert fellows == ["de_1.xhtml", "de_1.xhtml#de-4"]


def test_a_document_turns_the_way_of_the_book_and_its_text_has_its_own_direction(
    archive: zipfile.ZipFile,
) -> None:
    """A reading system pages a document the way of its body: one that goes against the book opens on its
    last page."""
    for name, page in pages_of(archive).items():
        (body,) = page.iter("{*}body")
        assert (page.get("dir"), body.get("dir")) == ("rtl", "rtl"), name
        if name.startswith("de"):
            (section,) = body
            assert manner(section) == ("de", "de", "ltr")


def test_a_long_section_is_divided_between_its_own_sections_or_else_between_paragraphs(
    tmp_path: Path,
) -> None:
    long = "Ein Satz von vielen. " * 3500
    parts = ["# Buch\n", *(f"## Teil {at}\n\n{long}\n" for at in (1, 2))]
    parts += [f"### Kapitel {at}\n\n{long}\n" for at in (1, 2, 3)]
    parts += [f"## Teil 3\n\n{'Noch ein Satz.' * 9}\n\n{long}\n\n{long}\n\n{long}\n"]
    archive = opened(written(tmp_path, {"a.de.md": "\n".join(parts)}, EditionKind.SINGLE))
    pages = pages_of(archive)
    titles = {name: page.findtext(".//{*}title") for name, page in pages.items()}
    assert {name: titles[name] for name in spine_of(archive)[2:]} == {
        "de.xhtml": "Buch",
        "de_1.xhtml": "Teil 1 – Buch",
        "de_2.xhtml": "Teil 2 – Buch",
        "de_2_2.xhtml": "Teil 2 – Buch",
        "de_3.xhtml": "Teil 3 – Buch",
        "de_3_2.xhtml": "Teil 3 – Buch",
    }
    found = {
        name: [each.text for each in page.iter("{*}h2", "{*}h3")]
        for name, page in pages.items()
        if name.startswith("de_")
    }
    assert found == {
        "de_1.xhtml": ["Teil 1"],
        "de_2.xhtml": ["Teil 2", "Kapitel 1"],
        "de_2_2.xhtml": ["Kapitel 2", "Kapitel 3"],
        "de_3.xhtml": ["Teil 3"],
        "de_3_2.xhtml": [],
    }
    said = archive.read("EPUB/nav.xhtml").decode()
    assert re.findall(r'href="(de_[^"]*)"', said) == [
        "de_1.xhtml", "de_2.xhtml", "de_2.xhtml#de-5", "de_2_2.xhtml", "de_2_2.xhtml#de-9",
        "de_3.xhtml",
    ]  # fmt: skip


def test_a_note_stands_in_the_document_that_refers_to_it(tmp_path: Path) -> None:
    content = (
        "# T[^t]\n\n## A\n\na[^1] b[^2]\n\n## B\n\nc[^3] d[^1]\n\n"
        "[^t]: zum Titel\n[^1]: eins[^in]\n[^2]: zwei\n[^3]: drei\n[^in]: darin\n"
    )
    pages = pages_of(opened(written(tmp_path, {"a.de.md": content}, EditionKind.SINGLE)))
    notes = {
        name: [
            (item.getparent().get("value"), item.get("id"), item.get(EPUB_TYPE), item.get("role"))
            for item in page.iter("{*}div")
            if item.get("class") == "note"
        ]
        for name, page in pages.items()
        if name.startswith("de")
    }

    def rows(*numbers: int) -> list[tuple[str, str, str, str]]:
        return [(str(n), f"de-note-{n}", "footnote", "doc-footnote") for n in numbers]

    assert notes == {"de.xhtml": rows(1), "de_1.xhtml": rows(2, 3, 5), "de_2.xhtml": rows(4)}
    marks = [
        (name, each.get("href"), each.text)
        for name, page in pages.items()
        for each in page.iter("{*}a")
        if each.get(EPUB_TYPE) == "noteref"
    ]
    assert marks == [
        ("de.xhtml", "de.xhtml#de-note-1", "1"),
        ("de_1.xhtml", "de_1.xhtml#de-note-2", "2"),
        ("de_1.xhtml", "de_1.xhtml#de-note-3", "3"),
        ("de_1.xhtml", "de_1.xhtml#de-note-5", "5"),
        ("de_2.xhtml", "de_2.xhtml#de-note-4", "4"),
        ("de_2.xhtml", "de_1.xhtml#de-note-2", "2"),
    ]
    backs = [each.get("href") for each in pages["de_1.xhtml"].xpath("//*[@class='back']")]
    assert backs == [
        "de_1.xhtml#de-noteref-2-1", "de_2.xhtml#de-noteref-2-2", "de_1.xhtml#de-noteref-3-1",
        "de_1.xhtml#de-noteref-5-1",
    ]  # fmt: skip


def test_the_cover_is_described_by_the_titles_in_it(archive: zipfile.ZipFile) -> None:
    (image,) = pages_of(archive)["cover.xhtml"].iter("{*}img")
    assert image.get("alt") == "عنوان · Titel"
    assert image.get("role") == "doc-cover"


def test_an_empty_cell_is_the_header_of_nothing(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {"a.de.md": "# T\n\n| | A |\n|---|---|\n| b | 1 |\n"}
    page = pages_of(opened(written(tmp_path, files, EditionKind.SINGLE)))["de.xhtml"]
    (row,) = page.xpath("//*[local-name()='thead']/*")
    assert [(etree.QName(each).localname, each.get("scope")) for each in row] == [
        ("td", None),
        ("th", "col"),
    ]


# --- styles, fonts and dates ----------------------------------------------------------------------


def test_no_style_sets_a_direction(archive: zipfile.ZipFile) -> None:
    sheet = archive.read("EPUB/book.css").decode()
    assert not re.search(r"(?<![\w-])(direction|unicode-bidi|writing-mode)\s*:", sheet)


def test_styles_colour_lines_alone_and_these_show_by_day_and_by_night(
    archive: zipfile.ZipFile,
) -> None:
    """WCAG 2.2, 1.4.3 (text keeps the colours of the reader) and 1.4.11 (3:1 for what is no text)."""
    sheet = archive.read("EPUB/book.css").decode()
    texts = re.findall(r"(?<![\w-])(?:color|background(?:-color)?)\s*:\s*([^;}]+)", sheet)
    assert set(texts) == {"var(--quiet)", "currentColor", "var(--field)", "transparent"}
    assert "--quiet: currentColor;" in sheet
    assert "--field: transparent;" in sheet
    greys = re.findall(r"--(?:accent|line): (#[0-9a-f]{6});", sheet)
    assert len(greys) == 2
    assert all(contrast(grey, page) >= 3 for grey in greys for page in ("#ffffff", "#000000"))
    day, night = sheet.split("@media (prefers-color-scheme: dark) {")
    night, rest = night.split("\n}\n", 1)
    inks, glows = (
        set(re.findall(r"#[0-9a-f]{6}", part)) - set(greys) for part in (day + rest, night)
    )
    assert len(inks) == len(glows) == 2
    assert all(contrast(ink, "#ffffff") >= 3 for ink in inks)
    assert all(contrast(glow, "#000000") >= 3 for glow in glows)


def test_no_font_is_obfuscated_and_each_is_a_part_of_its_face(archive: zipfile.ZipFile) -> None:
    assert "META-INF/encryption.xml" not in archive.namelist()
    whole = family("spectral").file(REGULAR).read_bytes()
    part = archive.read("EPUB/fonts/spectral-400.ttf")
    assert part[:4] == b"\x00\x01\x00\x00"
    assert len(part) < len(whole) / 4


def test_whole_fonts_are_the_files_themselves_with_their_licences(tmp_path: Path) -> None:
    files = {**FILES, "book.toml": 'fonts = "whole"'}
    archive = opened(written(tmp_path, files, EditionKind.COMBINED))
    whole = family("spectral").file(REGULAR).read_bytes()
    assert archive.read("EPUB/fonts/spectral-400.ttf") == whole
    assert "EPUB/fonts/spectral-LICENSE.txt" in archive.namelist()


def test_the_moment_of_the_environment_is_that_of_the_book_and_of_every_file_in_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, "1772461506")
    archive = opened(written(tmp_path, FILES, EditionKind.SINGLE))
    modified = package(archive).xpath("//*[@property='dcterms:modified']/text()")
    assert modified == ["2026-03-02T14:25:06Z"]
    assert {each.date_time for each in archive.infolist()} == {(2026, 3, 2, 14, 25, 6)}


@pytest.mark.parametrize(
    ("date", "modified", "year"),
    [("0850", "0850-01-01T00:00:00Z", 1980), ("9000-12-31", "9000-12-31T00:00:00Z", 2107)],
)
def test_dates_that_no_archive_can_have_stay_in_the_package(
    tmp_path: Path, date: str, modified: str, year: int
) -> None:
    files = {**FILES, "book.toml": f'date = "{date}"'}
    archive = opened(written(tmp_path, files, EditionKind.SINGLE))
    said = package(archive).xpath("//*[@property='dcterms:modified']/text()")
    assert said == [modified]
    assert {each.date_time[0] for each in archive.infolist()} == {year}
