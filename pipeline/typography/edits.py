"""Changing characters of a line, whatever its markup, and telling of it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from pipeline.document import Break, Code, Container, Date, Inline, Text
from pipeline.typography.characters import OBJECT_REPLACEMENT, PARAGRAPH_SEPARATOR


@dataclass(frozen=True, slots=True)
class Edit:
    """The characters from ``start`` to ``end`` of a line, one or more, become ``after``."""

    start: int
    end: int
    after: str
    rule: str


def line_text(inlines: Iterable[Inline]) -> str:
    """The characters of a line as rules see them: what is no text, or must not change, is one object
    replacement character, a line break a paragraph separator."""
    parts = []
    for each in inlines:
        match each:
            case Text(value):
                parts.append(value)
            case Break():
                parts.append(PARAGRAPH_SEPARATOR)
            case Code() | Date():
                parts.append(OBJECT_REPLACEMENT)
            case Container(children=children):
                parts.append(line_text(children))
            case _:
                parts.append(OBJECT_REPLACEMENT)
    return "".join(parts)


def apply(inlines: tuple[Inline, ...], edits: Iterable[Edit]) -> tuple[Inline, ...]:
    """The line with some edits made, which are in order and do not overlap. An edit that spans several
    pieces of text is made in the first of them."""
    ordered = list(edits)
    return _apply(inlines, ordered, 0)[0] if ordered else inlines


def _apply(
    inlines: tuple[Inline, ...], edits: list[Edit], at: int
) -> tuple[tuple[Inline, ...], int]:
    out: list[Inline] = []
    for each in inlines:
        match each:
            case Text(value):
                out.append(Text(_edited(value, edits, at)))
                at += len(value)
            case Break() | Code() | Date():
                out.append(each)
                at += 1
            case Container(children=children):
                inner, at = _apply(children, edits, at)
                out.append(replace(each, children=inner))
            case _:
                out.append(each)
                at += 1
    return tuple(out), at


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
