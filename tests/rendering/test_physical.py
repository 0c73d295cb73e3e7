"""Style sheets of e-books in the words of old engines."""

from collections.abc import Iterator
from typing import Any

import pytest
import tinycss2
from playwright.sync_api import Browser, Page

from pipeline.languages import Direction
from pipeline.rendering.physical import is_logical, with_fallbacks

LTR, RTL = Direction.LTR, Direction.RTL


@pytest.mark.parametrize(
    ("declaration", "left_to_right", "right_to_left"),
    [
        ("margin-block: 1em 2em", "margin-top: 1em; margin-bottom: 2em", None),
        ("padding-block-start: 0", "padding-top: 0", None),
        ("margin-inline: 35%", "margin-left: 35%; margin-right: 35%", "margin-right: 35%; margin-left: 35%"),
        ("border-block-end-color: red", "border-bottom-color: red", None),
        ("text-align: end", "text-align: right", "text-align: left"),
        ("break-inside: avoid", "page-break-inside: avoid; -webkit-column-break-inside: avoid", None),
        ("color: var(--ink)", "color: #123", None),
        ("border-block-start: 1px solid var(--ink)", "border-top: 1px solid #123", None),
        ("margin-block: 0 !important", "margin-top: 0 !important; margin-bottom: 0 !important", None),
    ],
)  # fmt: skip
def test_a_declaration_has_one_before_it_that_old_engines_know(
    declaration: str, left_to_right: str, right_to_left: str | None
) -> None:
    for direction, before in ((LTR, left_to_right), (RTL, right_to_left or left_to_right)):
        css = with_fallbacks(f"html {{ --ink: #123; }} p {{ {declaration}; }}", direction)
        assert f"p {{ {before}; {declaration}; }}" in css


@pytest.mark.parametrize(
    "css",
    [
        "p { color: red; margin: 0 1em; text-align: center; break-after: page; }",
        "@font-face { font-family: A; src: url(a.ttf); }",
        "p { margin-block: 1px; & b { color: red; } }",
        "{ not a rule }",
    ],
)
def test_what_old_engines_know_and_what_cannot_be_read_stays(css: str) -> None:
    assert with_fallbacks(css, RTL).split() == css.split()


def test_rules_inside_rules_have_them_too() -> None:
    css = with_fallbacks("@media print { p { margin-block: 0; } }", LTR)
    inner = "p { margin-top: 0; margin-bottom: 0; margin-block: 0; }"
    assert " ".join(css.split()) == f"@media print {{ {inner} }}"


PAGE = """<!DOCTYPE html><html dir="{other}"><head><style>{css}</style></head><body dir="{other}">
<section class="set" dir="{dir}">
<ul><li>One<ul><li>Two<ol><li>Three</li></ol></li></ul></li></ul>
<blockquote><p>Said</p><blockquote><p>Said in it</p></blockquote></blockquote>
<ul class="other-way" dir="{other}"><li>One<ol><li>Two</li></ol></li>
<li><blockquote dir="{dir}"><p>Back</p><ul><li>Again</li></ul></blockquote></li></ul>
<blockquote class="tinted" dir="{other}"><p>Turned</p></blockquote>
<table><tr><th>Head</th><td class="figure">7</td></tr></table>
<ul class="plain"><li>No bullet</li></ul>
</section></body></html>"""

SHEET = """
html { --line: #808080; }
section { width: 300px; }
p, ul, ol, blockquote { margin-block: 0; }
ul, ol { padding-inline-start: 1.35em; margin-block-end: 0.9em; }
blockquote { margin-inline: 1.35em; padding-inline-start: 0.9em; border-inline-start: 0.2em solid var(--line); }
blockquote.tinted { border-color: rgb(1, 2, 3); }
table { width: 100%; }
th { text-align: start; padding: 0.2em; }
.figure { text-align: end; }
.plain { list-style: none; padding: 0; }
"""

BOXES = """() => [...document.querySelectorAll('section *')].flatMap((each) => {
    const text = document.createRange();
    text.selectNodeContents(each);
    const style = getComputedStyle(each);
    return [each, text].map((of) => of.getBoundingClientRect()).map(({ left, right, top, bottom }) =>
        [each.localName, left, right, top, bottom, style.borderLeftWidth, style.borderRightWidth].join(' '));
})"""


def without_logical(css: str) -> str:
    """A style sheet as an engine reads it that knows no logical properties and no custom ones."""
    return "\n".join(_without(tinycss2.parse_stylesheet(css, skip_whitespace=True)))


def _without(rules: list[Any]) -> Iterator[str]:
    for rule in rules:
        if rule.type != "qualified-rule":
            yield rule.serialize()
            continue
        kept = [
            each.serialize()
            for each in tinycss2.parse_blocks_contents(rule.content)
            if each.type == "declaration"
            and not is_logical(each.name, tinycss2.serialize(each.value).strip())
            and "var(" not in each.serialize()
        ]
        yield f"{tinycss2.serialize(rule.prelude)} {{ {'; '.join(kept)} }}"


def boxes(page: Page, css: str, direction: Direction) -> list[str]:
    other = RTL if direction is LTR else LTR
    page.set_content(PAGE.format(dir=direction, other=other, css=css))
    return list(page.evaluate(BOXES))


@pytest.mark.parametrize("direction", [LTR, RTL])
def test_pages_look_the_same_with_and_without_logical_properties(
    chromium: Browser, direction: Direction
) -> None:
    """In lists in lists, and in what runs the other way, and in that what runs this way again; and engines that
    know all of it see nothing of the fallbacks."""
    page = chromium.new_page()
    try:
        meant = boxes(page, SHEET, direction)
        css = with_fallbacks(SHEET, direction)
        assert boxes(page, css, direction) == meant
        tinted = page.eval_on_selector(".tinted", "each => getComputedStyle(each).borderColor")
        assert tinted == "rgb(1, 2, 3)"
        assert boxes(page, without_logical(css), direction) == meant
        assert boxes(page, without_logical(SHEET), direction) != meant, "nothing was taken away"
    finally:
        page.close()
