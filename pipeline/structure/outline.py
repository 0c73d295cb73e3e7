"""The levels of headings: what a bare text lets one infer, and what is declared."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pipeline.document import Block, Heading, Paragraph, block_text
from pipeline.errors import ConfigurationError, Origin
from pipeline.messages import Message


@dataclass(frozen=True, slots=True)
class Announcement:
    """A heading among headings: where it stands, and the number it promises, if any."""

    at: int
    number: int | None


def infer_levels(headings: Sequence[Announcement]) -> dict[int, int]:
    """Levels from the one thing that bare text shows: a heading right under a heading is deeper.

    Where the upper one announces a number ("3 differences"), that many headings belong to it, else
    only the one right under it: nothing tells where the others would end.
    """
    levels: dict[int, int] = {}
    left: list[int] = []
    for index, heading in enumerate(headings):
        while left and left[-1] == 0:
            left.pop()
        levels[heading.at] = 1 + len(left)
        if left:
            left[-1] -= 1
        following = headings[index + 1].at if index + 1 < len(headings) else None
        if following == heading.at + 1:
            rest = len(headings) - index - 1
            promised = heading.number or 1
            left.append(promised if promised <= rest else 1)
    return levels


def declared_levels(
    outline: Mapping[str, int], pivot: Sequence[Block], places: Mapping[str, Origin]
) -> dict[int, int]:
    """The outline of ``book.toml`` by block index of the pivot text.

    A key is a line of the pivot's file, from 1, or the text of one of its lines. Level 1 is a section, 2
    a section in it; 0 says that the line is no heading. Raises :class:`ConfigurationError` for a
    key that is found nowhere, or a level that makes no sense.
    """
    by_line = {block.origin.line: index for index, block in enumerate(pivot)}
    by_text: dict[str, int] = {}
    for index, block in enumerate(pivot):
        by_text.setdefault(block_text(block).strip(), index)
    levels: dict[int, int] = {}
    for key, level in outline.items():
        found = by_text.get(key.strip())
        if found is None and key.strip().isdecimal():
            found = by_line.get(int(key))
        if found is None:
            raise ConfigurationError(
                Message(
                    f"[outline]: “{key}” is neither a line on which a block begins nor a heading of ",
                    Origin(pivot[0].origin.path),
                ),
                at=places.get(key),
                cure="give the line's number, from 1, or its text, character for character",
            )
        if not 0 <= level <= 5:
            raise ConfigurationError(
                f"[outline]: level {level} for “{key}”",
                at=places.get(key),
                cure="levels go from 0 to 5",
            )
        if not isinstance(pivot[found], Paragraph | Heading):
            raise ConfigurationError(
                f"[outline]: what stands at “{key}” is no line of text",
                at=places.get(key),
                cure="name a paragraph or a heading",
            )
        levels[found] = level
    return levels


def skipped(levels: Mapping[int, int]) -> dict[int, int]:
    """The same levels with no step down of more than one, which no list of contents can show."""
    closed: dict[int, int] = {}
    stack: list[int] = []
    for at in sorted(levels):
        while stack and stack[-1] >= levels[at]:
            stack.pop()
        stack.append(levels[at])
        closed[at] = len(stack)
    return closed


def is_heading(block: Block) -> bool:
    """Whether a block is a heading; the title (level 0) is none."""
    return isinstance(block, Heading) and block.level > 0
