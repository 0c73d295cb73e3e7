"""A translation, a book, an edition."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from pipeline.document.blocks import Block, Heading
from pipeline.document.characters import label_text
from pipeline.document.identifiers import Identifier, identified
from pipeline.errors import Origin
from pipeline.languages import Direction, Language, names_in
from pipeline.limits import Limits
from pipeline.messages import shorten


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote: ``number`` from 1, ``uses`` how often the text refers to it."""

    number: int
    blocks: tuple[Block, ...]
    origin: Origin
    uses: int = 1


@dataclass(frozen=True, slots=True)
class Section:
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
class Translation:
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
class Override:
    """A template of the book's own: ``name`` is that of ours which it takes the place of, ``path`` its file
    as the user knows it."""

    name: str
    path: str
    content: str = field(repr=False)
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class Theme:
    """What a reader sees of a design; lengths in mm, sizes in pt."""

    name: str = "plain"
    width: float = 148.0
    height: float = 210.0
    base: float = 10.0
    accents: tuple[tuple[str, str], ...] = ()
    """Pairs of a language tag and a colour, over the ones that are computed."""
    overrides: tuple[Override, ...] = ()
    """The book's own templates, which go over those of the theme."""


class Manner(StrEnum):
    """Whose typography a text is set with: its own, or that of its locale."""

    AS_IS = "as-is"
    LOCALE = "locale"


class DateForm(StrEnum):
    """How dates are shown: as the source writes them, or in the locale's long form."""

    AS_WRITTEN = "as-written"
    LONG = "long"


class Calendar(StrEnum):
    """The calendar of long dates."""

    GREGORIAN = "gregorian"
    BUDDHIST = "buddhist"


class Digits(StrEnum):
    """The digits of a text: as they are, Latin ones, its language's native ones, or those that are usual
    in its territory."""

    AS_IS = "as-is"
    LATIN = "latin"
    NATIVE = "native"
    LOCALE = "locale"


class WordBreaks(StrEnum):
    """How an e-book tells where a line may break in a script without spaces between words."""

    NONE = "none"
    ZWSP = "zwsp"
    WBR = "wbr"


@dataclass(frozen=True, slots=True)
class Habits:
    """What the passes of typography may do to a text. By default, nothing that changes a character."""

    typography: Manner = Manner.AS_IS
    dates: DateForm = DateForm.AS_WRITTEN
    calendar: Calendar = Calendar.GREGORIAN
    digits: Digits = Digits.AS_IS
    word_breaks: WordBreaks = WordBreaks.NONE
    names: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """By language tag, names that stay in one piece."""

    def names_in(self, tag: str) -> tuple[str, ...]:
        """The names that stay in one piece in the language with this tag; none where none are given."""
        return next((names for each, names in self.names if each == tag), ())


class Inks(StrEnum):
    """What a press prints with: four inks, or black alone."""

    CMYK = "cmyk"
    GREY = "grey"


@dataclass(frozen=True, slots=True)
class Printing:
    """What the print shop asks for; lengths in mm."""

    bleed: float = 3.0
    marks: bool = False
    """Whether crop marks show where to trim."""
    colour: Inks = Inks.CMYK
    intent: str = ""
    """The name of the file of the press's ICC profile, as the book gives it."""
    profile: bytes = field(default=b"", repr=False)
    """What is in that file."""
    condition: str = ""
    """The name of the printing condition in the ICC's registry, such as FOGRA51."""
    inks: tuple[tuple[str, tuple[float, float, float, float]], ...] = ()
    """Pairs of a language tag and percents of cyan, magenta, yellow and black, over the computed ones."""


class EmbeddedFonts(StrEnum):
    """How much of a font an e-book holds: what its text needs, or all of it."""

    SUBSET = "subset"
    WHOLE = "whole"


@dataclass(frozen=True, slots=True)
class EbookHabits:
    """What is asked of the e-books of a book."""

    certifier: str = ""
    """Who answers for a claim of accessibility; none is made where it is empty."""
    report: str = ""
    """The address of the certifier's report."""
    page_list: bool = False
    """Whether e-books list the pages of the PDF."""
    fonts: EmbeddedFonts = EmbeddedFonts.SUBSET


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
        return self.what if self.at is None else f"{self.at}: {self.what}"


@dataclass(frozen=True, slots=True)
class Book:
    """All that files are made from: the translations in order, the data of the book, and its settings."""

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
    progression: Direction | None = None
    """The page progression of the combined edition, where it is not the first language's."""
    theme: Theme = field(default_factory=Theme)
    habits: Habits = field(default_factory=Habits)
    ebook: EbookHabits = field(default_factory=EbookHabits)
    printing: Printing = field(default_factory=Printing)
    limits: Limits = field(default_factory=Limits)
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
        return f"{_title(self.translations[0])} ({names})"

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


class EditionKind(StrEnum):
    """Whether an edition holds one translation, or all of them together."""

    SINGLE = "single"
    COMBINED = "combined"


@dataclass(frozen=True, slots=True)
class Edition:
    """A selection of a book's translations that is made into files."""

    book: Book
    kind: EditionKind
    translations: tuple[Translation, ...]

    @property
    def key(self) -> str:
        """The part of a file's name that tells editions of a book apart."""
        return self.first.tag if self.kind is EditionKind.SINGLE else self.kind.value

    @property
    def first(self) -> Translation:
        """The first of its translations; the edition of one language has no other."""
        return self.translations[0]

    @property
    def title(self) -> str:
        """The title of the edition: of one language, that of the translation; of all languages, the combined
        title of the book, or that of the first translation where it is empty."""
        if self.kind is EditionKind.COMBINED:
            return self.book.combined_title or _title(self.first)
        return _title(self.first)

    def identifier(self, form: str) -> Identifier | None:
        """What the edition is called in the trade, in a format (``html``, ``epub``, ``pdf``): its own, or that
        of the book where it is the whole of it.

        One language is called the same whether or not it was built alone. An edition that lacks some of its
        languages is another one, and has none of these.
        """
        if self.incomplete:
            return None
        own = {what: each for key, what, each in self.book.identifiers if key == self.key}
        if found := own.get(form) or own.get(""):
            return found
        every = len(self.translations) == len(self.book.translations) and not self.book.partial
        return self.book.whole if every else None

    @property
    def incomplete(self) -> bool:
        """Whether it is to hold all translations, and some were left out."""
        return self.kind is EditionKind.COMBINED and self.book.partial

    @property
    def distinction(self) -> str:
        """What tells it from every other edition of any book; identifiers are computed from it."""
        whole = f"{self.book.identifier or self.book.name}/{self.key}/{self.title}"
        if self.incomplete:
            return f"{whole}/{','.join(each.tag for each in self.translations)}"
        return whole

    @property
    def authors(self) -> tuple[str, ...]:
        """The authors, in the spelling of its language where its text says them."""
        own = self.first.authors if self.kind is EditionKind.SINGLE else ()
        return own or self.book.authors

    @property
    def direction(self) -> Direction:
        """The page progression."""
        if self.kind is EditionKind.COMBINED and self.book.progression is not None:
            return self.book.progression
        return self.first.language.direction

    @property
    def languages(self) -> tuple[Language, ...]:
        """The languages of its translations, in order."""
        return tuple(translation.language for translation in self.translations)


def _title(translation: Translation) -> str:
    return label_text(translation.title.inlines) or translation.language.autonym


def anchor(translation: Translation, block: Block) -> str:
    """The name of a block in every output: unique in a book, the same on every build.

    ``de-12``, and ``de-12-1`` for the second block of the same segment.
    """
    part = f"-{block.part}" if block.part else ""
    return f"{translation.tag}-{block.segment}{part}"


def note_anchor(translation: Translation, number: int) -> str:
    """The name of a note in every output."""
    return f"{translation.tag}-note-{number}"
