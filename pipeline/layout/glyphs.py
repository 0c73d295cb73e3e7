"""Glyphs that a font does not have: several of its own, each in its place, as one.

A letter and its marks are several glyphs, and the marks are moved: up, down and to the side. In a PDF
every movement stands between the codes of a text, and readers take movements for the ends of pieces, of
words or of lines. A composite glyph (OpenType ``glyf``) holds its components with their places, so that
what is one grapheme on the page is one glyph in the file, with one code, one text and one width, and
looks the same. A letter that is kerned becomes a composite of one component with another width in the
same way.

Only fonts with TrueType outlines have composites. Fonts with CFF outlines and with coloured glyphs do
without: :mod:`layout.text` says what they have instead."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from fontTools.ttLib import TTFont
from fontTools.ttLib.tables._g_l_y_f import Glyph, GlyphComponent


@dataclass(frozen=True, slots=True)
class Composite:
    """A glyph made of others; all lengths in font units, y upward."""

    parts: tuple[tuple[int, int, int], ...]
    """Each component's glyph, and how far it is moved to the right and up."""
    advance: int


def can_compose(font: Any) -> bool:
    """Whether a font of WeasyPrint's can be given composites."""
    return "glyf" in font.tables and not (font.bitmap or font.png or font.svg or font.colr)


def compose(content: bytes, composites: Sequence[Composite]) -> tuple[bytes, int]:
    """A font file with more glyphs, and the number of the first of these; the others follow it."""
    font = TTFont(io.BytesIO(content), recalcTimestamp=False)
    order = list(font.getGlyphOrder())
    first = len(order)
    names = [f"composite{at}" for at in range(len(composites))]
    font.setGlyphOrder([*order, *names])
    table, metrics = font["glyf"], font["hmtx"].metrics
    table.setGlyphOrder([*order, *names])
    for name, composite in zip(names, composites, strict=True):
        glyph = Glyph()
        if composite.parts:
            glyph.numberOfContours = -1
            glyph.components = [_component(order[part], x, y) for part, x, y in composite.parts]
            glyph.recalcBounds(table)
        table.glyphs[name] = glyph
        # A glyph is drawn from its left bearing, wherever its outline stands.
        metrics[name] = (composite.advance, getattr(glyph, "xMin", 0))
        if "vmtx" in font:
            font["vmtx"].metrics[name] = (font["head"].unitsPerEm, 0)
    stream = io.BytesIO()
    font.save(stream, reorderTables=None)
    return stream.getvalue(), first


def _component(name: str, x: int, y: int) -> GlyphComponent:
    component = GlyphComponent()
    component.glyphName, component.x, component.y, component.flags = name, x, y, 0
    return component
