"""Tints: legible, equally loud, far apart."""

import itertools
import re

import pytest

from pipeline.design.colour import Tint, oklch, tint_of, tints
from tests.unit_helpers import ROOT, contrast

COUNTS = range(1, 13)


def papers(*, dark: bool) -> list[str]:
    """The backgrounds that the style sheets declare, of dark screens or of all else."""
    found: list[str] = []
    for sheet in sorted((ROOT / "templates" / "styles").glob("*.css")):
        found += re.findall(r"--paper:\s*(#[0-9a-fA-F]{6})\b", sheet.read_text("utf-8"))
    return [paper for paper in found if (lightness(paper) < 0.5) is dark]


def lightness(colour: str) -> float:
    """L of OKLab, by Björn Ottosson's matrices."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    long = (0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue) ** (1 / 3)
    medium = (0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue) ** (1 / 3)
    short = (0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue) ** (1 / 3)
    return 0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short


def test_contrast_is_what_wcag_says() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#ffffff", "#000000") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
    assert contrast("#123456", "#123456") == pytest.approx(1)


@pytest.mark.parametrize("count", COUNTS)
def test_inks_are_legible_on_white_and_under_white(count: int) -> None:
    for tint in tints(count):
        assert contrast(tint.ink, "#ffffff") >= 4.5


@pytest.mark.parametrize("dark", [True, False])
def test_the_style_sheets_declare_papers(dark: bool) -> None:
    assert papers(dark=dark)


@pytest.mark.parametrize("count", COUNTS)
def test_inks_are_legible_on_paper(count: int) -> None:
    for paper in papers(dark=False):
        for tint in tints(count):
            assert contrast(tint.ink, paper) >= 4.5, paper


@pytest.mark.parametrize("count", COUNTS)
def test_glows_are_legible_on_a_dark_screen(count: int) -> None:
    for paper in papers(dark=True):
        for tint in tints(count):
            assert contrast(tint.glow, paper) >= 4.5, paper


@pytest.mark.parametrize("count", COUNTS)
def test_black_is_legible_on_a_wash(count: int) -> None:
    for tint in tints(count):
        assert contrast(tint.wash, "#000000") >= 7


@pytest.mark.parametrize("part", ["ink", "glow", "wash"])
def test_no_language_is_lighter_than_another(part: str) -> None:
    found = [lightness(getattr(tint, part)) for count in COUNTS for tint in tints(count)]
    assert max(found) - min(found) < 0.012


@pytest.mark.parametrize("count", COUNTS)
def test_tints_are_all_different(count: int) -> None:
    found = tints(count)
    assert len(found) == count
    assert len({tint.ink for tint in found}) == count
    assert len({tint.glow for tint in found}) == count


def test_tints_are_the_same_on_every_build() -> None:
    assert tints(5) == tints(5)
    assert tints(0) == ()


@pytest.mark.parametrize("count", COUNTS)
def test_colours_are_six_hexadecimal_digits(count: int) -> None:
    for tint in tints(count):
        for colour in (tint.ink, tint.glow, tint.wash):
            assert len(colour) == 7
            int(colour.removeprefix("#"), 16)


def test_a_given_ink_keeps_its_colour_and_gives_its_hue_to_the_others() -> None:
    own = tints(5)[2]
    found = tint_of(own.ink)
    assert found.ink == own.ink
    for ours, theirs in ((found.glow, own.glow), (found.wash, own.wash)):
        for at in (1, 3, 5):
            assert abs(int(ours[at : at + 2], 16) - int(theirs[at : at + 2], 16)) <= 4


@pytest.mark.parametrize("ink", ["#000000", "#ffffff", "#808080", "#ff0000", "#0000ff"])
def test_any_ink_has_a_tint(ink: str) -> None:
    found = tint_of(ink)
    assert isinstance(found, Tint)
    assert found.ink == ink
    assert contrast(found.glow, "#000000") > 4.5


@pytest.mark.parametrize(
    ("ink", "glow"), [("#000000", "#eca7bb"), ("#010101", "#d3bc7d"), ("#ffffff", "#d3bc7d")]
)
def test_the_tint_of_a_grey_is_the_same_on_every_machine(ink: str, glow: str) -> None:
    assert tint_of(ink).glow == glow


@pytest.mark.parametrize(("lightness_", "colour"), [(0.0, "#000000"), (1.0, "#ffffff")])
def test_the_ends_of_lightness_are_black_and_white(lightness_: float, colour: str) -> None:
    assert oklch(lightness_, 0.0, 0.0) == colour


def test_a_chroma_that_no_screen_can_show_is_lowered_and_the_lightness_kept() -> None:
    for hue in range(0, 360, 30):
        shown = oklch(0.6, 0.4, hue)
        assert lightness(shown) == pytest.approx(0.6, abs=0.02)


def test_neighbours_of_five_are_easily_told_apart() -> None:
    for one, other in itertools.pairwise(tints(5)):
        distance = sum(
            abs(int(one.ink[at : at + 2], 16) - int(other.ink[at : at + 2], 16)) for at in (1, 3, 5)
        )
        assert distance > 60
