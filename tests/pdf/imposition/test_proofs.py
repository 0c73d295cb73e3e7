"""Proofs: what is on the sheets, and what is read of them."""

import io

import pytest
from PIL import Image, ImageChops

from pipeline.pdf.imposition import SCHEMES, Imposed, impose
from pipeline.pdf.imposition.proofs import AIR, GROUND, pictures
from pipeline.settings.sheets import SheetSettings
from tests.pdf.imposition.paper import book, picture, saved

WAYS = (
    ("saddle", SheetSettings()),
    ("perfect", SheetSettings(signature=8, folds=2)),
    ("n-up", SheetSettings(up=2)),
)


def made_of(name: str, how: SheetSettings, direction: str = "/L2R") -> Imposed:
    content = saved(book(6, direction=direction))
    return impose(content, name="book.pdf", scheme=SCHEMES[name], settings=how)


def opened(made: Imposed, which: str) -> Image.Image:
    return Image.open(io.BytesIO(pictures(made, name="book.pdf")[which])).convert("RGB")


def pieces(proof: Image.Image, size: tuple[int, int]) -> list[Image.Image]:
    """The pictures on a proof, row by row."""
    wide, high = size[0] + AIR, size[1] + AIR
    return [
        proof.crop((x, y, x + size[0], y + size[1]))
        for y in range(AIR, proof.height - AIR + 1, high)
        for x in range(AIR, proof.width - AIR + 1, wide)
    ]


def alike(one: Image.Image, other: Image.Image) -> bool:
    """Whether two pictures show the same; a palette rounds colours, and what is turned falls on other
    pixels."""
    if one.size != other.size:
        return False
    off = ImageChops.difference(one, other).convert("L")
    return sum(off.histogram()[40:]) < 0.02 * one.width * one.height


@pytest.mark.parametrize(("name", "how"), WAYS)
def test_sheets_are_shown_front_and_back_side_by_side(name: str, how: SheetSettings) -> None:
    made = made_of(name, how)
    sides = [picture(made.content, side, scale=0.6) for side in range(2 * made.sheets)]
    wide, high = sides[0].size
    shown = pieces(opened(made, "sheets"), (2 * wide + 2, high))[: made.sheets]
    for sheet, front, back in zip(shown, sides[::2], sides[1::2], strict=True):
        assert alike(sheet.crop((0, 0, wide, high)), front)
        assert alike(sheet.crop((wide + 2, 0, 2 * wide + 2, high)), back)


@pytest.mark.parametrize("direction", ["/L2R", "/R2L"])
@pytest.mark.parametrize(("name", "how"), WAYS[:2])
def test_openings_are_read_as_the_book_is_bound(
    name: str, how: SheetSettings, direction: str
) -> None:
    made = made_of(name, how, direction)
    source = saved(book(6))
    wide, high = picture(source, 0, scale=0.6).size
    pages = [picture(source, at, scale=0.6) for at in range(6)]
    white = Image.new("RGB", (wide, high), (255, 255, 255))
    nothing = Image.new("RGB", (wide, high), GROUND)
    read = [nothing, *pages, *[white] * made.blanks, nothing]
    spreads = pieces(opened(made, "spreads"), (2 * wide, high))
    if direction == "/R2L":
        # Rows are read from the right.
        columns = 2
        spreads = [
            each
            for at in range(0, len(spreads), columns)
            for each in spreads[at : at + columns][::-1]
        ]
    for at in range(len(read) // 2):
        left, right = read[2 * at : 2 * at + 2][:: -1 if direction == "/R2L" else 1]
        assert alike(spreads[at].crop((0, 0, wide, high)), left), at
        assert alike(spreads[at].crop((wide, 0, 2 * wide, high)), right), at


def test_what_is_not_folded_is_shown_page_by_page() -> None:
    made = made_of(*WAYS[2])
    source = saved(book(6))
    size = picture(source, 0, scale=0.6).size
    shown = pieces(opened(made, "spreads"), size)
    for at in range(6):
        assert alike(shown[at], picture(source, at, scale=0.6)), at


def test_much_paper_gives_a_picture_that_can_be_opened() -> None:
    made = impose(saved(book(4, size=(5000, 7000))), name="book.pdf")
    for content in pictures(made, name="book.pdf").values():
        shown = Image.open(io.BytesIO(content))
        assert 5_000_000 < shown.width * shown.height < 24_000_000
