"""The typography of the locale, for books that ask for it: quotation marks, dashes, spaces that do not break.

What a language does is data: ``habits.toml``. Every change is listed with file and line. No rule changes a
letter or a digit, and none looks into code, dates and addresses.
"""

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from babel.core import get_global

from pipeline.document import Amendment, Line, Place, Translation, rewrite_lines
from pipeline.errors import Origin
from pipeline.languages import Language
from pipeline.settings.values import Conventions, TypographySettings
from pipeline.typography.characters import OBJECT_REPLACEMENT
from pipeline.typography.edits import Edit, apply, line_text
from pipeline.typography.quotes import inner_quotes, outer_quotes
from pipeline.typography.tokens import ADDRESSES

TABLE = Path(__file__).with_name("habits.toml")

ADDRESS = re.compile("|".join(ADDRESSES))


@dataclass(frozen=True, slots=True)
class Rule:
    """What is found, and what it becomes; ``name`` stands in the report.

    Where the pattern has groups called ``put`` or ``put2``, these become it, and the rest stays.
    """

    name: str
    find: re.Pattern[str]
    put: str


@dataclass(frozen=True, slots=True)
class Locale:
    """The habits of one locale."""

    quotes: tuple[str, str, str, str]
    space: str
    elisions: frozenset[str]
    rules: tuple[Rule, ...]
    units: tuple[str, ...]
    """Signs and letters behind a number that belong to it."""
    buddhist_era: str | None


@cache
def _table() -> Mapping[str, Mapping[str, Any]]:
    return tomllib.loads(TABLE.read_text(encoding="utf-8"))


def habits_of(language: Language) -> Locale:
    """The habits of a language: its rows, from the default to the most particular."""
    return _habits(language.tag)


@cache
def _habits(tag: str) -> Locale:
    row: dict[str, Any] = {}
    for key in ("default", *_ancestry(tag)):
        row |= _table().get(key, {})
    rules = _table()[row["rules_of"]]["rules"] if row.get("rules_of") else row.get("rules", ())
    opening, closing, inner_opening, inner_closing = row["quotes"]
    return Locale(
        quotes=(opening, closing, inner_opening, inner_closing),
        space=row.get("space", ""),
        elisions=frozenset(row["elisions"]),
        rules=tuple(Rule(each["name"], re.compile(each["find"]), each["put"]) for each in rules),
        units=tuple(row["units"]),
        buddhist_era=row.get("buddhist_era") or None,
    )


def _ancestry(tag: str) -> Iterator[str]:
    """A tag and what it inherits from, the most general first: es, es-419, es-MX."""
    parts = tag.split("-")
    parent = get_global("parent_exceptions").get(tag.replace("-", "_"))
    chain = ["-".join(parts[: count + 1]) for count in range(len(parts))]
    if parent and parent != "root":
        chain.insert(-1, str(parent).replace("_", "-"))
    yield from dict.fromkeys(chain)


def settle(
    translation: Translation, settings: TypographySettings, amendments: list[Amendment]
) -> Translation:
    """The translation with the marks and spaces of its locale, where the book asks for that."""
    if settings.conventions is not Conventions.LOCALE:
        return translation
    found = habits_of(translation.language)

    def change(inlines: Line, place: Place) -> Line:
        for edits_of in (lambda text: _quotes(text, found), *map(_by_rule, found.rules)):
            text = line_text(inlines)
            seen = ADDRESS.sub(lambda each: OBJECT_REPLACEMENT * len(each.group()), text)
            edits = [edit for edit in edits_of(seen) if text[edit.start : edit.end] != edit.after]
            amendments.extend(_told(edits, text, place.origin))
            inlines = apply(inlines, edits)
        return inlines

    return rewrite_lines(translation, change)


def _by_rule(rule: Rule) -> Callable[[str], Iterator[Edit]]:
    groups: list[str | int] = [*sorted(rule.find.groupindex)] or [0]

    def edits(text: str) -> Iterator[Edit]:
        for found in rule.find.finditer(text):
            for group in groups:
                start, end = found.span(group)
                after = found.expand(rule.put)
                if end == start:  # an insertion: the character before it becomes two
                    start, after = start - 1, text[start - 1] + after
                if OBJECT_REPLACEMENT not in text[start:end]:
                    yield Edit(start, end, after, rule.name)

    return edits


def _quotes(text: str, locale: Locale) -> Iterator[Edit]:
    """The outer marks of a line, and the inner ones between them, in order."""
    outer = outer_quotes(text, locale.quotes, locale.space)
    inner = inner_quotes(text, outer, locale.quotes, locale.elisions)
    yield from sorted((*outer, *inner), key=lambda edit: edit.start)


def _told(edits: list[Edit], text: str, at: Origin) -> Iterator[Amendment]:
    for edit in edits:
        yield Amendment(at, edit.rule, _shown(text, edit), _shown_after(text, edit))


def _shown(text: str, edit: Edit, around: int = 12) -> str:
    return text[max(0, edit.start - around) : edit.end + around]


def _shown_after(text: str, edit: Edit, around: int = 12) -> str:
    before = text[max(0, edit.start - around) : edit.start]
    return before + edit.after + text[edit.end : edit.end + around]
