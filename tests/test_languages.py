"""From a tag to script, direction, digits and words."""

import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.languages import hyphenation
from pipeline.errors import UnknownLanguageError
from pipeline.languages import (
    TAG,
    Direction,
    accessibility_sentences,
    has_locale,
    language,
    likely_language,
    members,
    names_language,
    script,
    script_counts,
    table,
)
from tests.unit_helpers import ROOT

LANGUAGES = table().languages
ACCESSIBILITY = table().accessibility


@pytest.mark.parametrize(
    ("written", "canonical"),
    [
        ("th", "th"),
        ("TH", "th"),
        ("th_TH", "th-TH"),
        ("pt-br", "pt-BR"),
        ("zh-hant", "zh-Hant"),
        ("ZH-HANT-tw", "zh-Hant-TW"),
        ("de-1996", "de-1996"),
        ("es-419", "es-419"),
        (" de ", "de"),
        ("deu", "de"),
        ("iw", "he"),
        ("in", "id"),
        ("cmn", "zh"),
    ],
)
def test_a_tag_is_made_canonical(written: str, canonical: str) -> None:
    assert language(written).tag == canonical


@pytest.mark.parametrize("tag", ["", "-", "x", "xx", "jp", "german", "de-", "d3", "und", "zh-yue"])
def test_a_tag_that_names_no_language_is_refused_with_a_cure(tag: str) -> None:
    with pytest.raises(UnknownLanguageError) as caught:
        language(tag)
    assert f"“{tag}”" in caught.value.what
    assert "BCP 47" in caught.value.cure


@pytest.mark.parametrize("tag", ["sh", "prs", "swc"])
def test_a_tag_whose_alias_is_of_several_parts_is_known(tag: str) -> None:
    assert language(tag).tag


@pytest.mark.parametrize(
    ("tag", "code", "direction"),
    [
        ("th", "Thai", "ltr"),
        ("ar", "Arab", "rtl"),
        ("id", "Latn", "ltr"),
        ("de", "Latn", "ltr"),
        ("es", "Latn", "ltr"),
        ("pa", "Guru", "ltr"),
        ("pa-Arab", "Arab", "rtl"),
        ("pa-PK", "Arab", "rtl"),
        ("az", "Latn", "ltr"),
        ("az-Arab", "Arab", "rtl"),
        ("az-Latn-IR", "Latn", "ltr"),
        ("sr", "Cyrl", "ltr"),
        ("sr-Latn", "Latn", "ltr"),
        ("he", "Hebr", "rtl"),
        ("yi", "Hebr", "rtl"),
        ("dv", "Thaa", "rtl"),
        ("ff", "Latn", "ltr"),
        ("ff-Adlm", "Adlm", "rtl"),
        ("ku", "Latn", "ltr"),
        ("ckb", "Arab", "rtl"),
        ("uz-AF", "Arab", "rtl"),
        ("nqo", "Nkoo", "rtl"),
        ("syr", "Syrc", "rtl"),
        ("ja", "Jpan", "ltr"),
        ("ko", "Kore", "ltr"),
        ("zh", "Hans", "ltr"),
        ("zh-TW", "Hant", "ltr"),
        ("zh-Hant", "Hant", "ltr"),
    ],
)
def test_direction_hangs_on_the_script(tag: str, code: str, direction: str) -> None:
    found = language(tag)
    assert (found.script.code, found.direction) == (code, direction)


def test_nastaliq_is_written_from_right_to_left() -> None:
    assert language("ur-Aran").direction is Direction.RTL


@pytest.mark.parametrize(
    ("direction", "start", "end"), [("ltr", "left", "right"), ("rtl", "right", "left")]
)
def test_a_direction_knows_its_sides(direction: str, start: str, end: str) -> None:
    found = Direction(direction)
    assert (found.start, found.end) == (start, end)


@pytest.mark.parametrize(
    ("tag", "autonym"),
    [
        ("th", "ไทย"),
        ("ar", "العربية"),
        ("id", "Bahasa Indonesia"),
        ("de", "Deutsch"),
        ("es", "Español"),
        ("fr", "Français"),
        ("he", "עברית"),
        ("mr", "मराठी"),
        ("sr-Latn", "Srpski (latinica)"),
    ],
)
def test_a_language_is_named_in_itself(tag: str, autonym: str) -> None:
    assert language(tag).autonym == autonym


@pytest.mark.parametrize("tag", sorted(LANGUAGES))
def test_the_name_of_a_language_is_in_its_own_script(tag: str) -> None:
    found = language(tag)
    scripts = script_counts(found.autonym)
    assert scripts, found.autonym
    assert set(scripts) <= set(members(found.script.code))


@pytest.mark.parametrize(
    ("tag", "counter"),
    [
        ("de", "decimal"),
        ("th", "decimal"),
        ("ar", "decimal"),
        ("ar-EG", "arabic-indic"),
        ("fa", "persian"),
        ("mr", "devanagari"),
        ("ckb", "arabic-indic"),
        ("pa", "decimal"),
        ("pa-Arab", "persian"),
    ],
)
def test_digits_hang_on_the_region(tag: str, counter: str) -> None:
    assert language(tag).counter == counter


@pytest.mark.parametrize("tag", sorted(LANGUAGES))
def test_every_row_has_exactly_the_words_of_the_english_one(tag: str) -> None:
    row = LANGUAGES[tag]
    assert set(row) - {"name"} == set(LANGUAGES["en"]) - {"name"}


@pytest.mark.parametrize("tag", sorted(LANGUAGES))
def test_no_word_is_empty_or_padded(tag: str) -> None:
    for key, word in LANGUAGES[tag].items():
        assert word, key
        assert word == word.strip(), key


@pytest.mark.parametrize("tag", sorted(LANGUAGES))
def test_every_word_is_written_in_the_script_of_its_language(tag: str) -> None:
    allowed = set(members(language(tag).script.code))
    for key, word in LANGUAGES[tag].items():
        assert set(script_counts(word)) <= allowed, key


@pytest.mark.parametrize("tag", sorted(LANGUAGES))
def test_every_row_stands_under_a_canonical_tag(tag: str) -> None:
    assert language(tag).tag == tag
    assert not language(tag).foreign_words


@pytest.mark.parametrize("tag", sorted(LANGUAGES))
def test_every_language_with_words_of_the_frame_has_sentences_on_accessibility(tag: str) -> None:
    assert tag in ACCESSIBILITY
    assert accessibility_sentences(language(tag)) == ACCESSIBILITY[tag]


@pytest.mark.parametrize("tag", sorted(ACCESSIBILITY))
def test_every_row_of_accessibility_is_whole_and_in_its_own_script(tag: str) -> None:
    row = ACCESSIBILITY[tag]
    own = language(tag)
    assert own.tag == tag
    assert set(row) - {"between"} == set(ACCESSIBILITY["en"])
    for key, sentence in row.items():
        assert sentence == sentence.strip(), key
        assert set(script_counts(sentence)) <= set(members(own.script.code)), key
    assert all(row[key] for key in ACCESSIBILITY["en"])


@pytest.mark.parametrize(
    ("tag", "contents"),
    [
        ("de-AT", "Es gibt ein Inhaltsverzeichnis."),
        ("pt-BR", "Há um sumário."),
        ("zh-TW", "有目錄。"),
        ("sr", "Књига има садржај."),
        ("sr-Latn", "Knjiga ima sadržaj."),
        ("haw", None),
        ("de-Arab", None),
    ],
)
def test_sentences_on_accessibility_are_those_of_the_language_and_script_or_none(
    tag: str, contents: str | None
) -> None:
    assert accessibility_sentences(language(tag)).get("contents") == contents


def test_a_region_takes_the_words_of_its_language() -> None:
    assert language("de-AT").words == language("de").words
    assert not language("de-AT").foreign_words


def test_words_that_no_row_has_stand_in_english_and_say_so() -> None:
    found = language("haw")
    assert found.words == language("en").words
    assert found.foreign_words


def test_languages_are_equal_by_their_tags() -> None:
    assert language("deu") == language("de")
    assert language("de") != language("de-AT")
    assert len({language("de"), language("DE"), language("th")}) == 2


@pytest.mark.parametrize("tag", ["th", "ar-EG", "sr-Latn", "haw", "zh-Hant"])
def test_a_language_crosses_to_another_process(tag: str) -> None:
    found = language(tag)
    back = pickle.loads(pickle.dumps(found))
    assert back == found
    for name in ("script", "region", "autonym", "counter", "words", "borrowed"):
        assert getattr(back, name) == getattr(found, name), name


def test_the_words_of_a_language_cannot_be_changed() -> None:
    with pytest.raises(TypeError):
        language("de").words["contents"] = "x"  # type: ignore[index]


@pytest.mark.parametrize(
    ("part", "names"),
    [("th", True), ("pt-BR", True), ("pt_BR", True), ("zh-Hant", True), ("deu", True)]
    + [(part, False) for part in ("old", "end", "xx", "customers", "v2", "01", "", "und", "mul")],
)
def test_a_part_of_a_file_name_is_a_tag_only_where_cldr_names_the_language(
    part: str, names: bool
) -> None:
    assert names_language(part) is names


@given(st.from_regex(TAG, fullmatch=True))
def test_a_well_formed_tag_is_canonical_once_and_for_all_or_refused(tag: str) -> None:
    try:
        found = language(tag)
    except UnknownLanguageError:
        return
    assert language(found.tag).tag == found.tag
    assert found.direction in Direction
    assert found.autonym


@pytest.mark.parametrize("code", [*(code for code in table().scripts if code != "default")])
def test_every_row_of_a_script_makes_a_script(code: str) -> None:
    found = script(code)
    assert found.code == code
    assert found.families
    assert 0.5 < found.size < 2
    assert 1 < found.leading < 3


def test_every_family_that_a_script_names_is_declared() -> None:
    declared = set(table().families)
    for row in table().scripts.values():
        assert set(row.families) <= declared


def test_a_script_without_a_row_is_set_as_the_default_in_its_own_direction() -> None:
    found = script("Cprt")
    default = table().scripts["default"]
    assert (found.size, found.leading) == (default.size, default.leading)
    assert found.direction is Direction.RTL


def test_scripts_other_than_latin_fall_back_to_latin_faces_for_latin_words() -> None:
    latin = script("Latn").families
    for code in ("Thai", "Arab"):
        assert script(code).families[0] not in latin
        assert set(latin) <= set(script(code).families)


def test_a_script_has_a_class_of_its_own() -> None:
    assert script("Arab").css == "script-arab"


def test_letters_are_counted_by_script_and_common_ones_not_at_all() -> None:
    assert script_counts("abc ไทย 123 — !") == {"Latn": 3, "Thai": 3}
    assert script_counts("123 !?") == {}


@pytest.mark.parametrize(("code", "tag"), [("Thai", "th"), ("Arab", "ar"), ("Grek", "el")])
def test_a_script_has_a_language_that_is_likely_in_it(code: str, tag: str) -> None:
    assert likely_language(code) == tag


def test_no_language_is_likely_in_a_script_that_does_not_exist() -> None:
    assert likely_language("Xxxx") is None


def test_a_language_may_have_a_name_and_no_data() -> None:
    assert has_locale("th")
    assert not has_locale("xx")


def test_japanese_is_written_in_three_scripts() -> None:
    assert set(members("Jpan")) == {"Hira", "Kana", "Hani"}
    assert members("Thai") == ("Thai",)


def test_the_page_on_languages_says_which_are_hyphenated() -> None:
    page = (ROOT / "docs" / "languages.md").read_text(encoding="utf-8")
    assert "\n".join(hyphenation()) in page
    with_, without = page.split("- With a dictionary:")[1].split("- Without one:")
    for tag in ("de", "es", "id", "ru", "el"):
        assert f"(`{tag}`)" in with_.partition("\n")[0]
    assert "(`fi`)" in without.partition("\n")[0]
