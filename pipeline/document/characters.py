"""The characters of a piece of a document, without its markup."""

from collections.abc import Iterable

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
from pipeline.document.inlines import Break, Code, Container, Inline, Picture, Text


def plain(inlines: Iterable[Inline]) -> str:
    """The characters of some inlines: no markup, no notes, a break as a space."""
    parts = []
    for inline in inlines:
        match inline:
            case Text(value) | Code(value):
                parts.append(value)
            case Container(children=children):
                parts.append(plain(children))
            case Break():
                parts.append(" ")
            case Picture(alternative=alternative):
                parts.append(alternative)
    return "".join(parts)


SOFT_HYPHEN = "\u00ad"


def label_text(inlines: Iterable[Inline]) -> str:
    """The characters of some inlines as a name outside of the text: in metadata, a list of contents, a running
    head. White space is one space, and where words may be divided is not told: no reader of a name asks."""
    return " ".join(plain(inlines).replace(SOFT_HYPHEN, "").split())


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
