"""What comes out of sheets that are folded and cut, held against the pages that it must be."""

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import NamedTuple

from pikepdf import Matrix

from pipeline.checks.pdf.opened import shown
from pipeline.checks.regions import NEAR, RESIZED, Pages, View
from pipeline.checks.verdicts import Finding
from pipeline.editions import Edition
from pipeline.languages import Direction
from pipeline.pdf.imposition import Binding, Scheme
from pipeline.pdf.imposition.folding import Paper, Window, cut, folded
from pipeline.pdf.imposition.geometry import MM, Box
from pipeline.pdf.imposition.grid import BAR
from pipeline.pdf.imposition.order import grid_of, with_blanks
from pipeline.pdf.imposition.sheets import DUPLEX
from pipeline.settings.sheets import Flip, MarkName

SLACK = 0.5
"""By how many pt boxes may be off: programs round them."""

HALVES = ("left", "right")

CURE = "where [print.sheets] in book.toml was changed since, build again"


class Cell(NamedTuple):
    """Part of a side, and the page that must be there, from 1."""

    window: Window
    page: int | None


class Booklet:
    """The sides of some sheets, and the pages that must come out of them."""

    def __init__(
        self,
        sides: Pages,
        pages: Pages,
        edition: Edition,
        scheme: Scheme,
        blanks_after: int | None = None,
    ) -> None:
        rtl = edition.direction is Direction.RTL
        self.sides, self.pages, self.scheme = sides, pages, scheme
        self.settings = edition.settings.printing.sheets
        self.binding = Binding.RIGHT if rtl else Binding.LEFT
        # A number that is none of a page is that of the nearest.
        self._after = None if blanks_after is None else min(max(blanks_after, 0), len(pages))
        self._other = Binding.LEFT if rtl else Binding.RIGHT
        self._bleed = max(pages.bleed(at).overhang(pages.trim(at)) for at in range(len(pages)))
        self._seen: dict[Window, View] = {}
        self._wanted: dict[tuple[object, ...], View] = {}

    # --- what it must be ---

    @cached_property
    def _own(self) -> tuple[float, float]:
        """The trimmed size of a page, in pt."""
        boxes = [self.pages.trim(at) for at in range(len(self.pages))]
        return max(each.width for each in boxes), max(each.height for each in boxes)

    @cached_property
    def _columns_and_rows(self) -> tuple[int, int]:
        width, height = self._own
        across = not self.scheme.folded and width > height
        return grid_of(self.scheme.cells(self.settings), across=across)

    @cached_property
    def _flip(self) -> tuple[Flip, bool]:
        """About which edge a printer turns the sheets, and whether that is the one above."""
        media = self.sides.media(0)
        as_leaf = Flip.SHORT if media.width >= media.height else Flip.LONG
        flip = self.settings.flip or as_leaf
        return flip, flip is not as_leaf

    @property
    def duplex(self) -> str:
        """What a viewer is told of printing on both sides."""
        return DUPLEX[self._flip[0]]

    @cached_property
    def _paper(self) -> Paper:
        """A sheet, as it must be."""
        said, scheme, media = self.settings, self.scheme, self.sides.media(0)
        mill = scheme.milled(said) * MM
        gap = max(scheme.between(said) * MM, 2 * self._bleed)
        collated = scheme.folded and MarkName.COLLATION in said.marks
        scale, (width, height) = 1.0, self._own
        if said.size and (scheme.shrinks or said.fit):
            rows = self._columns_and_rows[1]
            room = self.sides.trim(0).height - (rows - 1) * gap
            scale = min(1.0, room / (rows * height))
        return Paper(
            media.width,
            media.height,
            (scale * width, scale * height),
            scale * self._bleed,
            gap,
            mill,
            said.thickness * MM,
            min(BAR / 2, mill) if collated else 0.0,
            self._flip[1],
        )

    @cached_property
    def sheets(self) -> int:
        """How many sheets there must be."""
        across = self._own[0] > self._own[1]
        order = self.scheme.order(len(self.pages), self.settings, self.binding, across=across)
        return len(order)

    def _cells(self, binding: Binding) -> list[Cell]:
        """All pages as they come out, bound on a side."""
        settings, columns_and_rows = self.settings, self._columns_and_rows
        if self.scheme.folded:
            in_each = self.scheme.in_each(settings, self.sheets)
            windows = folded(
                self._paper, self.sheets, folds=settings.folds, in_each=in_each, binding=binding
            )
        else:
            columns, rows = columns_and_rows
            windows = cut(self._paper, self.sheets, columns=columns, rows=rows, binding=binding)
        slots = with_blanks(len(self.pages), len(windows), self._after)
        return [Cell(*each) for each in zip(windows, slots, strict=True)]

    @property
    def figures(self) -> tuple[str, ...]:
        """The numbers of sheets, pages and blank pages, and the side of the binding, in words for the
        report."""
        columns, rows = self._columns_and_rows
        blanks = 2 * columns * rows * self.sheets - len(self.pages)
        return (
            f"{self.sheets} sheets",
            f"{len(self.pages)} pages" + (f" and {blanks} blank" if blanks else ""),
            f"{self.scheme.bound} {self.binding}",
        )

    # --- what it is ---

    def findings(self) -> Iterator[Finding]:
        """What is wrong with the sheets, in their order."""
        cells = sorted(self._cells(self.binding), key=_place)
        yield from self._boxes(cells)
        wanted = 2 * self.sheets
        if len(self.sides) != wanted:
            what = f"these sheets have {len(self.sides)} sides and must have {wanted}"
            yield Finding(what, None, "", "number of sheets", cure=CURE)
            yield from self._missing(cells)
            return
        wrong = [each for each in cells if not self._holds(each)]
        if wrong and all(self._holds(each) for each in self._cells(self._other)):
            what = f"the booklet is bound on the wrong side: it is read from the {self.binding}"
            yield Finding(what, None, "", "binding side", cure=f"bind it on the {self.binding}")
            return
        places = self._places(cells)
        for each in wrong:
            yield self._told(each, places[each.window])

    def _boxes(self, cells: Sequence[Cell]) -> Iterator[Finding]:
        """What is left of a side when it is cut are its trimmed pages, and the paper is what was asked for."""
        for side in range(min(len(self.sides), 2 * self.sheets)):
            boxes = [each.window.box for each in cells if each.window.side == side]
            wanted = boxes[0]
            for each in boxes:
                wanted = wanted.around(each)
            trim, media = self.sides.trim(side), self.sides.media(side)
            if _off(trim, wanted) > SLACK:
                what = f"the TrimBox is {_size(trim)} and must be {_size(wanted)}, in the middle"
                yield Finding(what, None, name_of(side), "page boxes", cure=CURE)
            if self.settings.size:
                asked = Box(0, 0, *(each * MM for each in self.settings.size))
                turned = Box(0, 0, asked.height, asked.width)
                if min(_off(media, asked), _off(media, turned)) > SLACK:
                    what = f"the paper is {_size(media)} and must be {_size(asked)}"
                    yield Finding(what, None, name_of(side), "page boxes", cure=CURE)

    def _places(self, cells: Sequence[Cell]) -> dict[Window, str]:
        """What each cell is called: the sheet, counted from 1, then front or back, then where on it."""
        columns, rows = self._columns_and_rows
        found = {}
        for at, each in enumerate(cells):
            row, column = divmod(at % (columns * rows), columns)
            where = f"row {row + 1}, column {column + 1}"
            if (columns, rows) == (2, 1):
                where = HALVES[column]
            found[each.window] = f"{name_of(each.window.side)}, {where}"
        return found

    def _holds(self, cell: Cell) -> bool:
        seen = self._view(cell.window)
        if cell.page is None:
            return seen.is_blank
        return seen.same(self._page(cell.page, cell.window))

    def _told(self, cell: Cell, place: str) -> Finding:
        """What is wrong with a cell that does not hold what it must."""
        seen = self._view(cell.window)
        if cell.page is None:
            what = "nothing must be here"
            return Finding(what, None, place, "blank page", shown(seen.text))
        if seen.is_blank:
            return Finding(f"page {cell.page} is not here", None, place, "missing page")
        for other in range(1, len(self.pages) + 1):
            if other != cell.page and seen.same(self._page(other, cell.window)):
                what = f"page {other} stands here, and page {cell.page} must"
                return Finding(what, None, place, "page order")
        return _difference(cell.page, place, seen, self._page(cell.page, cell.window))

    def _missing(self, cells: Sequence[Cell]) -> Iterator[Finding]:
        """The pages that stand nowhere at all."""
        there = [each.window for each in cells if each.window.side < len(self.sides)]
        for page in range(1, len(self.pages) + 1):
            if not any(self._view(each).same(self._page(page, each)) for each in there):
                yield Finding(f"page {page} is on no sheet", None, "", "missing page")

    def _view(self, window: Window) -> View:
        """What is seen of a cell."""
        if window not in self._seen:
            self._seen[window] = self.sides.view(window.side, window.printed)
        return self._seen[window]

    def _page(self, page: int, window: Window) -> View:
        """What must be seen of a page in a cell."""
        whole, printed = window.page, window.printed
        part = Box(
            printed.x0 - whole.x0,
            printed.y0 - whole.y0,
            printed.x1 - whole.x0,
            printed.y1 - whole.y0,
        )
        rounded = tuple(round(each, 3) for each in (part.x0, part.y0, part.x1, part.y1))
        key = (page, window.turned, rounded)
        if key not in self._wanted:
            trim = self.pages.trim(page - 1)
            size = whole.width / self._own[0]
            placed = Matrix(size, 0, 0, size, -size * trim.x0, -size * trim.y0)
            if window.turned:
                x, y = whole.width + size * trim.x0, whole.height + size * trim.y0
                placed = Matrix(-size, 0, 0, -size, x, y)
            self._wanted[key] = self.pages.view(page - 1, part, placed)
        return self._wanted[key]


def _difference(number: int, place: str, seen: View, page: View) -> Finding:
    """How part of a side differs from the page that must be on it."""
    rule, what, text = "picture", f"looks otherwise than page {number}", ""
    lost, added = page.counts - seen.counts, seen.counts - page.counts
    if lost or added:
        rule = "text of a page"
        told = [
            f"{verb} {count.total()} characters"
            for verb, count in (("lost", lost), ("added", added))
            if count
        ]
        what = f"is not page {number}: {' and '.join(told)}"
        text = shown("".join((lost or added).elements()))
    elif abs(seen.share(page) - 1) > RESIZED:
        rule, what = "scale", f"page {number} is printed at {seen.share(page):.1%} of its size"
    elif seen.shift(page) > NEAR:
        off = f"{seen.shift(page) / MM:.2f} mm"
        rule, what = "place of a page", f"page {number} has text {off} from its place"
    return Finding(what, None, place, rule, text)


def name_of(side: int) -> str:
    """What a side is called, counted from 0."""
    return f"sheet {side // 2 + 1}, {'back' if side % 2 else 'front'}"


def _place(cell: Cell) -> tuple[float, ...]:
    """By what cells are in order: side by side, from above, from the left."""
    window = cell.window
    return window.side, -round(window.box.y0), window.box.x0


def _off(one: Box, other: Box) -> float:
    """How far two boxes differ at most."""
    return max(
        abs(a - b)
        for a, b in (
            (one.x0, other.x0),
            (one.y0, other.y0),
            (one.x1, other.x1),
            (one.y1, other.y1),
        )
    )


def _size(box: Box) -> str:
    return f"{box.width / MM:.1f} × {box.height / MM:.1f} mm"
