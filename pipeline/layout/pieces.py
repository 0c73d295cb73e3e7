"""Into which pieces a line is divided: each has one code and one text.

A grapheme is one piece, a composite glyph (:mod:`layout.glyphs`) where it has several glyphs, and so is
a letter that is kerned in text from right to left. Readers then see one glyph after the other, none of
them moved.

In text from right to left the characters of a code stand in visual order, as its neighbours do: every
reader turns the line around. What begins with its marks there is two pieces, the marks, which take no
place, and the letter: MuPDF does not move on at a mark. Two more things are done for the marks:

- Those of one letter are said in logical order where that is canonically the same: pdfium does not turn
  marks.
- pdf.js takes a code of marks alone for the end of what stands before it. After a space they are said
  together with the space. Where they stand alone otherwise (at the end of a line, after a comma) an
  ARABIC LETTER MARK, which is invisible, stands before them in their text, and they have a width of one
  thousandth; it also keeps pdfium from exchanging the comma and the marks."""

import unicodedata
from dataclasses import dataclass
from itertools import accumulate

from pipeline.layout.glyphs import Composite, can_compose
from pipeline.layout.graphemes import Glyph, is_marks

WORD_JOINER = "\u2060"
LETTER_MARK = "\u061c"

SAME = 0.5
"""Two widths that differ by no more than this count as equal, in thousandths of the size: in a PDF they are
whole numbers."""
WIDE = 500
"""From which width on a space in text from right to left has ARABIC LETTER MARK in its text too, in thousandths
of the size: pdf.js ends a piece at a space that is wider than 600, and leaves the pieces in visual order."""


@dataclass(frozen=True, slots=True)
class Piece:
    """What one code draws (``shape``), its text, and its width; lengths are in thousandths of the size of
    type."""

    shape: int | Composite
    text: str
    width: float
    before: float = 0.0
    """How far it is from what stands before it."""


def pieces_of(said: str, group: list[Glyph], left: str) -> list[Piece] | None:
    """The codes of some glyphs that say something together; ``left`` is what stands to the left of them.
    None where their font can have no composites, and they have to be moved."""
    first = group[0]
    font = first.font
    width = sum(glyph.width for glyph in group) * first.scale
    text = said or first.text or WORD_JOINER
    alone = len(group) == 1 and not first.moved
    if not can_compose(font) or any(glyph.number >= font.glyph_count for glyph in group):
        alone = alone or (len(group) == 1 and text.isspace())
        return [Piece(first.number, text, width)] if alone else None
    if text.isspace():
        # It is invisible, so it need not be moved.
        if first.rtl and width > WIDE:
            space = Composite((), round(first.width * first.units))
            return [Piece(space, text + LETTER_MARK, width)]
        return [Piece(first.number, text, width)]
    kerned = first.rtl and abs(width - font.widths[first.number]) > SAME
    if alone and not kerned:
        return [Piece(first.number, text, width)]
    parts = _parts(group)
    advance = max(round(sum(glyph.width for glyph in group) * first.units), 0)
    marks = [glyph.text for glyph in group[:-1]]
    if not first.rtl or not is_marks(text[0]):
        return [Piece(Composite(parts, advance), text, width)]
    lone = not left[-1:].isalpha()
    if not marks or not all(map(is_marks, marks)) or is_marks(group[-1].text[0]):
        return [Piece(Composite(parts, advance), LETTER_MARK + text if lone else text, width)]
    said_apart = _in_reading_order("".join(marks))
    thin = 0
    if lone:
        thin = -(-font.upem // 1000)
        said_apart = LETTER_MARK + said_apart
    return [
        Piece(Composite(parts[:-1], thin), said_apart, 0.0),
        Piece(Composite(parts[-1:], advance), group[-1].text, width),
    ]


def spaced(space: Glyph, said: str, group: list[Glyph]) -> list[Piece] | None:
    """The codes of a space and of the grapheme to the right of it, where that begins with its marks: these and
    the space have one code, or pdf.js would take the marks for the end of what stands before the space."""
    pieces = pieces_of(said, group, "") if said else None
    if pieces is None or len(pieces) < 2 or space.before:
        return None
    marks, letter = pieces
    if not isinstance(marks.shape, Composite):
        return None
    width = space.width * space.scale
    own = width if width > WIDE else min(width, float(space.font.widths[space.number]))
    moved = round(own * space.font.upem / 1000)
    parts = tuple((part, x + moved, y) for part, x, y in marks.shape.parts)
    text = " " + marks.text.removeprefix(LETTER_MARK)
    return [Piece(Composite(parts, moved), text, own, width - own), letter]


def _parts(group: list[Glyph]) -> tuple[tuple[int, int, int], ...]:
    """Where each of some glyphs stands from the beginning of the first, in font units."""
    at = [0, *accumulate(glyph.width for glyph in group)]
    return tuple(
        (glyph.number, round((x + glyph.x) * glyph.units), round(-glyph.y * glyph.units))
        for x, glyph in zip(at, group, strict=False)
    )


def _in_reading_order(marks: str) -> str:
    """Marks that are said in visual order, in the order in which they are read, if it makes no difference
    to what they mean."""
    classes = [unicodedata.combining(mark) for mark in marks]
    return marks[::-1] if len(set(classes)) == len(classes) and all(classes) else marks
