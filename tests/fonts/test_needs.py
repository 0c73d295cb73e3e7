"""Everything that a book lacks, told at once."""

from pathlib import Path

import pytest

from pipeline.errors import FontError, within
from pipeline.fonts import families_for, family, needs_of
from pipeline.fonts.coverage import drawn_by
from pipeline.messages import printable
from tests.unit_helpers import SENTENCE, book_of, text_of


def error_of(folder: Path, files: dict[str, str]) -> FontError:
    with pytest.raises(FontError) as caught:
        families_for(book_of(folder, files))
    return caught.value


def test_all_that_is_missing_in_all_languages_is_one_error(fresh: set[str], tmp_path: Path) -> None:
    error = error_of(
        tmp_path,
        {
            "a.de.txt": text_of("Titel", f"{SENTENCE} 漢字かな", "Und \U000e0fff hier."),
            "a.id.txt": text_of("Judul", SENTENCE, "Kata བོད ini.", "Dan བོད lagi."),
        },
    )
    assert error.what == printable(error.what), "a terminal shows it as it is"
    lines = error.what.split("; ")
    assert "characters of this book" in lines[0]
    (kanji,) = (line for line in lines if "漢" in line)
    assert "Noto Serif" in kanji
    assert "a.de.txt:3" in kanji
    (tibetan,) = (line for line in lines if "Noto Serif Tibetan is not installed" in line)
    assert "[Tibetan]" in tibetan
    assert "a.id.txt:5" in tibetan
    assert "a.id.txt:7" in tibetan
    assert "U+E0FFF" in error.what
    assert error.at is not None
    assert Path(error.at.path).name == "a.de.txt"


def test_the_cure_is_one_command_for_what_pip_has_and_one_for_the_rest(
    fresh: set[str], tmp_path: Path
) -> None:
    error = error_of(
        tmp_path / "my book",
        {
            "a.ja.txt": text_of("日本語", "本文です。"),
            "a.de.txt": text_of("Titel", f"{SENTENCE} བོད ᏣᎳ"),
        },
    )
    _, cure = error.told(within(tmp_path / "my book"))
    assert f"pentapla faces '{tmp_path}/my book' --install" in cure
    assert "pentapla faces . --install" in error.cure
    assert error.cure.endswith("run as root: apt-get install fonts-noto-core")


def test_one_missing_character_is_named_in_a_line(tmp_path: Path) -> None:
    error = error_of(tmp_path, {"a.de.txt": text_of("Titel", "Ein \U000e0fff Satz.")})
    assert "\n" not in str(error)
    assert "U+E0FFF" in error.what


def test_a_long_list_is_shortened_and_counted(fresh: set[str], tmp_path: Path) -> None:
    many = "".join(map(chr, range(0x4E00, 0x4E40)))
    error = error_of(tmp_path, {"a.de.txt": text_of("Titel", many, many, many, many, many)})
    assert "and 52 more" in error.what
    assert "(320 times)" in error.what
    assert len(error.what.replace(str(tmp_path), "")) < 400


@pytest.mark.parametrize(
    ("tag", "text"),
    [("el", "Ελληνικά"), ("hi", "हिन्दी"), ("km", "ខ្មែរ"), ("he", "עברית"), ("ka", "ქართული"),
     ("hy", "Հայերեն"), ("am", "አማርኛ"), ("ta", "தமிழ்"), ("my", "မြန်မာ"), ("lo", "ລາວ")],
)  # fmt: skip
def test_a_fresh_machine_draws_many_scripts_by_faces_that_stand_in(
    fresh: set[str], tmp_path: Path, tag: str, text: str
) -> None:
    book = book_of(tmp_path, {f"a.{tag}.txt": text_of(text, f"{text} {text}.")})
    needs = needs_of(book)
    assert not needs.missing
    (stack,) = needs.stacks.values()
    assert stack[0].name.startswith("Noto Sans")


def test_a_face_that_composes_a_letter_counts_only_where_the_engine_asks_it() -> None:
    latin, kanji = family("spectral"), family("noto-serif-cjk-jp")
    letter = "ά"  # which the second could put together of its parts, if it were asked
    assert drawn_by(letter, (kanji,)) == kanji
    assert drawn_by(letter, (latin, kanji)) is None


def test_greek_beside_japanese_has_a_face(tmp_path: Path) -> None:
    book = book_of(
        tmp_path, {"a.de.txt": text_of("Titel", "Das Wort 言葉 heißt λέξη, nicht ὕδωρ.")}
    )
    found = families_for(book)["Latn"]
    assert all(drawn_by(char, found) for char in "言葉λέξηὕδωρ")


def test_code_asks_its_own_face_first(tmp_path: Path) -> None:
    book = book_of(tmp_path, {"a.de.md": "# T\n\nText `x`.\n\n```\n└── ├ ж λ ไ\n```\n"})
    needs = needs_of(book)
    assert [each.key for each in needs.code] == ["source-code-pro"]
    assert [each.key for each in needs.stacks["Latn"]] == ["spectral", "sarabun"]


def test_a_book_without_code_has_no_face_for_it(tmp_path: Path) -> None:
    assert needs_of(book_of(tmp_path, {"a.de.md": "# T\n\nText.\n"})).code == ()
