"""E-books: identifiers, and the same bytes for the same book."""

import io
import zipfile
from pathlib import Path

import pytest
from lxml import etree
from PIL import Image

from pipeline import typography
from pipeline.document import Book, Edition, EditionKind
from pipeline.rendering import FileNames, Renderer
from pipeline.writers import epub
from tests.unit_helpers import book_of, text_of

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
    book = typography.apply(book_of(folder, files))
    return epub.write(Renderer(book, FileNames({})), edition(book, kind), cover())


def opened(content: bytes) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(content))


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
