"""Direction: every stretch of the other direction in one element with a direction of its own.

Layout engines and e-readers run the bidirectional algorithm, but not all of them across inline
elements (WeasyPrint, issue 106): there ``<b>Apple</b> <i>Inc</i>`` in an Arabic line prints "Inc
Apple". So the algorithm (UAX 9) is run here, over the whole line, and what it finds is said in the
markup, as the W3C's "Inline markup and bidirectional text in HTML" advises: an element with ``dir``
is an isolate everywhere.

The algorithm is right for words and wrong for some signs: what reads from left to right as a whole is told by
:mod:`~pipeline.typography.tokens`. And an Arabic comma between two Latin names is part of the Arabic sentence,
which goes on reading from right to left: it counts as a letter.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from pipeline.document import (
    Code,
    Container,
    Date,
    Inline,
    Line,
    OtherWay,
    Place,
    Run,
    Text,
    Translation,
    plain,
    rewrite_lines,
    walk,
)
from pipeline.languages import Direction, Language, script, script_counts, told_by
from pipeline.typography.characters import (
    ARABIC_LETTER_MARK,
    EMBEDDINGS,
    ISOLATES,
    OVERRIDES,
    PARAGRAPH_SEPARATOR,
    POP_DIRECTIONAL_FORMATTING,
    POP_DIRECTIONAL_ISOLATE,
)
from pipeline.typography.edits import seen
from pipeline.typography.levels import levels
from pipeline.typography.locale import habits_of
from pipeline.typography.tokens import recognise

ARABIC_COMMA = re.compile("(?<![0-9])،|،(?![0-9])")

# Names from right to left, each with its number, between the commas of a sentence from left to right: pairs in
# the order of the sentence, which the algorithm would turn as one.
_LETTERS = "\u0590-\u065f\u066e-\u06ef\u06fa-\u08ff\ufb1d-\ufdff\ufe70-\ufefc"
_NAME = rf"[{_LETTERS}]{{1,40}}(?: [{_LETTERS}]{{1,40}}){{0,5}}"
_COUNT = r"[(\[]?\d{1,6}[)\]]?"
_BETWEEN = r"(?:\s?[,;/]\s?(?:[A-Za-z]{1,5}\s)?|\s[A-Za-z&]{1,5}\s)"
_NAMED, _NUMBERED = rf"{_NAME}(?::?\s|\s?[–=-]\s?){_COUNT}", rf"{_COUNT}[.:]?\s{_NAME}"
PAIRS = re.compile(
    rf"(?<![{_LETTERS}\d])(?:{_NAMED}(?:{_BETWEEN}{_NAMED}){{1,60}}|{_NUMBERED}(?:{_BETWEEN}{_NUMBERED}){{1,60}})"
    rf"(?! ?[{_LETTERS}\d])"
)
NAME = re.compile(_NAME)

# Beside these a number stands by itself, and every engine shows it alike without any markup.
PLAIN_NEIGHBOURS = frozenset(".,;:!?…()[]{}«»“”‘’\"'،؛؟。、၊။।")


def isolate(translation: Translation) -> Translation:
    """The translation with every run of the other direction in a :class:`Run`."""
    language = translation.language

    def change(inlines: Line, place: Place) -> Line:
        return isolate_line(inlines, language, place.other_way)

    return rewrite_lines(translation, change)


def isolate_line(inlines: Line, language: Language, own: OtherWay | None = None) -> Line:
    """One line of inlines, whatever its markup, with its runs of the other direction isolated; ``own`` is
    how it runs where it does not run as its language does."""
    base = own.direction if own else language.direction
    leaves = list(_leaves(inlines))
    text = "".join(leaf.text for leaf in leaves)
    if not _needs_work(text, base):
        return inlines
    # Arabic letters tell how the numbers behind them stand. A line of an Arabic text that begins with a
    # number is to show it as the others do (UAX 9, W2).
    arabic = _is_arabic(text) if own else _has_arabic_letters(language)
    before = ARABIC_LETTER_MARK if arabic else ""
    found = _levels(text, base, before, language)
    level = 0 if base is Direction.LTR else 1
    return tuple(_arrange(_cut(leaves, found), 0, level))


def _has_arabic_letters(language: Language) -> bool:
    """Whether the letters of a language are of the kind that the algorithm calls Arabic."""
    return unicodedata.bidirectional(language.autonym[0]) == "AL"


def _is_arabic(text: str) -> bool:
    return any(unicodedata.bidirectional(char) == "AL" for char in text)


def _needs_work(text: str, base: Direction) -> bool:
    """Whether anything in a line may run the other way: nearly no left-to-right line has such."""
    if base is Direction.RTL:
        return True
    kinds = ("R", "AL", "AN", "RLE", "RLO", "RLI", "FSI")
    return any(unicodedata.bidirectional(char) in kinds for char in set(text))


def _levels(text: str, base: Direction, before: str, language: Language) -> list[int]:
    """The level of every character. What reads from left to right as a whole counts as one word or one
    number, whatever signs are in it; ``before`` is what each line is thought to begin with."""
    chars = list(text)
    groups: list[int] = []
    for found in recognise(text, language, habits_of(language).units):
        if not found.left_to_right:
            continue
        places = range(found.start, found.end)
        chars[found.start : found.end] = ("a" if found.kind.letters else "1") * len(places)
        groups.extend(at for at in places if unicodedata.bidirectional(text[at]) == "AN")
    if base is Direction.LTR:
        for listed in PAIRS.finditer(text):
            names = [each.span() for each in NAME.finditer(text, *listed.span())]
            for at in range(*listed.span()):
                if not any(start <= at < end for start, end in names):
                    chars[at] = "a"
                    groups.extend((at,) if unicodedata.bidirectional(text[at]) == "AN" else ())
    seen = ARABIC_COMMA.sub("؛", "".join(chars))
    out: list[int] = []
    start = 0
    while start < len(seen):
        end = seen.find(PARAGRAPH_SEPARATOR, start)
        end = len(seen) if end < 0 else end + 1
        line = seen[start:end]
        found_levels = list(levels(before + line, base))[len(before) :]
        _settle_controls(line, found_levels, base)
        out.extend(found_levels)
        start = end
    for at in groups:
        # In a line from left to right, too, Arabic digits follow each other from right to left across a sign.
        out[at] += 2
    return out


def _settle_controls(line: str, found: list[int], base: Direction) -> None:
    """Give the controls of embeddings and overrides a level, which the algorithm leaves open (rule X9).

    Both ends of an embedding stand outside what it holds, so that no element parts them. Both ends of an
    override stand inside: an isolate between it and its text would undo it.
    """
    level = 0 if base is Direction.LTR else 1
    opened: list[tuple[int, int]] = []
    for at, char in enumerate(line):
        if char in EMBEDDINGS or char in OVERRIDES or char in ISOLATES:
            opened.append((at, level))
            to_left = unicodedata.bidirectional(char) in ("RLE", "RLO", "RLI")
            outer, level = level, level + (1 if bool(level % 2) != to_left else 2)
            if char not in ISOLATES:
                found[at] = outer if char in EMBEDDINGS else level
        elif char == POP_DIRECTIONAL_FORMATTING and opened:
            start, outer = opened[-1]
            if line[start] in ISOLATES:
                continue
            opened.pop()
            found[at], level = found[start], outer
        elif char == POP_DIRECTIONAL_ISOLATE and any(line[at] in ISOLATES for at, _ in opened):
            while line[opened[-1][0]] not in ISOLATES:
                opened.pop()
            level = opened.pop()[1]


# --- leaves ---------------------------------------------------------------------------------------

WHOLE = (Run, Date)
"""Containers that are one thing to the line around them."""


@dataclass(frozen=True, slots=True)
class _Leaf:
    """A stretch of characters of one level, or one thing that is no text, with the containers around it
    from outside inward. ``text`` is what the algorithm sees of it."""

    inline: Inline
    text: str
    path: tuple[Container, ...]
    level: int = 0


def _leaves(inlines: tuple[Inline, ...]) -> Iterator[_Leaf]:
    outside: tuple[Container, ...] = ()
    for each, path in walk(inlines, outside, _path, WHOLE):
        if text := seen(each, WHOLE):
            yield _Leaf(_directed(each), text, path)


def _directed(inline: Inline) -> Inline:
    """An inline with a direction of its own, where it is of a kind that has one."""
    match inline:
        case Code():
            return replace(inline, direction=Direction.LTR)
        case Date(children=children):
            return replace(inline, direction=_direction_of(plain(children)))
    return inline


def _path(node: Inline, path: tuple[Container, ...]) -> tuple[Container, ...]:
    """The containers around what stands in a node."""
    return (*path, node) if isinstance(node, Container) and not isinstance(node, WHOLE) else path


def _direction_of(text: str) -> Direction:
    """Where a text by itself reads: to the left if any of it does."""
    to_left = any(unicodedata.bidirectional(char) in ("R", "AL", "AN") for char in text)
    return Direction.RTL if to_left else Direction.LTR


def _cut(leaves: Sequence[_Leaf], found: Sequence[int]) -> list[_Leaf]:
    """The leaves, cut wherever the level changes."""
    out: list[_Leaf] = []
    at = 0
    for leaf in leaves:
        end = at + len(leaf.text)
        start = at
        while start < end:
            stop = start + 1
            while stop < end and found[stop] == found[start]:
                stop += 1
            part = leaf.text[start - at : stop - at]
            inline = Text(part) if isinstance(leaf.inline, Text) else leaf.inline
            out.append(_Leaf(inline, part, leaf.path, found[start]))
            start = stop
        at = end
    return out


# --- arranging ------------------------------------------------------------------------------------


def _arrange(leaves: Sequence[_Leaf], depth: int, base: int) -> Iterator[Inline]:
    """The tree of some leaves whose first ``depth`` containers are dealt with; what is above the level
    ``base`` ends up in runs."""
    at = 0
    while at < len(leaves):
        end = _run_end(leaves, at, base)
        if end > at:
            inside = _common(leaves, at, end, depth)
            if inside is None:
                yield from _run(leaves, at, end, depth, base)
                at = end
                continue
            yield from _container(leaves[slice(*inside)], depth, base)
            at = inside[1]
            continue
        leaf = leaves[at]
        if len(leaf.path) == depth:
            end = at + 1
            while (
                end < len(leaves)
                and isinstance(leaf.inline, Text)
                and isinstance(leaves[end].inline, Text)
                and leaves[end].path == leaf.path
                and leaves[end].level <= base
            ):
                end += 1
            text = "".join(each.text for each in leaves[at:end])
            yield Text(text) if isinstance(leaf.inline, Text) else leaf.inline
            at = end
        else:
            end = _container_end(leaves, at, depth)
            stop = _first_crossing(leaves, at, end, base)
            yield from _container(leaves[at:stop], depth, base)
            at = stop


def _run_end(leaves: Sequence[_Leaf], at: int, base: int) -> int:
    """Where the run that begins at a leaf ends; the leaf itself where none begins."""
    end = at
    while end < len(leaves) and leaves[end].level > base:
        end += 1
    return end


def _container_end(leaves: Sequence[_Leaf], at: int, depth: int) -> int:
    """Where the container at a depth, in which a leaf stands, ends."""
    own = leaves[at].path[depth]
    end = at
    while end < len(leaves) and len(leaves[end].path) > depth and leaves[end].path[depth] is own:
        end += 1
    return end


def _common(leaves: Sequence[_Leaf], at: int, end: int, depth: int) -> tuple[int, int] | None:
    """The bounds of the one container at a depth in which a whole run stands, if there is one."""
    if len(leaves[at].path) <= depth:
        return None
    stop = _container_end(leaves, at, depth)
    return (at, stop) if stop >= end else None


def _first_crossing(leaves: Sequence[_Leaf], at: int, end: int, base: int) -> int:
    """Where a container has to be cut because a run begins in it and goes on behind it."""
    if end < len(leaves) and leaves[end].level > base and leaves[end - 1].level > base:
        cut = end
        while cut > at and leaves[cut - 1].level > base:
            cut -= 1
        return cut if cut > at else end
    return end


def _container(leaves: Sequence[_Leaf], depth: int, base: int) -> Iterator[Inline]:
    own = leaves[0].path[depth]
    stop = _first_crossing(leaves, 0, len(leaves), base)
    yield replace(own, children=tuple(_arrange(leaves[:stop], depth + 1, base)))


def _run(leaves: Sequence[_Leaf], at: int, end: int, depth: int, base: int) -> Iterator[Inline]:
    """A run as one element, or bare where every engine shows it alike."""
    run = leaves[at:end]
    text = "".join(leaf.text for leaf in run)
    level = min(leaf.level for leaf in run)
    group = (level - base) % 2 == 0 and all(
        unicodedata.bidirectional(char) == "AN" for char in text
    )
    if not group and _is_bare(text, leaves, at, end):
        yield from _plain(run, depth)
        return
    if (level - base) % 2 == 0 and not group:
        yield from _arrange(run, depth, level)
        return
    direction = Direction.RTL if level % 2 else Direction.LTR
    children = tuple(_arrange(run, depth, level))
    # What runs the other way again inside tells nothing of the whole.
    counts = script_counts("".join(leaf.text for leaf in run if leaf.level == level))
    code = next(iter(counts)) if len(counts) == 1 else None
    yield Run(
        children,
        direction,
        script(code) if code else None,
        told_by(code) if code else None,
    )


def _plain(run: Sequence[_Leaf], depth: int) -> Iterator[Inline]:
    """The leaves of a run with their containers and no further isolation."""
    flat = [replace(leaf, level=0) for leaf in run]
    yield from _arrange(flat, depth, 0)


def _is_bare(text: str, leaves: Sequence[_Leaf], at: int, end: int) -> bool:
    """Whether a run is one number that stands by itself, in one piece."""
    if end - at != 1 or not text.isdecimal():
        return False
    before = leaves[at - 1].text[-1:] if at else ""
    after = leaves[end].text[:1] if end < len(leaves) else ""
    return all(
        not beside
        or beside.isspace()
        or unicodedata.category(beside).startswith("L")
        or beside in PLAIN_NEIGHBOURS
        for beside in (before, after)
    )
