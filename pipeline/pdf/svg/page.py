"""A page of a PDF as SVG: the same composition, its letters as outlines, so that it needs no fonts.

The operators of the page's content (ISO 32000-1, annex A) are carried out, and every shape comes out in the
coordinates of the page, in pt, with y downward. Known is what the layout engine writes for pages of type,
fields, rules, frames and pictures; anything else is an error and not left out.
"""

import base64
import io
from typing import Any

import pikepdf
from pikepdf import Matrix

from pipeline.pdf.read.interpreter import moved, parts
from pipeline.pdf.svg.canvas import Canvas, cannot, number
from pipeline.pdf.svg.fonts import PageFont, path_of
from pipeline.pdf.svg.geometry import Path

SILENT = frozenset(
    ("BMC", "BDC", "EMC", "MP", "DP", "BX", "EX", "ri", "i", "M", "Tr", "Tz", "Tw", "Tc")
)
"""Operators that change nothing of what the layout engine writes: marks of the structure, and states of text
that it leaves as they are."""

PAINTS = {
    "f": (True, False, False), "F": (True, False, False), "f*": (True, False, True),
    "S": (False, True, False), "B": (True, True, False), "B*": (True, True, True),
    "n": (False, False, False),
}  # fmt: skip
"""What operators do with a path: fill it, stroke it, by the even-odd rule."""
CLOSING = {"s": "S", "b": "B", "b*": "B*"}


def drawing(pdf: bytes) -> tuple[str, float, float]:
    """The first page of a PDF as the inside of an SVG, with its width and height in pt.

    Raises :class:`LayoutError` where there is something on the page that cannot be drawn so.
    """
    with pikepdf.open(io.BytesIO(pdf)) as document:
        page = document.pages[0]
        left, bottom, right, top = map(float, page.mediabox)
        base = Matrix(1.0, 0.0, 0.0, -1.0, -left, top)
        artist = _Artist(base, (0.0, 0.0, right - left, top - bottom))
        artist.carry_out(page.obj, page.obj.get("/Resources"))
        return artist.markup(), right - left, top - bottom


class _Artist(Canvas):
    """Carries out the content of a page: text and pictures as well."""

    letters = Path()

    def operate(self, name: str, operands: Any) -> None:
        if name in PAINTS:
            self.paint(*PAINTS[name])
        elif name in CLOSING:
            self.close()
            self.paint(*PAINTS[CLOSING[name]])
        elif name == "ET":
            self._flush()
        elif name in self.OPERATORS:
            super().operate(name, operands)
        elif name not in SILENT:
            raise cannot(f"the operator “{name}”")

    # --- text -----------------------------------------------------------------------------------

    def begin_text(self, operands: Any) -> None:
        super().begin_text(operands)
        self.letters = Path()

    def _flush(self) -> None:
        if self.letters.parts:
            alpha = self.state.fill_alpha
            opacity = f' fill-opacity="{number(alpha)}"' if alpha < 1 else ""
            element = f'<path d="{self.letters.data}" fill="{self.state.fill}"{opacity}/>'
            self.draw(element, self.letters.box)
        self.letters = Path()

    def read_font(self, font: Any) -> PageFont:
        return PageFont.read(font)

    def show(self, operands: Any) -> None:
        font, size = self.state.font, self.state.size
        if font is None:
            raise cannot("text without a font")
        place = Matrix(size, 0.0, 0.0, size, 0.0, self.state.rise)
        for part in parts(operands):
            if isinstance(part, float):
                self._advance(-part / 1000 * size)
                continue
            for glyph, width in font.glyphs(part):
                data, points = path_of(font, glyph, place @ self.text @ self.state.matrix)
                if data:
                    self.letters.parts.append(data)
                    self.letters.points.extend(points)
                self._advance(width * size)

    def _advance(self, along: float) -> None:
        self.text = moved(along, 0.0) @ self.text

    # --- pictures ---------------------------------------------------------------------------------

    def picture(self, picture: Any) -> None:
        stream = io.BytesIO()
        image = pikepdf.PdfImage(picture).as_pil_image().convert("RGB")
        if "/SMask" in picture:
            image.putalpha(pikepdf.PdfImage(picture["/SMask"]).as_pil_image().convert("L"))
        image.save(stream, "PNG", optimize=True)
        content = base64.b64encode(stream.getvalue()).decode("ascii")
        # A picture is the unit square with its first row at the top (ISO 32000-1, 8.9.5).
        place = Matrix(1.0, 0.0, 0.0, -1.0, 0.0, 1.0) @ self.state.matrix
        corners = Path(points=[place.transform((x, y)) for x in (0, 1) for y in (0, 1)])
        self.draw(
            f'<image width="1" height="1" preserveAspectRatio="none" '
            f'transform="matrix({" ".join(map(number, place.shorthand))})" '
            f'href="data:image/png;base64,{content}"/>',
            corners.box,
        )
