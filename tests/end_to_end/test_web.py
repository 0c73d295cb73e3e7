"""Web pages: whether they are right as pages, and whether their links lead somewhere."""

import re
from urllib.parse import unquote, urldefrag

import pytest
from lxml import etree
from playwright.sync_api import Browser

from tests.end_to_end.browser import visit
from tests.end_to_end.conftest import Built
from tests.end_to_end.inputs import AUTONYMS, LANGUAGES, direction
from tests.end_to_end.markup import headings, html, identifiers, jumps, nearest, text_of

PAGES = (*LANGUAGES, "combined", "index")


@pytest.fixture(params=PAGES)
def page(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def root_of(book: Built, page: str) -> etree._Element:
    file = book.folder / "index.html" if page == "index" else book.file(page, "html")
    return html(file.read_bytes())


def test_a_strict_parser_finds_no_mistake(book: Built, page: str) -> None:
    root = root_of(book, page)
    assert root.tag == "html"
    assert [each.get("charset") for each in root.iter("meta") if each.get("charset")] == ["utf-8"]


def test_the_headings_make_an_outline_without_jumps(book: Built, page: str) -> None:
    root = root_of(book, page)
    assert jumps(root) == []
    titles = [each for each in headings(root) if each.tag == "h1"]
    assert len(titles) == (len(LANGUAGES) if page == "combined" else 1)


def test_a_page_is_in_its_language_from_the_root_on(book: Built, page: str) -> None:
    root = root_of(book, page)
    first = page if page in LANGUAGES else LANGUAGES[0]
    assert (root.get("lang"), root.get("dir")) == (first, direction(first))
    title = root.findtext("head/title")
    assert title
    own = {each["language"]: each for each in book.manifest["sources"]}[first]["title"]["text"]
    # What holds all languages says so behind the first one's title.
    assert title == own if page in LANGUAGES else re.fullmatch(rf"{re.escape(own)} \(.+\)", title)
    for each in root.xpath("//*[@lang]"):
        assert each.get("dir") == direction(each.get("lang")), etree.tostring(each)[:200]


def test_every_link_and_reference_leads_somewhere(book: Built, page: str) -> None:
    root = root_of(book, page)
    ids = identifiers(root)
    assert len(ids) == len(set(ids)), "an id stands twice"
    known: dict[str, set[str]] = {"": set(ids)}
    hrefs = [str(each) for each in root.xpath("//@href")]
    assert hrefs
    for href in hrefs:
        if re.match(r"(https?|mailto):", href):
            continue
        name, fragment = urldefrag(href)
        name = unquote(name)
        if name not in known:
            file = book.folder / name
            assert file.is_file(), href
            known[name] = (
                set(identifiers(html(file.read_bytes()))) if file.suffix == ".html" else set()
            )
        assert not fragment or unquote(fragment) in known[name], href
    for each in root.xpath("//@aria-labelledby | //@aria-describedby | //label/@for"):
        assert set(str(each).split()) <= known[""], each


def test_links_away_stand_in_the_text_only(book: Built, page: str) -> None:
    away = root_of(book, page).xpath("//*[starts-with(@href, 'http')]")
    assert all(each.tag == "a" and each.xpath("ancestor::article") for each in away)


def test_in_a_browser_a_page_loads_its_faces_and_nothing_from_elsewhere_and_fits_a_telephone(
    book: Built, page: str, chromium: Browser
) -> None:
    file = book.folder / "index.html" if page == "index" else book.file(page, "html")
    with visit(chromium, file, width=390) as seen:
        faces = seen.page.evaluate(
            "Promise.all([...document.fonts].map(each => each.load().then(face => face.status)))"
        )
        assert faces
        assert set(faces) == {"loaded"}
        assert seen.page.evaluate("document.documentElement.scrollWidth") <= 390
        own = file.as_uri()
        assert own in seen.requests
        assert [url for url in seen.requests if not url.startswith(("data:", own))] == []


def test_dates_are_marked_up_and_shown_as_they_were_written(book: Built, page: str) -> None:
    if page == "index":
        return
    times = list(root_of(book, page).iter("time"))
    assert len(times) >= (len(LANGUAGES) if page == "combined" else 1)
    for each in times:
        assert each.get("datetime") == book.input.date
        assert text_of(each) == book.input.date
        # A date in a right-to-left text that is left to itself is shown with its parts turned round.
        assert nearest(each, "dir") == "ltr"


def test_a_page_lists_its_sections(book: Built, tag: str) -> None:
    root = root_of(book, tag)
    links = root.xpath("//nav[@class='contents']//a")
    sections = [
        each
        for each in headings(root.find(".//article"))
        if each.get("id", "").startswith(f"{tag}-")
    ]
    targets = [
        each for each in sections if each.tag != "h1" and not each.get("id").endswith("notes")
    ]
    assert [each.get("href") for each in links] == [f"#{each.get('id')}" for each in targets]
    assert [text_of(each) for each in links] == [text_of(each) for each in targets]


def test_from_every_section_a_link_leads_to_the_same_one_in_each_other_language(
    book: Built,
) -> None:
    def sections(tag: str) -> list[etree._Element]:
        found = headings(root_of(book, tag).find(".//article"))
        return [each for each in found if re.fullmatch(rf"{tag}-\d+(-\d+)?", each.get("id", ""))]

    own = {tag: sections(tag) for tag in LANGUAGES}
    for tag in LANGUAGES:
        assert len(own[tag]) == book.input.headings + 1
        for at, heading in enumerate(own[tag][1:], start=1):
            links = {each.get("lang"): each for each in heading.getnext().iter("a")}
            assert list(links) == [each for each in LANGUAGES if each != tag]
            for other, link in links.items():
                name = book.file(other, "html").name
                assert link.get("href") == f"{name}#{own[other][at].get('id')}"
                assert text_of(link) == AUTONYMS[other]
