"""The fonts of a page of a PDF: from the codes of a text to glyphs, their widths and their outlines."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import pikepdf
import uharfbuzz
from pikepdf import Matrix

from pipeline.fonts.pens import Pen, Point

CODE = re.compile(rb"<([0-9a-fA-F]{4})>\s+(\d+)")


@dataclass(slots=True)
class PageFont:
    """A composite font with codes of two bytes (ISO 32000-1, 9.7), as the layout engine writes them."""

    face: Any
    cids: Mapping[int, int]
    """CIDs by code, where they are not the same."""
    gids: bytes
    """Two bytes a CID: the numbers of glyphs (9.7.4.3); empty where they are those of the CIDs."""
    widths: Mapping[int, float]
    """In em, by CID."""
    usual: float
    outlines: dict[int, list[tuple[str, tuple[float, ...]]]] = field(default_factory=dict)

    @classmethod
    def read(cls, row: Any) -> "PageFont":
        """The font of a font dictionary."""
        inner = row["/DescendantFonts"][0]
        descriptor = inner["/FontDescriptor"]
        program = (
            descriptor["/FontFile2"] if "/FontFile2" in descriptor else descriptor["/FontFile3"]
        )
        face = uharfbuzz.Face(program.read_bytes())
        encoding = row["/Encoding"]
        cids = {}
        if isinstance(encoding, pikepdf.Stream):
            cids = {int(code, 16): int(cid) for code, cid in CODE.findall(encoding.read_bytes())}
        gids = inner.get("/CIDToGIDMap")
        return cls(
            uharfbuzz.Font(face),
            cids,
            gids.read_bytes() if isinstance(gids, pikepdf.Stream) else b"",
            dict(_widths(inner.get("/W", []))),
            float(inner.get("/DW", 1000)) / 1000,
        )

    def glyphs(self, codes: bytes) -> Iterator[tuple[int, float]]:
        """The glyph of each code, with its width in em."""
        for at in range(0, len(codes), 2):
            code = int.from_bytes(codes[at : at + 2], "big")
            cid = self.cids.get(code, code)
            glyph = int.from_bytes(self.gids[2 * cid : 2 * cid + 2], "big") if self.gids else cid
            yield glyph, self.widths.get(cid, self.usual)

    def outline(self, glyph: int) -> list[tuple[str, tuple[float, ...]]]:
        """The segments of a glyph's outline, in em, with y upward."""
        if glyph not in self.outlines:
            pen = _Segments(1 / self.face.face.upem)
            self.face.draw_glyph_with_pen(glyph, pen)
            self.outlines[glyph] = pen.segments
        return self.outlines[glyph]


def path_of(font: PageFont, glyph: int, matrix: Matrix) -> tuple[str, list[tuple[float, float]]]:
    """A glyph's outline as path data, brought to its place by a matrix, with its points."""
    parts, points = list[str](), list[tuple[float, float]]()
    for letter, numbers in font.outline(glyph):
        own = [matrix.transform(point) for point in zip(numbers[::2], numbers[1::2], strict=True)]
        points.extend(own)
        parts.append(letter + " ".join(f"{x:.2f} {y:.2f}" for x, y in own))
    return "".join(parts), points


def _widths(row: Any) -> Iterator[tuple[int, float]]:
    """ISO 32000-1, 9.7.4.3: ``first [w w …]`` or ``first last w``."""
    rest: list[Any] = list(row)
    while rest:
        first = int(rest.pop(0))
        second = rest.pop(0)
        if isinstance(second, pikepdf.Array):
            for at, each in enumerate(second):
                yield first + at, float(each) / 1000
        else:
            width = float(rest.pop(0)) / 1000
            for cid in range(first, int(second) + 1):
                yield cid, width


class _Segments(Pen):
    """A glyph's outline as numbers."""

    def __init__(self, scale: float) -> None:
        self.scale = scale
        self.segments: list[tuple[str, tuple[float, ...]]] = []

    def add(self, command: str, points: tuple[Point, ...]) -> None:
        numbers = tuple(number * self.scale for point in points for number in point)
        self.segments.append((command, numbers))
