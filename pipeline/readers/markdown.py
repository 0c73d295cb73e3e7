"""Markdown (CommonMark with tables, strikethrough, footnotes and a front matter), through
markdown-it-py. Raw HTML is text: what the author typed is what the reader sees.
"""

import re
import unicodedata
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import unquote, urlsplit

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.front_matter import front_matter_plugin

from pipeline.document import (
    Align,
    Block,
    Break,
    Cell,
    Code,
    CodeBlock,
    Deleted,
    Emphasis,
    Figure,
    Heading,
    Inline,
    Item,
    Link,
    Listing,
    Note,
    NoteMark,
    Paragraph,
    Picture,
    Quotation,
    Rule,
    Strong,
    Table,
    Text,
    plain,
)
from pipeline.errors import MarkupError, Origin, brief
from pipeline.messages import Message
from pipeline.readers import front_matter, nesting
from pipeline.readers.decoding import LINE_END, PARAGRAPH_END
from pipeline.readers.draft import Draft
from pipeline.readers.front_matter import FrontMatter
from pipeline.readers.images import inspect
from pipeline.readers.nesting import TooDeepError
from pipeline.readers.source import Source

SCHEMES = frozenset(("http", "https", "mailto", "tel"))
ALIGNS = {"text-align:left": Align.START, "text-align:center": Align.CENTER,
          "text-align:right": Align.END}  # fmt: skip


class _Markdown(MarkdownIt):
    """Takes every address for one: which of them a book may hold is said here, with the line, and never by
    printing the markup as text."""

    def validateLink(self, _url: str) -> bool:  # noqa: N802 - the library's name
        return True


def _parser() -> MarkdownIt:
    parser = _Markdown("commonmark", {"html": False}).enable(["table", "strikethrough"])
    return parser.use(front_matter_plugin).use(footnote_plugin)


def read(text: str, source: Source) -> Draft:
    """The blocks of a Markdown text; ``text`` are the characters of ``source``.

    Raises :class:`MarkupError` for a picture that is missing or remote and
    :class:`ConfigurationError` for a front matter that cannot be read.
    """
    return _Conversion(source).draft(text)


def with_newlines(text: str) -> str:
    """The text with line feeds alone at its line ends, which is what CommonMark knows; two at the end of a
    paragraph."""
    return LINE_END.sub(lambda found: "\n\n" if found.group() == PARAGRAPH_END else "\n", text)


@dataclass(slots=True)
class _Conversion:
    """One file on its way from syntax tree to blocks."""

    source: Source
    slugs: Counter[str] = field(default_factory=Counter)
    uses: Counter[int] = field(default_factory=Counter)
    warnings: list[tuple[str, Origin]] = field(default_factory=list)
    added: list[int] = field(default_factory=list)
    """The numbers of the lines that the file has not: the empty ones between paragraphs that U+2029 parts."""

    def draft(self, text: str) -> Draft:
        environment: dict[str, Any] = {}
        self.added = _added_lines(text)
        text = with_newlines(text)
        tree = SyntaxTreeNode(self._parsed(text, environment))
        self._unused_notes(text, environment)
        nodes = list(tree.children)
        matter = FrontMatter()
        if nodes and nodes[0].type == "front_matter":
            matter = front_matter.read(nodes.pop(0).content, self._at, self.source.access.limits)
        notes: tuple[Note, ...] = ()
        body = [node for node in nodes if node.type != "footnote_block"]
        blocks = tuple(self._blocks(body, self.source.at(1)))
        for node in nodes:
            if node.type == "footnote_block":
                notes = tuple(self._notes(node))
        title = None
        if written := matter.said.title:
            at = self._at(matter.lines["title"])
            title = Heading(inlines=(Text(written),), level=0, origin=at)
        return Draft(
            blocks=_with_levels(blocks, has_title=title is not None),
            marked=True,
            origin=self.source.at(1),
            title=title,
            notes=notes,
            language=matter.language,
            date=matter.said.date,
            authors=matter.authors,
            warnings=tuple(self.warnings),
        )

    def _parsed(self, text: str, environment: dict[str, Any]) -> list[Any]:
        limits = self.source.access.limits
        parser = _parser()
        nesting.guard(parser, limits)
        try:
            tokens = parser.parse(text, environment)
            nesting.within(tokens, limits)
        except TooDeepError as error:
            raise nesting.exceeded(limits, error, self._at(error.line + 1)) from error
        return tokens

    def _at(self, line: int) -> Origin:
        """Where a line of what the parser sees stands in the file."""
        return self.source.at(line - bisect_left(self.added, line))

    def _unused_notes(self, text: str, environment: dict[str, Any]) -> None:
        """The parser drops a note that nothing refers to; nothing is dropped in silence here."""
        refs = environment.get("footnotes", {}).get("refs", {})
        unused = {key.removeprefix(":") for key, number in refs.items() if number < 0}
        for number, line in enumerate(text.splitlines(), start=1):
            found = re.match(r"\s*\[\^(?P<label>[^\]]+)\]:", line)
            if found and found["label"] in unused:
                raise MarkupError(
                    f"nothing refers to the note “{found['label']}”: it would be lost",
                    at=self._at(number),
                    cure=f"write [^{found['label']}] in the text where it belongs, or delete it",
                )

    # --- blocks ---------------------------------------------------------------------------

    def _blocks(self, nodes: Sequence[SyntaxTreeNode], near: Origin) -> Iterator[Block]:
        for node in nodes:
            origin = self._at(node.map[0] + 1) if node.map else near
            yield from self._block(node, origin)

    def _block(self, node: SyntaxTreeNode, origin: Origin) -> Iterator[Block]:
        match node.type:
            case "paragraph":
                yield self._paragraph(self._inline_of(node, origin), origin)
            case "heading":
                inlines = self._inline_of(node, origin)
                if not plain(inlines).strip():
                    # No contents could lead to it, and nobody could hear it.
                    yield from self._wordless(inlines, origin)
                    return
                yield Heading(
                    inlines=inlines,
                    level=int(node.tag[1:]),
                    slug=self._slug(plain(inlines)),
                    origin=origin,
                )
            case "bullet_list" | "ordered_list":
                yield self._listing(node, origin)
            case "blockquote":
                yield Quotation(blocks=tuple(self._blocks(node.children, origin)), origin=origin)
            case "fence" | "code_block":
                yield CodeBlock(
                    value=node.content.removesuffix("\n"), info=node.info.strip(), origin=origin
                )
            case "hr":
                yield Rule(origin=origin)
            case "table":
                yield self._table(node, origin)
            case "footnote_anchor":
                pass
            case _:
                raise MarkupError(
                    f"Markdown of the kind “{node.type}” is not known",
                    at=origin,
                    cure="write it as plain paragraphs",
                )

    def _wordless(self, inlines: tuple[Inline, ...], origin: Origin) -> Iterator[Block]:
        """What stands in a heading without words: a picture without a description, or nothing."""
        if not inlines:
            self.warnings.append(("this heading is empty, and left out: write its text", origin))
            return
        what = "this heading has no words, and is set as a paragraph: write some"
        self.warnings.append((what, origin))
        yield self._paragraph(inlines, origin)

    def _paragraph(self, inlines: tuple[Inline, ...], origin: Origin) -> Block:
        if len(inlines) == 1 and isinstance(inlines[0], Picture):
            picture = inlines[0]
            caption = (Text(picture.title),) if picture.title else ()
            return Figure(picture=replace(picture, title=""), caption=caption, origin=origin)
        return Paragraph(inlines=inlines, origin=origin)

    def _listing(self, node: SyntaxTreeNode, origin: Origin) -> Listing:
        items = []
        tight = True
        for child in node.children:
            at = self._at(child.map[0] + 1) if child.map else origin
            items.append(Item(tuple(self._blocks(child.children, at)), at))
            # markdown-it hides the paragraph tokens of a tight list
            tight = tight and all(
                inner.nester_tokens is None or inner.nester_tokens.opening.hidden
                for inner in child.children
                if inner.type == "paragraph"
            )
        start = int(node.attrs.get("start", 1)) if node.type == "ordered_list" else None
        return Listing(items=tuple(items), start=start, tight=tight, origin=origin)

    def _table(self, node: SyntaxTreeNode, origin: Origin) -> Table:
        rows = [
            tuple(self._cell(cell, origin) for cell in row.children)
            for part in node.children
            for row in part.children
        ]
        return Table(header=rows[0], rows=tuple(rows[1:]), origin=origin)

    def _cell(self, node: SyntaxTreeNode, origin: Origin) -> Cell:
        align = ALIGNS.get(str(node.attrs.get("style", "")), Align.NONE)
        return Cell(inlines=self._inline_of(node, origin), align=align)

    def _notes(self, node: SyntaxTreeNode) -> Iterator[Note]:
        for number, child in enumerate(node.children, start=1):
            lines = [each.map[0] + 1 for each in child.children if each.map]
            origin = self._at(lines[0] if lines else 1)
            blocks = tuple(self._blocks(child.children, origin))
            yield Note(number=number, blocks=blocks, origin=origin, uses=self.uses[number])

    # --- inlines --------------------------------------------------------------------------

    def _inline_of(self, node: SyntaxTreeNode, origin: Origin) -> tuple[Inline, ...]:
        return tuple(
            inline
            for child in node.children
            if child.type == "inline"
            for inline in _joined(self._inlines(child.children, origin))
        )

    def _inlines(self, nodes: Sequence[SyntaxTreeNode], origin: Origin) -> Iterator[Inline]:
        line = origin.line or 1
        for node in nodes:
            at = Origin(origin.path, line)
            match node.type:
                case "text" | "text_special":
                    yield Text(node.content)
                case "softbreak":
                    line += 1
                    yield Text("\n")
                case "hardbreak":
                    line += 1
                    yield Break()
                case "code_inline":
                    yield Code(node.content)
                case "em":
                    yield Emphasis(self._children(node, at))
                case "strong":
                    yield Strong(self._children(node, at))
                case "s":
                    yield Deleted(self._children(node, at))
                case "link":
                    yield from self._link(node, at)
                case "image":
                    yield self._picture(node, at)
                case "footnote_ref":
                    number = int(node.meta["id"]) + 1
                    self.uses[number] += 1
                    yield NoteMark(number, self.uses[number])
                case _:
                    yield Text(node.content)

    def _children(self, node: SyntaxTreeNode, at: Origin) -> tuple[Inline, ...]:
        return tuple(_joined(self._inlines(node.children, at)))

    def _link(self, node: SyntaxTreeNode, at: Origin) -> Iterator[Inline]:
        target = str(node.attrs.get("href", ""))
        children = self._children(node, at)
        scheme = urlsplit(target).scheme.lower()
        if scheme in SCHEMES or target.startswith("#"):
            yield Link(children, target, str(node.attrs.get("title", "")))
            return
        # A relative address leads nowhere from inside a book.
        self.warnings.append(
            (f"the link to “{brief(target)}” leads out of the book: kept as text", at)
        )
        yield from children

    def _picture(self, node: SyntaxTreeNode, at: Origin) -> Picture:
        written = str(node.attrs.get("src", ""))
        parts = urlsplit(written)
        if parts.scheme or parts.netloc:
            raise MarkupError(
                f"the picture “{brief(written)}” is not a file: a book loads nothing from elsewhere",
                at=at,
                cure=Message("save it beside ", self.source.at(), " and name the file"),
            )
        name = unquote(parts.path)
        found = inspect(self.source, name, written, at)
        return Picture(
            path=self.source.beside(name),
            alternative=plain(self._children(node, at)) or node.content,
            media_type=found.media_type,
            width=found.width,
            height=found.height,
            title=str(node.attrs.get("title", "")),
            sha256=found.sha256,
            size=found.size,
            words=found.words,
        )

    def _slug(self, text: str) -> str:
        """The name by which links call a heading, as the common Markdown hosts make it."""
        slug = "".join(filter(_stays_in_slug, text.lower())).strip()
        slug = re.sub(r"\s", "-", slug)
        self.slugs[slug] += 1
        count = self.slugs[slug] - 1
        return f"{slug}-{count}" if count else slug


def _added_lines(text: str) -> list[int]:
    ends = [found.group() for found in LINE_END.finditer(text)]
    places = [number for number, end in enumerate(ends, start=1) if end == PARAGRAPH_END]
    return [number + count for count, number in enumerate(places, start=1)]


def _stays_in_slug(char: str) -> bool:
    # Marks are parts of letters: Thai and Hindi names would fall apart without them.
    return char.isspace() or char in "-_" or unicodedata.category(char)[0] in "LMN"


def _joined(inlines: Iterator[Inline]) -> Iterator[Inline]:
    """Neighbouring characters as one :class:`Text`."""
    held = ""
    for inline in inlines:
        if isinstance(inline, Text):
            held += inline.value
            continue
        if held:
            yield Text(held)
            held = ""
        yield inline
    if held:
        yield Text(held)


def _with_levels(blocks: tuple[Block, ...], *, has_title: bool) -> tuple[Block, ...]:
    """Heading levels counted from the title (0): one ``#`` alone, at the top, is the title."""
    tops = [at for at, block in enumerate(blocks) if _level(block) == 1]
    takes_title = not has_title and tops == [0]
    rest = [_level(block) for block in blocks[1 if takes_title else 0 :] if _level(block)]
    shift = min(rest, default=1) - 1
    return tuple(
        replace(block, level=0 if takes_title and at == 0 else block.level - shift)
        if isinstance(block, Heading)
        else block
        for at, block in enumerate(blocks)
    )


def _level(block: Block) -> int:
    return block.level if isinstance(block, Heading) else 0
