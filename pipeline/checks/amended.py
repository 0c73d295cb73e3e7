"""What a text becomes by the changes that are listed of it: each is made again, and nothing else.

An amendment tells the characters before and after, some of them with what stands around, and not at which
place of the line. So each is sought where it may stand, from left to right; where it may stand at several
places, that is taken from which the text comes out as it is in the book.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import takewhile

from pipeline.document import Amendment
from pipeline.typography.characters import OBJECT_REPLACEMENT

LINE_END = "\x1e"
"""What stands between two lines of one block, such as two cells of a table: no amendment reaches over it."""

MOST = 2_000
"""How many ways are tried in vain before it is only asked whether the characters add up."""


@dataclass(frozen=True, slots=True)
class _Change:
    """An amendment as something to seek: the characters that are replaced, and what stands around."""

    find: re.Pattern[str]
    behind: re.Pattern[str]
    put: str

    def places(self, text: str, begin: int) -> Iterator[tuple[int, int]]:
        """Where in a text the characters stand, from a place on."""
        for found in self.find.finditer(text, begin):
            if self.behind.search(text, 0, found.start()):
                yield found.span()


@dataclass(frozen=True, slots=True)
class _Way:
    """How far a way has come: ``done`` changes are behind it. ``splices`` are made in ``text`` when its
    pass ends, and no change of the pass sees another of it. ``reached`` characters of what is wanted are
    behind it too, where ``certain``."""

    text: str
    splices: tuple["_Splice", ...] = ()
    done: int = 0
    reached: int = 0
    certain: bool = True

    @property
    def begin(self) -> int:
        return self.splices[-1].end if self.splices else 0

    @property
    def result(self) -> str:
        parts, at = [], 0
        for each in self.splices:
            parts += [self.text[at : each.start], each.put]
            at = each.end
        return "".join((*parts, self.text[at:]))


@dataclass(frozen=True, slots=True)
class _Splice:
    start: int
    end: int
    put: str


def leads(read: str, amendments: Sequence[Amendment], made: str) -> bool:
    """Whether a text, with every one of some amendments made in their order, is ``made``.

    A line that has the same characters at very many places, of which only some were changed, has too many
    ways to try; of such a line it is only asked whether it adds up (:func:`_adds_up`).
    """
    changes = [_change(each.before, each.after) for each in amendments for _ in range(each.count)]
    if not changes:
        return read == made
    untried = [_further(_Way(read), changes[0], made)]
    vain = 0
    while untried and vain < MOST:
        way = next(untried[-1], None)
        if way is None:
            untried.pop()
            vain += 1
        elif way.done < len(changes):
            untried.append(_further(way, changes[way.done], made))
        elif way.result == made:
            return True
        else:
            vain += 1
    return bool(untried) and _adds_up(read, amendments, made)


def _adds_up(read: str, amendments: Sequence[Amendment], made: str) -> bool:
    """Whether a text has lost and won just the characters that its amendments tell, and has all others in
    their order."""
    wanted, touched = Counter(read), set[str]()
    for each in amendments:
        before, after = Counter(each.before), Counter(each.after)
        touched |= set(before - after) | set(after - before)
        for _ in range(each.count):
            wanted.update(after)
            wanted.subtract(before)
    rest = ["".join(char for char in text if char not in touched) for text in (read, made)]
    return rest[0] == rest[1] and +wanted == Counter(made)


@cache
def _change(before: str, after: str) -> _Change:
    start = _shared(before, after)
    same = _shared(before[start:][::-1], after[start:][::-1])
    end = len(before) - same
    left, core, right = map(_pattern, (before[:start], before[start:end], before[end:]))
    return _Change(
        re.compile(f"{core}(?={right})"),
        re.compile(rf"{left}\Z"),
        after[start : len(after) - same],
    )


def _shared(one: str, other: str) -> int:
    """How many characters are the same at the beginning."""
    pairs = zip(one, other, strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))


def _pattern(text: str) -> str:
    """What is no text is one character to an amendment, and here all that it shows."""
    return re.escape(text).replace(OBJECT_REPLACEMENT, f"[^{LINE_END}]*?")


def _further(way: _Way, change: _Change, made: str) -> Iterator[_Way]:
    """The ways that go on from one, the likely ones first: in the same pass, then in a new one."""
    unlikely = []
    for start, end in change.places(way.text, way.begin):
        between = way.text[way.begin : start]
        put_at = way.reached + len(between)
        likely = way.certain and made.startswith(between, way.reached)
        following = _Way(
            way.text,
            (*way.splices, _Splice(start, end, change.put)),
            way.done + 1,
            put_at + len(change.put),
            likely and made.startswith(change.put, put_at),
        )
        if likely or not way.certain:
            yield following
        else:
            unlikely.append(following)
    yield from unlikely
    if way.splices:
        yield from _further(_Way(way.result, done=way.done), change, made)
