"""Bare text: blocks between empty lines, lists where lines begin with a bullet or a number.

Nothing is said here of headings; a bare text does not tell them from short paragraphs.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from statistics import median

from pipeline.document import Break, Inline, Item, Listing, Paragraph, Text
from pipeline.readers.decoding import LINE_END, PARAGRAPH_END
from pipeline.readers.draft import Draft
from pipeline.readers.source import Source

BULLET = re.compile(r"(?P<indent>\s*)(?P<mark>[•‣⁃◦▪▫●○■□·∙])\s+(?P<text>\S.*)")
# A hyphen, an asterisk or a dash also opens dialogue and asides: one makes a list only beside
# another, on lines that follow each other.
WEAK_BULLET = re.compile(r"(?P<indent>\s*)(?P<mark>[-*–—+])\s+(?P<text>\S.*)")
NUMBER = re.compile(r"(?P<indent>\s*)(?P<mark>0|[1-9][0-9]{0,3})\.\s+(?P<text>\S.*)")

# A block of several lines was wrapped by a machine, not broken by its author, where its lines
# but the last nearly fill the longest line of the text.
WRAPPED_MINIMUM = 45
WRAPPED_SHARE = 0.72


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the source without white space at its end, and its number, from 1."""

    text: str
    number: int


def read(text: str, source: Source) -> Draft:
    """The blocks of a bare text; ``text`` are the characters of ``source``, in NFC.

    Raises :class:`LimitError` for lists that stand too deep in each other.
    """
    chunks = list(_chunks(text))
    wrapped = _is_wrapped(chunks)
    blocks = [block for chunk in chunks for block in _blocks(chunk, source, wrapped=wrapped)]
    return Draft(blocks=tuple(blocks), marked=False, origin=source.at(1))


def _chunks(text: str) -> Iterator[list[Line]]:
    chunk: list[Line] = []
    ends = [*(found.group() for found in LINE_END.finditer(text)), ""]
    before = ""
    for number, (line, end) in enumerate(zip(LINE_END.split(text), ends, strict=True), start=1):
        if chunk and (not line.strip() or (before == PARAGRAPH_END and not _goes_on(chunk, line))):
            yield chunk
            chunk = []
        if line.strip():
            chunk.append(Line(line.rstrip(), number))
        before = end
    if chunk:
        yield chunk


def _goes_on(chunk: list[Line], line: str) -> bool:
    """Whether a line of its own paragraph is the next item of a list."""
    return bool(_marker(chunk[-1].text) and _marker(line))


def _is_wrapped(chunks: list[list[Line]]) -> bool:
    inner = [len(line.text) for chunk in chunks for line in chunk[:-1] if not _marker(line.text)]
    longest = max((len(line.text) for chunk in chunks for line in chunk), default=0)
    return bool(inner) and longest >= WRAPPED_MINIMUM and median(inner) >= WRAPPED_SHARE * longest


def _marker(line: str) -> re.Match[str] | None:
    return BULLET.match(line) or WEAK_BULLET.match(line) or NUMBER.match(line)


def _blocks(chunk: list[Line], source: Source, *, wrapped: bool) -> Iterator[Paragraph | Listing]:
    """A chunk as paragraphs and lists: a list may begin right under its label."""
    plain: list[Line] = []
    at = 0
    while at < len(chunk):
        pattern = _list_at(chunk, at)
        if pattern is None:
            plain.append(chunk[at])
            at += 1
            continue
        if plain:
            yield _paragraph(plain, source, wrapped=wrapped)
            plain = []
        at, listing = _listing(chunk, at, pattern, source)
        yield listing
    if plain:
        yield _paragraph(plain, source, wrapped=wrapped)


def _list_at(chunk: list[Line], at: int) -> re.Pattern[str] | None:
    """The kind of list that begins at a line, if one does."""
    line = chunk[at].text
    if BULLET.match(line):
        return BULLET
    following = chunk[at + 1].text if at + 1 < len(chunk) else ""
    if (mark := WEAK_BULLET.match(line)) and (after := WEAK_BULLET.match(following)):
        return WEAK_BULLET if mark["mark"] == after["mark"] else None
    if (mark := NUMBER.match(line)) and (after := NUMBER.match(following)):
        return NUMBER if int(after["mark"]) == int(mark["mark"]) + 1 else None
    return None


def _listing(
    chunk: list[Line], at: int, pattern: re.Pattern[str], source: Source, level: int = 1
) -> tuple[int, Listing]:
    """The list that begins at a line, and where it ends; ``level`` counts the lists that it stands in, itself
    included."""
    limits = source.access.limits
    if level > limits.nesting:
        raise limits.exceeded("nesting", "this list").at(source.at(chunk[at].number))
    first = pattern.match(chunk[at].text)
    assert first is not None  # noqa: S101 - the caller matched it
    indent = len(first["indent"].expandtabs())
    items: list[Item] = []
    begin = at
    while at < len(chunk):
        mark = pattern.match(chunk[at].text)
        if mark is None or len(mark["indent"].expandtabs()) < indent:
            break
        if pattern is WEAK_BULLET and mark["mark"] != first["mark"]:
            break
        if pattern is NUMBER and int(mark["mark"]) != int(first["mark"]) + len(items):
            break  # HTML would count on: a number of the author's would be lost
        origin = source.at(chunk[at].number)
        lines = [mark["text"]]
        at += 1
        nested: Listing | None = None
        while at < len(chunk) and nested is None:
            text = chunk[at].text
            deeper = len(text.expandtabs()) - len(text.expandtabs().lstrip()) > indent
            inner = _list_at(chunk, at) or (pattern if pattern.match(text) else None)
            if not deeper or inner is None:
                if not deeper or _marker(text):
                    break
                lines.append(text.strip())  # the item goes on, indented under its mark
                at += 1
                continue
            at, nested = _listing(chunk, at, inner, source, level + 1)
        paragraph = Paragraph(inlines=(Text("\n".join(lines)),), origin=origin)
        items.append(Item((paragraph, nested) if nested else (paragraph,), origin))
    start = int(first["mark"]) if pattern is NUMBER else None
    return at, Listing(items=tuple(items), start=start, origin=source.at(chunk[begin].number))


def _paragraph(lines: list[Line], source: Source, *, wrapped: bool) -> Paragraph:
    inlines: list[Inline] = []
    if wrapped:
        inlines.append(Text("\n".join(line.text.strip() for line in lines)))
    else:
        for line in lines:
            if inlines:
                inlines.append(Break())
            inlines.append(Text(line.text.strip()))
    return Paragraph(inlines=tuple(inlines), origin=source.at(lines[0].number))
