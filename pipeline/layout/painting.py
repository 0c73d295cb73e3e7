"""The order in which a page is painted, which is that in which readers give its text.

WeasyPrint 70.0 takes the marker of a list item for an element that is placed absolutely, and paints it
where CSS 2.1 paints these (appendix E): after all text of the page. Somebody who copies a list has all
its bullets and numbers at the end, and so have those who search, convert or read aloud without the
structure tree. Nothing lies over or under a marker, so it can be painted with its item: here it is
painted right before the text of the item.
"""

from typing import Any

MARKER = "::marker"


def _is_marker(box: Any) -> bool:
    return str(box.element_tag).endswith(MARKER)


def dispatch(
    original: Any, box: Any, page: Any, contexts: Any, blocks: Any, floats: Any, inside: Any
) -> Any:
    """Put a box where it is painted: a marker among the blocks of its item, ``inside``."""
    from weasyprint.layout.absolute import AbsolutePlaceholder  # noqa: PLC0415

    if isinstance(box, AbsolutePlaceholder) and _is_marker(box._box):  # noqa: SLF001
        inside[box._box] = {}  # noqa: SLF001
        return None
    return original(box, page, contexts, blocks, floats, inside)


def draw_block_level(original: Any, page: Any, stream: Any, blocks: Any) -> None:
    """Paint blocks (``original``): of each its marker, then its lines, then the blocks within it."""
    for block, inside in blocks.items():
        markers = {each: inside[each] for each in inside if _is_marker(each)}
        if markers:
            original(page, stream, markers)
        rest = {each: inside[each] for each in inside if each not in markers}
        original(page, stream, {block: rest})
