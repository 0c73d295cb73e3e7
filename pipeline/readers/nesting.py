"""How deep things stand in each other in Markdown, and an end where they stand too deep.

The parser leaves out in silence what stands deeper than its own limit (``maxNesting``), and calls itself for
each level. So its limit is set beyond ours, and ours is asked at every block, with its line.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from pipeline.errors import LimitError, Origin
from pipeline.limits import Limits

HOLDERS = frozenset(("bullet_list", "ordered_list", "blockquote"))
"""What a level of nesting is; the parser counts the items of lists as well."""
ROOM = 10
"""How far the parser's limit is beyond ours: it goes up several levels at a time."""


class TooDeepError(Exception):
    """Something is nested too deeply on a ``line``, counted from 0; ``levels`` where they are known."""

    def __init__(self, line: int, subject: str, levels: int | None = None) -> None:
        super().__init__(line, subject, levels)
        self.line, self.subject, self.levels = line, subject, levels


def guard(parser: Any, limits: Limits) -> None:
    """Let a parser raise :class:`TooDeepError` for what it would leave out, and where it gives up."""
    deepest = 2 * limits.nesting  # a list and its items are two levels
    parser.options["maxNesting"] = deepest + ROOM

    def deeper(state: Any, line: int, _end: int, _silent: bool) -> bool:
        if state.level > deepest:
            raise TooDeepError(line, "this list or quotation")
        return False

    def inline(state: Any) -> None:
        for token in state.tokens:
            if token.type == "inline":
                token.children = []
                try:
                    state.md.inline.parse(token.content, state.md, state.env, token.children)
                except RecursionError:
                    line = token.map[0] if token.map else 0
                    raise TooDeepError(line, "the markup of this paragraph") from None

    parser.block.ruler.before("table", "deeper", deeper)
    parser.core.ruler.at("inline", inline)


def within(tokens: Sequence[Any], limits: Limits) -> None:
    """Whether nothing stands deeper than ``limits.nesting``. Raises :class:`TooDeepError`."""
    level = line = 0
    for token in tokens:
        line = token.map[0] if token.map else line
        kind = token.type.removesuffix("_open").removesuffix("_close")
        if kind in HOLDERS:
            level += token.nesting
            if level > limits.nesting:
                raise TooDeepError(line, "this list or quotation")
        if token.type == "inline":
            inner = _levels(token.children or ())
            if level + inner > limits.nesting:
                raise TooDeepError(line, "the markup of this paragraph", level + inner)


def _levels(tokens: Iterable[Any]) -> int:
    """How many levels of markup stand in each other in a line."""
    deepest = 0
    waiting = [(tokens, 0)]
    while waiting:
        inner, level = waiting.pop()
        for token in inner:
            level += token.nesting
            deepest = max(deepest, level)
            if token.children:
                waiting.append((token.children, level + 1))
    return deepest


def exceeded(limits: Limits, error: TooDeepError, at: Origin) -> LimitError:
    """The error for a person."""
    return limits.exceeded("nesting", error.subject, error.levels).at(at)
