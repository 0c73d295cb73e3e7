"""From drafts, one a language, to structured texts that are aligned with each other."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from pipeline.calendar import ISO_DATE, is_day
from pipeline.document import (
    Block,
    BuildWarning,
    Heading,
    Paragraph,
    Role,
    Section,
    Text,
    block_text,
)
from pipeline.errors import Origin
from pipeline.languages import Language
from pipeline.messages import Message
from pipeline.readers.draft import Draft
from pipeline.structure.alignment import align
from pipeline.structure.evidence import (
    LABEL_LIMIT,
    TITLE_LIMIT,
    Reading,
    Shape,
    announced,
    dateline,
    is_label,
    one_line,
    shape,
)
from pipeline.structure.outline import (
    Announcement,
    declared_levels,
    infer_levels,
    is_heading,
    skipped,
)
from pipeline.structure.settled import Settlement, settled
from pipeline.structure.telling import Doubt, doubts, warnings


@dataclass(frozen=True, slots=True)
class Member:
    """A draft with its language."""

    language: Language
    draft: Draft

    def blocks(self) -> tuple[Block, ...]:
        """All blocks, a title that was declared outside them first."""
        title = (self.draft.title,) if self.draft.title else ()
        return (*title, *self.draft.blocks)


@dataclass(frozen=True, slots=True)
class StructuredText:
    """One structured text: what a translation is made of."""

    title: Heading
    front: tuple[Block, ...]
    sections: tuple[Section, ...]
    date: str | None


@dataclass(frozen=True, slots=True)
class Structured:
    """All texts, in the order of the members, and what is to be said about them."""

    texts: tuple[StructuredText, ...]
    inferences: tuple[str, ...]
    warnings: tuple[BuildWarning, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    """Which blocks stand beside others by a guess."""


def structure(
    members: Sequence[Member],
    *,
    pivot: int = 0,
    outline: Mapping[str, int] | None = None,
    outline_at: Mapping[str, Origin] | None = None,
    entries: Sequence[Settlement] = (),
) -> Structured:
    """Find titles, headings, labels and sections, and number the segments.

    ``pivot`` is the member that ``outline`` (see :func:`declared_levels`) speaks of; ``outline_at`` says
    where its keys stand. Raises
    :class:`~pipeline.errors.ConfigurationError` for an outline that does not fit the pivot.
    """
    groups: dict[tuple[Shape, ...], list[int]] = defaultdict(list)
    for at, member in enumerate(members):
        groups[tuple(map(shape, member.blocks()))].append(at)
    inferences: list[str] = []
    decided: dict[int, tuple[Block, ...]] = {}
    certain: dict[Origin, int] = {}
    for group in groups.values():
        declared: dict[int, int] = {}
        if outline and pivot in group:
            declared = declared_levels(outline, members[pivot].blocks(), outline_at or {})
            certain = {
                members[pivot].blocks()[at].origin: level for at, level in declared.items() if level
            }
        decided |= _decide([members[at] for at in group], group, declared, inferences)
    texts = [decided[at] for at in range(len(members))]
    main = max(groups.values(), key=lambda group: (len(group), pivot in group, -group[0]))[0]
    tags = [each.language.tag for each in members]
    aligned = align(texts, settled(entries, texts, tags))
    numbered = [
        _numbered(text, numbers) for text, numbers in zip(texts, aligned.segments, strict=True)
    ]
    marked = [at for at, member in enumerate(members) if member.draft.marked]
    model = numbered[marked[0] if marked else main]
    known = {block.segment: block.level for block in model if isinstance(block, Heading)}
    known |= {
        block.segment: certain[block.origin] for block in numbered[pivot] if block.origin in certain
    }
    numbered = [
        text if members[at].draft.marked else _levelled(text, known)
        for at, text in enumerate(numbered)
    ]
    return Structured(
        texts=tuple(_assemble(blocks) for blocks in numbered),
        inferences=tuple(inferences),
        warnings=tuple(warnings(numbered, aligned.confidence, aligned.meant)),
        doubts=doubts(aligned.confidence, tags),
    )


def _decide(
    group: Sequence[Member],
    places: Sequence[int],
    declared: Mapping[int, int],
    inferences: list[str],
) -> dict[int, tuple[Block, ...]]:
    """The blocks of each member of a group of matching texts, with headings and roles decided."""
    texts = [member.blocks() for member in group]
    length = len(texts[0])
    title_at = _title_at(group, texts)
    first = 0 if title_at is None else 1
    levels = _levels(group, texts, first, declared)
    dated = (
        first
        if first < length and _agree(dateline(text[first]) is not None for text in texts)
        else None
    )
    out: dict[int, tuple[Block, ...]] = {}
    for place, member, text in zip(places, group, texts, strict=True):
        blocks: list[Block] = []
        if title_at is None:
            name = member.draft.origin.path.rsplit("/", 1)[-1].split(".")[0]
            blocks.append(Heading(inlines=(Text(name),), level=0, origin=member.draft.origin))
            source = Origin(member.draft.origin.path)
            inferences.append(Message(source, f": no line is a title; named “{name}”"))
        for at, block in enumerate(text):
            if at == title_at:
                blocks.append(_as_heading(block, 0))
            elif at in levels:
                blocks.append(_as_heading(block, levels[at]))
            elif at == dated and isinstance(block, Paragraph):
                blocks.append(replace(block, role=Role.DATELINE))
            else:
                blocks.append(_as_text(block, member.language, text[at + 1 : at + 2]))
        out[place] = tuple(blocks)
    _report(group, texts, levels, declared, inferences)
    return out


def _title_at(group: Sequence[Member], texts: Sequence[tuple[Block, ...]]) -> int | None:
    """0 where the first block is the title, else None."""
    for member, text in zip(group, texts, strict=True):
        if member.draft.marked:
            return 0 if text and isinstance(text[0], Heading) and text[0].level == 0 else None
    short = (
        bool(text) and one_line(text[0]) and len(block_text(text[0])) <= TITLE_LIMIT
        for text in texts
    )
    return 0 if _agree(short) else None


def _levels(
    group: Sequence[Member],
    texts: Sequence[tuple[Block, ...]],
    first: int,
    declared: Mapping[int, int],
) -> dict[int, int]:
    """The level of each block that is a heading, by its index."""
    marked = [text for member, text in zip(group, texts, strict=True) if member.draft.marked]
    if marked:
        levels = {
            at: block.level
            for text in marked[:1]
            for at, block in enumerate(text)
            if isinstance(block, Heading) and block.level
        }
    else:
        readings = [
            Reading(member.language, text, member.draft.marked)
            for member, text in zip(group, texts, strict=True)
        ]
        typical = [reading.typical() for reading in readings]
        found = [
            at
            for at in range(first, len(texts[0]))
            if not (at == first and _agree(dateline(text[at]) is not None for text in texts))
            and sum(r.heading(at, t) for r, t in zip(readings, typical, strict=True)) > 0
        ]
        found = [at for at in found if declared.get(at) != 0]
        found = sorted({*found, *(at for at, level in declared.items() if level)})
        levels = infer_levels([Announcement(at, _number(texts, at)) for at in found])
    levels = {at: level for at, level in {**levels, **declared}.items() if level}
    return skipped(levels)


def _number(texts: Sequence[tuple[Block, ...]], at: int) -> int | None:
    """The number that most of the texts announce in block ``at``."""
    counts = Counter(announced(text[at]) for text in texts)
    number, votes = counts.most_common(1)[0]
    return number if votes * 2 > len(texts) else None


def _agree(opinions: Iterable[bool]) -> bool:
    votes = list(opinions)
    return bool(votes) and sum(votes) * 2 > len(votes)


def _as_heading(block: Block, level: int) -> Block:
    match block:
        case Heading():
            return replace(block, level=level)
        case Paragraph(inlines=inlines, origin=origin):
            return Heading(inlines=inlines, level=level, origin=origin)
    return block


def _as_text(block: Block, language: Language, following: Sequence[Block]) -> Block:
    if isinstance(block, Heading):  # declared to be none
        block = Paragraph(inlines=block.inlines, origin=block.origin)
    if (
        isinstance(block, Paragraph)
        and following
        and shape(following[0]) is Shape.LISTING
        and is_label(block, language)
        and len(block_text(block)) <= LABEL_LIMIT
    ):
        return replace(block, role=Role.LABEL)
    return block


def _report(
    group: Sequence[Member],
    texts: Sequence[tuple[Block, ...]],
    levels: Mapping[int, int],
    declared: Mapping[int, int],
    inferences: list[str],
) -> None:
    if any(member.draft.marked for member in group):
        return
    guessed = [at for at in sorted(levels) if at not in declared]
    if not guessed:
        return
    tags = ", ".join(member.language.tag for member in group)
    pivot = texts[0]
    listed = "; ".join(
        f"line {pivot[at].origin.line} (level {levels[at]}) {block_text(pivot[at])}"
        for at in guessed
    )
    inferences.append(
        Message(
            f"{tags}: {len(guessed)} headings told from bare text, by ",
            Origin(pivot[0].origin.path),
            f": {listed}",
        )
    )


def _numbered(blocks: Sequence[Block], segments: Sequence[int]) -> tuple[Block, ...]:
    seen: Counter[int] = Counter()
    out = []
    for block, segment in zip(blocks, segments, strict=True):
        out.append(replace(block, segment=segment, part=seen[segment]))
        seen[segment] += 1
    return tuple(out)


def _levelled(blocks: Sequence[Block], known: Mapping[int, int]) -> tuple[Block, ...]:
    """A bare text with heading levels, by segment, of the text that knows best or of the outline."""
    out: list[Block] = []
    level = 1
    for block in blocks:
        if is_heading(block):
            assert isinstance(block, Heading)  # noqa: S101 - just asked
            level = known.get(block.segment, level)
            out.append(replace(block, level=level))
        else:
            out.append(block)
    levels = skipped(
        {at: b.level for at, b in enumerate(out) if isinstance(b, Heading) and b.level}
    )
    return tuple(
        replace(block, level=levels[at]) if isinstance(block, Heading) and at in levels else block
        for at, block in enumerate(out)
    )


def _assemble(blocks: tuple[Block, ...]) -> StructuredText:
    title = blocks[0]
    assert isinstance(title, Heading)  # noqa: S101 - _decide puts it there
    cut = next((at for at, block in enumerate(blocks) if is_heading(block)), len(blocks))
    front = blocks[1:cut]
    sections = tuple(_sections(blocks[cut:]))
    dates = [
        found["iso"]
        for block in front
        if isinstance(block, Paragraph)
        and block.role is Role.DATELINE
        and (found := ISO_DATE.search(block_text(block)))
        and is_day(found["iso"])
    ]
    return StructuredText(title, front, sections, dates[0] if dates else None)


def _sections(blocks: Sequence[Block]) -> list[Section]:
    """Blocks that begin with a heading, as a tree."""
    out: list[Section] = []
    at = 0
    while at < len(blocks):
        heading = blocks[at]
        assert isinstance(heading, Heading)  # noqa: S101 - the caller cuts at headings
        end = at + 1
        while end < len(blocks) and not (
            isinstance(blocks[end], Heading) and _level(blocks[end]) <= heading.level
        ):
            end += 1
        body = blocks[at + 1 : end]
        inner = next((k for k, block in enumerate(body) if is_heading(block)), len(body))
        out.append(Section(heading, tuple(body[:inner]), tuple(_sections(body[inner:]))))
        at = end
    return out


def _level(block: Block) -> int:
    return block.level if isinstance(block, Heading) else 99
