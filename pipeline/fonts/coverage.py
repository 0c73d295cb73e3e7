"""What a face can draw: asked the way the layout engine and browsers ask."""

import unicodedata
from collections.abc import Iterable, Sequence
from functools import cache

import uharfbuzz

from pipeline.fonts.families import Family
from pipeline.fonts.sources import REGULAR

# Shaping takes some characters apart; a subset that lacks the parts loses the whole. HarfBuzz splits
# SARA AM into NIKHAHIT and SARA AA (and Lao likewise) before it looks for glyphs, and draws a
# hyphen that does not break as one that does.
SHAPED_FROM = {0x0E33: (0x0E4D, 0x0E32), 0x0EB3: (0x0ECD, 0x0EB2), 0x2011: (0x2010,)}


def is_invisible(char: str) -> bool:
    """Whether a character has no shape of its own: controls, joiners, white space, selectors.

    Shaping sees to them where a face does not have them (HarfBuzz draws default ignorables as nothing and
    makes spaces of every width from the common one), so that they ask nothing of a face.
    """
    return (
        unicodedata.category(char) in ("Cc", "Cf")
        or (unicodedata.category(char) == "Zs" and char != "\u1680")  # Ogham's space is a line
        or "\ufe00" <= char <= "\ufe0f"
        or char == "\u034f"
    )


def drawable(char: str, families: Iterable[Family]) -> bool:
    """Whether a text in some families, best first, shows a character."""
    return drawn_by(char, tuple(families)) is not None


def drawn_by(char: str, families: Sequence[Family]) -> Family | None:
    """The family that draws a character; None where none does.

    The layout engine takes the first face that has the character, and where none has, the first of all, in
    which shaping may still make it of its parts.
    """
    code = ord(char)
    for each in families:
        if code in each.characters():
            return each
    if families and _shapes(char, families[0]):
        return families[0]
    return None


@cache
def _shapes(char: str, family: Family) -> bool:
    """Whether shaping makes glyphs of a character that a face has no glyph for."""
    parts = SHAPED_FROM.get(ord(char)) or tuple(map(ord, unicodedata.normalize("NFD", char)))
    if any(part not in family.characters() for part in parts):
        return False  # cheaper than to shape, and nearly always the answer
    buffer = uharfbuzz.Buffer()
    buffer.add_str(char)
    buffer.guess_segment_properties()
    uharfbuzz.shape(_font(str(family.file(REGULAR))), buffer)
    return all(info.codepoint for info in buffer.glyph_infos)


@cache
def _font(path: str) -> uharfbuzz.Font:
    return uharfbuzz.Font(uharfbuzz.Face(uharfbuzz.Blob.from_file_path(path)))


def draws_emoji(sequence: str, family: Family) -> bool:
    """Whether a family has every part of an emoji that is to be seen."""
    return all(is_invisible(char) or ord(char) in family.characters() for char in sequence)
