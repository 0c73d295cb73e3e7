"""Printer's order, as every printer knows it; that it is right at all sheet by sheet is proved by folding."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.pdf.imposition import SADDLE, SCHEMES, Binding
from pipeline.pdf.imposition.order import Face, Sheet, grid_of, n_up, perfect, saddle, with_blanks
from pipeline.settings.sheets import SIGNATURES, LastSignature, SheetSettings
from tests.pdf.imposition.paper import Pair, fold

PLAIN = SheetSettings()
PAGES = st.integers(min_value=1, max_value=64)
BINDINGS = st.sampled_from(Binding)


def numbers(face: Face) -> list[list[int | None]]:
    """The pages of a side, negative where they stand on their heads."""
    return [
        [slot.page and (-slot.page if slot.turned else slot.page) for slot in row]
        for row in face.rows
    ]


def pairs(sheets: tuple[Sheet, ...]) -> list[tuple[Pair, Pair]]:
    """Sheets that are folded once, as what stands left and right on either side."""

    def pair(face: Face) -> Pair:
        ((left, right),) = numbers(face)
        return left, right

    return [(pair(sheet.front), pair(sheet.back)) for sheet in sheets]


@given(PAGES, BINDINGS)
def test_folded_sheets_read_from_the_first_page_to_the_last(pages: int, binding: Binding) -> None:
    read = fold(pairs(saddle(pages, PLAIN, binding)), binding)
    assert read == [*range(1, pages + 1), *[None] * (-pages % 4)]


@given(PAGES, BINDINGS, st.data())
def test_blank_pages_stand_where_they_are_wanted(
    pages: int, binding: Binding, data: st.DataObject
) -> None:
    after = data.draw(st.integers(min_value=0, max_value=pages))
    read = fold(pairs(saddle(pages, PLAIN, binding, blanks_after=after)), binding)
    blanks = [None] * (-pages % 4)
    assert read == [*range(1, after + 1), *blanks, *range(after + 1, pages + 1)]


@given(PAGES, BINDINGS)
def test_no_more_sheets_are_printed_than_it_takes(pages: int, binding: Binding) -> None:
    assert len(saddle(pages, PLAIN, binding)) == (pages + 3) // 4


@given(PAGES, BINDINGS)
def test_odd_pages_face_the_side_away_from_the_spine(pages: int, binding: Binding) -> None:
    # In a book bound on the left a recto, which is odd, is a right-hand page; on the right, left.
    for sheet in pairs(saddle(pages, PLAIN, binding)):
        for face in sheet:
            recto, verso = face if binding is Binding.RIGHT else reversed(face)
            assert recto is None or recto % 2 == 1
            assert verso is None or verso % 2 == 0


@given(PAGES, st.sampled_from([saddle, perfect, n_up]))
def test_what_is_bound_on_the_right_is_the_mirror_of_what_is_bound_on_the_left(
    pages: int, order: object
) -> None:
    left, right = (order(pages, PLAIN, binding) for binding in Binding)  # type: ignore[operator]
    assert [sheet.front.mirrored for sheet in left] == [sheet.front for sheet in right]
    assert [sheet.back.mirrored for sheet in left] == [sheet.back for sheet in right]


def test_eight_pages_on_two_sheets_as_every_printer_knows_them() -> None:
    assert pairs(saddle(8, PLAIN, Binding.LEFT)) == [((8, 1), (2, 7)), ((6, 3), (4, 5))]
    assert pairs(saddle(8, PLAIN, Binding.RIGHT)) == [((1, 8), (7, 2)), ((3, 6), (5, 4))]


def test_eight_pages_on_one_sheet_as_every_printer_knows_them() -> None:
    (sheet,) = saddle(8, SheetSettings(folds=2), Binding.LEFT)
    assert numbers(sheet.front) == [[-5, -4], [8, 1]]
    assert numbers(sheet.back) == [[-3, -6], [2, 7]]


def test_sixteen_pages_on_one_sheet() -> None:
    (sheet,) = perfect(16, SheetSettings(folds=3), Binding.LEFT)
    assert numbers(sheet.front) == [[-9, -8, -5, -12], [16, 1, 4, 13]]
    assert numbers(sheet.back) == [[-11, -6, -7, -10], [14, 3, 2, 15]]
    for row in (*sheet.front.rows, *sheet.back.rows):
        for one, other in zip(row[::2], row[1::2], strict=True):
            assert {one.page, other.page} == {one.page, 17 - (one.page or 0)}, "no leaf hangs there"


def test_leaves_know_how_deep_they_hang() -> None:
    sheets = saddle(16, SheetSettings(folds=2), Binding.LEFT)
    depths = {
        slot.page: slot.depth
        for sheet in sheets
        for face in (sheet.front, sheet.back)
        for row in face.rows
        for slot in row
    }
    deep = [0, 0, 1, 1, 2, 2, 3, 3]
    assert [depths[page] for page in range(1, 17)] == deep + deep[::-1]


@given(PAGES, st.sampled_from(SIGNATURES), st.sampled_from(LastSignature))
def test_signatures_are_filled_or_the_last_one_is_smaller(
    pages: int, size: int, last: LastSignature
) -> None:
    sheets = perfect(pages, SheetSettings(signature=size, last=last), Binding.LEFT)
    in_each = [
        sum(sheet.signature == number for sheet in sheets)
        for number in range(sheets[-1].signature + 1)
    ]
    assert all(each == size // 4 for each in in_each[:-1])
    slots = 4 * sum(in_each)
    assert slots - pages < (size if last is LastSignature.BLANK else 4)


def test_four_pages_on_a_side_are_read_as_their_language_is() -> None:
    (sheet,) = n_up(7, PLAIN, Binding.LEFT)
    assert numbers(sheet.front) == [[1, 2], [3, 4]]
    assert numbers(sheet.back) == [[5, 6], [7, None]]
    (sheet,) = n_up(7, PLAIN, Binding.RIGHT)
    assert numbers(sheet.front) == [[2, 1], [4, 3]]
    assert numbers(sheet.back) == [[6, 5], [None, 7]]


def test_pages_stand_so_that_the_whole_is_less_narrow() -> None:
    upright = {up: grid_of(up) for up in (2, 4, 8, 16)}
    assert upright == {2: (2, 1), 4: (2, 2), 8: (4, 2), 16: (4, 4)}
    assert {up: grid_of(up, across=True)[::-1] for up in upright} == upright


@pytest.mark.parametrize("after", [None, 1])
def test_a_single_page_is_the_front_cover(after: int | None) -> None:
    sheets = saddle(1, PLAIN, Binding.LEFT, blanks_after=after)
    assert pairs(sheets) == [((None, 1), (None, None))]


def test_no_pages_need_no_sheets() -> None:
    for scheme in SCHEMES.values():
        assert scheme.order(0, PLAIN, Binding.LEFT) == ()


def test_where_pages_fill_the_sheets_there_is_no_blank_one() -> None:
    assert with_blanks(8, 4, 2) == [*range(1, 9)]


def test_schemes_are_known_by_their_names() -> None:
    assert SCHEMES["saddle"] is SADDLE
    assert all(name == scheme.name for name, scheme in SCHEMES.items())
