"""Expected extras: what layout adds to the text of a page, and what therefore counts neither as lost nor as
added. These are signs and numbers of lists, calls and numbers of notes, hyphens at the ends of lines, and the
head of a table, which is repeated where the table goes on overleaf.

It is known how often each may occur (``company`` counts what is still expected); one more is an addition.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from pipeline.checks.fidelity.units import Unit
from pipeline.checks.fidelity.visible import ink
from pipeline.document import Translation
from pipeline.languages import Direction

HYPHENS = "-\u2010"
BULLETS = "•◦▪‣"
NUMBER = re.compile(r"\.?(?P<digits>\d+)\.?")
# Of a line from right to left a program may give the full stop first, and the number at the other end. Inside a
# line that is the end of a sentence, and the number that calls a note.
MARKER = re.compile(r"(?P<digits>\d+)\.|^\.(?P<after>\d+)|\.(?P<last>\d+)$")

TAKEN = "\n"
"""What replaces each character that has been accounted for in what was read, so that places stay the same."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of a line that was read: its text, its page and its line, both counted from 0; ``ends`` says that
    it reaches to the end of the line."""

    text: str
    page: int
    line: int
    ends: bool = True


def company_of(translation: Translation, units: Sequence[Unit], pages: int) -> Counter[str]:
    """The expected extras of a translation on so many pages, and how often each may occur: signs and numbers of
    lists, calls and numbers of notes, heads of tables."""
    out: Counter[str] = Counter()
    for unit in units:
        out["•"] += unit.bullet
        if unit.marker:
            out[unit.marker.rstrip(".")] += 1
            # Of a line from right to left the sign may be read at the one end, and the number at the other.
            out["."] += translation.language.direction is Direction.RTL
        for piece in unit.pieces:
            if piece.call:
                out[piece.text.strip("[]")] += 1
    # The head of a table stands again on each page that the table goes on to.
    heads = [[ink(unit.drawn) for unit in table] for table in _heads(units)]
    for head in heads:
        for text in {"".join(head), *head}:
            out[text] += pages
    for note in translation.notes:
        out[str(note.number)] += 1
        for arrow in "←→":
            out[arrow] += note.uses
    if translation.notes:
        out[ink(translation.language.words["notes"])] += 1
    return out


def _heads(units: Iterable[Unit]) -> Iterator[list[Unit]]:
    """The cells of the head of every table."""
    cells = (unit for unit in units if unit.kind == "head")
    for _, head in groupby(cells, key=lambda unit: unit.anchor):
        yield list(head)


def explained(stretches: Iterable[Stretch], company: Counter[str]) -> Iterator[Stretch]:
    """What is left of some stretches without the expected extras. Those found are taken off ``company``."""
    for stretch in stretches:
        if stretch.ends and len(stretch.text) == 1 and stretch.text in HYPHENS:
            continue
        text = _without_company(stretch.text, company)
        if text:
            yield replace(stretch, text=text)


def without_markers(
    lines: Iterable[str], units: Iterable[Unit], company: Counter[str]
) -> list[str]:
    """The lines that were read of some units, with :data:`TAKEN` in the place of the numbers of their lists and
    notes and of the full stops of these, wherever they stand. Those found are taken off ``company``."""
    known = list(units)
    left = Counter(unit.marker.rstrip(".") for unit in known if unit.marker)
    left.update({str(unit.note) for unit in known if unit.note})

    def explain(found: re.Match[str]) -> str:
        digits = _decimal(found["digits"] or found["after"] or found["last"])
        if left[digits] <= 0 or company[digits] <= 0:
            return found.group()
        left[digits] -= 1
        company[digits] -= 1
        company["."] -= 1
        return TAKEN * len(found.group())

    return [MARKER.sub(explain, line) for line in lines]


def _decimal(digits: str) -> str:
    return "".join(str(unicodedata.decimal(char)) for char in digits)


def _without_company(text: str, company: Counter[str]) -> str:
    while text and text[0] in BULLETS and company["•"] > 0:
        company["•"] -= 1
        text = text[1:]
    number = NUMBER.match(text)
    if number:
        digits = _decimal(number["digits"])
        if company[digits] > 0:
            company[digits] -= 1
            company["."] -= "." in number.group()
            text = text[number.end() :]
    if company[text] > 0:
        company[text] -= 1
        return ""
    return text
