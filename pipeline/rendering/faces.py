"""Which characters a document draws with which face: what a subset must hold."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from pipeline.document import (
    Cell,
    Code,
    CodeBlock,
    Container,
    Emphasis,
    Figure,
    Heading,
    Inline,
    Item,
    Listing,
    Note,
    Paragraph,
    Picture,
    Quotation,
    Role,
    Run,
    Section,
    Strong,
    Table,
    Text,
    Translation,
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
        script = translation.language.script
        for node in (
            translation.title,
            translation.front,
            translation.sections,
            translation.notes,
        ):
            self._walk(node, script, bold=False, italic=False)
        self.add_frame(translation.language)

    # One flat match over the kinds of nodes: long, and simple.
    def _walk(  # noqa: C901
        self, node: object, script: Script, *, bold: bool, italic: bool
    ) -> None:
        own = getattr(node, "other_way", None)
        if own is not None and own.script is not None:
            script = own.script
        match node:
            case tuple():
                for child in node:
                    self._walk(child, script, bold=bold, italic=italic)
            case Text(value):
                self.add(value, script, style_of(bold=bold, italic=italic))
            case Code(value) | CodeBlock(value=value):
                self.add(value, script, style_of(bold=bold, italic=False), code=True)
            case Emphasis(children=children):
                slants = script.emphasis is EmphasisStyle.SLANT
                self._walk(children, script, bold=bold or not slants, italic=italic or slants)
            case Strong(children=children):
                self._walk(children, script, bold=True, italic=italic)
            case Run(children=children, script=own):
                self._walk(children, own or script, bold=bold, italic=italic)
            case Container(children=children):
                self._walk(children, script, bold=bold, italic=italic)
            case Heading(inlines=inlines):
                self._walk(inlines, script, bold=True, italic=False)
                self._walk(inlines, script, bold=False, italic=False)  # contents and running heads
            case Paragraph(inlines=inlines, role=role):
                self._walk(inlines, script, bold=role is Role.LABEL, italic=italic)
            case Figure(picture=picture, caption=caption):
                self._walk(picture, script, bold=bold, italic=italic)
                self._walk(caption, script, bold=bold, italic=italic)
            case Picture(alternative=alternative):
                self.add(alternative, script)  # shown where pictures are not
            case Quotation(blocks=blocks) | Item(blocks=blocks) | Note(blocks=blocks):
                self._walk(blocks, script, bold=bold, italic=italic)
            case Listing(items=items):
                self._walk(items, script, bold=bold, italic=italic)
            case Table(header=header, rows=rows):
                self._walk(header, script, bold=True, italic=False)
                for row in rows:
                    self._walk(row, script, bold=bold, italic=italic)
            case Cell(inlines=inlines):
                self._walk(inlines, script, bold=bold, italic=italic)
            case Section(heading=heading, blocks=blocks, sections=sections):
                self._walk((heading, *blocks, *sections), script, bold=bold, italic=italic)
            case Inline():
                pass
