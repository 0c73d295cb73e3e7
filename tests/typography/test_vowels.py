"""Text with vowel signs throughout has a leading of its own, in every kind of document."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from pipeline.design.measure import display_leading
from pipeline.editions import Edition
from pipeline.languages import language, script
from pipeline.rendering.scene import Target
from pipeline.settings.values import EditionKind
from pipeline.typography.vowels import is_vowelled
from tests.typography.eyes import Case, Sheet

FULL = "كَتَبَ المُعَلِّمُ دَرْسًا مُفِيدًا جِدًّا، فَقَرَأَهُ الطُّلَّابُ مَرَّةً."
PLAIN = "كتب المعلم درسا مفيدا جدا، فقرأه الطلاب مرة."
SOME = "نُشر في الصباح، وقد عُلم أنّ السعر ارتفع جدًّا."


@pytest.mark.parametrize(
    ("tag", "text", "expected"),
    [
        ("ar", FULL, True),
        ("ar", PLAIN, False),
        ("ar", SOME, False),
        ("ar", "نصّ", False),  # a mark on two letters
        ("ar", "", False),
        ("ar", "12.50", False),
        ("de", "a\u0301" * 20, False),  # no such leading in this script
        ("ur-Aran", FULL, False),  # its lines are farther apart already
    ],
)
def test_what_is_vowelled(tag: str, text: str, expected: bool) -> None:
    assert is_vowelled(text, language(tag).script) is expected


def test_a_vowelled_title_has_wider_lines() -> None:
    arabic, latin = script("Arab"), script("Latn")
    assert display_leading(arabic, FULL) == display_leading(arabic, vowelled=True)
    assert display_leading(arabic, FULL) > display_leading(arabic, PLAIN)
    assert display_leading(latin, FULL) == display_leading(latin)


TEXTS = {
    "p": "{}",
    "ul": "- {}\n- {}",
    "ol": "1. {}",
    "blockquote p": "> {}",
    "td": "| a |\n|---|\n| {} |",
    "h2": "### {}",
}


@pytest.mark.parametrize("place", TEXTS)
def test_every_kind_of_document_has_the_leading(
    place: str, tmp_path: Path, chromium: Browser
) -> None:
    row = language("ar").script
    cases = [Case(text, "ar", TEXTS[place].replace("{}", text), "") for text in (FULL, PLAIN)]
    sheet = Sheet(cases)
    heading = place.startswith("h")
    wanted = [
        display_leading(row, vowelled=True) if heading else row.leading_marked,
        display_leading(row) if heading else row.leading,
    ]
    for target, name in (
        (Target.PAGE, "screen.css"),
        (Target.READER, "reader.css"),
        (Target.EPUB, "epub.css"),
        # What print adds of its own is about pages; the picture arabic-vowels shows the whole.
        (Target.PRESS, "scripts.css"),
    ):
        book = sheet.renderer.book
        edition = Edition(book, EditionKind.COMBINED, book.translations[:1])
        style = sheet.renderer.style(name, [], edition, gaps=False)
        bodies = "\n".join(sheet.bodies(target))
        file = tmp_path / f"{target}.html"
        file.write_text(
            f'<!DOCTYPE html><html><head><meta charset="utf-8"><style>{style}</style></head>'
            f"<body>{bodies}</body></html>",
            encoding="utf-8",
        )
        page = chromium.new_page()
        page.goto(file.as_uri())
        found = page.evaluate(
            """place => [...document.querySelectorAll('.case')].map(each => {
                 const style = getComputedStyle(each.querySelector(place));
                 return parseFloat(style.lineHeight) / parseFloat(style.fontSize);
               })""",
            place,
        )
        page.close()
        assert found == pytest.approx(wanted, rel=0.01), name
