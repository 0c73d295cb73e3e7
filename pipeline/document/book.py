"""A translation, and a book of them."""

from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.document.blocks import Block, Heading
from pipeline.document.characters import label_text
from pipeline.document.identifiers import Identifier, identified
from pipeline.document.inlines import Node
from pipeline.errors import Origin, told
from pipeline.languages import Language, names_in
from pipeline.messages import shorten


@dataclass(frozen=True, slots=True)
class Note(Node):
    """A footnote: ``number`` from 1, ``uses`` how often the text refers to it."""

    number: int
    blocks: tuple[Block, ...]
    origin: Origin
    uses: int = 1


@dataclass(frozen=True, slots=True)
class Section(Node):
    """A heading, the blocks under it up to the next heading, and the sections within this one."""

    heading: Heading
    blocks: tuple[Block, ...]
    sections: tuple["Section", ...] = ()

    def walk(self) -> Iterator["Section"]:
        """This section and all in it, in reading order."""
        yield self
        for section in self.sections:
            yield from section.walk()


@dataclass(frozen=True, slots=True)
class Provenance:
    """What is known of the file that a translation was read from."""

    path: str
    encoding: str
    language_from: str
    """``name`` (the file's name says it), ``front matter``, ``book.toml`` or ``text``."""
    nfc: bool = True
    """Whether the file was in normalisation form C as it came."""
    sha256: str = ""
    size: int = 0
    """Digest and length in bytes of the file: what tells later whether a text is still the same."""


@dataclass(frozen=True, slots=True)
class Translation(Node):
    """One text in one language."""

    language: Language
    title: Heading
    front: tuple[Block, ...]
    """What stands before the first heading."""
    sections: tuple[Section, ...]
    provenance: Provenance
    notes: tuple[Note, ...] = ()
    date: str | None = None
    authors: tuple[str, ...] = ()

    @property
    def tag(self) -> str:
        """The tag of its language (BCP 47), such as ``pt-BR``."""
        return self.language.tag

    @property
    def called(self) -> str:
        """Its title in one line; the name of its language where it has none."""
        return label_text(self.title.inlines) or self.language.autonym

    def walk(self) -> Iterator[Section]:
        """All sections, in reading order."""
        for section in self.sections:
            yield from section.walk()

    def blocks(self) -> Iterator[Block]:
        """Title, blocks and headings, in reading order; not the notes."""
        yield self.title
        yield from self.front
        for section in self.walk():
            yield section.heading
            yield from section.blocks

    def headings(self) -> Iterator[Heading]:
        """The title and the headings, in reading order."""
        yield self.title
        for section in self.walk():
            yield section.heading

    def segments(self) -> Iterator[tuple[int, tuple[Block, ...]]]:
        """The blocks in reading order, gathered by segment."""
        number, gathered = -1, list[Block]()
        for block in self.blocks():
            if block.segment != number and gathered:
                yield number, tuple(gathered)
                gathered = []
            number = block.segment
            gathered.append(block)
        if gathered:
            yield number, tuple(gathered)


@dataclass(frozen=True, slots=True)
class Amendment:
    """A change of a source's characters: ``rule`` says why, ``before`` and ``after`` what."""

    at: Origin
    rule: str
    before: str
    after: str
    count: int = 1


@dataclass(frozen=True, slots=True)
class BuildWarning:
    """Something that the user should know of, and that does not stop the build."""

    what: str
    at: Origin | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "what", shorten(self.what))

    def __str__(self) -> str:
        return told(self.what, self.at, str)


@dataclass(frozen=True, slots=True)
class Book:
    """The text of all files: the translations in order, and what is said of the book as a whole."""

    name: str
    """A safe slug: the stem of every file that is made."""
    title: str
    translations: tuple[Translation, ...]
    authors: tuple[str, ...] = ()
    publisher: str = ""
    identifier: str = ""
    """That of the book as a whole, as it was given."""
    identifiers: tuple[tuple[str, str, Identifier], ...] = ()
    """Those of editions: the key of an edition, a format (empty for all of them), and the identifier."""
    sort_names: tuple[tuple[str, str], ...] = ()
    """Pairs of the name of an author and what it is sorted by."""
    rights: str = ""
    date: str | None = None
    modified: str | None = None
    """The day of the last correction, where that is not the date."""
    partial: bool = False
    """Whether texts that belong to it were left out of this build."""
    inferences: tuple[str, ...] = ()
    """What was guessed, in words for a person."""
    warnings: tuple[BuildWarning, ...] = ()
    amendments: tuple[Amendment, ...] = ()
    """Every change that the passes of typography made to characters of the sources."""

    @property
    def whole(self) -> Identifier | None:
        """The identifier of the book as a whole."""
        return identified(self.identifier) if self.identifier else None

    @property
    def combined_title(self) -> str:
        """The title of the edition of all languages: the book's own, or else that of the first language with
        the names of all languages, in words of the first. By the first title alone nobody could tell this
        edition from that of one language, nor find it by its other languages."""
        if self.title or len(self.translations) < 2:
            return self.title
        first = self.translations[0].language
        names = names_in(first, [each.language for each in self.translations])
        return f"{self.translations[0].called} ({names})"

    @property
    def facts(self) -> str:
        """The characters of all that is said of the book as a whole."""
        every = [each for _, _, each in self.identifiers]
        shown = (each.shown for each in (self.whole, *every) if each)
        said = (self.combined_title, *self.authors, self.publisher, self.rights)
        return "".join((*said, *shown))

    def facts_in(self, translation: Translation) -> str:
        """The same, with those that one translation says itself."""
        return "".join((self.facts, *translation.authors))


def anchor(translation: Translation, block: Block) -> str:
    """The name of a block in every output: unique in a book, the same on every build.

    ``de-12``, and ``de-12-1`` for the second block of the same segment.
    """
    part = f"-{block.part}" if block.part else ""
    return f"{translation.tag}-{block.segment}{part}"


def note_anchor(translation: Translation, number: int) -> str:
    """The name of a note in every output."""
    return f"{translation.tag}-note-{number}"
