"""Differences between what is wanted and what is found, described so that a person finds the place."""

import unicodedata
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from itertools import accumulate

from pipeline.checks.fidelity.alignment import Difference
from pipeline.checks.fidelity.units import Unit
from pipeline.errors import Origin

AROUND = 12
"""How many characters are shown on either side of a difference."""

LONGEST = 60
"""How many characters of a difference are shown, before it is cut short."""

NAMED = 3
"""A difference of at most so many characters is also given by code points and names: they may look alike."""


class Stream:
    """The texts of units joined to one string. It tells of each character which unit it belongs to."""

    def __init__(self, units: Sequence[Unit], texts: Sequence[str]) -> None:
        self.units = units
        self.text = "".join(texts)
        self.ends = list(accumulate(map(len, texts)))

    def unit(self, at: int) -> Unit:
        """The unit that a character stands in."""
        return self.units[self.index(at)]

    def start(self, at: int) -> int:
        """Where the unit of a character begins."""
        index = self.index(at)
        return self.ends[index - 1] if index else 0

    def origin(self, at: int) -> Origin:
        """The line of the source that a character comes from, also within a paragraph of several lines."""
        unit = self.unit(at)
        if unit.origin.line is None or "\n" not in unit.text:
            return unit.origin
        # White space may differ from the source's. Other characters do not, so these are counted.
        before = ink_count(self.text[self.start(at) : at])
        line = unit.origin.line
        for char in unit.text:
            if char == "\n":
                line += 1
            elif not char.isspace():
                before -= 1
                if before < 0:
                    break
        return replace(unit.origin, place=line)

    def index(self, at: int) -> int:
        """The index of the unit that a character stands in."""
        return min(bisect_right(self.ends, at), len(self.units) - 1)


def told(difference: Difference, wanted: str, found: str) -> str:
    """A difference described in words, with the characters around it: what was lost, added, or changed."""
    lost = wanted[difference.start : difference.end]
    more = found[difference.found : difference.found_end]
    if not more:
        return f"lost {named(lost)} in {_in(wanted, difference.start, difference.end)}"
    if not lost:
        return f"added {named(more)} in {_in(found, difference.found, difference.found_end)}"
    return f"{named(lost)} became {named(more)} in {_in(wanted, difference.start, difference.end)}"


def named(text: str) -> str:
    """Characters in quotes; a few of them also by number and name."""
    shown = f"“{visible(cut(text))}”"
    if len(text) > NAMED:
        return f"{len(text)} characters {shown}"
    names = ", ".join(f"U+{ord(char):04X} {unicodedata.name(char, '')}".strip() for char in text)
    return f"{shown} ({names})"


def cut(text: str, most: int = LONGEST) -> str:
    """A text of at most ``most`` characters: of a longer one, its beginning and its last nine with “ … ”
    between them."""
    return text if len(text) <= most else f"{text[: most - 12]} … {text[-9:]}"


def ink_count(text: str) -> int:
    """How many characters of a text are not white space."""
    return sum(not char.isspace() for char in text)


def visible(text: str) -> str:
    """The text with what cannot be printed in a line replaced by its number."""
    return "".join(
        char
        if char.isprintable() or char == " " or unicodedata.category(char) == "Zs"
        else "⏎"
        if char == "\n"
        else f"<{ord(char):04X}>"
        for char in text
    )


def _in(text: str, start: int, end: int) -> str:
    before = visible(text[max(0, start - AROUND) : start])
    after = visible(text[end : end + AROUND])
    return f"“{before}[{visible(cut(text[start:end], 24))}]{after}”"
