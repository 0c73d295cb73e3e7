"""Where the columns of an arrangement stand: on which page of an opening, how far from its edge, how wide."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline.design.page import GUTTER, margins
from pipeline.editions import Edition
from pipeline.languages import Direction

WIDER = 1.2
"""By how much the columns of one page may be wider than those of the page beside it."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of an opening: which translations stand in it, on which of its pages, and where, in mm."""

    members: tuple[int, ...]
    page: int
    across: float
    width: float


def in_view(edition: Edition) -> list[int]:
    """The translations as columns stand from the left: those from right to left on the right, the first of
    them outermost."""
    directions = [each.language.direction for each in edition.translations]
    ltr = [at for at, each in enumerate(directions) if each is Direction.LTR]
    return ltr + [at for at in reversed(range(len(directions))) if at not in ltr]


def columns_of(edition: Edition, groups: Sequence[Sequence[int]]) -> list[Column]:
    """Columns of one width, in the order of the translations; ``groups`` are the pages from the left."""
    room = room_of(edition)
    widths = [(room - GUTTER * (len(group) - 1)) / len(group) for group in groups]
    out: dict[int, Column] = {}
    for page, group in enumerate(groups):
        for member in group:
            out[member] = Column((member,), page, 0.0, min(widths[page], WIDER * min(widths)))
    return in_place([out[at] for at in sorted(out)], groups, room)


def in_place(
    columns: Sequence[Column], groups: Sequence[Sequence[int]], room: float
) -> list[Column]:
    """Columns where they stand: where they need less than the page has, at the spine."""
    out = list(columns)
    for page, group in enumerate(groups):
        taken = sum(out[member].width for member in group) + GUTTER * (len(group) - 1)
        across = room - taken if page == 0 and len(groups) > 1 else 0.0
        for member in group:
            out[member] = replace(out[member], across=round(across, 4))
            across += out[member].width + GUTTER
    return out


def room_of(edition: Edition) -> float:
    """How wide the text area of a page is, in mm."""
    edges = margins(edition.settings.theme)
    return edition.settings.theme.width - edges.inner - edges.outer
