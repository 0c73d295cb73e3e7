"""How the languages of a combined edition stand to each other: one table.

To add one, add its name and a row; where it needs pages of its own, :mod:`pipeline.pdf.arranged` has the table
of what lays them out.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from pipeline.languages import Direction
from pipeline.settings.values import FormatName


class ArrangementName(StrEnum):
    """What the user calls an arrangement, and what stands in the names of its files."""

    SEQUENCE = "sequence"
    PARALLEL = "parallel"
    FACING = "facing"
    SPREAD = "spread"
    INTERLEAVED = "interleaved"
    TWO_WAY = "two-way"


@dataclass(frozen=True, slots=True)
class Arrangement:
    """A row of the table."""

    says: str
    """What it is, for whoever has to choose."""
    formats: frozenset[FormatName]
    """What can be made of it."""
    least: int = 2
    """How many languages it takes at least."""
    most: int | None = None
    """How many it takes at most; None where there is no such number."""
    pages: int = 1
    """Over how many pages that lie open together one passage stands."""
    columns: bool = False
    """Whether languages stand in columns beside each other on a page."""
    rows: bool = False
    """Whether e-books give what all languages say of the same, and then of what follows."""
    directions: frozenset[Direction] = frozenset()
    """The directions of which each must have a language in it."""
    progression: Direction | None = None
    """The page progression of its files; None where it hangs on the languages."""


PAGED = frozenset((FormatName.PDF, FormatName.SVG))
READ = PAGED | {FormatName.EPUB}

ARRANGEMENTS: Mapping[ArrangementName, Arrangement] = {
    ArrangementName.SEQUENCE: Arrangement("language after language", frozenset(FormatName)),
    ArrangementName.PARALLEL: Arrangement(
        "side by side in columns", READ, most=6, columns=True, rows=True
    ),
    ArrangementName.FACING: Arrangement(
        "two languages on facing pages", PAGED, most=2, pages=2
    ),
    ArrangementName.SPREAD: Arrangement(
        "in columns over two facing pages", PAGED, least=3, most=12, pages=2, columns=True
    ),
    ArrangementName.INTERLEAVED: Arrangement(
        "paragraph under paragraph", READ, rows=True
    ),
    ArrangementName.TWO_WAY: Arrangement(
        "from two covers, by direction, meeting in the middle", PAGED,
        directions=frozenset(Direction), progression=Direction.LTR,
    ),
}  # fmt: skip


def columns_a_page(name: ArrangementName, languages: int) -> int:
    """In how many columns a page of an arrangement of some languages is set at most."""
    row = ARRANGEMENTS[name]
    return -(-languages // row.pages) if row.columns else 1
