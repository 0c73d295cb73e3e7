"""A run inside a run has the size that its script has beside the text, however deep it stands."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from pipeline.editions import Edition
from pipeline.languages import script, script_counts
from pipeline.rendering.scene import Target
from pipeline.settings.values import EditionKind
from tests.typography.eyes import Case, Sheet

LEFT, RIGHT, END = "\u2066", "\u2067", "\u2069"
NESTED = [
    Case(
        "Arabic in Latin in Arabic",
        "ar",
        f"قال {LEFT}The word {RIGHT}كتاب{END} means{END} اليوم",
        "",
    ),
    Case(
        "Hebrew in Latin in Arabic, marked",
        "ar",
        f"قال {LEFT}The **word {RIGHT}ספר{END}** means{END} اليوم",
        "",
    ),
    Case(
        "Latin in Arabic in Latin in Arabic",
        "ar",
        f"قال {LEFT}The {RIGHT}كتاب {LEFT}Book{END} آخر{END} means{END} اليوم",
        "",
    ),
]

SIZES = """() => {
  const out = [], walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const text = walker.currentNode.data.trim();
    if (text) out.push([text, parseFloat(getComputedStyle(walker.currentNode.parentElement).fontSize)]);
  }
  return out;
}"""


@pytest.mark.parametrize(
    ("target", "name"), [(Target.PAGE, "screen.css"), (Target.EPUB, "epub.css")]
)
def test_a_run_in_a_run_is_as_large_as_beside_the_text(
    target: Target, name: str, tmp_path: Path, chromium: Browser
) -> None:
    sheet = Sheet(NESTED)
    book = sheet.renderer.book
    edition = Edition(book, EditionKind.COMBINED, book.translations[:1])
    style = sheet.renderer.style(name, [], edition)
    bodies = "\n".join(sheet.bodies(target))
    assert bodies.count(" in-script-") == 4
    file = tmp_path / "nested.html"
    file.write_text(
        f'<!DOCTYPE html><html><head><meta charset="utf-8"><style>{style}</style>'
        f"<style>html {{ font-size: 100px }}</style></head><body>{bodies}</body></html>",
        encoding="utf-8",
    )
    page = chromium.new_page()
    page.goto(file.as_uri())
    found = [
        (text, size, code)
        for text, size in page.evaluate(SIZES)
        for code in script_counts(text)  # none for a control that stands by itself
    ]
    page.close()
    assert {code for _, _, code in found} == {"Arab", "Hebr", "Latn"}
    assert len(found) > 14
    for text, size, code in found:
        assert size == pytest.approx(script(code).size * 100, rel=0.002), text
