"""What ``book.toml`` may say: a class a table, a field a key, with its form, its default and what it is for.

Its errors and the page ``docs/book-toml.md`` are made from this.
"""

from typing import Annotated, Any, Self

from pydantic import BeforeValidator, Field, StrictInt, create_model, model_validator

from pipeline.configuration.values import (
    Address,
    Authors,
    Bleed,
    Blocks,
    Colour,
    EditionKey,
    Folds,
    FourInks,
    Gap,
    Margin,
    Mill,
    OfBook,
    OfEdition,
    PageSize,
    SheetSize,
    Signature,
    Stem,
    Theme,
    Thickness,
    TypeSize,
    Up,
    identifier,
    limit,
)
from pipeline.document.identifiers import Identifier
from pipeline.forms import Date, Filled, Flag, Several, Table, Tag, Text, WrongValueError
from pipeline.languages import Direction, language
from pipeline.limits import DEFAULT, TABLE, written
from pipeline.settings.arrangements import ArrangementName
from pipeline.settings.profiles import ProfileName, SchemeName
from pipeline.settings.sheets import Flip, LastSignature, MarkName, SheetSettings
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


class Sheets(Table):
    """How pages are laid on sheets (see Sheets in the README)."""

    size: SheetSize | None = key(
        "the paper: A5, A4, A3, A2, SRA3, letter, tabloid, or width and height; default: as large as is needed",
        '"SRA3"'
    )  # fmt: skip
    margin: Margin = key("what stays white along its edges", '"5mm"', 0.0)
    fit: Flag = key("whether pages that are too large for it are made smaller", "true", False)
    flip: Flip | None = key(
        "the edge about which the printer turns sheets; default: the one that lies left or right",
        '"long"'
    )  # fmt: skip
    marks: Several[MarkName] = key(
        "where to cut, where to fold, in which order signatures are gathered", '["crop", "fold"]', ()
    )  # fmt: skip
    thickness: Thickness = key("that of the paper, against creep", '"0.1mm"', 0.0)
    folds: Folds = key("how often a sheet is folded: 4, 8, 16 or 32 pages", "2", 1)
    signature: Signature | None = key(
        "perfect: pages that are folded into each other, 4 to 32; default: 16, or those of a sheet where it "
        "has more", "8"
    )  # fmt: skip
    last: LastSignature = key(
        "perfect: whether blank pages fill the last signature, or it is smaller", '"smaller"',
        LastSignature.BLANK
    )  # fmt: skip
    mill: Mill | None = key(
        "perfect: what is taken off the spine before it is glued; default: 3 mm", '"2mm"'
    )
    gap: Gap | None = key(
        "between pages that are cut apart, and twice the bleed at least; default: 6 mm where sheets are "
        "folded more than once, 0 for n-up", '"6mm"'
    )  # fmt: skip
    up: Up = key("n-up: how many pages on a side", "8", 4)

    @model_validator(mode="after")
    def _whole(self) -> Self:
        pages = SheetSettings(folds=self.folds).on_sheet
        if self.signature and self.signature % pages:
            raise WrongValueError(
                f"a signature of {self.signature} pages takes no whole number of sheets of {pages} pages",
                f"use fewer folds, or a signature of {pages}, or of a multiple", "signature",
            )  # fmt: skip
        if self.mill == 0 and MarkName.COLLATION in self.marks:
            raise WrongValueError(
                "collation marks stand on what is milled off the spine, and nothing is",
                "leave collation out of the marks, or mill off a millimetre", "marks",
            )  # fmt: skip
        return self

    @property
    def settings(self) -> SheetSettings:
        """The same as a value."""
        plain = SheetSettings(folds=self.folds)
        signature = self.signature or max(plain.signature, plain.on_sheet)
        return SheetSettings(**dict(self) | {"signature": signature})


def _entries(value: object) -> object:
    """Tables with what says the same: several languages each, and one of them at least says it."""
    for entry in value if isinstance(value, list) else [value]:
        if not isinstance(entry, dict) or len(entry) < 2 or not any(map(bool, entry.values())):
            raise WrongValueError(
                "[[{key}]] names blocks of several languages that say the same",
                'write [[{key}]] on a line of its own, and under it a line for each language, such as de = "…"',
            )
    return value


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
    sheets: Sheets = key("how pages are laid on sheets", default=Sheets())


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
    impose: Several[SchemeName] = key("sheets to print, fold and bind", '["saddle"]', ())
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
    align: Annotated[tuple[dict[Tag, Blocks], ...], BeforeValidator(_entries)] = key(
        "in each table [[align]] which blocks say the same, by language: how a block begins, or its "
        "line; several in brackets; [] where a language has nothing of it",
        'align = [{ de = "Am Montag", th = ["เช้าวันจันทร์", "เย็นวันนั้น"] }]', ()
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
    return _form(BookToml, name)


def sheets_form(name: str) -> Any:
    """The form of a key of ``[print.sheets]``, for the same."""
    return _form(Sheets, name)


def _form(table: type[Table], name: str) -> Any:
    field = table.model_fields[name]
    return Annotated[field.annotation, *field.metadata] if field.metadata else field.annotation
