"""Three ways to see in which order the characters of a line stand: what UAX 9 says of the HTML, where a
PDF has its glyphs, and where a browser has its characters.

All three look at the same HTML, which the product makes. Only what is seen counts: a bracket is what its ink
looks like, whatever character it is said to be.
"""

import ctypes
import io
import tomllib
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium
from lxml import html
from PIL import Image

from pipeline import typography
from pipeline.design.page import tabs
from pipeline.document import Book, Heading, Text, Translation
from pipeline.document.book import Provenance
from pipeline.editions import Edition
from pipeline.errors import Origin
from pipeline.languages import Direction, language
from pipeline.layout.engine import Fonts, silence, weasyprint
from pipeline.readers import markdown
from pipeline.rendering import pages
from pipeline.rendering.covers import compose
from pipeline.rendering.renderer import FileNames, Renderer
from pipeline.rendering.scene import Target
from pipeline.settings.values import EditionKind
from pipeline.typography.levels import levels
from tests.unit_helpers import source

CASES = Path(__file__).with_name("bidi_cases.toml")

BAND, LINE = 24, 8
"""The height that a case has on the page, and that of a line in it, in mm."""
MM = 72 / 25.4
PAIRS = ("()", "[]", "{}", "<>", "«»", "‹›")
MIRRORED = {a: b for pair in PAIRS for a, b in (pair, pair[::-1])}
OPENERS = {char: pair for pair in PAIRS for char in pair}

ISOLATES = {"ltr": "\u2066", "rtl": "\u2067"}
POP = "\u2069"

ONE_TO_PDFIUM = str.maketrans({"”": "“", "®": "R"})
"""Characters that pdfium gives out as another."""

Lines = list[str]
"""What is seen: the characters of each line from left to right, without spaces."""


@dataclass(frozen=True)
class Case:
    name: str
    base: str
    text: str
    seen: str
    marker: str = ""
    width: int = 160

    @property
    def expected(self) -> Lines:
        """The lines of ``seen``, character by character from left to right."""
        return [
            squeezed("".join(map(_turned, block.splitlines())))
            for block in self.seen.strip("\n").split("\n\n")
        ]

    @property
    def rtl(self) -> bool:
        return language(self.base).direction is Direction.RTL


def cases() -> list[Case]:
    return [Case(**each) for each in tomllib.loads(CASES.read_text(encoding="utf-8"))["case"]]


def _turned(piece: str) -> str:
    """A piece as it is read, from left to right: right-to-left letters are turned round."""
    if not any(map(_to_left, piece)):
        return piece
    return "".join(reversed(_clusters(piece)))


def _clusters(text: str) -> list[str]:
    out: list[str] = []
    for char in text:
        if out and unicodedata.category(char) == "Mn":
            out[-1] += char
        else:
            out.append(char)
    return out


def squeezed(text: str) -> str:
    """Without what takes no room of its own: spaces, controls, marks over letters."""
    return "".join(
        char
        for char in text
        if not char.isspace() and unicodedata.category(char) not in ("Cf", "Cc", "Mn")
    )


# --- the HTML -------------------------------------------------------------------------------------


@dataclass
class Sheet:
    """All cases as one web page and as one page of print."""

    cases: Sequence[Case]
    renderer: Renderer = field(init=False)

    def __post_init__(self) -> None:
        book = Book(name="lines", title="", translations=tuple(map(_translation, self.cases)))
        self.renderer = Renderer(typography.apply(book), FileNames({}))

    def bodies(self, target: Target) -> list[str]:
        """The block of each case, as templates make it."""
        out = []
        for case, translation in zip(self.cases, self.renderer.book.translations, strict=True):
            scene = self.renderer.scene(target, translation)
            attributes = scene.language_attributes(translation.language, "set")
            block = scene.blocks(translation.front)
            style = f"width: {case.width}mm"
            out.append(f'<div class="case"><div style="{style}"{attributes}>{block}</div></div>')
        return out

    def document(self, target: Target, sheet: str) -> str:
        edition = Edition(
            self.renderer.book, EditionKind.COMBINED, self.renderer.book.translations[:1]
        )
        style = self.renderer.style(
            sheet,
            self.renderer.file_faces(),
            edition,
            palette=pages.on_screen(self.renderer).palette,
            bleed=0,
            cover=compose(self.renderer, edition),
            tab=tabs(edition, edition.settings.theme.height),
        )
        height = BAND * len(self.cases) + 120
        own = (
            f"@page {{ size: 200mm {height}mm; margin: 0; }}"
            "@page :left { margin: 0; } @page :right { margin: 0; }"
            f"body {{ margin: 0; background: #fff; color: #000; font-size: 10pt; }}"
            f".case {{ height: {BAND}mm; padding: 0 16mm; counter-reset: footnote; }}"
            f".case .set, .case p, .case li {{ line-height: {LINE}mm; margin: 0; }}"
            f".case .set p, .case .set li {{ text-align: start; hyphens: none; }}"
            f".case ul, .case ol {{ margin: 0; }} a {{ text-decoration: none !important; }}"
            f".case pre, .case code {{ font-family: inherit; font-size: 1em; }}"
        )
        body = "\n".join(self.bodies(target))
        return (
            f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Lines</title>'
            f"<style>{style}{own}</style></head><body>{body}</body></html>"
        )


def _translation(case: Case) -> Translation:
    draft = markdown.read(case.text.strip("\n"), source("case.md"))
    return Translation(
        language=language(case.base),
        title=Heading(inlines=(Text("A"),), level=0, origin=Origin("case.md", 1)),
        front=draft.blocks,
        sections=(),
        provenance=Provenance("case.md", "UTF-8", "name"),
        notes=draft.notes,
    )


# --- by the algorithm -----------------------------------------------------------------------------


def by_algorithm(body: str, *, rtl: bool) -> Lines:
    """UAX 9 over one block of HTML, each element with a direction being an isolate."""
    text = "".join(_isolated(html.fragment_fromstring(body)))
    base = Direction.RTL if rtl else Direction.LTR
    return [squeezed(reordered(line, base)) for line in text.strip("\n").split("\n")]


def _isolated(element: Any) -> Iterator[str]:
    if element.tag == "br":
        yield "\n"
        return
    inner = element.get("dir") if "set" not in element.get("class", "").split() else None
    opening = ISOLATES[inner] if inner else ""
    yield opening
    yield " ".join((element.text or "").splitlines())
    for child in element:
        yield from _isolated(child)
        yield " ".join((child.tail or "").splitlines()) or (" " if child.tail else "")
    yield POP if opening else ""


def reordered(text: str, base: Direction) -> str:
    """One line from left to right: rules L2 and L4."""
    found = levels(text, base)
    order = list(range(len(text)))
    for level in range(max(found, default=0), 0, -1):
        at = 0
        while at < len(order):
            end = at
            while end < len(order) and found[order[end]] >= level:
                end += 1
            order[at:end] = reversed(order[at:end])
            at = end + 1
    return "".join(MIRRORED.get(text[at], text[at]) if found[at] % 2 else text[at] for at in order)


# --- in a PDF and in a browser --------------------------------------------------------------------


@dataclass(frozen=True)
class Glyph:
    """A character where it stands: ``x`` orders the line, ``box`` is in pixels of the picture."""

    char: str
    x: float
    y: float
    """From the top of the page, in mm."""
    box: tuple[float, float, float, float]


def _lines(glyphs: Iterable[Glyph], number: int, picture: Image.Image) -> Lines:
    """The lines of one case, top to bottom."""
    rows: dict[int, list[Glyph]] = {}
    for glyph in glyphs:
        at = glyph.y - number * BAND
        if 0 <= at < BAND:
            rows.setdefault(int(at // LINE), []).append(glyph)
    return [
        "".join(_looks(each, picture) for each in sorted(rows[row], key=lambda each: each.x))
        for row in sorted(rows)
    ]


def _looks(glyph: Glyph, picture: Image.Image) -> str:
    """What a bracket looks like: an opening one's middle stands farther left than its ends."""
    pair = OPENERS.get(glyph.char)
    if pair is None:
        return glyph.char
    left, top, right, bottom = glyph.box
    cut = picture.crop((round(left), round(top), round(right), round(bottom)))
    dark = cut.point(lambda value: 255 if value < 128 else 0)
    bounds = dark.getbbox()
    assert bounds, f"{glyph.char} left no ink"
    dark = dark.crop(bounds)
    width, height = dark.size
    ends, middle = [], []
    for y in range(height):
        xs = [x for x in range(width) if dark.getpixel((x, y))]
        (middle if height / 3 <= y < 2 * height / 3 else ends).extend(xs)
    return pair[0] if _mean(middle) < _mean(ends) else pair[1]


def _mean(values: Sequence[int]) -> float:
    return sum(values) / len(values)


def print_out(markup: str) -> bytes:
    with silence("lines"):
        document = weasyprint().HTML(string=markup)
        content: bytes = document.write_pdf(font_config=Fonts().configuration)
    return content


def in_print(content: bytes, count: int, *, scale: float = 3) -> list[Lines]:
    """What stands in a PDF, case by case."""
    with pypdfium2.PdfDocument(content) as document:
        assert len(document) == 1
        page = document[0]
        height = page.get_height()
        picture = page.render(scale=scale, grayscale=True).to_pil()
        glyphs = [
            Glyph(
                char,
                x,
                (height - y) / MM,
                (
                    box[0] * scale,
                    (height - box[3]) * scale,
                    box[2] * scale,
                    (height - box[1]) * scale,
                ),
            )
            for char, x, y, box in characters(page)
            if squeezed(char)
        ]
        return [_lines(glyphs, number, picture) for number in range(count)]


def characters(page: Any) -> Iterator[tuple[str, float, float, tuple[float, ...]]]:
    """The characters of a page with their origins and their boxes (left, bottom, right, top), in pt.
    Characters with one origin share a ligature: in it they stand in the direction of their script."""
    text = page.get_textpage()
    numbers = [ctypes.c_double() for _ in range(6)]
    left, right, bottom, top, x, y = numbers
    for index in range(text.count_chars()):
        if pdfium.FPDFText_IsGenerated(text.raw, index) == 1:
            continue
        code = pdfium.FPDFText_GetUnicode(text.raw, index)
        pdfium.FPDFText_GetCharBox(text.raw, index, left, right, bottom, top)
        pdfium.FPDFText_GetCharOrigin(text.raw, index, x, y)
        yield (
            chr(code),
            x.value + index * (-1e-6 if _to_left(chr(code)) else 1e-6),
            y.value,
            (left.value, bottom.value, right.value, top.value),
        )


def _to_left(char: str) -> bool:
    return unicodedata.bidirectional(char) in ("R", "AL")


PLACES = """() => [...document.querySelectorAll('.case')].flatMap(each => {
  const out = [], range = document.createRange();
  const walker = document.createTreeWalker(each, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    let at = 0;
    for (const char of walker.currentNode.data) {
      range.setStart(walker.currentNode, at);
      range.setEnd(walker.currentNode, at += char.length);
      for (const box of range.getClientRects())
        if (box.width > 0)
          out.push([char, box.left + scrollX, box.top + scrollY, box.right + scrollX, box.bottom + scrollY]);
    }
  }
  return out;
})"""


def in_browser(browser: Any, file: Path, count: int, *, scale: int = 2) -> list[Lines]:
    """What stands in Chromium's window, case by case."""
    context = browser.new_context(viewport={"width": 900, "height": 900}, device_scale_factor=scale)
    try:
        page = context.new_page()
        page.goto(file.as_uri())
        page.wait_for_function(f"document.querySelectorAll('.case').length === {count}")
        page.evaluate("document.fonts.ready.then(() => true)")
        places = page.evaluate(PLACES)
        picture = Image.open(io.BytesIO(page.screenshot(full_page=True))).convert("L")
    finally:
        context.close()
    glyphs = [
        Glyph(
            char,
            (left + right) / 2,
            (top + bottom) / 2 * 25.4 / 96,
            (left * scale, top * scale, right * scale, bottom * scale),
        )
        for char, left, top, right, bottom in places
        if squeezed(char)
    ]
    return [_lines(glyphs, number, picture) for number in range(count)]
