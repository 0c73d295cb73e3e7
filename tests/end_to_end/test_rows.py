"""E-books whose languages stand in rows: beside or under each other, the gaps, and the choice of languages."""

import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from pipeline.checks.programs import epubcheck
from pipeline.languages import language, with_arrangement_words
from tests.end_to_end.browser import visit
from tests.end_to_end.conftest import checked_ebook
from tests.end_to_end.tools import once, pentapla

ARRANGEMENTS = ("parallel", "interleaved")

TEXTS = {
    "de": "# Die Insel\n\nEin Anfang.\n\n## Morgen\n\nNebel liegt auf dem Wasser.\n\n- Tee\n- Brot\n\n"
    "## Mittag\n\nDie Sonne steht hoch.\n\n## Abend\n\nDie Lampe brennt.\n",
    "he": "# האי\n\nהתחלה.\n\n## בוקר\n\nערפל על המים.\n\n- תה\n- לחם\n\n## ערב\n\nהמנורה דולקת.\n",
    "ja": "# 島\n\n始まり。\n\n## 朝\n\n水の上に霧がある。\n\n- 茶\n- パン\n\n## 昼\n\n日が高い。\n\n"
    "## 夕\n\n灯りがともる。\n",
}
"""The same text, which lacks its second section in Hebrew."""

ROWS = """() => [...document.querySelectorAll('.row')].map((row) =>
  [...row.querySelectorAll('.cell')].map((cell) => {
    const set = cell.querySelector('.set');
    const { left, right, top, bottom, width } = cell.getBoundingClientRect();
    return { tag: set.lang, gap: set.dataset.frame === 'missing', text: cell.innerText.trim(),
             name: cell.querySelector('[role=img]')?.getAttribute('aria-label') ?? null,
             direction: getComputedStyle(cell).direction, left, right, top, bottom, shown: width > 0 };
  }))"""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell as a browser shows it; lengths in px from the top left of the document."""

    tag: str
    gap: bool
    text: str
    name: str | None
    direction: str
    left: float
    right: float
    top: float
    bottom: float
    shown: bool


@pytest.fixture(scope="module")
def island(workshop: Path) -> Path:
    """E-books of one text in three languages, in rows, and what is in them."""
    folder = workshop / "island"

    def build() -> str:
        (folder / "texts").mkdir(parents=True)
        for tag, text in TEXTS.items():
            (folder / "texts" / f"island.{tag}.md").write_text(text, encoding="utf-8")
        (folder / "texts" / "book.toml").write_text('name = "island"\n', encoding="utf-8")
        done = pentapla("build", folder / "texts", "-o", folder, "--formats", "epub", "-q",
                        "--editions", "combined", "--languages", ",".join(TEXTS),
                        "--arrange", ",".join(ARRANGEMENTS))  # fmt: skip
        assert done.code == 0, done
        for each in ARRANGEMENTS:
            with zipfile.ZipFile(book(folder, each)) as archive:
                archive.extractall(folder / each)
        return str(folder)

    return Path(once(workshop, "island", build))


def book(folder: Path, arrangement: str) -> Path:
    return folder / f"island.combined.{arrangement}.epub"


@contextmanager
def shown(chromium: Browser, folder: Path, name: str, width: int) -> Iterator[Page]:
    """A document of an unpacked e-book in a window of so many px."""
    with visit(chromium, folder / "EPUB" / name, width=width) as seen:
        yield seen.page


def rows(page: Page) -> list[list[Cell]]:
    return [[Cell(**each) for each in row] for row in page.evaluate(ROWS)]


def texts(folder: Path) -> list[str]:
    return sorted(each.name for each in (folder / "EPUB").glob("text*.xhtml"))


@pytest.mark.parametrize("arrangement", ARRANGEMENTS)
@pytest.mark.parametrize("width", [380, 1200])
def test_rows_stand_beside_each_other_where_there_is_room_else_under_each_other(
    island: Path, chromium: Browser, arrangement: str, width: int
) -> None:
    """In columns the cells of a row begin level, what runs from right to left at the right; nothing lies over
    anything else, and nothing leaves the window."""
    beside = arrangement == "parallel" and width > 1000
    for name in texts(island / arrangement):
        with shown(chromium, island / arrangement, name, width) as page:
            found = rows(page)
            assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert found
        last = 0.0
        for row in found:
            assert [each.tag for each in row] == [*TEXTS]
            assert all(each.direction == language(each.tag).direction.value for each in row)
            assert min(each.top for each in row) >= last
            last = max(each.bottom for each in row)
            if beside:
                assert len({round(each.top) for each in row}) == 1
                ordered = sorted(row, key=lambda each: each.left)
                assert [each.tag for each in ordered] == ["de", "ja", "he"]
                assert all(one.right <= other.left + 0.5 for one, other in pairwise(ordered))
            else:
                assert all(one.bottom <= other.top + 0.5 for one, other in pairwise(row))


@pytest.mark.parametrize("arrangement", ARRANGEMENTS)
def test_what_a_language_lacks_is_a_named_gap_and_what_follows_stays_in_its_row(
    island: Path, chromium: Browser, arrangement: str
) -> None:
    cells: list[list[Cell]] = []
    for name in texts(island / arrangement):
        with shown(chromium, island / arrangement, name, 900) as page:
            cells += rows(page)
    said = {row[0].text: [each.text for each in row[1:]] for row in cells}
    assert said["Nebel liegt auf dem Wasser."] == ["ערפל על המים.", "水の上に霧がある。"]
    assert (said["Tee"], said["Brot"]) == (["תה", "茶"], ["לחם", "パン"])
    assert said["Die Lampe brennt."] == ["המנורה דולקת.", "灯りがともる。"]
    gaps = [(row, each) for row in cells for each in row if each.gap]
    assert {each.tag for _, each in gaps} == {"he"}
    assert [row[0].text for row, _ in gaps] == ["Mittag", "Die Sonne steht hoch."]
    assert all(each.text == "–" and each.name for _, each in gaps)


CHOOSE = """async (title) => {
  for (const link of document.querySelectorAll('link[title]')) link.disabled = true;
  for (const link of document.querySelectorAll('link[title]')) link.disabled = link.title !== title;
  while (![...document.querySelectorAll('link[title]')].some((link) => link.title === title && link.sheet))
    await new Promise((done) => setTimeout(done, 5));
}"""


@pytest.mark.parametrize("arrangement", ARRANGEMENTS)
def test_languages_are_chosen_by_style_sheets(
    island: Path, chromium: Browser, arrangement: str
) -> None:
    """Each of them shows what its title names, and without a choice all are shown."""
    with shown(chromium, island / arrangement, "text_1.xhtml", 1200) as page:
        every = [{each.tag for each in row if each.shown} for row in rows(page)]
        assert every == [{*TEXTS}] * len(every)
        titles: dict[str, str] = page.evaluate(
            "() => Object.fromEntries([...document.querySelectorAll('link[title]')]"
            ".map((each) => [each.getAttribute('href'), each.title]))"
        )
        names = {"de": "Deutsch", "he": "עברית", "ja": "日本語"}
        assert len(titles) == 7
        for href, title in titles.items():
            wanted = {tag for tag, name in names.items() if name in title} or {*TEXTS}
            page.evaluate(CHOOSE, title)
            for row in rows(page):
                assert {each.tag for each in row if each.shown} == wanted, (href, title)


def test_a_system_that_applies_every_style_sheet_shows_every_language(
    island: Path, chromium: Browser
) -> None:
    with shown(chromium, island / "parallel", "text_1.xhtml", 1200) as page:
        page.evaluate(
            "() => document.querySelectorAll('link').forEach((each) => {"
            " each.rel = 'stylesheet'; each.removeAttribute('title'); each.disabled = false; })"
        )
        page.wait_for_timeout(100)
        assert all(each.shown for row in rows(page) for each in row)


def test_epubcheck_accepts_them(island: Path) -> None:
    results = epubcheck.judge([checked_ebook(book(island, each)) for each in ARRANGEMENTS])
    said: list[Any] = [[str(found) for found in each.findings] for each in results]
    assert said == [[], []]


def test_the_gallery_tells_the_arrangements_apart(island: Path, chromium: Browser) -> None:
    """By a word and a drawing of its own each."""
    with visit(chromium, island / "index.html", script=False) as seen:
        named = seen.page.locator(".arrangement")
        words = with_arrangement_words(language("de")).words
        said = [each.strip() for each in named.all_inner_texts()]
        assert said == [words[each] for each in ARRANGEMENTS]
        drawings = [each.inner_html() for each in named.locator("svg").all()]
        assert len(set(drawings)) == len(ARRANGEMENTS)
        for each in named.locator("svg").all():
            box = each.bounding_box()
            assert box
            assert box["width"] > 12
