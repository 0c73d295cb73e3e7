"""Whether all that is printed stands where it belongs: text and pictures inside the text area of their page and
inside their cell, running heads and page numbers on the page and clear of the text.

Measured on the boxes of the finished layout, whatever theme or templates made them. A warning for what stands
out names the place in its source, which documents for print carry in ``data-origin``.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pipeline.document import BuildWarning
from pipeline.errors import Origin
from pipeline.layout.boxes import origin_of, parents_in, placed, running
from pipeline.layout.fit import MM, foot_of
from pipeline.layout.sideways import area, is_sideways

TOLERANCE = 0.75
"""By how much anything may stand out, in px (0.2 mm): widths are rounded, and nobody sees it."""

SHOWN = 40
"""How many characters of a text a warning quotes at most."""

ASCENT, DESCENT = 1.0, 0.4
"""How far letters reach above and below their line at most, in em."""

Bounds = tuple[float, float, float, float]
"""Left, top, right and bottom, in px."""

TEXT_CURE = (
    "give its longest word a space or a soft hyphen, or the book a larger page or smaller type"
)
PICTURE_CURE = "make the picture smaller, or look at the style that sets its size"
CELL_CURE = (
    "shorten what is in the widest cells, make two tables of it, or give the book a larger page"
)
MARGIN_CURE = "shorten the heading, or look at the style that sets it"


@dataclass(frozen=True, slots=True)
class _Stray:
    """Something that stands out: what, by how many px, of what, and what to do."""

    what: str
    by: float
    of: str
    cure: str
    element: Any


def strays(document: Any) -> tuple[BuildWarning, ...]:
    """A warning for each block that stands out of where it belongs, in the order of the pages."""
    worst: dict[Any, tuple[_Stray, Origin | None]] = {}
    parents: dict[Any, Any] = {}
    for page in document.pages:
        for stray in _on_page(page._page_box):  # noqa: SLF001
            if not parents:
                parents = parents_in(document)
            at = _origin(stray.element, parents)
            key = at or stray.what
            if key not in worst or stray.by > worst[key][0].by:
                worst[key] = (stray, at)
    return tuple(
        BuildWarning(f"{each.what} stands {each.by / MM:.1f} mm out of {each.of}; {each.cure}", at)
        for each, at in worst.values()
    )


def _on_page(page: Any) -> Iterator[_Stray]:
    whole = area(page)
    # Text must end above the notes of its page, and the notes must end on the page.
    foot = foot_of(page)
    above = (
        whole if foot is None or is_sideways(page) else (*whole[:3], min(whole[3], foot.position_y))
    )
    for child in page.children:
        if child is foot:
            yield from _in_text(child, whole, None)
        elif hasattr(child, "at_keyword"):
            yield from _in_margin(page, child)
        else:
            yield from _in_text(child, above, None)


def _in_text(box: Any, bounds: Bounds, cell: Any) -> Iterator[_Stray]:
    box = placed(box)
    if running(box.element):
        return
    if type(box).__name__ == "TableCellBox":
        cell = box
    if shown := _shown(box):
        by = _out(_edges(box), bounds)
        if by > TOLERANCE:
            yield _Stray(shown, by, "the text area", _cure(box, cell), box.element)
        elif cell is not None and (by := _out(_edges(box), _edges(cell))) > TOLERANCE:
            yield _Stray(shown, by, "its cell", _cure(box, cell), box.element)
        return
    for child in getattr(box, "children", ()):
        yield from _in_text(child, bounds, cell)


def _in_margin(page: Any, box: Any) -> Iterator[_Stray]:
    paper = (0.0, 0.0, page.margin_width(), page.margin_height())
    left, top = page.content_box_x(), page.content_box_y()
    text_area = (left, top, left + page.width, top + page.height)
    if box.at_keyword.startswith(("@top-", "@bottom-")) and "corner" not in box.at_keyword:
        paper = (left, paper[1], left + page.width, paper[3])  # no wider than the text
    for each in box.descendants():
        if shown := _shown(each):
            edges = _ink(each)
            by = max(_out(edges, paper), _over(edges, text_area))
            if by > TOLERANCE:
                yield _Stray(f"{shown}, in a margin,", by, "its place", MARGIN_CURE, None)


def _shown(box: Any) -> str:
    """What a box shows of itself, in words; nothing where it only holds other boxes."""
    text = getattr(box, "text", None)
    if text is not None:
        text = " ".join(text.split())
        return f"“{text if len(text) <= SHOWN else text[: SHOWN - 1] + '…'}”" if text else ""
    if hasattr(box, "replacement"):
        name = (box.element.get("alt") or "") if box.element is not None else ""
        return f"the picture “{name}”" if name else "a picture"
    return ""


def _edges(box: Any) -> Bounds:
    """The edges of a box, in px. The height of a text is taken from its line: glyphs of many fonts reach
    beyond."""
    if getattr(box, "text", None) is not None:
        left = box.position_x + box.margin_left
        return left, box.position_y, left + box.width, box.position_y + box.margin_height()
    left, top = box.border_box_x(), box.border_box_y()
    return left, top, left + box.border_width(), top + box.border_height()


def _ink(box: Any) -> Bounds:
    """The edges of a box, in px; of a text about those of its letters (ASCENT and DESCENT). In a margin the
    lines of some scripts reach over the edge of the page where their letters do not."""
    left, top, right, bottom = _edges(box)
    if getattr(box, "text", None) is not None:
        size, line = box.style["font_size"], box.position_y + box.baseline
        top, bottom = max(top, line - ASCENT * size), min(bottom, line + DESCENT * size)
    return left, top, right, bottom


def _out(inner: Bounds, outer: Bounds) -> float:
    """By how much one rectangle stands out of another, at the side at which it does most."""
    return max(
        outer[0] - inner[0], outer[1] - inner[1], inner[2] - outer[2], inner[3] - outer[3], 0.0
    )


def _over(one: Bounds, other: Bounds) -> float:
    """By how much two rectangles lie over each other, in the direction in which they do least."""
    across = min(one[2], other[2]) - max(one[0], other[0])
    down = min(one[3], other[3]) - max(one[1], other[1])
    return max(0.0, min(across, down))


def _cure(box: Any, cell: Any) -> str:
    if cell is not None:
        return CELL_CURE
    return PICTURE_CURE if hasattr(box, "replacement") else TEXT_CURE


def _origin(element: Any, parents: dict[Any, Any]) -> Origin | None:
    while element is not None:
        if origin := origin_of(element):
            return origin
        element = parents.get(element)
    return None
