"""Languages from left to right from one cover, those from right to left from the other.

Each half is laid out as an edition of its own languages, bound on its own side. The file is bound on the left:
the pages of the second half stand in it from the last to the first, so that its cover is the last page. Where
the whole is a multiple of four, no half has a page on the wrong side, and the sheets of a booklet need no blank
page after the second cover.
"""

from dataclasses import replace
from functools import partial
from typing import Any

from pipeline.editions import Edition
from pipeline.languages import Direction
from pipeline.layout.documents import Engine
from pipeline.layout.meeting import meeting
from pipeline.rendering import Renderer, pages
from pipeline.rendering.pages import OutputCondition
from pipeline.settings.arrangements import ArrangementName

SHEET = 4
"""How many pages a sheet of a booklet has, folded once."""


def two_way(
    renderer: Renderer, edition: Edition, condition: OutputCondition, engine: Engine
) -> Any:
    """The pages of an edition from both covers, with blank ones in the middle."""
    front, back = (
        engine.fitted(
            partial(pages.pages, renderer, half_of(edition, each), condition, whole=edition)
        )
        for each in (Direction.LTR, Direction.RTL)
    )
    count = -(len(front.pages) + len(back.pages)) % SHEET
    blanks = []
    if count:
        blanks = engine.once(pages.blanks(renderer, edition, condition, count)).pages
    return meeting(front, blanks, back)


def half_of(edition: Edition, direction: Direction) -> Edition:
    """The languages of an edition that run in a direction, as an edition that is bound on their side."""
    return replace(
        edition,
        translations=tuple(
            each for each in edition.translations if each.language.direction is direction
        ),
        settings=replace(edition.settings, progression=direction),
        arrangement=ArrangementName.SEQUENCE,
    )
