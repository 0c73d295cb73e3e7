"""Levels: inferred from bare text, declared in book.toml, closed for a list of contents."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import ConfigurationError, Origin
from pipeline.structure.outline import (
    Announcement,
    declared_levels,
    infer_levels,
    is_heading,
    skipped,
)
from tests.unit_helpers import heading, paragraph

AT = Origin("book.toml", 4)
PIVOT = (
    heading("Title", 0, 1),
    paragraph("One", 3),
    paragraph("Text", 5),
    paragraph("12", 7),
    paragraph("Last", 12),
)


def levels(*headings: tuple[int, int | None]) -> list[int]:
    found = infer_levels([Announcement(at, number) for at, number in headings])
    return [found[at] for at, _ in headings]


@pytest.mark.parametrize(
    ("headings", "expected"),
    [
        ([], []),
        ([(1, None), (5, None), (9, None)], [1, 1, 1]),
        ([(1, None), (2, None), (9, None)], [1, 2, 1]),
        ([(1, 3), (2, None), (5, None), (9, None), (12, None)], [1, 2, 2, 2, 1]),
        ([(1, 3), (5, None), (9, None)], [1, 1, 1]),
        ([(1, 9), (2, None), (5, None)], [1, 2, 1]),
        ([(1, 2), (2, 2), (3, None), (6, None), (9, None), (12, None)], [1, 2, 3, 3, 2, 1]),
        ([(1, None), (2, None), (3, None), (9, None)], [1, 2, 3, 1]),
    ],
)
def test_a_heading_right_under_a_heading_is_deeper(
    headings: list[tuple[int, int | None]], expected: list[int]
) -> None:
    assert levels(*headings) == expected


@pytest.mark.parametrize(
    ("outline", "expected"),
    [
        ({}, {}),
        ({"3": 1, "7": 2}, {1: 1, 3: 2}),
        ({"One": 1, "Last": 2}, {1: 1, 4: 2}),
        ({" One ": 1}, {1: 1}),
        ({"3": 0}, {1: 0}),
        ({"12": 1}, {3: 1}),
    ],
)
def test_an_outline_speaks_of_lines_or_of_their_text(
    outline: dict[str, int], expected: dict[int, int]
) -> None:
    assert declared_levels(outline, PIVOT, {}) == expected


@pytest.mark.parametrize("key", ["4", "0", "999", "Nowhere", ""])
def test_a_key_that_is_found_nowhere_is_an_error_with_its_place(key: str) -> None:
    with pytest.raises(ConfigurationError) as caught:
        declared_levels({key: 1}, PIVOT, {key: AT})
    assert caught.value.at == AT
    assert f"“{key}”" in caught.value.what
    assert "a.txt" in caught.value.what
    assert caught.value.cure


@pytest.mark.parametrize("level", [-1, 6, 100])
def test_a_level_that_makes_no_sense_is_an_error(level: int) -> None:
    with pytest.raises(ConfigurationError, match=str(level)):
        declared_levels({"One": level}, PIVOT, {"One": AT})


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ([1, 2, 3, 1], [1, 2, 3, 1]),
        ([1, 3, 1], [1, 2, 1]),
        ([2, 3, 1], [1, 2, 1]),
        ([1, 4, 3, 4], [1, 2, 2, 3]),
        ([3, 3, 3], [1, 1, 1]),
    ],
)
def test_no_level_is_left_out_on_the_way_down(before: list[int], after: list[int]) -> None:
    assert list(skipped(dict(enumerate(before))).values()) == after


@given(st.lists(st.integers(1, 6)))
def test_closed_levels_begin_at_one_and_go_down_by_one(before: list[int]) -> None:
    after = list(skipped(dict(enumerate(before))).values())
    assert len(after) == len(before)
    previous = 0
    for level in after:
        assert 1 <= level <= previous + 1
        previous = level
    assert list(skipped(dict(enumerate(after))).values()) == after


def test_a_title_is_no_heading_of_a_section() -> None:
    assert is_heading(heading("a", 1))
    assert not is_heading(heading("a", 0))
    assert not is_heading(paragraph("a"))
