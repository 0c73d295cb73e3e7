"""Where a line may break inside an address, a path, a key or a hash: what no dictionary divides.

After what joins its parts (a slash, an ampersand) or before it (a full stop, a question mark), as style guides
for print have it, so that no reader takes a mark of the address for one of the sentence; and where a part is
too long for any line, between any two of its characters. Nothing is written there: a hyphen would be taken for
a part of the address.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

LONG = 20
"""The fewest characters of what is taken for an address; shorter ones keep together."""

RAGGED = 36
"""From how many characters on an address leaves holes in lines that are justified around it."""

PART = 16
"""The most characters of a part that is kept together where it can be."""

EDGE = 3
"""The fewest characters that stand alone at the end or the beginning of a line."""

AFTER = frozenset("/\\&=:@,;|+-")
BEFORE = frozenset("._?#%~")
JOINTS = (AFTER | BEFORE) - {"-", ","}
"""What tells an address from a word; words have hyphens and commas too."""

_TOKEN = re.compile(rf"[\x21-\x7e\xa1-\u058f]{{{LONG},}}")
_MIXED = re.compile(r"[0-9][^\W\d_]|[^\W\d_][0-9]")


def pieces(text: str) -> Iterator[tuple[str, bool]]:
    """A text in pieces, each with whether it is an address, without the punctuation around it."""
    done = 0
    for found in _TOKEN.finditer(text):
        start, end = _bare(text, found.start(), found.end())
        if not _is_address(text[start:end]):
            continue
        if start > done:
            yield text[done:start], False
        yield text[start:end], True
        done = end
    if done < len(text):
        yield text[done:], False


@lru_cache(4096)
def places(text: str) -> tuple[int, ...]:
    """Where a line may break inside the long words of a text that is no prose: indices of the first characters
    after each break."""
    return tuple(
        found.start() + at for found in _TOKEN.finditer(text) for at in _places(found.group())
    )


def _places(word: str) -> Iterator[int]:
    joints = [
        at
        for at in range(EDGE, len(word) - EDGE + 1)
        if _is_joint(word, at) and not unicodedata.combining(word[at])
    ]
    ends = [0, *joints, len(word)]
    for start, end in pairwise(ends):
        if start:
            yield start
        if end - start > PART:
            for at in range(start + EDGE, end - EDGE + 1):
                if not unicodedata.combining(word[at]):
                    yield at


def _is_joint(word: str, at: int) -> bool:
    last, following = word[at - 1], word[at]
    # What is written twice (//, ::, --) stays together.
    return (last in AFTER and following not in AFTER) or (
        following in BEFORE and last not in BEFORE and last not in AFTER
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
