"""The one value in the middle: a book, its translations, their blocks. Readers make it,
passes change it, writers take it.

Everything here is frozen. Every block knows where it came from (``origin``) and which segment
it belongs to (``segment``): block *k* of one translation says what block *k* of every other
says. Where texts do not match block by block a segment holds several blocks, and ``part``
counts them.
"""

from pipeline.document.blocks import (
    Align,
    Block,
    Cell,
    CodeBlock,
    Figure,
    Heading,
    Item,
    Listing,
    Paragraph,
    Quotation,
    Role,
    Rule,
    Table,
)
from pipeline.document.book import (
    Book,
    Edition,
    EditionKind,
    Note,
    Provenance,
    Section,
    Theme,
    Translation,
    Warning_,
    anchor,
)
from pipeline.document.characters import block_text, plain
from pipeline.document.inlines import (
    Break,
    Code,
    Container,
    Date,
    Deleted,
    Emphasis,
    Inline,
    Link,
    NoteMark,
    Picture,
    Run,
    Strong,
    Text,
)
from pipeline.document.walk import Change, find, pictures, rewrite, texts

__all__ = [
    "Align",
    "Block",
    "Book",
    "Break",
    "Cell",
    "Change",
    "Code",
    "CodeBlock",
    "Container",
    "Date",
    "Deleted",
    "Edition",
    "EditionKind",
    "Emphasis",
    "Figure",
    "Heading",
    "Inline",
    "Item",
    "Link",
    "Listing",
    "Note",
    "NoteMark",
    "Paragraph",
    "Picture",
    "Provenance",
    "Quotation",
    "Role",
    "Rule",
    "Run",
    "Section",
    "Strong",
    "Table",
    "Text",
    "Theme",
    "Translation",
    "Warning_",
    "anchor",
    "block_text",
    "find",
    "pictures",
    "plain",
    "rewrite",
    "texts",
]
