"""Sheets of paper, folded and cut in numbers: where on a side each page of the book is that comes out.

This knows nothing of how pages are laid on sheets. A sheet lies with its first page underneath; it is
folded over the way that a binder folds it, and every layer remembers where on the sheet it was. Then the
knife goes through all layers at once. All lengths are in pt; the origin is below and left.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from pipeline.pdf.imposition.geometry import Box
from pipeline.settings.profiles import Binding


@dataclass(frozen=True, slots=True)
class Paper:
    """A sheet, and what is done to it. ``width`` and ``height`` are its own; ``page`` is the trimmed size
    of a page as it is printed, ``bleed`` what is printed beyond it; ``gap`` is between pages that are cut
    apart, ``mill`` is taken off the spine; ``thickness`` is that of the paper. ``bar`` is what is kept free
    beside the spine for its marks. Where it is ``headlong``, the printer turns sheets about the edge above,
    not as one turns a leaf.
    """

    width: float
    height: float
    page: tuple[float, float]
    bleed: float = 0.0
    gap: float = 0.0
    mill: float = 0.0
    thickness: float = 0.0
    bar: float = 0.0
    headlong: bool = False


@dataclass(frozen=True, slots=True)
class Window:
    """Where a page is: on which side, counted from 0 (front, back, front …); what of it is left when all is cut
    (``box``), where it would lie if nothing were lost in the fold (``page``), and what is printed of it
    (``printed``); whether it stands on its head there."""

    side: int
    page: Box
    box: Box
    printed: Box
    turned: bool


def folded(
    paper: Paper, sheets: int, *, folds: int, in_each: int, binding: Binding
) -> list[Window]:
    """The pages of a pile, in the order in which they are read: ``in_each`` sheets are folded into each
    other, the first of them outermost, and then gathered."""
    layers, spine = _folded(paper, folds, binding)
    half, rows = len(layers) // 2, 2 ** (folds // 2)
    pages: list[Window] = []
    for first in range(0, sheets, in_each):
        numbers = range(first, min(first + in_each, sheets))
        leaves = [
            *((number, layer) for number in numbers for layer in layers[:half]),
            *((number, layer) for number in reversed(numbers) for layer in layers[half:]),
        ]
        for at, (number, layer) in enumerate(leaves):
            depth = min(at, len(leaves) - 1 - at) * paper.thickness
            pages += _leaf(paper, layer, number, depth, spine, binding, rows)
    return pages


def cut(paper: Paper, sheets: int, *, columns: int, rows: int, binding: Binding) -> list[Window]:
    """The pages of sheets that are read, or cut apart, row by row from the side of the ``binding``."""
    wide, high = paper.page
    left = (paper.width - columns * wide - (columns - 1) * paper.gap) / 2
    low = (paper.height - rows * high - (rows - 1) * paper.gap) / 2
    across = [left + column * (wide + paper.gap) for column in range(columns)]
    if binding is Binding.RIGHT:
        across.reverse()
    up = [low + row * (high + paper.gap) for row in reversed(range(rows))]
    boxes = [Box(x, y, x + wide, y + high) for y in up for x in across]
    return [
        _window(paper, sheet, (seen, seen, seen.grown(paper.bleed)), front=front, turned=False)
        for sheet in range(sheets)
        for front in (True, False)
        for box in boxes
        # A front is seen from its own side, and a window is told as it is seen from the back.
        for seen in (_from_behind(box, paper) if front else box,)
    ]


# --- folding ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Layer:
    """A part of a sheet in a folded pile: ``x`` and ``y`` of the pile are on the sheet, seen from its back,
    ``across[0] * x + across[1]`` and ``up[0] * y + up[1]``. ``front`` says whether the front looks up."""

    across: tuple[float, float] = (1.0, 0.0)
    up: tuple[float, float] = (1.0, 0.0)
    front: bool = False

    def over(self, at: float, *, sideways: bool) -> "_Layer":
        """The same after it was folded over at a line."""
        factor, rest = self.across if sideways else self.up
        turned = (-factor, rest + 2 * factor * at)
        if sideways:
            return replace(self, across=turned, front=not self.front)
        return replace(self, up=turned, front=not self.front)

    def of(self, box: Box) -> Box:
        """Where on the sheet a part of the pile is, seen from the back."""
        (a, b), (c, d) = self.across, self.up
        return Box.of((a * box.x0 + b, c * box.y0 + d, a * box.x1 + b, c * box.y1 + d))


def _folded(paper: Paper, folds: int, binding: Binding) -> tuple[list[_Layer], float]:
    """The layers of a sheet, the uppermost first, and where its spine is. The last fold is the spine;
    before it go, by turns, one along the heads and one along the fore edges. What lies away from the spine
    stays, and so does what is below; the other half is laid over it."""
    x, y = paper.width / 2, paper.height / 2
    away = 1 if binding is Binding.LEFT else -1
    layers, spine = [_Layer()], x
    for left in range(folds, 0, -1):
        sideways = left % 2 == 1
        at = x if sideways else y
        layers = [*(each.over(at, sideways=sideways) for each in layers[::-1]), *layers]
        if sideways:
            # To the next fold it is half a gap, a page, and what is milled off.
            spine, x = x, x + away * (paper.gap / 2 + paper.page[0] + paper.mill)
        else:
            y -= paper.gap + paper.page[1]
    return layers, spine


def _leaf(
    paper: Paper, layer: _Layer, sheet: int, depth: float, spine: float, binding: Binding, rows: int
) -> Iterator[Window]:
    """Both pages of a leaf. The knife stands where the outermost leaf has its page; a leaf whose fold lies
    ``depth`` deeper in the spine is cut by so much nearer to its own fold."""
    wide, high = paper.page
    y = (paper.height - rows * high - (rows - 1) * paper.gap) / 2
    inner = paper.mill - depth
    if binding is Binding.LEFT:
        knife = Box(spine + inner, y, spine + inner + wide, y + high)
        there = Box(spine, 0, paper.width, paper.height)
        free = Box(spine + paper.bar, 0, paper.width, paper.height)
    else:
        knife = Box(spine - inner - wide, y, spine - inner, y + high)
        there = Box(0, 0, spine, paper.height)
        free = Box(0, 0, spine - paper.bar, paper.height)
    parts = [
        layer.of(each)
        for each in (knife, knife.inside(there), knife.grown(paper.bleed).inside(free))
    ]
    turned = layer.up[0] < 0
    for front in (layer.front, not layer.front):
        yield _window(paper, sheet, parts, front=front, turned=turned)


def _window(paper: Paper, sheet: int, parts: Sequence[Box], *, front: bool, turned: bool) -> Window:
    """Where parts of a sheet (the page, what is left of it, what is printed), as they are seen from its
    back, are on one of its sides."""
    if front:
        parts = [_from_behind(each, paper) for each in parts]
    elif paper.headlong:
        turned = not turned
        flipped = [
            Box(each.x0, paper.height - each.y1, each.x1, paper.height - each.y0) for each in parts
        ]
        parts = [_from_behind(each, paper) for each in flipped]
    page, box, printed = parts
    return Window(2 * sheet + (not front), page, box, printed, turned)


def _from_behind(box: Box, paper: Paper) -> Box:
    """A part of a sheet as it is seen from the other side."""
    return Box(paper.width - box.x1, box.y0, paper.width - box.x0, box.y1)
