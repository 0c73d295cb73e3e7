"""Direction: every stretch of the other direction in one element with a direction of its own.

Layout engines and e-readers run the bidirectional algorithm, but not all of them across inline
elements (WeasyPrint, issue 106): there ``<b>Apple</b> <i>Inc</i>`` in an Arabic line prints "Inc
Apple". So the algorithm (UAX 9) is run here, over the whole line, and what it finds is said in the
markup, as the W3C's "Inline markup and bidirectional text in HTML" advises: an element with ``dir``
is an isolate everywhere.

The algorithm is right for words and wrong for some signs: after Arabic letters it shows ``-5`` as
``5-`` and ``60%`` as ``%60``. Those are identifiers, or are written as CLDR writes them for Arabic,
from left to right (its minus and percent signs carry a left-to-right mark): :data:`TOKENS`. Ranges
(9–17) are not among them: in a right-to-left text they read from right to left, as everything does.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from pipeline.document import (
    Break,
    Code,
    Container,
    Date,
    Inline,
    Run,
    Text,
    Translation,
    rewrite_lines,
)
from pipeline.errors import Origin
from pipeline.languages import Direction, script, script_counts, told_by
from pipeline.typography.characters import (
    OBJECT_REPLACEMENT,
    PARAGRAPH_SEPARATOR,
)
from pipeline.typography.levels import levels

# What reads from left to right in any text. The digits are ASCII ones: Arabic-Indic ones keep company with
# signs that turn with them.
_NUMBER = r"[0-9]+(?:[.,:’'\u00a0\u202f][0-9]+)*"
_PERCENT = r"(?:[\u00a0 ]?[%‰°])"
WORDS = (
    r"[A-Za-z][A-Za-z0-9+.-]*://[^\s<>«»“”]*[^\s<>«»“”.,;:!?)\]،؛؟]",  # addresses
    r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+",  # e-mail
    r"www\.[\w./%?=&#-]*[\w/]",
    r"[A-Za-z]+(?:\+\+|#)(?![A-Za-z0-9])",  # C++, C#
    r"(?<![\w.])\.[A-Z][A-Za-z]+",  # .NET
)
NUMBERS = (
    r"(?<![\w/.-])[0-9]{1,4}(?P<mark>[-/.])[0-9]{1,2}(?P=mark)[0-9]{1,4}(?![\w/-])",  # dates
    r"\+[0-9]{1,4}(?:[ -](?:\([0-9]+\)|[0-9]{2,}))+",  # telephone numbers
    rf"(?<![\w.,])[#№$€£¥~≈<>≤≥±]\s?[-+−]?{_NUMBER}{_PERCENT}?",  # #12, $5
    rf"(?<![\w.,–-])[-+−]{_NUMBER}{_PERCENT}?",  # -5
    rf"(?<![\w.,]){_NUMBER}[\u00a0 ]?[%‰°$€£¥](?!\w)",  # 60 %, 5 €
)
TOKENS = re.compile(f"(?P<word>{'|'.join(WORDS)})|(?P<number>{'|'.join(NUMBERS)})")

# Beside these a number stands by itself, and every engine shows it alike without any markup.
PLAIN_NEIGHBOURS = frozenset(".,;:!?…()[]{}«»“”‘’\"'،؛؟。、၊။।")


def isolate(translation: Translation) -> Translation:
    """The translation with every run of the other direction in a :class:`Run`."""
    base = translation.language.direction

    def change(inlines: tuple[Inline, ...], _at: Origin) -> tuple[Inline, ...]:
        return isolate_line(inlines, base)

    return rewrite_lines(translation, change)


def isolate_line(inlines: tuple[Inline, ...], base: Direction) -> tuple[Inline, ...]:
    """One line of inlines, whatever its markup, with its runs of the other direction isolated."""
    leaves = list(_leaves(inlines, ()))
    text = "".join(leaf.text for leaf in leaves)
    if not _needs_work(text, base):
        return inlines
    found = _levels(text, base)
    level = 0 if base is Direction.LTR else 1
    return tuple(_arrange(_cut(leaves, found), 0, level))


def _needs_work(text: str, base: Direction) -> bool:
    """Whether anything in a line may run the other way: nearly no left-to-right line has such."""
    if base is Direction.RTL:
        return True
    return any(unicodedata.bidirectional(char) in ("R", "AL", "AN") for char in set(text))


def _levels(text: str, base: Direction) -> list[int]:
    """The level of every character. A token counts as one word or one number, whatever signs are in it."""
    seen = TOKENS.sub(lambda token: ("a" if token["word"] else "1") * len(token.group()), text)
    out: list[int] = []
    start = 0
    while start < len(seen):
        end = seen.find(PARAGRAPH_SEPARATOR, start)
        end = len(seen) if end < 0 else end + 1
        out.extend(levels(seen[start:end], base))
        start = end
    return out


# --- leaves ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Leaf:
    """A stretch of characters of one level, or one thing that is no text, with the containers around it
    from outside inward. ``text`` is what the algorithm sees of it."""

    inline: Inline
    text: str
    path: tuple[Container, ...]
    level: int = 0


def _leaves(inlines: Iterable[Inline], path: tuple[Container, ...]) -> Iterator[_Leaf]:
    for each in inlines:
        match each:
            case Text(value):
                if value:
                    yield _Leaf(each, value, path)
            case Break():
                yield _Leaf(each, PARAGRAPH_SEPARATOR, path)
            case Date() | Run() | Code():
                # Isolates already: templates give them a direction.
                yield _Leaf(each, OBJECT_REPLACEMENT, path)
            case Container(children=children):
                yield from _leaves(children, (*path, each))
            case _:
                yield _Leaf(each, OBJECT_REPLACEMENT, path)


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
    if _is_bare(text, leaves, at, end):
        yield from _plain(run, depth)
        return
    level = min(leaf.level for leaf in run)
    if (level - base) % 2 == 0:
        yield from _arrange(run, depth, level)
        return
    direction = Direction.RTL if level % 2 else Direction.LTR
    children = tuple(_arrange(run, depth, level))
    counts = script_counts(text)
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
