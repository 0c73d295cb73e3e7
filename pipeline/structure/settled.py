"""Rows of an alignment that whoever makes the book has settled: which blocks of which languages say the same.

A block is named by its beginning or by its line. Its beginning survives most editing: lines move with every
paragraph that is put in above, and then name another block without anybody's noticing; words that are no longer
there are an error, with a cure.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pipeline.document import Block, block_text
from pipeline.errors import ConfigurationError, Origin
from pipeline.messages import Message

Name = int | str
"""A line, counted from 1, or how a block begins."""
CURE = "give the first words of the block, as many as no other begins with, or the line on which it begins"


@dataclass(frozen=True, slots=True)
class Settlement:
    """By the tag of a language the blocks that say the same, in order; none where it has nothing of it.
    ``at`` says where that stands."""

    blocks: Mapping[str, Sequence[Name]]
    at: Mapping[str, Origin]


@dataclass(frozen=True, slots=True)
class SettledRow:
    """By the index of a text its blocks from and to; and the texts that have nothing of it."""

    blocks: Mapping[int, tuple[int, int]]
    lacking: frozenset[int] = frozenset()


def settled(
    entries: Sequence[Settlement], texts: Sequence[Sequence[Block]], tags: Sequence[str]
) -> list[SettledRow]:
    """The rows of entries, for texts in the languages ``tags``; other languages in them are left out.

    Raises :class:`ConfigurationError` for an entry that names no block, or several, or that another
    contradicts.
    """
    rows = []
    known: list[tuple[SettledRow, Settlement]] = []
    for entry in entries:
        blocks: dict[int, tuple[int, int]] = {}
        lacking = set()
        for tag, names in entry.blocks.items():
            if tag not in tags:
                continue
            text = tags.index(tag)
            if names:
                blocks[text] = _range(names, texts[text], entry.at[tag])
            else:
                lacking.add(text)
        row = SettledRow(blocks, frozenset(lacking))
        for other, before in known:
            _demand_order(row, entry, other, before, tags)
        known.append((row, entry))
        rows.append(row)
    return rows


def _range(names: Sequence[Name], text: Sequence[Block], at: Origin) -> tuple[int, int]:
    found = [_found(name, text, at) for name in names]
    if found != list(range(found[0], found[0] + len(found))):
        raise ConfigurationError(
            Message(
                "[[align]]: ",
                Message.joined(" and ", [text[each].origin for each in found]),
                " do not follow each other",
            ),
            at=at,
            cure="name blocks that stand one right after the other, in their order",
        )
    if 0 in found:
        raise ConfigurationError(
            Message("[[align]]: ", text[0].origin, " is the title"),
            at=at,
            cure="leave it out: titles stand beside each other as they are",
        )
    return found[0], found[-1] + 1


def _found(name: Name, text: Sequence[Block], at: Origin) -> int:
    path = Origin(text[0].origin.path)
    if isinstance(name, int):
        found = [index for index, block in enumerate(text) if block.origin.line == name]
        what = Message(f"[[align]]: no block begins on line {name} of ", path)
    else:
        begins = " ".join(name.split())
        found = [
            index
            for index, block in enumerate(text)
            if begins and " ".join(block_text(block).split()).startswith(begins)
        ]
        what = Message(f"[[align]]: no block begins with “{name}” in ", path)
    if not found:
        raise ConfigurationError(what, at=at, cure=CURE)
    if len(found) > 1:
        said = f"on line {name}" if isinstance(name, int) else f"with “{name}”"
        raise ConfigurationError(
            Message(
                f"[[align]]: {len(found)} blocks begin {said}: ",
                Message.joined(", ", [text[each].origin for each in found]),
            ),
            at=at,
            cure=CURE,
        )
    return found[0]


def _demand_order(
    row: SettledRow,
    entry: Settlement,
    other: SettledRow,
    before: Settlement,
    tags: Sequence[str],
) -> None:
    """Two rows have no block in common, and all languages have them in one order."""
    orders: dict[bool, str] = {}
    for text, (begin, end) in row.blocks.items():
        if text not in other.blocks:
            continue
        first, last = other.blocks[text]
        tag = tags[text]
        if begin < last and first < end:
            raise ConfigurationError(
                Message("[[align]]: this block is named by the entry at ", before.at[tag], ", too"),
                at=entry.at[tag],
                cure="let one entry name all that say the same",
            )
        orders[begin < first] = tag
    if len(orders) > 1:
        tag = orders[False]
        raise ConfigurationError(
            Message(
                "[[align]]: what is named by the entry at ",
                before.at[tag],
                f" comes later in {orders[True]} and earlier in {tag}",
            ),
            at=entry.at[tag],
            cure="leave one of them out, or move the text: rows follow each other in all languages alike",
        )
