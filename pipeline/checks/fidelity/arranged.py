"""Fidelity of PDFs whose pages hold several languages, by what programs read from them.

Programs that read such a page mix its columns, so they cannot tell an order, which is the part of the structure
(:mod:`pipeline.checks.fidelity.structure`). Of what they read it is asked that every character of all languages
is there as often as the texts have it, whatever its place.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from pipeline.checks.fidelity.differences import named
from pipeline.checks.fidelity.extraction import HYPHEN, Extract, Opened
from pipeline.checks.fidelity.extras import HYPHENS, company_of
from pipeline.checks.fidelity.printed import Compared, Recovery
from pipeline.checks.fidelity.structure import Wanted
from pipeline.checks.fidelity.visible import ink, sideless
from pipeline.checks.verdicts import Finding
from pipeline.errors import Origin

ALL = "all languages"
"""What the report calls the text of all languages together."""


def compare(opened: Opened, wanted: Wanted, *, two_covers: bool = False) -> Compared:
    """Compare what programs have read of a file (``opened``) with the units of its translations, in its order;
    ``two_covers`` says that it is read from both of its ends."""
    out = Compared()
    for each in opened.extracts:
        out.recoveries.append(_counted(each, opened, wanted, out, two_covers=two_covers))
    return out


def _counted(
    extract: Extract, opened: Opened, wanted: Wanted, out: Compared, *, two_covers: bool
) -> Recovery:
    """Whether a program gives every character as often as the texts have it."""
    starts = [page for _, page in opened.chapters]
    first, last = min(starts, default=0), len(extract.pages) - 1
    if two_covers and starts:
        # What is read from the second cover begins last in the file.
        last = max(starts)
    if opened.forward is not None and opened.forward.program == extract.program:
        extract = opened.forward
    found = Counter(_characters(line for page in extract.pages[first : last + 1] for line in page))
    hoped: Counter[str] = Counter()
    extras: Counter[str] = Counter()
    for translation, units in wanted:
        hoped.update(_characters(unit.drawn for unit in units))
        count = len(extract.pages) - first
        for text, times in company_of(translation, units, count).items():
            for char in text:
                extras[char] += times
    lost, added = hoped - found, found - hoped - extras
    for char in HYPHENS:
        # A hyphen at the end of a line is joined by some programs, and added by layout.
        lost.pop(char, None)
        added.pop(char, None)
    for char, count in sorted(lost.items()):
        what = f"{count} of {hoped[char]} {named(char)} are not there"
        out.findings.append(Finding(what, _where(char, wanted), extract.program))
    whole = hoped.total()
    return Recovery(ALL, extract.program, whole, whole - lost.total(), added.total(), grave=False)


def _characters(lines: Iterable[str]) -> Iterator[str]:
    for line in lines:
        yield from sideless(ink(line.replace(HYPHEN, "-")))


def _where(char: str, wanted: Wanted) -> Origin | None:
    """The first place at which a character stands."""
    for _, units in wanted:
        for unit in units:
            if char in sideless(ink(unit.drawn)):
                return unit.origin
    return None


def figures(found: Compared, wanted: Wanted) -> Mapping[str, list[Recovery]]:
    """What was recovered, by language, and of all languages together."""
    names = [translation.tag for translation, _ in wanted] + [ALL]
    return {
        name: own
        for name in names
        if (own := [each for each in found.recoveries if each.tag == name])
    }
