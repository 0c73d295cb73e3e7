"""The report of an alignment: every segment a row, every language a column, for people who look after the
texts.

It is made of the texts as they were read, before any pass of typography; its own words are English, as those of
other reports. It needs no script, loads nothing, and is the same for the same texts.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from pipeline import GENERATOR
from pipeline.document import Block, Book, Figure, Heading, Listing, Translation, block_text
from pipeline.rendering.environment import environment
from pipeline.rendering.rows import rows
from pipeline.structure import Doubt, percent


class Remark(Protocol):
    """What a check of translations says of a segment in a language: any finding that has these."""

    @property
    def rule(self) -> str:
        """What the check calls what it looked for."""

    @property
    def segment(self) -> int:
        """The number of the segment."""

    @property
    def tag(self) -> str:
        """The language of the text that it is about."""

    @property
    def message(self) -> str:
        """What is wrong, in words."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A block as the report shows it: where it stands, what it is, and its lines."""

    place: str
    kind: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """What a language has of a segment; no passages where it has nothing. ``guess`` is the confidence of a
    guess in percent, empty where there is no doubt."""

    translation: Translation
    passages: tuple[Passage, ...]
    guess: str
    remarks: tuple[Remark, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A segment: its number, and a cell for each language."""

    number: int
    cells: tuple[Cell, ...]

    @property
    def guessed(self) -> bool:
        """Whether something in it is a guess."""
        return any(cell.guess for cell in self.cells)

    @property
    def open(self) -> bool:
        """Whether a language has nothing of it."""
        return not all(cell.passages for cell in self.cells)

    @property
    def remarked(self) -> bool:
        """Whether a check has something to say of it."""
        return any(cell.remarks for cell in self.cells)

    @property
    def certain(self) -> bool:
        """Whether all languages have it, and nothing of it is a guess."""
        return not self.open and not self.guessed


@dataclass(frozen=True, slots=True)
class Column:
    """A language, with how many segments it has with certainty and by a guess, how many it lacks, and in how
    many it has several blocks."""

    translation: Translation
    certain: int
    guessed: int
    gaps: int
    divided: int


def page(book: Book, doubts: Iterable[Doubt], remarks: Iterable[Remark] = ()) -> str:
    """The report of a book, in HTML. ``doubts`` are the guesses of its alignment, ``remarks`` what a check of
    translations found in it."""
    lines = lines_of(book, doubts, remarks)
    return environment().get_template("frames/alignment.html").render(
        generator=GENERATOR, book=book, lines=lines, columns=_columns(book.translations, lines)
    )  # fmt: skip


def lines_of(
    book: Book, doubts: Iterable[Doubt], remarks: Iterable[Remark] = ()
) -> tuple[Line, ...]:
    """The rows of the report, in reading order."""
    guesses = {(each.segment, each.tag): percent(each.confidence) for each in doubts}
    said: dict[tuple[int, str], list[Remark]] = {}
    for each in remarks:
        said.setdefault((each.segment, each.tag), []).append(each)
    return tuple(
        _line(book.translations, row.cells, guesses, said) for row in rows(book.translations)
    )


def _line(
    translations: Sequence[Translation],
    cells: Sequence[Sequence[Block]],
    guesses: Mapping[tuple[int, str], str],
    said: Mapping[tuple[int, str], Sequence[Remark]],
) -> Line:
    number = next(block.segment for cell in cells for block in cell)
    return Line(
        number,
        tuple(
            Cell(
                each,
                tuple(map(_passage, cell)),
                guesses.get((number, each.tag), ""),
                tuple(said.get((number, each.tag), ())),
            )
            for each, cell in zip(translations, cells, strict=True)
        ),
    )


def _passage(block: Block) -> Passage:
    match block:
        case Heading(level=level):
            return Passage(str(block.origin), f"heading-{min(level, 3)}", (block_text(block),))
        case Listing(items=items):
            inner = tuple("\n".join(map(block_text, item.blocks)) for item in items)
            return Passage(str(block.origin), "listing", inner)
        case Figure(picture=picture):
            said = (picture.alternative, block_text(block))
            return Passage(str(block.origin), "figure", (picture.path, *filter(None, said)))
    return Passage(str(block.origin), block.kind, tuple(block_text(block).split("\n")))


def _columns(translations: Sequence[Translation], lines: Sequence[Line]) -> list[Column]:
    out = []
    for at, translation in enumerate(translations):
        own = [line.cells[at] for line in lines]
        here = [cell for cell in own if cell.passages]
        guessed = sum(bool(cell.guess) for cell in here)
        out.append(
            Column(
                translation,
                len(here) - guessed,
                guessed,
                len(own) - len(here),
                sum(len(cell.passages) > 1 for cell in here),
            )
        )
    return out
