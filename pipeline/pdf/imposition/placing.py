"""Where each page lies on its side of a sheet. Lengths are in pt, the origin is below and left."""

from collections.abc import Sequence
from dataclasses import dataclass

from pikepdf import Matrix

from pipeline.errors import ImpositionError, Origin
from pipeline.pdf.imposition.geometry import MM, Box
from pipeline.pdf.imposition.grid import Bounds, Grid, grid
from pipeline.pdf.imposition.order import Face, Sheet, Slot
from pipeline.pdf.imposition.schemes import Scheme
from pipeline.settings.profiles import Binding
from pipeline.settings.sheets import Flip, SheetSettings

STEP = 5 * MM
"""The height of a collation mark, in pt: by so much the next signature's stands lower."""

DEEPEST = 0.25
"""By what part of its width a page may be shifted into the fold: more is a mistake of units."""


@dataclass(frozen=True, slots=True)
class Place:
    """A page on a side: what is left of it when all is cut (``box``), what it may print on (``clip``), and how
    its own coordinates become those of the sheet. A blank page has a place, and no matrix."""

    page: int | None
    box: Box
    clip: Box
    matrix: Matrix | None = None


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a sheet. ``rows`` are its places, the upper row first, each from the left; ``collation``
    is the mark on its spine, where it has one."""

    rows: tuple[tuple[Place, ...], ...]
    collation: Box | None = None

    @property
    def places(self) -> tuple[Place, ...]:
        """All places, row by row."""
        return tuple(place for row in self.rows for place in row)

    @property
    def trim(self) -> Box:
        """What is left of the side when it is cut: all trimmed pages, and what is between them."""
        first, *others = self.places
        box = first.box
        for place in others:
            box = box.around(place.box)
        return box


@dataclass(frozen=True, slots=True)
class Pile:
    """All sides, front and back by turns, in the order in which a printer takes them; ``flip`` is how it is to
    turn each sheet, and it does so ``headlong`` where that is about the edge above, not as one turns a leaf."""

    sides: tuple[Side, ...]
    grid: Grid
    flip: Flip
    headlong: bool
    blanks: int


def pile(
    pages: Sequence[Bounds],
    scheme: Scheme,
    settings: SheetSettings,
    binding: Binding,
    *,
    blanks_after: int | None,
    at: Origin,
) -> Pile:
    """The sheets of some pages. Raises :class:`ImpositionError` where pages do not fit on the paper."""
    cells = grid(pages, scheme, settings, at)
    across = cells.width > cells.height
    sheets = scheme.order(len(pages), settings, binding, blanks_after=blanks_after, across=across)
    # A sheet is turned as a leaf about the edge that lies left or right, which is the shorter one where it is
    # wider than high; about the other, the back comes out on its head.
    natural = Flip.SHORT if cells.media.width >= cells.media.height else Flip.LONG
    flip = settings.flip or natural
    headlong = flip is not natural
    lay = _Laying(pages, cells, settings.thickness * MM, at)
    sides = []
    for sheet in sheets:
        back = sheet.back.upside_down if headlong else sheet.back
        sides += [
            Side(lay.rows(sheet.front), lay.collation(sheet)),
            Side(lay.rows(back)),
        ]
    slots = sum(len(side.places) for side in sides)
    return Pile(tuple(sides), cells, flip, headlong, slots - len(pages))


@dataclass(frozen=True, slots=True)
class _Laying:
    """What lays pages in the cells of a grid; ``thickness`` is that of a sheet."""

    pages: Sequence[Bounds]
    grid: Grid
    thickness: float
    at: Origin

    def rows(self, face: Face) -> tuple[tuple[Place, ...], ...]:
        """The places of a side."""
        return tuple(
            tuple(self.place(slot, column, row) for column, slot in enumerate(slots))
            for row, slots in enumerate(face.rows)
        )

    def place(self, slot: Slot, column: int, row: int) -> Place:
        """The place of a page in a cell: its inner edge lies in the fold, so that slack between pages of nearly
        one size is outside, or is pushed into it by as much paper as lies around."""
        grid, cell = self.grid, self.grid.cell(column, row)
        fold, hangs_right = grid.spine_of(column), column % 2 == 0
        shift = self._creep(slot) * (1 if hangs_right else -1)
        trim = Box(cell.x0 + shift, cell.y0, cell.x1 + shift, cell.y1)
        box, clip = trim, trim.grown(grid.bleed)
        if fold is not None and hangs_right:
            box = Box(trim.x0, trim.y0, min(trim.x1, fold), trim.y1)
            clip = Box(clip.x0, clip.y0, min(clip.x1, fold - grid.bar), clip.y1)
        elif fold is not None:
            box = Box(max(trim.x0, fold), trim.y0, trim.x1, trim.y1)
            clip = Box(max(clip.x0, fold + grid.bar), clip.y0, clip.x1, clip.y1)
        if slot.page is None:
            return Place(None, box, clip)
        own = self.pages[slot.page - 1].trim
        size = grid.scale
        left = trim.x1 - size * own.width if fold is not None and hangs_right else trim.x0
        if slot.turned:
            right, top = left + size * own.width, trim.y0 + size * own.height
            matrix = Matrix(-size, 0, 0, -size, right + size * own.x0, top + size * own.y0)
        else:
            matrix = Matrix(size, 0, 0, size, left - size * own.x0, trim.y0 - size * own.y0)
        return Place(slot.page, box, clip, matrix)

    def _creep(self, slot: Slot) -> float:
        """How far a page is shifted towards its spine: by one sheet for each that lies around its own."""
        creep = slot.depth * self.thickness
        if creep > DEEPEST * self.grid.width:
            raise ImpositionError(
                f"takes {slot.depth + 1} sheets inside each other: the inner pages would be shifted "
                f"{creep / MM:.1f} mm into the fold",
                at=self.at,
                cure="name thinner paper, in mm, or bind signatures of fewer pages (perfect)",
            )
        return creep

    def collation(self, sheet: Sheet) -> Box | None:
        """The mark on the spine of a signature, on the front of its outermost sheet: a step lower than that
        of the one before, and at the head again where there is no more room."""
        grid = self.grid
        lowest = enumerate(sheet.front.rows[-1])
        column = next((each for each, slot in lowest if slot.depth == 0), None)
        if not grid.bar or column is None:
            return None
        fold, cell = grid.spine_of(column), grid.cell(column, grid.rows - 1)
        assert fold is not None  # noqa: S101 - what has a bar is folded
        steps = max(1, int(cell.height // STEP))
        top = cell.y1 - sheet.signature % steps * STEP
        return Box(fold - grid.bar, top - STEP, fold + grid.bar, top)
