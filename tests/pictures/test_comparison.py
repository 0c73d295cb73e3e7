"""The comparison forgives what another machine does, and nothing else.

Pages are changed at their sources and built again: a lost mark here is one that was really lost.
"""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pymupdf
import pypdfium2
import pytest
from PIL import Image

from tests.pictures import cases, drawing
from tests.pictures.__main__ import approve, finding, main
from tests.pictures.comparison import compare
from tests.pictures.report import State, difference, found, page

Pages = Callable[[pypdfium2.PdfPage], Image.Image]

SCRIPTS = (
    "arabic-justified",
    "arabic-lists",
    "german-narrow",
    "hebrew",
    "khmer-lao-burmese",
    "thai-marks",
)


def now(name: str) -> Image.Image:
    return drawing.opened(drawing.png_of(name))


def kept(picture: Image.Image) -> Image.Image:
    """A picture as its file would give it back."""
    return drawing.reduced(picture).convert("RGB")


def drawn_by(name: str, draw: Pages) -> Image.Image:
    """The pages of a case, drawn in another way."""
    content, direction = drawing.content_of(name)
    document = pypdfium2.PdfDocument(content)
    try:
        pages = [draw(document[at]) for at in drawing.chosen(cases.case(name), document)]
    finally:
        document.close()
    return kept(drawing.joined(pages, direction))


def shifted(across: float, down: float) -> Pages:
    """A page whose every edge is softened anew, since all stands a fraction of a pixel elsewhere."""

    def draw(source: pypdfium2.PdfPage) -> Image.Image:
        scale = drawing.DOTS / 72
        left, bottom, right, top = source.get_mediabox()
        by, up = -across / scale, down / scale
        box = (left + by, bottom + up, right + by, top + up)
        source.set_mediabox(*box)
        source.set_cropbox(*box)
        return source.render(scale=scale).to_pil().convert("RGB")

    return draw


def changed(name: str, before: str, after: str) -> Image.Image:
    """The pages of a case with other words in one place."""
    one = cases.case(name)
    assert sum(text.count(before) for text in one.texts.values()) == 1
    other = replace(
        one, texts={tag: text.replace(before, after) for tag, text in one.texts.items()}
    )
    return kept(drawing.drawn(other, *drawing.printed(other)))


def place(name: str, text: str) -> tuple[int, int, int, int]:
    """Where a text stands on the one page of a case: left, top, right, bottom in px."""
    content, _ = drawing.content_of(name)
    document = pypdfium2.PdfDocument(content)
    try:
        sheet = document[drawing.chosen(cases.case(name), document)[0]]
        read = sheet.get_textpage()
        at = read.search(text).get_next()
        assert at is not None
        boxes = [read.get_charbox(index) for index in range(at[0], at[0] + at[1])]
        high, scale = sheet.get_height(), drawing.DOTS / 72
        left, bottom = min(box[0] for box in boxes), min(box[1] for box in boxes)
        right, top = max(box[2] for box in boxes), max(box[3] for box in boxes)
    finally:
        document.close()
    return (
        int(left * scale),
        int((high - top) * scale),
        int(right * scale) + 1,
        int((high - bottom) * scale) + 1,
    )


# --- what passes ----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", SCRIPTS)
def test_a_page_that_is_shifted_and_softened_anew_passes(name: str) -> None:
    for shift in ((1, 0), (0.5, 0.5), (0.25, -0.75), (1.25, -1)):
        verdict = compare(now(name), drawn_by(name, shifted(*shift)))
        assert verdict.alike, (shift, verdict)


@pytest.mark.parametrize("name", ["arabic-justified", "german-narrow", "hebrew", "thai-lines"])
def test_a_page_drawn_by_another_program_passes(name: str) -> None:
    document = pymupdf.open(stream=drawing.content_of(name)[0])

    def draw(source: pypdfium2.PdfPage) -> Image.Image:
        scale = drawing.DOTS / 72
        size = source.render(scale=scale).to_pil().size
        number = drawing.chosen(cases.case(name), source.pdf)[0]
        pixels = document[number].get_pixmap(matrix=pymupdf.Matrix(scale, scale))
        whole = Image.new("RGB", size, "white")
        whole.paste(Image.frombytes("RGB", (pixels.width, pixels.height), pixels.samples))
        return whole

    verdict = compare(now(name), drawn_by(name, draw))
    assert verdict.alike, verdict


def test_darker_stems_pass() -> None:
    lighter = now("hebrew").point(lambda value: round(255 * (value / 255) ** 0.85))
    assert compare(now("hebrew"), lighter).alike


# --- what fails -----------------------------------------------------------------------------------

LOST = [
    ("thai-marks", "ปี่ ที่ ผู้ นี้", "ปี ที่ ผู้ นี้"),
    ("thai-marks", "น้ำ ก่ำ", "นำ ก่ำ"),
    ("thai-marks", "ป่า ฝั่ง", "ปา ฝั่ง"),
    ("thai-marks", "สิทธิ์ ฟิ", "สิทธิ ฟิ"),
    ("thai-lines", "คำพูด", "คาพูด"),
    ("arabic-joining", "الأول", "الاول"),
    ("arabic-joining", "محمّد", "محمد"),
    ("arabic-joining", "خلال", "حلال"),
    ("arabic-joining", "نتيجة", "نتيحة"),
    ("german-narrow", "Übermaß", "Ubermaß"),
    ("hebrew", "מִצְוָה", "מצְוָה"),
    ("hindi-tamil-bengali", "कर्मियों", "कर्मियो"),
    ("khmer-lao-burmese", "ເຊື່ອ", "ເຊືອ"),
    ("latin-marks", "đặt", "đăt"),
]
ANOTHER = [
    ("thai-marks", "ก๊ก", "ก๋ก"),
    ("thai-marks", "ผู้ นี้", "ผุ้ นี้"),
    ("hebrew", "שָׁלוֹם", "שָׂלוֹם"),
    ("arabic-mixed", "1,250", "1.250"),
]
ORDER = [
    ("german-narrow", "Öl, Ärger", "Ärger, Öl"),
    ("hebrew", "2021-12-24", "24-12-2021"),
    ("chinese-japanese-korean", "今、令、返。Apple", "令、今、返。Apple"),
    ("german-narrow", "ebenso", "osnebe"),
]


@pytest.mark.parametrize(
    ("name", "before", "after"), LOST + ANOTHER + ORDER, ids=lambda value: str(value)[:20]
)
def test_a_mark_lost_or_another_and_words_in_another_order_fail(
    name: str, before: str, after: str
) -> None:
    assert not compare(now(name), changed(name, before, after)).alike


def test_a_line_that_breaks_elsewhere_fails() -> None:
    other = changed("german-narrow", "überall, Kunden", "überall,\u00a0Kunden")
    assert not compare(now("german-narrow"), other).alike


@pytest.mark.parametrize("share", [1.0, 0.6], ids=["erased", "clipped"])
def test_a_mark_whose_top_is_cut_off_fails(share: float) -> None:
    left, top, right, _ = place("thai-marks", "ปั้น")
    picture = now("thai-marks")
    ink = np.asarray(picture.convert("L")) < 128
    rows = np.flatnonzero(ink[top - 12 : top + 30, left:right].any(axis=1)) + top - 12
    # The mark is what stands above the first gap; its height is a fifth of an em.
    first, height = rows[0], round(drawing.DOTS / 72 * 13 * 0.2)
    picture.paste("white", (left, first - 1, right, first + round(height * share)))
    assert not compare(now("thai-marks"), picture).alike


def test_a_word_in_a_mirror_fails() -> None:
    box = place("german-narrow", "Größe")
    picture = now("german-narrow")
    picture.paste(picture.crop(box).transpose(Image.Transpose.FLIP_LEFT_RIGHT), box)
    assert not compare(now("german-narrow"), picture).alike


def test_a_box_instead_of_a_letter_fails() -> None:
    left, top, right, bottom = place("german-narrow", "ß")
    picture = now("german-narrow")
    picture.paste("white", (left, top, right, bottom))
    picture.paste("black", (left + 1, top + 2, right - 1, bottom - 2))
    picture.paste("white", (left + 3, top + 4, right - 3, bottom - 4))
    assert not compare(now("german-narrow"), picture).alike


def test_a_word_three_pixels_off_fails() -> None:
    box = place("german-narrow", "Straße")
    picture = now("german-narrow")
    word = picture.crop(box)
    picture.paste("white", box)
    picture.paste(word, (box[0] + 3, box[1]))
    assert not compare(now("german-narrow"), picture).alike


def test_another_colour_fails() -> None:
    red, green, blue = now("cover-german").split()
    assert not compare(now("cover-german"), Image.merge("RGB", (green, red, blue))).alike


def test_another_number_of_pages_fails() -> None:
    picture = now("hebrew")
    verdict = compare(picture, picture.crop((0, 0, picture.width, picture.height - 1)))
    assert not verdict.alike
    assert "number" in str(verdict)


# --- the report and the approval ------------------------------------------------------------------


def test_the_report_shows_failures_first_and_needs_no_other_file() -> None:
    one = cases.case("hebrew")
    good = found(one, drawing.png_of("hebrew"))
    bad = replace(good, approved=drawing.png_of("thai-lines"))
    bad = replace(bad, verdict=compare(now("thai-lines"), now("hebrew")))
    assert bad.state is State.DIFFERS
    text = page([bad])
    assert text.count("data:image/png;base64,") == 3
    assert "http" not in text.replace("http-equiv", "")


def test_a_difference_is_red_where_ink_is_gone_and_blue_where_it_is_new() -> None:
    white, black = (Image.new("RGB", (9, 9), colour) for colour in ("white", "black"))
    red, _, blue = difference(black, white, ()).getpixel((4, 4))  # type: ignore[misc]
    assert red > blue
    red, _, blue = difference(white, black, ()).getpixel((4, 4))  # type: ignore[misc]
    assert blue > red


def test_the_same_case_gives_the_same_bytes() -> None:
    one = cases.case("hebrew")
    again = drawing.png(drawing.drawn(one, *drawing.printed(one)))
    assert again == drawing.png_of("hebrew")


def test_approving_twice_changes_nothing(tmp_path: object, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("report", "__main__"):
        monkeypatch.setattr(f"tests.pictures.{module}.APPROVED", tmp_path)
    assert finding("hebrew").state is State.NEW
    assert approve(["hebrew"]) == ["approved: hebrew"]
    assert finding("hebrew").state is State.ALIKE
    assert approve(["hebrew"]) == []


def test_a_case_that_is_wrong_is_not_approved(
    tmp_path: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in ("report", "__main__"):
        monkeypatch.setattr(f"tests.pictures.{module}.APPROVED", tmp_path)
    one = replace(cases.case("hebrew"), wrong="something")
    monkeypatch.setattr(cases, "case", lambda name: one)
    assert approve(["hebrew"])[0].startswith("left out")


def test_a_name_that_is_no_case_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["compare", "no-such-case"])
    assert "no such case" in capsys.readouterr().err
