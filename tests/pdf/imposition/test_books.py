"""The product's own books on sheets."""

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from pipeline.pdf.imposition import SCHEMES, Binding, Imposed, impose
from pipeline.pdf.imposition.geometry import Box
from pipeline.pdf.imposition.proofs import windows
from pipeline.settings.sheets import Flip, LastSignature, MarkName, SheetSettings
from tests.end_to_end.conftest import built
from tests.end_to_end.inputs import SAMPLE
from tests.end_to_end.tools import run, tool
from tests.pdf.imposition.paper import fold

A5 = (148 / 25.4 * 72, 210 / 25.4 * 72)
EDITIONS = {"th": Binding.LEFT, "ar": Binding.RIGHT, "combined": Binding.LEFT}


@dataclass(frozen=True, slots=True)
class Case:
    key: str
    source: bytes
    made: Imposed


@pytest.fixture(scope="module")
def folder(workshop: Path) -> Path:
    return built(SAMPLE, workshop).folder


@pytest.fixture(params=EDITIONS)
def case(request: pytest.FixtureRequest, folder: Path) -> Case:
    source = (folder / f"customers.{request.param}.pdf").read_bytes()
    return Case(request.param, source, impose(source, name=request.param))


@pytest.fixture
def sheets(case: Case) -> Iterator[pikepdf.Pdf]:
    with pikepdf.open(io.BytesIO(case.made.content)) as opened:
        yield opened


def letters(file: Path, area: tuple[int, int, int, int]) -> list[list[str]]:
    """What stands in an area (x, y, width, height in pt from the upper left) of every page.

    In no order: a reader that sees two pages at once may begin with either.
    """
    x, y, width, height = map(str, area)
    said = run(
        [tool("pdftotext"), "-x", x, "-y", y, "-W", width, "-H", height, "-r", "72", file, "-"]
    )
    assert (said.code, said.err) == (0, ""), said
    *pages, end = said.out.split("\f")
    assert end == ""
    return [sorted(each for each in page if each.isalnum()) for page in pages]


def fonts(content: bytes) -> list[str]:
    with pikepdf.open(io.BytesIO(content)) as pdf:
        return sorted(
            str(each["/BaseFont"])
            for each in pdf.objects
            if isinstance(each, pikepdf.Dictionary) and each.get("/Type") == "/Font"
        )


def test_a_book_is_bound_as_it_is_read(case: Case) -> None:
    assert case.made.binding is EDITIONS[case.key]


def test_a_sheet_is_two_a5_pages(sheets: pikepdf.Pdf) -> None:
    for page in sheets.pages:
        for key in ("/MediaBox", "/TrimBox"):
            expected = [0, 0, 2 * A5[0], A5[1]]
            assert [float(each) for each in page[key]] == pytest.approx(expected, abs=0.01)


def test_folded_the_text_of_every_page_is_where_it_was(case: Case, tmp_path: Path) -> None:
    source, made = tmp_path / "book.pdf", tmp_path / "sheets.pdf"
    source.write_bytes(case.source)
    made.write_bytes(case.made.content)
    wide, high = round(A5[0]), round(A5[1])
    pages = letters(source, (0, 0, wide, high))
    assert len(pages) == case.made.pages
    assert sum(map(bool, pages)) > 0.8 * len(pages), "hardly any text was read"
    halves = [letters(made, (x, 0, wide, high)) for x in (0, wide)]
    places = [(2 * face, 2 * face + 1) for face in range(2 * case.made.sheets)]
    pile = list(zip(places[::2], places[1::2], strict=True))
    read = [
        halves[place % 2][place // 2]
        for place in fold(pile, case.made.binding)
        if place is not None
    ]
    assert read == pages + [[]] * case.made.blanks


def read(content: bytes, parts: Sequence[tuple[int, Box]]) -> list[list[str]]:
    """What stands in parts of the sides of a PDF, in no order."""
    document = pypdfium2.PdfDocument(content)
    texts = [page.get_textpage() for page in document]
    found = [texts[side].get_text_bounded(box.x0, box.y0, box.x1, box.y1) for side, box in parts]
    document.close()
    return [sorted(each for each in text if each.isalnum()) for text in found]


@pytest.mark.parametrize(
    ("scheme", "how"),
    [
        ("saddle", SheetSettings(thickness=0.2, flip=Flip.LONG)),
        ("perfect", SheetSettings(signature=16, folds=3, thickness=0.1, marks=tuple(MarkName))),
        ("perfect", SheetSettings(signature=8, last=LastSignature.SMALLER, flip=Flip.LONG)),
        ("n-up", SheetSettings(size=(210.0, 297.0), margin=5)),
    ],
)
def test_folded_and_cut_sheets_of_every_scheme_read_as_the_book(
    case: Case, scheme: str, how: SheetSettings
) -> None:
    made = impose(case.source, name=case.key, scheme=SCHEMES[scheme], settings=how)
    whole = Box(0, 0, *A5)
    pages = read(case.source, [(page, whole) for page in range(made.pages)])
    assert sum(map(bool, pages)) > 0.8 * len(pages), "hardly any text was read"
    folded = read(made.content, [(each.side, each.box) for each in windows(made)])
    assert folded == pages + [[]] * made.blanks


def test_fonts_are_those_of_the_book_none_of_them_twice(case: Case) -> None:
    assert fonts(case.made.content) == fonts(case.source)
    assert fonts(case.source)


def test_the_title_is_the_book_s(case: Case, sheets: pikepdf.Pdf) -> None:
    with pikepdf.open(io.BytesIO(case.source)) as source:
        assert str(sheets.docinfo["/Title"]) == str(source.docinfo["/Title"])


def test_a_file_is_sound_and_hardly_larger(case: Case, tmp_path: Path) -> None:
    file = tmp_path / "sheets.pdf"
    file.write_bytes(case.made.content)
    said = run([tool("qpdf"), "--check", file])
    assert (said.code, said.err) == (0, ""), said
    assert len(case.made.content) < 1.25 * len(case.source)
