"""Words of the frame that a language has none of its own for say in every document that they are English."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import html5lib
import pytest
from lxml import etree

from pipeline import typography
from pipeline.checks import pdf as judge
from pipeline.checks.checked_files import CheckedFile
from pipeline.checks.claims import claims_of
from pipeline.checks.subjects import Kind, Reference, Subject
from pipeline.configuration.options import Options
from pipeline.design.page import FaceRule
from pipeline.document import Book
from pipeline.editions import Edition
from pipeline.languages import has_locale, language, table
from pipeline.pdf import write as pdf
from pipeline.rendering import FileNames, Renderer, ebook, web
from pipeline.rendering import pages as press
from pipeline.rendering.faces import Usage
from pipeline.rendering.words import FrameWords
from pipeline.settings.values import EditionKind
from tests.unit_helpers import book_of

TEXTS = {
    "ab": ("Аԥсны", "Аҭоурых"),
    "arz": ("الكتاب", "الحكايه"),
    "ps": ("کتاب", "کیسه"),
    "haw": ("Ka puke", "Ka moʻolelo"),
    "zgh": ("ⴰⴷⵍⵉⵙ", "ⵜⴰⵍⵍⴰⵙⵜ"),
}
"""Languages without words of the frame: from left and right, in English's letters and in others, one (arz)
without a name of its own either."""

ENGLISH = language("en")
OWN = "Папка"
"""A word that the book gives for one of them."""


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Book:
    files = {
        f"a.{tag}.md": f"# {title}\n\n{inner}[^1]\n\n## {inner}\n\n{title}\n\n[^1]: {title}\n"
        for tag, (title, inner) in TEXTS.items()
    }
    files["book.toml"] = f'[words.ab]\ntogether = "{OWN}"\n'
    made = book_of(tmp_path_factory.mktemp("words"), files, Options(languages=tuple(TEXTS)))
    return typography.apply(made)


class MarkupOnly(Renderer):
    """Embeds no faces: what is looked at is the markup."""

    def embedded_faces(self, _usage: Usage) -> list[FaceRule]:
        return []


@pytest.fixture(scope="module")
def renderer(book: Book) -> Renderer:
    keys = [*TEXTS, "combined"]
    return MarkupOnly(book, FileNames({(key, "html"): f"{key}.html" for key in keys}))


def edition(book: Book, tag: str) -> Edition:
    if tag == "combined":
        return Edition(book, EditionKind.COMBINED, book.translations)
    only = tuple(each for each in book.translations if each.tag == tag)
    return Edition(book, EditionKind.SINGLE, only)


def english(book: Book) -> set[str]:
    """What stands in English around the texts."""
    words = {
        ENGLISH.words[key]
        for each in book.translations
        for key in each.language.borrowed - {"name"}
    }
    return words | {
        each.language.autonym for each in book.translations if "name" in each.language.borrowed
    }


def said(
    root: etree._Element, labels: tuple[str, ...] = ("aria-label",)
) -> Iterator[tuple[str, str, str | None]]:
    """Every text and every label of a document, with its language and, of a text, its direction."""

    def walk(
        element: etree._Element, lang: str, direction: str
    ) -> Iterator[tuple[str, str, str | None]]:
        lang, direction = element.get("lang", lang), element.get("dir", direction)
        if "xmlns" in (element.nsmap.get(None) or ""):
            assert element.get("lang") == element.get("{http://www.w3.org/XML/1998/namespace}lang")
        yield from ((element.get(name, ""), lang, None) for name in labels)
        yield (element.text or "").strip(), lang, direction
        for child in element:
            if isinstance(child.tag, str):
                yield from walk(child, lang, direction)
            yield (child.tail or "").strip(), lang, direction

    yield from walk(root, "", "")


def documents(renderer: Renderer, kind: str) -> Iterator[etree._Element]:
    """The documents of a kind, of single editions and the combined one."""
    book = renderer.book
    singles = [edition(book, tag) for tag in TEXTS]
    together = edition(book, "combined")
    match kind:
        case "page":
            yield from (_html(web.page(renderer, each)) for each in singles)
        case "reader":
            yield _html(web.reader(renderer, together))
        case "gallery":
            rows = [
                web.ShelfRow(each, b"", (("html", "a.html", 1),)) for each in (together, *singles)
            ]
            yield _html(web.gallery(renderer, rows))
        case "press":
            sheet = press.on_screen(renderer)
            yield from (_html(press.pages(renderer, each, sheet)) for each in (together, *singles))
        case "epub":
            for each in (together, *singles):
                plan = ebook.layout(renderer, each)
                made = [
                    ebook.navigation(renderer, each, plan),
                    ebook.cover_page(renderer, each, "c.png", (1, 1)),
                ]
                made += [chapter.markup for chapter in ebook.chapters(renderer, each, plan)]
                yield from (etree.fromstring(markup.encode()) for markup in made)


def _html(markup: str) -> etree._Element:
    return html5lib.parse(markup, treebuilder="lxml", namespaceHTMLElements=False).getroot()


@pytest.mark.parametrize(
    ("kind", "least"), [("page", 25), ("reader", 6), ("gallery", 3), ("press", 6), ("epub", 40)]
)
def test_what_stands_in_english_says_so(renderer: Renderer, kind: str, least: int) -> None:
    known = english(renderer.book)
    found = 0
    for root in documents(renderer, kind):
        for text, lang, direction in said(root):
            if text in known:
                assert (text, lang, direction or "ltr") == (text, "en", "ltr")
                found += 1
            elif any(char.isalpha() for char in text) and lang == "en":
                pytest.fail(f"“{text}” is not English")
    assert found >= least


def test_a_word_of_the_book_is_in_its_own_language(renderer: Renderer) -> None:
    for kind in ("page", "gallery"):
        places = [
            lang
            for root in documents(renderer, kind)
            for text, lang, _ in said(root)
            if text == OWN
        ]
        assert places
        assert set(places) == {"ab"}


def test_the_reader_tells_its_script_in_what_language_its_words_are(renderer: Renderer) -> None:
    [root] = documents(renderer, "reader")
    for column in root.iter("article"):
        assert column.get("data-earlier-lang") == column.get("data-later-lang") == "en"


def test_titles_of_documents_are_in_one_language(renderer: Renderer) -> None:
    known = english(renderer.book) - {each.language.autonym for each in renderer.book.translations}
    for root in documents(renderer, "epub"):
        title = next(root.iter("{*}title"))
        assert title.text
        assert not any(word in title.text for word in known)


def test_a_language_with_words_has_no_more_markup_than_it_needs() -> None:
    words = FrameWords(language("de"))
    assert words.shown("contents") == "Inhalt"
    assert words.label("notes") == ' aria-label="Anmerkungen"'
    assert words.resume("notes") == ""
    assert words.title("cover") == "Umschlag"
    assert words.name(language("th")) == "ไทย"
    assert words.data("later") == ' data-later="Spalte nach hinten"'


def known_languages() -> list[str]:
    """Every tag that the tables know."""
    rows = table()
    tags = {*rows.languages, *rows.clitics, *rows.tells.values(), *rows.accessibility}
    return sorted(tags)


@pytest.mark.parametrize("tag", known_languages())
def test_every_word_of_the_frame_is_in_the_language_that_it_says(tag: str) -> None:
    own = language(tag)
    for key, word in own.words.items():
        told = own.language_of(key)
        assert told in (own, ENGLISH)
        assert (told.words[key] == word) and (told == own or word == ENGLISH.words[key])
    assert (own.language_of("name") == own) is has_locale(tag.partition("-")[0])


def test_the_structure_of_a_pdf_says_it_too(renderer: Renderer, book: Book) -> None:
    made = pdf.write(renderer, edition(book, "combined")).content
    subject = Subject(
        "a.combined.pdf", Path("a.combined.pdf"), Kind.PDF, tuple(TEXTS), "", "combined"
    )
    reference = Reference(Path(), replace(book), book, ())
    [result] = judge.judge(
        [
            CheckedFile(
                "a.combined.pdf", Kind.PDF, made, claims_of(made, Kind.PDF), "", subject, reference
            )
        ]
    )
    assert [each for each in result.findings if "language" in each.rule] == []
