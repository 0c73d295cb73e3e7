"""A short text as outlines: shaped, but no text any more.

For what is to be seen and not read aloud, searched or copied, such as the tabs of a thumb index. Text that is
turned on its side also makes some extractors mix up the order of a whole page.
"""

from dataclasses import dataclass
from functools import cache

import uharfbuzz

from pipeline.fonts import Family, Style, drawable
from pipeline.languages import Language


@dataclass(frozen=True, slots=True)
class Outline:
    """A path in SVG's terms, with the baseline at 0 and y downward; ``width`` and sizes in em."""

    path: str
    width: float
    ascent: float
    descent: float


def outline(text: str, families: tuple[Family, ...], style: Style, language: Language) -> Outline:
    """The outlines of a text in one line, in the first family that draws all of it.

    Lengths are in em; a path is empty where no family draws the text whole.
    """
    for family in families:
        if all(char.isspace() or drawable(char, [family]) for char in text):
            nearest = style if style in family.styles else family.styles[0]
            return _shaped(text, str(family.file(nearest)), language)
    return Outline("", 0.0, 0.0, 0.0)


@cache
def _font(path: str) -> uharfbuzz.Font:
    return uharfbuzz.Font(uharfbuzz.Face(uharfbuzz.Blob.from_file_path(path)))


def _shaped(text: str, path: str, language: Language) -> Outline:
    font = _font(path)
    upem = font.face.upem
    buffer = uharfbuzz.Buffer()
    buffer.add_str(text)
    buffer.direction = language.direction.value
    buffer.language = language.tag
    buffer.guess_segment_properties()
    uharfbuzz.shape(font, buffer)
    pen = _Pen(1 / upem)
    x = y = 0
    for info, position in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
        pen.move(x + position.x_offset, y + position.y_offset)
        font.draw_glyph_with_pen(info.codepoint, pen)
        x += position.x_advance
        y += position.y_advance
    extents = font.get_font_extents("ltr")
    return Outline(
        " ".join(pen.parts), x / upem, extents.ascender / upem, -extents.descender / upem
    )


class _Pen:
    """Writes a glyph's outlines as SVG path data (the segment pen protocol of fontTools)."""

    def __init__(self, scale: float) -> None:
        self.scale = scale
        self.parts: list[str] = []
        self.x = self.y = 0

    def move(self, x: int, y: int) -> None:
        """Where the next glyph's origin is, in font units."""
        self.x, self.y = x, y

    def _points(self, letter: str, points: tuple[tuple[float, float], ...]) -> None:
        numbers = (
            f"{(self.x + x) * self.scale:.4f} {-(self.y + y) * self.scale:.4f}" for x, y in points
        )
        self.parts.append(letter + " ".join(numbers))

    def moveTo(self, point: tuple[float, float]) -> None:  # noqa: N802 - the protocol's name
        self._points("M", (point,))

    def lineTo(self, point: tuple[float, float]) -> None:  # noqa: N802
        self._points("L", (point,))

    def qCurveTo(self, *points: tuple[float, float]) -> None:  # noqa: N802
        self._points("Q", points)

    def curveTo(self, *points: tuple[float, float]) -> None:  # noqa: N802
        self._points("C", points)

    def closePath(self) -> None:  # noqa: N802
        self.parts.append("Z")

    def endPath(self) -> None:  # noqa: N802
        self.closePath()
