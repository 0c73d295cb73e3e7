"""What ``book.toml`` may say: a class a table, a field a key, with its form, its default and what it is for.

Its errors and the page ``docs/book-toml.md`` are made from this.
"""

from typing import Annotated, Any, Self

from pydantic import BeforeValidator, Field, StrictInt, create_model, model_validator

from pipeline.configuration.values import (
    Address,
    Authors,
    Bleed,
    Colour,
    EditionKey,
    FourInks,
    OfBook,
    OfEdition,
    PageSize,
    Stem,
    Theme,
    TypeSize,
    identifier,
    limit,
)
from pipeline.document.identifiers import Identifier
from pipeline.forms import Date, Filled, Flag, Several, Table, Tag, Text, WrongValueError
from pipeline.languages import Direction, language
from pipeline.limits import DEFAULT, TABLE, written
from pipeline.settings.arrangements import ArrangementName
from pipeline.settings.profiles import ProfileName, SchemeName
from pipeline.settings.values import (
    Calendar,
    Conventions,
    DateForm,
    Digits,
    EditionKind,
    EmbeddedFonts,
    FormatName,
    Inks,
    WordBreaks,
)


def key(says: str, example: str = "", default: Any = None) -> Any:
    """A key of a table: what it is for, how it may be written, and what holds where it is not."""
    return Field(default, description=says, examples=[example] if example else None)


class Author(Table):
    """Who wrote the book."""

    name: Filled = key("the name, as it stands on the cover", '"Ruth Lindner"', ...)
    sort: Text = key("what catalogues sort the name by", '"Lindner, Ruth"', "")


class Identifiers(Table):
    """What an edition is called in the trade, by format."""

    _every: Identifier | None = None
    html: OfEdition = key("the web page", '"urn:uuid:3f8c…"')
    epub: OfEdition = key("the e-book", '"979-10-90636-07-1"')
    pdf: OfEdition = key("the PDF", '"978-3-16-148410-0"')

    def with_every(self, each: Identifier) -> Self:
        """The same, with what it is called in the formats that have no name of their own."""
        self._every = each
        return self

    def pairs(self) -> list[tuple[str, Identifier]]:
        """A format (empty for all of them) and the identifier, for those that are given."""
        found = [("", self._every), ("html", self.html), ("epub", self.epub), ("pdf", self.pdf)]
        return [(form, each) for form, each in found if each is not None]


def _by_format(value: object) -> object:
    if isinstance(value, dict):
        return value
    return Identifiers().with_every(identifier(value))


class Accessibility(Table):
    """Only where somebody answers for it."""

    certifier: Text = key(
        "who answers for the claim of accessibility in e-books", '"Example House"', ""
    )
    report: Address = key("the address of their report", '"https://example.org/report"', "")

    @model_validator(mode="after")
    def _certified(self) -> Self:
        if self.report and not self.certifier:
            raise WrongValueError("a report has a certifier, and none is named",
                        'add certifier = "…" under [accessibility]', "report")  # fmt: skip
        return self


class Print(Table):
    """What the print shop asks for."""

    bleed: Bleed = key("how far colours run over the edge, in mm or with a unit", '"3mm"', 3.0)
    marks: Flag = key("whether crop marks show where to trim", "true", False)
    colour: Inks = key("four inks, or black alone", '"cmyk"', Inks.CMYK)
    intent: Text = key("the file of the print shop's ICC profile", '"press.icc"', "")
    condition: Text = key(
        "the name of its printing condition in the ICC's registry", '"FOGRA51"', ""
    )
    inks: dict[Tag, FourInks] = key(
        "cyan, magenta, yellow and black in percent, by language, instead of the computed ones",
        "ar = [80, 20, 60, 30]", {}
    )  # fmt: skip


class ThemeTable(Table):
    """How the book looks (see Themes in the README)."""

    name: Theme = key("which theme", '"report"', "plain")
    page: PageSize | None = key(
        "A4, A5, A6, B5, letter, digest, or width and height", '"148mm 210mm"'
    )
    base: TypeSize | None = key("size of Latin text; other scripts follow in proportion", '"10pt"')
    accents: dict[Tag, Colour] = key(
        "colours by language, instead of the computed ones", 'ar = "#1f5c4a"', {}
    )


_LIMITS: Any = {
    name: (
        Annotated[int, limit(name)],
        key(f"{row.of}: {row.reason}", written(row.unit, row.default), getattr(DEFAULT, name)),
    )
    for name, row in TABLE.items()
}
LimitsTable: Any = create_model(
    "LimitsTable",
    __base__=Table,
    __doc__="How much of anything is worked on (see Limits in the README).",
    **_LIMITS,
)
_WORDS: Any = {
    word: (Text, key(f"in English: {said}", default=""))
    for word, said in language("en").words.items()
}
Words: Any = create_model(
    "Words",
    __base__=Table,
    __doc__="Words of the frame, for a language that has none yet, or others than those that it has.",
    **_WORDS,
)


class BookToml(Table):
    """All that ``book.toml`` may say."""

    name: Stem | None = key("the stem of every file: a to z, digits, hyphens", '"customers"')
    title: Text | None = key("the title of the book as a whole", '"Customers, inside and out"')
    author: Annotated[tuple[Author, ...], Authors] = key(
        "who wrote it: a name, a list of names, or with what catalogues sort it by",
        '{ name = "Ruth Lindner", sort = "Lindner, Ruth" }', ()
    )  # fmt: skip
    authors: Annotated[tuple[Author, ...], Authors] = key(
        "the same", '["Ruth Lindner", "Jo Ek"]', ()
    )
    publisher: Text = key("who publishes it", '"Example House"', "")
    identifier: OfBook = key(
        "of the book as a whole: an ISBN, or anything else", '"978-3-16-148410-0"', ""
    )
    identifiers: dict[EditionKey, Annotated[Identifiers, BeforeValidator(_by_format)]] = key(
        "of editions, by tag or combined: an ISBN or another URI, or a table with one a format",
        'de = "978-0-306-40615-7"', {}
    )  # fmt: skip
    rights: Text = key("who holds them, or the licence", '"CC BY 4.0"', "")
    date: Date | None = key("of publication", "2026-03-02")
    modified: Date | None = key("the day of the last correction; default: the date", "2026-05-11")
    languages: Several[Tag] = key("which, in which order; default: all", '["th", "ar", "de"]', ())
    pivot: Tag | None = key("the text that [outline] speaks of; default: the first", '"de"')
    direction: Direction | None = key(
        "page progression of the combined edition; default: the first language's", '"ltr"'
    )
    formats: Several[FormatName] = key(
        "what is made of an edition", '["html", "epub"]', tuple(FormatName)
    )
    editions: Several[EditionKind] = key("which editions", '["single"]', tuple(EditionKind))
    profiles: Several[ProfileName] = key(
        "what PDFs are for", '["screen", "print"]', (ProfileName.SCREEN,)
    )
    arrange: Several[ArrangementName] = key(
        "how languages stand to each other in combined editions",
        '["parallel", "facing"]', (ArrangementName.SEQUENCE,)
    )  # fmt: skip
    impose: Several[SchemeName] = key("sheets to print booklets from", '["saddle"]', ())
    typography: Conventions = key("quotation marks, dashes and spaces: as they are, or those of the locale",
                                  '"locale"', Conventions.AS_IS)  # fmt: skip
    dates: DateForm = key("dates: as they are written, or in the locale's long form", '"long"',
                          DateForm.AS_WRITTEN)  # fmt: skip
    calendar: Calendar = key(
        "of long dates, where the language counts by it", '"buddhist"', Calendar.GREGORIAN
    )
    digits: Digits = key("as they are, Latin, the language's own, or those of its territory", '"native"',
                         Digits.AS_IS)  # fmt: skip
    thai_breaks: WordBreaks = key(
        "word breaks for e-readers without a dictionary", '"zwsp"', WordBreaks.NONE
    )
    page_list: Flag = key("whether e-books list the pages of the PDF", "true", False)
    fonts: EmbeddedFonts = key("of a font in an e-book: what its text needs, or all of it", '"whole"',
                               EmbeddedFonts.SUBSET)  # fmt: skip
    accessibility: Accessibility = key("claims of accessibility", default=Accessibility())
    print: Print = key("what the print shop asks for", default=Print())
    outline: dict[str, StrictInt] = key(
        "levels of headings, by the line or the words of the block in the pivot; 0 is no heading",
        "11 = 1", {}
    )  # fmt: skip
    files: dict[str, Tag] = key(
        "languages of files whose names say nothing", '"draft_final.txt" = "id"', {}
    )
    theme: ThemeTable = key("how the book looks", default=ThemeTable())
    names: dict[Tag, Several[Text]] = key(
        "by language, names that no line breaks", 'th = ["รูท ลินด์เนอร์"]', {}
    )
    words: dict[Tag, Words] = key(
        "by language, words of the frame", 'haw = { contents = "Papa kuhikuhi" }', {}
    )
    limits: LimitsTable = key("how much is worked on", default=LimitsTable())


def form_of(name: str) -> Any:
    """The form of a key, for whoever gives its value in another way."""
    field = BookToml.model_fields[name]
    return Annotated[field.annotation, *field.metadata]
