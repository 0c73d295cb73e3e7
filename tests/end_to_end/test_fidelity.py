"""Everything in the sources stands in the books, character for character, and nothing else does."""

import zipfile
from collections.abc import Sequence

from lxml import etree

from tests.end_to_end.conftest import Built
from tests.end_to_end.inputs import LANGUAGES, Unit, direction, units
from tests.end_to_end.markup import EPUB_TYPE, Found, found, html, xhtml


def chapters(book: Built, edition: str) -> dict[str, list[etree._Element]]:
    """The pages of an e-book that hold its text, by language, in the order of the spine."""
    out: dict[str, list[etree._Element]] = {}
    with zipfile.ZipFile(book.file(edition, "epub")) as archive:
        package = xhtml(archive.read("EPUB/content.opf"))
        hrefs = {each.get("id"): each.get("href") for each in package.iter("item")}
        for reference in package.iter("itemref"):
            root = xhtml(archive.read(f"EPUB/{hrefs[reference.get('idref')]}"))
            if any(each.get(EPUB_TYPE) == "bodymatter" for each in root.iter("section")):
                out.setdefault(str(root.get("lang")), []).append(root)
    return out


def assert_says(shown: Sequence[Found], source: Sequence[Unit], tag: str, *, xml: bool) -> None:
    """A page says what its source says, in the order of the source, in its language."""
    for at, (mine, wanted) in enumerate(zip(shown, source, strict=False)):
        assert mine.text == wanted.text, (
            f"piece {at}, line {wanted.line + 1} of the source:\n{wanted.text}\nis shown as\n{mine.text}"
        )
        if wanted.element:
            assert mine.element == wanted.element, f"{wanted} is shown as {mine}"
        else:
            assert mine.element in ("p", "h2", "h3"), f"{wanted} is shown as {mine}"
        assert mine.note == wanted.note, f"{wanted} is shown as {mine}"
        assert (mine.lang, mine.direction) == (tag, direction(tag)), mine
        if xml:
            assert mine.xml_lang == tag, mine
    assert [each.text for each in shown[len(source) :]] == [], "the page says more than its source"
    assert [each.text for each in source[len(shown) :]] == [], "the source says more than the page"


def in_source_order(pages: Sequence[etree._Element]) -> list[Found]:
    """What the documents of an e-book say, the notes last: each stands in the document that refers to it, and
    its text at the end of the source."""
    every = [each for page in pages for each in found(page.find("body"))]
    return [each for each in every if not each.note] + [each for each in every if each.note]


def assert_headings(shown: Sequence[Found], source: Sequence[Unit], book: Built) -> None:
    lines = [wanted.line for mine, wanted in zip(shown, source, strict=True) if mine.level > 1]
    assert len(lines) == book.input.headings
    if book.input.heading_lines:
        assert tuple(lines) == book.input.heading_lines


def test_the_web_page_says_what_the_source_says(book: Built, tag: str) -> None:
    source = units(book.source(tag))
    shown = found(html(book.file(tag, "html").read_bytes()).find(".//article"))
    assert_says(shown, source, tag, xml=False)
    assert_headings(shown, source, book)


def test_the_combined_web_page_says_what_each_source_says(book: Built) -> None:
    articles = html(book.file("combined", "html").read_bytes()).findall(".//article")
    assert [each.get("data-language") for each in articles] == list(LANGUAGES)
    for tag, article in zip(LANGUAGES, articles, strict=True):
        source, shown = units(book.source(tag)), found(article)
        assert_says(shown, source, tag, xml=False)
        assert_headings(shown, source, book)


def test_the_e_book_says_what_the_source_says(book: Built, tag: str) -> None:
    pages = chapters(book, tag)
    assert list(pages) == [tag]
    source = units(book.source(tag))
    shown = in_source_order(pages[tag])
    assert_says(shown, source, tag, xml=True)
    assert_headings(shown, source, book)


def test_the_combined_e_book_says_what_each_source_says(book: Built) -> None:
    pages = chapters(book, "combined")
    assert list(pages) == list(LANGUAGES)
    for tag in LANGUAGES:
        source = units(book.source(tag))
        shown = in_source_order(pages[tag])
        assert_says(shown, source, tag, xml=True)
        assert_headings(shown, source, book)


def test_a_segment_holds_the_same_place_of_every_text(book: Built) -> None:
    """Line k of a bare text translates line k of every other; so do the segments they come to. Of texts of
    other forms it is known that they have the same headings."""
    articles = html(book.file("combined", "html").read_bytes()).findall(".//article")
    if not book.input.heading_lines:
        headings = [
            [
                segment.get("data-segment")
                for segment in article.findall("div[@class='segment']")
                if segment.xpath("h1|h2|h3|h4|h5|h6")
            ]
            for article in articles
        ]
        assert len(headings) == len(LANGUAGES)
        assert all(each == headings[0] for each in headings)
        assert len(set(headings[0])) == book.input.headings + 1
        return
    places = []
    for tag, article in zip(LANGUAGES, articles, strict=True):
        lines = iter(units(book.source(tag)))
        places.append(
            [
                (segment.get("data-segment"), [next(lines).line for _ in found(segment)])
                for segment in article.findall("div[@class='segment']")
            ]
        )
    assert all(each == places[0] for each in places)
    assert [number for number, _ in places[0]] == [str(at) for at in range(len(places[0]))]
