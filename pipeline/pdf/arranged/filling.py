"""From texts to pages: measured, divided into pages for all columns at once, put on them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from pipeline.arrangements import (
    Lock,
    NoPlaceError,
    Opening,
    Placed,
    Plan,
    Row,
    even_out,
    fullest,
    place,
    plan,
    share_out,
)
from pipeline.design.fit import Fits, sizes
from pipeline.design.measure import shortened, width
from pipeline.design.page import PT, margins
from pipeline.document import Translation, label_text
from pipeline.editions import Edition
from pipeline.errors import LayoutError
from pipeline.languages import Direction
from pipeline.layout.boxes import origin_of
from pipeline.layout.documents import Engine
from pipeline.layout.graft import Foot, Graft, Leaf, graft
from pipeline.layout.measured import Block, measured
from pipeline.pdf.arranged.columns import Column, in_place, room_of
from pipeline.pdf.arranged.texts import MeasuredText, level, stacked
from pipeline.rendering import Renderer, pages
from pipeline.rendering.pages import ColumnHead, OutputCondition, Setting

PX = 96 / 25.4
"""Pixels of CSS in a millimetre."""

IN_HAND = 1.5
"""How much of a page is kept in hand, in px: sums of heights are not exact."""

NARROWEST = 38.0
"""How narrow a column may become, in mm, where others need more room."""

NOTES_APART = 1.0
"""The space between text and notes, in em."""

INDENT, SMALLER = 6.0, 0.94
"""Of languages under the first one: how far they stand in, in mm, and their size in times that of the book."""

HEAD_SIZE, HEAD_APART = 0.76, 2.0
"""The size of the heads of columns, in times that of the text, and what they leave free, in em."""

LEAST_SCALE, MOST_SCALE = 0.96, 1.04
"""How much smaller or larger a language may be set so that facing pages end together."""


@dataclass(slots=True)
class Arranged:
    """An edition on its way to pages."""

    renderer: Renderer
    edition: Edition
    condition: OutputCondition
    engine: Engine
    columns: Sequence[Column]
    lock: Lock = Lock.ROWS
    scales: Sequence[float] = ()
    """The sizes of the columns' languages, in times that of the book."""
    lower: float = 0.0
    """How much lower the text stands than the page has room for, in px."""

    def __post_init__(self) -> None:
        self.scales = [1.0] * len(self.columns)

    @property
    def stacked(self) -> bool:
        """Whether languages stand under each other in one column."""
        return len(self.columns) == 1

    @property
    def opening(self) -> Opening:
        """What lies open at once."""
        theme = self.edition.settings.theme
        edges = margins(theme)
        em = theme.base / PT * PX
        room = (theme.height - edges.top - edges.bottom - 0.4) * PX - IN_HAND - self.lower
        return Opening(room, em, NOTES_APART * em, self.lock)

    def document(self) -> Any:
        """The pages."""
        text = self._measure(self.columns)
        widths, scales = self._better(text), self._even(text)
        if (widths, scales) != ([each.width for each in self.columns], self.scales):
            self.columns, self.scales = self._resized(widths), scales
            text = self._measure(self.columns)
        try:
            found = self._planned(text.rows)
        except NoPlaceError as error:
            raise self._too_tall(text, error.row) from None
        return self._made(text, found)

    def _planned(self, rows: Sequence[Row]) -> Plan:
        """The pages; where columns run free, as high as leaves the least white."""
        if self.lock is Lock.ROWS:
            return plan(rows, self.opening)
        found, opening = fullest(rows, self.opening)
        self.lower = self.opening.room - opening.room
        return found

    # --- measuring ------------------------------------------------------------------------------

    def _measure(self, columns: Sequence[Column]) -> MeasuredText:
        setting = self._setting(columns)

        def markup(fits: Fits) -> str:
            flat = {origin: self._upright(fit) for origin, fit in fits.items()}
            return pages.columns(self.renderer, self.edition, self.condition, flat, setting)

        found = measured(self.engine.fitted(markup))
        text = MeasuredText(found, columns)
        alike = [
            segment
            for segment in {key[0] for each in found for key in each.blocks}
            if len(counts := {each.items(segment) for each in found}) == 1 and counts != {0}
        ]
        for each in found:
            each.divide(frozenset(alike))
        keys = sorted({key for each in found for key in each.blocks})
        rows = stacked(text, keys, self.opening.em) if self.stacked else level(text, keys)
        for key, row in rows:
            text.keys.append(key)
            text.rows.append(row)
        return text

    def _upright(self, fit: Any) -> Any:
        """No page of an arrangement is turned: its table is set in the smallest type instead."""
        if not fit.sideways:
            return fit
        smallest = sizes(self.edition.settings.theme)[-1]
        return replace(fit, sideways=False, size=smallest, anywhere=True)

    def _setting(self, columns: Sequence[Column]) -> Setting:
        every = self.edition.translations
        widths, scales = {}, {}
        for column, scale in zip(columns, self.scales, strict=True):
            for at, member in enumerate(column.members):
                tag = every[member].tag
                widths[tag] = round(column.width - (INDENT if at else 0.0), 4)
                scales[tag] = SMALLER if at else scale
        named = {each.tag: {segment for segment, _ in each.segments()} for each in every}
        whole: set[int] = set().union(*named.values())
        gaps = {tag: sorted(whole - own) for tag, own in named.items()}
        return Setting(widths, scales, gaps, self.stacked)

    def _better(self, text: MeasuredText) -> list[float]:
        """The widths of columns at which the text takes the least room, in mm."""
        out = [each.width * PX for each in self.columns]
        numbers = sorted({each.page for each in self.columns})
        groups = [
            [at for at, each in enumerate(self.columns) if each.page == page] for page in numbers
        ]
        if len(groups) == len(self.columns):
            return [each.width for each in self.columns]
        if self.lock is Lock.SECTIONS:
            out = list(even_out(text.rows, groups, out, NARROWEST * PX))
        else:
            for own in groups:
                rows = [replace(row, cells=tuple(row.cells[at] for at in own)) for row in text.rows]
                shares = share_out(rows, [out[at] for at in own], NARROWEST * PX)
                for at, share in zip(own, shares, strict=True):
                    out[at] = share
        return [round(each / PX, 4) for each in out]

    def _even(self, text: MeasuredText) -> list[float]:
        """The sizes at which columns that run free are about equally high."""
        if self.lock is Lock.ROWS or len({each.page for each in self.columns}) < len(self.columns):
            return list(self.scales)
        heights = [
            sum(
                cell.height(0, cell.count) + cell.gap
                for row in text.rows
                if (cell := row.cells[at])
            )
            for at in range(len(self.columns))
        ]
        mean = sum(heights) / len(heights)
        return [
            round(min(MOST_SCALE, max(LEAST_SCALE, (mean / each) ** 0.5)), 3) for each in heights
        ]

    def _resized(self, widths: Sequence[float]) -> list[Column]:
        out = [replace(each, width=width) for each, width in zip(self.columns, widths, strict=True)]
        groups = [
            sorted(
                (at for at, each in enumerate(out) if each.page == page),
                key=lambda at: out[at].across,
            )
            for page in sorted({each.page for each in out})
        ]
        return in_place(out, groups, room_of(self.edition))

    # --- pages ----------------------------------------------------------------------------------

    def _made(self, text: MeasuredText, found: Plan) -> Any:
        """The document whose pages hold what is planned."""
        sheets = 1 + max(each.page for each in self.columns)
        leaves: list[Leaf] = []
        bound: list[pages.Leaf] = []
        running = [""] * len(self.columns)
        for number, (begins, ends) in enumerate(found.pages):
            last = number == len(found.pages) - 1
            placed = place(text.rows, begins, ends, self.opening, last=last)
            heads = self._heads(text, placed, running)
            order = range(sheets)
            if self.edition.direction is Direction.RTL:
                order = order[::-1]  # the page that is bound first is the right one
            for page in order:
                own = [each for each in placed if self.columns[each.column].page == page]
                leaves.append(self._leaf(text, own))
                bound.append(self._bound(text, own, page, heads))
        markup = pages.leaves(self.renderer, self.edition, self.condition, self._leaves(bound))
        elements = [each.box.element for each in text.measured]
        return graft(self.engine.once(markup), leaves, elements, len(text.measured))

    def _leaf(self, text: MeasuredText, placed: Sequence[Placed]) -> Leaf:
        grafts, feet = [], []
        for each in placed:
            language, _, block = text.block(each.row, each.column)
            own, column = text.measured[language], self.columns[each.column]
            across = column.across + (INDENT if self._stands_in(language) else 0.0)
            if own.rtl and self._stands_in(language):
                across = column.across
            frame = own.box if self._stands_in(language) else None
            grafts.append(
                Graft(block, each.start, each.end, own.left, across * PX, each.top, language, frame)
            )
            notes = [note for part in block.notes[each.start : each.end] for note in part]
            if notes:
                feet.append(Foot(notes, own.left, across * PX, language))
        return Leaf(grafts, _together(feet, stacked=self.stacked), self.opening.room)

    def _stands_in(self, language: int) -> bool:
        return self.stacked and language != self.columns[0].members[0]

    def _bound(
        self, text: MeasuredText, placed: Sequence[Placed], page: int, heads: Sequence[str]
    ) -> pages.Leaf:
        anchors: list[str] = []
        for each in placed:
            if each.start == 0:
                _, _, block = text.block(each.row, each.column)
                anchors.extend(_anchors(block))
        own = [each for each in range(len(self.columns)) if self.columns[each].page == page]
        if self.headed:
            return pages.Leaf(
                self._name(page), anchors, heads=[self._head(at, heads[at]) for at in own]
            )
        return pages.Leaf(self._name(page), anchors, heads[own[0]])

    def _head(self, at: int, running: str) -> ColumnHead:
        column = self.columns[at]
        language = self.edition.translations[column.members[0]].language
        em = self.edition.settings.theme.base * language.script.size * HEAD_SIZE / PT
        room = column.width / em - width(language.autonym) - HEAD_APART
        said = shortened(running, language.tag, room)
        if len(said) < len(running):
            said = f"{said}\N{HORIZONTAL ELLIPSIS}" if said else ""
        return ColumnHead(
            language.tag, round(column.across, 3), round(column.width, 3), said, HEAD_SIZE
        )

    @property
    def headed(self) -> bool:
        """Whether each column has its own head."""
        return any(
            sum(other.page == each.page for other in self.columns) > 1 for each in self.columns
        )

    def _name(self, page: int) -> str:
        own = next(each for each in self.columns if each.page == page)
        return f"leaf-{self.edition.translations[own.members[0]].tag}"

    def _leaves(self, bound: Sequence[pages.Leaf]) -> pages.Leaves:
        sheets = 1 + max(each.page for each in self.columns)
        names = {}
        for page in range(sheets):
            own = next(each for each in self.columns if each.page == page)
            first = self.edition.translations[own.members[0]].language
            names[self._name(page)] = first
        return pages.Leaves(
            bound,
            names,
            opens="verso" if sheets > 1 else "",
            headed=self.headed,
            tabbed=sheets > 1 and not self.headed,
        )

    def _heads(self, text: MeasuredText, placed: Sequence[Placed], running: list[str]) -> list[str]:
        """What the heads of a page say, by column: the first heading on it, or the last one before."""
        out = list(running)
        known: set[int] = set()
        for each in sorted(placed, key=lambda one: (one.column, one.row)):
            language, key, block = text.block(each.row, each.column)
            if block.level != 2 or (self.stacked and language != self.columns[0].members[0]):
                continue
            said = _headings(self.edition.translations[language]).get(key[0], "")
            running[each.column] = said
            if each.column not in known:
                known.add(each.column)
                out[each.column] = said
        return out

    def _too_tall(self, text: MeasuredText, row: int) -> LayoutError:
        at = None
        for column, key in enumerate(text.keys[row]):
            if key is not None:
                at = at or origin_of(text.block(row, column)[2].boxes[0].element)
        return LayoutError(
            f"{self.edition.key}: a passage is higher than a page and cannot be divided",
            at=at,
            cure="divide it, make the picture smaller, or set a larger page under [theme]",
        )


def _headings(translation: Translation) -> dict[int, str]:
    return {each.segment: label_text(each.inlines) for each in translation.headings()}


def _anchors(block: Block) -> Iterator[str]:
    for box in block.boxes:
        for element in box.element.iter():
            if name := element.get("id"):
                yield name


def _together(feet: Sequence[Foot], *, stacked: bool) -> list[Foot]:
    """The notes of each column in one; in a column of several languages one above the other."""
    out: dict[int, list[Any]] = {}
    for each in feet:
        out.setdefault(each.language, []).extend(each.notes)
    first = {each.language: each for each in reversed(feet)}
    found = [replace(first[at], notes=notes) for at, notes in out.items()]
    if not stacked:
        return found
    raised, below = [], 0.0
    for each in sorted(found, key=lambda foot: -foot.language):
        raised.append(replace(each, below=below))
        below += sum(note.margin_height() for note in each.notes)
    return raised
