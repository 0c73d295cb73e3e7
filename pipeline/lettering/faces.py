"""Which family draws each character of a drawing's text, as the text around the drawing is drawn."""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from fontTools import unicodedata as scripts

from pipeline.fonts import (
    Family,
    drawn_by,
    draws_emoji,
    is_invisible,
    parts,
    style_of,
)
from pipeline.languages import Language, members, table

SHARED = ("Zyyy", "Zinh", "Zzzz")
"""Characters of no script of their own: spaces, digits, most signs; marks that take that of their letter."""


@dataclass(frozen=True)
class Faces:
    """The families of a book, and the language of the text that a drawing stands in."""

    language: Language
    stacks: Mapping[str, tuple[Family, ...]]
    """The families of every script of the book, best first."""
    code: tuple[Family, ...] = ()
    emoji: Family | None = None

    def choose(self, text: str, wanted: Sequence[str]) -> list[tuple[Family, str]]:
        """For each character its family and its script (ISO 15924); ``wanted`` gives, for each, the families
        that the drawing asks for, as CSS lists them."""
        known = self._scripts(text)
        out: list[tuple[Family, str]] = []
        at = 0
        for part, is_emoji in parts(text):
            for char in part:
                own = (
                    self.emoji
                    if is_emoji and self.emoji and draws_emoji(part, self.emoji)
                    else None
                )
                before = out[-1][0] if out and known[at] == out[-1][1] else None
                out.append((own or self._family(char, known[at], wanted[at], before), known[at]))
                at += 1
        return out

    def _scripts(self, text: str) -> list[str]:
        """The script of each character; a shared one takes that of what stands before it, at the beginning of
        what comes."""
        own = [scripts.script(char) for char in text]
        first = next(
            (each for each in own if each not in SHARED), members(self.language.script.code)[0]
        )
        for index, each in enumerate(own):
            if each in SHARED:
                own[index] = own[index - 1] if index else first
        return own

    def _family(self, char: str, script: str, wanted: str, before: Family | None) -> Family:
        families = self._families(script)
        if (
            before is not None
            and before != self.emoji
            and (is_invisible(char) or unicodedata.combining(char))
        ):
            return before
        if _is_code(wanted):
            families = (*self.code, *families)
        return drawn_by(char, families) or families[0]

    def _families(self, script: str) -> tuple[Family, ...]:
        own = self.stacks[self.language.script.code]
        if script in members(self.language.script.code):
            return own
        other = next((stack for code, stack in self.stacks.items() if script in members(code)), ())
        emoji = () if self.emoji is None else (self.emoji,)
        return tuple(dict.fromkeys((*other, *own, *emoji)))


def _is_code(wanted: str) -> bool:
    names = [each.strip(" \"'").lower() for each in wanted.split(",")]
    return any(part in name for part in table().code.asked for name in names)


def file_of(family: Family, *, bold: bool, slanted: bool) -> Path:
    """The file of a family for a style, or of the nearest that it has."""
    return family.file(family.nearest(style_of(bold=bold, italic=slanted)))
