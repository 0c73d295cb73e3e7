"""Justified right-to-left lines that end before an inline element: put right in WeasyPrint 70.0.

A line that is broken where a text ends and an element begins (an Arabic line before a Latin word) has a space
too many at its end. WeasyPrint takes it off and, in right-to-left lines, moves what is left by the width of
that space, because the layout that it is about to draw still has the space at the left
(``layout.inline.remove_last_whitespace``). A justified line is laid out anew before it is drawn, without the
space: there the move sets the whole line off its margins. It is taken back here.

``tests/writers/test_press_lines.py`` tells when the library does without.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from types import ModuleType
from typing import Any

NAME = "remove_last_whitespace"

_originals: list[Any] = []


def mend(_library: ModuleType) -> None:
    """Put the change into WeasyPrint, once; :mod:`press_text` has seen to the version."""
    from weasyprint.layout import inline  # noqa: PLC0415

    if not _originals:
        _originals.append(getattr(inline, NAME))
        setattr(inline, NAME, partial(_remove, _originals[0]))


@contextmanager
def unmended() -> Iterator[None]:
    """WeasyPrint as it comes, for the tests."""
    from weasyprint.layout import inline  # noqa: PLC0415

    change = getattr(inline, NAME)
    setattr(inline, NAME, _originals[0])
    try:
        yield
    finally:
        setattr(inline, NAME, change)


def _remove(original: Any, context: Any, line: Any) -> None:
    first = line.children[0] if line.children else None
    before = first.position_x if first else 0
    original(context, line)
    if first and line.style["text_align_all"] == "justify" and first.position_x != before:
        moved = first.position_x - before
        for child in line.children:
            child.translate(dx=-moved, ignore_floats=True)
