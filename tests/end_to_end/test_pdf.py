"""PDF: whether files are sound, what a viewer is told, and whether the text comes out again."""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import pikepdf
import pymupdf
import pypdfium2
import pytest

from tests.end_to_end.conftest import Built
from tests.end_to_end.inputs import LANGUAGES, Unit, clean, direction, squeezed, units
from tests.end_to_end.measure import common, lost
from tests.end_to_end.tools import run, tool
from tests.end_to_end.undoing import undone

A5 = (148 / 25.4 * 72, 210 / 25.4 * 72)

FACES = re.compile(r"/[A-Z]{6}\+(Sarabun|Amiri|Spectral)(-[A-Za-z]+)*")

EXTRACTED = {
    ("pdftotext", "ar"): 0.995,
    ("mupdf", "ar"): 0.99,
    ("pdfium", "ar"): 0.99,
}
"""The share of the characters that must come back in order, where it is not 99.9 %."""


@pytest.fixture
def pdf(book: Built, edition: str) -> Iterator[pikepdf.Pdf]:
    with pikepdf.open(book.file(edition, "pdf")) as opened:
        yield opened


def bookmarks(items: list[pikepdf.OutlineItem], depth: int = 1) -> Iterator[tuple[int, str]]:
    for item in items:
        yield depth, clean(item.title)
        yield from bookmarks(list(item.children), depth + 1)


def fonts(pdf: pikepdf.Pdf) -> list[pikepdf.Object]:
    """Every font of a file, used or not."""
    return [
        each
        for each in pdf.objects
        if isinstance(each, pikepdf.Dictionary)
        and each.get("/Type") == "/Font"
        and each.get("/Subtype") not in ("/CIDFontType0", "/CIDFontType2")
    ]


def test_qpdf_finds_nothing_wrong(book: Built, edition: str) -> None:
    said = run([tool("qpdf"), "--check", book.file(edition, "pdf")])
    assert said.code == 0, said
    assert said.err == "", said
    assert "No syntax or stream encoding errors found" in said.out


def test_every_font_is_embedded_subset_searchable_and_declared(pdf: pikepdf.Pdf) -> None:
    found = fonts(pdf)
    assert found
    for font in found:
        name = str(font["/BaseFont"])
        assert FACES.fullmatch(name), f"{name} is no declared face, or not a subset"
        assert font["/Subtype"] == "/Type0", name
        (descendant,) = font["/DescendantFonts"]
        assert descendant["/BaseFont"] == font["/BaseFont"]
        embedded = [
            descendant["/FontDescriptor"].get(key)
            for key in ("/FontFile", "/FontFile2", "/FontFile3")
        ]
        assert any(each is not None and len(each.read_bytes()) > 500 for each in embedded), name
        assert b"beginbf" in font["/ToUnicode"].read_bytes(), name


def test_a_page_uses_no_font_but_those(pdf: pikepdf.Pdf) -> None:
    for number, page in enumerate(pdf.pages, start=1):
        used = page.get("/Resources", {}).get("/Font", {})
        assert all(FACES.fullmatch(str(each["/BaseFont"])) for each in used.values()), number


def test_the_face_of_each_script_is_there(edition: str, pdf: pikepdf.Pdf) -> None:
    families = {
        match[1] for font in fonts(pdf) if (match := FACES.fullmatch(str(font["/BaseFont"])))
    }
    own = {"th": {"Sarabun"}, "ar": {"Amiri"}, "combined": {"Sarabun", "Amiri", "Spectral"}}
    assert families >= own.get(edition, {"Spectral"})


def test_a_viewer_is_told_language_title_and_direction(
    book: Built, edition: str, pdf: pikepdf.Pdf
) -> None:
    first = LANGUAGES[0] if edition == "combined" else edition
    assert str(pdf.Root["/Lang"]) == first
    viewing = pdf.Root["/ViewerPreferences"]
    assert viewing["/Direction"] == ("/R2L" if direction(first) == "rtl" else "/L2R")
    assert viewing["/DisplayDocTitle"]
    titles = {each["language"]: each["title"]["text"] for each in book.manifest["sources"]}
    title = clean(str(pdf.docinfo["/Title"]))
    # The title of all languages together says more than that of the first.
    assert title.startswith(clean(titles[first]))
    assert (title != clean(titles[first])) == (edition == "combined")


def test_the_bookmarks_are_the_headings_nested(book: Built, edition: str, pdf: pikepdf.Pdf) -> None:
    wanted = []
    for source in book.manifest["sources"]:
        if edition in ("combined", source["language"]):
            wanted.append((1, clean(source["title"]["text"])))
            wanted += [(each["level"] + 1, clean(each["text"])) for each in source["headings"]]
    with pdf.open_outline() as outline:
        assert list(bookmarks(list(outline.root))) == wanted


def test_the_pages_are_a5_and_as_many_as_the_manifest_says(
    book: Built, edition: str, pdf: pikepdf.Pdf
) -> None:
    row = next(each for each in book.manifest["files"] if each["path"].endswith(f".{edition}.pdf"))
    assert len(pdf.pages) == row["pages"]
    assert len(pdf.pages) >= (30 if edition == "combined" else 6)
    for page in pdf.pages:
        left, bottom, right, top = (float(each) for each in page.mediabox)
        assert (right - left, top - bottom) == pytest.approx(A5, abs=0.5)


def test_every_link_in_the_contents_leads_to_a_page(pdf: pikepdf.Pdf) -> None:
    names = set(pdf.Root["/Names"]["/Dests"]["/Names"][::2]) if "/Names" in pdf.Root else set()
    count = 0
    for page in pdf.pages:
        for note in page.get("/Annots", []):
            action = note.get("/A", {})
            target = note.get("/Dest", action.get("/D"))
            if target is None:
                assert action.get("/URI"), "a link that leads nowhere"
                continue
            count += 1
            assert not isinstance(target, pikepdf.String) or target in names, str(target)
    assert count >= 10


# --- the text that comes out again ------------------------------------------------------------------


def spans(book: Built, edition: str) -> dict[str, tuple[int, int]]:
    """The pages, from 1, that hold the text of each language: cover and contents put aside."""
    tags = LANGUAGES if edition == "combined" else (edition,)
    return spans_of(book.file(edition, "pdf"), tags)


def spans_of(file: Path, tags: Sequence[str]) -> dict[str, tuple[int, int]]:
    """The pages of each of some languages in a file, from 1."""
    document = pypdfium2.PdfDocument(file)
    try:
        starts = [mark.get_dest().get_index() + 1 for mark in document.get_toc() if mark.level == 0]
        count = len(document)
    finally:
        document.close()
    assert len(starts) == len(tags)
    ends = [start - 1 for start in starts[1:]] + [count]
    return dict(zip(tags, zip(starts, ends, strict=True), strict=True))


def poppler(file: Path, first: int, last: int) -> str:
    said = run([tool("pdftotext"), "-f", str(first), "-l", str(last), "-enc", "UTF-8", file, "-"])
    assert said.code == 0, said
    assert said.err == "", said
    return said.out


def pdfium(file: Path, first: int, last: int) -> str:
    document = pypdfium2.PdfDocument(file)
    try:
        return "\n".join(
            document[number - 1].get_textpage().get_text_bounded()
            for number in range(first, last + 1)
        )
    finally:
        document.close()


def mupdf(file: Path, first: int, last: int) -> str:
    with pymupdf.open(file) as document:
        return "\n".join(document[number - 1].get_text() for number in range(first, last + 1))


EXTRACTORS = {"pdftotext": poppler, "pdfium": pdfium, "mupdf": mupdf}
UNDONE = {"pdfium": "pdfium", "mupdf": "MuPDF"}
"""What has to be put in the order of reading; pdftotext has to give Arabic in order by itself."""


@pytest.mark.parametrize("extractor", EXTRACTORS)
def test_the_text_comes_out_of_the_file_again(book: Built, edition: str, extractor: str) -> None:
    file = book.file(edition, "pdf")
    poor = []
    for tag, (first, last) in spans(book, edition).items():
        source = units(book.source(tag))
        raw = EXTRACTORS[extractor](file, first, last)
        got = squeezed(raw)
        share = recovered(source, got)
        if direction(tag) == "rtl" and extractor in UNDONE:
            share = recovered(source, squeezed(undone(UNDONE[extractor], raw)))
        least = EXTRACTED.get((extractor, tag), 0.999)
        print(f"{book.input.name} {file.name} {tag} {extractor}: {share:.2%}")  # noqa: T201
        if share < least:
            pieces = [squeezed(each.text) for each in source if each.element != "img"]
            poor.append(f"{tag}: {share:.2%} of at least {least:.1%}\n{lost(pieces, got)}")
        # Heads, folios and notes come on top; a layer of text that is there twice would be far more.
        wanted = sum(len(squeezed(each.text)) for each in source if each.element != "img")
        assert len(got) < 1.25 * wanted, f"{tag}: {len(got)} characters come out, {wanted} went in"
    assert not poor, "\n".join(poor)


def recovered(source: list[Unit], got: str) -> float:
    """The share of a source's characters that come out of a PDF in the source's order. Notes, which
    stand at the feet of pages, are looked for by themselves; pictures have no text in print."""
    shown = [each for each in source if each.element != "img"]
    body = squeezed("".join(each.text for each in shown if not each.note))
    notes = [squeezed(each.text) for each in shown if each.note]
    found = common(body, got) + sum(common(note, got) for note in notes)
    return found / (len(body) + sum(map(len, notes)))
