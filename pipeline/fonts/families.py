"""Families: the rows of ``languages.toml``, and which of them a script is set in.

Only faces that are declared there are ever used, each under one family name and style.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pipeline.errors import FontError, Origin
from pipeline.fonts.sources import (
    BOLD,
    REGULAR,
    STYLES,
    Place,
    Registry,
    Source,
    Style,
    characters,
    forget,
    sources,
    static_file,
    without,
)
from pipeline.languages import Script, script, table, writing_systems


@dataclass(frozen=True, slots=True)
class Family:
    """A type family: ``key`` is its row in ``languages.toml``, ``name`` its name in style sheets."""

    key: str
    name: str
    sources: tuple[Source, ...]
    """The packages that have it, in the order in which they are looked for."""
    misdrawn: tuple[tuple[str, str], ...] = ()
    """Characters that it draws as others, each with the key of the family that draws it instead."""

    @property
    def source(self) -> Source | None:
        """The package that it is taken from; None where none is installed."""
        return _source(self.key)

    @property
    def there(self) -> bool:
        """Whether it is installed."""
        return self.source is not None

    @property
    def styles(self) -> tuple[Style, ...]:
        """The styles that there is a file for."""
        return tuple(style for style in STYLES if self._place(style) is not None)

    @property
    def package(self) -> str:
        """The package that it is taken from, or could be."""
        return (self.source or self.sources[0]).package

    def from_registry(self, registry: Registry) -> Source | None:
        """The package of a registry that has it."""
        return next((each for each in self.sources if each.registry is registry), None)

    def file(self, style: Style) -> Path:
        """The font file of a style, with that style alone. Raises :class:`FontError` where there is none."""
        found = self._place(style)
        if found is None:
            raise FontError(
                f"the family {self.name} has no style {style.key}",
                cure=f"install its package again: {(self.source or self.sources[0]).command}",
            )
        file = static_file(found, style)
        wrong = "".join(char for char, _ in self.misdrawn)
        return without(file, wrong) if wrong else file

    def nearest(self, style: Style) -> Style:
        """The style that stands in for one that there is no file for; nothing is slanted or thickened."""
        if style in self.styles:
            return style
        upright = BOLD if style.weight == BOLD.weight else REGULAR
        return upright if upright in self.styles else REGULAR

    def original(self, style: Style) -> Path:
        """The file of its package that a style is in."""
        found = self._place(style)
        return self.file(style) if found is None else found.path

    def characters(self) -> frozenset[int]:
        """The code points that its regular style draws."""
        found = self._place(REGULAR)
        return _characters(self.key, found) if found else frozenset()

    def licence(self) -> str:
        """The text of its licence. Raises :class:`FontError` where it is not installed."""
        if self.source is None:
            raise _missing(self, None)
        return self.source.licence()

    def _place(self, style: Style) -> Place | None:
        return _place(self.key, style)


@cache
def _place(key: str, style: Style) -> Place | None:
    source = _source(key)
    return source.place(style) if source else None


@cache
def _characters(key: str, place: Place) -> frozenset[int]:
    return characters(place) - {ord(char) for char, _ in declared(key).misdrawn}


@cache
def _source(key: str) -> Source | None:
    return next((each for each in declared(key).sources if each.place(REGULAR)), None)


@cache
def declared(key: str) -> Family:
    """The family of a row, installed or not."""
    row = table().families[key]
    return Family(key, row.name, sources(row), tuple(row.misdrawn.items()))


def look_again() -> None:
    """Forget which families are installed, after some packages were."""
    forget()
    _source.cache_clear()
    _place.cache_clear()


def _missing(found: Family, at: Origin | None) -> FontError:
    return FontError(
        f"the typeface {found.name} is not installed",
        at=at,
        cure=f"install its package: {' or '.join(each.command for each in found.sources)}",
    )


def family(key: str, at: Origin | None = None) -> Family:
    """The family of a row. Raises :class:`FontError` where its package is not installed; ``at`` is
    the text that needs it.
    """
    found = declared(key)
    if not found.there:
        raise _missing(found, at)
    return found


# --- which families a script is set in ----------------------------------------------------------------


def choices(key: str) -> tuple[Family, ...]:
    """A family and those that stand in for it where it is not installed, best first."""
    return tuple(map(declared, (key, *table().families[key].instead)))


def chosen(key: str) -> Family:
    """The family that is used for a row: itself, or the first that is installed of those that stand in for it;
    itself where none is."""
    every = choices(key)
    return next((each for each in every if each.there), every[0])


def stack(writing: Script, at: Origin | None = None) -> tuple[Family, ...]:
    """The families of a script, best first. Raises :class:`FontError` where one is not installed."""
    return tuple(dict.fromkeys(family(chosen(key).key, at) for key in writing.families))


def stack_there(writing: Script) -> tuple[Family, ...]:
    """Those families of a script that are installed, best first."""
    every = dict.fromkeys(map(chosen, writing.families))
    return tuple(each for each in every if each.there)


def every_family() -> Iterator[Family]:
    """Every family of the table that is installed."""
    return (each for each in map(declared, table().families) if each.there)


def standing_in(char: str, families: Iterable[Family]) -> Iterator[Family]:
    """The families that draw a character in the place of those that would draw it as another, best first."""
    for each in families:
        if other := dict(each.misdrawn).get(char):
            yield chosen(other)


def made_for(member: str) -> tuple[Family, ...]:
    """The families of the writing systems that use a script of Unicode, installed or not, best first."""
    systems = writing_systems(member)
    keys = dict.fromkeys(key for code in systems for key in script(code).families)
    return tuple(dict.fromkeys(chosen(key) for key in keys))


def code_families() -> tuple[Family, ...]:
    """The families that code is set in; what they lack comes from those of the text around it."""
    return tuple(map(family, table().code.families))


def emoji_family() -> Family:
    """The family that emoji are drawn in."""
    return family(table().emoji)
