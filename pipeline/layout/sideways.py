"""WeasyPrint 70.0, extended to turn what stands on a page: for tables that are too wide in every size of type.

CSS has ``writing-mode`` and ``page-orientation`` for this; WeasyPrint has neither. On pages whose names
begin with :data:`pipeline.design.fit.SIDEWAYS` the area of the text is laid out with its sides exchanged, so
that rows break over pages and heads are repeated as ever, and is then drawn turned by a right angle. The page
itself stays as it is: its running head, its folio and its tab are where those of all pages are, and it can be
bound with them.

A table is turned so that its head is at the side on which lines begin: a reader turns a book from left to right
clockwise, one from right to left the other way.
"""

from typing import Any

from pipeline.design.fit import SIDEWAYS
from pipeline.languages import Direction


def is_sideways(page: Any) -> bool:
    """Whether what stands on a page box is turned."""
    return str(page.page_type.name or "").startswith(SIDEWAYS) and not page.page_type.blank


def rotation(page: Any) -> int:
    """By how many degrees, clockwise, a page box is to be shown so that what stands on it is upright."""
    if not is_sideways(page):
        return 0
    return 90 if page.style["direction"] == "ltr" else 270


def area(page: Any) -> tuple[float, float, float, float]:
    """Where text may stand on a page box, before it is turned: left, top, right, bottom."""
    left, top = page.content_box_x(), page.content_box_y()
    width, height = page.width, page.height
    if is_sideways(page):
        width, height = height, width
    return left, top, left + width, top + height


def page_height(original: Any, page: Any, *rest: Any) -> Any:
    """Find the height of a page (``original``), and exchange it with the width where the page is turned."""
    found = original(page, *rest)
    if hasattr(page, "page_type") and is_sideways(page):
        page.width, page.height = page.height, page.width
    return found


def make_page(original: Any, *arguments: Any) -> Any:
    """Make a page (``original``), and turn what stands on it where it is to be turned."""
    page, *rest = original(*arguments)
    if is_sideways(page):
        page.width, page.height = page.height, page.width
        for child in page.children:
            _turn(page, child)
    return (page, *rest)


def _turn(page: Any, box: Any) -> None:
    """Give a box of a page, as it was laid out, the transformation with which it stands on the page."""
    # Turned about the upper left corner of the text area. The sides of the area are exchanged back already:
    # what stands in it was laid out as wide as the area is high now.
    along, across = page.height, page.width
    right, down = (
        box.border_box_x() - page.content_box_x(),
        box.border_box_y() - page.content_box_y(),
    )
    a, b, c, d, e, f = (0, -1, 1, 0, 0, along)
    if page.style["direction"] == Direction.RTL:
        a, b, c, d, e, f = (0, 1, -1, 0, across, 0)
    moved = (a * right + c * down + e - right, b * right + d * down + f - down)
    box.style = box.style.copy()
    box.style["transform"] = (("matrix", (a, b, c, d, *moved)),)
    box.style["transform_origin"] = _corner()


def _corner() -> Any:
    from weasyprint.css.properties import Dimension  # noqa: PLC0415

    return (Dimension(0, "px"), Dimension(0, "px"))
