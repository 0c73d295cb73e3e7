"""Two documents in one file, which are read from its two ends and meet in the middle.

In the file stand the pages of the first, then blank ones, then those of the second from the last to the first.
Whatever is in reading order (structure, outline, folios) asks :func:`pipeline.layout.boxes.sequences_of`.
"""

from collections.abc import Sequence
from typing import Any


def meeting(front: Any, blanks: Sequence[Any], back: Any) -> Any:
    """The document whose pages are those of ``front``, ``blanks`` and, from the last to the first, ``back``.
    Blank pages are read after the first."""
    pages = [*front.pages, *blanks, *reversed(back.pages)]
    middle = len(pages) - len(back.pages)
    document = front.copy(pages)
    document.sequences = (range(middle), range(len(pages) - 1, middle - 1, -1))

    def make_bookmark_tree(scale: float = 1, transform_pages: bool = False) -> list[Any]:
        order = [page for sequence in document.sequences for page in sequence]
        read = document.copy([pages[page] for page in order])
        return [_moved(each, order) for each in read.make_bookmark_tree(scale, transform_pages)]

    document.make_bookmark_tree = make_bookmark_tree
    return document


def _moved(bookmark: Any, order: Sequence[int]) -> Any:
    """A bookmark, and those under it, that leads to where its page stands in the file."""
    label, (page, x, y), children, state = bookmark
    return label, (order[page], x, y), [_moved(each, order) for each in children], state
