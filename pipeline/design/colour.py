"""One tint a language: hues of equal lightness and chroma, so that no language is the loud one."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any


@dataclass(frozen=True, slots=True)
class Shades:
    """Lightness (0 to 1) and chroma in OKLCH (CSS Color 4, section 9.4) of the colours of a tint. By default
    the ink keeps 4.5:1 on paper and under white text, and the glow keeps it on a dark screen."""

    ink: tuple[float, float] = (0.46, 0.095)
    glow: tuple[float, float] = (0.80, 0.085)
    wash: tuple[float, float] = (0.955, 0.018)
    first_hue: float = 48.0
    """In degrees."""


USUAL = Shades()

GREY_HUE = 89.8756
"""In degrees: that of the colours beside a grey, which has none of its own."""


@dataclass(frozen=True, slots=True)
class Tint:
    """The colours of one language, as ``#rrggbb``."""

    ink: str
    """On paper, and as a field under white text."""
    glow: str
    """On a dark screen."""
    wash: str
    """A field under black text."""


@dataclass(frozen=True, slots=True)
class Palette:
    """The colours of a page, as style sheets write them."""

    paper: str
    white: str
    """Text on a field of colour."""
    ink: str
    """Text."""
    quiet: str
    """Text that steps back: running heads, folios."""
    line: str
    field: str
    """Behind code."""
    accent: str
    """Where no language has its own."""
    tints: Mapping[str, Tint]


def tints(count: int, shades: Shades = USUAL) -> tuple[Tint, ...]:
    """``count`` tints, as far apart in hue as they can be."""
    hues = [(shades.first_hue + 360.0 * at / max(count, 1)) % 360 for at in range(count)]
    return tuple(
        Tint(oklch(*shades.ink, hue), oklch(*shades.glow, hue), oklch(*shades.wash, hue))
        for hue in hues
    )


@cache
def _colours() -> Any:
    """The class of colours. It knows all colour spaces that there are, which takes a tenth of a second, and
    only the process that plans a build computes any."""
    from coloraide import Color  # noqa: PLC0415

    return Color


def tint_of(ink: str, shades: Shades = USUAL) -> Tint:
    """The tint whose ink is a given colour: the same hue in the other two."""
    own = _colours()(ink).convert("oklch")
    hue = own.get("hue", nans=False) or (GREY_HUE if own.get("lightness") else 0.0)
    return Tint(ink, oklch(*shades.glow, hue), oklch(*shades.wash, hue))


def oklch(lightness: float, chroma: float, hue: float) -> str:
    """``#rrggbb`` of a colour in OKLCH; chroma is lowered until sRGB can show it."""
    while True:
        colour = _colours()("oklch", [lightness, chroma, hue]).convert("srgb-linear")
        if chroma <= 0 or colour.in_gamut(tolerance=1e-4):
            return str(colour.convert("srgb").clip().to_string(hex=True))
        chroma -= 0.005
