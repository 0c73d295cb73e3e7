"""The order in which a page is painted, which is that in which readers give its text.

WeasyPrint 70.0 takes the marker of a list item for an element that is placed absolutely, and paints it
where CSS 2.1 paints these (appendix E): after all text of the page. Somebody who copies a list has all
its bullets and numbers at the end, and so have those who search, convert or read aloud without the
structure tree. Nothing lies over or under a marker, so it can be painted with its item: here it is
painted right before the text of the item.

This uses internals of WeasyPrint; :mod:`layout.text` checks its version.
``tests/layout/test_painting.py`` fails once the library no longer needs this.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from types import ModuleType
from typing import Any

MARKER = "::marker"

_originals: list[tuple[Any, str, Any]] = []


def mend(_library: ModuleType) -> None:
    """Put the changes into WeasyPrint, once."""
    from weasyprint import draw, stacking  # noqa: PLC0415

    if not _originals:
        for where, name, change in (
            (stacking, "_dispatch", _dispatch),
            (draw, "draw_block_level", _draw_block_level),
        ):
            _originals.append((where, name, getattr(where, name)))
            setattr(where, name, partial(change, getattr(where, name)))


@contextmanager
def unmended() -> Iterator[None]:
    """WeasyPrint as it comes, for the tests."""
    changes = [(where, name, getattr(where, name)) for where, name, _ in _originals]
    for where, name, original in _originals:
        setattr(where, name, original)
    try:
        yield
    finally:
        for where, name, change in changes:
            setattr(where, name, change)


def _is_marker(box: Any) -> bool:
    return str(box.element_tag).endswith(MARKER)


def _dispatch(
    original: Any, box: Any, page: Any, contexts: Any, blocks: Any, floats: Any, inside: Any
) -> Any:
    """Put a box where it is painted: a marker among the blocks of its item, ``inside``."""
    from weasyprint.layout.absolute import AbsolutePlaceholder  # noqa: PLC0415

    if isinstance(box, AbsolutePlaceholder) and _is_marker(box._box):  # noqa: SLF001
        inside[box._box] = {}  # noqa: SLF001
        return None
    return original(box, page, contexts, blocks, floats, inside)


def _draw_block_level(original: Any, page: Any, stream: Any, blocks: Any) -> None:
    """Paint blocks (``original``): of each its marker, then its lines, then the blocks within it."""
    for block, inside in blocks.items():
        markers = {each: inside[each] for each in inside if _is_marker(each)}
        if markers:
            original(page, stream, markers)
        rest = {each: inside[each] for each in inside if each not in markers}
        original(page, stream, {block: rest})
