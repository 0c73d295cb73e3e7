"""Boxes and how lengths are written."""

import pytest

from pipeline.pdf.imposition.geometry import Box, number


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (0, "0"),
        (-0.0, "0"),
        (-1e-9, "0"),
        (-0.5, "-0.5"),
        (-10.05, "-10.05"),
        (100, "100"),
        (1e-6, "0.000001"),
        (839.0551181102, "839.055118"),
        (14400, "14400"),
    ],
)
def test_a_length_is_written_as_pdf_wants_it(value: float, written: str) -> None:
    assert number(value) == written


def test_any_two_opposite_corners_make_a_box() -> None:
    assert Box.of((10, 20, 0, 5)) == Box(0, 5, 10, 20)


def test_boxes_that_do_not_meet_share_nothing() -> None:
    shared = Box(0, 0, 10, 10).inside(Box(20, 0, 30, 10))
    assert (shared.width, shared.height) == (0, 10)
