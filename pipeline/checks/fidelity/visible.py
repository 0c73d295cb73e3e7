"""The visible characters of a text, which are all that a PDF keeps of it for certain; and how to undo what
programs do to the order of text from right to left when they read a PDF.
"""

import re
import unicodedata
from collections.abc import Callable, Sequence

from pipeline.checks.fidelity.alignment import likeness
from pipeline.typography.characters import (
    BIDI_CONTROLS,
    BYTE_ORDER_MARK,
    HYPHEN,
    NON_BREAKING_HYPHEN,
    SOFT_HYPHEN,
    WORD_JOINER,
    ZERO_WIDTH_SPACE,
)
from pipeline.typography.levels import logical

UNSEEN = BIDI_CONTROLS | {ZERO_WIDTH_SPACE, SOFT_HYPHEN, WORD_JOINER, BYTE_ORDER_MARK}
"""Characters that only control layout (direction, places to break a line) and are not visible."""

PAIRS = ("()", "[]", "{}", "<>", "«»", "‹›", "⟨⟩", "⟪⟫")
"""Signs that are mirrored in text from right to left (UAX 9, rule L4)."""

SIDELESS = {ord(pair[1]): pair[0] for pair in PAIRS}
SWAPPED = {ord(pair[at]): pair[1 - at] for pair in PAIRS for at in (0, 1)}
SIGNS = frozenset("".join(PAIRS))

# Marks that stand before the letter that they belong to; further marks may follow the letter.
EARLY_MARKS = re.compile(
    r"(?P<marks>[\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u0591-\u05bd]+)(?P<letter>[^\W\d_])"
)

# Several words, or one with signs in it, from the first Latin letter or digit to the last. There must be a
# Latin letter: a date is not meant.
FOREIGN = re.compile(
    r"(?<![0-9A-Za-z\u00c0-\u024f])(?=[^\u0590-\u08ff]*[A-Za-z])"
    r"[0-9A-Za-z\u00c0-\u024f][^\u0590-\u08ff\n]*[0-9A-Za-z\u00c0-\u024f]"
)
WORDS = re.compile(r"[0-9A-Za-z\u00c0-\u024f]+|.")

SAMPLE, GRAM = 20_000, 5
"""How many characters are looked at to find out in which order a text is, and how long the pieces are that are
compared."""

BAD = frozenset(("Cc", "Cn", "Co", "Cs"))
"""General categories that no text has: controls, unassigned and private-use characters, surrogates."""


def ink(text: str) -> str:
    """The visible characters of a text, in NFC: without white space and control characters. A non-breaking
    hyphen becomes a hyphen, as in print, where both look the same."""
    kept = "".join(char for char in text if not char.isspace() and char not in UNSEEN)
    kept = kept.replace(NON_BREAKING_HYPHEN, HYPHEN)
    return unicodedata.normalize("NFC", kept)


def is_bad(text: str) -> bool:
    """Whether a text holds signs of a broken font: U+FFFD, controls, characters without a meaning."""
    return any(char == "\ufffd" or unicodedata.category(char) in BAD for char in text)


def marks_behind(line: str) -> str:
    """A line in which marks stand before their letters, with each mark put behind its letter."""
    return EARLY_MARKS.sub(lambda found: found["letter"] + found["marks"], line)


def words_forward(line: str) -> str:
    """A line from right to left in which words from left to right came in reverse order, with these put right:
    ``Lindner Café`` becomes ``Café Lindner``, and ``example.lindner@halo`` becomes ``halo@lindner.example``."""
    return FOREIGN.sub(lambda found: "".join(WORDS.findall(found.group())[::-1]), line)


ORDERS: tuple[tuple[str, Callable[[str], str]], ...] = (
    ("lines came in visual order", logical),
    ("marks came before their letters", marks_behind),
    ("words from left to right came in reverse order", words_forward),
)
"""What programs do to the order of text from right to left, in words for the report, and what undoes it."""


def ordered(wanted: str, lines: Sequence[str]) -> tuple[list[str], list[str]]:
    """Lines in logical order, and the names of what was undone (see :data:`ORDERS`). Something is undone only
    where more of the wanted text comes back that way; the names go into the report."""
    grams = _grams(wanted[:SAMPLE])

    def score(each: Sequence[str]) -> int:
        return len(grams & _grams("".join(map(ink, each))[: 2 * SAMPLE]))

    best, names = list(lines), []
    for name, undo in ORDERS:
        turned = [undo(line) for line in best]
        if score(turned) > score(best):
            best = turned
            names.append(name)
    return best, names


def is_mirrored(wanted: str, found: str) -> bool:
    """Whether brackets came back mirrored, as they look in text from right to left."""
    right = "".join(char for char in wanted if char in SIGNS)[:SAMPLE]
    signs = "".join(char for char in found if char in SIGNS)[:SAMPLE]
    return likeness(right, signs.translate(SWAPPED)) > likeness(right, signs)


def sideless(text: str) -> str:
    """The text with each closing bracket replaced by its opening one, so that mirrored brackets are equal."""
    return text.translate(SIDELESS)


def _grams(text: str) -> set[str]:
    return {text[at : at + GRAM] for at in range(len(text) - GRAM + 1)}
