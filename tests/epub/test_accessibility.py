"""What e-books claim of their accessibility: each claim stands where it is true, and goes where it is not."""

import io
import re
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from lxml import etree
from PIL import Image

from pipeline import typography
from pipeline.document import Book, anchor
from pipeline.editions import Edition
from pipeline.epub import write as epub
from pipeline.epub.accessibility import CONFORMANCE, claims, features, summary
from pipeline.epub.package import package_of
from pipeline.epub.survey import Survey, survey
from pipeline.languages import language
from pipeline.rendering import FileNames, Renderer
from pipeline.settings.values import EditionKind
from pipeline.sources import load
from tests.unit_helpers import put, text_of

XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
Files = Mapping[str, str | bytes]

SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>'
FULL = "# Titel\n\nEin Satz.\n\n![Ein Quadrat](a.svg)\n\n## Eins\n\nx\n\n### Zwei\n\ny\n\n## Drei\n\nz\n"
DOCUMENTS = ("de.xhtml", "de_1.xhtml", "de_2.xhtml")
"""Those of its text."""

CERTIFIER = '[accessibility]\ncertifier = "Haus"\nreport = "https://example.org/r"\n'


def png() -> bytes:
    stream = io.BytesIO()
    Image.new("RGB", (12, 17), "navy").save(stream, "PNG")
    return stream.getvalue()


def gif(frames: int) -> bytes:
    stream = io.BytesIO()
    pictures = [Image.new("RGB", (8, 8), (90 * at, 0, 0)) for at in range(frames)]
    pictures[0].save(stream, "GIF", save_all=True, append_images=pictures[1:])
    return stream.getvalue()


def made(
    folder: Path,
    files: Files,
    kind: EditionKind = EditionKind.SINGLE,
    *,
    certified: bool = False,
    pages: Callable[[Book], Mapping[str, str]] | None = None,
    page_source: str | None = None,
) -> dict[str, bytes]:
    """The files of an e-book, by their path from the package document's folder."""
    found, wanted = load([put(folder, files)])
    settings = wanted.settings
    book = typography.apply(found, settings.typography)
    chosen = book.translations if kind is EditionKind.COMBINED else book.translations[:1]
    content = epub.write(
        Renderer(book, FileNames({}), settings, folder=folder),
        Edition(book, kind, chosen, settings),
        png(),
        certified=certified,
        pages=pages(book) if pages else None,
        page_source=page_source,
    )
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name.removeprefix("EPUB/"): archive.read(name) for name in archive.namelist()}


def said(files: Mapping[str, bytes]) -> dict[str, list[str]]:
    """The properties of a package document, with their values."""
    out: dict[str, list[str]] = {}
    for meta in etree.fromstring(files["content.opf"]).iter("{*}meta"):
        if name := meta.get("property"):
            out.setdefault(name, []).append(meta.text or "")
    return out


def halves(book: Book) -> dict[str, str]:
    """Two blocks a page, in Arabic-Indic digits."""
    blocks = [anchor(each, block) for each in book.translations for block in each.blocks()]
    return {name: chr(0x661 + at // 2) for at, name in enumerate(blocks)}


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """A book with all that can be claimed but pages."""
    return made(tmp_path_factory.mktemp("full"), {"a.de.md": FULL, "a.svg": SVG})


def surveyed(files: Mapping[str, bytes]) -> Survey:
    """What is found in some files."""
    return survey(package_of(files, "content.opf"))


def changed(files: Mapping[str, bytes], name: str, old: str, new: str) -> Survey:
    """What is found where one file has something else in it."""
    text = files[name].decode()
    assert re.search(old, text), old
    return surveyed({**files, name: re.sub(old, new, text).encode()})


# --- what holds -----------------------------------------------------------------------------------


def test_a_whole_book_claims_all_that_it_has(full: dict[str, bytes]) -> None:
    found = said(full)
    assert found["schema:accessMode"] == ["textual", "visual"]
    assert found["schema:accessModeSufficient"] == ["textual", "textual,visual"]
    assert found["schema:accessibilityFeature"] == [
        "alternativeText", "displayTransformability", "readingOrder", "structuralNavigation",
        "tableOfContents",
    ]  # fmt: skip
    assert found["schema:accessibilityHazard"] == ["none"]
    (told,) = found["schema:accessibilitySummary"]
    assert told == (
        "Dieses Buch lässt sich vollständig als Text lesen: am Bildschirm, vorgelesen oder in "
        "Brailleschrift. Jedes Bild hat eine Beschreibung. Es gibt ein Inhaltsverzeichnis. "
        "Überschriften zeigen, wie der Text gegliedert ist. Größe, Schrift und Farben des Textes "
        "lassen sich ändern. Nichts darin blitzt, bewegt sich oder macht Geräusche."
    )
    assert "dcterms:conformsTo" not in found
    assert "pageBreakSource" not in found


def test_the_cover_alone_makes_no_book_visual(tmp_path: Path) -> None:
    found = said(made(tmp_path, {"a.de.md": "# T\n\n## A\n\nx\n"}))
    assert found["schema:accessMode"] == found["schema:accessModeSufficient"] == ["textual"]
    assert "alternativeText" not in found["schema:accessibilityFeature"]
    assert "Bild " not in found["schema:accessibilitySummary"][0]


# --- what does not --------------------------------------------------------------------------------


def test_a_picture_without_a_description_takes_back_what_hangs_on_it(tmp_path: Path) -> None:
    files = {"a.de.md": FULL.replace("Ein Quadrat", ""), "a.svg": SVG, "book.toml": CERTIFIER}
    found = said(made(tmp_path, files, certified=True))
    assert found["schema:accessMode"] == ["textual", "visual"]
    assert found["schema:accessModeSufficient"] == ["textual,visual"]
    assert "alternativeText" not in found["schema:accessibilityFeature"]
    assert "Einige Bilder haben keine Beschreibung." in found["schema:accessibilitySummary"][0]
    assert "als Text" not in found["schema:accessibilitySummary"][0]
    assert "dcterms:conformsTo" not in found, "no judge sees what a picture needs"


def test_one_picture_of_two_is_not_every_one(tmp_path: Path) -> None:
    files = {"a.de.md": f"{FULL}\n![](a.svg)\n", "a.svg": SVG}
    assert "alternativeText" not in said(made(tmp_path, files))["schema:accessibilityFeature"]


def test_a_cover_without_a_description_counts(full: dict[str, bytes]) -> None:
    found = changed(full, "cover.xhtml", 'alt="[^"]*"', 'alt=""')
    assert found.undescribed == 1
    assert "alternativeText" not in features(found)
    assert ("schema:accessModeSufficient", "textual") not in list(claims(found))


def test_a_text_without_headings_has_no_structure_and_no_contents(tmp_path: Path) -> None:
    found = said(made(tmp_path, {"a.de.txt": text_of("Titel", "Ein kurzer Satz, der endet.")}))
    assert found["schema:accessibilityFeature"] == ["displayTransformability", "readingOrder"]
    assert "Überschriften" not in found["schema:accessibilitySummary"][0]
    assert "Inhaltsverzeichnis" not in found["schema:accessibilitySummary"][0]


@pytest.mark.parametrize(
    ("old", "new"), [("<h2 ", "<h4 "), ("<h3 ", "<h2 "), ("<h2 ", "<p ")],
    ids=["skipped", "flattened", "lost"],
)  # fmt: skip
def test_headings_that_are_not_nested_as_the_contents_are_no_structure(
    full: dict[str, bytes], old: str, new: str
) -> None:
    page = full["de_1.xhtml"].decode()
    start, end = f'{old}id="', f"</{old[1:3]}>"
    at = page.index(start)
    one = page[at:].replace(old, new, 1).replace(end, f"</{new[1:].strip()}>", 1)
    found = surveyed({**full, "de_1.xhtml": (page[:at] + one).encode()})
    assert "structuralNavigation" not in features(found)
    assert "structuralNavigation" in features(surveyed(full))


def test_contents_out_of_order_are_no_reading_order(full: dict[str, bytes]) -> None:
    first, second = '"de_1.xhtml"', '"de_2.xhtml"'
    assert full["nav.xhtml"].decode().count(first) == 1
    text = (
        full["nav.xhtml"].decode().replace(first, "·").replace(second, first).replace("·", second)
    )
    found = surveyed({**full, "nav.xhtml": text.encode()})
    assert "readingOrder" not in features(found)


def test_a_page_beside_the_reading_order_is_none(full: dict[str, bytes]) -> None:
    found = changed(full, "content.opf", '<itemref idref="text-1"', r'\g<0> linear="no"')
    assert "readingOrder" not in features(found)


@pytest.mark.parametrize(
    "rule",
    ["p { font-size: 12pt; }", "p{line-height:18px}", "p { font: bold 11PX serif; }",
     "p { color: black ! important; }", "li { letter-spacing: 0.2mm }"],
)  # fmt: skip
def test_a_style_that_holds_the_text_is_not_transformable(
    full: dict[str, bytes], rule: str
) -> None:
    found = surveyed({**full, "book.css": full["book.css"] + rule.encode()})
    assert "displayTransformability" not in features(found)
    assert "Größe" not in summary(found, language("de"))


def test_fixed_pages_are_not_transformable(full: dict[str, bytes]) -> None:
    fixed = '<meta property="rendition:layout">pre-paginated</meta></metadata>'
    assert not changed(full, "content.opf", "</metadata>", fixed).transformable


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("de.xhtml", "</section>\n</body>", "<audio src='a'/></section></body>"),
        ("de.xhtml", "</head>", "<script/></head>"),
        ("book.css", r"\A", "@keyframes a { }"),
        ("book.css", r"\A", "p { -webkit-animation: a 1s; }"),
        ("images/picture-1.svg", "<rect", "<animate attributeName='x'/><rect"),
        ("content.opf", "</manifest>", "<item id='v' href='book.css' media-type='video/mp4'/></manifest>"),
    ],
)  # fmt: skip
def test_what_might_move_or_sound_makes_the_hazard_unknown(
    full: dict[str, bytes], name: str, old: str, new: str
) -> None:
    found = changed(full, name, old, new)
    assert ("schema:accessibilityHazard", "unknown") in list(claims(found))
    assert "blitzt" not in summary(found, language("de"))


@pytest.mark.parametrize(("frames", "hazard"), [(1, "none"), (3, "unknown")])
def test_a_picture_of_several_frames_might_flash(tmp_path: Path, frames: int, hazard: str) -> None:
    files = {"a.de.md": FULL.replace("a.svg", "a.gif"), "a.gif": gif(frames)}
    assert said(made(tmp_path, files))["schema:accessibilityHazard"] == [hazard]


# --- pages ----------------------------------------------------------------------------------------


def test_pages_are_marked_and_listed_as_they_are_printed(tmp_path: Path) -> None:
    files = made(tmp_path, {"a.de.md": FULL, "a.svg": SVG}, pages=halves, page_source="T (PDF)")
    found = said(files)
    assert {"pageBreakMarkers", "pageNavigation"} <= set(found["schema:accessibilityFeature"])
    assert found["pageBreakSource"] == ["T (PDF)"]
    assert "Es gibt eine Liste der Seiten." in found["schema:accessibilitySummary"][0]
    pages = [etree.fromstring(files[name]) for name in DOCUMENTS]
    nav = etree.fromstring(files["nav.xhtml"])
    breaks = [
        each
        for page in pages
        for each in page.iter("{*}span")
        if each.get("role") == "doc-pagebreak"
    ]
    assert [each.get("aria-label") for each in breaks] == list("١٢٣٤٥")
    assert [each.get("id") for each in breaks] == [f"page-{at}" for at in range(1, 6)]
    assert [each.getnext().get("id") for each in breaks] == [f"de-{at}" for at in (0, 2, 4, 6, 8)]
    assert not any(each.text or len(each) for each in breaks)
    (listed,) = (each for each in nav.iter("{*}nav") if each.get("role") == "doc-pagelist")
    assert listed.get("hidden") == "hidden"
    assert listed.get("aria-label") == "Seiten"
    links = [(each.text, each.get("href"), each.get("lang")) for each in listed.iter("{*}a")]
    homes = ("de", "de", "de_1", "de_1", "de_2")
    assert links == [
        (digit, f"{home}.xhtml#page-{at}", "de")
        for at, (digit, home) in enumerate(zip("١٢٣٤٥", homes, strict=True), 1)
    ]


def test_pages_that_no_other_publication_has_say_so(tmp_path: Path) -> None:
    found = said(made(tmp_path, {"a.de.md": FULL, "a.svg": SVG}, pages=halves))
    assert found["pageBreakSource"] == ["none"]


def test_names_of_page_breaks_are_unique_whatever_pages_are_called(tmp_path: Path) -> None:
    def pages(book: Book) -> dict[str, str]:
        names = [anchor(book.translations[0], each) for each in book.translations[0].blocks()]
        return dict(zip(names, ("iv", "1", "v", "1", "vi"), strict=False))

    files = made(tmp_path, {"a.de.md": FULL, "a.svg": SVG}, pages=pages)
    every = "".join(files[name].decode() for name in DOCUMENTS)
    names = re.findall(r'id="(page-[^"]+)"', every)
    assert len(names) == len(set(names)) == 5
    assert said(files)["schema:accessibilityFeature"].count("pageBreakMarkers") == 1


def test_a_page_break_that_is_not_listed_is_no_claim(tmp_path: Path) -> None:
    files = made(tmp_path, {"a.de.md": FULL, "a.svg": SVG}, pages=halves)
    found = changed(files, "nav.xhtml", r'<li><a[^>]*#page-2"[^>]*>[^<]*</a></li>', "")
    assert "pageBreakMarkers" not in features(found)
    lost = changed(files, "de.xhtml", 'role="doc-pagebreak" id="page-2"', 'id="page-2"')
    assert "pageNavigation" not in features(lost)


# --- the claim of conformance ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("certifier", "certified", "claimed"),
    [(CERTIFIER, True, [CONFORMANCE]), (CERTIFIER, False, None), ("", True, None)],
    ids=["judged and answered for", "not judged", "nobody answers"],
)
def test_conformance_is_claimed_where_judges_passed_and_somebody_answers_for_it(
    tmp_path: Path, certifier: str, certified: bool, claimed: list[str] | None
) -> None:
    files = made(
        tmp_path,
        {"a.de.md": FULL, "a.svg": SVG, "book.toml": certifier},
        certified=certified,
    )
    found = said(files)
    assert found.get("dcterms:conformsTo") == claimed
    assert found.get("a11y:certifiedBy") == (["Haus"] if claimed else None)
    links = list(etree.fromstring(files["content.opf"]).iter("{*}link"))
    assert [each.get("href") for each in links] == (["https://example.org/r"] if claimed else [])


# --- languages ------------------------------------------------------------------------------------


def test_each_language_of_a_combined_edition_has_its_summary(tmp_path: Path) -> None:
    files = {
        "a.ar.txt": text_of("عنوان", "جملة قصيرة هنا."),
        "a.haw.txt": text_of("Poʻo", "He hopuna pokole keia."),
        "a.zh.txt": text_of("标题", "这里有一个短句。"),
    }
    package = etree.fromstring(made(tmp_path, files, EditionKind.COMBINED)["content.opf"])
    rows = {
        each.get(XML_LANG): (each.get("dir"), each.text or "")
        for each in package.iter("{*}meta")
        if each.get("property") == "schema:accessibilitySummary"
    }
    assert list(rows) == ["ar", "zh"], (
        "Hawaiian has no sentences, and gets none of another language"
    )
    assert rows["ar"][0] == "rtl"
    assert " " not in rows["zh"][1]


def test_a_language_without_sentences_has_an_e_book_without_them(tmp_path: Path) -> None:
    files: Files = {"a.haw.txt": text_of("Poʻo", "He hopuna pokole keia.", "He hopuna hou keia.")}
    found = made(tmp_path, files, pages=halves)
    assert "schema:accessibilitySummary" not in said(found)
    lists = list(etree.fromstring(found["nav.xhtml"]).iter("{*}nav"))
    assert [each.get("id") for each in lists] == ["toc", "landmarks", "page-list"]
    assert not any(each.get("aria-label") for each in lists), "none in another language"
