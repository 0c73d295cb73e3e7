"""The combined page in a browser: what a reader sees, clicks and shares."""

import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pypdfium2
import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.end_to_end.browser import visit
from tests.end_to_end.conftest import Built, built
from tests.end_to_end.inputs import AUTONYMS, LANGUAGES, SAMPLE, clean, direction, units

TELEPHONE = 390


@pytest.fixture
def sample(workshop: Path) -> Built:
    """What buttons, keys and addresses do hangs on the frame and its script, which are those of every book with
    these languages: one shows it."""
    return built(SAMPLE, workshop)


@pytest.fixture
def reader(sample: Built, chromium: Browser) -> Iterator[Page]:
    with visit(chromium, sample.file("combined", "html")) as seen:
        yield seen.page


@pytest.fixture
def each_reader(book: Built, chromium: Browser) -> Iterator[Page]:
    """For what hangs on the texts."""
    with visit(chromium, book.file("combined", "html")) as seen:
        yield seen.page


@pytest.fixture
def telephone(sample: Built, chromium: Browser) -> Iterator[Page]:
    with visit(chromium, sample.file("combined", "html"), width=TELEPHONE) as seen:
        yield seen.page


def choice(page: Page, tag: str) -> Locator:
    return page.get_by_role("button", name=AUTONYMS[tag], exact=True)


def arrow(page: Page, tag: str, step: int) -> Locator:
    return page.locator(f"article[data-language='{tag}'] .mover button[data-step='{step}']")


def press(page: Page, button: Locator) -> None:
    """Click as a hand does. Playwright's own click scrolls first, which no hand does."""
    expect(button).to_be_in_viewport()
    box = button.bounding_box()
    assert box
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)


def visible(page: Page) -> list[str]:
    """The languages whose text is seen, from the left."""
    seen = [
        (box["x"], tag)
        for tag in LANGUAGES
        if (title := page.locator(f"article[data-language='{tag}'] h1")).is_visible()
        and (box := title.bounding_box())
    ]
    return [tag for _, tag in sorted(seen)]


def segments(page: Page) -> dict[str, list[dict[str, float | str]]]:
    """The place of every segment of every language that is seen."""
    return page.evaluate(
        """() => Object.fromEntries([...document.querySelectorAll('article')]
            .filter(article => article.querySelector('h1').checkVisibility())
            .map(article => [article.lang, [...article.querySelectorAll('.segment')].map(each => {
                const box = each.getBoundingClientRect();
                return {number: each.dataset.segment, top: box.top, bottom: box.bottom, left: box.left,
                        right: box.right};
            })]))"""
    )


def at_the_top(page: Page) -> tuple[str, float]:
    """The first segment that is seen below the chooser, and where it begins."""
    number, top = page.evaluate(
        """() => {
            const edge = document.getElementById('chooser').getBoundingClientRect().bottom;
            const first = [...document.querySelectorAll('.segment')]
                .filter(each => each.checkVisibility())
                .find(each => each.getBoundingClientRect().bottom > edge + 1);
            return [first.dataset.segment, first.getBoundingClientRect().top];
        }"""
    )
    return str(number), float(top)


def shared(page: Page) -> list[str]:
    match = re.search(r"#show=([\w,-]+)", page.url)
    return match[1].split(",") if match else []


def test_without_script_all_languages_are_seen_one_after_the_other(
    book: Built, chromium: Browser
) -> None:
    with visit(chromium, book.file("combined", "html"), script=False) as seen:
        page = seen.page
        boxes = []
        for tag in LANGUAGES:
            article = page.locator(f"article[data-language='{tag}']")
            for unit in units(book.source(tag))[:3]:
                expect(article.get_by_text(unit.text, exact=True).first).to_be_visible()
            box = article.bounding_box()
            assert box
            assert box["height"] > 1000
            boxes.append(box)
        for upper, lower in pairwise(boxes):
            assert lower["y"] >= upper["y"] + upper["height"]
            assert lower["x"] == upper["x"]
        assert page.get_by_role("button").count() == 0


def test_without_script_the_list_at_the_head_leads_to_each_language(
    sample: Built, chromium: Browser
) -> None:
    with visit(chromium, sample.file("combined", "html"), script=False, motion=False) as seen:
        for tag in LANGUAGES[::-1]:
            seen.page.get_by_role("link", name=AUTONYMS[tag], exact=True).click()
            expect(seen.page.locator(f"article[data-language='{tag}'] h1")).to_be_in_viewport()


def test_two_languages_stand_side_by_side_at_first(reader: Page) -> None:
    assert visible(reader) == ["th", "ar"]
    for tag in LANGUAGES:
        pressed = "true" if tag in ("th", "ar") else "false"
        expect(choice(reader, tag)).to_have_attribute("aria-pressed", pressed)


def test_the_chooser_names_each_language_in_its_own_direction(reader: Page) -> None:
    for tag in LANGUAGES:
        button = choice(reader, tag)
        expect(button).to_be_visible()
        assert button.get_attribute("lang") == tag
        assert button.evaluate("each => getComputedStyle(each).direction") == direction(tag)


def test_a_third_language_is_shown_and_one_is_hidden_again(reader: Page) -> None:
    choice(reader, "de").click()
    assert visible(reader) == ["th", "ar", "de"]
    choice(reader, "th").click()
    assert visible(reader) == ["ar", "de"]
    expect(choice(reader, "th")).to_have_attribute("aria-pressed", "false")
    expect(choice(reader, "de")).to_have_attribute("aria-pressed", "true")


def test_the_last_language_stays(reader: Page) -> None:
    choice(reader, "th").click()
    choice(reader, "ar").click()
    assert visible(reader) == ["ar"]


def test_all_five_can_stand_side_by_side(reader: Page) -> None:
    for tag in ("id", "de", "es"):
        choice(reader, tag).click()
    assert visible(reader) == list(LANGUAGES)
    assert reader.evaluate("document.documentElement.scrollWidth") <= 1280


@pytest.mark.parametrize("more", [(), ("de",), ("id", "de", "es")])
def test_every_segment_begins_at_one_height_in_all_columns(
    each_reader: Page, more: tuple[str, ...]
) -> None:
    for tag in more:
        choice(each_reader, tag).click()
    columns = segments(each_reader)
    assert list(columns) == [tag for tag in LANGUAGES if tag in ("th", "ar", *more)]
    rows: dict[str, list[dict[str, float | str]]] = {}
    for column in columns.values():
        for each in column:
            rows.setdefault(str(each["number"]), []).append(each)
    whole = [row for number, row in rows.items() if number != "notes"]
    assert len(whole) > 40
    lowest = 0.0
    for row in whole:
        assert len(row) == len(columns)
        tops = [float(each["top"]) for each in row]
        assert max(tops) - min(tops) <= 2, row
        assert min(tops) >= lowest - 0.5, "a segment lies over the one before"
        lowest = max(float(each["bottom"]) for each in row)
        sides = sorted((float(each["left"]), float(each["right"])) for each in row)
        for (_, end), (begin, _) in pairwise(sides):
            assert begin >= end - 0.5, "columns lie over each other"


def test_arrows_move_a_column(reader: Page) -> None:
    expect(arrow(reader, "th", -1)).to_be_hidden()
    arrow(reader, "th", 1).click()
    assert visible(reader) == ["ar", "th"]
    expect(arrow(reader, "th", 1)).to_be_hidden()
    arrow(reader, "th", -1).click()
    assert visible(reader) == ["th", "ar"]


def test_arrows_point_where_the_column_goes(reader: Page) -> None:
    choice(reader, "de").click()
    assert arrow(reader, "ar", -1).inner_text() == "←"
    assert arrow(reader, "ar", 1).inner_text() == "→"
    left, right = (arrow(reader, "ar", step).bounding_box() for step in (-1, 1))
    assert left
    assert right
    assert left["x"] < right["x"], "the arrow that points left stands at the right"


def test_arrows_work_from_the_keyboard_and_keep_the_focus(reader: Page) -> None:
    choice(reader, "de").click()
    arrow(reader, "th", 1).focus()
    reader.keyboard.press("Enter")
    assert visible(reader) == ["ar", "th", "de"]
    expect(arrow(reader, "th", 1)).to_be_focused()
    reader.keyboard.press("Enter")
    assert visible(reader) == ["ar", "de", "th"]


def test_the_chooser_works_from_the_keyboard(reader: Page) -> None:
    choice(reader, "id").focus()
    reader.keyboard.press("Space")
    assert visible(reader) == ["th", "ar", "id"]
    expect(choice(reader, "id")).to_be_focused()


def test_a_column_moves_where_its_name_is_dragged(reader: Page) -> None:
    choice(reader, "ar").drag_to(choice(reader, "th"))
    assert visible(reader) == ["ar", "th"]


def test_the_address_brings_back_languages_order_and_place(
    sample: Built, chromium: Browser, reader: Page
) -> None:
    assert shared(reader) == ["th", "ar"]
    choice(reader, "es").click()
    choice(reader, "th").click()
    arrow(reader, "es", -1).click()
    assert visible(reader) == shared(reader) == ["es", "ar"]
    go_to(reader, "es", 30)
    number, _ = at_the_top(reader)
    assert int(number) in (29, 30)
    reader.wait_for_url(f"**at={number}")
    fragment = reader.url[reader.url.index("#") :]
    with visit(chromium, sample.file("combined", "html"), fragment=fragment) as again:
        assert visible(again.page) == ["es", "ar"]
        place = again.page.locator(f"article[data-language='es'] .segment[data-segment='{number}']")
        expect(place).to_be_in_viewport()
        again.page.wait_for_timeout(500)
        assert again.page.url.endswith(fragment), "each visit of an address changes it"


def test_an_address_of_a_section_shows_its_language(sample: Built, chromium: Browser) -> None:
    with visit(chromium, sample.file("combined", "html"), fragment="#es-20") as seen:
        assert "es" in visible(seen.page)
        expect(seen.page.locator("#es-20")).to_be_in_viewport()


def test_a_segment_under_the_pointer_lights_its_fellows_in_every_column(reader: Page) -> None:
    choice(reader, "de").click()
    place = reader.locator("article[data-language='ar'] .segment[data-segment='6']")
    lit = reader.locator(".segment.lit").locator("visible=true")
    expect(lit).to_have_count(0)
    plain = place.evaluate("each => getComputedStyle(each).backgroundColor")
    place.hover()
    expect(lit).to_have_count(3)
    for tag in ("th", "ar", "de"):
        fellow = reader.locator(f"article[data-language='{tag}'] .segment[data-segment='6']")
        expect(fellow).not_to_have_css("background-color", plain)
    reader.locator("#chooser").hover()
    expect(lit).to_have_count(0)
    expect(place).to_have_css("background-color", plain)


def go_to(page: Page, tag: str, segment: int) -> None:
    place = page.locator(f"article[data-language='{tag}'] .segment[data-segment='{segment}']")
    place.evaluate("each => each.scrollIntoView({behavior: 'instant'})")


def test_showing_another_language_keeps_the_place(each_reader: Page) -> None:
    go_to(each_reader, "th", 30)
    number, top = at_the_top(each_reader)
    press(each_reader, choice(each_reader, "de"))
    assert visible(each_reader) == ["th", "ar", "de"]
    now, where = at_the_top(each_reader)
    assert now == number
    assert where == pytest.approx(top, abs=2)


def test_reaching_the_chooser_from_the_keyboard_does_not_move_the_page(reader: Page) -> None:
    go_to(reader, "th", 30)
    before = reader.evaluate("scrollY")
    for tag in LANGUAGES:
        choice(reader, tag).focus()
    assert reader.evaluate("scrollY") == before


def test_on_a_telephone_one_language_is_seen(telephone: Page) -> None:
    assert visible(telephone) == ["th"]
    assert telephone.evaluate("document.documentElement.scrollWidth") <= TELEPHONE
    box = telephone.locator("article[data-language='th'] .segment[data-segment='2']").bounding_box()
    assert box
    assert box["width"] > 0.8 * TELEPHONE


def test_on_a_telephone_switching_keeps_the_place(telephone: Page) -> None:
    for segment in (12, 30, 45):
        go_to(telephone, "th", segment)
        start = at_the_top(telephone)[0]
        assert int(start) in range(segment - 2, segment + 1)
        for tag in ("ar", "de", "es", "id", "th"):
            press(telephone, choice(telephone, tag))
            assert visible(telephone) == [tag]
            assert at_the_top(telephone)[0] == start, tag
        assert shared(telephone) == ["th"]


def test_a_window_that_becomes_narrow_keeps_one_language(reader: Page) -> None:
    choice(reader, "es").click()
    reader.set_viewport_size({"width": TELEPHONE, "height": 800})
    expect(reader.locator("article[data-language='es'] h1")).to_be_hidden()
    assert visible(reader) == ["th"]


def test_the_page_says_its_text_in_the_columns_direction(book: Built, each_reader: Page) -> None:
    for tag in ("th", "ar"):
        title = each_reader.locator(f"article[data-language='{tag}'] h1")
        assert clean(title.inner_text()) == units(book.source(tag))[0].text
        assert title.evaluate("each => getComputedStyle(each).direction") == direction(tag)


PAPER = 680
"""The width of the text of an A4 page with the margins of print, in px."""


def test_what_is_shown_is_what_is_printed(reader: Page) -> None:
    """The chosen languages in their order, rows level, and nothing that is there to be clicked."""
    choice(reader, "de").click()
    choice(reader, "ar").click()
    reader.emulate_media(media="print")
    reader.set_viewport_size({"width": PAPER, "height": 900})
    assert visible(reader) == ["th", "de"]
    assert reader.locator("button:visible").count() == 0
    assert reader.evaluate("document.documentElement.scrollWidth") <= PAPER
    columns = segments(reader).values()
    first, second = ([each for each in own if each["number"] != "notes"] for own in columns)
    assert len(first) == len(second) > 40
    for one, other in zip(first, second, strict=True):
        assert one["number"] == other["number"]
        assert float(one["top"]) == pytest.approx(float(other["top"]), abs=2)


def test_sections_of_chosen_languages_are_on_the_same_printed_page(
    sample: Built, reader: Page
) -> None:
    choice(reader, "de").click()
    choice(reader, "es").click()
    choice(reader, "th").click()
    choice(reader, "ar").click()
    document = pypdfium2.PdfDocument(reader.pdf(prefer_css_page_size=True))
    texts = [
        re.sub(r"\W+", "", each.get_textpage().get_text_range()).casefold() for each in document
    ]
    found: dict[str, list[int]] = {}
    for tag in ("de", "es"):
        source = next(each for each in sample.manifest["sources"] if each["language"] == tag)
        for heading in source["headings"]:
            words = re.sub(r"\W+", "", heading["text"]).casefold()
            found.setdefault(tag, []).append(next(n for n, t in enumerate(texts) if words in t))
    assert found["de"] == found["es"]
    assert found["de"][-1] > 2
    assert not any(re.search(r"[\u0e00-\u0e7f\u0600-\u06ff]{12}", each) for each in texts)


def test_nothing_is_complained_of_on_the_way(sample: Built, chromium: Browser) -> None:
    with visit(chromium, sample.file("combined", "html")) as seen:
        for tag in (*LANGUAGES, *LANGUAGES):
            choice(seen.page, tag).click()
        seen.page.reload()
        expect(seen.page.locator("article h1").locator("visible=true").first).to_be_visible()
        assert seen.complaints == []
