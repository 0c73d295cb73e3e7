"""Authors and identifiers in book.toml."""

from pathlib import Path

import pytest

from pipeline.configuration.options import Options
from pipeline.document import Book
from pipeline.editions import Edition
from pipeline.errors import ConfigurationError
from pipeline.settings.values import EditionKind
from pipeline.sources import load
from tests.unit_helpers import book_of, put

TEXTS = {"a.de.txt": "Titel\n\nEin kurzer Satz.\n", "a.ar.txt": "عنوان\n\nجملة قصيرة هنا.\n"}


def book(folder: Path, settings: str) -> Book:
    return book_of(folder, {**TEXTS, "book.toml": settings})


def named(book: Book, *, form: str = "epub") -> list[str | None]:
    """What the editions are called: one a language, then that of all."""
    singles = [Edition(book, EditionKind.SINGLE, (each,)) for each in book.translations]
    every = [*singles, Edition(book, EditionKind.COMBINED, book.translations)]
    return [found.uri if (found := each.identifier(form)) else None for each in every]


def test_the_identifier_of_the_book_is_that_of_the_edition_which_is_the_whole(
    tmp_path: Path,
) -> None:
    found = book(tmp_path, 'identifier = "978-3-16-148410-0"\nlanguages = ["de", "ar"]')
    assert named(found) == [None, None, "urn:isbn:9783161484100"]
    alone = book(tmp_path, 'identifier = "978-3-16-148410-0"\nlanguages = ["de"]')
    assert named(alone)[0] == "urn:isbn:9783161484100"


def test_editions_have_identifiers_by_tag_and_format(tmp_path: Path) -> None:
    settings = (
        'languages = ["de", "ar"]\nidentifier = "978-3-16-148410-0"\n[identifiers]\n'
        'de = "978-0-306-40615-7"\ncombined = "urn:uuid:1"\n'
        '[identifiers.ar]\nepub = "979-10-90636-07-1"\n'
    )
    found = book(tmp_path, settings)
    assert named(found) == ["urn:isbn:9780306406157", "urn:isbn:9791090636071", "urn:uuid:1"]
    assert named(found, form="pdf") == ["urn:isbn:9780306406157", None, "urn:uuid:1"]


@pytest.mark.parametrize(
    ("settings", "line", "what"),
    [
        ('name = "a"\nidentifier = "urn:isbn:9783161484101"', 2, "it would be 0"),
        ('[identifiers]\nar = "urn:uuid:1"\nde = "978-3-16-148410-7"', 3, "it would be 0"),
        ('[identifiers.de]\nepub = "978-3-16-148410-0"\npdf = "978-3-16-14841"', 3, "10 or 13"),
        ('[identifiers]\nde = "Nr. 7"', 2, "neither an ISBN nor a URI"),
        ('[identifiers]\nde = "urn:x:1"\nar = "urn:x:1"', 3, "given to de and to ar"),
        ("[identifiers]\nde = 7", 2, "is a text"),
        ('[identifiers.de]\nebook = "urn:x:1"', 2, "is not a key"),
        ('[identifiers]\nqqx = "urn:x:1"', 2, "not the tag of a language"),
        ('identifiers = "urn:x:1"', 1, "is a table"),
        ('title = "T"\nauthor = { nom = "R" }', 2, "is not a key"),
        ('title = "T"\nauthor = { sort = "R" }', 2, "“name” is missing"),
        ("authors = [7]", 1, "is a name"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(
    tmp_path: Path, settings: str, line: int, what: str
) -> None:
    with pytest.raises(ConfigurationError, match=what) as raised:
        book(tmp_path, settings)
    assert raised.value.at is not None
    assert (Path(raised.value.at.path).name, raised.value.at.line) == ("book.toml", line)
    assert raised.value.cure


def test_authors_are_names_or_names_with_what_they_are_sorted_by(tmp_path: Path) -> None:
    settings = 'author = ["Omar Beispiel", { name = "Ruth Lindner", sort = "Lindner, Ruth" }]'
    found = book(tmp_path, settings)
    assert found.authors == ("Omar Beispiel", "Ruth Lindner")
    assert found.sort_names == (("Ruth Lindner", "Lindner, Ruth"),)
    assert book(tmp_path, 'author = "Ruth Lindner"').authors == ("Ruth Lindner",)


def test_the_title_of_all_languages_is_not_that_of_the_first(tmp_path: Path) -> None:
    found = book(tmp_path, 'languages = ["ar", "de"]')
    combined = Edition(found, EditionKind.COMBINED, found.translations)
    assert combined.title == "عنوان (العربية والألمانية)"
    assert Edition(found, EditionKind.SINGLE, found.translations[:1]).title == "عنوان"
    own = book(tmp_path, 'title = "Zwei"')
    assert Edition(own, EditionKind.COMBINED, own.translations).title == "Zwei"


WHOLE = (
    'languages = ["de", "ar"]\nidentifier = "978-3-16-148410-0"\ntitle = "Zwei"\n'
    '[identifiers]\nar = "979-10-90636-07-1"\n'
)


@pytest.mark.parametrize("order", [("de",), ("ar",)])
def test_a_language_is_called_the_same_whether_it_is_built_alone_or_with_the_others(
    tmp_path: Path, order: tuple[str, ...]
) -> None:
    """Named on the command line, as a file, or among all; and no part of a book is called what the whole is."""
    folder = put(tmp_path, {**TEXTS, "book.toml": WHOLE})
    every = load([folder])[0]
    known = {each.tag: Edition(every, EditionKind.SINGLE, (each,)) for each in every.translations}
    chosen = load([folder], Options(languages=order))[0]
    given = load([folder / f"a.{tag}.txt" for tag in order])[0]
    for book_ in (chosen, given):
        (text,) = book_.translations
        alone = Edition(book_, EditionKind.SINGLE, (text,))
        for form in ("epub", "pdf"):
            assert alone.identifier(form) == known[text.tag].identifier(form)
        assert alone.distinction == known[text.tag].distinction
        combined = Edition(book_, EditionKind.COMBINED, (text,))
        assert combined.identifier("epub") is None
        whole = Edition(every, EditionKind.COMBINED, every.translations)
        assert combined.distinction != whole.distinction


def test_all_texts_of_a_book_in_another_order_are_the_whole(tmp_path: Path) -> None:
    folder = put(tmp_path, {**TEXTS, "book.toml": WHOLE})
    turned = load([folder], Options(languages=("ar", "de")))[0]
    combined = Edition(turned, EditionKind.COMBINED, turned.translations)
    found = combined.identifier("epub")
    assert found is not None
    assert found.uri == "urn:isbn:9783161484100"
    (folder / "book.toml").unlink()
    bare = load([folder / "a.de.txt"])[0]
    assert not bare.partial, "files without book.toml are a book of their own"


def test_an_edition_has_its_authors_as_its_text_spells_them(tmp_path: Path) -> None:
    texts = {
        "a.de.md": "---\ntitle: Titel\nauthor: Ruth Lindner\n---\n\nEin Satz.\n",
        "a.ar.md": "---\ntitle: عنوان\nauthor: روث ليندنر\n---\n\nجملة.\n",
        "a.id.txt": "Judul\n\nSatu kalimat pendek.\n",
        "book.toml": 'languages = ["de", "ar", "id"]',
    }
    found = book_of(tmp_path, texts)
    singles = [Edition(found, EditionKind.SINGLE, (each,)).authors for each in found.translations]
    assert singles == [("Ruth Lindner",), ("روث ليندنر",), ("Ruth Lindner",)]
    combined = Edition(found, EditionKind.COMBINED, found.translations)
    assert combined.authors == ("Ruth Lindner",)
    assert "روث" in found.facts_in(found.translations[1])
    assert "روث" not in found.facts_in(found.translations[0])
