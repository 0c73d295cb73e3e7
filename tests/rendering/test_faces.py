"""Which characters a document draws with which face."""

from pathlib import Path

import pytest

from pipeline.fonts import BOLD, BOLD_ITALIC, ITALIC, REGULAR, Style, family, needs_of
from pipeline.languages import language, script
from pipeline.rendering.faces import FRAME_CHARACTERS, Usage
from tests.unit_helpers import book_of, put

SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="30" height="20"/>'


def usage(folder: Path, content: str, tag: str = "de") -> Usage:
    """The faces of one Markdown text. Its characters of interest are capitals that no frame has."""
    put(folder, {"a.svg": SVG})
    book = book_of(folder, {f"a.{tag}.md": content})
    needs = needs_of(book)
    found = Usage(needs.stacks, needs.code, needs.emoji)
    for translation in book.translations:
        found.add_translation(translation)
    return found


def styles_of(found: Usage, char: str, key: str = "spectral") -> set[str]:
    return {
        style.key
        for (face, style), chars in found.faces.items()
        if face.key == key and char in chars
    }


@pytest.mark.parametrize(
    ("content", "styles"),
    [
        ("# T\n\nQ\n", {"400"}),
        ("# T\n\n*Q*\n", {"400i"}),
        ("# T\n\n**Q**\n", {"700"}),
        ("# T\n\n***Q***\n", {"700i"}),
        ("# T\n\n~~Q~~\n", {"400"}),
        ("# T\n\n[Q](https://example.org)\n", {"400"}),
        ("# T\n\n> Q\n", {"400"}),
        ("# T\n\n- Q\n", {"400"}),
        ("# T\n\n- x\n  - **Q**\n", {"700"}),
        ("# T\n\n| a |\n|---|\n| Q |\n", {"400"}),
        ("# T\n\n| Q |\n|---|\n| a |\n", {"700"}),
        ("# T\n\nx[^1]\n\n[^1]: Q\n", {"400"}),
        ('# T\n\n![x](a.svg "Q")\n', {"400"}),
        ("# T\n\n![Q](a.svg)\n", {"400"}),
        ("# T\n\n## Q\n\nx\n", {"400", "700"}),
        ("# Q\n\nx\n", {"400", "700"}),
    ],
)
def test_every_kind_of_markup_asks_for_its_style(
    tmp_path: Path, content: str, styles: set[str]
) -> None:
    assert styles <= styles_of(usage(tmp_path, content), "Q")


@pytest.mark.parametrize(
    ("content", "styles"),
    [
        ("# T\n\n`Q`\n", {"400"}),
        ("# T\n\n***`Q`***\n", {"700"}),
        ("# T\n\n```\nQ\n```\n", {"400"}),
        ("# T\n\nx[^1]\n\n[^1]: `Q`\n", {"400"}),
        ("# `Q`\n\nx\n", {"400", "700"}),
    ],
)
def test_code_is_drawn_by_a_face_of_one_width_and_upright(
    tmp_path: Path, content: str, styles: set[str]
) -> None:
    found = usage(tmp_path, content)
    assert styles_of(found, "Q", "source-code-pro") == styles
    assert not styles_of(found, "Q")


@pytest.mark.parametrize("style", ["400i", "700i"])
def test_a_style_that_nothing_is_set_in_is_not_asked_for(tmp_path: Path, style: str) -> None:
    assert style not in {key.key for _, key in usage(tmp_path, "# T\n\nQ\n").faces}


def test_emphasis_is_weight_where_a_script_has_no_slant(tmp_path: Path) -> None:
    found = usage(tmp_path, "# ชื่อ\n\nข้อความ *ฮ*\n", "th")
    assert styles_of(found, "ฮ", "sarabun") == {"700"}


@pytest.mark.parametrize(
    ("style", "nearest"),
    [(ITALIC, REGULAR), (BOLD_ITALIC, BOLD), (BOLD, BOLD), (REGULAR, REGULAR)],
)
def test_a_family_without_italics_is_set_upright(style: Style, nearest: Style) -> None:
    amiri = family("amiri")
    found = Usage({"Arab": (amiri,)})
    found.add("ب", script("Arab"), style)
    (used,) = found.faces
    assert used == (amiri, style if style in amiri.styles else nearest)


def test_a_character_is_drawn_by_the_first_family_that_has_it(tmp_path: Path) -> None:
    found = usage(tmp_path, "# ชื่อ\n\nข้อความ Qß\n", "th")
    assert styles_of(found, "ข", "sarabun")
    assert not styles_of(found, "ข", "spectral")


def test_the_frame_has_its_words_its_name_and_its_signs() -> None:
    german = language("de")
    found = Usage({"Latn": (family("spectral"),)})
    found.add_frame(german)
    for style in ("400", "700"):
        drawn = {
            char for (_, each), chars in found.faces.items() if each.key == style for char in chars
        }
        assert set("".join(german.words.values())) - {" "} <= drawn
        assert set(german.autonym) <= drawn
    latin = family("spectral").characters()
    assert {char for char in FRAME_CHARACTERS if ord(char) in latin} <= drawn
