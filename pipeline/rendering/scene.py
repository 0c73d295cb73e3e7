"""One translation as one kind of document shows it: what templates call."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from jinja2 import Environment
from markupsafe import Markup

from pipeline.design.columns import least, side, sides, stack
from pipeline.design.fit import AS_IT_COMES, Fit, Fits
from pipeline.design.measure import shortened
from pipeline.document import (
    Block,
    Break,
    Cell,
    Heading,
    Inline,
    Item,
    Link,
    Listing,
    NoteMark,
    Opportunity,
    OtherWay,
    Paragraph,
    Picture,
    Role,
    Run,
    Section,
    Table,
    Text,
    Translation,
    Whole,
    anchor,
    block_text,
    find,
    label_line,
    label_text,
    note_anchor,
    plain,
)
from pipeline.fonts import Family
from pipeline.languages import Direction, Language, Script
from pipeline.rendering.characters import CharacterMarkup
from pipeline.rendering.division import PageBreak
from pipeline.rendering.environment import CONTINUES, framed
from pipeline.rendering.nesting import number_width, step
from pipeline.rendering.words import FrameWords
from pipeline.typography.characters import (
    LEFT_TO_RIGHT_MARK,
    RIGHT_TO_LEFT_MARK,
    SOFT_HYPHEN,
    ZERO_WIDTH_SPACE,
)
from pipeline.typography.vowels import is_vowelled

MARKS = {Direction.LTR: LEFT_TO_RIGHT_MARK, Direction.RTL: RIGHT_TO_LEFT_MARK}

NAMELESS = (NoteMark, Picture, Break)
"""What layout reads of a heading otherwise than names of it have it."""

Fellows = Callable[[Heading], Sequence[tuple[Language, str]]]
"""Links from a heading to the same one in other translations."""


def _is_beside_whole(before: Inline | None, node: Inline, after: Inline | None) -> bool:
    return isinstance(node, Opportunity) and (isinstance(before, Whole) or isinstance(after, Whole))


class Target(StrEnum):
    """A kind of document."""

    PAGE = "page"
    """A web page of one translation."""
    READER = "reader"
    """The web page on which languages stand side by side."""
    PRESS = "press"
    """What becomes a PDF."""
    EPUB = "epub"

    @property
    def form(self) -> str:
        """The format that it is written in."""
        return {Target.PRESS: "pdf", Target.EPUB: "epub"}.get(self, "html")


@dataclass(frozen=True, slots=True)
class Scene:
    """What the templates of blocks and inlines know.

    ``address`` turns an anchor into a link target, ``source`` a picture into an address, and
    ``fellows`` a heading into its translations' links.
    """

    environment: Environment
    target: Target
    translation: Translation
    address: Callable[[str], str]
    source: Callable[[Picture], str]
    fellows: Fellows
    opportunity: str = ""
    """What stands where a line may break between words that no space parts."""
    around: Script | None = None
    """The script of the run that stands around; None right inside a set."""

    breaks: Mapping[str, PageBreak] = field(default_factory=dict)
    """The page breaks, by the anchor of the block that they stand before."""
    emoji: Family | None = None
    """The family that draws the book's emoji; None where it has none."""

    fits: Fits = field(default_factory=dict)
    """In print, the blocks that are not set as they come."""
    foots_notes: bool = False
    """Whether notes stand at the foot of the page."""
    indent: float = 0.0
    """How far the lists and quotations around stand in, in em."""
    item_of: tuple[int, int] | None = None
    """Of a list that stands apart, item by item: which item this is, from 1, and of how many."""
    depth: str = ""
    """The class of the innermost of them, where it stands in less than others."""

    @property
    def rtl(self) -> bool:
        """Whether the translation runs from right to left."""
        return self.translation.language.direction is Direction.RTL

    @property
    def words(self) -> FrameWords:
        """The words of the frame, in the language of the translation."""
        return FrameWords(self.translation.language, xml=self.target is Target.EPUB)

    # --- blocks -----------------------------------------------------------------------------

    def block(self, block: Block) -> Markup:
        """The markup of a block, from the template of its kind; before it the page break, where a page of the
        other publication begins there."""
        depth, indent = step(block, self.indent)
        inside = replace(self, depth=depth, indent=indent)
        markup = self._render(f"blocks/{block.kind}.html", scene=inside, block=block)
        begins = self.breaks.get(self.anchor(block)) if self.begins(block) else None
        if begins is None:
            return markup
        return self._render("parts/page-break.html", page=begins) + Markup("\n") + markup

    def blocks(self, blocks: Sequence[Block]) -> Markup:
        """The markup of several blocks, one after the other."""
        return Markup("\n").join(map(self.block, blocks))

    def section(self, section: Section) -> Markup:
        """The markup of a section with its heading, its blocks and the sections in it."""
        return self._render("parts/section.html", section=section)

    def item(self, listing: Listing, item: Item) -> Markup:
        """The inside of a list item; in a tight list its paragraph is no element of its own, but where it
        runs the other way, or where other blocks follow: beside a bare line before a list the layout engine
        sets the marker of an item from right to left without its space."""
        parts = []
        for block in item.blocks:
            if listing.tight and isinstance(block, Paragraph):
                if block.other_way or len(item.blocks) > 1:
                    parts.append(self._render("parts/tight.html", block=block))
                    continue
                parts.append(self.inline(block.inlines))
            else:
                parts.append(self.block(block))
        return Markup("\n").join(parts)

    def number_width(self, listing: Listing) -> float:
        """The room in em that long numbers of a list need before the text; 0 where they stand in the margin."""
        return 0.0 if self.depth else number_width(listing)

    def mark(self, block: Block) -> Markup:
        """The attribute that names a block, where it has a name; blocks inside others have none. In print
        also that which tells where it comes from."""
        if not self.is_named(block):
            return self.origin(block)
        name = "id" if self.begins(block) else CONTINUES
        return Markup(' {}="{}"').format(name, self.anchor(block)) + self.origin(block)

    def begins(self, block: Block) -> bool:
        """Whether a block has a name, and does not go on with one that has: see :attr:`item_of`."""
        return self.is_named(block) and (self.item_of is None or self.item_of[0] == 1)

    def is_named(self, block: Block) -> bool:
        """Whether a block has a name in the document: the title, and what belongs to a segment."""
        return block.segment != 0 or (isinstance(block, Heading) and block.level == 0)

    def origin(self, node: Block | Item) -> Markup:
        """In print, the attribute that tells where something comes from, for warnings of what does not stand
        on its page; other documents do not get it."""
        if self.target is not Target.PRESS:
            return Markup("")
        return Markup(' data-origin="{}"').format(node.origin.packed())

    def note_origin(self, number: int) -> Markup:
        """In print, the attribute that tells where a note comes from; empty for a note without blocks."""
        note = self.translation.notes[number - 1]
        return self.origin(note.blocks[0]) if note.blocks else Markup("")

    def fit(self, block: Block) -> Fit:
        """How a block is set."""
        return self.fits.get(block.origin, AS_IT_COMES)

    def classes(self, text: str, *names: str, other_way: OtherWay | None = None) -> Markup:
        """The class attribute of a block with some text: its names, and that of vowelled text, which has a
        leading of its own; where it runs the other way, its direction and what its letters tell as well."""
        every = [*filter(None, names)]
        own = other_way.script if other_way else None
        if own is not None:
            every.extend(("other-way", own.css))
        if is_vowelled(text, own or self.translation.language.script):
            every.append("vowelled")
        classes = Markup(' class="{}"').format(" ".join(every)) if every else Markup("")
        return classes + self.run_attributes(other_way)

    def run_attributes(self, other_way: OtherWay | None) -> Markup:
        """The attributes of what runs the other way, but its class."""
        if other_way is None:
            return Markup("")
        parts = [Markup(' dir="{}"').format(other_way.direction)]
        if other_way.language is not None:
            parts.append(self._language(other_way.language))
        return Markup("").join(parts)

    def _language(self, language: Language) -> Markup:
        xml = Markup(' xml:lang="{}"').format(language.tag) if self.target is Target.EPUB else ""
        return Markup(' lang="{}"{}').format(language.tag, xml)

    def names(self, heading: Heading) -> Markup:
        """For print, the name of a heading outside of the text, where that is not its characters: without soft
        hyphens and marks of notes; at the head of a page in two lines at most, and between marks of its
        direction, where it runs the other way."""
        if self.target is not Target.PRESS:
            return Markup("")
        own, name = heading.other_way, label_text(heading.inlines)
        running, mark = shortened(name, self.translation.tag), MARKS[own.direction] if own else ""
        out = Markup("")
        if own or SOFT_HYPHEN in plain(heading.inlines) or any(find(heading.inlines, NAMELESS)):
            out += Markup(' data-name="{}"').format(name)
        if out or running != name:
            out += Markup(' data-running="{0}{1}{0}"').format(mark, running)
        return out

    def inside_of(self, own: OtherWay | None) -> "Scene":
        """The same inside of something that runs the other way."""
        return self.within(own.script) if own is not None and own.script is not None else self

    def sides(self, table: Table) -> tuple[str, ...]:
        """What the cells of each column are aligned by."""
        return sides(table)

    def side(self, table: Table, column: int, cell: Cell) -> str:
        """What a cell of a column is aligned by."""
        return side(table, column, cell)

    def least(self, table: Table) -> tuple[int, ...]:
        """How wide the columns must be on a screen, in em; nothing in print, where they are measured."""
        return () if self.target is Target.PRESS else least(table, self.translation.tag)

    def stack(self, widths: Sequence[int]) -> str:
        """The class of a table that comes apart where a screen is narrower than its columns."""
        return f"stack-{stack(widths)}" if widths else ""

    def anchor(self, block: Block) -> str:
        """The name of a block in the document, such as ``de-12``."""
        return anchor(self.translation, block)

    def is_dateline(self, block: Block) -> bool:
        """Whether a block is a date line."""
        return isinstance(block, Paragraph) and block.role is Role.DATELINE

    # --- inlines ----------------------------------------------------------------------------

    def inline(self, inlines: Sequence[Inline]) -> Markup:
        """The markup of some inlines, which stand in a line one after the other."""
        neighbours = zip((None, *inlines), inlines, (*inlines[1:], None), strict=False)
        return Markup("").join(
            self._beside_whole() if _is_beside_whole(*each) else self._inline(each[1])
            for each in neighbours
        )

    def _beside_whole(self) -> Markup | str:
        """Where a line may break beside an element that keeps its words together. The layout engine asks its
        dictionary within an element alone."""
        return ZERO_WIDTH_SPACE if self.target is Target.PRESS else Markup(self.opportunity)  # noqa: S704

    def _inline(self, node: Inline) -> Markup:
        match node:
            case Text(value):
                # In text from right to left, addresses stand in runs of their own.
                marks = not self.rtl or self.around is not None
                return self._characters.text(value, marks_addresses=marks)
            case Opportunity():
                return Markup(self.opportunity)  # noqa: S704 - one of our own
            case Run(script=own):
                inside = self.within(own or self.around)
                return self._render("inlines/run.html", node=node, inside=inside)
        return self._render(f"inlines/{node.kind}.html", node=node)

    def code(self, value: str) -> Markup:
        """Characters that no rule of words holds for, as the faces of this kind of document draw them."""
        return self._characters.code(value)

    @property
    def _characters(self) -> CharacterMarkup:
        return CharacterMarkup(self.translation.tag, self.target is Target.PRESS, self.emoji)

    def label(self, inlines: Sequence[Inline]) -> Markup:
        """Inlines as a link or a label may hold them: no links, notes, breaks or pictures."""
        return self.inline(label_line(inlines))

    def target_of(self, link: Link) -> str:
        """What the ``href`` of a link is: the address of an anchor of this translation (``#`` and a name), and
        any other target as it is."""
        return self.address(link.target[1:]) if link.target.startswith("#") else link.target

    # --- languages --------------------------------------------------------------------------

    def language_attributes(self, language: Language, kind: str) -> Markup:
        """``lang``, ``dir`` and classes of an element in a language: ``set`` for a block, ``run``
        for a stretch inside a line."""
        xml = Markup(' xml:lang="{}"').format(language.tag) if self.target is Target.EPUB else ""
        return Markup(' lang="{}"{} dir="{}" class="{} {} tint-{}"').format(
            language.tag, xml, language.direction, kind, language.script.css, language.tag
        )

    def as_run(self, language: Language) -> Markup:
        """The attributes of a stretch inside a line in a language: ``lang``, ``dir`` and classes."""
        return self.language_attributes(language, "run")

    def within(self, script: Script | None) -> "Scene":
        """The same inside a run in a script: sizes of further runs are relative to it."""
        return replace(self, around=script)

    def run(self, node: Run) -> Markup:
        """The attributes of a stretch of the other direction: what its letters tell of it."""
        parts = [Markup(' dir="{}"').format(node.direction)]
        if node.language is not None:
            parts.append(self._language(node.language))
        if node.script is not None:
            inside = f" in-{self.around.css}" if self.around else ""
            parts.append(Markup(' class="run {}{}"').format(node.script.css, inside))
        return Markup("").join(parts)

    def fellow_links(self, heading: Heading) -> Markup:
        """Links from a heading to the same one in other translations, as part of the frame; empty where there
        are none."""
        links = self.fellows(heading)
        if not links:
            return Markup("")
        return Markup("\n") + framed(self._render("parts/fellows.html", links=links), "fellows")

    # --- notes ------------------------------------------------------------------------------

    def note_anchor(self, number: int) -> str:
        """The name of a note in the document; ``number`` counts from 1."""
        return note_anchor(self.translation, number)

    def mark_anchor(self, number: int, use: int) -> str:
        """The name of the place that refers to a note; ``use`` counts these places from 1."""
        return f"{self.translation.tag}-noteref-{number}-{use}"

    def note_text(self, number: int) -> Markup:
        """What a note at the foot of a page says, wherever it is called. A paragraph of it that runs the other
        way stays beside the number, as a stretch of its lines."""
        own, note = self.within(None), self.translation.notes[number - 1]
        return Markup("<br/>").join(
            own.inline(block.line) for block in note.blocks if isinstance(block, Paragraph)
        )

    def note_manner(self) -> Markup:
        """The attributes of a note at the foot of a page that is called from what runs the other way."""
        language = self.translation.language
        if self.around is None:
            return Markup("")
        return Markup(' dir="{}"').format(language.direction) + self._language(language)

    def number(self, number: int) -> str:
        """The number of a note as its mark shows it."""
        return str(number)

    def epub_type(self, value: str) -> Markup:
        """The attribute ``epub:type`` with a value in e-books; empty in other documents."""
        if self.target is not Target.EPUB:
            return Markup("")
        return Markup(' epub:type="{}"').format(value)

    def href(self, name: str) -> str:
        """The address that leads to an anchor."""
        return self.address(name)

    def text_of(self, block: Block) -> str:
        """The characters of a block, without markup."""
        return block_text(block)

    def _render(self, template: str, **names: object) -> Markup:
        found = self.environment.get_template(template)
        return Markup(found.render({"scene": self, "words": self.words, **names}).strip())  # noqa: S704
