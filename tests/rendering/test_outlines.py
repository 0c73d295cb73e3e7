"""Names as outlines: on their side, or upright one letter below the other."""

import re

import pytest

from pipeline.fonts import REGULAR, stack
from pipeline.languages import language
from pipeline.rendering.outlines import Outline, outline


def drawn(tag: str, *, vertical: bool = True) -> Outline:
    own = language(tag)
    return outline(own.autonym, stack(own.script), REGULAR, own, vertical=vertical)


def extent(shape: Outline) -> tuple[float, float, float, float]:
    """Left, top, right, bottom of all points of a path, in em."""
    numbers = [float(number) for number in re.findall(r"-?\d+\.\d+", shape.path)]
    xs, ys = numbers[::2], numbers[1::2]
    return min(xs), min(ys), max(xs), max(ys)


@pytest.mark.parametrize("tag", ["ja", "zh", "zh-Hant", "ko"])
def test_letters_that_stand_upright_in_vertical_lines_stand_below_each_other(tag: str) -> None:
    shape = drawn(tag)
    left, top, right, bottom = extent(shape)
    assert shape.upright
    assert shape.length == pytest.approx(len(language(tag).autonym), abs=0.1)
    assert -0.1 < top < bottom < shape.length + 0.1
    assert -0.6 < left < 0 < right < 0.6
    assert left == pytest.approx(-right, abs=0.1), "in the middle of the line"


@pytest.mark.parametrize("tag", ["de", "ar", "th"])
def test_all_others_come_as_one_horizontal_line(tag: str) -> None:
    shape = drawn(tag)
    left, _, right, _ = extent(shape)
    assert not shape.upright
    assert shape == drawn(tag, vertical=False)
    assert 0.8 * shape.length < right - left < 1.1 * shape.length


def test_a_horizontal_line_is_horizontal_in_any_script() -> None:
    assert not drawn("ja", vertical=False).upright
