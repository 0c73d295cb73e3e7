"""The characters of a text as markup: what is drawn or broken otherwise stands in elements of its own."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

from markupsafe import Markup, escape

from pipeline.fonts import Family, draws_emoji, parts
from pipeline.typography import addresses, engine
from pipeline.typography.characters import HYPHEN, NON_BREAKING_HYPHEN, WORD_JOINER


@dataclass(frozen=True, slots=True)
class CharacterMarkup:
    """How one text is written in one kind of document."""

    tag: str
    """Its language."""
    press: bool
    """Whether it becomes a PDF."""
    emoji: Family | None
    """The family that draws emoji; None where the book has none."""

    def text(self, value: str, *, marks_addresses: bool) -> Markup:
        """Characters of a line; ``marks_addresses`` says whether those in it are marked."""
        return self._marking_emoji(value, self._addresses if marks_addresses else self._words)

    def code(self, value: str) -> Markup:
        """Characters that no rule of words holds for."""
        return self._marking_emoji(value, lambda part: escape(self._hyphens(part)))

    def _marking_emoji(self, value: str, show: Callable[[str], Markup]) -> Markup:
        """A text with each emoji in an element of its own, so that one face draws all of it."""
        if self.emoji is None:
            return show(value)
        return Markup("").join(
            Markup('<span class="emoji">{}</span>').format(part)
            if is_emoji and draws_emoji(part, self.emoji)
            else show(part)
            for part, is_emoji in parts(value)
        )

    def _addresses(self, value: str) -> Markup:
        return Markup("").join(
            Markup('<span class="{}">{}</span>').format(
                "address long" if len(piece) >= addresses.RAGGED else "address", self._joints(piece)
            )
            if is_address
            else self._words(piece)
            for piece, is_address in addresses.pieces(value)
        )

    def _joints(self, value: str) -> Markup:
        """The characters of an address, with the places at which a line may break; in print the layout engine
        is told otherwise."""
        if self.press:
            return self.code(value)
        ends = (0, *addresses.places(value), len(value))
        return Markup("<wbr/>").join(value[start:end] for start, end in pairwise(ends))

    def _words(self, value: str) -> Markup:
        if not self.press:
            return escape(value)
        return Markup("").join(
            Markup('<span class="whole">{}</span>').format(piece) if torn else escape(piece)
            for piece, torn in engine.pieces(self._hyphens(value), self.tag)
        )

    def _hyphens(self, value: str) -> str:
        if not self.press:
            return value
        # Few faces have U+2011, and the layout engine takes it from any face that does, however it looks
        # beside the text. Browsers mend that themselves.
        return value.replace(NON_BREAKING_HYPHEN, HYPHEN + WORD_JOINER)
