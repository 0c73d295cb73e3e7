"""A folder, or some files, become a book."""

from pathlib import Path

import pytest

from pipeline.configuration.options import Options
from pipeline.document import Link, Text, block_text, find
from pipeline.errors import (
    ConfigurationError,
    DecodingError,
    DuplicateLanguageError,
    EmptySourceError,
    MissingSourceError,
    PentaplaError,
    UndetectedLanguageError,
    UnknownLanguageError,
)
from pipeline.languages import language
from pipeline.settings.values import FormatName
from pipeline.sources import load
from pipeline.sources.load import slugify
from tests.unit_helpers import book_of, outline_of, put, text_of

GERMAN = text_of("Interne Kunden", "Interne Kunden sind alle Mitarbeiter, die zusammen arbeiten.")
THAI = text_of("ลูกค้าภายใน", "ลูกค้าภายในคือพนักงานทุกคนที่ทำงานร่วมกันในบริษัทเดียวกัน")
ARABIC = text_of("العميل الداخلي", "العملاء الداخليون هم جميع الموظفين في الشركة نفسها.")


def tags(folder: Path, files: dict[str, str | bytes], options: Options | None = None) -> list[str]:
    return [each.tag for each in book_of(folder, files, options).translations]


def refused(
    folder: Path, files: dict[str, str | bytes], kind: type[PentaplaError], **options: object
) -> PentaplaError:
    """The error that a folder gives; every one has a place, or a cure that says what there is."""
    with pytest.raises(kind) as caught:
        book_of(folder, files, Options(**options))  # type: ignore[arg-type]
    assert type(caught.value) is kind
    assert caught.value.cure
    return caught.value


def name_and_line(error: PentaplaError) -> tuple[str, int | None]:
    assert error.at is not None
    return Path(error.at.path).name, error.at.line


# --- which language -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("files", "tag", "how"),
    [
        ({"book.th.txt": GERMAN}, "th", "name"),
        ({"th.txt": GERMAN}, "th", "name"),
        ({"book.pt-BR.md": GERMAN}, "pt-BR", "name"),
        ({"book.zh_hant.txt": GERMAN}, "zh-Hant", "name"),
        ({"BOOK.TH.TXT": GERMAN}, "th", "name"),
        ({"my.long.name.de.txt": THAI}, "de", "name"),
        ({"text.txt": GERMAN}, "de", "text"),
        ({"000_d8ee.txt": THAI}, "th", "text"),
        ({"book.old.txt": GERMAN}, "de", "text"),
        ({"text.md": "---\nlang: th\n---\n" + GERMAN}, "th", "front matter"),
        ({"text.de.md": "---\nlang: th\n---\n" + GERMAN}, "th", "front matter"),
        ({"text.txt": GERMAN, "book.toml": '[files]\n"text.txt" = "id"'}, "id", "book.toml"),
        ({"text.de.txt": GERMAN, "book.toml": '[files]\n"text.de.txt" = "id"'}, "id", "book.toml"),
    ],
)
def test_the_language_is_told_by_name_front_matter_book_toml_or_text(
    tmp_path: Path, files: dict[str, str | bytes], tag: str, how: str
) -> None:
    (found,) = book_of(tmp_path, files).translations
    assert (found.tag, found.provenance.language_from) == (tag, how)


@pytest.mark.parametrize("name", ["book.xx.txt", "book.qq-DE.txt"])
def test_an_unknown_tag_in_a_name_is_an_error(tmp_path: Path, name: str) -> None:
    error = refused(tmp_path, {name: GERMAN}, UnknownLanguageError)
    assert name_and_line(error)[0] == name


def test_an_unknown_tag_in_a_front_matter_is_an_error(tmp_path: Path) -> None:
    error = refused(tmp_path, {"a.md": "---\nlang: xx\n---\nText."}, UnknownLanguageError)
    assert name_and_line(error)[0] == "a.md"
    assert "“xx”" in error.what


@pytest.mark.parametrize("content", ["123\n\n456\n", "— … —\n", "🙂\n"])
def test_a_text_without_letters_is_in_no_language(tmp_path: Path, content: str) -> None:
    error = refused(tmp_path, {"text.txt": content}, UndetectedLanguageError)
    assert name_and_line(error) == ("text.txt", 1)
    assert ".<tag>.txt" in error.cure


def test_a_text_without_letters_may_say_its_language_in_its_name(tmp_path: Path) -> None:
    assert tags(tmp_path, {"book.th.txt": "123\n\n456\n"}) == ["th"]


@pytest.mark.parametrize(
    "files",
    [
        {"a.de.txt": GERMAN, "b.de.txt": GERMAN},
        {"a.de.txt": GERMAN, "b.deu.txt": GERMAN},
        {"a.de.txt": GERMAN, "a.de.md": GERMAN},
        {"a.de.txt": GERMAN, "text.txt": GERMAN},
    ],
)
def test_two_files_in_one_language_are_an_error_that_names_both(
    tmp_path: Path, files: dict[str, str | bytes]
) -> None:
    error = refused(tmp_path, files, DuplicateLanguageError)
    assert all(name in str(error) for name in files)
    assert "[files]" in error.cure


def test_two_regions_of_one_language_are_two_languages(tmp_path: Path) -> None:
    assert tags(tmp_path, {"a.de.txt": GERMAN, "a.de-AT.txt": GERMAN}) == ["de-AT", "de"]


# --- which files --------------------------------------------------------------------------------


def test_texts_come_in_the_order_of_their_names(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {"3.de.txt": GERMAN, "1.th.txt": THAI, "2.ar.txt": ARABIC}
    assert tags(tmp_path, files) == ["th", "ar", "de"]


def test_files_are_taken_in_the_order_in_which_they_are_given(tmp_path: Path) -> None:
    put(tmp_path, {"a.de.txt": GERMAN, "a.th.txt": THAI})
    book, _ = load([tmp_path / "a.th.txt", tmp_path / "a.de.txt"])
    assert [each.tag for each in book.translations] == ["th", "de"]


def test_what_is_no_text_is_left_alone(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "a.de.txt": GERMAN,
        ".hidden.txt": THAI,
        "_draft.txt": THAI,
        "README.md": "# Read me",
        "LICENSE.txt": "All rights.",
        "notes.docx": b"PK",
        "picture.svg": "<svg/>",
    }
    (tmp_path / "folder").mkdir()
    assert tags(tmp_path, files) == ["de"]


@pytest.mark.parametrize("name", ["notice.de.txt", "licenses.de.txt", "readme-first.de.txt"])
def test_a_book_may_begin_like_a_licence(tmp_path: Path, name: str) -> None:
    assert tags(tmp_path, {name: GERMAN}) == ["de"]


@pytest.mark.parametrize("name", ["a.docx", "a.pdf", "a"])
def test_a_file_of_another_kind_is_an_error(tmp_path: Path, name: str) -> None:
    put(tmp_path, {name: "x"})
    with pytest.raises(MissingSourceError) as caught:
        load([tmp_path / name])
    assert ".txt" in caught.value.cure


def test_a_folder_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(MissingSourceError) as caught:
        load([tmp_path / "nowhere"])
    assert name_and_line(caught.value) == ("nowhere", None)
    assert caught.value.cure


def test_a_folder_without_texts_is_an_error(tmp_path: Path) -> None:
    error = refused(tmp_path / "empty", {}, MissingSourceError)
    assert name_and_line(error) == ("empty", None)
    assert ".md" in error.cure


def test_a_folder_among_files_is_an_error(tmp_path: Path) -> None:
    put(tmp_path, {"a.de.txt": GERMAN})
    with pytest.raises(MissingSourceError, match="folder among files"):
        load([tmp_path / "a.de.txt", tmp_path])


@pytest.mark.parametrize("content", [b"", b"\n \n", b"\xef\xbb\xbf"])
def test_an_empty_text_is_an_error(tmp_path: Path, content: bytes) -> None:
    files: dict[str, str | bytes] = {"a.de.txt": GERMAN, "a.th.txt": content}
    assert name_and_line(refused(tmp_path, files, EmptySourceError)) == ("a.th.txt", 1)


def test_a_text_in_another_encoding_is_an_error(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {"a.es.txt": "uno\n\ndos años\n".encode("latin-1")}
    assert name_and_line(refused(tmp_path, files, DecodingError)) == ("a.es.txt", 3)


# --- order, filter, pivot -----------------------------------------------------------------------

THREE: dict[str, str | bytes] = {"a.ar.txt": ARABIC, "a.de.txt": GERMAN, "a.th.txt": THAI}


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (("th", "ar", "de"), ["th", "ar", "de"]),
        (("de", "th"), ["de", "th"]),
        (("TH",), ["th"]),
        (("th", "th", "de"), ["th", "de"]),
    ],
)
def test_languages_are_an_order_and_a_filter(
    tmp_path: Path, wanted: tuple[str, ...], found: list[str]
) -> None:
    assert tags(tmp_path, THREE, Options(languages=wanted)) == found


def test_an_option_for_languages_wins_over_book_toml(tmp_path: Path) -> None:
    files = {**THREE, "book.toml": 'languages = ["th", "ar"]'}
    assert tags(tmp_path / "a", files) == ["th", "ar"]
    assert tags(tmp_path / "b", files, Options(languages=("de",))) == ["de"]


def test_a_language_that_the_book_does_not_have_is_an_error(tmp_path: Path) -> None:
    error = refused(tmp_path, THREE, UnknownLanguageError, languages=("th", "fr"))
    assert "fr" in error.what
    assert "ar, de, th" in error.cure


def test_a_tag_that_is_none_among_the_languages_is_an_error(tmp_path: Path) -> None:
    assert "“xx”" in refused(tmp_path, THREE, UnknownLanguageError, languages=("xx",)).what


LONG_GERMAN = "Interne Kunden sind alle Mitarbeiter, die zusammen arbeiten."
LONG_ARABIC = "العملاء الداخليون هم جميع الموظفين في الشركة نفسها."
OUTLINED: dict[str, str | bytes] = {
    "a.ar.txt": text_of("عنوان", LONG_ARABIC, "قصير", LONG_ARABIC),
    "a.de.txt": text_of("Titel", LONG_GERMAN, "Kurz", LONG_GERMAN),
}


def test_an_outline_speaks_of_the_pivot_by_its_text(tmp_path: Path) -> None:
    files = {**OUTLINED, "book.toml": 'pivot = "de"\n[outline]\n"Kurz" = 0'}
    assert [outline_of(each) for each in book_of(tmp_path, files).translations] == [[], []]


def test_an_outline_without_a_pivot_speaks_of_the_first_text(tmp_path: Path) -> None:
    files = {**OUTLINED, "book.toml": '[outline]\n"Kurz" = 0'}
    error = refused(tmp_path, files, ConfigurationError)
    assert name_and_line(error)[0] == "book.toml"
    assert "a.ar.txt" in error.what


def test_a_mistake_in_an_outline_has_its_line(tmp_path: Path) -> None:
    files = {**OUTLINED, "book.toml": 'pivot = "de"\n[outline]\n"Kruz" = 1'}
    assert name_and_line(refused(tmp_path, files, ConfigurationError)) == ("book.toml", 3)


def test_a_pivot_that_is_filtered_out_matters_only_to_an_outline(tmp_path: Path) -> None:
    files = {**THREE, "book.toml": 'pivot = "de"'}
    assert tags(tmp_path / "a", files, Options(languages=("th",))) == ["th"]
    files = {**THREE, "book.toml": 'pivot = "de"\n[outline]\n"Kurz" = 1'}
    error = refused(tmp_path / "b", files, UnknownLanguageError, languages=("th",))
    assert "pivot" in error.what


# --- the book -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("My Book", "my-book"),
        ("  Über  Größe! ", "uber-grosse"),
        ("Café / Crème", "cafe-creme"),
        ("../../etc", "etc"),
        ("a_b.c", "a-b-c"),
        ("ไทย", ""),
        ("", ""),
        ("x" * 100, "x" * 60),
    ],
)
def test_a_slug_is_safe_in_any_file_system(text: str, slug: str) -> None:
    assert slugify(text) == slug


def test_a_dash_divides_words_in_a_slug() -> None:
    assert slugify("Café—Crème") == "cafe-creme"


@pytest.mark.parametrize(
    ("folder", "toml", "option", "name"),
    [
        ("My Texts", "", None, "my-texts"),
        ("ไทย", "", None, "book"),
        ("texts", 'title = "A Title"', None, "a-title"),
        ("texts", 'title = "ไทย"', None, "texts"),
        ("texts", 'name = "short"\ntitle = "A Title"', None, "short"),
        ("texts", 'name = "short"', "An Option", "an-option"),
    ],
)
def test_a_book_is_named_by_name_title_or_folder(
    tmp_path: Path, folder: str, toml: str, option: str | None, name: str
) -> None:
    files: dict[str, str | bytes] = {"a.de.txt": GERMAN, "book.toml": toml}
    assert book_of(tmp_path / folder, files, Options(title=option)).name == name


def test_a_book_has_what_book_toml_says(tmp_path: Path) -> None:
    toml = (
        'title = "T"\nauthor = "Anna"\npublisher = "P"\nidentifier = "I"\nrights = "R"\n'
        'date = "2020"\ndirection = "rtl"\nformats = ["html"]\n[theme]\nbase = 12\n'
    )
    book, wanted = load([put(tmp_path, {"a.de.txt": GERMAN, "book.toml": toml})])
    assert (book.title, book.authors, book.publisher) == ("T", ("Anna",), "P")
    assert (book.identifier, book.rights, book.date) == ("I", "R", "2020")
    assert (wanted.settings.theme.base, wanted.settings.progression) == (12, "rtl")
    assert wanted.formats == (FormatName.HTML,)


def test_date_and_authors_come_from_the_texts_where_book_toml_is_silent(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "a.de.md": "---\nauthor: Anna\n---\n# T\n\nText.\n",
        "a.th.txt": text_of("ชื่อเรื่อง", "เผยแพร่: 2021-12-24", "ข้อความ"),
    }
    book = book_of(tmp_path, files)
    assert (book.authors, book.date) == (("Anna",), "2021-12-24")


def test_what_is_known_of_a_file_is_kept(tmp_path: Path) -> None:
    content = b"\xff\xfe" + "Titel\n\nGro\u0308ße zählt.\n".encode("utf-16-le")
    (found,) = book_of(tmp_path, {"a.de.txt": content}).translations
    assert found.provenance.path.endswith("a.de.txt")
    assert (found.provenance.encoding, found.provenance.nfc) == ("UTF-16", False)
    assert block_text(found.front[0]) == "Größe zählt."


def test_words_that_are_not_known_give_one_warning_with_the_cure(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {"a.haw.txt": text_of("Kichwa", "Maneno.")}
    (warning,) = book_of(tmp_path, files, Options(formats=(FormatName.HTML,))).warnings
    assert "[words.haw]" in str(warning)
    assert "a.haw.txt" in str(warning)


def test_words_can_be_given(tmp_path: Path) -> None:
    rows = "\n".join(f'{key} = "w-{key}"' for key in language("en").words)
    book = book_of(
        tmp_path,
        {"a.haw.txt": text_of("Kichwa", "Maneno."), "book.toml": f"[words.haw]\n{rows}"},
        Options(formats=(FormatName.HTML, FormatName.PDF)),
    )
    assert book.warnings == ()
    assert book.translations[0].language.words["contents"] == "w-contents"


@pytest.mark.parametrize(
    ("tag", "formats", "said"),
    [
        ("haw", (FormatName.EPUB,), True),
        ("haw", None, True),
        ("haw", (FormatName.HTML, FormatName.PDF), False),
        ("cy", None, False),
        ("de-AT", None, False),
    ],
)
def test_an_e_book_without_an_accessibility_summary_gives_a_warning_with_the_cure(
    tmp_path: Path, tag: str, formats: tuple[FormatName, ...] | None, said: bool
) -> None:
    rows = "\n".join(f'{key} = "w-{key}"' for key in language("en").words)
    files: dict[str, str | bytes] = {
        f"a.{tag}.txt": text_of("Kichwa", "Maneno."),
        "book.toml": f"[words.{tag}]\n{rows}",
    }
    warnings = [str(each) for each in book_of(tmp_path, files, Options(formats=formats)).warnings]
    assert len(warnings) == said
    for warning in warnings:
        assert "has no accessibility summary" in warning
        assert f"({tag})" in warning
        assert f"[accessibility.{tag}]" in warning
        assert f"a.{tag}.txt" in warning


def test_words_and_sentences_that_are_not_known_give_a_warning_each(tmp_path: Path) -> None:
    book = book_of(tmp_path, {"a.haw.txt": text_of("Kichwa", "Maneno."), "b.de.txt": GERMAN})
    words, sentences = map(str, book.warnings)
    assert "[words.haw]" in words
    assert "[accessibility.haw]" in sentences


def test_some_words_can_be_changed(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "a.de.txt": GERMAN,
        "book.toml": '[words.de]\ncontents = "Übersicht"',
    }
    book = book_of(tmp_path, files)
    words = book.translations[0].language.words
    assert (words["contents"], words["cover"]) == ("Übersicht", "Umschlag")
    assert book.warnings == ()


# --- links --------------------------------------------------------------------------------------


def links(folder: Path, content: str) -> tuple[list[str], list[str]]:
    book = book_of(folder, {"a.de.md": content})
    found = find(tuple(book.translations[0].blocks()), Link)
    return [link.target for link in found], [each.what for each in book.warnings]


def test_a_link_to_a_heading_becomes_a_link_to_its_anchor(tmp_path: Path) -> None:
    content = "# Titel\n\nSiehe [dort](#zwei-worte).\n\n## Zwei Worte\n\nText.\n"
    assert links(tmp_path, content) == (["#de-2"], [])


def test_a_link_to_nowhere_becomes_text_with_a_warning(tmp_path: Path) -> None:
    content = "# Titel\n\nSiehe [dort](#nirgends).\n"
    found, warnings = links(tmp_path, content)
    assert found == []
    assert len(warnings) == 1
    assert "#nirgends" in warnings[0]


@pytest.mark.parametrize("heading", ["Überblick", "ลูกค้า", "العملاء"])
def test_a_link_to_a_heading_in_any_letters_is_found(tmp_path: Path, heading: str) -> None:
    content = f"# Titel\n\nSiehe [dort](#{heading.lower()}).\n\n## {heading}\n\nText.\n"
    assert links(tmp_path, content) == (["#de-2"], [])


def test_a_warning_of_a_reader_becomes_one_of_the_book(tmp_path: Path) -> None:
    book = book_of(tmp_path, {"a.de.md": "# T\n\n[x](other.md)\n"})
    (warning,) = book.warnings
    assert warning.at is not None
    assert warning.at.line == 3
    assert list(find(book.translations[0].front, Text)) == [Text("x")]


def test_files_that_are_named_are_all_meant_whatever_the_list_of_languages(tmp_path: Path) -> None:
    put(
        tmp_path,
        {
            "a.de.txt": text_of("Titel", "Ein Satz."),
            "a.es.txt": text_of("Título", "Una frase."),
            "a.it.txt": text_of("Titolo", "Una frase."),
            "book.toml": 'languages = ["th", "es", "de"]',
        },
    )
    files = [tmp_path / f"a.{tag}.txt" for tag in ("it", "de", "es")]
    assert [each.tag for each in load(files)[0].translations] == ["es", "de", "it"]
