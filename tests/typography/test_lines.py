"""Justified lines end where the text ends, on both sides."""

import pytest

from tests.typography import layout

THIRD_OF_A_POINT = 0.4
"""0.3 pt in px."""

EVERY = [
    pytest.param(folder, tag, id=f"{folder.name}-{tag}")
    for folder in layout.SOURCES
    for tag in ("ar", "de", "es", "id")
]


@pytest.mark.parametrize(("folder", "tag"), EVERY)
def test_what_is_drawn_is_as_wide_as_what_was_measured(folder: layout.Path, tag: str) -> None:
    lines = [line for each in layout.pages(folder, tag) for line in each.lines]
    assert len(lines) > 100
    assert [line.text for line in lines if line.overhang > THIRD_OF_A_POINT] == []


@pytest.mark.parametrize(("folder", "tag"), EVERY)
def test_a_justified_line_reaches_both_margins(folder: layout.Path, tag: str) -> None:
    count = 0
    for each in layout.pages(folder, tag):
        for line in each.lines if each.justified and each.tag == "p" else ():
            if line.last or " " not in line.text.strip():
                continue
            count += 1
            assert line.gaps == pytest.approx((0, 0), abs=THIRD_OF_A_POINT), line.text
    assert count > 50
