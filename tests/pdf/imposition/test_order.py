"""Printer's order, proved by folding."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.pdf.imposition import SADDLE, SCHEMES, Binding, Face, Sheet, saddle
from tests.pdf.imposition.paper import fold

PAGES = st.integers(min_value=1, max_value=64)
BINDINGS = st.sampled_from(Binding)


@given(PAGES, BINDINGS)
def test_folded_sheets_read_from_the_first_page_to_the_last(pages: int, binding: Binding) -> None:
    read = fold(saddle(pages, binding), binding)
    assert read == [*range(1, pages + 1), *[None] * (-pages % 4)]


@given(PAGES.filter(lambda pages: pages > 1), BINDINGS)
def test_a_declared_back_cover_stays_outside(pages: int, binding: Binding) -> None:
    read = fold(saddle(pages, binding, back_cover=True), binding)
    assert read == [*range(1, pages), *[None] * (-pages % 4), pages]


@given(PAGES, BINDINGS)
def test_no_more_sheets_are_printed_than_it_takes(pages: int, binding: Binding) -> None:
    assert len(saddle(pages, binding)) == (pages + 3) // 4


@given(PAGES, BINDINGS)
def test_odd_pages_face_the_side_away_from_the_spine(pages: int, binding: Binding) -> None:
    # In a book bound on the left a recto, which is odd, is a right-hand page; on the right, left.
    for sheet in saddle(pages, binding):
        for face in (sheet.front, sheet.back):
            recto, verso = face if binding is Binding.RIGHT else reversed(face)
            assert recto is None or recto % 2 == 1
            assert verso is None or verso % 2 == 0


@given(PAGES)
def test_a_booklet_bound_on_the_right_is_the_mirror_of_one_bound_on_the_left(pages: int) -> None:
    left, right = saddle(pages, Binding.LEFT), saddle(pages, Binding.RIGHT)
    assert [tuple(reversed(sheet.front)) for sheet in left] == [sheet.front for sheet in right]
    assert [tuple(reversed(sheet.back)) for sheet in left] == [sheet.back for sheet in right]


def test_eight_pages_as_every_printer_knows_them() -> None:
    assert saddle(8, Binding.LEFT) == (
        Sheet(Face(8, 1), Face(2, 7)),
        Sheet(Face(6, 3), Face(4, 5)),
    )
    assert saddle(8, Binding.RIGHT) == (
        Sheet(Face(1, 8), Face(7, 2)),
        Sheet(Face(3, 6), Face(5, 4)),
    )


@pytest.mark.parametrize("back_cover", [False, True])
def test_a_single_page_is_the_front_cover(back_cover: bool) -> None:
    sheets = saddle(1, Binding.LEFT, back_cover=back_cover)
    assert sheets == (Sheet(Face(None, 1), Face(None, None)),)


def test_no_pages_need_no_sheets() -> None:
    assert saddle(0, Binding.LEFT) == ()
    assert saddle(0, Binding.RIGHT, back_cover=True) == ()


def test_schemes_are_known_by_their_names() -> None:
    assert SCHEMES["saddle"] is SADDLE
    assert all(name == scheme.name for name, scheme in SCHEMES.items())
    assert "short edge" in SADDLE.printing
