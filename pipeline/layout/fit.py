"""Which blocks do not fit on their page as they were laid out first, and what to do with each.

Measured on the pages as they were laid out. An ordinary book is laid out once: only where a table is wider than
its place, a figure does not stand on one page with its caption, or a page has no room for its notes, is there
another round with other fits.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from pipeline.design.fit import AS_IT_COMES, Fit, Fits, sizes
from pipeline.errors import Origin
from pipeline.layout.boxes import origin_of
from pipeline.layout.sideways import area, is_sideways
from pipeline.settings.values import Theme

ROUNDS = 5
"""How often a book is laid out at most: a table is tried as it is, smaller, turned, smaller, with broken
words."""

MM = 96 / 25.4
"""Pixels of CSS in a millimetre."""

NEARLY = 0.5
"""By how much a box may be wider than its place, in px: sums of widths are not exact."""

ROUND_LESS = 4.0
"""By how much, in mm, a picture is made less high at each round."""

LEAST = 20.0
"""The least height, in mm, that a picture is brought down to for the sake of its caption."""


def refit(document: Any, theme: Theme, fits: Fits) -> dict[Origin, Fit]:
    """The fits of the next round. They are the same as before where nothing is left to be done."""
    out = dict(fits)
    ladder = sizes(theme)
    for origin, place in _narrow_places(document).items():
        out[origin] = _next(out.get(origin, AS_IT_COMES), ladder, place)
    for origin, height in _torn_figures(document).items():
        out[origin] = replace(out.get(origin, AS_IT_COMES), height=height)
    for origin in _notes_without_room(document):
        out[origin] = replace(out.get(origin, AS_IT_COMES), at_end=True)
    return out


@dataclass(frozen=True, slots=True)
class _Place:
    """A table and its place, in px."""

    width: float
    """How wide it is, with what stands out of its cells."""
    at_ease: float
    """How wide it would have to be to be read with ease."""
    room: float
    sideways_room: float
    """How much room it would have were it turned."""


def _next(fit: Fit, ladder: tuple[float, ...], place: _Place) -> Fit:
    """The next thing to do for a table."""
    needed = max(place.width if place.width > place.room + NEARLY else 0.0, place.at_ease)
    smaller = [
        size for size in ladder if size < fit.size and needed * size <= fit.size * place.room
    ]
    if smaller:
        return replace(fit, size=smaller[0])
    if not fit.sideways:
        turned = [size for size in ladder if needed * size <= fit.size * place.sideways_room]
        return Fit(turned[0] if turned else ladder[-1], sideways=True)
    if place.width > place.room + NEARLY:
        return replace(fit, size=ladder[-1], anywhere=True)
    return fit  # it fits, and no other place would let it be read with more ease


def _narrow_places(document: Any) -> dict[Origin, _Place]:
    """The tables that are wider than their place, or would have to be to be read with ease, by their origin."""
    out: dict[Origin, _Place] = {}
    for page in document.pages:
        box = page._page_box  # noqa: SLF001
        left, top, right, bottom = area(box)
        for block in box.descendants():
            if not _classes(block) >= {"table"} or not (origin := origin_of(block.element)):
                continue
            width, at_ease = max(_widths(block), default=0.0), _ease(block)
            if max(width, at_ease) <= block.width + NEARLY:
                continue
            aside = max(0.0, right - left - block.width)
            turned = right - left if "sideways" in _classes(block) else bottom - top
            known = out.get(origin)
            out[origin] = _Place(
                max(width, known.width if known else 0.0), at_ease, block.width, turned - aside
            )
    return out


def _ease(block: Any) -> float:
    return max((getattr(each, "at_ease", 0.0) for each in block.descendants()), default=0.0)


def _widths(block: Any) -> Iterator[float]:
    """How wide the table in a block is, and how wide it would have to be for what stands out of its cells."""
    for table in block.descendants():
        if getattr(table, "column_widths", None) is not None:
            yield table.border_width()
            for cell in _cells(table):
                out = max((each.width for each in _lines(cell)), default=0.0) - cell.width
                if out > NEARLY:
                    yield table.border_width() + out


def _cells(table: Any) -> Iterator[Any]:
    for group in table.children:
        for row in group.children:
            yield from row.children


def _lines(box: Any) -> Iterator[Any]:
    """What stands in the lines of a box, and pictures."""
    return (each for each in box.descendants() if hasattr(each, "pango_layout"))


def _torn_figures(document: Any) -> dict[Origin, float]:
    """For each figure that does not stand whole on one page, how high its picture may be, in mm."""
    pages: dict[Origin, set[int]] = defaultdict(set)
    captions: dict[Origin, float] = defaultdict(float)
    pictures: dict[Origin, float] = {}
    room: dict[Origin, float] = {}
    for number, page in enumerate(document.pages):
        box = page._page_box  # noqa: SLF001
        _, top, _, bottom = area(box)
        for figure in box.descendants():
            if figure.element_tag != "figure" or not (origin := origin_of(figure.element)):
                continue
            pages[origin].add(number)
            room[origin] = bottom - top
            if figure.border_box_y() + figure.border_height() > bottom + NEARLY:
                pages[origin].add(-1)
            for part in figure.descendants():
                if part.element_tag == "figcaption" and part.element is not figure.element:
                    if hasattr(part, "children") and not hasattr(part, "pango_layout"):
                        captions[origin] += part.margin_height() if _is_block(part) else 0.0
                elif part.element_tag == "img":
                    pictures[origin] = max(pictures.get(origin, 0.0), part.height)
    out = {}
    for origin, where in pages.items():
        # Not all space around the picture is known, so its height is reduced a little at each round.
        height = min((room[origin] - captions[origin]), pictures.get(origin, 0.0)) / MM - ROUND_LESS
        if len(where) > 1 and height >= LEAST:
            out[origin] = round(height, 2)
    return out


def foot_of(page: Any) -> Any:
    """The box of the notes at the foot of a page; None where it has none."""
    return next((each for each in page.children if _is_foot(each) and each.children), None)


def _is_foot(box: Any) -> bool:
    return type(box).__name__ == "FootnoteAreaBox"


def _notes_without_room(document: Any) -> Iterator[Origin]:
    """The notes that stand over the text or off their page, and those that are missing from the pages: the
    engine moves a note that has no room to the next page, and sometimes loses it."""
    lost: dict[Any, Origin] = {}
    root = document.pages[0]._page_box.children[0].element  # noqa: SLF001
    for element in root.iter("span") if root is not None else ():
        if element.get("role") == "doc-footnote" and (origin := origin_of(element)):
            lost[element] = origin
    for page in document.pages if lost else ():
        box = page._page_box  # noqa: SLF001
        if (foot := foot_of(box)) is None:
            continue
        _, top, _, _ = area(box)
        text = (each for each in _lines(box.children[0]))
        lowest = max((each.position_y + each.margin_height() for each in text), default=top)
        crowded = is_sideways(box) or foot.position_y < max(top, lowest) - NEARLY
        for each in foot.descendants():
            origin = lost.pop(each.element, None)
            if crowded and origin:
                yield origin
    yield from lost.values()


def _is_block(box: Any) -> bool:
    return bool(box.is_in_normal_flow() and type(box).__name__ == "BlockBox")


def _classes(box: Any) -> frozenset[str]:
    if box.element is None or box.element_tag != "div" or type(box).__name__ != "BlockBox":
        return frozenset()
    return frozenset((box.element.get("class") or "").split())
