"""The page that a person opens first, seen in a browser, from a file, without any script."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, expect

from tests.end_to_end.browser import Visit, visit
from tests.end_to_end.conftest import Built
from tests.end_to_end.inputs import AUTONYMS, EDITIONS, FORMATS, LANGUAGES, clean, direction, units


@pytest.fixture
def gallery(book: Built, chromium: Browser) -> Iterator[Visit]:
    with visit(chromium, book.folder / "index.html", script=False) as seen:
        yield seen


def books(gallery: Visit) -> dict[str, Locator]:
    return {
        edition: gallery.page.locator(f"li.book[data-edition='{edition}']") for edition in EDITIONS
    }


def test_there_is_no_script_in_it(book: Built) -> None:
    assert "<script" not in (book.folder / "index.html").read_text(encoding="utf-8")


def test_every_edition_has_a_cover_that_is_seen(gallery: Visit) -> None:
    covers = gallery.page.locator("li.book img")
    expect(covers).to_have_count(len(EDITIONS))
    for cover in covers.all():
        expect(cover).to_be_visible()
        assert cover.evaluate("image => image.decode().then(() => image.naturalWidth)") >= 400
        shown = cover.bounding_box()
        assert shown
        assert shown["height"] / shown["width"] == pytest.approx(210 / 148, abs=0.02)


def test_no_two_covers_are_the_same(gallery: Visit) -> None:
    covers = [each.get_attribute("src") for each in gallery.page.locator("li.book img").all()]
    assert len(set(covers)) == len(EDITIONS)


def test_languages_are_named_in_their_own_script_and_face(gallery: Visit) -> None:
    shelf = books(gallery)
    faces = {"th": "Sarabun", "ar": "Amiri"}
    for tag in LANGUAGES:
        name = shelf[tag].locator(".book-languages").get_by_text(AUTONYMS[tag], exact=True)
        expect(name).to_be_visible()
        assert name.evaluate("each => each.closest('[lang]').lang") == tag
        family = name.evaluate("each => getComputedStyle(each).fontFamily")
        assert family.lstrip('"').startswith(faces.get(tag, "Spectral"))
        listed = shelf["combined"].locator(".book-languages").get_by_text(AUTONYMS[tag], exact=True)
        expect(listed).to_be_visible()
    names = shelf["combined"].locator(".book-languages li").all_inner_texts()
    assert names == [AUTONYMS[tag] for tag in LANGUAGES]


def test_titles_stand_in_their_direction(book: Built, gallery: Visit) -> None:
    for tag in LANGUAGES:
        title = books(gallery)[tag].get_by_role("heading", level=2)
        assert clean(title.inner_text()) == units(book.source(tag))[0].text
        assert title.evaluate("each => getComputedStyle(each).direction") == direction(tag)
    arabic = books(gallery)["ar"].get_by_role("heading", level=2)
    gaps = arabic.evaluate(
        """each => {
            const range = document.createRange();
            range.selectNodeContents(each);
            const text = range.getBoundingClientRect(), box = each.getBoundingClientRect();
            return [text.left - box.left, box.right - text.right];
        }"""
    )
    assert gaps[1] == pytest.approx(0, abs=2), "the Arabic title does not begin at the right"


def test_every_book_can_be_had_in_three_formats_with_its_size(book: Built, gallery: Visit) -> None:
    for edition, place in books(gallery).items():
        for form in FORMATS:
            file = book.file(edition, form)
            button = place.locator(f".downloads a[href='{file.name}']")
            expect(button).to_have_count(1)
            expect(button).to_be_visible()
            assert button.inner_text().split() == [
                form.upper(), str(round(file.stat().st_size / 1000)), "kB",
            ]  # fmt: skip


def test_reading_side_by_side_comes_first_and_leads_to_the_combined_page(
    book: Built, gallery: Visit
) -> None:
    page = gallery.page
    first = page.locator("main a").first
    expect(first).to_be_visible()
    first.click()
    page.wait_for_url(f"**/{book.file('combined', 'html').name}")
    expect(page.locator("article")).to_have_count(len(LANGUAGES))


def test_a_language_leads_to_its_page(book: Built, gallery: Visit) -> None:
    for tag in LANGUAGES:
        books(gallery)[tag].get_by_role("link", name="HTML").click()
        gallery.page.wait_for_url(f"**/{book.file(tag, 'html').name}")
        assert clean(gallery.page.locator("h1").inner_text()) == units(book.source(tag))[0].text
        gallery.page.go_back()
