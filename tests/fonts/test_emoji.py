"""What is an emoji, and that each is drawn as one."""

import io
from pathlib import Path

import pytest
import uharfbuzz
from fontTools.ttLib import TTFont

from pipeline.fonts import (
    REGULAR,
    draws_emoji,
    emoji_family,
    families_for,
    needs_of,
    parts,
    subset_face,
)
from pipeline.rendering.faces import Usage
from tests.unit_helpers import book_of, text_of

WHOLE = [
    "🐙", "⚓", "🎈",  # emoji by default
    "☂️", "✈️", "©️",  # made one by a selector
    "7️⃣", "*️⃣", "9⃣",  # keycaps, one of them without its selector
    "🤞🏻", "☝🏿",  # skin tones
    "🧑🏾‍🚒", "👩‍👩‍👦‍👦", "❤️‍🔥", "🧔‍♂️", "🏴‍☠️",  # joined
    "🇧🇷", "🇯🇵", "🏴󠁧󠁢󠁷󠁬󠁳󠁿",  # flags
]  # fmt: skip


@pytest.mark.parametrize("sequence", WHOLE)
def test_a_sequence_is_one_emoji(sequence: str) -> None:
    assert list(parts(f"a{sequence}b")) == [("a", False), (sequence, True), ("b", False)]


@pytest.mark.parametrize(
    "text", ["© ™ ® ↔ ☂ ✈ ☎ ♥", "0 12 #3 * 4", "⚓︎", "a\u200db", "Ünï-cödé ไทย عربي 漢字"]
)
def test_signs_that_are_text_stay_text(text: str) -> None:
    assert list(parts(text)) == [(text, False)]


def test_emoji_beside_each_other_are_each_one() -> None:
    assert [part for part, is_emoji in parts("🇧🇷🇯🇵🐙🐙🏽1️⃣2️⃣") if is_emoji] == [
        "🇧🇷", "🇯🇵", "🐙", "🐙🏽", "1️⃣", "2️⃣",
    ]  # fmt: skip


def glyphs(font: bytes, text: str) -> list[int]:
    """The glyphs that are seen of a shaped text."""
    shaped = uharfbuzz.Font(uharfbuzz.Face(font))
    buffer = uharfbuzz.Buffer()
    buffer.add_str(text)
    buffer.guess_segment_properties()
    uharfbuzz.shape(shaped, buffer)
    pairs = zip(buffer.glyph_infos, buffer.glyph_positions, strict=True)
    return [info.codepoint for info, position in pairs if position.x_advance]


@pytest.mark.parametrize("sequence", [each for each in WHOLE if each != "©️"])
def test_a_subset_draws_a_sequence_as_one_glyph(sequence: str) -> None:
    found = glyphs(subset_face(emoji_family(), REGULAR, sequence), sequence)
    assert len(found) == 1
    assert found[0] != 0


def test_a_sequence_that_the_face_does_not_know_falls_apart_into_whole_emoji() -> None:
    sequence = "🐙‍🎈"
    assert draws_emoji(sequence, emoji_family())
    found = glyphs(subset_face(emoji_family(), REGULAR, sequence), sequence)
    assert len(found) == 2
    assert 0 not in found


def test_emoji_do_not_change_what_draws_the_digits_beside_them(tmp_path: Path) -> None:
    book = book_of(tmp_path, {"a.de.txt": text_of("Titel", "Nummer 1️⃣ hat 17 Teile, #5 und 3*4.")})
    needs = needs_of(book)
    assert needs.emoji is not None
    assert [each.key for each in needs.stacks["Latn"]] == ["spectral", "noto-emoji"]
    usage = Usage(needs.stacks, needs.code, needs.emoji)
    usage.add_translation(book.translations[0])
    drawn = {face.key: chars for (face, style), chars in usage.faces.items() if style == REGULAR}
    assert set("175#3*4") <= drawn["spectral"]
    assert drawn["noto-emoji"] == set("1️⃣")


def test_a_book_without_emoji_has_no_face_for_them(tmp_path: Path) -> None:
    book = book_of(tmp_path, {"a.de.txt": text_of("Titel", "Ein Satz © 2020.")})
    assert needs_of(book).emoji is None
    assert [each.key for each in families_for(book)["Latn"]] == ["spectral"]


def test_the_face_has_a_glyph_for_emoji_of_every_block() -> None:
    with TTFont(io.BytesIO(emoji_family().file(REGULAR).read_bytes())) as font:
        assert len(font.getBestCmap()) > 1400
