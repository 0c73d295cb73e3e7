"""Lists and quotations inside each other, as deep as any may stand, keep on their pages and on narrow screens,
and all of their lines come in their order."""

import re
from pathlib import Path

import pypdfium2
import pytest
from playwright.sync_api import Browser

from pipeline import typography
from pipeline.editions import Edition
from pipeline.limits import Limits
from pipeline.pdf import write as pdf
from pipeline.rendering import FileNames, Renderer, web
from pipeline.rendering.nesting import LINES, ROOM, step
from pipeline.settings.profiles import PROFILES
from pipeline.settings.values import EditionKind
from tests.layout.test_bounds import INK, ink, sides
from tests.unit_helpers import book_of

DEEP = Limits().nesting - 2
WORDS = {"de": "Ein kurzer Eintrag", "ar": "سطر قصير من القائمة"}
SHAPES = ("bullets", "numbers", "quotations", "both", "pairs")


def nested(shape: str, word: str, first: int) -> str:
    """Something with its lines inside each other, each with a number of its own."""
    out, before = [], ""
    for at in range(DEEP):
        said = f"{word} {first + at}"
        match shape:
            case "quotations":
                out += [f"{before}> {said}", f"{before}>"]
                before += "> "
            case "both" if at % 2:
                out += [f"{before}> {said}", f"{before}>"]
                before += "> "
            case "both":
                out += [f"{before}- {said}", before]
                before += "  "
            case "numbers":
                out.append(f"{before}1. {said}")
                before += "   "
            case "pairs":
                out.append(f"{before}- {said}")
                before += "  " if at % 2 else ""
            case _:
                out.append(f"{before}- {said}")
                before += "  "
    return "\n".join(out)


def text(tag: str) -> str:
    parts = [nested(each, WORDS[tag], 1000 * (at + 1)) for at, each in enumerate(SHAPES)]
    return f"# {WORDS[tag]}\n\n" + "\n\n***\n\n".join(parts) + "\n"


def numbers(said: str) -> list[int]:
    return [int(each) for each in re.findall(r"(?<!\d)\d{4}(?!\d)", said)]


EXPECTED = [1000 * (at + 1) + line for at in range(len(SHAPES)) for line in range(DEEP)]


@pytest.mark.parametrize("tag", WORDS)
def test_on_pages(tag: str, tmp_path: Path) -> None:
    book = typography.apply(book_of(tmp_path, {f"a.{tag}.md": text(tag)}))
    edition = Edition(book, EditionKind.SINGLE, book.translations)
    made = pdf.write(Renderer(book, FileNames({})), edition, PROFILES["screen"])
    assert made.warnings == ()
    assert made.pages < 20
    found = []
    document = pypdfium2.PdfDocument(made.content)
    for number, page in enumerate(document, start=1):
        low, high = sides(number, page.get_width(), rtl=tag == "ar")
        for what, left, _, right, _ in ink(page) if number > 1 else ():
            assert low - INK <= left, (number, what)
            assert right <= high + INK, (number, what)
        found += numbers(page.get_textpage().get_text_range())
    document.close()
    assert found == EXPECTED


OFF = """() => {
  const width = document.documentElement.clientWidth, out = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const range = document.createRange();
    range.selectNodeContents(walker.currentNode);
    for (const box of range.getClientRects())
      if (box.width && (box.left < -1 || box.right > width + 1)) out.push(walker.currentNode.data);
  }
  const lines = [...document.querySelectorAll("article p, article li")];
  const least = Math.min(...lines.map((each) => each.clientWidth));
  return [out, least, document.documentElement.scrollWidth - width];
}"""


@pytest.mark.parametrize("tag", WORDS)
def test_on_a_telephone_in_common_and_in_large_letters(
    tag: str, tmp_path: Path, chromium: Browser
) -> None:
    book = typography.apply(book_of(tmp_path, {f"a.{tag}.md": text(tag)}))
    edition = Edition(book, EditionKind.SINGLE, book.translations)
    file = tmp_path / "a.html"
    file.write_text(web.page(Renderer(book, FileNames({})), edition), encoding="utf-8")
    page = chromium.new_page(viewport={"width": 320, "height": 600})
    page.goto(file.as_uri())
    for size in (100, 200):
        page.add_style_tag(content=f"html {{ font-size: {size}% !important }}")
        off, least, beyond = page.evaluate(OFF)
        assert off == []
        assert least >= 80
        assert beyond <= 0
    assert numbers(page.inner_text("article")) == EXPECTED
    page.close()


def test_what_is_nested_stands_in_ever_further_and_then_no_more(tmp_path: Path) -> None:
    book = book_of(tmp_path, {"a.de.md": text("de")})
    taken, classes = 0.0, []
    block = book.translations[0].front[0]
    while True:
        name, taken = step(block, taken)
        classes.append(name)
        inner = [each for each in block.items[0].blocks if each.kind == "listing"]  # type: ignore[attr-defined]
        if not inner:
            break
        block = inner[0]
    assert classes[:6] == [""] * 6
    assert set(classes[6:]) == {"deep"}
    assert taken <= ROOM + LINES
