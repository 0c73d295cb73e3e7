"""The sizes and leadings of display type, and how wide a text is without looking at its faces."""

import unicodedata
from itertools import pairwise

from pipeline.languages import Script
from pipeline.typography.breaks import opportunities
from pipeline.typography.vowels import is_vowelled

SIZES = (40, 36, 32, 29, 26, 23.5, 21, 19, 17, 15.5, 14, 12.5, 11.5, 10.5, 9.5, 8.5, 7.5, 6.5)
"""The sizes of display type, in pt for Latin; a scale, so that covers look related."""

LEADING = 1.22
"""Line height of display type in times its size; scripts with tall marks have more."""


def display_leading(script: Script, text: str = "", *, vowelled: bool = False) -> float:
    """Line height of display type in a script, in times its size: for a text, or for any that is vowelled
    throughout or not."""
    plain = script.display or max(LEADING, script.leading * 0.88)
    if vowelled or is_vowelled(text, script):
        return plain * script.leading_marked / script.leading
    return plain


LETTER, WIDE = 0.54, 1.0
"""The width of a letter, and of one that fills a square, in em: enough to tell what fits."""

RUNNING = 50.0
"""The width of a running head at most, in em: two lines of a small page."""


def width(text: str) -> float:
    """About how wide a text is, in em."""
    return sum(
        0.0
        if unicodedata.combining(char)
        else WIDE
        if unicodedata.east_asian_width(char) in "WF"
        else LETTER
        for char in text
    )


def words(text: str, locale: str) -> list[str]:
    """What stands between two places at which a line may break, without the spaces there."""
    ends = [0, *(opportunities(text, locale) if text else ()), len(text)]
    return [text[start:end].rstrip() for start, end in pairwise(ends)]


def shortened(text: str, locale: str, room: float = RUNNING) -> str:
    """As much of a text as a running head of a width in em may hold, in whole words where that is possible."""
    if width(text) <= room:
        return text
    most = next((at for at in range(len(text), 0, -1) if width(text[:at]) <= room), 0)
    ends = [at for at in opportunities(text, locale) if at <= most]
    return text[: ends[-1] if ends else most].rstrip()
