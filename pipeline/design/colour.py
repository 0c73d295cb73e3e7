"""One tint a language: hues of equal lightness and chroma, so that no language is the loud one."""

import math
from collections.abc import Mapping
from dataclasses import dataclass


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


def tint_of(ink: str, shades: Shades = USUAL) -> Tint:
    """The tint whose ink is a given colour: the same hue in the other two."""
    hue = _hue(ink)
    return Tint(ink, oklch(*shades.glow, hue), oklch(*shades.wash, hue))


def oklch(lightness: float, chroma: float, hue: float) -> str:
    """``#rrggbb`` of a colour in OKLCH; chroma is lowered until sRGB can show it."""
    while True:
        linear = _linear(lightness, chroma, hue)
        if chroma <= 0 or all(-1e-4 <= part <= 1 + 1e-4 for part in linear):
            return "#" + "".join(f"{round(255 * _gamma(part)):02x}" for part in linear)
        chroma -= 0.005


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours (WCAG 2.2, definition of contrast ratio)."""
    a, b = sorted((_luminance(one), _luminance(other)))
    return (b + 0.05) / (a + 0.05)


def _linear(lightness: float, chroma: float, hue: float) -> tuple[float, float, float]:
    # Björn Ottosson's matrices, as CSS Color 4, section 18, gives them.
    a = chroma * math.cos(math.radians(hue))
    b = chroma * math.sin(math.radians(hue))
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short,
    )


def _hue(colour: str) -> float:
    red, green, blue = (_ungamma(part) for part in _parts(colour))
    long = (0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue) ** (1 / 3)
    medium = (0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue) ** (1 / 3)
    short = (0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue) ** (1 / 3)
    a = 1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short
    b = 0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short
    return math.degrees(math.atan2(b, a)) % 360


def _parts(colour: str) -> tuple[float, float, float]:
    return (int(colour[1:3], 16) / 255, int(colour[3:5], 16) / 255, int(colour[5:7], 16) / 255)


def _gamma(part: float) -> float:
    part = min(1.0, max(0.0, part))
    return 12.92 * part if part <= 0.0031308 else 1.055 * part ** (1 / 2.4) - 0.055


def _ungamma(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4


def _luminance(colour: str) -> float:
    red, green, blue = (_ungamma(part) for part in _parts(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
