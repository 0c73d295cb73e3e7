"""A short text as outlines: shaped, but no text any more.

For what is to be seen and not read aloud, searched or copied, such as the tabs of a thumb index. Text that is
turned on its side also makes some extractors mix up the order of a whole page.
"""

import unicodedata
from dataclasses import dataclass
from functools import cache

import uharfbuzz

from pipeline.fonts import Family, Style, drawable
from pipeline.fonts.pens import Pen, Point
from pipeline.languages import Language


@dataclass(frozen=True, slots=True)
class Outline:
    """A path in SVG's terms, in em, with y downward: in a horizontal line the baseline is at 0, in a vertical
    one the middle of its letters is; ``length`` is how far the line reaches to the right, or down."""

    path: str
    length: float
    ascent: float
    descent: float
    upright: bool = False
    """Whether the letters stand one below the other."""


def outline(
    text: str,
    families: tuple[Family, ...],
    style: Style,
    language: Language,
    *,
    vertical: bool = False,
) -> Outline:
    """The outlines of a text in one line, in the first family that draws all of it.

    In a ``vertical`` line letters stand one below the other where the script writes them so (UAX 50); all
    others come as a horizontal line, which is to be turned. Lengths are in em; a path is empty where no family
    draws the text whole.
    """
    upright = vertical and language.script.upright
    for family in families:
        if all(char.isspace() or drawable(char, [family]) for char in text):
            nearest = style if style in family.styles else family.styles[0]
            return _shaped(text, str(family.file(nearest)), language, upright=upright)
    return Outline("", 0.0, 0.0, 0.0, upright)


def advance(text: str, families: tuple[Family, ...], style: Style, language: Language) -> float:
    """How far a text in one line reaches, in em: shaped, each character in the first family that draws it."""
    stretches: list[tuple[Family, str]] = []
    for char in text:
        own = next((each for each in families if drawable(char, [each])), None)
        if stretches and (own in (None, stretches[-1][0]) or unicodedata.combining(char)):
            stretches[-1] = (stretches[-1][0], stretches[-1][1] + char)
        else:
            stretches.append((own or families[0], char))
    return sum(_advance(stretch, family, style, language) for family, stretch in stretches)


def _advance(text: str, family: Family, style: Style, language: Language) -> float:
    font = _font(str(family.file(style if style in family.styles else family.styles[0])))
    buffer = uharfbuzz.Buffer()
    buffer.add_str(text)
    buffer.language = language.tag
    buffer.guess_segment_properties()
    uharfbuzz.shape(font, buffer)
    return float(sum(each.x_advance for each in buffer.glyph_positions) / font.face.upem)


@cache
def _font(path: str) -> uharfbuzz.Font:
    return uharfbuzz.Font(uharfbuzz.Face(uharfbuzz.Blob.from_file_path(path)))


def _shaped(text: str, path: str, language: Language, *, upright: bool) -> Outline:
    font = _font(path)
    upem = font.face.upem
    buffer = uharfbuzz.Buffer()
    buffer.add_str(text)
    buffer.direction = "ttb" if upright else language.direction.value
    buffer.language = language.tag
    buffer.guess_segment_properties()
    uharfbuzz.shape(font, buffer)
    pen = _PathData(1 / upem)
    x = y = 0
    for info, position in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
        pen.move(x + position.x_offset, y + position.y_offset)
        font.draw_glyph_with_pen(info.codepoint, pen)
        x += position.x_advance
        y += position.y_advance
    extents = font.get_font_extents("ltr")
    return Outline(
        " ".join(pen.parts),
        (-y if upright else x) / upem,
        extents.ascender / upem,
        -extents.descender / upem,
        upright,
    )


class _PathData(Pen):
    """Writes glyphs' outlines as SVG path data."""

    def __init__(self, scale: float) -> None:
        self.scale = scale
        self.parts: list[str] = []
        self.x = self.y = 0

    def move(self, x: int, y: int) -> None:
        """Where the next glyph's origin is, in font units."""
        self.x, self.y = x, y

    def add(self, command: str, points: tuple[Point, ...]) -> None:
        numbers = (
            f"{(self.x + x) * self.scale:.4f} {-(self.y + y) * self.scale:.4f}" for x, y in points
        )
        self.parts.append(command + " ".join(numbers))
