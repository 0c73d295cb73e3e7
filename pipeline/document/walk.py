"""The one way through the tree of a document, and the one way to a changed tree.

Both go by the fields of nodes, so that a kind of block that is new is gone through like any other.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields, replace
from functools import cache
from typing import Any, TypeVar, cast

from pipeline.document.blocks import OtherWay
from pipeline.document.inlines import Inline, Node, Picture
from pipeline.errors import Origin

Tree = TypeVar("Tree")
State = TypeVar("State")
Line = tuple[Inline, ...]
Kinds = type[Any] | tuple[type[Any], ...]
"""A class of nodes, or several."""
Change = Callable[[Inline, Origin], Line]

NOWHERE = Origin("")


def inside(node: Node) -> dict[str, Any]:
    """What stands right inside a node: its fields that hold a node or a tuple, in reading order."""
    held = {}
    kind: Any = type(node)
    for name in _names(kind):
        value = getattr(node, name)
        if isinstance(value, (Node, tuple)):
            held[name] = value
    return held


@cache
def _names(kind: Any) -> tuple[str, ...]:
    """The fields that may hold a node or a tuple: not those of numbers, strings and the like."""
    every = ((each.name, each.type) for each in fields(kind))
    return tuple(
        name for name, of in every if not isinstance(of, type) or issubclass(of, Node | tuple)
    )


def is_line(value: object) -> bool:
    """Whether a value is a line: a tuple of inlines that is not empty."""
    return isinstance(value, tuple) and bool(value) and isinstance(value[0], Inline)


# --- going through ----------------------------------------------------------------------------------


def walk(
    tree: object, state: State, enter: Callable[[Any, State], State], whole: Kinds = ()
) -> Iterator[tuple[Any, State]]:
    """Every node of a tree in reading order, a node before what it holds, each with what ``enter`` makes of it
    and of the state of what stands around; ``state`` is that of the tree.

    ``tree`` is a node, or a tuple of trees. What stands inside nodes of the kinds ``whole`` is left out.
    """
    waiting: list[tuple[Any, State]] = [(tree, state)]
    while waiting:
        each, own = waiting.pop()
        if isinstance(each, tuple):
            waiting += [(value, own) for value in reversed(each)]
        elif isinstance(each, Node):
            own = enter(each, own)
            yield each, own
            if not isinstance(each, whole):
                waiting += [(value, own) for value in reversed(inside(each).values())]


def nodes(tree: object, whole: Kinds = ()) -> Iterator[Any]:
    """Every node of a tree, as :func:`walk` tells them."""
    return (node for node, _ in walk(tree, None, lambda _node, _state: None, whole))


def placed(tree: object, near: Origin = NOWHERE, whole: Kinds = ()) -> Iterator[tuple[Any, Origin]]:
    """Every node of a tree, each with its origin or that of what stands around it; ``near`` is that of the
    tree."""
    return walk(tree, near, lambda node, around: getattr(node, "origin", around), whole)


def find(tree: object, kind: Kinds) -> Iterator[Any]:
    """Every node of a kind, in reading order; not those inside of one."""
    return (node for node in nodes(tree, kind) if isinstance(node, kind))


def pictures(tree: object) -> Iterator[Picture]:
    """Every picture of a tree, in reading order, as often as it stands there."""
    return find(tree, Picture)


# --- changing ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands: the origin of the block around it, and how that runs where it, or one around
    it, runs the other way."""

    origin: Origin = NOWHERE
    other_way: OtherWay | None = None

    def within(self, node: Node) -> "Place":
        """The place of what stands in a node."""
        other_way = getattr(node, "other_way", None) or self.other_way
        return Place(getattr(node, "origin", self.origin), other_way)


def rewrite(tree: Tree, change: Change, whole: Kinds = ()) -> Tree:
    """The same tree with each inline replaced by what ``change`` gives for it, from within outward: a container
    comes to ``change`` with its children changed already. An inline that stands by itself, as in a figure,
    stays.

    ``tree`` is a node, or a tuple of trees. ``change`` is also told the origin of the block that the inline
    stands in. What stands inside nodes of the kinds ``whole`` stays as it is.
    """
    changes = _Changes(inline=lambda each, place: change(each, place.origin), whole=whole)
    return cast("Tree", changes.of(tree, Place()))


def rewrite_lines(tree: Tree, change: Callable[[Line, Place], Line]) -> Tree:
    """The same tree with each whole line (of a paragraph, a heading, a caption, a cell) replaced by what
    ``change`` gives for it."""
    return cast("Tree", _Changes(line=change, whole=Inline).of(tree, Place()))


def rewrite_nodes(tree: Tree, change: Callable[[Any, Place], Any]) -> Tree:
    """The same tree with each node outside of lines replaced by what ``change`` gives for it, from without
    inward: what stands in a node is told how the changed one runs."""
    return cast("Tree", _Changes(node=change, whole=Inline).of(tree, Place()))


def _same(value: Any, _place: Place) -> Any:
    return value


@dataclass(frozen=True, slots=True, kw_only=True)
class _Changes:
    """What becomes of nodes before, and of inlines and lines after, what stands in them was changed."""

    node: Callable[[Any, Place], Any] = _same
    inline: Callable[[Inline, Place], Line] = lambda each, _place: (each,)
    line: Callable[[Line, Place], Line] = _same
    whole: Kinds = ()

    # Loops, and no comprehensions, which take room on the stack for every level.
    def of(self, value: Any, place: Place) -> Any:
        """The tree that is made of one."""
        if isinstance(value, tuple):
            held: list[Any] = []
            for each in value:
                new = self.of(each, place)
                held.extend(self.inline(new, place) if isinstance(new, Inline) else (new,))
            return self.line(tuple(held), place) if is_line(value) else tuple(held)
        if not isinstance(value, Node) or isinstance(value, self.whole):
            return value
        value = self.node(value, place)
        place = place.within(value)
        changed = inside(value)
        for name, each in changed.items():
            changed[name] = self.of(each, place)
        return replace(value, **changed) if changed else value
