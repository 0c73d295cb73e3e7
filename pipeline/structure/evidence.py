"""What the look of one line tells of its part in the text."""

import re
from dataclasses import dataclass
from enum import Enum, auto
from statistics import median

from pipeline.document import (
    Block,
    Break,
    Heading,
    Listing,
    Paragraph,
    Table,
    block_text,
)
from pipeline.languages import Language

TITLE_LIMIT = 250
"""The longest title, in characters; a first paragraph beyond it is a paragraph."""
HEADING_LIMIT = 120
HEADING_SHARE = 0.6
"""A heading is shorter than this share of the text's typical paragraph."""
HEADING_SHARE_UNENDED = 0.4
LABEL_LIMIT = 80

DATELINE = re.compile(r"(?P<label>[^:：\n]{1,60})\s?[:：]\s*(?P<value>[^\n]{4,60})")
# A year, or a day, month and year in digits of any script.
YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)|(?<!\d)\d{1,2}[./-]\d{1,2}[./-]\d{2}(?!\d)")

# Closing marks that may stand behind the one that ends a sentence.
CLOSERS = "\"'”’»›)]}』」“‹«"


class Shape(Enum):
    """The part of a block's nature that survives translation and markup alike: a picture or a
    quotation in one text may be a paragraph in another, a table a list."""

    PROSE = auto()
    LISTING = auto()


def shape(block: Block) -> Shape:
    """The shape of a block: lists and tables are listings, all else is prose."""
    return Shape.LISTING if isinstance(block, Listing | Table) else Shape.PROSE


def one_line(block: Block) -> bool:
    """Whether a block is a paragraph on one line of its source."""
    return (
        isinstance(block, Paragraph)
        and not any(isinstance(inline, Break) for inline in block.inlines)
        and "\n" not in block_text(block)
    )


def is_label(block: Block, language: Language) -> bool:
    """Whether a block ends as something that introduces what follows."""
    return isinstance(block, Paragraph) and block_text(block).rstrip().endswith(
        tuple(language.label_ends)
    )


def dateline(block: Block) -> str | None:
    """The date of a ``label: date`` line as it is written, or None."""
    if not one_line(block):
        return None
    match = DATELINE.fullmatch(block_text(block).strip())
    return match["value"].strip() if match and YEAR.search(match["value"]) else None


def announced(block: Block) -> int | None:
    """The number that a heading promises ("3 differences"), in whatever digits."""
    numbers = [
        int(found) for found in re.findall(r"(?<![\d.,])\d{1,2}(?![\d.,])", block_text(block))
    ]
    return numbers[0] if len(numbers) == 1 and 2 <= numbers[0] <= 20 else None


@dataclass(frozen=True, slots=True)
class Reading:
    """One text's opinion of whether its blocks are headings."""

    language: Language
    blocks: tuple[Block, ...]
    marked: bool

    def typical(self) -> float:
        """The median length of a paragraph, in characters."""
        lengths = [len(block_text(block)) for block in self.blocks if isinstance(block, Paragraph)]
        return median(lengths) if lengths else 0.0

    def heading(self, at: int, typical: float) -> float:
        """From -1 (surely not) to 1 (surely): could block ``at`` be a heading?"""
        block = self.blocks[at]
        if self.marked:
            return 1.0 if isinstance(block, Heading) else -1.0
        if not one_line(block) or at == len(self.blocks) - 1:
            return -1.0
        text = block_text(block).strip()
        # Where sentences end without a mark, length is all there is to tell by.
        share = HEADING_SHARE if self.language.script.ends else HEADING_SHARE_UNENDED
        limit = min(HEADING_LIMIT, max(share * typical, 40.0))
        if len(text) > limit or is_label(block, self.language):
            return -1.0
        if self.language.script.ends and text.rstrip(CLOSERS).endswith(
            tuple(self.language.script.ends)
        ):
            return -1.0
        return 1.0 if self.language.script.ends else 0.5
