"""Which characters a document draws with which face: what a subset must hold."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from pipeline.document import (
    Code,
    CodeBlock,
    Emphasis,
    Heading,
    Node,
    Paragraph,
    Picture,
    Role,
    Run,
    Strong,
    Table,
    Text,
    Translation,
    inside,
)
from pipeline.fonts import (
    BOLD,
    REGULAR,
    Family,
    Style,
    drawable,
    draws_emoji,
    parts,
    style_of,
)
from pipeline.languages import EmphasisStyle, Language, Script

# Drawn by style sheets and not by any text: bullets, numbers of lists, pages and notes, arrows.
FRAME_CHARACTERS = "0123456789.•–·←→-‐…"

Stacks = Mapping[str, tuple[Family, ...]]


@dataclass(slots=True)
class Usage:
    """Characters by face, gathered text by text."""

    stacks: Stacks
    code: tuple[Family, ...] = ()
    """The families that code is set in before those of the text."""
    emoji: Family | None = None
    """The family that draws emoji."""
    faces: dict[tuple[Family, Style], set[str]] = field(default_factory=lambda: defaultdict(set))

    def add(self, text: str, script: Script, style: Style = REGULAR, *, code: bool = False) -> None:
        """Note that a script's families, or before them those of code, draw some characters in a style."""
        families = (*(self.code if code else ()), *self.stacks.get(script.code, ()))
        if self.emoji is None:
            self._add(text, families, style)
            return
        for part, is_emoji in parts(text):
            if is_emoji and draws_emoji(part, self.emoji):
                self.faces[self.emoji, self.emoji.nearest(style)].update(part)
            else:
                self._add(part, families, style)

    def _add(self, text: str, families: tuple[Family, ...], style: Style) -> None:
        # Browsers take the first face that draws a character, if need be by its parts.
        for char in set(text):
            for family in families:
                if drawable(char, [family]):
                    self.faces[family, family.nearest(style)].add(char)
                    break

    def add_frame(self, language: Language) -> None:
        """Note the words and signs of the frame in a language."""
        for style in (REGULAR, BOLD):
            self.add(FRAME_CHARACTERS, language.script, style)
            for key, word in language.words.items():
                self.add(word, language.language_of(key).script, style)
            self.add_name(language, style)

    def add_name(self, language: Language, style: Style) -> None:
        """Note the name of a language."""
        self.add(language.autonym, language.language_of("name").script, style)

    def add_translation(self, translation: Translation) -> None:
        """Note every character of a translation, in the style that templates show it in."""
        self._walk(translation, translation.language.script)
        self.add_frame(translation.language)

    def _walk(
        self, node: object, script: Script, *, bold: bool = False, italic: bool = False
    ) -> None:
        """Note what a tree shows. Kinds of nodes are named here where they show it in a style of their own."""
        own = node if isinstance(node, Run) else getattr(node, "other_way", None)
        script = own.script if own is not None and own.script is not None else script
        match node:
            case Text(value):
                self.add(value, script, style_of(bold=bold, italic=italic))
            case Code(value) | CodeBlock(value=value):
                self.add(value, script, style_of(bold=bold, italic=False), code=True)
            case Picture(alternative=alternative):
                self.add(alternative, script)  # shown where pictures are not
            case Emphasis():
                slants = script.emphasis is EmphasisStyle.SLANT
                bold, italic = bold or not slants, italic or slants
            case Strong():
                bold = True
            case Heading(inlines=inlines):
                self._walk(inlines, script, bold=True)
                bold = False  # contents and running heads
            case Paragraph(role=role):
                bold = role is Role.LABEL
            case Table(header=header, rows=rows):
                self._walk(header, script, bold=True)
                node = rows
        alone: tuple[object, ...] = node if isinstance(node, tuple) else ()
        for each in inside(node).values() if isinstance(node, Node) else alone:
            self._walk(each, script, bold=bold, italic=italic)
