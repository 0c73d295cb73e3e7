"""Sheets are folded and cut, and the pages come out in order, upright, whole and at their places."""

import ast
import io
from collections.abc import Iterator, Sequence
from dataclasses import replace

import pikepdf
import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import ImageChops

from pipeline.errors import NamedPath
from pipeline.pdf.imposition import SCHEMES, Binding, impose
from pipeline.pdf.imposition.folding import Paper, Window, cut, folded
from pipeline.pdf.imposition.geometry import MM, Box
from pipeline.pdf.imposition.grid import Bounds
from pipeline.pdf.imposition.placing import Pile, Place, pile
from pipeline.pdf.imposition.proofs import windows
from pipeline.settings.sheets import Flip, LastSignature, MarkName, SheetSettings
from tests.pdf.imposition.paper import HEIGHT, WIDTH, book, picture, saved
from tests.unit_helpers import ROOT

UPRIGHT, ACROSS = (300.0, 400.0), (400.0, 300.0)
NAMES = ("saddle", "perfect", "n-up")
AT = NamedPath("book.pdf")


def bounds(size: tuple[float, float], bleed: float) -> Bounds:
    """A page whose trim does not begin where its coordinates do."""
    trim = Box(10, 20, 10 + size[0], 20 + size[1])
    return Bounds(trim, trim.grown(bleed))


def reading(
    laid: Pile,
    name: str,
    size: tuple[float, float],
    bleed: float,
    how: SheetSettings,
    binding: Binding,
) -> list[Window]:
    """The pages that a person finds who has the sheets, and knows how large pages are and how to fold."""
    media, scheme = laid.grid.media, SCHEMES[name]
    as_leaf = Flip.SHORT if media.width >= media.height else Flip.LONG
    mill = 3 * MM if name == "perfect" else 0.0
    paper = Paper(
        media.width,
        media.height,
        size,
        bleed=bleed,
        gap=max(0.0 if name == "n-up" else 6 * MM, 2 * bleed),
        mill=mill,
        thickness=how.thickness * MM,
        bar=min(1 * MM, mill) if MarkName.COLLATION in how.marks else 0.0,
        headlong=(how.flip or as_leaf) is not as_leaf,
    )
    sheets = len(laid.sides) // 2
    if not scheme.folded:
        high, wide = {2: (1, 2), 4: (2, 2), 8: (2, 4), 16: (4, 4)}[how.up]
        if size[0] > size[1]:
            high, wide = wide, high
        return cut(paper, sheets, columns=wide, rows=high, binding=binding)
    in_each = how.signature // how.on_sheet if name == "perfect" else sheets
    return folded(paper, sheets, folds=how.folds, in_each=in_each, binding=binding)


def near(one: Box, other: Box) -> bool:
    return one.overhang(other) < 1e-6 and other.overhang(one) < 1e-6


def found(laid: Pile, window: Window) -> Place:
    """What lies where a page was found."""
    (place,) = (each for each in laid.sides[window.side].places if near(each.box, window.box))
    return place


def demand_book(
    name: str,
    pages: int,
    binding: Binding,
    how: SheetSettings,
    *,
    size: tuple[float, float] = UPRIGHT,
    bleed: float = 0.0,
    after: int | None = None,
) -> None:
    """Lay pages on sheets, fold them, and demand that the book comes out."""
    page = bounds(size, bleed)
    laid = pile([page] * pages, SCHEMES[name], how, binding, blanks_after=after, at=AT)
    there = reading(laid, name, size, bleed, how, binding)
    first = pages if after is None else after
    blanks = [None] * laid.blanks
    places = [found(laid, each) for each in there]
    assert [each.page for each in places] == [
        *range(1, first + 1),
        *blanks,
        *range(first + 1, pages + 1),
    ]
    for place, window in zip(places, there, strict=True):
        assert near(place.clip, window.printed)
        if place.matrix is not None:
            assert near(page.trim.through(place.matrix), window.page)
            assert (place.matrix.a < 0, place.matrix.d < 0) == (window.turned, window.turned)


@pytest.mark.parametrize("binding", Binding)
@pytest.mark.parametrize("name", NAMES)
def test_the_book_comes_out_of_its_sheets(name: str, binding: Binding) -> None:
    for pages in range(1, 65):
        for flip in Flip:
            for thickness in (0.0, 0.12):
                how = SheetSettings(flip=flip, thickness=thickness, signature=12)
                demand_book(name, pages, binding, how)


@given(
    st.sampled_from(NAMES),
    st.integers(min_value=1, max_value=140),
    st.sampled_from(Binding),
    st.sampled_from([(1, 4), (1, 20), (1, 32), (2, 8), (2, 24), (3, 16), (3, 32), (4, 32)]),
    st.builds(
        SheetSettings,
        flip=st.sampled_from([None, *Flip]),
        thickness=st.sampled_from([0.0, 0.08, 0.3]),
        up=st.sampled_from([2, 4, 8, 16]),
        last=st.sampled_from(LastSignature),
        marks=st.sampled_from([(), tuple(MarkName)]),
    ),
    st.sampled_from([UPRIGHT, ACROSS, (300.0, 900.0)]),
    st.sampled_from([0.0, 8.0, 20.0]),
    st.data(),
)
@settings(max_examples=150, deadline=None)
def test_however_it_is_folded(
    name: str,
    pages: int,
    binding: Binding,
    fold: tuple[int, int],
    how: SheetSettings,
    size: tuple[float, float],
    bleed: float,
    data: st.DataObject,
) -> None:
    how = replace(how, folds=fold[0], signature=fold[1])
    after = data.draw(st.none() | st.integers(min_value=0, max_value=pages))
    demand_book(name, pages, binding, how, size=size, bleed=bleed, after=after)


def test_who_folds_knows_nothing_of_how_pages_were_laid() -> None:
    tree = ast.parse((ROOT / "pipeline/pdf/imposition/folding.py").read_text("utf-8"))
    known = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    ours = {name for name in known if name and name.startswith("pipeline.")}
    assert ours == {"pipeline.pdf.imposition.geometry", "pipeline.settings.profiles"}


# --- folding itself ---------------------------------------------------------------------------------


def test_a_sheet_that_is_folded_once() -> None:
    paper = Paper(600, 400, UPRIGHT)
    left, right = Box(0, 0, 300, 400), Box(300, 0, 600, 400)
    there = folded(paper, 1, folds=1, in_each=1, binding=Binding.LEFT)
    assert [(each.side, each.box) for each in there] == [
        (0, right),
        (1, left),
        (1, right),
        (0, left),
    ]
    there = folded(paper, 1, folds=1, in_each=1, binding=Binding.RIGHT)
    assert [(each.side, each.box) for each in there] == [
        (0, left),
        (1, right),
        (1, left),
        (0, right),
    ]
    assert not any(each.turned for each in there)


def test_heads_lie_against_heads_where_a_sheet_is_folded_twice() -> None:
    there = folded(Paper(600, 800, UPRIGHT), 1, folds=2, in_each=1, binding=Binding.LEFT)
    upper = [each.box.y0 > 100 for each in there]
    assert [each.turned for each in there] == upper == [False, False, *[True] * 4, False, False]


def test_a_leaf_inside_others_is_cut_nearer_to_its_fold() -> None:
    paper = Paper(600, 400, UPRIGHT, thickness=1)
    there = folded(paper, 3, folds=1, in_each=3, binding=Binding.LEFT)
    rectos = [each.box for each in there if each.box.x0 >= 300]
    assert [each.x1 for each in rectos] == [600, 599, 598, 598, 599, 600]
    pages = [each.page for each in there if each.box.x0 >= 300]
    assert [each.x0 for each in pages] == [300, 299, 298, 298, 299, 300]


# --- real sheets ------------------------------------------------------------------------------------

WAYS = (
    ("saddle", SheetSettings(thickness=0.5)),
    ("saddle", SheetSettings(folds=2, flip=Flip.LONG, gap=0)),
    ("perfect", SheetSettings(signature=8, marks=tuple(MarkName))),
    ("perfect", SheetSettings(signature=32, folds=3, flip=Flip.LONG, thickness=0.1)),
    ("perfect", SheetSettings(signature=16, last=LastSignature.SMALLER, mill=0)),
    ("n-up", SheetSettings(flip=Flip.LONG)),
    ("n-up", SheetSettings(up=16, size=(210, 297), margin=5)),
)


def said(content: bytes, there: Sequence[Window]) -> Iterator[str]:
    """The text in each window."""
    document = pypdfium2.PdfDocument(content)
    for window in there:
        text, box = document[window.side].get_textpage(), window.box
        yield text.get_text_bounded(box.x0, box.y0, box.x1, box.y1).strip()
    document.close()


@pytest.mark.parametrize("direction", ["/L2R", "/R2L"])
@pytest.mark.parametrize(("name", "how"), WAYS)
def test_the_text_of_pages_is_read_where_they_come_out(
    name: str, how: SheetSettings, direction: str
) -> None:
    content = saved(book(21, direction=direction))
    made = impose(content, name="book.pdf", scheme=SCHEMES[name], settings=how)
    read = list(said(made.content, windows(made)))
    assert read == [*map(str, range(1, 22)), *[""] * made.blanks]


@pytest.mark.parametrize("direction", ["/L2R", "/R2L"])
def test_a_page_that_comes_out_looks_as_it_did(direction: str) -> None:
    source = saved(book(16, direction=direction))
    how = SheetSettings(signature=16, folds=3, mill=10 / MM, gap=20 / MM, flip=Flip.LONG)
    made = impose(source, name="book.pdf", scheme=SCHEMES["perfect"], settings=how)
    turned = 0
    for number, window in enumerate(windows(made)):
        side = picture(made.content, window.side)
        box = window.box
        page = side.crop((box.x0, side.height - box.y1, box.x1, side.height - box.y0))
        if window.turned:
            page, turned = page.rotate(180), turned + 1
        assert page.size == (WIDTH, HEIGHT)
        difference = ImageChops.difference(page, picture(source, number))
        # What is turned is not drawn on the same pixels to the last grey.
        assert max(high for _, high in difference.getextrema()) < 128, number + 1
    assert turned == 8


def test_sheets_are_told_how_they_are_printed() -> None:
    content = saved(book(8))
    for how, said in ((SheetSettings(), "Short"), (SheetSettings(flip=Flip.LONG), "Long")):
        made = impose(content, name="book.pdf", settings=how)
        with pikepdf.open(io.BytesIO(made.content)) as pdf:
            assert pdf.Root.ViewerPreferences.Duplex == f"/DuplexFlip{said}Edge"
        assert f"flip on {said.lower()} edge" in made.advice


def test_sheets_that_are_higher_than_wide_are_turned_about_their_long_edge() -> None:
    made = impose(saved(book(4, size=(100, 400))), name="book.pdf")
    with pikepdf.open(io.BytesIO(made.content)) as pdf:
        assert pdf.Root.ViewerPreferences.Duplex == "/DuplexFlipLongEdge"
