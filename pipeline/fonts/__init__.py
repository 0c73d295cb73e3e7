"""Which faces a book needs, where they come from, what they can draw, and subsets of them.

``sources`` says where files come from, ``families`` which families there are, ``coverage`` what one draws,
``emoji`` what is an emoji, ``needs`` what a book takes and lacks, ``subsets`` makes files for web and e-books.
"""

from pipeline.fonts.coverage import drawable, drawn_by, draws_emoji, is_invisible
from pipeline.fonts.emoji import holds_emoji, parts
from pipeline.fonts.families import (
    Family,
    code_families,
    emoji_family,
    every_family,
    family,
    stack,
    stack_there,
)
from pipeline.fonts.needs import Needs, families_for, needs_of
from pipeline.fonts.sources import BOLD, BOLD_ITALIC, ITALIC, REGULAR, STYLES, Style, style_of
from pipeline.fonts.subsets import subset_face

__all__ = [
    "BOLD",
    "BOLD_ITALIC",
    "ITALIC",
    "REGULAR",
    "STYLES",
    "Family",
    "Needs",
    "Style",
    "code_families",
    "drawable",
    "drawn_by",
    "draws_emoji",
    "emoji_family",
    "every_family",
    "families_for",
    "family",
    "holds_emoji",
    "is_invisible",
    "needs_of",
    "parts",
    "stack",
    "stack_there",
    "style_of",
    "subset_face",
]
