"""Going through a tree, and making a changed one of it."""

from collections.abc import Callable, Iterator
from dataclasses import fields, replace
from typing import Any, TypeVar, cast

from pipeline.document.blocks import Block, Cell, Item, OtherWay
from pipeline.document.book import Note, Section, Translation
from pipeline.document.inlines import Code, Inline, Picture, Text
from pipeline.errors import Origin

Node = TypeVar("Node")
Change = Callable[[Inline, Origin], tuple[Inline, ...]]


def rewrite(node: Node, change: Change) -> Node:
    """The same tree with each inline replaced by what ``change`` gives for it, from within outward:
    a container comes to ``change`` with its children changed already.

    ``node`` is a block, a section, a note, a translation, or a tuple of them. ``change`` is also told
    the origin of the block that the inline stands in.
    """
    return cast("Node", _rewrite(node, change, Origin("")))


def _rewrite(node: Any, change: Change, near: Origin) -> Any:
    if isinstance(node, tuple):
        out: list[Any] = []
        for child in node:
            new = _rewrite(child, change, near)
            if isinstance(new, Inline):
                out.extend(change(new, near))
            else:
                out.append(new)
        return tuple(out)
    if not isinstance(node, _TREE):
        return node
    near = getattr(node, "origin", near)
    changed = {
        each.name: _rewrite(getattr(node, each.name), change, near)
        for each in fields(node)
        if each.name in _HOLDERS
    }
    return replace(node, **changed) if changed else node


def rewrite_lines(
    node: Node, change: Callable[[tuple[Inline, ...], Origin], tuple[Inline, ...]]
) -> Node:
    """The same tree with each whole line of inlines (of a paragraph, a heading, a caption, a cell)
    replaced by what ``change`` gives for it; ``change`` is also told the origin of the block."""
    return cast(
        "Node", _rewrite_lines(node, lambda line, at, _: change(line, at), Origin(""), None)
    )


def rewrite_other_way(
    node: Node, change: Callable[[tuple[Inline, ...], OtherWay | None], tuple[Inline, ...]]
) -> Node:
    """The same as :func:`rewrite_lines`, where ``change`` is told how the line runs where its own block or
    one around it runs the other way."""
    return cast(
        "Node", _rewrite_lines(node, lambda line, _, own: change(line, own), Origin(""), None)
    )


_Lines = Callable[[tuple[Inline, ...], Origin, OtherWay | None], tuple[Inline, ...]]


def _rewrite_lines(node: Any, change: _Lines, near: Origin, around: OtherWay | None) -> Any:
    if isinstance(node, tuple):
        return tuple(_rewrite_lines(child, change, near, around) for child in node)
    if not isinstance(node, _TREE) or isinstance(node, Inline):
        return node
    near = getattr(node, "origin", near)
    around = getattr(node, "other_way", None) or around
    changed: dict[str, Any] = {}
    for each in fields(node):
        value = getattr(node, each.name)
        if each.name in _LINES:
            changed[each.name] = change(value, near, around) if value else value
        elif each.name in _HOLDERS:
            changed[each.name] = _rewrite_lines(value, change, near, around)
    return replace(node, **changed) if changed else node


_LINES = frozenset(("inlines", "caption"))
_TREE = (Inline, Block, Item, Cell, Note, Section, Translation)
_HOLDERS = frozenset(
    ("inlines", "children", "blocks", "items", "caption", "header", "rows", "title", "front",
     "sections", "heading", "notes")
)  # fmt: skip


def pictures(translation: Translation) -> Iterator[Picture]:
    """Every picture of a translation, in reading order, as often as it stands there."""
    yield from find(translation.title, Picture)
    yield from find(translation.front, Picture)
    yield from find(translation.sections, Picture)
    yield from find(translation.notes, Picture)


def texts(node: object) -> Iterator[Text | Code]:
    """Every run of characters below a node, code in a line included."""
    yield from find(node, (Text, Code))


def nodes(node: Any) -> Iterator[Any]:
    """Every value of a tree, in reading order: a node, then what it holds."""
    if isinstance(node, tuple):
        for child in node:
            yield from nodes(child)
    elif isinstance(node, _TREE):
        yield node
        for each in fields(node):
            if each.name in _HOLDERS or each.name == "picture":
                yield from nodes(getattr(node, each.name))


def find(node: Any, kind: Any) -> Iterator[Any]:
    """Every value of a class (or a tuple of classes) below a node, in reading order."""
    if isinstance(node, kind):
        yield node
    elif isinstance(node, tuple):
        for child in node:
            yield from find(child, kind)
    elif isinstance(node, _TREE):
        for each in fields(node):
            if each.name in _HOLDERS or each.name == "picture":
                yield from find(getattr(node, each.name), kind)
