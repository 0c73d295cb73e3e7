"""The characters of a piece of a document, without its markup."""

from collections.abc import Iterable, Iterator

from pipeline.document.blocks import (
    Block,
    CodeBlock,
    Figure,
    Heading,
    Listing,
    Paragraph,
    Quotation,
    Table,
)
from pipeline.document.inlines import Break, Code, Inline, Link, NoteMark, Picture, Text
from pipeline.document.walk import Line, nodes, rewrite
from pipeline.errors import Origin


def plain(inlines: Iterable[Inline]) -> str:
    """The characters of some inlines: no markup, no notes, a break as a space."""
    parts = []
    for inline in nodes(tuple(inlines)):
        match inline:
            case Text(value) | Code(value):
                parts.append(value)
            case Break():
                parts.append(" ")
            case Picture(alternative=alternative):
                parts.append(alternative)
    return "".join(parts)


SOFT_HYPHEN = "\u00ad"


def divided(text: str, spans: Iterable[tuple[int, int]]) -> Iterator[tuple[str, bool]]:
    """A text in stretches that are not empty, each with whether it is one of the spans, which are in order."""
    done = 0
    for start, end in spans:
        if start > done:
            yield text[done:start], False
        yield text[start:end], True
        done = end
    if done < len(text):
        yield text[done:], False


def label_text(inlines: Iterable[Inline]) -> str:
    """The characters of some inlines as a name outside of the text: in metadata, a list of contents, a running
    head. White space is one space, and where words may be divided is not told: no reader of a name asks."""
    return " ".join(plain(inlines).replace(SOFT_HYPHEN, "").split())


def label_line(inlines: Iterable[Inline]) -> Line:
    """The same with its markup, as a link or a label may hold it: no links, notes, breaks or pictures."""
    return rewrite(tuple(inlines), _labelled)


def _labelled(inline: Inline, _at: Origin) -> Line:
    match inline:
        case NoteMark():
            return ()
        case Break():
            return (Text(" "),)
        case Text(value):
            return (Text(value.replace(SOFT_HYPHEN, "")),)
        case Picture(alternative=alternative):
            return (Text(alternative),)
        case Link(children=children):
            return children
    return (inline,)


def block_text(block: Block) -> str:
    """The characters of a block, with a line feed between the parts of a compound one."""
    match block:
        case Paragraph(inlines=inlines) | Heading(inlines=inlines) | Figure(caption=inlines):
            return plain(inlines)
        case Listing(items=items):
            return "\n".join(block_text(child) for item in items for child in item.blocks)
        case Quotation(blocks=blocks):
            return "\n".join(block_text(child) for child in blocks)
        case Table(header=header, rows=rows):
            return "\n".join(
                "\t".join(plain(cell.inlines) for cell in row) for row in (header, *rows) if row
            )
        case CodeBlock(value=value):
            return value
    return ""
