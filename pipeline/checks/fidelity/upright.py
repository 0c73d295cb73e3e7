"""Pages whose text stands sideways (wide tables), turned upright before their text is read: programs that
extract text expect lines from left to right, and take letters that lie on their side for a column of words.
"""

import io
from collections.abc import Mapping
from math import pi
from typing import Any

import pikepdf
import pypdfium2
from pypdfium2 import raw

from pipeline.languages import Direction

SAMPLE = 400
"""Of how many characters of a page, at most, the angle is looked at."""

BOXES = ("/MediaBox", "/CropBox", "/BleedBox", "/TrimBox", "/ArtBox")

Turns = Mapping[int, Direction]
"""The pages that stand sideways, counted from 0. The direction says how each is turned upright: clockwise for
LTR (as in books from left to right), the other way for RTL."""


def upright(content: bytes) -> tuple[bytes, Turns]:
    """A PDF with the pages turned on which most letters stand sideways, and which pages these are."""
    turns = _turns(content)
    if not turns:
        return content, turns
    with pikepdf.open(io.BytesIO(content)) as pdf:
        for number, direction in turns.items():
            _turn(pdf, pdf.pages[number], direction)
        stream = io.BytesIO()
        pdf.save(stream)
    return stream.getvalue(), turns


def _turns(content: bytes) -> dict[int, Direction]:
    out: dict[int, Direction] = {}
    document = pypdfium2.PdfDocument(content)
    try:
        for number in range(len(document)):
            text = document[number].get_textpage()
            # The angle of a letter, clockwise, in radians: three quarters of a turn, or one quarter.
            angles = [
                raw.FPDFText_GetCharAngle(text, at)
                for at in range(min(SAMPLE, text.count_chars()))
                if not chr(raw.FPDFText_GetUnicode(text, at)).isspace()
            ]
            up = sum(abs(angle - 3 * pi / 2) < 0.1 for angle in angles)
            down = sum(abs(angle - pi / 2) < 0.1 for angle in angles)
            if max(up, down) > len(angles) / 2:
                out[number] = Direction.LTR if up > down else Direction.RTL
    finally:
        document.close()
    return out


def _turn(pdf: pikepdf.Pdf, page: pikepdf.Page, direction: Direction) -> None:
    x0, y0, x1, y1 = (float(each) for each in page.mediabox)
    clockwise = direction is Direction.LTR
    matrix = f"0 -1 1 0 0 {x0 + x1} cm" if clockwise else f"0 1 -1 0 {y0 + y1} 0 cm"

    def turned(box: Any) -> pikepdf.Array:
        left, low, right, high = (float(each) for each in box)
        if clockwise:
            return pikepdf.Array([low, x0 + x1 - right, high, x0 + x1 - left])
        return pikepdf.Array([y0 + y1 - high, left, y0 + y1 - low, right])

    boxes = {name: turned(page.obj[name]) for name in BOXES if name in page.obj}
    page.obj["/MediaBox"] = turned(page.mediabox)
    for name, box in boxes.items():
        page.obj[name] = box
    page.obj["/Rotate"] = 0
    page.contents_add(pikepdf.Stream(pdf, f"q {matrix}\n".encode()), prepend=True)
    page.contents_add(pikepdf.Stream(pdf, b"\nQ"))
