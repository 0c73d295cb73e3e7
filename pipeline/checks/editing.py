"""The judge of editing: what was read stands in the book, and nothing else, but for the changes listed.

Between a reader and a writer stand our own passes: what finds titles and headings, what aligns texts, what
sets typography. The judge of reading asks for the letters of the file, and fidelity takes the book for
granted; this one holds each block of the book against the same block as its reader gave it, character by
character: titles, headings, cells, captions, notes, code, and what stands in attributes (alternative texts,
titles and addresses of links, dates). It knows the tree by its fields alone, so that a kind of block that
is new is judged like any other.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from enum import Enum
from pathlib import PurePath
from typing import Any

from pipeline.checks.amended import LINE_END, leads
from pipeline.checks.fidelity.alignment import Difference, differences, longest_rise
from pipeline.checks.fidelity.differences import ink_count, named, told
from pipeline.checks.fidelity.judge import percent
from pipeline.checks.names import JudgeName
from pipeline.checks.subjects import Reference, Subject
from pipeline.checks.verdicts import Finding, Result, Verdict
from pipeline.document import (
    Amendment,
    Block,
    Book,
    Break,
    Code,
    Date,
    Inline,
    Link,
    Note,
    NoteMark,
    Picture,
    Text,
    Translation,
    block_text,
    is_line,
    placed,
)
from pipeline.errors import LostTextError, Origin
from pipeline.readers.draft import Draft
from pipeline.typography.characters import OBJECT_REPLACEMENT, PARAGRAPH_SEPARATOR

NAME = JudgeName.EDITING
PLACES = 3
"""How many findings an error tells; all are counted."""

NO_TEXT = frozenset(("slug", "media_type"))
"""Fields of characters that say nothing to a reader."""

Fact = tuple[str, str]
"""Something that stands in an attribute: what it is, and its characters."""


@dataclass(slots=True)
class Kept:
    """What stands at one place of a source: ``lines`` of characters, ``facts``, and the ``dates`` that are
    marked up."""

    lines: list[str] = field(default_factory=list)
    facts: list[Fact] = field(default_factory=list)
    dates: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The lines as one string, with :data:`LINE_END` between them."""
        return LINE_END.join(self.lines)

    def add_fact(self, name: str, value: str) -> None:
        """Note something that stands in an attribute. Nothing is noted where ``value`` is empty, or where the
        last fact is the same."""
        # A pass may part a link in two, which is still one.
        if value and (not self.facts or self.facts[-1] != (name, value)):
            self.facts.append((name, value))


@dataclass(frozen=True, slots=True)
class Compared:
    """How many characters were read, how many of them are in the book, and what is wrong."""

    wanted: int
    kept: int
    findings: tuple[Finding, ...]


def assure(drafts: Sequence[Draft], book: Book) -> None:
    """Make sure that a book says what its texts say, before anything is made of it.

    ``drafts`` are what was read of each translation, in the book's order. Raises
    :class:`~pipeline.errors.LostTextError` where a pass lost, added or changed something.
    """
    for draft, translation in zip(drafts, book.translations, strict=True):
        found = compare(draft, translation, book).findings
        if found:
            rest = len(found) - PLACES
            more = f"; and {rest} more" if rest > 0 else ""
            raise LostTextError(
                f"the book does not say what was read: "
                f"{'; '.join(each.what for each in found[:PLACES])}{more}",
                at=found[0].at or draft.origin,
                cure="this is a defect of Pentapla: please report it, with the text if you can",
            )


def judge(subject: Subject, reference: Reference) -> Result:
    """Compare what was read of a source file with what the book has of it."""
    draft, translation = next(
        pair
        for pair in zip(reference.drafts, reference.book.translations, strict=True)
        if pair[1].tag == subject.tags[0]
    )
    found = compare(draft, translation, reference.book)
    return Result(
        subject.name,
        NAME,
        Verdict.FAILED if found.findings else Verdict.PASSED,
        (f"{translation.tag} {percent(found.kept, found.wanted)}",),
        findings=found.findings,
    )


def compare(draft: Draft, translation: Translation, book: Book) -> Compared:
    """Hold a translation of a book against what was read of its file."""
    title = (draft.title,) if draft.title else ()
    read, in_order = gathered((*title, *draft.blocks, *draft.notes))
    made, made_in_order = gathered((*_without_name(draft, translation, book), *translation.notes))
    listed: dict[Origin, list[Amendment]] = {}
    for each in book.amendments:
        listed.setdefault(each.at, []).append(each)
    findings: list[Finding] = []
    wanted = kept = 0
    for origin, one in read.items():
        other = made.get(origin, Kept())
        wanted += ink_count(one.text)
        gaps = _gaps(one.text, listed.get(origin, ()), other.text)
        kept += ink_count(one.text) - sum(ink_count(one.text[gap.start : gap.end]) for gap in gaps)
        findings += [Finding(told(gap, one.text, other.text), origin, rule=NAME) for gap in gaps]
        findings += [Finding(what, origin, rule=NAME) for what in _wrong_facts(one, other)]
    for origin, other in made.items():
        if origin not in read:
            what = f"added {named(other.text or str(other.facts))}, which was not read"
            findings.append(Finding(what, origin, rule=NAME))
    findings += _misplaced(in_order, made_in_order, read)
    findings += _wrong_data(draft, translation)
    return Compared(wanted, kept, tuple(findings))


def _without_name(draft: Draft, translation: Translation, book: Book) -> Iterator[Block]:
    """The blocks of a translation, without a title that is the file's name: a text without a title is named
    after its file, which is told among the inferences."""
    blocks = list(translation.blocks())
    name = PurePath(draft.origin.path).name.split(".")[0]
    told_so = any(
        each.startswith(f"{draft.origin.path}: ") and f"“{name}”" in each
        for each in book.inferences
    )
    if told_so and blocks[0].origin == draft.origin and block_text(blocks[0]) == name:
        del blocks[0]
    yield from blocks


def _gaps(read: str, amendments: Sequence[Amendment], made: str) -> list[Difference]:
    """What is not the same in a text and in what was made of it, where its amendments do not explain it."""
    if leads(read, amendments, made):
        return []
    # Amendments that were not made are wrong as well, and then there may be no difference to show.
    return differences(read, made) or [Difference(0, len(read), 0, len(made))]


def _wrong_facts(read: Kept, made: Kept) -> Iterator[str]:
    if read.facts != made.facts:
        for name, value in read.facts:
            if (name, value) not in made.facts:
                yield f"lost the {name} {named(value)}"
        for name, value in made.facts:
            if (name, value) not in read.facts:
                yield f"added the {name} {named(value)}, which was not read"
        if sorted(read.facts) == sorted(made.facts):
            yield f"the attributes stand in another order: {[value for _, value in made.facts]}"
        elif set(read.facts) == set(made.facts):
            yield f"an attribute is there more often or less often than it was read: {made.facts}"
    at = 0
    for date in made.dates:
        at = read.text.find(date, at)
        if at < 0:
            yield f"marked as the date {named(date)}, which was not read"
            return
        at += len(date)


def _misplaced(
    read: Sequence[Origin], made: Sequence[Origin], texts: Mapping[Origin, Kept]
) -> Iterator[Finding]:
    """Blocks that stand where others should."""
    places = {origin: at for at, origin in enumerate(dict.fromkeys(read))}
    there = [origin for origin in dict.fromkeys(made) if origin in places]
    in_order = set(longest_rise([places[origin] for origin in there]))
    for at, origin in enumerate(there):
        if at not in in_order:
            what = f"{named(texts[origin].text)} stands at another place than it was read at"
            yield Finding(what, origin, rule=NAME)


def _wrong_data(draft: Draft, translation: Translation) -> Iterator[Finding]:
    """What is known of a text beside its blocks."""
    if translation.authors != draft.authors:
        what = f"the authors are {translation.authors}, and {draft.authors} were read"
        yield Finding(what, draft.origin, rule=NAME)
    date = translation.date
    if draft.date and date != draft.date:
        yield Finding(f"the date is {date}, and {draft.date} was read", draft.origin, rule=NAME)
    elif date and not draft.date and not any(date in block_text(each) for each in draft.blocks):
        yield Finding(f"the date is {date}, which was not read", draft.origin, rule=NAME)


# --- the tree ---------------------------------------------------------------------------------------


def gathered(nodes: Iterable[Block | Note]) -> tuple[dict[Origin, Kept], list[Origin]]:
    """What some blocks and notes hold, by the place that it was read at, and the places in their order."""
    out: dict[Origin, Kept] = {}
    order: list[Origin] = []
    for origin, value in _kept(tuple(nodes)):
        out.setdefault(origin, Kept())
        order.append(origin)
        _keep(value, out[origin])
    return out, order


def _kept(tree: object) -> Iterator[tuple[Origin, Any]]:
    """Every line of inlines, every inline that stands by itself and every field of characters in a tree, each
    with its place."""
    for node, near in placed(tree, whole=Inline):
        for each in () if isinstance(node, Inline) else fields(node):
            value = getattr(node, each.name)
            if isinstance(value, Inline):
                yield near, (value,)
            elif is_line(value) or (_is_text(value) and each.name not in NO_TEXT):
                yield near, value


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and not isinstance(value, Enum)


def _keep(value: Any, kept: Kept) -> None:
    if isinstance(value, str):
        kept.lines += [value] if value else []
        return
    shown = "".join(_shown(value, kept))
    kept.lines += [shown] if shown else []


def _shown(inlines: Iterable[Inline], kept: Kept) -> Iterator[str]:
    """The characters of a line; what stands in attributes is added to ``kept``."""
    for inline in inlines:
        match inline:
            case Text(value) | Code(value):
                yield value
                continue
            case Break():
                yield PARAGRAPH_SEPARATOR
            case NoteMark(number=number):
                yield OBJECT_REPLACEMENT
                kept.facts.append(("note", str(number)))
                continue
            case Picture():
                yield OBJECT_REPLACEMENT
            case Date(iso=iso):
                kept.dates.append(iso)
                yield from _shown(inline.children, kept)
                continue
        # Links inside the text lead to names of headings, which only the book gives.
        inside = isinstance(inline, Link) and inline.target.startswith("#")
        for each in fields(inline):
            found = getattr(inline, each.name)
            if each.name == "children":
                yield from _shown(found, kept)
            elif _is_text(found) and not (inside or each.name in NO_TEXT):
                kept.add_fact(f"{each.name} of a {inline.kind}", found)
