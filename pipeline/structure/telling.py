"""What is to be said of an alignment: where texts have nothing beside others, and which pairs are guesses."""

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass

from pipeline.document import Block, BuildWarning
from pipeline.errors import Origin
from pipeline.messages import Message
from pipeline.structure.alignment import items
from pipeline.structure.evidence import Shape, shape

CERTAIN = 0.8
"""A block of less confidence than this stands where it stands by a guess."""
TOLD = 12
"""So many places are told; of more, only how many."""

Line = dict[int, list[Block]]
"""What texts have of a segment, by their index."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """A guess: what a language, by its tag, has of a segment. ``confidence`` is 0 to 1."""

    segment: int
    tag: str
    confidence: float


def doubts(confidence: Mapping[tuple[int, int], float], tags: Sequence[str]) -> tuple[Doubt, ...]:
    """What is doubtful of an alignment, in reading order, by the confidence for a text and a segment."""
    found = [(segment, at, sure) for (at, segment), sure in confidence.items() if sure < CERTAIN]
    return tuple(Doubt(segment, tags[at], sure) for segment, at, sure in sorted(found))


def warnings(
    texts: Sequence[Sequence[Block]],
    confidence: Mapping[tuple[int, int], float],
    meant: Set[tuple[int, int]] = frozenset(),
) -> list[BuildWarning]:
    """What to tell of texts whose blocks have their segments. ``meant`` are gaps, each the index of a text
    and a segment, of which nothing is to be told."""
    lines: dict[int, Line] = {}
    for at, text in enumerate(texts):
        for block in text:
            lines.setdefault(block.segment, {}).setdefault(at, []).append(block)
    said = []
    parts = [*_gaps(texts, lines, meant), *_uneven(lines)]
    if parts:
        more = [f"and {len(parts) - TOLD} places more"] if len(parts) > TOLD else []
        said.append(
            BuildWarning(
                Message(
                    "the texts do not match block by block, and where one has nothing beside the others "
                    "its place stays empty: ",
                    Message.joined("; ", [*parts[:TOLD], *more]),
                )
            )
        )
    guesses = list(_guesses(lines, confidence))
    said += guesses[:TOLD]
    if len(guesses) > TOLD:
        said.append(
            BuildWarning(
                f"{len(guesses) - TOLD} pairs more are guesses: the report of `pentapla align` marks them all"
            )
        )
    return said


def _gaps(
    texts: Sequence[Sequence[Block]], lines: Mapping[int, Line], meant: Set[tuple[int, int]]
) -> Iterator[Message]:
    """Where some texts have nothing; places that follow each other and concern the same texts are one."""
    last = {at: text[0].origin for at, text in enumerate(texts)}
    begun: tuple[frozenset[int], Message, int] | None = None
    for number in sorted(lines):
        line = lines[number]
        present = frozenset(line) | {at for at in last if (at, number) in meant}
        if begun and begun[0] != present:
            yield _counted(begun[1], begun[2])
            begun = None
        if begun:
            begun = (*begun[:2], begun[2] + 1)
        elif len(present) < len(texts):
            begun = (present, _gap(line, [last[at] for at in last if at not in present]), 1)
        last |= {at: blocks[-1].origin for at, blocks in line.items()}
    if begun:
        yield _counted(begun[1], begun[2])


def _gap(line: Line, before: Sequence[Origin]) -> Message:
    first = line[min(line)][0].origin
    # Of many that lack it one is enough: it is the others that have more.
    named = before if len(before) <= len(line) else before[:1]
    return Message(first, " has no counterpart after ", Message.joined(" and ", named))


def _counted(said: Message, count: int) -> Message:
    if count == 1:
        return said
    more = f" (and {count - 1} after it)" if count > 2 else " (and the one after it)"
    return Message(said.parts[0], more, *said.parts[1:])


def _uneven(lines: Mapping[int, Line]) -> Iterator[Message]:
    """Where texts have more blocks, or other lists, than the first that has any."""
    for number in sorted(lines):
        (_, ours), *others = sorted(lines[number].items())
        for _, theirs in others:
            if len(ours) != len(theirs):
                yield Message(
                    f"{len(theirs)} from ", theirs[0].origin, f" stand beside {len(ours)} from ", ours[0].origin
                )  # fmt: skip
                continue
            for a, b in zip(ours, theirs, strict=True):
                if shape(a) is shape(b) is Shape.LISTING and items(a) != items(b):
                    yield Message(
                        "the list at ", b.origin, " has other items than the one at ", a.origin
                    )


def _guesses(
    lines: Mapping[int, Line], confidence: Mapping[tuple[int, int], float]
) -> Iterator[BuildWarning]:
    """Each pair that is a guess, once: what is doubtful beside what is surest."""
    for number in sorted(lines):
        line = lines[number]
        sure = {at: confidence.get((at, number), 1.0) for at in line}
        told: set[frozenset[int]] = set()
        for at in sorted(line):
            if sure[at] >= CERTAIN or len(line) < 2:
                continue
            fellow = max(
                (other for other in line if other != at), key=lambda one: (sure[one], -one)
            )
            if frozenset((at, fellow)) in told:
                continue
            told.add(frozenset((at, fellow)))
            yield BuildWarning(
                Message(
                    "that this says what ", line[fellow][0].origin,
                    f" says is a guess ({percent(sure[at])}): look, and settle it under [[align]] in book.toml",
                ),
                line[at][0].origin,
            )  # fmt: skip


def percent(share: float) -> str:
    """A confidence as a person reads it."""
    return f"{int(share * 100)} %"
