"""How large a title may be set on a cover."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.languages import Script, script
from pipeline.rendering.measure import SIZES, advance, display_leading, display_size, fits

LATIN, THAI, ARABIC = script("Latn"), script("Thai"), script("Arab")
WIDTH, HEIGHT = 270.0, 300.0


def test_marks_take_no_room_and_capitals_more_than_letters() -> None:
    assert advance("กำ่") < advance("กำก")
    assert advance("\u0e48") == advance("\u200d") == 0
    assert advance("A") > advance("a") > advance(".") > 0
    assert advance("漢") == 1
    assert advance("") == 0


def test_scripts_with_tall_marks_have_more_room_between_lines() -> None:
    assert display_leading(THAI) > display_leading(LATIN)
    assert display_leading(ARABIC) > display_leading(LATIN)


@pytest.mark.parametrize("writing", [LATIN, THAI, ARABIC])
def test_a_short_title_is_set_large_and_a_long_one_small(writing: Script) -> None:
    short = display_size([("kurz", writing)], WIDTH, HEIGHT)
    long = display_size([("word " * 60, writing)], WIDTH, HEIGHT)
    assert short == SIZES[0]
    assert long < short


def test_the_longest_title_decides_for_all() -> None:
    titles = [("kurz", LATIN), ("ein recht langer Titel mit vielen Wörtern " * 2, LATIN)]
    assert display_size(titles, WIDTH, HEIGHT) == min(
        display_size([title], WIDTH, HEIGHT) for title in titles
    )


def test_a_word_that_cannot_be_divided_stands_on_one_line() -> None:
    word = "Geschäftsinhabergeschäftsinhaber"
    size = display_size([(word, LATIN)], WIDTH, HEIGHT)
    assert advance(word) * size * LATIN.size * LATIN.heading <= WIDTH


def test_thai_needs_no_spaces_to_be_divided() -> None:
    title = "ลูกค้าภายในและลูกค้าภายนอกความแตกต่างที่สำคัญ"
    assert display_size([(title, THAI)], WIDTH, HEIGHT) > display_size(
        [("x" * len(title), LATIN)], WIDTH, HEIGHT
    )


def test_no_title_is_larger_than_is_asked_for() -> None:
    assert display_size([("kurz", LATIN)], WIDTH, HEIGHT, largest=20) == 19


def test_a_title_that_fits_nowhere_is_set_at_the_smallest_size() -> None:
    assert display_size([("word " * 2000, LATIN)], WIDTH, HEIGHT) == SIZES[-1]


@given(st.text(max_size=80), st.sampled_from([LATIN, THAI, ARABIC]), st.sampled_from(SIZES))
def test_what_fits_large_fits_small(title: str, writing: Script, size: float) -> None:
    if fits(title, writing, size, WIDTH, HEIGHT):
        for smaller in SIZES[SIZES.index(size) :]:
            assert fits(title, writing, smaller, WIDTH, HEIGHT)


@given(st.text(max_size=80))
def test_the_size_that_is_chosen_fits_or_is_the_smallest(title: str) -> None:
    size = display_size([(title, ARABIC)], WIDTH, HEIGHT)
    assert size in SIZES
    assert size == SIZES[-1] or fits(title, ARABIC, size, WIDTH, HEIGHT)
