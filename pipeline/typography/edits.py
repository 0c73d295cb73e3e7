"""Changing characters of a line, whatever its markup, and telling of it."""

from collections.abc import Iterable
from dataclasses import dataclass

from pipeline.document import Break, Container, Date, Inline, Kinds, Text, nodes, rewrite
from pipeline.errors import Origin
from pipeline.typography.characters import OBJECT_REPLACEMENT, PARAGRAPH_SEPARATOR


@dataclass(frozen=True, slots=True)
class Edit:
    """The characters from ``start`` to ``end`` of a line, one or more, become ``after``."""

    start: int
    end: int
    after: str
    rule: str


WHOLE = Date
"""Containers whose characters stay as they are."""


def line_text(inlines: Iterable[Inline]) -> str:
    """The characters of a line as rules see them: what is no text, or must not change, is one object
    replacement character, a line break a paragraph separator."""
    return "".join(map(seen, nodes(tuple(inlines), WHOLE)))


def seen(inline: Inline, whole: Kinds = WHOLE) -> str:
    """The characters of an inline itself, not of what stands in it, as rules see them; containers that are
    ``whole`` are no text."""
    match inline:
        case Text(value):
            return value
        case Break():
            return PARAGRAPH_SEPARATOR
        case Container() if not isinstance(inline, whole):
            return ""
    return OBJECT_REPLACEMENT


def apply(inlines: tuple[Inline, ...], edits: Iterable[Edit]) -> tuple[Inline, ...]:
    """The line with some edits made, which are in order and do not overlap. An edit that spans several
    pieces of text is made in the first of them."""
    ordered = list(edits)
    at = 0

    def change(inline: Inline, _origin: Origin) -> tuple[Inline, ...]:
        nonlocal at
        start, at = at, at + len(seen(inline))
        return (
            Text(_edited(inline.value, ordered, start)) if isinstance(inline, Text) else inline,
        )

    return rewrite(inlines, change, WHOLE) if ordered else inlines


def _edited(value: str, edits: list[Edit], at: int) -> str:
    """One piece of text, whose first character is the ``at``-th of its line."""
    end = at + len(value)
    parts = []
    done = at
    for edit in edits:
        if edit.end <= at or edit.start >= end:
            continue
        parts.append(value[done - at : max(edit.start, at) - at])
        if edit.start >= at:
            parts.append(edit.after)
        done = min(edit.end, end)
    parts.append(value[done - at :])
    return "".join(parts)
