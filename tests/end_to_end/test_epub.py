"""E-books: what EPUBCheck says of them, and what it does not look at."""

import io
import re
import zipfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urldefrag

import pytest
from lxml import etree
from PIL import Image

from pipeline.checks.programs import ace
from tests.end_to_end.conftest import Built, built, checked_ebook, told
from tests.end_to_end.inputs import AUTONYMS, LANGUAGES, SAMPLE, clean, direction
from tests.end_to_end.markup import (
    EPUB_TYPE,
    XML_LANG,
    headings,
    identifiers,
    nearest,
    text_of,
    xhtml,
)
from tests.end_to_end.tools import once


@dataclass(slots=True)
class EBook:
    """An e-book, opened."""

    archive: zipfile.ZipFile
    package: etree._Element
    pages: dict[str, etree._Element] = field(default_factory=dict)
    """All its XHTML pages by name, in the order of the spine."""


@pytest.fixture
def ebook(book: Built, edition: str) -> EBook:
    return opened(book, edition)


@pytest.fixture
def combined(book: Built) -> EBook:
    return opened(book, "combined")


def opened(book: Built, edition: str) -> EBook:
    archive = zipfile.ZipFile(io.BytesIO(book.file(edition, "epub").read_bytes()))
    container = xhtml(archive.read("META-INF/container.xml"))
    roots = [each.get("full-path") for each in container.iter("rootfile")]
    assert roots == ["EPUB/content.opf"]
    out = EBook(archive, xhtml(archive.read("EPUB/content.opf")))
    hrefs = {each.get("id"): each.get("href") for each in out.package.iter("item")}
    for each in out.package.iter("itemref"):
        name = hrefs[each.get("idref")]
        out.pages[name] = xhtml(archive.read(f"EPUB/{name}"))
    return out


def listed(element: etree._Element | None) -> list[tuple[int, str, str]]:
    """Nested lists of links as rows of depth, text and address."""
    assert element is not None
    out = []
    for link in element.iter("a"):
        depth = sum(1 for _ in link.iterancestors("ol"))
        out.append((depth, text_of(link), link.get("href")))
    return out


def outline(book: Built, edition: str) -> list[tuple[int, str]]:
    """The headings that contents must list, with how deep. The titles of a combined edition hold the
    sections of their languages; that of a single one stands before its sections."""
    out = []
    for source in book.manifest["sources"]:
        if edition in ("combined", source["language"]):
            below = 1 if edition == "combined" else 0
            out.append((1, clean(source["title"]["text"])))
            out += [(each["level"] + below, clean(each["text"])) for each in source["headings"]]
    return out


def test_epubcheck_has_nothing_to_say(
    book: Built, edition: str, checked: dict[str, dict[str, Any]]
) -> None:
    """Not a hint either; and it has read the book."""
    verdict = checked[book.file(edition, "epub").name]
    assert (verdict["verdict"], verdict["said"]) == ("PASSED", [])
    checker, form, characters = verdict["figures"]
    assert checker.startswith("EPUBCheck ")
    assert form.startswith("EPUB 3.3")
    assert int(characters.removesuffix(" characters")) > 5000


@pytest.fixture(scope="module")
def aced(workshop: Path) -> dict[str, dict[str, Any]]:
    """Ace's word on the edition of the sample that holds all languages, by file name. Of what it finds where
    something is broken the tests of the judges tell."""

    def judge() -> dict[str, dict[str, Any]]:
        return told(ace.judge([checked_ebook(built(SAMPLE, workshop).file("combined", "epub"))]))

    return dict(once(workshop, "ace", judge))


def test_ace_finds_nothing_in_the_edition_that_holds_all_languages(
    aced: dict[str, dict[str, Any]], workshop: Path
) -> None:
    verdict = aced[built(SAMPLE, workshop).file("combined", "epub").name]
    assert (verdict["verdict"], verdict["said"]) == ("PASSED", [])
    assert verdict["figures"][0].startswith("Ace ")


def test_the_package_tells_how_it_can_be_read(ebook: EBook) -> None:
    """Counted here anew, in the pages themselves."""
    said: dict[str, list[str]] = {}
    for each in ebook.package.iter("meta"):
        said.setdefault(each.get("property") or "", []).append(each.text or "")
    pictures = [
        each
        for name, page in ebook.pages.items()
        if name != "cover.xhtml"
        for each in page.iter("img")
    ]
    assert all(each.get("alt") for each in pictures)
    assert said["schema:accessMode"] == (["textual", "visual"] if pictures else ["textual"])
    assert "textual" in said["schema:accessModeSufficient"]
    features = said["schema:accessibilityFeature"]
    assert ("alternativeText" in features) == bool(pictures)
    assert {"structuralNavigation", "tableOfContents", "readingOrder"} <= set(features)
    assert "pageNavigation" not in features
    assert said["schema:accessibilityHazard"] == ["none"]
    spoken = [
        each.get(XML_LANG)
        for each in ebook.package.iter("meta")
        if each.get("property") == "schema:accessibilitySummary"
    ]
    assert spoken == [each.text for each in ebook.package.iter("language")]
    assert "dcterms:conformsTo" not in said


def test_the_type_of_the_container_comes_first_and_uncompressed(ebook: EBook) -> None:
    first = ebook.archive.infolist()[0]
    assert first.filename == "mimetype"
    assert first.compress_type == zipfile.ZIP_STORED
    assert not first.extra
    assert ebook.archive.read("mimetype") == b"application/epub+zip"


def test_the_package_lists_every_file_and_every_file_is_there(ebook: EBook) -> None:
    said = {f"EPUB/{each.get('href')}" for each in ebook.package.iter("item")}
    kept = set(ebook.archive.namelist())
    assert len(kept) == len(ebook.archive.namelist())
    assert said == kept - {"mimetype", "META-INF/container.xml", "EPUB/content.opf"}


def test_the_package_tells_title_languages_and_date(
    book: Built, edition: str, ebook: EBook
) -> None:
    languages = [each.text for each in ebook.package.iter("language")]
    assert languages == (list(LANGUAGES) if edition == "combined" else [edition])
    titles = [clean(each.text or "") for each in ebook.package.iter("title")]
    first = languages[0]
    named = {each["language"]: each["title"]["text"] for each in book.manifest["sources"]}
    assert titles[0].startswith(clean(named[first]))
    assert (titles == [clean(named[first])]) == (edition != "combined")
    assert [each.text for each in ebook.package.iter("date")] == [book.input.date]
    modified = ebook.package.xpath("//meta[@property='dcterms:modified']/text()")
    assert modified == [f"{book.input.date}T00:00:00Z"]
    assert ebook.package.get(XML_LANG) == first
    assert len(list(ebook.package.iter("identifier"))) == 1


def test_no_two_e_books_have_the_same_identifier(book: Built) -> None:
    names = [
        opened(book, edition).package.findtext(".//identifier")
        for edition in (*LANGUAGES, "combined")
    ]
    assert len(set(names)) == 6


def test_one_program_and_not_its_library_signs_the_package(ebook: EBook) -> None:
    made_by = ebook.package.xpath("//meta[@name='generator']/@content")
    assert len(made_by) == 1, made_by
    assert made_by[0].startswith("Pentapla ")


def test_pages_turn_the_way_of_the_first_language(edition: str, ebook: EBook) -> None:
    spine = ebook.package.find("spine")
    first = LANGUAGES[0] if edition == "combined" else edition
    assert spine is not None
    assert spine.get("page-progression-direction") == direction(first)
    assert spine.get("toc"), "readers of EPUB 2 find no contents"


def test_the_navigation_is_nested_as_the_headings_are(
    book: Built, edition: str, ebook: EBook
) -> None:
    nav = ebook.pages["nav.xhtml"].xpath("//nav[@*[name()='epub:type']='toc']")
    assert len(nav) == 1
    rows = listed(nav[0])
    assert [(depth, text) for depth, text, _ in rows] == outline(book, edition)
    if edition == "combined":
        for link in nav[0].iter("a"):
            tag = link.get("href")[:2]
            assert nearest(link, "lang") == nearest(link, XML_LANG) == tag
            assert nearest(link, "dir") == direction(tag)


def test_the_ncx_says_the_same_as_the_navigation(ebook: EBook) -> None:
    ncx = xhtml(ebook.archive.read("EPUB/toc.ncx"))
    rows = [
        (
            sum(1 for _ in point.iterancestors("navPoint")) + 1,
            clean(point.findtext("navLabel/text") or ""),
            point.find("content").get("src"),
        )
        for point in ncx.iter("navPoint")
    ]
    assert rows == listed(ebook.pages["nav.xhtml"].find(".//nav"))


def test_the_ncx_tells_how_deep_it_is(ebook: EBook) -> None:
    ncx = xhtml(ebook.archive.read("EPUB/toc.ncx"))
    depth = max(sum(1 for _ in each.iterancestors("navPoint")) + 1 for each in ncx.iter("navPoint"))
    assert ncx.xpath("//meta[@name='dtb:depth']/@content") == [str(depth)]


def test_landmarks_lead_to_cover_contents_and_text(edition: str, ebook: EBook) -> None:
    nav = ebook.pages["nav.xhtml"].xpath("//nav[@*[name()='epub:type']='landmarks']")
    assert len(nav) == 1
    marks = {each.get(EPUB_TYPE): each.get("href") for each in nav[0].iter("a")}
    first = LANGUAGES[0] if edition == "combined" else edition
    assert marks.pop("cover") == "cover.xhtml"
    assert marks.pop("toc") == "nav.xhtml"
    assert marks.pop("bodymatter") == f"{first}.xhtml"
    assert marks == ({"frontmatter": "languages.xhtml"} if edition == "combined" else {})


def test_the_cover_is_a_picture_that_shops_take(ebook: EBook) -> None:
    covers = ebook.package.xpath("//item[@properties='cover-image']/@href")
    assert len(covers) == 1
    picture = Image.open(io.BytesIO(ebook.archive.read(f"EPUB/{covers[0]}")))
    assert picture.size == (1600, 2271)
    assert len(picture.convert("RGB").resize((40, 40)).getcolors(1600) or ()) > 20, (
        "the cover is blank"
    )
    assert next(iter(ebook.pages)) == "cover.xhtml"
    assert [each.get("src") for each in ebook.pages["cover.xhtml"].iter("img")] == covers


def test_every_face_comes_with_its_licence(edition: str, ebook: EBook) -> None:
    names = [
        name.removeprefix("EPUB/fonts/") for name in ebook.archive.namelist() if "/fonts/" in name
    ]
    families = {name.rsplit("-", 1)[0] for name in names if name.endswith(".ttf")}
    wanted = {"th": {"sarabun"}, "ar": {"amiri"}}.get(edition, {"spectral"})
    assert families >= ({"sarabun", "amiri", "spectral"} if edition == "combined" else wanted)
    assert {
        name.removesuffix("-LICENSE.txt") for name in names if name.endswith(".txt")
    } == families
    for name in names:
        content = ebook.archive.read(f"EPUB/fonts/{name}")
        if name.endswith(".txt"):
            assert b"SIL OPEN FONT LICENSE" in content.upper()
        else:
            assert content[:4] in (b"\x00\x01\x00\x00", b"OTTO", b"true")
    sheet = ebook.archive.read("EPUB/book.css").decode()
    assert set(re.findall(r"fonts/[\w.-]+\.ttf", sheet)) == {
        f"fonts/{name}" for name in names if name.endswith(".ttf")
    }


def test_every_page_names_its_language_and_direction(edition: str, ebook: EBook) -> None:
    first = LANGUAGES[0] if edition == "combined" else edition
    for name, root in ebook.pages.items():
        stem = re.split(r"[_.]", name)[0]
        tag = stem if stem in LANGUAGES else first
        # Pages turn the way of the book; the text inside has its own direction.
        said = (root.get("lang"), root.get(XML_LANG), root.get("dir"))
        assert said == (tag, tag, direction(first)), name
        assert root.find("body").get("dir") == direction(first), name
        for heading in root.xpath("//h1 | //h2 | //h3"):
            assert nearest(heading, "dir") == direction(tag), name
        assert not root.xpath("//*[@lang and not(@xml:lang = @lang)]"), name
        assert clean(root.findtext("head/title") or ""), name


def test_no_heading_skips_a_level(ebook: EBook) -> None:
    """From document to document: each begins where the one before it ended."""
    level = 0
    for name, root in ebook.pages.items():
        for heading in headings(root):
            now = int(heading.tag[1])
            assert now <= level + 1, f"{name}: h{level} to {heading.tag}: {text_of(heading)}"
            level = now


def test_every_link_leads_somewhere(ebook: EBook) -> None:
    names = {name: set(identifiers(root)) for name, root in ebook.pages.items()}
    for name, root in ebook.pages.items():
        assert len(identifiers(root)) == len(set(identifiers(root))), f"{name} has an id twice"
        for link in root.iter("a"):
            href = link.get("href")
            if re.match(r"(https?|mailto):", href):
                continue
            file, fragment = urldefrag(href)
            home = unquote(file) or name
            assert home in names, f"{name}: {href}"
            assert not fragment or fragment in names[home], f"{name}: {href}"


def test_nothing_is_loaded_from_elsewhere(ebook: EBook) -> None:
    kept = set(ebook.archive.namelist())
    for name, root in ebook.pages.items():
        sources = root.xpath(
            "//@src | //@data | //@poster | //link/@href | //*[local-name()='image']/@*"
        )
        assert all(f"EPUB/{each}" in kept for each in sources), f"{name}: {sources}"
        assert not list(root.iter("script")), name
    sheet = ebook.archive.read("EPUB/book.css").decode()
    assert "@import" not in sheet
    for address in re.findall(r"url\(\s*[\"']?([^\"')]+)", sheet):
        assert f"EPUB/{address}" in kept
    for name in kept:
        if name.endswith(".svg"):
            drawing = ebook.archive.read(name).decode()
            assert not re.search(r"(href|src)\s*=\s*[\"'](https?:)?//", drawing), name


def test_the_language_page_names_every_language_in_its_own_script(combined: EBook) -> None:
    page = combined.pages["languages.xhtml"]
    assert list(combined.pages).index("languages.xhtml") < list(combined.pages).index("th.xhtml")
    links = page.xpath("//ul[@class='language-list']//a")
    assert len(links) == len(LANGUAGES)
    for tag, link in zip(LANGUAGES, links, strict=True):
        assert AUTONYMS[tag] in text_of(link)
        assert nearest(link, "lang") == nearest(link, XML_LANG) == tag
        assert nearest(link, "dir") == direction(tag)
        assert link.get("href") == f"{tag}.xhtml"
        first = next(iter(headings(combined.pages[f"{tag}.xhtml"])))
        assert first.tag == "h1"


def test_from_every_section_a_link_leads_to_the_same_one_in_each_other_language(
    combined: EBook,
) -> None:
    sections = {
        tag: [
            (name, heading, heading is next(iter(headings(page))))
            for name, page in combined.pages.items()
            if re.split(r"[_.]", name)[0] == tag
            for heading in headings(page)
            if heading.tag != "h1"
        ]
        for tag in LANGUAGES
    }
    assert len({len(each) for each in sections.values()}) == 1
    for tag, own in sections.items():
        for at, (_, heading, _) in enumerate(own):
            beside = heading.getnext()
            assert beside is not None
            links = {each.get("lang"): each for each in beside.iter("a")}
            assert list(links) == [each for each in LANGUAGES if each != tag]
            for other, link in links.items():
                # A section that a document begins with is named by the document alone.
                name, target, opens = sections[other][at]
                assert link.get("href") == name + ("" if opens else f"#{target.get('id')}")
                assert link.get("hreflang") == link.get(XML_LANG) == other
                assert link.get("dir") == direction(other)
                assert text_of(link) == AUTONYMS[other]
