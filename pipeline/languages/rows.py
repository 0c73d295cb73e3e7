"""The rows of ``languages.toml``, as values. What a key means is said there."""

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple, TypeVar

FILE = Path(__file__).with_name("languages.toml")

DEFAULT = "default"
"""The row that holds for scripts without one of their own."""

Row = TypeVar("Row")
Words = Mapping[str, str]
"""Words by their keys, or characters and keys of rows by each other."""


class EmphasisStyle(StrEnum):
    """How a script shows emphasis."""

    SLANT = "slant"
    WEIGHT = "weight"


@dataclass(frozen=True, slots=True)
class FamilyRow:
    """A type family, its packages, and its files in them by the keys of styles."""

    name: str
    debian: str = ""
    files: Words = field(default_factory=dict)
    face: str | None = None
    package: str = ""
    packaged: Words = field(default_factory=dict)
    packaged_face: str | None = None
    instead: tuple[str, ...] = ()
    misdrawn: Words = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PackageRow:
    """A package of typefaces; ``version`` is empty where any will do."""

    megabytes: float
    licence: str
    version: str = ""


@dataclass(frozen=True, slots=True)
class CodeRow:
    """What code is set in."""

    families: tuple[str, ...]
    size: float
    asked: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ScriptRow:
    """How a script is set, with what its own row leaves to another one."""

    families: tuple[str, ...]
    companion: str
    size: float
    leading: float
    leading_marked: float
    display: float
    heading: float
    emphasis: EmphasisStyle
    hyphenate: bool
    justify: int
    ends: str
    cased: bool
    upright: bool
    like: str = ""


@dataclass(frozen=True, slots=True)
class Syllables:
    """What is seen of syllables in a script."""

    closing: str = ""
    inside: str = ""
    begins: str = ""
    ends: str = ""


@dataclass(frozen=True, slots=True)
class BreaksRow:
    """How lines break in scripts that write no spaces between words."""

    by_rule: tuple[str, ...]
    unknown_to_engine: tuple[str, ...]
    never_first: str
    never_last: str
    dictionary: Words
    syllables: Mapping[str, Syllables]


class Separators(NamedTuple):
    """The signs that go with the digits of a numbering system."""

    group: str
    decimal: str
    percent: str


@dataclass(frozen=True, slots=True)
class Table:
    """The whole of ``languages.toml``."""

    families: Mapping[str, FamilyRow]
    packages: Mapping[str, PackageRow]
    code: CodeRow
    emoji: str
    """The family that draws emoji."""
    scripts: Mapping[str, ScriptRow]
    members: Mapping[str, tuple[str, ...]]
    tells: Words
    manners: Words
    clitics: Mapping[str, tuple[str, ...]]
    breaks: BreaksRow
    digits: Words
    zeros: Words
    separators: Mapping[str, Separators]
    languages: Mapping[str, Words] = field(repr=False)
    accessibility: Mapping[str, Words] = field(repr=False)
    arrangements: Mapping[str, Words] = field(repr=False)


@cache
def table() -> Table:
    """The whole of ``languages.toml``."""
    raw = _frozen(tomllib.loads(FILE.read_text(encoding="utf-8")))
    scripts, breaks = raw["scripts"], raw["breaks"]
    return Table(
        **{
            **raw,
            "families": _rows(FamilyRow, raw["families"]),
            "packages": _rows(PackageRow, raw["packages"]),
            "code": CodeRow(**raw["code"]),
            "emoji": raw["emoji"]["family"],
            "scripts": {code: _script(row, scripts) for code, row in scripts.items()},
            "breaks": BreaksRow(**{**breaks, "syllables": _rows(Syllables, breaks["syllables"])}),
            "separators": _rows(Separators, raw["separators"]),
        }
    )


def _rows(kind: Callable[..., Row], rows: Mapping[str, Any]) -> Mapping[str, Row]:
    return {key: kind(**row) for key, row in rows.items()}


def _script(own: Mapping[str, Any], rows: Mapping[str, Any]) -> ScriptRow:
    row = {**rows[DEFAULT], **rows.get(own.get("like", ""), {}), **own}
    return ScriptRow(**{**row, "emphasis": EmphasisStyle(row["emphasis"])})


def _frozen(value: Any) -> Any:
    match value:
        case dict():
            return MappingProxyType({key: _frozen(each) for key, each in value.items()})
        case list():
            return tuple(value)
    return value
