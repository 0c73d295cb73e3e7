"""The boxes of a document that was laid out, and the elements of the markup that they show."""

from collections.abc import Sequence
from typing import Any

from pipeline.errors import Origin


def sequences_of(document: Any) -> Sequence[Sequence[int]]:
    """The pages of a document in the order in which they are read, by their numbers in the file, counted from
    0: one sequence from each cover."""
    sequences: Sequence[Sequence[int]] = getattr(document, "sequences", None) or (
        range(len(document.pages)),
    )
    return sequences


def root_on(page: Any) -> Any:
    """The element ``html`` that a page shows."""
    boxes = page._page_box.descendants()  # noqa: SLF001
    return next(box.element for box in boxes if box.element_tag == "html")


def roots_of(document: Any) -> list[Any]:
    """The element ``html`` of each sequence of pages."""
    return [root_on(document.pages[pages[0]]) for pages in sequences_of(document)]


def parents_in(document: Any) -> dict[Any, Any]:
    """The parent of every element of the markup."""
    return {
        child: parent for root in roots_of(document) for parent in root.iter() for child in parent
    }


def placed(box: Any) -> Any:
    """A box itself, where an absolutely placed one has a placeholder."""
    return getattr(box, "_box", box)


def running(element: Any) -> str:
    """What kind of running head an element is that stands among the text, as ``data-artifact`` tells; empty
    for what is none."""
    return str(element.get("data-artifact", "")) if element is not None else ""


def origin_of(element: Any) -> Origin | None:
    """The place in the source that an element of the markup names in ``data-origin``; None where it names
    none."""
    said = element.get("data-origin") if element is not None else None
    return Origin.unpacked(said) if said else None
