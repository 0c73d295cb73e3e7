"""Which quotation marks open and which close, and what the locale has in their place.

Nothing is changed where that is not certain: a line whose marks do not pair is left alone, and so is what
stands between outer marks where a single mark may be an apostrophe.
"""

import re
from collections.abc import Collection, Iterator, Sequence

from pipeline.typography.edits import Edit

RULE = "quotation mark"

DOUBLE = '"“”„‟«»＂'
"""Outer quotation marks of all kinds, which a text may have where its locale has others."""

SINGLE = "'‘’‚‛‹›"
"""Inner ones, of which two are apostrophes as well."""

GUILLEMETS = "«»"
SPACES = " \u00a0\u202f"
OPENERS = re.compile(r"[\s(\[{¿¡—–/\u2029]")
BEHIND = re.compile(r"[\s)\]}.,;:!?…—–/\u2029]")
"""What stands behind a closing mark."""

WORD = re.compile(r"\w+")


def outer_quotes(text: str, quotes: tuple[str, str, str, str], space: str) -> list[Edit]:
    """The double marks of a line, which become the locale's outer ones, in pairs; none where they do not
    pair. ``space`` is what stands inside of them."""
    places = [at for at, char in enumerate(text) if char in DOUBLE]
    if len(places) % 2 or not all(
        _may_open(text, at) if number % 2 == 0 else _may_close(text, at)
        for number, at in enumerate(places)
    ):
        return []  # inches, or marks that nest: nothing is sure
    if quotes[0] not in DOUBLE and any(quotes[0] in text[:at] for at in places):
        return []  # double marks may stand inside single ones here
    opening, closing = quotes[0] + space, space + quotes[1]
    edits: list[Edit] = []
    for number, at in enumerate(places):
        start, end = at, at + 1
        inner_space = space or text[at] in GUILLEMETS
        if number % 2 == 0:
            while inner_space and end < len(text) and text[end] in SPACES:
                end += 1
        else:
            # Between marks with nothing but spaces, these go with the opening one.
            while inner_space and start > edits[-1].end and text[start - 1] in SPACES:
                start -= 1
        edits.append(Edit(start, end, closing if number % 2 else opening, RULE))
    return edits


def inner_quotes(
    text: str, outer: Sequence[Edit], quotes: tuple[str, str, str, str], elisions: Collection[str]
) -> Iterator[Edit]:
    """The single marks between each pair of double ones, which become the locale's inner ones.

    A mark opens behind a space or an opening mark, and closes before a space or punctuation. Between two
    outer marks all must do so in turn, or none is touched: what neither opens nor closes is an apostrophe
    inside a word (``geht's``), what closes nothing one behind it (``Hans' Hut``), and what stands before a
    number or one of ``elisions`` one before it (``'68``, ``'n``).
    """
    for opening, closing in zip(outer[::2], outer[1::2], strict=True):
        turns = list(_turns(text, opening.end, closing.start, elisions))
        if len(turns) % 2 or any(opens != (not at % 2) for at, (_, opens) in enumerate(turns)):
            continue
        for place, opens in turns:
            yield Edit(place, place + 1, quotes[2] if opens else quotes[3], RULE)


def _turns(
    text: str, start: int, end: int, elisions: Collection[str]
) -> Iterator[tuple[int, bool]]:
    """The single marks that open (True) or close (False) between two places."""
    for at in range(start, end):
        if text[at] not in SINGLE:
            continue
        opens = at == start or bool(OPENERS.match(text[at - 1]))
        closes = at == end - 1 or bool(BEHIND.match(text[at + 1]))
        if opens == closes:
            continue
        word = WORD.match(text, at + 1)
        if opens and word and (word.group()[0].isdigit() or word.group().lower() in elisions):
            continue
        yield at, opens


def _may_open(text: str, at: int) -> bool:
    return bool(OPENERS.match(text[at - 1] if at else " "))


def _may_close(text: str, at: int) -> bool:
    return text[at] in GUILLEMETS or not text[at - 1].isspace()
