"""What may be set for a book, as checked values, and what its files are: kinds of edition, formats.

How ``book.toml`` and the command line say them is a matter of :mod:`pipeline.configuration`.
"""

from dataclasses import dataclass, field
from enum import StrEnum

from pipeline.languages import Direction
from pipeline.limits import Limits
from pipeline.settings.sheets import SheetSettings


class EditionKind(StrEnum):
    """Whether an edition holds one translation, or all of them together."""

    SINGLE = "single"
    COMBINED = "combined"


class FormatName(StrEnum):
    """A kind of file that is made of an edition."""

    HTML = "html"
    EPUB = "epub"
    PDF = "pdf"
    SVG = "svg"
    """The cover, as a picture."""


@dataclass(frozen=True, slots=True)
class Override:
    """A template of the book's own: ``name`` is that of ours which it takes the place of, ``path`` what
    its file is called in the book."""

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
    columns: int = 1
    """In how many columns, at most, the text of a page is set."""


class Conventions(StrEnum):
    """Whose conventions of typography a text is set with: its own, or those of its locale."""

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
class TypographySettings:
    """What the passes of typography may do to a text. By default, nothing that changes a character."""

    conventions: Conventions = Conventions.AS_IS
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
    sheets: SheetSettings = field(default_factory=SheetSettings)


class EmbeddedFonts(StrEnum):
    """How much of a font an e-book holds: what its text needs, or all of it."""

    SUBSET = "subset"
    WHOLE = "whole"


@dataclass(frozen=True, slots=True)
class EbookSettings:
    """What is asked of the e-books of a book."""

    certifier: str = ""
    """Who answers for a claim of accessibility; none is made where it is empty."""
    report: str = ""
    """The address of the certifier's report."""
    page_list: bool = False
    """Whether e-books list the pages of the PDF."""
    fonts: EmbeddedFonts = EmbeddedFonts.SUBSET


@dataclass(frozen=True, slots=True)
class Settings:
    """All that decides how a text becomes files, beside the text itself."""

    theme: Theme = field(default_factory=Theme)
    typography: TypographySettings = field(default_factory=TypographySettings)
    ebook: EbookSettings = field(default_factory=EbookSettings)
    printing: Printing = field(default_factory=Printing)
    progression: Direction | None = None
    """The page progression of the combined edition, where it is not the first language's."""
    limits: Limits = field(default_factory=Limits)


DEFAULTS = Settings()
"""What holds where nobody says otherwise."""
