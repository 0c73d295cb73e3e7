"""Where a line may break inside an address, a path, a key or a hash: what no dictionary divides.

After what joins its parts (a slash, an ampersand) or before it (a full stop, a question mark), as style guides
for print have it, so that no reader takes a mark of the address for one of the sentence; and where a part is
too long for any line, between any two of its characters. Nothing is written there: a hyphen would be taken for
a part of the address.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

from pipeline.document import divided

LONG = 20
"""The fewest characters of what is taken for an address; shorter ones keep together."""

RAGGED = 36
"""From how many characters on an address leaves holes in lines that are justified around it."""

STRETCH = 24
"""The most characters between two of the better places that are kept together, such as a domain."""

PART = 16
"""The most characters between any two places that are kept together."""

EDGE = 3
"""The fewest characters that stand alone at the end or the beginning of a line."""

AFTER, BEFORE = frozenset("/\\&=:@,;|+"), frozenset("?#")
"""The better places are after the ones and before the others."""
LESSER_AFTER, LESSER_BEFORE = frozenset("-"), frozenset("._%~")

JOINTS = (AFTER | BEFORE | LESSER_BEFORE) - {","}
"""What tells an address from a word; words have hyphens and commas too."""

_TOKEN = re.compile(rf"[\x21-\x7e\xa1-\u058f]{{{LONG},}}")
_MIXED = re.compile(r"[0-9][^\W\d_]|[^\W\d_][0-9]")


def pieces(text: str) -> Iterator[tuple[str, bool]]:
    """A text in pieces, each with whether it is an address, without the punctuation around it."""
    spans = (_bare(text, *found.span()) for found in _TOKEN.finditer(text))
    return divided(text, (each for each in spans if _is_address(text[slice(*each)])))


@lru_cache(4096)
def places(text: str) -> tuple[int, ...]:
    """Where a line may break inside the long words of a text that is no prose: indices of the first characters
    after each break."""
    return tuple(
        found.start() + at for found in _TOKEN.finditer(text) for at in _places(found.group())
    )


def _places(word: str) -> Iterator[int]:
    """The better places; the lesser where these are far from each other; any where those are too."""
    better = _joints(word, 0, len(word), AFTER, BEFORE)
    for start, end in _between(0, better, len(word)):
        if start:
            yield start
        lesser: tuple[int, ...] = ()
        if end - start > STRETCH:
            lesser = _joints(word, start, end, LESSER_AFTER, LESSER_BEFORE)
        for begin, to in _between(start, lesser, end):
            if begin > start:
                yield begin
            if to - begin > PART and end - start > STRETCH:
                yield from (
                    at
                    for at in range(begin + EDGE, to - EDGE + 1)
                    if not unicodedata.combining(word[at])
                )


def _between(start: int, inner: Sequence[int], end: int) -> Iterator[tuple[int, int]]:
    return pairwise((start, *inner, end))


def _joints(
    word: str, start: int, end: int, after: frozenset[str], before: frozenset[str]
) -> tuple[int, ...]:
    """Places after and before some marks; what is written twice (//, ::) stays together."""
    return tuple(
        at
        for at in range(start + EDGE, end - EDGE + 1)
        if not unicodedata.combining(word[at])
        and (
            (word[at - 1] in after and word[at] not in after)
            or (word[at] in before and word[at - 1] not in before | after)
        )
    )


def _bare(text: str, start: int, end: int) -> tuple[int, int]:
    """The ends of a word without the marks of the sentence around it."""
    while start < end and unicodedata.category(text[start]) in ("Ps", "Pi", "Pf", "Po"):
        start += 1
    while start < end and _closes(text, start, end):
        end -= 1
    return start, end


def _closes(text: str, start: int, end: int) -> bool:
    last = text[end - 1]
    if last == ")":
        return text.count("(", start, end) < text.count(")", start, end)
    return last not in "/#%&" and unicodedata.category(last) in ("Pe", "Pi", "Pf", "Po")


def _is_address(word: str) -> bool:
    """Whether what is long and has no space in it is no word: it has marks that join in it, or digits among
    its letters."""
    if len(word) < LONG:
        return False
    joints = sum(char in JOINTS for char in word)
    return joints > 1 or "@" in word or "_" in word or bool(_MIXED.search(word)) or word.isdigit()
