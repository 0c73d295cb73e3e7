"""Several drafts in one language become one: the sheets of a table, the chapters of a book."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from urllib.parse import quote, unquote

from pipeline.document import Block, Heading, Inline, Link, Note, NoteMark, rewrite
from pipeline.errors import Origin
from pipeline.readers.draft import Draft


def join(drafts: Sequence[Draft]) -> Draft:
    """One or more drafts of one language, in the order of the text, as one.

    The title is that of the first. The title of each later one becomes a heading under it, and its own headings
    stand below this. Notes are numbered on, links lead where they led, and everything keeps its origin. Date
    and encoding are those of the first that has any, the authors are those of all.
    """
    first, *others = drafts
    joined = first
    for each in others:
        joined = _appended(joined, each)
    return joined


def _appended(one: Draft, other: Draft) -> Draft:
    offset = max((note.number for note in one.notes), default=0)
    blocks, notes = _moved(_as_part(other), other.notes, offset, _names(one, other))
    return replace(
        one,
        blocks=(*one.blocks, *blocks),
        marked=one.marked or other.marked,
        notes=(*one.notes, *notes),
        language=one.language or other.language,
        date=one.date or other.date,
        authors=tuple(dict.fromkeys((*one.authors, *other.authors))),
        warnings=(*one.warnings, *other.warnings),
        encoding=one.encoding or other.encoding,
        nfc=one.nfc and other.nfc,
    )


def _as_part(draft: Draft) -> tuple[Block, ...]:
    """The blocks of a draft under the title of another: only one heading of a text may be of level 0."""
    blocks = (draft.title, *draft.blocks) if draft.title else draft.blocks
    if not any(isinstance(each, Heading) and each.level == 0 for each in blocks):
        return blocks
    return tuple(
        replace(each, level=each.level + 1) if isinstance(each, Heading) else each
        for each in blocks
    )


def _names(one: Draft, other: Draft) -> Mapping[str, str]:
    """What the headings of a draft are called behind another that has headings of the same names."""
    taken = set(_slugs(one))
    names: dict[str, str] = {}
    for slug in _slugs(other):
        free = (slug, *(f"{slug}-{number}" for number in range(1, len(taken) + 2)))
        names[slug] = next(each for each in free if each not in taken)
        taken.add(names[slug])
    return names


def _slugs(draft: Draft) -> Iterator[str]:
    return (each.slug for each in draft.blocks if isinstance(each, Heading) and each.slug)


def _moved(
    blocks: tuple[Block, ...], notes: tuple[Note, ...], offset: int, names: Mapping[str, str]
) -> tuple[tuple[Block, ...], tuple[Note, ...]]:
    """Blocks and notes whose notes are counted from ``offset``, and whose headings have other names."""

    def change(inline: Inline, _at: Origin) -> tuple[Inline, ...]:
        match inline:
            case NoteMark(number=number):
                return (replace(inline, number=number + offset),)
            case Link(target=target) if target.startswith("#"):
                name = unquote(target[1:])
                if names.get(name, name) != name:
                    return (replace(inline, target=f"#{quote(names[name])}"),)
        return (inline,)

    return (
        tuple(
            replace(each, slug=names.get(each.slug, each.slug))
            if isinstance(each, Heading)
            else each
            for each in rewrite(blocks, change)
        ),
        tuple(replace(each, number=each.number + offset) for each in rewrite(notes, change)),
    )
