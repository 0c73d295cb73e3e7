"""The sizes and leadings of display type."""

from pipeline.languages import Script
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
