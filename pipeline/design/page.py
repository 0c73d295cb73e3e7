"""The numbers of a page: margins, the thumb index, the measure, what is justified."""

from collections.abc import Mapping
from dataclasses import dataclass

import pyphen

from pipeline.design.fit import AS_IT_COMES, Fits
from pipeline.design.measure import width
from pipeline.design.themes import design as design_of
from pipeline.document import Paragraph, Translation, block_text
from pipeline.editions import Edition
from pipeline.languages import Language
from pipeline.settings.values import Theme

PT = 72 / 25.4
"""Points in a millimetre."""

A5 = (148.0, 210.0)
"""The page, in mm, that the margins of a design are for; on another they grow with it."""

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
    across = (theme.width - edges.inner - edges.outer) / em
    down = (theme.height - edges.top - edges.bottom) / (em * NOTE_LEADING)
    return all(
        all(isinstance(block, Paragraph) for block in note.blocks)
        and sum(width(block_text(block)) for block in note.blocks) <= across * down * NOTE_SHARE
        and not any(fits.get(block.origin, AS_IT_COMES).at_end for block in note.blocks[:1])
        for note in translation.notes
    )


def margins(theme: Theme) -> Margins:
    """The margins of a theme's page: those of A5, grown with it."""
    design = design_of(theme)
    across, down = theme.width / A5[0], theme.height / A5[1]
    return Margins(
        round(design.inner * across, 3),
        round(design.top * down, 3),
        round(design.outer * across, 3),
        round(design.bottom * down, 3),
    )


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
    letters = measure / (theme.base * script.size * CHARACTER)
    return bool(script.justify) and letters >= script.justify
