"""Pages as the layout engine has set them: which characters stand in which line, and how wide."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from pipeline import typography
from pipeline.document import Book
from pipeline.editions import Edition
from pipeline.layout.engine import Fonts, silence, weasyprint
from pipeline.rendering import Renderer
from pipeline.rendering import pages as press
from pipeline.rendering.renderer import FileNames
from pipeline.settings.values import DEFAULTS, EditionKind, Settings, Theme, TypographySettings
from pipeline.sources import load
from tests.unit_helpers import ROOT

TEXTS = ROOT.parent / "shared" / "texts"
SOURCES = [folder for folder in (ROOT / "sources", TEXTS) if folder.is_dir()]


@dataclass(frozen=True)
class Line:
    """One line: ``overhang`` is by how much what is drawn is wider than what was measured, in px, ``gaps``
    what is left free at its left and at its right side."""

    text: str
    overhang: float
    gaps: tuple[float, float]
    last: bool


@dataclass(frozen=True)
class Set:
    """The lines of one element, and its text."""

    tag: str
    text: str
    lines: tuple[Line, ...]
    justified: bool


@cache
def book(folder: Path, own: TypographySettings = DEFAULTS.typography) -> Book:
    return typography.apply(load([folder])[0], own)


def on_page(page: tuple[float, float] | None) -> Settings:
    return Settings(theme=Theme(width=page[0], height=page[1])) if page else DEFAULTS


@cache
def pages(folder: Path, tag: str, page: tuple[float, float] | None = None) -> tuple[Set, ...]:
    """One translation of a folder, set."""
    return tuple(set_lines(book(folder), tag, page, folder))


def set_lines(
    made: Book, tag: str, page: tuple[float, float] | None = None, folder: Path | None = None
) -> Iterator[Set]:
    settings = on_page(page)
    chosen = tuple(each for each in made.translations if each.tag == tag)
    renderer = Renderer(made, FileNames({}), settings, folder=folder or Path())
    edition = Edition(made, EditionKind.SINGLE, chosen, settings)
    markup = press.pages(renderer, edition, press.on_screen(renderer))
    with silence("lines"):
        document = weasyprint().HTML(string=markup).render(font_config=Fonts().configuration)
    found: dict[Any, list[tuple[Any, Any]]] = {}
    for page in document.pages:
        for line, block in _line_boxes(page._page_box, None):
            if block is None or block.element is None or "::" in block.element_tag:
                continue  # a marker of a list item, a leader, a running head
            if block.element.tag in TAGS:
                found.setdefault(block.element, []).append((line, block))
    for element, lines in found.items():
        yield Set(
            element.tag,
            "".join(element.itertext()),
            tuple(_line(line, block, line is lines[-1][0]) for line, block in lines),
            lines[0][0].style["text_align_all"] == "justify",
        )


TAGS = frozenset(("p", "li", "td", "th", "h1", "h2", "h3", "h4"))


def _line_boxes(box: Any, block: Any) -> Iterator[tuple[Any, Any]]:
    from weasyprint.formatting_structure import boxes

    if isinstance(box, boxes.LineBox):
        yield box, block
    for child in getattr(box, "children", ()):
        own = box if isinstance(box, boxes.BlockContainerBox) else block
        yield from _line_boxes(child, own)


def _line(line: Any, block: Any, last: bool) -> Line:
    from weasyprint.formatting_structure import boxes
    from weasyprint.text.line_break import line_size

    overhang, text = 0.0, []
    for box in line.descendants():
        if not isinstance(box, boxes.TextBox):
            continue
        text.append("" if "::" in box.element_tag else box.text)
        if box.text.strip():
            box.pango_layout.reactivate(box.style)
            drawn, _ = line_size(box.pango_layout.get_first_line()[0], box.style)
            box.pango_layout.deactivate()
            overhang = max(overhang, abs(drawn - box.width))
    left = line.position_x - block.content_box_x()
    return Line("".join(text), overhang, (left, block.width - left - line.width), last)
