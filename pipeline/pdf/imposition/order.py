"""Which page stands where on which sheet: pure arithmetic, without a PDF in sight.

A signature is a pile of sheets that are folded into each other. Where its pages come to stand is found by
unfolding it: the leaves lie in a pile, first page up, spine at the left; the last fold is opened first. Each
time the upper half of every pile is turned over to the left (about the spine, or a fold along the fore edge) or
upwards (about a fold along the head), until every leaf lies by itself.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from pipeline.settings.profiles import Binding
from pipeline.settings.sheets import LastSignature, SheetSettings


class Slot(NamedTuple):
    """What stands in a cell of a side: a page, counted from 1 (``None`` is a blank one); whether it stands on
    its head; and how many folds of paper lie around the fold that it hangs in (0: it is outermost)."""

    page: int | None
    turned: bool = False
    depth: int = 0


@dataclass(frozen=True, slots=True)
class Face:
    """One side of a sheet: rows of cells, the upper one first, each from the left."""

    rows: tuple[tuple[Slot, ...], ...]

    @property
    def mirrored(self) -> "Face":
        """The same side with the cells of each row in the other order."""
        return Face(tuple(row[::-1] for row in self.rows))

    @property
    def upside_down(self) -> "Face":
        """The same side, turned by half a turn."""
        return Face(
            tuple(
                tuple(slot._replace(turned=not slot.turned) for slot in row[::-1])
                for row in self.rows[::-1]
            )
        )


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet of paper, both faces as they lie before the eye.

    The back is what is seen after the sheet was turned as one turns a leaf: what stands right on it is behind
    the left of the front. Of a folded sheet the front is the side with its first page. ``signature`` counts
    from 0.
    """

    front: Face
    back: Face
    signature: int = 0


class Order(Protocol):
    """Lays a number of pages on sheets. ``blanks_after`` says after how many pages blank ones stand, if any
    are needed: by default after the last. ``across`` says whether pages are wider than high."""

    def __call__(
        self,
        pages: int,
        settings: SheetSettings,
        binding: Binding,
        *,
        blanks_after: int | None = None,
        across: bool = False,
    ) -> tuple[Sheet, ...]: ...


def saddle(
    pages: int,
    settings: SheetSettings,
    binding: Binding,
    *,
    blanks_after: int | None = None,
    across: bool = False,  # noqa: ARG001 - of a fold, pages of either form hang alike
) -> tuple[Sheet, ...]:
    """Printer's order for saddle stitch: all sheets folded into each other, stapled in the fold. The sheets
    come outermost first; no pages need no sheets."""
    return _signature(with_blanks(pages, settings.on_sheet, blanks_after), settings, binding, 0)


def perfect(
    pages: int,
    settings: SheetSettings,
    binding: Binding,
    *,
    blanks_after: int | None = None,
    across: bool = False,  # noqa: ARG001
) -> tuple[Sheet, ...]:
    """Signatures for perfect binding, one after the other, the sheets of each outermost first."""
    size = settings.signature
    step = size if settings.last is LastSignature.BLANK else settings.on_sheet
    slots = with_blanks(pages, step, blanks_after)
    return tuple(
        sheet
        for number, first in enumerate(range(0, len(slots), size))
        for sheet in _signature(slots[first : first + size], settings, binding, number)
    )


def n_up(
    pages: int,
    settings: SheetSettings,
    binding: Binding,
    *,
    blanks_after: int | None = None,
    across: bool = False,
) -> tuple[Sheet, ...]:
    """Pages in the order in which they are read, row by row, from the side at which a book would be bound."""
    columns, rows = grid_of(settings.up, across=across)
    side = columns * rows
    slots = with_blanks(pages, 2 * side, blanks_after)
    faces = [
        _bound(
            Face(
                tuple(
                    tuple(Slot(page) for page in slots[at : at + columns])
                    for at in range(first, first + side, columns)
                )
            ),
            binding,
        )
        for first in range(0, len(slots), side)
    ]
    return tuple(Sheet(*pair) for pair in zip(faces[::2], faces[1::2], strict=True))


def grid_of(up: int, *, across: bool = False) -> tuple[int, int]:
    """How many columns and rows ``up`` pages take, a power of two: a square, or twice as many where it makes
    the whole the less narrow: columns of pages that are upright, rows of those that lie ``across``."""
    more = 2 ** (up.bit_length() // 2)
    return (up // more, more) if across else (more, up // more)


def with_blanks(pages: int, step: int, after: int | None) -> list[int | None]:
    """The pages from 1, with as many blank ones as fill a multiple of ``step``, ``after`` some of them."""
    first = pages if after is None else after
    blanks: list[int | None] = [None] * (-pages % step)
    return [*range(1, first + 1), *blanks, *range(first + 1, pages + 1)]


def _signature(
    slots: Sequence[int | None], settings: SheetSettings, binding: Binding, number: int
) -> tuple[Sheet, ...]:
    """The sheets of one signature: the first and the last pages are on the outermost."""
    half, count = settings.on_sheet // 2, len(slots)
    cells = _unfolded(settings.folds)
    sheets = []
    for first in range(0, count // 2, half):

        def slot(own: int, *, turned: bool, first: int = first) -> Slot:
            at = first + own if own < half else count - first - 2 * half + own
            return Slot(slots[at], turned, min(at, count - 1 - at) // 2)

        back = Face(
            tuple(
                tuple(slot(2 * leaf + (not recto), turned=turned) for leaf, recto, turned in row)
                for row in cells
            )
        )
        front = Face(
            tuple(
                tuple(slot(2 * leaf + recto, turned=turned) for leaf, recto, turned in row[::-1])
                for row in cells
            )
        )
        sheets.append(Sheet(_bound(front, binding), _bound(back, binding), number))
    return tuple(sheets)


Cell = tuple[int, bool, bool]
"""A leaf, from 0; whether it shows its recto; whether it stands on its head."""


def _unfolded(folds: int) -> list[list[Cell]]:
    """The side of a sheet that has not its first page, in rows from above, before anything stands on it."""
    piles: list[list[list[Cell]]] = [[[(leaf, True, False) for leaf in range(2**folds)]]]
    for step in range(folds):
        sideways = step % 2 == 0
        stay = [[pile[len(pile) // 2 :] for pile in row] for row in piles]
        over = [
            [
                [
                    (leaf, not recto, turned == sideways)
                    for leaf, recto, turned in reversed(pile[: len(pile) // 2])
                ]
                for pile in row
            ]
            for row in piles
        ]
        if sideways:
            piles = [moved[::-1] + still for moved, still in zip(over, stay, strict=True)]
        else:
            piles = over[::-1] + stay
    return [[pile[0] for pile in row] for row in piles]


def _bound(face: Face, binding: Binding) -> Face:
    """A side of what is bound on the left, as it must be for ``binding``: mirrored, or as it is."""
    return face if binding is Binding.LEFT else face.mirrored
