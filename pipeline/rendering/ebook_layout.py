"""What an e-book consists of: its documents, where every anchor stands, the lines of its contents."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from pipeline.document import (
    Block,
    NoteMark,
    OtherWay,
    Picture,
    Translation,
    anchor,
    find,
    note_anchor,
    pictures,
)
from pipeline.editions import Edition
from pipeline.languages import Direction, Language
from pipeline.rendering.division import PageBreak, Part, homes_of
from pipeline.rendering.rows import Row
from pipeline.rendering.scene import Scene

LANGUAGE_PAGE = "languages.xhtml"


@dataclass(frozen=True, slots=True)
class Chapter:
    """One page of an e-book."""

    name: str
    markup: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the contents of an e-book, with the lines under it."""

    title: str
    href: str
    language: Language
    inner: tuple["Entry", ...] = ()
    other_way: OtherWay | None = None
    """How its title runs, where it runs the other way than its language."""
    fellows: tuple["Entry", ...] = ()
    """The same place under its titles in further languages."""

    @property
    def tag(self) -> str:
        """The language of its title."""
        told = self.other_way.language if self.other_way else None
        return told.tag if told else self.language.tag

    @property
    def direction(self) -> Direction:
        """The direction in which its title runs."""
        return self.other_way.direction if self.other_way else self.language.direction


@dataclass(frozen=True, slots=True)
class Layout:
    """Which file of an e-book every anchor stands in, and where the pages of its PDF begin."""

    parts: Mapping[str, tuple[Part, ...]]
    """The documents of every translation, by its tag."""
    homes: Mapping[str, str]
    openings: frozenset[str]
    """The anchors of the headings that documents begin with."""
    pictures: Mapping[str, str]
    """The file of every picture, by its path."""
    breaks: Mapping[str, PageBreak]
    """The page breaks in reading order, by the anchor of the block that they stand before."""
    rows: tuple[tuple[Row, ...], ...] = ()
    """The rows of every document, where languages stand in rows."""

    def address(self, name: str) -> str:
        """Where an anchor is. A document is named without a place in it where it begins with the anchor:
        some reading systems show the target of a fragment as a note, and some find no places in documents
        from right to left."""
        home = self.homes[name]
        return home if name in self.openings else f"{home}#{name}"

    def source(self, picture: Picture) -> str:
        """The file of a picture in the e-book."""
        return self.pictures[picture.path]


def reading_order(
    edition: Edition, rows: Sequence[Sequence[Row]] = ()
) -> Iterator[tuple[Translation, Block]]:
    """The blocks of an edition, each with its translation: language after language, or row after row."""
    if not rows:
        for translation in edition.translations:
            yield from ((translation, block) for block in translation.blocks())
    for row in (each for document in rows for each in document):
        for translation, cell in zip(edition.translations, row.cells, strict=True):
            yield from ((translation, block) for block in cell)


def page_breaks(
    blocks: Iterable[tuple[Translation, Block]], pages: Mapping[str, str]
) -> dict[str, PageBreak]:
    """The page breaks of an edition, by the anchor of the block that each stands before; ``blocks`` are all of
    the edition, in reading order.

    A page that begins within a block is marked before the next block: which character is the first on it
    nobody tells. A page on which no block begins is not marked.
    """
    out: dict[str, PageBreak] = {}
    names: set[str] = set()
    last: str | None = None
    for translation, block in blocks:
        place = anchor(translation, block)
        label = pages.get(place)
        if label is None or label == last:
            continue
        last = label
        # Digits of any script are numbers; the names of elements are kept to plain ones.
        number = str(int(label)) if label.isdecimal() else str(len(out) + 1)
        name = f"page-{number}"
        while name in names:
            name += "-again"
        names.add(name)
        out[place] = PageBreak(name, label)
    return out


def sheet_of(edition: Edition, language: Language) -> str:
    """The name of the style sheet of documents in a language."""
    if language.direction is edition.first.language.direction:
        return "book.css"
    return f"book-{language.direction}.css"


def picture_names(edition: Edition) -> dict[str, str]:
    """The file of every picture in an e-book, by its path, in the order of first use."""
    names: dict[str, str] = {}
    for translation in edition.translations:
        for picture in pictures(translation):
            if picture.path not in names:
                suffix = picture.media_type.split("/")[1].split("+")[0]
                names[picture.path] = f"images/picture-{len(names) + 1}.{suffix}"
    return names


def homes(scene: Scene, parts: Sequence[Part]) -> dict[str, str]:
    """The file of every anchor of one translation: blocks, notes, and each mention of a note."""
    translation = scene.translation
    found = homes_of(translation, parts)
    for part in parts:
        for note in part.notes:
            found[note_anchor(translation, note.number)] = part.name
        marked = (*part.all_blocks(translation), *part.notes)
        for mark in (mark for each in marked for mark in find(each, NoteMark)):
            found[scene.mark_anchor(mark.number, mark.use)] = part.name
    return found
