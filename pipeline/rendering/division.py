"""How a translation is divided over the documents of an e-book.

What stands before the first heading has a document of its own, and so has every section of the first level:
reading systems open a document faster and more surely than a place in one. Notes stand at the end of the
document that first refers to them: a reading system shows a note in a pop-up where it finds it in the same
file. A section that is too long for old e-readers is divided, between its own sections where it can be.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from pipeline.document import (
    Block,
    Heading,
    Note,
    NoteMark,
    Section,
    Translation,
    anchor,
    block_text,
    find,
)

LIMIT = 150_000
"""The most text of a document, in bytes of UTF-8: some e-readers refuse documents of more than 300 kB, and
markup is added to the text."""


@dataclass(frozen=True, slots=True)
class PageBreak:
    """A place where a page of another publication begins: ``name`` is unique in the document, ``label``
    the number as it is printed there."""

    name: str
    label: str


@dataclass(frozen=True, slots=True)
class Part:
    """What one document holds of a translation: blocks, then sections, then notes."""

    name: str
    """The name of its file."""
    heading: Heading
    """The title of the translation or the heading of the section that it belongs to."""
    opens: bool
    """Whether this heading stands in it."""
    blocks: tuple[Block, ...]
    """What stands before its sections: the text before the first heading, or the rest of a long section."""
    sections: tuple[Section, ...]
    notes: tuple[Note, ...] = ()

    def all_blocks(self, translation: Translation) -> Iterator[Block]:
        """Everything in it but the notes, in reading order."""
        if self.opens and self.heading is translation.title:
            yield self.heading
        yield from self.blocks
        for section in self.sections:
            for inner in section.walk():
                yield inner.heading
                yield from inner.blocks

    @property
    def first(self) -> Block | None:
        """The heading that its document begins with, so that a link to it needs no more than the file."""
        if self.opens:
            return self.heading
        return self.sections[0].heading if self.sections and not self.blocks else None


def divide(translation: Translation, limit: int = LIMIT) -> tuple[Part, ...]:
    """The documents of a translation, in reading order. ``limit`` is in bytes of UTF-8."""
    parts = []
    for at, blocks in enumerate(_shared(translation.front, limit)):
        name = _name(translation, 0, at)
        parts.append(Part(name, translation.title, at == 0, blocks, ()))
    for number, section in enumerate(translation.sections, start=1):
        for at, (blocks, sections) in enumerate(_divided(section, limit)):
            name = _name(translation, number, at)
            parts.append(Part(name, section.heading, at == 0, blocks, sections))
    return tuple(with_notes(translation, parts))


def _name(translation: Translation, section: int, part: int) -> str:
    """The name of a document. Underscores, as no tag of a language has one."""
    numbers = [section, part + 1] if part else [section] if section else []
    return "_".join((translation.tag, *map(str, numbers))) + ".xhtml"


def _weight(blocks: Sequence[Block]) -> int:
    return sum(len(block_text(block).encode()) for block in blocks)


def _shared(blocks: Sequence[Block], limit: int) -> list[tuple[Block, ...]]:
    """Blocks in portions of at most ``limit`` bytes each, where no block by itself is longer; at least one
    portion, which may be empty."""
    out: list[list[Block]] = [[]]
    filled = 0
    for block in blocks:
        weight = _weight([block])
        if out[-1] and filled + weight > limit:
            out.append([])
            filled = 0
        out[-1].append(block)
        filled += weight
    return [tuple(each) for each in out]


def _divided(section: Section, limit: int) -> list[tuple[tuple[Block, ...], tuple[Section, ...]]]:
    """A section as portions: blocks that go on with the portion before, then sections."""
    weights = {id(each): _weight([each.heading, *each.blocks]) for each in section.walk()}
    if sum(weights.values()) <= limit:
        return [((), (section,))]
    out: list[tuple[tuple[Block, ...], tuple[Section, ...]]] = [((), ())]
    filled = 0
    for each in section.walk():
        weight = weights[id(each)]
        if out[-1] != ((), ()) and filled + weight > limit:
            out.append(((), ()))
            filled = 0
        first, *rest = _shared(each.blocks, limit)
        loose, sections = out[-1]
        out[-1] = (loose, _appended(sections, Section(each.heading, first)))
        out.extend((portion, ()) for portion in rest)
        filled = _weight(rest[-1]) if rest else filled + weight
    return out


def _appended(sections: tuple[Section, ...], new: Section) -> tuple[Section, ...]:
    """Sections with one more at their end, inside the last one where it is deeper."""
    if not sections or sections[-1].heading.level >= new.heading.level:
        return (*sections, new)
    last = sections[-1]
    return (
        *sections[:-1],
        Section(last.heading, last.blocks, _appended(last.sections, new)),
    )


# --- notes ------------------------------------------------------------------------------------------


def with_notes(translation: Translation, parts: Sequence[Part]) -> Iterator[Part]:
    """The documents of a translation, each with the notes that it is the first to refer to."""
    notes = {note.number: note for note in translation.notes}
    homes: dict[int, int] = {}
    for at, part in enumerate(parts):
        for block in part.all_blocks(translation):
            _settle(block, at, notes, homes)
    for at, part in enumerate(parts):
        # What nothing refers to stands at the end of all.
        here = tuple(n for n in translation.notes if homes.get(n.number, len(parts) - 1) == at)
        yield Part(part.name, part.heading, part.opens, part.blocks, part.sections, here)


def _settle(node: object, at: int, notes: Mapping[int, Note], homes: dict[int, int]) -> None:
    """Say of every note that something refers to in which document it stands: notes refer to notes, too."""
    waiting = [node]
    while waiting:
        for mark in find(waiting.pop(0), NoteMark):
            if mark.number not in homes:
                homes[mark.number] = at
                waiting.append(notes[mark.number].blocks)


def homes_of(translation: Translation, parts: Sequence[Part]) -> dict[str, str]:
    """The file of every anchor of the text; those of notes are told by :attr:`Part.notes`."""
    return {
        anchor(translation, block): part.name
        for part in parts
        for block in part.all_blocks(translation)
    }
