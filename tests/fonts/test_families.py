"""Families, what they can draw, and subsets of them."""

import io
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from pipeline.errors import FontError
from pipeline.fonts import (
    BOLD,
    BOLD_ITALIC,
    ITALIC,
    REGULAR,
    STYLES,
    Style,
    drawable,
    every_family,
    families_for,
    family,
    is_invisible,
    stack,
    subset_face,
)
from pipeline.fonts.coverage import drawn_by
from pipeline.fonts.families import chosen
from pipeline.languages import language, script, table
from tests.unit_helpers import SENTENCE, book_of, text_of


def subset_characters(font: bytes) -> set[str]:
    with TTFont(io.BytesIO(font)) as loaded:
        return set(map(chr, loaded.getBestCmap()))


# The other families are those that PyPI has in place of one that Debian's packages bring to every machine that
# these tests run on.
STAND_INS = {
    f"{style}-{tag}"
    for style in ("noto-serif", "noto-sans-cjk")
    for tag in ("jp", "kr", "sc", "tc")
}
INSTALLED = sorted(set(table().families) - STAND_INS)


def test_what_stands_in_stands_in_for_something_that_is_declared() -> None:
    rows = table().families
    found = [(key, other) for key, row in rows.items() for other in row.instead]
    assert {other for _, other in found} >= STAND_INS
    assert all(other in rows and other != key for key, other in found)


@pytest.mark.parametrize("key", INSTALLED)
def test_every_declared_family_is_installed_with_its_licence(key: str) -> None:
    found = family(key)
    assert found.file(REGULAR).is_file()
    assert "Open Font License" in found.licence() or "OFL" in found.licence().upper()


@pytest.mark.parametrize("key", INSTALLED)
def test_a_family_goes_by_the_name_that_its_files_have(key: str) -> None:
    with TTFont(family(key).file(REGULAR), lazy=True) as font:
        assert font["name"].getBestFamilyName().startswith(family(key).name)


def test_latin_has_true_italics() -> None:
    assert set(stack(script("Latn"))[0].styles) == set(STYLES)


def test_a_style_that_a_family_lacks_is_an_error_with_a_cure() -> None:
    with pytest.raises(FontError) as caught:
        family("amiri").file(Style(123, "oblique"))
    assert "pip" in caught.value.cure or "install" in caught.value.cure


@pytest.mark.parametrize(
    ("style", "key"), [(REGULAR, "400"), (BOLD, "700"), (ITALIC, "400i"), (BOLD_ITALIC, "700i")]
)
def test_a_style_has_a_key_for_file_names(style: Style, key: str) -> None:
    assert style.key == key


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("Latn", "ÄÖÜäöüß¿¡ñáéíóúçœ„“”‚‘’«»–—…•€"),
        ("Thai", "กขคงจฉชซญฐณดตถทธนบปผฝพฟภมยรลวศษสหฬอฮะัาำิีึืุูเแโใไๅๆ็่้๊๋์ฯ๐๑๒๓๔๕๖๗๘๙"),
        ("Arab", "ابتثجحخدذرزسشصضطظعغفقكلمنهويىءآأؤإئةًٌٍَُِّْ،؛؟٠١٢٣٤٥٦٧٨٩"),
    ],
)
def test_each_script_has_a_face_for_its_letters(code: str, text: str) -> None:
    families = stack(script(code))
    assert [char for char in text if not drawable(char, families)] == []


def test_a_letter_is_drawable_by_its_parts() -> None:
    thai = [family("sarabun")]
    assert drawable("\N{THAI CHARACTER SARA AM}", thai)
    assert not drawable("\U0010fffd", thai)


@pytest.mark.parametrize(
    ("char", "invisible"),
    [
        (" ", True), ("\n", True), ("\u00a0", True), ("\u200b", True), ("\u200d", True),
        ("\u200f", True), ("\ufe0f", True), ("\u034f", True), ("\u00ad", True),
        ("a", False), (".", False), ("\u0e31", False), ("\u064b", False),
    ],
)  # fmt: skip
def test_which_characters_ask_nothing_of_a_face(char: str, invisible: bool) -> None:
    assert is_invisible(char) is invisible


@pytest.mark.parametrize("char", ["\u205f", "\u3000"])
def test_white_space_is_no_character_that_a_face_must_have(char: str, tmp_path: Path) -> None:
    families_for(book_of(tmp_path, {"a.de.txt": text_of("Titel", f"ein{char}Wort mehr.")}))


def test_a_book_is_set_in_the_families_of_its_scripts(tmp_path: Path) -> None:
    book = book_of(
        tmp_path,
        {"a.th.txt": text_of("ชื่อเรื่อง", "ข้อความ"), "a.de.txt": text_of("Titel", SENTENCE)},
    )
    found = families_for(book)
    assert found["Thai"][0].key == "sarabun"
    assert [each.key for each in found["Latn"]] == ["spectral"]


def test_a_word_in_another_script_brings_its_family(tmp_path: Path) -> None:
    book = book_of(tmp_path, {"a.de.txt": text_of("Titel", "Das Wort ไทย heißt frei.")})
    assert [each.key for each in families_for(book)["Latn"]] == ["spectral", "sarabun"]


@pytest.mark.parametrize(
    ("name", "content", "line"),
    [
        ("a.de.txt", "Titel\n\nEin Satz.\n\nDas Zeichen \U0010fffd steht hier.\n", 5),
        ("a.de.txt", "Titel\n\n  • eins\n  • zwei \U0010fffd\n", 4),
        ("a.de.md", "# Titel\n\n> Ein Satz.\n>\n> \U0010fffd\n", 5),
        ("a.de.md", "# Titel\n\nEin Satz[^1].\n\n[^1]: \U0010fffd\n", 5),
        ("a.de.md", "# Titel\n\nEin `\U0010fffd` Satz.\n", 3),
        ("a.de.md", "# Titel\n\n```\n\U0010fffd\n```\n", 3),
        ("a.de.md", "# Titel\n\n| a | b |\n|---|---|\n| \U0010fffd | c |\n", 3),
        ("a.de.md", "# Titel\n\n## \U0010fffd\n\nText.\n", 3),
    ],
)
def test_a_character_that_no_face_draws_is_an_error_with_file_and_line(
    tmp_path: Path, name: str, content: str, line: int
) -> None:
    book = book_of(tmp_path, {name: content})
    with pytest.raises(FontError) as caught:
        families_for(book)
    error = caught.value
    assert error.at is not None
    assert (Path(error.at.path).name, error.at.line) == (name, line)
    assert "“\U0010fffd” (U+10FFFD" in error.what
    assert error.cure


def test_a_name_in_book_toml_that_no_face_draws_is_an_error_here(tmp_path: Path) -> None:
    book = book_of(
        tmp_path, {"a.de.txt": text_of("Titel", SENTENCE), "book.toml": 'author = "\U0010fffd"'}
    )
    with pytest.raises(FontError):
        families_for(book)


@pytest.mark.parametrize("flavour", [None, "woff2"])
def test_a_subset_holds_what_was_asked_for_and_is_the_same_every_time(
    flavour: str | None,
) -> None:
    face = family("spectral")
    first = subset_face(face, REGULAR, "abc", flavour=flavour)
    assert {"a", "b", "c"} <= subset_characters(first)
    assert "z" not in subset_characters(first)
    assert len(first) < face.file(REGULAR).stat().st_size / 4
    assert first == subset_face(face, REGULAR, ["c", "b", "a"], flavour=flavour)


def test_a_subset_keeps_the_parts_that_shaping_takes_a_letter_apart_into() -> None:
    found = subset_characters(subset_face(family("sarabun"), REGULAR, "ำ"))
    assert {"\N{THAI CHARACTER NIKHAHIT}", "\N{THAI CHARACTER SARA AA}"} <= found


def test_every_family_is_a_row_of_the_table() -> None:
    assert {each.key for each in every_family()} >= set(INSTALLED)


MISDRAWN = [
    (key, char, other)
    for key, row in table().families.items()
    for char, other in row.misdrawn.items()
]


def test_capital_sharp_s_is_among_what_a_family_draws_as_others() -> None:
    assert ("spectral", "ẞ", "gentium") in MISDRAWN


@pytest.mark.parametrize(("key", "char", "other"), MISDRAWN)
def test_what_a_family_draws_as_others_is_in_none_of_its_files(
    key: str, char: str, other: str
) -> None:
    wrong, right = family(key), chosen(other)
    for style in wrong.styles:
        with TTFont(wrong.file(style), lazy=True) as made, TTFont(wrong.original(style)) as was:
            assert set(was.getBestCmap()) - set(made.getBestCmap()) == {ord(char)}
            assert made.getGlyphOrder() == was.getGlyphOrder()
    assert not drawable(char, [wrong])
    with TTFont(right.file(REGULAR)) as font:
        glyph = font["glyf"][font.getBestCmap()[ord(char)]]
        parts = [each.glyphName for each in glyph.components] if glyph.isComposite() else []
        assert len(parts) == len(set(parts))


@pytest.mark.parametrize(("tag", "before"), [("de", "GRO"), ("th", "คำว่า GRO"), ("ar", "كلمة GRO")])
def test_a_character_that_a_family_draws_as_others_comes_from_the_one_that_is_named_or_there(
    tag: str, before: str, tmp_path: Path
) -> None:
    book = book_of(tmp_path, {f"a.{tag}.txt": text_of("Titel", f"{before}ẞ.")})
    families = families_for(book)[language(tag).script.code]
    assert drawn_by("ẞ", families) in (chosen("gentium"), family("sarabun"))


def test_a_machine_without_the_family_that_is_named_draws_it_all_the_same(
    fresh: set[str], tmp_path: Path
) -> None:
    families = families_for(book_of(tmp_path, {"a.de.txt": text_of("Titel", "GROẞ.")}))["Latn"]
    assert [each.key for each in families] == ["spectral", "noto-sans"]
