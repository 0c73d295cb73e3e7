"""What lays out the pages of arrangements, but for the sequence: one table.

Where languages stand beside each other, every language is laid out once, at the width of its column, on an
endless page. Then pages are chosen for all of them at once (:mod:`pipeline.arrangements`), and the lines are
put on empty pages with margins, heads and folios (:mod:`pipeline.layout.graft`).
"""

from collections.abc import Callable, Mapping
from typing import Any

from pipeline.arrangements import Lock
from pipeline.editions import Edition
from pipeline.languages import Direction
from pipeline.layout.documents import Engine
from pipeline.pdf.arranged.columns import Column, columns_of, in_view, room_of
from pipeline.pdf.arranged.filling import Arranged
from pipeline.pdf.arranged.two_way import two_way
from pipeline.rendering import Renderer
from pipeline.rendering.pages import OutputCondition
from pipeline.settings.arrangements import ArrangementName


def parallel(
    renderer: Renderer, edition: Edition, condition: OutputCondition, engine: Engine
) -> Any:
    """Columns side by side on one page, row by row."""
    made = Arranged(renderer, edition, condition, engine, columns_of(edition, [in_view(edition)]))
    return made.document()


def spread(renderer: Renderer, edition: Edition, condition: OutputCondition, engine: Engine) -> Any:
    """Columns over two pages that lie open, whose headings stand level where they can."""
    order = in_view(edition)
    half = len(order) // 2
    groups = [order[:half], order[half:]]
    columns = columns_of(edition, groups)
    return Arranged(renderer, edition, condition, engine, columns, lock=Lock.SECTIONS).document()


def facing(renderer: Renderer, edition: Edition, condition: OutputCondition, engine: Engine) -> Any:
    """Two translations on facing pages, whose headings stand level."""
    order = in_view(edition)
    if len({each.language.direction for each in edition.translations}) == 1:
        # Who reads a book from the right reads its right page first.
        order = [0, 1] if edition.direction is Direction.LTR else [1, 0]
    columns = columns_of(edition, [[order[0]], [order[1]]])
    return Arranged(renderer, edition, condition, engine, columns, lock=Lock.SECTIONS).document()


def interleaved(
    renderer: Renderer, edition: Edition, condition: OutputCondition, engine: Engine
) -> Any:
    """Passage under passage, the first language full width, the others standing in beside a rule."""
    members = tuple(range(len(edition.translations)))
    columns = [Column(members, 0, 0.0, room_of(edition))]
    return Arranged(renderer, edition, condition, engine, columns).document()


Layout = Callable[[Renderer, Edition, OutputCondition, Engine], Any]
"""Gives the pages of an edition as a document of the engine."""

LAYOUTS: Mapping[ArrangementName, Layout] = {
    ArrangementName.PARALLEL: parallel,
    ArrangementName.FACING: facing,
    ArrangementName.SPREAD: spread,
    ArrangementName.INTERLEAVED: interleaved,
    ArrangementName.TWO_WAY: two_way,
}
