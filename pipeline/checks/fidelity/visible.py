"""The characters that ink shows: what is left of a text on its way through a PDF, and what programs make
of direction on the way back.
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

UNSEEN = BIDI_CONTROLS | {ZERO_WIDTH_SPACE, SOFT_HYPHEN, WORD_JOINER, BYTE_ORDER_MARK}
"""Characters that are orders to the typesetter, and leave nothing on paper."""

PAIRS = ("()", "[]", "{}", "<>", "«»", "‹›", "⟨⟩", "⟪⟫")
"""Signs that are mirrored in text from right to left (UAX 9, rule L4)."""

SIDELESS = {ord(pair[1]): pair[0] for pair in PAIRS}
SWAPPED = {ord(pair[at]): pair[1 - at] for pair in PAIRS for at in (0, 1)}
SIGNS = frozenset("".join(PAIRS))

# What reads from left to right inside a line: from a Latin letter or a digit to the last one.
EMBEDDED = re.compile(r"[0-9A-Za-z\u00c0-\u024f](?:[^\u0590-\u08ff]*[0-9A-Za-z\u00c0-\u024f%])?")

# A base letter may come with marks of its own, when it has some that come too early.
EARLY_MARKS = re.compile(
    r"(?P<marks>[\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u0591-\u05bd]+)(?P<letter>[^\W\d_])"
)

# Several words, or one with signs in it, from the first Latin letter or digit to the last; a date is none.
FOREIGN = re.compile(
    r"(?<![0-9A-Za-z\u00c0-\u024f])(?=[^\u0590-\u08ff]*[A-Za-z])"
    r"[0-9A-Za-z\u00c0-\u024f][^\u0590-\u08ff\n]*[0-9A-Za-z\u00c0-\u024f]"
)
WORDS = re.compile(r"[0-9A-Za-z\u00c0-\u024f]+|.")

SAMPLE, GRAM = 20_000, 5
"""How much text is looked at to tell in which order it is, and in pieces of how many characters."""

BAD = frozenset(("Cc", "Cn", "Co", "Cs"))
"""Categories of characters that no text has: controls, unassigned ones, private ones, halves."""


def ink(text: str) -> str:
    """The characters of a line that can be seen, in NFC. A hyphen that does not break looks like one that
    does, and print sets it so."""
    kept = "".join(char for char in text if not char.isspace() and char not in UNSEEN)
    kept = kept.replace(NON_BREAKING_HYPHEN, HYPHEN)
    return unicodedata.normalize("NFC", kept)


def is_bad(text: str) -> bool:
    """Whether a text holds signs of a broken font: U+FFFD, controls, characters without a meaning."""
    return any(char == "\ufffd" or unicodedata.category(char) in BAD for char in text)


def logical(line: str) -> str:
    """A line from right to left that is in the order of the eye, in the order of reading."""
    return EMBEDDED.sub(lambda found: found.group()[::-1], line[::-1])


def marks_behind(line: str) -> str:
    """A line in which marks stand before their letters, with the marks behind them."""
    return EARLY_MARKS.sub(lambda found: found["letter"] + found["marks"], line)


def words_forward(line: str) -> str:
    """A line whose words from left to right stand in the order from right to left, with these turned:
    ``Lindner Café`` becomes ``Café Lindner``, and ``example.lindner@halo`` an address."""
    return FOREIGN.sub(lambda found: "".join(WORDS.findall(found.group())[::-1]), line)


ORDERS: tuple[tuple[str, Callable[[str], str]], ...] = (
    ("lines came in visual order", logical),
    ("marks came before their letters", marks_behind),
    ("words from left to right came in reverse order", words_forward),
)
"""What programs do to the order of text from right to left, and how each is undone."""


def ordered(wanted: str, lines: Sequence[str]) -> tuple[list[str], list[str]]:
    """Lines in the order of reading, and what was undone. Only that is undone which, undone, brings back
    more of the text; it is for the reader of the report to know that a program does so."""
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
    """Whether brackets come back as they look and not as what they are."""
    right = "".join(char for char in wanted if char in SIGNS)[:SAMPLE]
    signs = "".join(char for char in found if char in SIGNS)[:SAMPLE]
    return likeness(right, signs.translate(SWAPPED)) > likeness(right, signs)


def sideless(text: str) -> str:
    """The text with brackets that do not tell their side."""
    return text.translate(SIDELESS)


def _grams(text: str) -> set[str]:
    return {text[at : at + GRAM] for at in range(len(text) - GRAM + 1)}
