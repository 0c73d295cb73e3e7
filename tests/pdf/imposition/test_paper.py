"""Paper of every size, margins and marks, by what is drawn on it."""

import io

import pikepdf
import pytest
from PIL import Image, ImageChops

from pipeline.errors import ImpositionError
from pipeline.pdf.imposition import SCHEMES, Binding, Imposed, impose
from pipeline.pdf.imposition.geometry import MM, Box
from pipeline.pdf.imposition.proofs import windows
from pipeline.settings.sheets import Flip, MarkName, SheetSettings
from tests.pdf.imposition.paper import HEIGHT, WIDTH, book, picture, saved

A5 = (148 * MM, 210 * MM)
MARKS = tuple(MarkName)


def empty(pages: int, size: tuple[float, float] = (WIDTH, HEIGHT)) -> bytes:
    """Pages with nothing on them: whatever is seen is of the sheets."""
    pdf = book(pages, size=size)
    for page in pdf.pages:
        page.obj.Contents = pdf.make_stream(b"")
    return saved(pdf)


def laid(content: bytes, name: str, **settings: object) -> Imposed:
    how = SheetSettings(**settings)  # type: ignore[arg-type]
    return impose(content, name="book.pdf", scheme=SCHEMES[name], settings=how)


def boxes(made: Imposed, key: str) -> list[Box]:
    """A box of every side, in mm."""
    with pikepdf.open(io.BytesIO(made.content)) as pdf:
        found = [Box.of(float(each) for each in page.obj[key]) for page in pdf.pages]
    return [Box(*(each / MM for each in (box.x0, box.y0, box.x1, box.y1))) for box in found]


def seen(side: Image.Image, box: Box, scale: int) -> tuple[int, int, int, int] | None:
    """Where in a part of a side anything is drawn."""
    part = side.crop(
        [
            round(box.x0 * scale),
            round(side.height - box.y1 * scale),
            round(box.x1 * scale),
            round(side.height - box.y0 * scale),
        ]
    )
    return ImageChops.invert(
        part.convert("L").point(lambda each: 255 if each > 250 else 0)
    ).getbbox()


# --- paper ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "size", "settings"),
    [
        ("saddle", (296, 210), {}),
        ("saddle", (296 + 2 * 9 + 10, 210 + 2 * 9 + 10), {"marks": MARKS, "margin": 5}),
        ("saddle", (296, 426), {"folds": 2}),
        ("saddle", (296, 210), {"mill": 2}),
        ("perfect", (302, 210), {}),
        ("perfect", (296, 210), {"mill": 0}),
        ("perfect", (4 * 148 + 6 + 4 * 3, 426), {"folds": 3}),
        ("perfect", (4 * 148 + 2 + 4 * 3, 422), {"folds": 3, "gap": 2}),
        ("n-up", (296, 420), {}),
        ("n-up", (4 * 148 + 3 * 5, 425), {"up": 8, "gap": 5}),
    ],
)  # fmt: skip
def test_a_sheet_is_as_large_as_it_must_be(
    name: str, size: tuple[float, float], settings: dict[str, object]
) -> None:
    for box in boxes(laid(empty(16, A5), name, **settings), "/MediaBox"):
        assert (box.width, box.height) == pytest.approx(size, abs=1e-4)


@pytest.mark.parametrize(
    ("name", "settings", "across"),
    [
        ("saddle", {"size": (210.0, 297.0)}, True),
        ("perfect", {"size": (320.0, 450.0)}, True),
        ("saddle", {"size": (320.0, 450.0), "folds": 2}, False),
        ("n-up", {"size": (210.0, 297.0), "margin": 5.0}, False),
        ("n-up", {"size": (210.0, 297.0), "up": 2}, True),
    ],
)
def test_paper_lies_as_pages_fit_on_it_and_they_are_in_its_middle(
    name: str, settings: dict[str, object], across: bool
) -> None:
    made = laid(empty(8, A5), name, **settings)
    short, long = settings["size"]  # type: ignore[misc]
    wide, high = (long, short) if across else (short, long)
    for media, trim in zip(boxes(made, "/MediaBox"), boxes(made, "/TrimBox"), strict=True):
        assert (media.width, media.height) == pytest.approx((wide, high), abs=1e-4)
        assert trim.x0 == pytest.approx(wide - trim.x1, abs=1e-4)
        assert trim.y0 == pytest.approx(high - trim.y1, abs=1e-4)
        assert trim.x0 >= settings.get("margin", 0) - 1e-4  # type: ignore[operator]


def test_pages_are_made_smaller_where_they_may_and_never_larger() -> None:
    assert laid(empty(4, A5), "n-up", size=(210.0, 297.0)).pile.grid.scale == pytest.approx(
        0.7071, abs=1e-3
    )
    assert laid(empty(4, A5), "saddle", size=(148.0, 210.0), fit=True).pile.grid.scale < 0.71
    assert laid(empty(4, A5), "n-up", size=(594.0, 841.0)).pile.grid.scale == 1
    with pytest.raises(
        ImpositionError, match="takes 296 × 210 mm, and the paper is 210 × 148 mm"
    ) as caught:
        laid(empty(4, A5), "saddle", size=(148.0, 210.0))
    assert "--fit" in (caught.value.cure or "")
    with pytest.raises(ImpositionError, match="does not fit"):
        laid(empty(4, A5), "n-up", size=(60.0, 60.0), margin=29)


def test_what_only_rounding_makes_too_large_fits() -> None:
    digest = (139.7 * MM + 0.2, 215.9 * MM)
    assert laid(empty(4, digest), "saddle", size=(215.9, 279.4)).pile.grid.scale == 1


def test_creep_moves_trim_and_pages_towards_the_spine_sheet_by_sheet() -> None:
    made = laid(saved(book(12)), "saddle", thickness=1.0, marks=(MarkName.CROP,))
    trims = boxes(made, "/TrimBox")
    assert [each.width * MM for each in trims] == pytest.approx(
        [2 * WIDTH - 2 * sheet * MM for sheet in (0, 0, 1, 1, 2, 2)], abs=1e-3
    )
    with pikepdf.open(io.BytesIO(made.content)) as pdf:
        shifts = [
            float(line.split()[4])
            for page in pdf.pages
            for line in page.Contents.read_bytes().decode().splitlines()
            if line.endswith("cm")
        ]
    lefts, rights = shifts[::2], shifts[1::2]
    slug = 9 * MM
    assert lefts == pytest.approx([slug + sheet * MM for sheet in (0, 0, 1, 1, 2, 2)], abs=1e-5)
    assert rights == pytest.approx(
        [slug + WIDTH - sheet * MM for sheet in (0, 0, 1, 1, 2, 2)], abs=1e-5
    )


def test_paper_so_thick_that_pages_fall_into_the_fold_is_refused() -> None:
    with pytest.raises(ImpositionError, match="inside each other") as caught:
        laid(saved(book(200)), "saddle", thickness=1.0)
    assert "perfect" in (caught.value.cure or "")
    assert laid(saved(book(200)), "perfect", thickness=1.0).sheets == 52


@pytest.mark.parametrize("after", [0, 3, 5, -1, -2])
def test_blank_pages_stand_after_the_page_that_is_named(after: int) -> None:
    made = impose(saved(book(5)), name="book.pdf", blanks_after=after)
    order = [each.page for each in sorted(_placed(made), key=lambda each: each.at)]
    first = after % 5 if after < 0 else after
    assert order == [*range(1, first + 1), None, None, None, *range(first + 1, 6)]


def test_blank_pages_after_a_page_that_is_not_there_are_refused() -> None:
    with pytest.raises(ImpositionError, match="blank ones cannot stand after page 7") as caught:
        impose(saved(book(5)), name="book.pdf", blanks_after=7)
    assert "1 to 5" in (caught.value.cure or "")


class _At:
    def __init__(self, at: int, page: int | None) -> None:
        self.at, self.page = at, page


def _placed(made: Imposed) -> list[_At]:
    """What stands where a page is read."""
    found = []
    for at, window in enumerate(windows(made)):
        places = made.pile.sides[window.side].places
        page = next(each.page for each in places if each.box.meets(window.box))
        found.append(_At(at, page))
    return found


# --- marks ------------------------------------------------------------------------------------------

WAYS: tuple[tuple[str, dict[str, object]], ...] = (
    ("saddle", {"thickness": 1.0}),
    ("saddle", {"folds": 2, "flip": Flip.LONG}),
    ("perfect", {"signature": 8}),
    ("perfect", {"folds": 3, "mill": 0.5}),
    ("n-up", {}),
    ("n-up", {"size": (210.0, 297.0), "gap": 4.0}),
)


@pytest.mark.parametrize("kind", MarkName)
@pytest.mark.parametrize(("name", "settings"), WAYS)
def test_marks_stand_outside_of_the_trimmed_pages(
    name: str, settings: dict[str, object], kind: MarkName
) -> None:
    made = laid(empty(20), name, marks=(kind,), **settings)
    folded = SCHEMES[name].folded
    drawn = 0
    for side in range(2 * made.sheets):
        shown = picture(made.content, side, scale=3)
        media = made.pile.grid.media
        drawn += seen(shown, media, 3) is not None
        for window in windows(made):
            if window.side == side:
                assert seen(shown, window.box.grown(-0.4), 3) is None, "a mark on a page"
    wanted = {
        MarkName.CROP: 2 * made.sheets,
        MarkName.FOLD: 2 * made.sheets if folded else 0,
        MarkName.COLLATION: -(-20 // (8 if settings.get("signature") else 16))
        if name == "perfect"
        else 0,
    }
    assert drawn == wanted[kind]


@pytest.mark.parametrize("binding", Binding)
def test_collation_marks_go_down_the_spine_and_begin_again_at_the_head(binding: Binding) -> None:
    how = SheetSettings(signature=4, marks=(MarkName.COLLATION,))
    pages = 4 * 32
    made = impose(
        empty(pages), name="b.pdf", binding=binding, scheme=SCHEMES["perfect"], settings=how
    )
    marks = [side.collation for side in made.pile.sides]
    assert marks[1::2] == [None] * 32, "no mark inside"
    tops = [mark.y1 for mark in marks[::2] if mark]
    assert len(tops) == 32
    steps = int(HEIGHT // (5 * MM))
    block = made.pile.grid.block
    assert tops == pytest.approx([block.y1 - at % steps * 5 * MM for at in range(32)])
    fold = (block.x0 + block.x1) / 2
    assert all(mark and mark.x0 < fold < mark.x1 for mark in marks[::2])
    shown = picture(made.content, 2, scale=3)
    assert seen(shown, Box(fold - 4, tops[1] - 14, fold + 4, tops[1] + 1), 3)
    assert not seen(shown, Box(fold - 4, tops[1] + 1, fold + 4, block.y1), 3)


def test_what_bleeds_into_the_milled_spine_leaves_room_for_collation_marks() -> None:
    pdf = book(4)
    for page in pdf.pages:
        page.obj.MediaBox = page.obj.BleedBox = [-10, -10, WIDTH + 10, HEIGHT + 10]
        page.obj.TrimBox = [0, 0, WIDTH, HEIGHT]
        page.obj.Contents = pdf.make_stream(b"1 0 0 rg -100 -100 1000 1000 re f")
    for marks, free in (((), 0.0), ((MarkName.COLLATION,), 1 * MM)):
        made = laid(saved(pdf), "perfect", signature=4, marks=marks)
        fold = made.pile.grid.media.width / 2
        clips = [each.clip for each in made.pile.sides[0].places]
        assert [clips[0].x1, clips[1].x0] == pytest.approx([fold - free, fold + free])
