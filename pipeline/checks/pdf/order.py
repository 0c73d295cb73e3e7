"""The reading order of a PDF: its structure says what the book says, block after block.

A block is known by its letters, in whatever order they come, so that what stands at a wrong place and
what is said backwards are told apart.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from pipeline.checks.fidelity.alignment import longest_rise
from pipeline.checks.fidelity.units import Unit
from pipeline.checks.pdf.opened import Opened, letters, shown
from pipeline.checks.pdf.tree import Block
from pipeline.checks.verdicts import Finding

MOST = 400
"""How many places of one text are looked at: enough for a word that fills the cells of a table."""


def check(opened: Opened) -> Iterator[Finding]:
    """Every unit of every translation stands in the structure, whole, in its order."""
    if opened.tree is None:
        return
    blocks = [block for block in opened.tree.blocks() if not block.is_contents]
    said = [letters(block.text) for block in blocks]
    by_letters: dict[str, list[int]] = {}
    for at, text in enumerate(said):
        by_letters.setdefault(_signature(text), []).append(at)
    every = [unit for tag in opened.tags for unit in opened.units[tag] if letters(unit.text)]
    # A note may stand after what refers to it as well as at the end.
    wanted = [unit for unit in every if not unit.note]
    notes = [unit for unit in every if unit.note]
    met: Counter[str] = Counter()
    candidates = []
    for unit in wanted:
        signature = _signature(letters(unit.text))
        candidates.append(_places(unit, said, by_letters, met[signature]))
        met[signature] += 1
    chosen = _chain(candidates)
    for note in notes:
        places = _places(note, said, by_letters)
        wanted.append(note)
        candidates.append(places)
        right = (place for place in places if letters(note.text) in said[place])
        chosen.append(next(right, places[0] if places else None))
    for unit, places, place in zip(wanted, candidates, chosen, strict=True):
        text = shown(unit.text)
        if not places:
            what = "no part of the structure says this"
            yield Finding(what, unit.origin, "", "reading order", text)
        elif place is None:
            what = "this is said at another place than in the text"
            yield Finding(what, unit.origin, _page(blocks[places[0]]), "reading order", text)
        elif letters(unit.text) not in said[place]:
            what = "the letters of this are said in another order than they are written in"
            yield Finding(what, unit.origin, _page(blocks[place]), "reading order", text)


def _page(block: Block) -> str:
    return f"page {block.page + 1}" if block.page is not None else ""


def _signature(text: str) -> str:
    return "".join(sorted(text))


def _places(
    unit: Unit, said: Sequence[str], by_letters: Mapping[str, list[int]], before: int = 0
) -> list[int]:
    """The blocks that say a unit: with its very letters, or with others around them. Of very many
    (headings that differ by their numbers alone) those about as far on; so many are ``before`` the unit."""
    wanted = letters(unit.text)
    exact = by_letters.get(_signature(wanted), [])
    if exact:
        start = max(0, min(before - MOST // 2, len(exact) - MOST))
        return exact[start : start + MOST]
    return [at for at, text in enumerate(said) if wanted in text][:MOST]


def _chain(candidates: Sequence[Sequence[int]]) -> list[int | None]:
    """A place for as many units as can stand in their order; two of one block may share it."""
    flat = [
        (unit, place)
        for unit, places in enumerate(candidates)
        for place in sorted(places, reverse=True)
    ]
    # Units that share a block rise with their own number; one unit's places fall, so that it gets one.
    count = len(candidates) + 1
    values = [place * count + (unit if len(candidates[unit]) == 1 else 0) for unit, place in flat]
    out: list[int | None] = [None] * len(candidates)
    for at in longest_rise(values):
        unit, place = flat[at]
        out[unit] = place
    return out
