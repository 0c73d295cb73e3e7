"""How large a title may be set in a field of a cover, before anything is laid out."""

import math
import unicodedata
from collections.abc import Sequence

from pipeline.languages import Script

SIZES = (40, 36, 32, 29, 26, 23.5, 21, 19, 17, 15.5, 14, 12.5, 11.5, 10.5, 9.5, 8.5, 7.5, 6.5)
"""The sizes of display type, in pt for Latin; a scale, so that covers look related."""

LEADING = 1.22
"""Line height of display type in times its size; scripts with tall marks have more."""


def advance(text: str) -> float:
    """The width of a text in em, on the safe side: marks are nothing, capitals more than letters."""
    return sum(map(_advance, text))


def _advance(char: str) -> float:
    category = unicodedata.category(char)
    if category in ("Mn", "Me", "Cf"):
        return 0.0
    if unicodedata.east_asian_width(char) in ("W", "F"):
        return 1.0
    if category == "Lu":
        return 0.7
    if category in ("Zs", "Po"):
        return 0.3
    return 0.54


def display_leading(script: Script) -> float:
    """Line height of display type in a script, in times its size."""
    return script.display or max(LEADING, script.leading * 0.88)


def fits(title: str, script: Script, size: float, width: float, height: float) -> bool:
    """Whether a title stands in a field (both in pt) at a Latin size of ``size`` pt."""
    em = size * script.size * script.heading
    words = title.split() or [title]
    # Scripts without spaces between words break inside what looks like one word.
    longest = max(map(advance, words)) if script.cased or script.justify else 0.0
    if longest * em > width:
        return False
    # A line is on average not quite full.
    lines = math.ceil(advance(title) * em / (width * 0.86))
    return lines * em * display_leading(script) <= height


def display_size(
    titles: Sequence[tuple[str, Script]], width: float, height: float, largest: float = 40
) -> float:
    """The largest size, in pt for Latin, at which every title stands in a field of its own."""
    for size in SIZES:
        if size <= largest and all(
            fits(title, script, size, width, height) for title, script in titles
        ):
            return size
    return SIZES[-1]
