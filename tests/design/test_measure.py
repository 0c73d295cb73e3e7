"""The sizes and leadings of display type."""

from itertools import pairwise

from pipeline.design.measure import SIZES, display_leading
from pipeline.languages import script

LATIN, THAI, ARABIC = script("Latn"), script("Thai"), script("Arab")


def test_scripts_with_tall_marks_have_more_room_between_lines() -> None:
    assert display_leading(THAI) > display_leading(LATIN)
    assert display_leading(ARABIC) > display_leading(LATIN)


def test_vowelled_text_has_more_room_than_bare_text() -> None:
    assert display_leading(ARABIC, vowelled=True) > display_leading(ARABIC)
    assert display_leading(ARABIC, "بِسْمِ ٱللَّهِ ٱلرَّحْمَٰنِ") == display_leading(ARABIC, vowelled=True)


def test_sizes_are_a_scale_downward() -> None:
    assert list(SIZES) == sorted(set(SIZES), reverse=True)
    assert all(small / large > 0.8 for large, small in pairwise(SIZES))
