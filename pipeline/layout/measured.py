"""What the blocks of a text are on an endless page: their lines, and the boxes that these are.

Each translation was laid out on a page of its own that is higher than all of its text. Its blocks are found by
their names; of each the lines are read, and what else a page does not divide: rows of tables, pictures.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from typing import Any

from pipeline.arrangements import Cell, Line
from pipeline.layout.boxes import placed
from pipeline.layout.fit import foot_of

END = 10**9
"""The segment of the notes at the end of a text: after all others."""

LINES_TOGETHER = 2
"""How many lines of a paragraph stand at least on a page where it is divided."""

LEVELS = {f"h{level}": level for level in range(1, 7)}
LISTS = ("ul", "ol")

Key = tuple[int, int]
"""A segment, and in it the item of a list, counted from 1; 0 for all of it."""


@dataclass(frozen=True)
class Part:
    """A line, or what is not divided, as a box; ``paragraph`` tells those of one paragraph from others,
    ``head`` is the head of its table, which is repeated where a page begins with it."""

    box: Any
    paragraph: int
    head: Any = None

    @cached_property
    def is_line(self) -> bool:
        """Whether it is a line of text."""
        return type(self.box).__name__ == "LineBox"


@dataclass(frozen=True)
class Block:
    """The blocks of a translation that say one thing, as they were laid out."""

    boxes: tuple[Any, ...]
    parts: tuple[Part, ...]
    notes: tuple[tuple[Any, ...], ...]
    """The notes that each part refers to, as boxes at the foot of the endless page."""
    tag: str = ""
    """The name of the first element."""
    classes: frozenset[str] = frozenset()

    @property
    def level(self) -> int:
        """The level of the heading that it is, from 1; 0 for any other block."""
        return LEVELS.get(self.tag, 0)

    @property
    def is_listed(self) -> bool:
        """Whether it is a list or a table."""
        return self.tag in LISTS or "table" in self.classes

    @cached_property
    def top(self) -> float:
        """Where its border begins, in px from the head of its page."""
        return float(min(box.border_box_y() for box in self.boxes))

    @cached_property
    def bottom(self) -> float:
        """Where its border ends."""
        return float(max(box.border_box_y() + box.border_height() for box in self.boxes))

    @property
    def _first(self) -> float:
        """The first baseline, which may be that of the head of a table."""
        lines = (
            each
            for box in self.boxes
            for each in box.descendants()
            if type(each).__name__ == "LineBox"
        )
        line = next(lines, None)
        return float(line.position_y + line.baseline) if line else self.top

    def cell(self, gap: float) -> Cell:
        """Its lines, with the space that it wants above it."""
        lines: list[Line] = []
        said = 0
        for at, part in enumerate(self.parts):
            box = part.box
            text = "".join(_texts(box))
            said += len("".join(text.split()))
            top = box.position_y if part.is_line else box.border_box_y()
            bottom = top + (box.height if part.is_line else box.border_height())
            lines.append(
                Line(
                    (self.top if at == 0 else top) - self.top,
                    (self.bottom if at == len(self.parts) - 1 else bottom) - self.top,
                    (self._first if at == 0 else top + _baseline(part)) - self.top,
                    said,
                    part.is_line and _is_broken(box),
                    sum(note.margin_height() for note in self.notes[at]),
                    part.head.border_height() if part.head is not None else 0.0,
                    _used(box) if part.is_line else 0.0,
                )
            )
        return Cell(tuple(lines), tuple(_ends(self.parts)), gap)


@dataclass(frozen=True)
class Measured:
    """A translation on its endless page: its blocks by key, in the order of the text."""

    language: str
    box: Any
    """The box that all of them are in."""
    left: float
    """Where its column begins, in px from the left of its page."""
    blocks: dict[Key, Block] = field(default_factory=dict)
    listed: dict[int, int] = field(default_factory=dict)
    """How many items each list has whose items are blocks of their own, by segment."""

    @property
    def rtl(self) -> bool:
        """Whether it runs from right to left."""
        return bool(self.box.style["direction"] == "rtl")

    def cell(self, key: Key) -> Cell | None:
        """The lines of a block; None where there is none. The gap is that to the block before it."""
        block = self.blocks.get(key)
        return block.cell(self._gap(key)) if block else None

    def _gap(self, key: Key) -> float:
        above = self._above.get(key)
        return max(0.0, self.blocks[key].top - above.bottom) if above else 0.0

    @cached_property
    def _above(self) -> dict[Key, Block]:
        keys = list(self.blocks)
        return {key: self.blocks[above] for above, key in pairwise(keys)}

    def items(self, segment: int) -> int:
        """How many items the list has that is all of a segment; 0 where it is anything else."""
        block = self.blocks.get((segment, 0))
        if block is None or len(block.boxes) != 1 or block.tag not in LISTS:
            return 0
        return len(_items(block.boxes[0]))

    def divide(self, segments: Collection[int]) -> None:
        """Put the items of lists in the place of these, which are all of their segments."""
        out: dict[Key, Block] = {}
        for key, whole in self.blocks.items():
            if key[0] not in segments:
                out[key] = whole
                continue
            foot = {id(part.box): own for part, own in zip(whole.parts, whole.notes, strict=True)}
            for number, item in enumerate(_items(whole.boxes[0]), start=1):
                parts = tuple(_parts(item))
                notes = tuple(foot.get(id(part.box), ()) for part in parts)
                out[key[0], number] = Block((item,), parts, notes, "li")
                self.listed[key[0]] = number
        self.blocks.clear()
        self.blocks.update(out)


def measured(document: Any) -> list[Measured]:
    """The translations of a document, in its order."""
    return [found for page in document.pages if (found := _on(page._page_box)) is not None]  # noqa: SLF001


def _on(page: Any) -> Measured | None:
    article = next((each for each in page.descendants() if each.element_tag == "article"), None)
    if article is None:
        return None
    foot = foot_of(page)
    notes = {each.element: each for each in foot.children} if foot is not None else {}
    tag = article.element.get("lang")
    out = Measured(tag, article, article.border_box_x())
    found: dict[int, list[Any]] = {}
    for segment, box in _named(article, tag):
        found.setdefault(segment, []).append(box)
    for segment, boxes in found.items():
        parts = tuple(part for box in boxes for part in _parts(box))
        called = tuple(tuple(_notes(part.box, notes)) for part in parts)
        classes = frozenset((boxes[0].element.get("class") or "").split())
        out.blocks[segment, 0] = Block(tuple(boxes), parts, called, boxes[0].element.tag, classes)
    return out


def _named(box: Any, tag: str) -> Iterator[tuple[int, Any]]:
    """The blocks of segments below a box, in order."""
    for child in map(placed, box.children):
        if not hasattr(child, "children") or child.element is box.element:
            continue
        if (segment := segment_of(child.element, tag)) is not None:
            yield segment, child
        else:
            yield from _named(child, tag)


def segment_of(element: Any, tag: str) -> int | None:
    """The segment that an element is of (:func:`pipeline.document.anchor`); None where it is of none."""
    if "notes" in (element.get("class") or "").split():
        return END
    name = element.get("id") or ""
    if not name.startswith(f"{tag}-"):
        return None
    number = name[len(tag) + 1 :].partition("-")[0]
    return int(number) if number.isdecimal() else None


def _items(listing: Any) -> list[Any]:
    return [each for each in listing.children if each.element_tag == "li"]


def _parts(box: Any) -> Iterator[Part]:
    """What a block is divided into, from its top to its foot."""
    box = placed(box)
    if type(box).__name__ == "LineBox":
        yield Part(box, 0)
    elif box.is_table_wrapper:
        yield from _rows(box)
    elif not _is_parent(box):
        yield Part(box, id(box))
    else:
        for child in box.children:
            inner = placed(child)
            if inner is not child and str(inner.element_tag).endswith("::marker"):
                continue
            for part in _parts(inner):
                own = id(box) if part.paragraph == 0 else part.paragraph
                yield Part(part.box, own, part.head)


def _is_parent(box: Any) -> bool:
    """Whether a page may end between what is in a box."""
    block = type(box).__name__ in ("BlockBox", "BlockLevelBox")
    whole = box.style["break_inside"] in ("avoid", "avoid-page")
    return block and bool(box.children) and not whole


def _rows(wrapper: Any) -> Iterator[Part]:
    """The rows of a table; its head belongs to the first."""
    table = wrapper.get_wrapped_table()
    head = next((group for group in table.children if group.is_header), None)
    rows = [row for group in table.children if group is not head for row in group.children]
    if not rows:
        yield Part(wrapper, id(wrapper))
    for row in rows:
        yield Part(row, id(row), head)


def _ends(parts: Sequence[Part]) -> Iterator[int]:
    """After how many parts a page may end: where a paragraph leaves enough lines on either side."""
    for at in range(1, len(parts) + 1):
        if at == len(parts):
            yield at
            continue
        own = parts[at - 1].paragraph
        if own != parts[at].paragraph:
            yield at
            continue
        before = sum(part.paragraph == own for part in parts[max(0, at - LINES_TOGETHER) : at])
        after = sum(part.paragraph == own for part in parts[at : at + LINES_TOGETHER])
        if before >= LINES_TOGETHER and after >= LINES_TOGETHER:
            yield at


def _texts(box: Any) -> Iterator[str]:
    """What is drawn in a box, but what no text has: signs of lists, calls of notes."""
    for each in [box] if not hasattr(box, "descendants") else box.descendants():
        if (text := getattr(each, "text", None)) and "::" not in each.element_tag:
            yield text


def _baseline(part: Part) -> float:
    """From the top of a part down to its first baseline; 0 where it has none."""
    if part.is_line:
        return float(part.box.baseline)
    lines = (each for each in part.box.descendants() if type(each).__name__ == "LineBox")
    line = next(lines, None)
    return float(line.position_y + line.baseline - part.box.border_box_y()) if line else 0.0


def _is_broken(line: Any) -> bool:
    """Whether a word goes on in the next line."""
    texts = [each for each in line.descendants() if getattr(each, "text", None)]
    if not texts:
        return False
    last = texts[-1]
    return len(getattr(last, "said", last.text).strip()) < len(last.text.strip())


def _used(line: Any) -> float:
    """How much of its width a line takes."""
    return float(sum(each.margin_width() for each in line.children if hasattr(each, "width")))


def _notes(box: Any, known: dict[Any, Any]) -> Iterator[Any]:
    """The notes that are called in a box."""
    for each in box.descendants():
        is_call = str(each.element_tag).endswith("::footnote-call")
        if is_call and (note := known.pop(each.element, None)) is not None:
            yield note
