"""The cells of a sheet, and how large it is. Lengths are in pt, the origin is below and left."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from pipeline.errors import ImpositionError, Origin
from pipeline.pdf.imposition.geometry import MM, Box, number
from pipeline.pdf.imposition.order import grid_of
from pipeline.pdf.imposition.schemes import Scheme
from pipeline.settings.sheets import MarkName, SheetSettings

TOLERANCE = 0.5
"""By how many pt pages may differ and count as of one size, and reach over what they fit on: programs round
boxes to whole points."""

LEAST = 0.1
"""Below this part of their size pages are no longer read."""

MARK_GAP = 3 * MM
"""From the trim to a mark, in pt, where the bleed does not ask for more."""

MARK_LENGTH = 5 * MM
"""Of a mark, in pt."""

MARK_EDGE = 1 * MM
"""From a mark to the edge of the sheet, in pt."""

BAR = 2 * MM
"""The width of a collation mark, in pt, where what is milled off has room for it."""


def room_for_marks(bleed: float) -> float:
    """How much room marks need beyond the trim, in pt."""
    return max(bleed, MARK_GAP) + MARK_LENGTH + MARK_EDGE


@dataclass(frozen=True, slots=True)
class Bounds:
    """The trim and the bleed of a page as a viewer shows it."""

    trim: Box
    bleed: Box


@dataclass(frozen=True)
class Grid:
    """The cells of a side, alike on both sides of a sheet, so that fronts and backs lie on each other.

    ``width`` and ``height`` are the trimmed size of one page as it is printed, ``bleed`` is what is printed
    beyond it where it is cut, ``scale`` how large it is printed. Pages that hang together at the spine
    stand ``spine`` apart, all others ``gap``. ``slug`` is the room beyond the trim that bleed and marks
    take in all. ``bar`` is half of the width of a collation mark, which stands on the spine; 0 where there
    is none.
    """

    columns: int
    rows: int
    folded: bool
    width: float
    height: float
    bleed: float
    scale: float
    spine: float
    gap: float
    slug: float
    bar: float
    media: Box

    def _before(self, column: int) -> float:
        """How much is between columns, to the left of one of them."""
        spines = (column + 1) // 2 if self.folded else 0
        return spines * self.spine + (column - spines) * self.gap

    @cached_property
    def block(self) -> Box:
        """All trimmed pages, in the middle of the sheet."""
        width = self.columns * self.width + self._before(self.columns - 1)
        height = self.rows * self.height + (self.rows - 1) * self.gap
        x, y = (self.media.width - width) / 2, (self.media.height - height) / 2
        return Box(x, y, x + width, y + height)

    def cell(self, column: int, row: int) -> Box:
        """Where a trimmed page lies in the cell, counted from above and left, from 0, if nothing shifts it."""
        x = self.block.x0 + column * self.width + self._before(column)
        y = self.block.y0 + (self.rows - 1 - row) * (self.height + self.gap)
        return Box(x, y, x + self.width, y + self.height)

    def spine_of(self, column: int) -> float | None:
        """The x of the fold in which the pages of a column hang; None where nothing is folded."""
        if not self.folded:
            return None
        left = self.cell(column - column % 2, 0)
        return left.x1 + self.spine / 2

    @property
    def folds(self) -> tuple[tuple[float, ...], tuple[float, ...]]:
        """The x of upright folds, the y of those across."""
        if not self.folded:
            return (), ()
        cells = [self.cell(column, 0) for column in range(self.columns)]
        levels = [self.cell(0, row) for row in range(self.rows)]
        return (
            tuple((a.x1 + b.x0) / 2 for a, b in pairwise(cells)),
            tuple((a.y0 + b.y1) / 2 for a, b in pairwise(levels)),
        )


def grid(pages: Sequence[Bounds], scheme: Scheme, settings: SheetSettings, at: Origin) -> Grid:
    """The cells for some pages, and the sheet for them: as large as they need, or the one that was asked for,
    turned so that they fit best.

    Raises :class:`ImpositionError` where they do not fit and may not be made smaller.
    """
    width = max(page.trim.width for page in pages)
    height = max(page.trim.height for page in pages)
    bleed = max(page.bleed.overhang(page.trim) for page in pages)
    columns, rows = grid_of(scheme.cells(settings), across=not scheme.folded and width > height)
    mill, gap = scheme.milled(settings) * MM, max(scheme.between(settings) * MM, 2 * bleed)
    spines = columns // 2 if scheme.folded else 0
    slug = room_for_marks(bleed) if settings.marks else bleed
    edges = 2 * (slug + settings.margin * MM)
    scale, media = _fitted(
        Box(0, 0, columns * width, rows * height),
        (spines * 2 * mill + (columns - 1 - spines) * gap + edges, (rows - 1) * gap + edges),
        scheme,
        settings,
        at,
    )
    collated = scheme.folded and MarkName.COLLATION in settings.marks
    return Grid(
        columns, rows, scheme.folded, width * scale, height * scale, bleed * scale, scale,
        2 * mill, gap, slug, min(BAR / 2, mill) if collated else 0.0, media,
    )  # fmt: skip


def _fitted(
    pages: Box,
    beside: tuple[float, float],
    scheme: Scheme,
    settings: SheetSettings,
    at: Origin,
) -> tuple[float, Box]:
    """How large pages are printed that take so much room in all, and on which sheet; what stands ``beside`` and
    between them, across and up, keeps its size."""
    needed = Box(0, 0, pages.width + beside[0], pages.height + beside[1])
    if settings.size is None:
        return 1.0, needed

    def scale_on(paper: Box) -> float:
        if needed.width <= paper.width + TOLERANCE and needed.height <= paper.height + TOLERANCE:
            return 1.0
        room = paper.width - beside[0], paper.height - beside[1]
        return min(1.0, room[0] / pages.width, room[1] / pages.height)

    x, y = (each * MM for each in settings.size)
    # Where both ways do, the paper lies as what is on it.
    ways = sorted((Box(0, 0, x, y), Box(0, 0, y, x)), key=lambda way: way.width)
    if needed.width >= needed.height:
        ways.reverse()
    media = max(ways, key=scale_on)
    scale = scale_on(media)
    if scale <= LEAST or (scale < 1 and not (scheme.shrinks or settings.fit)):
        raise ImpositionError(
            f"does not fit: a sheet for {scheme.name} takes {size(needed)}, and the paper is {size(media)}",
            at=at,
            cure="name larger paper, leave out marks or margins, or let pages be made smaller (--fit, or fit = "
            "true under [print.sheets])",
        )
    return scale, media


def size(box: Box) -> str:
    """The size of a box in words, in mm."""
    return f"{number(round(box.width / MM, 1))} × {number(round(box.height / MM, 1))} mm"
