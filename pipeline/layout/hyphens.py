"""WeasyPrint 70.0, corrected: a soft hyphen concerns the word that it stands in, and no other.

Words with soft hyphens break at these alone, all others by the dictionary of their language (CSS Text 3,
``hyphens: auto``). Where one soft hyphen stands in what is left of a paragraph, WeasyPrint asks no dictionary
for the line at hand, nor for any before it, and takes soft hyphens for places of the word at its end that stand
in words far away. Here a line is first measured as if the text had no soft hyphens; where the word that it ends
in or before has some, it is measured again with those of this word. It is drawn with all that the text has in
it, so that what comes out of a PDF is the text.
"""

from collections.abc import Sequence
from itertools import pairwise
from math import inf
from typing import Any

from pipeline.typography.breaks import opportunities
from pipeline.typography.characters import SOFT_HYPHEN


def split_first_line(
    original: Any,
    text: str,
    style: Any,
    context: Any,
    width: float | None,
    *rest: Any,
    **named: Any,
) -> Any:
    """The first line of a text, in the form in which WeasyPrint gives it (``original``)."""

    def measured(some: Sequence[int]) -> tuple[int, str]:
        """Where the line ends in the text, of which some characters are measured, and the hyphen there."""
        shown = "".join(text[at] for at in some)
        layout, length, resume, *_ = original(shown, style, context, width, *rest, **named)
        hyphen = layout.text.encode()[length:].decode() if resume is not None else ""
        taken = len(shown) if resume is None else len(shown.encode()[:resume].decode())
        return some[taken] if taken < len(some) else len(text), hyphen

    kept = [at for at, char in enumerate(text) if char != SOFT_HYPHEN]
    if (
        style["hyphens"] != "auto"
        or width in (None, inf)
        or len(kept) in (0, len(text))
        or "\n" in text
    ):
        return original(text, style, context, width, *rest, **named)
    end, hyphen = measured(kept)
    if end < len(text):
        start, stop = _word(text, end, style["lang"] or "und")
        if SOFT_HYPHEN in text[start:stop]:
            soft = range(start, stop)
            end, hyphen = measured(
                [at for at, char in enumerate(text) if char != SOFT_HYPHEN or at in soft]
            )
    spacing = rest[0] if rest else named.get("justification_spacing", 0)
    if end == len(text):
        return original(text, style, context, None, spacing)
    line = text[:end] if style["white_space"] == "pre-wrap" else text[:end].rstrip(" ")
    layout, length, _, *metrics = original(line + hyphen, style, context, None, spacing)
    return layout, length - len(hyphen.encode()), len(text[:end].encode()), *metrics


def _word(text: str, at: int, locale: str) -> tuple[int, int]:
    """Where what may not be broken without a hyphen begins and ends around a place in a text."""
    start = text.rfind(" ", 0, at) + 1
    end = text.find(" ", at)
    window = text[start : end if end >= 0 else len(text)]
    kept = [each for each, char in enumerate(window) if char != SOFT_HYPHEN]
    breaks = opportunities(window.replace(SOFT_HYPHEN, ""), locale) if kept else []
    bounds = (0, *(kept[each] for each in breaks), len(window))
    for first, last in pairwise(bounds):
        if first <= at - start < last:
            return start + first, start + last
    return at, at
