"""The rows of an edition: what each of its languages says of the same; and how documents share them.

A row is a segment. Where a language says nothing of it, its place in the row is empty, so that what follows
stays beside what says the same.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.document import (
    Block,
    Heading,
    Listing,
    Paragraph,
    Role,
    Translation,
    block_text,
)
from pipeline.rendering.division import LIMIT, Part, with_notes


@dataclass(frozen=True, slots=True)
class Row:
    """What the languages of an edition say of the same: the blocks of each, in the order of the languages."""

    cells: tuple[tuple[Block, ...], ...]

    @property
    def announces(self) -> bool:
        """Whether all that is in it are headings and labels, which stand with what follows."""
        return all(_announces(block) for cell in self.cells for block in cell)

    @property
    def opens(self) -> bool:
        """Whether a section of the first level begins with it in every language."""
        return all(
            bool(cell) and isinstance(cell[0], Heading) and cell[0].level == 1
            for cell in self.cells
        )

    @property
    def items(self) -> int:
        """How many items its lists have, where it is a list of equally many in every language; else 0."""
        counts = {_items(cell) for cell in self.cells}
        return counts.pop() if len(counts) == 1 else 0

    @property
    def weight(self) -> int:
        """The length of its text in bytes of UTF-8."""
        return sum(len(block_text(block).encode()) for cell in self.cells for block in cell)

    def headings(self) -> Iterator[tuple[Heading | None, ...]]:
        """Its headings: those that come first in each language, then those that come second."""
        every = [[each for each in cell if isinstance(each, Heading)] for cell in self.cells]
        for at in range(max(map(len, every), default=0)):
            yield tuple(own[at] if at < len(own) else None for own in every)


def _announces(block: Block) -> bool:
    return isinstance(block, Heading) or (isinstance(block, Paragraph) and block.role is Role.LABEL)


def _items(cell: Sequence[Block]) -> int:
    return len(cell[0].items) if len(cell) == 1 and isinstance(cell[0], Listing) else 0


def rows(translations: Sequence[Translation]) -> tuple[Row, ...]:
    """The rows of some translations, in reading order."""
    cells: dict[int, list[tuple[Block, ...]]] = {}
    for at, translation in enumerate(translations):
        for number, blocks in translation.segments():
            row = cells.setdefault(number, [()] * len(translations))
            row[at] += blocks
    return tuple(Row(tuple(cells[number])) for number in sorted(cells))


def documents(every: Sequence[Row], limit: int = LIMIT) -> tuple[tuple[Row, ...], ...]:
    """Rows shared out over documents: one for what stands before the first section, one for each section that
    all languages begin together. One that would have more than ``limit`` bytes of text is divided between
    rows, and never after a heading."""
    out: list[list[Row]] = [[]]
    filled = 0
    for row in every:
        begins: list[Row] = []
        if row.opens or (out[-1] and filled + row.weight > limit):
            while not row.opens and len(out[-1]) > 1 and out[-1][-1].announces:
                begins.insert(0, out[-1].pop())
            out.append(begins)
            filled = sum(each.weight for each in begins)
        out[-1].append(row)
        filled += row.weight
    return tuple(tuple(each) for each in out if each)


def parts(
    translations: Sequence[Translation], shared: Sequence[Sequence[Row]]
) -> dict[str, tuple[Part, ...]]:
    """What the documents hold of each translation, by its tag."""
    return {
        each.tag: tuple(with_notes(each, list(_parts(each, at, shared))))
        for at, each in enumerate(translations)
    }


def _parts(translation: Translation, at: int, shared: Sequence[Sequence[Row]]) -> Iterator[Part]:
    heading = translation.title
    for number, document in enumerate(shared):
        blocks = (block for row in document for block in row.cells[at])
        own = tuple(block for block in blocks if block is not translation.title)
        first = next(iter(document[0].cells[at]), None)
        if opens := isinstance(first, Heading) and first.level < 2:
            heading = first
        # Underscores, as in the names of documents of one language: no tag is "text".
        name = f"text_{number}.xhtml" if number else "text.xhtml"
        yield Part(name, heading, opens, own, ())
