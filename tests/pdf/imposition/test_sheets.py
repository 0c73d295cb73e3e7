"""Real sheets: order, boxes, bleed, marks, and nothing twice."""

import hashlib
import io
import itertools
from pathlib import Path

import pikepdf
import pytest
from PIL import ImageChops

from pipeline.pdf.imposition import Binding, impose
from pipeline.settings.sheets import MarkName, SheetSettings
from tests.end_to_end.tools import run, tool
from tests.pdf.imposition.paper import HEIGHT, WIDTH, book, fold, numbers, picture, saved

MM = 72 / 25.4
PLAIN = SheetSettings()
MARKED = SheetSettings(marks=tuple(MarkName))


def opened(content: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(content))


def box(page: pikepdf.Page, key: str) -> list[float]:
    return [float(each) for each in page[key]]


def streams(pdf: pikepdf.Pdf) -> list[str]:
    """A digest of every stream but the sheets' own content."""
    own = {page.Contents.objgen for page in pdf.pages}
    return [
        hashlib.sha256(each.read_raw_bytes()).hexdigest()
        for each in pdf.objects
        if isinstance(each, pikepdf.Stream) and each.objgen not in own
    ]


@pytest.mark.parametrize("direction", ["/L2R", "/R2L"])
@pytest.mark.parametrize("pages", range(1, 65))
def test_sheets_folded_read_as_the_book(pages: int, direction: str) -> None:
    binding = Binding.RIGHT if direction == "/R2L" else Binding.LEFT
    made = impose(saved(book(pages, direction=direction)), name="book.pdf")
    assert (made.pages, made.blanks, made.binding) == (pages, -pages % 4, binding)
    faces = numbers(made.content)
    assert len(faces) == 2 * made.sheets
    sheets = list(zip(faces[::2], faces[1::2], strict=True))
    assert fold(sheets, binding) == [*range(1, pages + 1), *[None] * made.blanks]


def test_a_book_that_says_nothing_of_its_direction_is_bound_on_the_left() -> None:
    assert impose(saved(book(4)), name="book.pdf").binding is Binding.LEFT


@pytest.mark.parametrize("binding", Binding)
def test_a_binding_that_is_given_wins(binding: Binding) -> None:
    for direction in ("/L2R", "/R2L"):
        made = impose(saved(book(2, direction=direction)), name="book.pdf", binding=binding)
        first = numbers(made.content)[0]
        assert made.binding is binding
        assert first == ((1, None) if binding is Binding.RIGHT else (None, 1))


def test_a_declared_back_cover_stays_outside() -> None:
    made = impose(saved(book(6)), name="book.pdf", blanks_after=-1)
    assert numbers(made.content) == [(6, 1), (2, None), (None, 3), (4, 5)]


def test_a_sheet_is_two_pages_wide_and_nothing_more() -> None:
    made = impose(saved(book(5)), name="book.pdf")
    with opened(made.content) as pdf:
        for page in pdf.pages:
            for key in ("/MediaBox", "/TrimBox", "/BleedBox"):
                assert box(page, key) == [0, 0, 2 * WIDTH, HEIGHT]
            assert "/Rotate" not in page.obj
            assert "/UserUnit" not in page.obj


def test_a_page_is_neither_scaled_nor_turned_nor_moved() -> None:
    source = saved(book(3))
    made = impose(source, name="book.pdf").content
    front, back = (picture(made, face, scale=2) for face in (0, 1))
    right = (2 * WIDTH, 0, 4 * WIDTH, 2 * HEIGHT)
    left = (0, 0, 2 * WIDTH, 2 * HEIGHT)
    for page, sheet, half in ((0, front, right), (1, back, left), (2, back, right)):
        alone = picture(source, page, scale=2)
        assert ImageChops.difference(sheet.crop(half), alone).getbbox() is None
        assert alone.getextrema()[0][0] < 50, "nothing is drawn"
    assert front.crop(left).getcolors() == [(4 * WIDTH * HEIGHT, (255, 255, 255))]


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_page_that_is_shown_turned_is_placed_as_it_is_shown(turn: int) -> None:
    pdf = book(2)
    for page in pdf.pages:
        page.obj.Rotate = turn
    source = saved(pdf)
    made = impose(source, name="book.pdf").content
    wide, high = (WIDTH, HEIGHT) if turn == 180 else (HEIGHT, WIDTH)
    sheet = picture(made, 0)
    assert sheet.size == (2 * wide, high)
    difference = ImageChops.difference(sheet.crop((wide, 0, 2 * wide, high)), picture(source, 0))
    # What is turned is not drawn on the same pixels to the last grey.
    assert max(high for _, high in difference.getextrema()) < 64


def test_a_page_in_larger_units_keeps_its_size_on_paper() -> None:
    pdf = book(1)
    pdf.pages[0].obj.UserUnit = 2
    with opened(impose(saved(pdf), name="book.pdf").content) as made:
        assert box(made.pages[0], "/MediaBox") == [0, 0, 4 * WIDTH, 2 * HEIGHT]


def test_the_trim_counts_where_it_is_smaller_than_the_page() -> None:
    pdf = book(2)
    for page in pdf.pages:
        page.obj.MediaBox = [-50, -60, WIDTH + 10, HEIGHT + 20]
        page.obj.CropBox = [-50, -60, WIDTH + 10, HEIGHT + 20]
        page.obj.TrimBox = [0, 0, WIDTH, HEIGHT]
        page.obj.BleedBox = [0, 0, WIDTH, HEIGHT]
    made = impose(saved(pdf), name="book.pdf").content
    plain = impose(saved(book(2)), name="book.pdf").content
    for face in (0, 1):
        assert picture(made, face).tobytes() == picture(plain, face).tobytes()


def test_a_crop_box_counts_where_there_is_no_trim() -> None:
    pdf = book(2)
    for page in pdf.pages:
        page.obj.CropBox = [20, 30, WIDTH - 20, HEIGHT - 40]
    source = saved(pdf)
    made = impose(source, name="book.pdf").content
    wide, high = WIDTH - 40, HEIGHT - 70
    for face, x in ((0, wide), (1, 0)):
        sheet = picture(made, face)
        assert sheet.size == (2 * wide, high)
        half = sheet.crop((x, 0, x + wide, high))
        assert half.tobytes() == picture(source, face).tobytes()


BLEED = 10


def bleeding() -> bytes:
    """Four pages, each one colour to the end of its bleed."""
    pdf = book(4)
    for page, colour in zip(pdf.pages, ("1 0 0", "0 1 0", "0 0 1", "1 1 0"), strict=True):
        page.obj.MediaBox = [-BLEED, -BLEED, WIDTH + BLEED, HEIGHT + BLEED]
        page.obj.BleedBox = page.obj.MediaBox
        page.obj.TrimBox = [0, 0, WIDTH, HEIGHT]
        all_over = f"{colour} rg -100 -100 1000 1000 re f"
        page.obj.Contents = pdf.make_stream(all_over.encode())
    return saved(pdf)


RED, GREEN, BLUE, YELLOW = (255, 0, 0), (0, 255, 0), (0, 0, 255), (255, 255, 0)


def test_bleed_is_kept_outside_and_clipped_at_the_fold() -> None:
    made = impose(bleeding(), name="book.pdf").content
    with opened(made) as pdf:
        for page in pdf.pages:
            media = [0, 0, 2 * WIDTH + 2 * BLEED, HEIGHT + 2 * BLEED]
            assert box(page, "/MediaBox") == box(page, "/BleedBox") == media
            trim = [BLEED, BLEED, 2 * WIDTH + BLEED, HEIGHT + BLEED]
            assert box(page, "/TrimBox") == trim
    wide, high = 2 * (WIDTH + BLEED), HEIGHT + 2 * BLEED
    for face, (left, right) in enumerate(((YELLOW, RED), (GREEN, BLUE))):
        sheet = picture(made, face)
        assert sheet.size == (wide, high)
        half = (wide // 2) * high
        assert sheet.crop((0, 0, wide // 2, high)).getcolors() == [(half, left)]
        assert sheet.crop((wide // 2, 0, wide, high)).getcolors() == [(half, right)]


@pytest.mark.parametrize("side", range(4))
def test_bleed_on_one_side_is_kept(side: int) -> None:
    pdf = book(4)
    extended = [0, 0, WIDTH, HEIGHT]
    extended[side] += BLEED if side > 1 else -BLEED
    for page in pdf.pages:
        page.obj.MediaBox = page.obj.BleedBox = extended
        page.obj.TrimBox = [0, 0, WIDTH, HEIGHT]
    with opened(impose(saved(pdf), name="book.pdf").content) as made:
        for page in made.pages:
            trim = [BLEED, BLEED, 2 * WIDTH + BLEED, HEIGHT + BLEED]
            assert box(page, "/TrimBox") == trim, "fronts and backs must lie on each other"


def dark(content: bytes, face: int, area: tuple[float, float, float, float]) -> bool:
    """Is anything drawn in an area, given in pt from the upper left?"""
    x0, y0, x1, y1 = (round(4 * each) for each in area)
    shown = picture(content, face, scale=4).convert("L").crop((x0, y0, x1, y1))
    return shown.getextrema()[0] < 250


@pytest.mark.parametrize("bleed", [0, BLEED])
def test_marks_stand_outside_of_what_is_printed(bleed: int) -> None:
    content = bleeding() if bleed else saved(book(4))
    made = impose(content, name="book.pdf", settings=MARKED).content
    start = max(bleed, 3 * MM)
    slug = start + 6 * MM
    wide, high = 2 * WIDTH + 2 * slug, HEIGHT + 2 * slug
    with opened(made) as pdf:
        for page in pdf.pages:
            assert box(page, "/MediaBox") == pytest.approx([0, 0, wide, high], abs=1e-5)
            trim = [slug, slug, wide - slug, high - slug]
            assert box(page, "/TrimBox") == pytest.approx(trim, abs=1e-5)
            spread = [slug - bleed, slug - bleed, wide - slug + bleed, high - slug + bleed]
            assert box(page, "/BleedBox") == pytest.approx(spread, abs=1e-5)
    end = slug - start
    for face in (0, 1):
        for x in (slug, wide / 2, wide - slug):
            assert dark(made, face, (x - 1, 0, x + 1, end)), "no mark above"
            assert dark(made, face, (x - 1, high - end, x + 1, high)), "no mark below"
        for y in (slug, high - slug):
            assert dark(made, face, (0, y - 1, end, y + 1)), "no mark on the left"
            assert dark(made, face, (wide - end, y - 1, wide, y + 1)), "no mark on the right"
        fold = picture(made, face, scale=8).convert("L")
        column = [fold.getpixel((round(4 * wide), y)) for y in range(round(8 * end))]
        shades = [shade < 128 for shade in column]
        changes = sum(one != next_one for one, next_one in itertools.pairwise(shades))
        assert changes >= 5, "the fold is not dashed"
        if bleed:
            around = (slug - 1, slug - bleed + 0.5, slug + 1, slug)
            shown = picture(made, face, scale=4).crop([round(4 * each) for each in around])
            assert len(shown.getcolors()) == 1, "a mark stands in the bleed"
        # Nothing but these, and none of them in the gap before the print.
        for x0, x1 in ((slug + 2, wide / 2 - 2), (wide / 2 + 2, wide - slug - 2)):
            assert not dark(made, face, (x0, 0, x1, slug - bleed - 0.5))
        if not bleed:
            gap = 2 * MM
            assert not dark(made, face, (slug - gap, slug - gap, wide - slug + gap, slug))


def test_marks_are_drawn_with_all_inks() -> None:
    with opened(impose(saved(book(4)), name="b.pdf", settings=MARKED).content) as pdf:
        for page in pdf.pages:
            colour = page.Resources.ColorSpace.Marks
            assert list(colour)[:2] == ["/Separation", "/All"]
            assert colour.objgen == pdf.pages[0].Resources.ColorSpace.Marks.objgen


def test_fonts_and_resources_are_shared_by_all_pages() -> None:
    with opened(impose(saved(book(64)), name="book.pdf").content) as pdf:
        fonts = [
            each
            for each in pdf.objects
            if isinstance(each, pikepdf.Dictionary) and each.get("/Type") == "/Font"
        ]
        assert len(fonts) == 1
        used = [form.Resources for page in pdf.pages for _, form in page.Resources.XObject.items()]
        assert len(used) == 64
        assert all(each.is_indirect for each in used)
        assert len({each.objgen for each in used}) == 1


def test_resources_that_pages_inherit_are_found() -> None:
    pdf = book(2)
    pdf.Root.Pages.Resources = pdf.pages[0].obj.Resources
    for page in pdf.pages:
        del page.obj["/Resources"]
    assert numbers(impose(saved(pdf), name="book.pdf").content) == [(None, 1), (2, None)]


def test_pages_of_nearly_one_size_meet_in_the_fold() -> None:
    pdf = book(4)
    pdf.pages[1].obj.MediaBox = [0, 0, WIDTH - 0.4, HEIGHT]
    with opened(impose(saved(pdf), name="book.pdf").content) as made:
        assert box(made.pages[0], "/MediaBox") == [0, 0, 2 * WIDTH, HEIGHT]
        assert b"1 0 0 1 0.4 0 cm\n/P2 Do" in made.pages[1].Contents.read_bytes()


def test_a_page_group_stays_isolated() -> None:
    pdf = book(1)
    pdf.pages[0].obj.Group = pikepdf.Dictionary(
        S=pikepdf.Name.Transparency, CS=pikepdf.Name.DeviceRGB
    )
    with opened(impose(saved(pdf), name="book.pdf").content) as made:
        group = made.pages[0].Resources.XObject.P1.Group
        assert (group.S, group.CS, group.I) == ("/Transparency", "/DeviceRGB", True)


@pytest.mark.parametrize("marks", [False, True])
@pytest.mark.parametrize("pages", [1, 4, 7])
def test_qpdf_finds_nothing_wrong(tmp_path: Path, pages: int, marks: bool) -> None:
    file = tmp_path / "sheets.pdf"
    file.write_bytes(
        impose(saved(book(pages)), name="book.pdf", settings=MARKED if marks else PLAIN).content
    )
    said = run([tool("qpdf"), "--check", file])
    assert (said.code, said.err) == (0, ""), said


def test_no_stream_is_there_twice() -> None:
    with opened(impose(saved(book(9)), name="book.pdf", settings=MARKED).content) as pdf:
        found = streams(pdf)
        assert len(found) == len(set(found)) == 9


def test_a_printer_is_told_how() -> None:
    with opened(impose(saved(book(4, direction="/R2L")), name="book.pdf").content) as pdf:
        preferences = pdf.Root.ViewerPreferences
        assert preferences.Duplex == "/DuplexFlipShortEdge"
        assert preferences.PrintScaling == "/None"
        assert preferences.DisplayDocTitle is True
        assert "/Direction" not in preferences, "what is read from right to left is no longer pages"
