"""Which characters of a line each of its glyphs stands for.

Pango tells of each glyph in which cluster it stands (the least stretch of text that is shaped as one), and of a
cluster's characters each glyph is given one, in logical order, and the last the rest. A grapheme (a letter with
its marks) whose glyphs have to stay together says so.
"""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

JOIN_CONTROLS = "\u200c\u200d"

UNITS = 1024
"""Units of Pango in a pixel."""


@dataclass(slots=True)
class Glyph:
    """One glyph of a line, in the order in which it is drawn; lengths in units of Pango, y downward."""

    font: Any
    visible: bool
    width: int
    x: int
    y: int
    rtl: bool
    scale: float
    """Thousandths of the size in a unit of Pango."""
    before: int = 0
    """The width of what stands before it and is not drawn."""
    start: int = 0
    """How far from the beginning of the line it is."""
    run: int = 0
    """In the order of reading, which run it belongs to; those that have a font and a level in common, and stand
    side by side, are one."""
    number: int = 0
    text: str = ""
    begins: str = ""
    """The text of the grapheme that begins with this glyph, where it has to be said."""
    ends: bool = False

    @property
    def units(self) -> float:
        """Font units in a unit of Pango."""
        return self.scale * float(self.font.upem) / 1000

    @property
    def moved(self) -> bool:
        """Whether it is drawn away from its place in the line, to a side, up or down."""
        return bool(self.x or self.y)


def line(stream: Any, layout: Any, style: Any) -> Iterator[Glyph]:
    """The glyphs of a line that was drawn, in the order of drawing, each with its text."""
    from weasyprint.text.ffi import ffi, pango  # noqa: PLC0415

    line, _ = layout.get_first_line()
    text = layout.text.encode()
    run = line.runs[0]
    unseen = at = 0
    last: tuple[Any, int] = (None, 0)
    first = 0
    while run != ffi.NULL:
        item, string = run.data.item, run.data.glyphs
        run = run.next
        count = string.num_glyphs
        font, size = stream.add_font(item.analysis.font)
        scale = 1000 / (UNITS * (style["font_size"] if font.png else size))
        rtl = bool(item.analysis.level % 2)
        if last != (item.analysis.font, item.analysis.level):
            first = item.offset
        last = item.analysis.font, item.analysis.level
        glyphs = []
        for info in string.glyphs[0:count]:
            place = info.geometry
            visible = info.glyph != pango.PANGO_GLYPH_EMPTY
            glyphs.append(
                Glyph(font, visible, place.width, place.x_offset, place.y_offset, rtl, scale)
            )
        # A cluster's number is where its text begins; it ends where the next one begins.
        clusters: dict[int, list[int]] = {}
        for index, start in enumerate(string.log_clusters[0:count]):
            clusters.setdefault(start, []).append(index)
        starts = sorted(clusters)
        said = text[item.offset : item.offset + item.length]
        parts = [
            (said[start:end].decode(), clusters[start])
            for start, end in zip(starts, [*starts[1:], item.length], strict=True)
        ]
        _say(glyphs, parts, rtl=rtl)
        for glyph in glyphs:
            if glyph.visible:
                glyph.before, unseen = unseen, 0
                glyph.start, glyph.run = at, first
                yield glyph
            else:
                unseen += glyph.width
            at += glyph.width


def _say(glyphs: list[Glyph], clusters: list[tuple[str, list[int]]], *, rtl: bool) -> None:
    """Give each glyph of a run its text; ``clusters`` are in logical order, each a text and the places
    of its glyphs in the order of drawing."""
    order = -1 if rtl else 1
    graphemes: list[tuple[str, list[int]]] = []
    for text, members in clusters:
        seen = [at for at in members if glyphs[at].visible][::order]
        if not seen:
            # Nothing is drawn for it. What changes the spelling goes with the letter before.
            if graphemes and (is_marks(text) or text in JOIN_CONTROLS):
                before, places = graphemes[-1]
                graphemes[-1] = (before + text, places)
                last = glyphs[places[-1]]
                last.text = text + last.text if rtl else last.text + text
            continue
        # Where there are more glyphs than characters, those that say nothing are drawn last: MuPDF takes what
        # a grapheme says of itself for new where its first glyph says something else.
        saying = seen[len(seen) - len(text) :] if rtl and len(seen) > len(text) else seen
        for at, char in zip(saying[:-1], text, strict=False):
            glyphs[at].text = char
        glyphs[saying[-1]].text = text[len(saying) - 1 :][::order]
        if graphemes and is_marks(text):
            before, places = graphemes[-1]
            graphemes[-1] = (before + text, places + seen)
        else:
            graphemes.append((text, seen))
    for text, places in graphemes:
        if len(places) == 1 and len(text) == 1:
            continue  # most of them
        moved = len(text) > 1 and any(glyphs[at].moved for at in places)
        if moved or rtl or not all(glyphs[at].text for at in places):
            glyphs[min(places)].begins = text[::order]
            glyphs[max(places)].ends = True


@lru_cache(4096)
def is_marks(text: str) -> bool:
    """Whether all characters of a text are combining marks (general categories Mn, Mc and Me)."""
    return all(unicodedata.category(char).startswith("M") for char in text)
