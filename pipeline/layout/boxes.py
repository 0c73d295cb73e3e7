"""The boxes of a document that was laid out, and the elements of the markup that they show."""

from typing import Any

from pipeline.errors import Origin


def root_of(document: Any) -> Any:
    """The element ``html``."""
    boxes = document.pages[0]._page_box.descendants()  # noqa: SLF001
    return next(box.element for box in boxes if box.element_tag == "html")


def parents_in(root: Any) -> dict[Any, Any]:
    """The parent of every element below a root."""
    return {child: parent for parent in root.iter() for child in parent}


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
