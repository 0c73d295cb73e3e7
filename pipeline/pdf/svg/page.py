"""A page of a PDF as SVG: the same composition, its letters as outlines, so that it needs no fonts.

The operators of the page's content (ISO 32000-1, annex A) are carried out, and every shape comes out in the
coordinates of the page, in pt, with y downward. Known is what the layout engine writes for pages of type,
fields, rules, frames and pictures; anything else is an error and not left out.
"""

import base64
import io
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import pikepdf

from pipeline.pdf.svg.canvas import Canvas, cannot, number
from pipeline.pdf.svg.fonts import PageFont, path_of
from pipeline.pdf.svg.geometry import IDENTITY, Box, Matrix, Path, apply, matrix, times

SILENT = frozenset(
    ("BMC", "BDC", "EMC", "MP", "DP", "BX", "EX", "ri", "i", "M", "Tr", "Tz", "Tw", "Tc", "TL")
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
        artist = _Artist((1.0, 0.0, 0.0, -1.0, -left, top), (0.0, 0.0, right - left, top - bottom))
        artist.carry_out(page.obj, page.obj.get("/Resources", pikepdf.Dictionary()))
        return artist.markup(), right - left, top - bottom


class _Artist(Canvas):
    """Carries out the content of a page: text and pictures as well."""

    def __init__(self, base: Matrix, page: Box) -> None:
        super().__init__(base, page)
        self.text_matrix: Matrix = IDENTITY
        self.line_matrix: Matrix = IDENTITY
        self.letters = Path()
        self.fonts: dict[Any, PageFont] = {}

    def carry_out(self, content: Any, resources: Any) -> None:
        for instruction in pikepdf.parse_content_stream(content):
            name = str(instruction.operator)
            self._one(name, list(instruction.operands), resources)

    def _one(self, name: str, operands: list[Any], resources: Any) -> None:
        if name in SILENT:
            return
        method = _METHODS.get(name)
        if name in PAINTS:
            self.paint(*PAINTS[name])
        elif name in CLOSING:
            self.close()
            self.paint(*PAINTS[CLOSING[name]])
        elif method is not None:
            method(self, operands, resources)
        else:
            raise cannot(f"the operator “{name}”")

    # --- text -----------------------------------------------------------------------------------

    def begin(self, _operands: list[Any], _resources: Any) -> None:
        self.text_matrix = self.line_matrix = IDENTITY
        self.letters = Path()

    def end(self, _operands: list[Any], _resources: Any) -> None:
        self._flush()

    def _flush(self) -> None:
        if self.letters.parts:
            alpha = self.state.fill_alpha
            opacity = f' fill-opacity="{number(alpha)}"' if alpha < 1 else ""
            element = f'<path d="{self.letters.data}" fill="{self.state.fill}"{opacity}/>'
            self.draw(element, self.letters.box)
        self.letters = Path()

    def font(self, operands: list[Any], resources: Any) -> None:
        row = resources["/Font"][operands[0]]
        key = row.objgen
        if key not in self.fonts:
            self.fonts[key] = PageFont.read(row)
        self.state = replace(self.state, font=self.fonts[key], size=float(operands[1]))

    def rise(self, operands: list[Any], _resources: Any) -> None:
        self.state = replace(self.state, rise=float(operands[0]))

    def set_matrix(self, operands: list[Any], _resources: Any) -> None:
        self.text_matrix = self.line_matrix = matrix(operands)

    def text_move(self, operands: list[Any], _resources: Any) -> None:
        moved = (1.0, 0.0, 0.0, 1.0, float(operands[0]), float(operands[1]))
        self.text_matrix = self.line_matrix = times(moved, self.line_matrix)

    def show(self, operands: list[Any], _resources: Any) -> None:
        self._glyphs(operands)

    def show_spaced(self, operands: list[Any], _resources: Any) -> None:
        self._glyphs(operands[0])

    def _glyphs(self, parts: Iterable[Any]) -> None:
        font, size = self.state.font, self.state.size
        if font is None:
            raise cannot("text without a font")
        for part in parts:
            if not isinstance(part, pikepdf.String | bytes):
                self._advance(-float(part) / 1000 * size)
                continue
            for glyph, width in font.glyphs(bytes(part)):
                place: Matrix = (size, 0.0, 0.0, size, 0.0, self.state.rise)
                matrix = times(times(place, self.text_matrix), self.state.matrix)
                data, points = path_of(font, glyph, matrix)
                if data:
                    self.letters.parts.append(data)
                    self.letters.points.extend(points)
                self._advance(width * size)

    def _advance(self, along: float) -> None:
        self.text_matrix = times((1.0, 0.0, 0.0, 1.0, along, 0.0), self.text_matrix)

    # --- pictures ---------------------------------------------------------------------------------

    def object(self, operands: list[Any], resources: Any) -> None:
        row = resources["/XObject"][operands[0]]
        if row["/Subtype"] == pikepdf.Name("/Form"):
            before, saved = self.state, self.saved
            self.saved = []
            inner = matrix(row.get("/Matrix", IDENTITY))
            self.state = replace(before, matrix=times(inner, before.matrix))
            self.carry_out(row, row.get("/Resources", resources))
            self.state, self.saved = before, saved
            return
        stream = io.BytesIO()
        picture = pikepdf.PdfImage(row).as_pil_image().convert("RGB")
        if "/SMask" in row:
            picture.putalpha(pikepdf.PdfImage(row["/SMask"]).as_pil_image().convert("L"))
        picture.save(stream, "PNG", optimize=True)
        content = base64.b64encode(stream.getvalue()).decode("ascii")
        # A picture is the unit square with its first row at the top (ISO 32000-1, 8.9.5).
        place = times((1.0, 0.0, 0.0, -1.0, 0.0, 1.0), self.state.matrix)
        corners = Path(points=[apply(place, x, y) for x in (0, 1) for y in (0, 1)])
        self.draw(
            f'<image width="1" height="1" preserveAspectRatio="none" '
            f'transform="matrix({" ".join(map(number, place))})" '
            f'href="data:image/png;base64,{content}"/>',
            corners.box,
        )


_METHODS = {
    "q": _Artist.save, "Q": _Artist.restore, "cm": _Artist.concat, "gs": _Artist.extended,
    "w": _Artist.width, "J": _Artist.cap, "j": _Artist.join, "d": _Artist.dash,
    "rg": _Artist.fill_colour, "g": _Artist.fill_colour, "sc": _Artist.fill_colour,
    "scn": _Artist.fill_colour, "RG": _Artist.stroke_colour, "G": _Artist.stroke_colour,
    "SC": _Artist.stroke_colour, "SCN": _Artist.stroke_colour, "cs": _Artist.space,
    "CS": _Artist.space, "m": _Artist.move, "l": _Artist.line, "c": _Artist.curve,
    "v": _Artist.curve_from, "y": _Artist.curve_to, "h": _Artist.close,
    "re": _Artist.rectangle, "W": _Artist.clip, "W*": _Artist.clip_even_odd,
    "BT": _Artist.begin, "ET": _Artist.end, "Tf": _Artist.font, "Ts": _Artist.rise,
    "Tm": _Artist.set_matrix, "Td": _Artist.text_move, "Tj": _Artist.show,
    "TJ": _Artist.show_spaced, "Do": _Artist.object,
}  # fmt: skip
