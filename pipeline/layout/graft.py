"""Moves lines that were laid out elsewhere to the pages on which they are to stand.

Lines that were measured are drawn as they are: nothing is laid out twice, so nothing can come out otherwise.
An element that stands on several pages stays one element of the markup, and becomes one of the structure tree.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

from pipeline.layout.boxes import placed
from pipeline.layout.measured import Block

LEAF = "leaf"
"""The class of the element that stands for the text of a page."""
KEPT = "column-head"
"""The class of what stays of what was laid out in it."""


@dataclass(frozen=True, slots=True)
class Graft:
    """Parts ``start`` to ``end`` of a block, and where they go: in px, right from ``left`` of their own column,
    and down from the head of the text. ``language`` is the number of the translation that they are of."""

    block: Block
    start: int
    end: int
    left: float
    across: float
    """From the left of the text area of the page."""
    down: float
    language: int
    frame: Any = None
    """A box of which a copy is put around them, with its rules; None for none."""


@dataclass(frozen=True, slots=True)
class Foot:
    """Notes at the foot of a column."""

    notes: Sequence[Any]
    left: float
    across: float
    language: int
    below: float = 0.0
    """How high what stands under them is."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """What goes on a page; ``room`` is the height of its text area, in px."""

    grafts: Sequence[Graft]
    feet: Sequence[Foot]
    room: float


def graft(document: Any, leaves: Sequence[Leaf], elements: Iterable[Any], languages: int) -> Any:
    """Put ``leaves`` on the pages of a document that wait for them, in order; ``elements`` are those that the
    grafted boxes are of, which become part of its markup. The same document, with pages of its own."""
    from weasyprint.document import Page  # noqa: PLC0415

    waiting = iter(leaves)
    outlines: list[list[list[Any]]] = [[] for _ in range(languages + 1)]
    pages = []
    for made in document.pages:
        page, box = made, made._page_box  # noqa: SLF001
        place = _leaf_of(box)
        grafts: list[tuple[int, Any]] = []
        if place is not None:
            grafts = list(_boxes(next(waiting), place))
            kept = list(_kept(place))
            place.children = (*kept, *(each for _, each in grafts))
            for _, each in grafts:
                _lay_backgrounds(box, each)
            page = Page(box)
        for number, outline in enumerate(outlines):
            own = [each for language, each in grafts if language == number - 1]
            if number == 0:
                outline.append(page.bookmarks if place is None else [])
            else:
                outline.append(_bookmarks(own))
        pages.append(page)
    body = document._html.etree_element.find("body")  # noqa: SLF001
    for element in elements:
        body.append(element)
    out = document.copy(pages)
    out._html = document._html  # noqa: SLF001
    out.make_bookmark_tree = _outline(out, outlines)
    return out


def _leaf_of(page: Any) -> Any:
    for box in page.descendants():
        element = box.element
        if element is not None and LEAF in (element.get("class") or "").split():
            return box
    return None


def _kept(box: Any) -> Iterator[Any]:
    """What stays of what was laid out in the place: the heads of columns."""
    for child in getattr(box, "children", ()):
        if KEPT in ((placed(child).element.get("class") or "").split()):
            yield child
        else:
            yield from _kept(child)


def _boxes(leaf: Leaf, place: Any) -> Iterable[tuple[int, Any]]:
    left, top = place.content_box_x(), place.content_box_y()
    for each in sorted(leaf.grafts, key=lambda graft: graft.language):
        for box, begins in _cut(each.block, each.start, each.end):
            if each.frame is not None:
                box = _framed(box, each.frame)  # noqa: PLW2901
            box.translate(left + each.across - each.left, top + each.down - begins)
            yield each.language, box
    for foot in sorted(leaf.feet, key=lambda foot: foot.language):
        down = top + leaf.room - foot.below - sum(note.margin_height() for note in foot.notes)
        for note in foot.notes:
            note.translate(left + foot.across - foot.left, down - note.position_y)
            down += note.margin_height()
            yield foot.language, note


def _framed(box: Any, frame: Any) -> Any:
    """A box in a copy of another, as high as it is."""
    new = frame.copy_with_children([box])
    new.remove_decoration_sides = set()
    new.remove_decoration(start=True, end=True)
    new.position_y, new.height = box.border_box_y(), box.border_height()
    return new


def _cut(block: Block, start: int, end: int) -> Iterable[tuple[Any, float]]:
    """Copies of the boxes of a block with some of its parts, and from where on its page they stand."""
    kept = {id(part.box) for part in block.parts[start:end]}
    every = {id(part.box) for part in block.parts}
    first = block.parts[start]
    head = first.head if start and first.head is not None else None
    begins = block.top if start == 0 else _top(first.box)
    if head is not None:
        begins -= head.border_height()
    for box in block.boxes:
        pruned = _pruned(box, kept, every, head)
        if pruned is not None:
            yield pruned, begins


def _top(box: Any) -> float:
    return float(box.position_y if type(box).__name__ == "LineBox" else box.border_box_y())


def _bottom(box: Any) -> float:
    own = box.height if type(box).__name__ == "LineBox" else box.border_height()
    return _top(box) + float(own)


def _ids(box: Any, every: set[int]) -> list[int]:
    """The parts in a box, in order."""
    box = placed(box)
    if id(box) in every:
        return [id(box)]
    return [each for child in getattr(box, "children", ()) for each in _ids(child, every)]


def _pruned(box: Any, kept: set[int], every: set[int], head: Any) -> Any:
    """A box with the parts in it that are kept; None where it has none of them."""
    own = placed(box)
    there = _ids(own, every)
    if id(own) in every:
        return box if id(own) in kept else None
    inside = [each for each in there if each in kept]
    if there and not inside:
        return None
    if len(inside) == len(there):
        return box
    above, below = there[0] not in kept, there[-1] not in kept
    children = []
    for child in own.children:
        if not _ids(child, every):
            # A marker stands with the first line, the head of a table with the first row; so do captions.
            if not above:
                children.append(child)
            elif child is head:
                repeated = child.deepcopy()
                children.append(repeated)
            continue
        if (part := _pruned(child, kept, every, head)) is not None:
            children.append(part)
    new = own.copy_with_children(children)
    foot = own.position_y + own.margin_height() - own.margin_bottom
    if hasattr(new, "remove_decoration"):
        new.remove_decoration_sides = set()
        new.remove_decoration(above, below)
    tops, bottoms = _extent(children, head if above else None, every)
    if above:
        if head is not None and any(each.element is head.element for each in children):
            repeated = next(each for each in children if each.element is head.element)
            # What was copied was moved already, with the page that it is on first.
            body = next(each for each in children if each is not repeated)
            repeated.translate(
                body.position_x - repeated.position_x,
                tops - head.border_height() - repeated.position_y,
            )
            tops -= head.border_height()
        new.position_y = tops
    new.height = (bottoms if below else foot - new.padding_bottom - new.border_bottom_width) - (
        new.content_box_y()
    )
    return new


def _extent(children: Sequence[Any], head: Any, every: set[int]) -> tuple[float, float]:
    """Where the parts below some boxes begin and end."""
    tops, bottoms = [], []
    for child in children:
        if head is not None and child.element is head.element:
            continue
        box = placed(child)
        if not _ids(box, every) and not hasattr(box, "children"):
            continue
        if _ids(box, every) or not str(box.element_tag).endswith("::marker"):
            tops.append(_top(box) if id(box) in every else box.border_box_y())
            bottoms.append(
                _bottom(box) if id(box) in every else box.border_box_y() + box.border_height()
            )
    return min(tops), max(bottoms)


def _lay_backgrounds(page: Any, box: Any) -> None:
    """Fields of colour hold their places: lay them where their boxes are now."""
    from weasyprint.layout.background import layout_box_backgrounds  # noqa: PLC0415

    for each in box.descendants(placeholders=True):
        own = placed(each)
        if getattr(own, "background", None) is not None:
            layout_box_backgrounds(page, own, None, layout_children=False)


def _bookmarks(boxes: Iterable[Any]) -> list[Any]:
    from weasyprint.anchors import gather_anchors  # noqa: PLC0415

    found: list[Any] = []
    for box in boxes:
        gather_anchors(box, {}, [], found, {None: []})
    return found


def _outline(document: Any, outlines: Sequence[Sequence[list[Any]]]) -> Any:
    """What makes the outline of a document: of each language its own, one after the other."""

    def make(scale: float = 1, transform_pages: bool = False) -> list[Any]:
        out: list[Any] = []
        for outline in outlines:
            own = document.copy(
                [
                    SimpleNamespace(bookmarks=marks, height=page.height)
                    for page, marks in zip(document.pages, outline, strict=True)
                ]
            )
            out.extend(type(document).make_bookmark_tree(own, scale, transform_pages))
        return out

    return make
