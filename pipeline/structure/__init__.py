"""From blocks to books: which line is the title, which a heading, what is in which section.

Bare text says nothing of this. Translations of one text say it together: they are read side by
side, and what most of them agree on is held for true. A marked-up text among them decides.
"""

from pipeline.structure.assembly import Member, Structured, StructuredText, structure
from pipeline.structure.settled import Settlement
from pipeline.structure.telling import Doubt, percent

__all__ = [
    "Doubt",
    "Member",
    "Settlement",
    "Structured",
    "StructuredText",
    "percent",
    "structure",
]
