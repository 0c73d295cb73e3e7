"""What makes a block stand on its page where it does not as it comes.

The layout engine finds out which blocks do not (:mod:`pipeline.layout.fit`); each of them is then laid
out with a :class:`Fit`. A table is set smaller, in steps, down to the theme's smallest type; then it is turned,
on pages of its own, first in its full size; and at last its words are broken anywhere.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from pipeline.design.columns import IN_TABLES
from pipeline.design.themes import design as design_of
from pipeline.errors import Origin
from pipeline.settings.values import Theme

SIDEWAYS = "sideways-"
"""What the names of pages begin with on which a table is turned; the language follows."""

STEP = 0.9
"""How much smaller each step is than the one before."""


@dataclass(frozen=True, slots=True)
class Fit:
    """How a block is set: its ``size`` in times what it would be; whether it is ``sideways``; whether words in
    it break ``anywhere``; how high, in mm, its picture may be at most; whether the note stands ``at_end`` of
    the text, and with it all others."""

    size: float = 1.0
    sideways: bool = False
    anywhere: bool = False
    height: float | None = None
    at_end: bool = False


AS_IT_COMES = Fit()

Fits = Mapping[Origin, Fit]
"""The blocks that are not set as they come, by where they stand in their source."""


def sizes(theme: Theme) -> tuple[float, ...]:
    """The sizes in which a theme sets a table, in times the usual, from the largest."""
    smallest = min(1.0, design_of(theme).smallest / (theme.base * IN_TABLES))
    out, size = [1.0], STEP
    while size > smallest * 1.04:
        out.append(round(size, 4))
        size *= STEP
    return (*out, round(smallest, 4)) if smallest < 1 else tuple(out)
