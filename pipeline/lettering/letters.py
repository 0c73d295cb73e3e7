"""The characters that a text of a drawing shows, each with where it is told to stand (SVG 2, section 11.5,
steps 1 to 3)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from pipeline.drawings import NAMESPACE
from pipeline.lettering.cascade import Cascade, Style, length, local

BREAKS = re.compile(r"[\t\r\n]")
LISTS = ("x", "y", "dx", "dy", "rotate")
CHILDREN = frozenset(("tspan", "textPath", "a"))
"""What may stand in a text and has text itself. Whatever else stands there shows nothing."""


@dataclass(slots=True)
class Letter:
    """One character. ``slot`` says which piece of text it is of, ``place`` where it is told to stand."""

    char: str
    slot: int
    style: Style
    path: Any = None
    """The <textPath> that it is in."""
    place: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Slot:
    """A piece of text between two tags: that of ``owner`` before its first child, or after ``after``."""

    owner: Any
    after: Any = None


@dataclass(frozen=True, slots=True)
class Span:
    """The letters of an element that says something of where they stand."""

    element: Any
    begin: int
    end: int


@dataclass(slots=True)
class Lettered:
    """A <text>, taken apart."""

    element: Any
    slots: list[Slot] = field(default_factory=list)
    letters: list[Letter] = field(default_factory=list)
    spans: list[Span] = field(default_factory=list)
    viewport: tuple[float, float] = (100.0, 100.0)

    @property
    def value(self) -> str:
        """All its characters as they are shown: cased by its style, white space collapsed."""
        return "".join(each.char for each in self.letters)


def lettered(element: Any, cascade: Cascade) -> Lettered:
    """A <text> of a drawing with its characters."""
    found = Lettered(element, viewport=viewport(element))
    raw: list[Letter] = []
    _walk(element, None, cascade, found, raw)
    kept = _collapsed(raw)
    number = 0
    before = []
    for keep in kept:
        before.append(number)
        number += keep
    before.append(number)
    found.letters = [each for each, keep in zip(raw, kept, strict=True) if keep]
    found.spans = [Span(each.element, before[each.begin], before[each.end]) for each in found.spans]
    for span in found.spans:
        _place(span, found)
    return found


def _walk(node: Any, path: Any, cascade: Cascade, found: Lettered, raw: list[Letter]) -> None:
    style = cascade.style(node)
    if style["display"] == "none":
        return
    path = node if local(node) == "textPath" else path
    begin, index = len(raw), len(found.spans)

    def add(text: str | None, after: Any) -> None:
        found.slots.append(Slot(node, after))
        slot = len(found.slots) - 1
        raw.extend(Letter(char, slot, style, path) for char in _cased(text or "", style))

    add(node.text, None)
    for child in node:
        if local(child) in CHILDREN:
            _walk(child, path, cascade, found, raw)
        add(child.tail, child)
    # Before those inside it: what they say goes over what it says.
    found.spans.insert(index, Span(node, begin, len(raw)))


def _cased(text: str, style: Style) -> str:
    match style["text-transform"]:
        case "uppercase":
            return text.upper()
        case "lowercase":
            return text.lower()
        case "capitalize":
            return re.sub(r"(?<!\w)\w", lambda found: found[0].upper(), text)
    return text


def _collapsed(raw: list[Letter]) -> list[bool]:
    """Which characters are left when white space is collapsed (CSS Text 3, section 4.1): of several spaces one,
    and none at either end."""
    kept = [False] * len(raw)
    last: int | None = None
    for index, each in enumerate(raw):
        each.char = BREAKS.sub(" ", each.char)
        if not may_go(each) or (last is not None and not may_go(raw[last])):
            kept[index], last = True, index
    if last is not None and may_go(raw[last]):
        kept[last] = False
    return kept


def may_go(letter: Letter) -> bool:
    """Whether a character is white space that may be left out."""
    return letter.char == " " and not letter.style.preserves


def _place(span: Span, found: Lettered) -> None:
    for name in LISTS:
        whole = found.viewport[0 if name in ("x", "dx") else 1]
        size = found.letters[span.begin].style.size if span.begin < span.end else 16.0
        values = [
            length(each, size, whole) or 0.0
            for each in span.element.get(name, "").replace(",", " ").split()
        ]
        if name == "rotate" and values:
            values += values[-1:] * (span.end - span.begin - len(values))
        for index, value in zip(range(span.begin, span.end), values, strict=False):
            found.letters[index].place[name] = value


def viewport(element: Any) -> tuple[float, float]:
    """Width and height of what percentages in an element are of."""
    for each in element.iterancestors():
        if local(each) in ("svg", "symbol"):
            box = each.get("viewBox", "").replace(",", " ").split()
            sizes = [length(one, 16.0, 100.0) for one in box[2:4]] if len(box) == 4 else []
            sizes = sizes or [length(each.get(key), 16.0, 100.0) for key in ("width", "height")]
            if all(sizes):
                return sizes[0] or 0.0, sizes[1] or 0.0
    return 300.0, 150.0


def texts(root: Any) -> Iterator[Any]:
    """Every <text> of a drawing, in its order."""
    for each in root.iter(f"{{{NAMESPACE}}}text"):
        if not any(local(above) == "text" for above in each.iterancestors()):
            yield each
