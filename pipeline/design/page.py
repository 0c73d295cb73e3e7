"""The numbers of a page: margins, the thumb index, the measure, what is justified."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import pyphen

from pipeline.design.fit import AS_IT_COMES, Fits
from pipeline.design.measure import width
from pipeline.design.themes import design as design_of
from pipeline.document import Book, Paragraph, Translation, block_text
from pipeline.editions import Edition
from pipeline.languages import Direction, Language
from pipeline.settings.arrangements import ARRANGEMENTS, ArrangementName, columns_a_page
from pipeline.settings.values import EditionKind, Settings, Theme

PT = 72 / 25.4
"""Points in a millimetre."""

A5 = (148.0, 210.0)
"""The page, in mm, that the margins of a design are for; on another they grow with it."""

ISO = {
    2: (210.0, 297.0),
    3: (210.0, 297.0),
    4: (297.0, 210.0),
    5: (297.0, 210.0),
    6: (420.0, 297.0),
}
"""By how many columns of text a page has, its size in mm: no column under 45 mm at 9 pt."""

US = {2: (215.9, 279.4), 3: (215.9, 279.4), 4: (279.4, 215.9), 5: (279.4, 215.9), 6: (431.8, 279.4)}
"""The same, for books of American sizes, US_BOOKS."""

US_BOOKS = frozenset(((215.9, 279.4), (139.7, 215.9)))

GUTTER = 6.0
"""The space between columns, in mm."""

FEW = 2
"""How many columns are set in the type of the book; more are set in MANY_COLUMNS times it."""

MANY_COLUMNS = 0.9

TAB_DEPTH, TAB_LENGTH = 6.0, 28.0
"""How far a tab of the thumb index reaches into the page, and how long it is at most, in mm."""

SHORTEST_NAMED = 11.0
"""The shortest tab, in mm, that has a name on it."""

NOTE_SIZE, NOTE_LEADING = 0.82, 1.35
"""The size of notes in times that of the text, and the distance of their lines in times that size."""

NOTE_SHARE = 0.5
"""How much of a page a note may take at its foot: the layout engine parts no note."""

CHARACTER = 0.45
"""The average advance of a letter, in times the size: enough to count the letters of a line."""


@dataclass(frozen=True, slots=True)
class FaceRule:
    """One ``@font-face``: a family's style and where its file is."""

    family: str
    weight: int
    slant: str
    source: str
    form: str


@dataclass(frozen=True, slots=True)
class Margins:
    """The margins of a page, in mm."""

    inner: float
    top: float
    outer: float
    bottom: float


def foots_notes(translation: Translation, theme: Theme, fits: Fits) -> bool:
    """Whether print has the notes of a translation at the foot of its pages: where all are plain paragraphs,
    none is so long that a page has no room for it, and layout found room for each."""
    edges = margins(theme)
    em = theme.base * translation.language.script.size * NOTE_SIZE / PT
    across = column(theme) / em
    down = (theme.height - edges.top - edges.bottom) / (em * NOTE_LEADING)
    return all(
        all(isinstance(block, Paragraph) for block in note.blocks)
        and sum(width(block_text(block)) for block in note.blocks) <= across * down * NOTE_SHARE
        and not any(fits.get(block.origin, AS_IT_COMES).at_end for block in note.blocks[:1])
        for note in translation.notes
    )


def margins(theme: Theme) -> Margins:
    """The margins of a theme's page: those of A5, grown with it, but where columns need the room."""
    design = design_of(theme)
    across, down = theme.width / A5[0], theme.height / A5[1]
    if theme.columns > 1:
        across = down = 1.0
    return Margins(
        round(design.inner * across, 3),
        round(design.top * down, 3),
        round(design.outer * across, 3),
        round(design.bottom * down, 3),
    )


def column(theme: Theme) -> float:
    """How wide, in mm, a column of a theme's page is where all are equally wide; without columns, the measure
    of the page."""
    edges = margins(theme)
    room = theme.width - edges.inner - edges.outer - GUTTER * (theme.columns - 1)
    return room / theme.columns


def arranged(theme: Theme, name: ArrangementName, languages: int) -> Theme:
    """A theme as an arrangement of some languages needs it: with a page on which its columns have room, and
    with smaller type where there are many. Its own page stays where that is larger."""
    columns = columns_a_page(name, languages)
    if columns == 1:
        return theme
    paper = US if (theme.width, theme.height) in US_BOOKS else ISO
    width, height = paper[min(columns, max(paper))]
    if theme.width * theme.height > width * height:
        width, height = theme.width, theme.height
    base = round(theme.base * (MANY_COLUMNS if columns > FEW else 1.0), 2)
    return replace(theme, width=width, height=height, base=base, columns=columns)


def arranged_edition(
    book: Book,
    kind: EditionKind,
    translations: tuple[Translation, ...],
    settings: Settings,
    name: ArrangementName,
) -> Edition:
    """An edition of some translations in an arrangement, with the page that it needs (:func:`arranged`). Where
    each direction has a cover of its own, its languages stand together, those from left to right first."""
    theme = arranged(settings.theme, name, len(translations))
    covers = tuple(each for each in Direction if each in ARRANGEMENTS[name].directions)
    if covers:
        translations = tuple(
            sorted(translations, key=lambda each: covers.index(each.language.direction))
        )
    return Edition(book, kind, translations, replace(settings, theme=theme), name)


@dataclass(frozen=True, slots=True)
class Tabs:
    """The thumb index: how long and deep a tab is, and how far from the head its middle stands, by
    language; in mm."""

    length: float
    depth: float
    named: bool
    """Whether the tabs are long enough to hold the names of languages."""
    middles: Mapping[str, float]


def tabs(edition: Edition, height: float) -> Tabs:
    """One slot a language down the fore-edge, between an eighth and seven eighths of the page."""
    slot = height * 0.75 / len(edition.translations)
    middles = {
        each.tag: round(height * 0.125 + slot * (at + 0.5), 3)
        for at, each in enumerate(edition.translations)
    }
    length = round(min(slot * 0.88, TAB_LENGTH), 3)
    return Tabs(length, TAB_DEPTH, length >= SHORTEST_NAMED, middles)


def justifies(language: Language, theme: Theme) -> bool:
    """Whether print justifies a language on a theme's page: only where the design does, where lines hold
    enough letters, and where its words can be divided if its script divides words."""
    script, design = language.script, design_of(theme)
    if not design.justify:
        return False
    if script.hyphenate and pyphen.language_fallback(language.tag) is None:
        return False
    edges = margins(theme)
    measure = (theme.width * (1 - design.hang) - edges.inner - edges.outer) * PT
    if theme.columns > 1:
        measure = column(theme) * PT
    letters = measure / (theme.base * script.size * CHARACTER)
    return bool(script.justify) and letters >= script.justify
