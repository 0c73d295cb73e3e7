"""Tables that no size of type makes narrow enough stand sideways on pages of their own."""

import io
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from pipeline.checks.fidelity.upright import upright
from pipeline.languages import Direction
from pipeline.pdf.imposition import SCHEMES, impose
from pipeline.pdf.write import Printed
from pipeline.settings.profiles import ProfileName, SchemeName
from tests.layout.structure import printed
from tests.layout.test_bounds import TITLES, table

TURN = {"de": 90, "ar": 270}


def make(folder: Path, tag: str, profile: ProfileName = ProfileName.SCREEN) -> Printed:
    title = TITLES[tag]
    text = f"# {title}\n\n## {title} 1\n\n{title}\n\n{table(tag, 12, rows=20)}\n{title}\n\n## 2\n"
    return printed(folder, {f"a.{tag}.md": text}, profile, tag)


@pytest.fixture(scope="module", params=sorted(TURN))
def made(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[str, Printed]:
    tag = str(request.param)
    return tag, make(tmp_path_factory.mktemp(tag), tag)


def test_a_screen_shows_these_pages_upright(made: tuple[str, Printed]) -> None:
    tag, book = made
    with pikepdf.open(io.BytesIO(book.content)) as pdf:
        turned = [int(page.obj.get("/Rotate", 0)) for page in pdf.pages]
        boxes = {tuple(round(float(each)) for each in page.mediabox) for page in pdf.pages}
    assert set(turned) == {0, TURN[tag]}
    assert turned.count(TURN[tag]) > 1  # its rows break over pages
    assert turned[0] == turned[-1] == 0
    assert len(boxes) == 1  # and all lie alike where they are bound


def test_turned_upright_they_are_read_line_by_line(made: tuple[str, Printed]) -> None:
    tag, book = made
    content, turns = upright(book.content)
    assert set(turns.values()) == {Direction.LTR if tag == "de" else Direction.RTL}
    document = pypdfium2.PdfDocument(content)
    sizes = [document[number].get_size() for number in turns]
    # The head is repeated on every page.
    first = table(tag, 12).split("|")[1].strip()
    heads = [first[:4] in document[number].get_textpage().get_text_bounded() for number in turns]
    document.close()
    assert all(width > height for width, height in sizes)
    assert all(heads)


def test_the_pages_keep_their_folios(made: tuple[str, Printed]) -> None:
    tag, book = made
    assert len(set(book.labels)) == book.pages
    turned = [label for label in book.labels if label == book.places[f"{tag}-3"]]
    assert turned == [book.labels[3]]  # where the table begins


def test_they_are_bound_with_the_others(made: tuple[str, Printed]) -> None:
    _, book = made
    sheets = impose(book.content, name="a.pdf", scheme=SCHEMES[SchemeName.SADDLE])
    assert sheets.sheets == -(-book.pages // 4)


def test_a_press_gets_every_page_as_it_lies(tmp_path: Path) -> None:
    book = make(tmp_path, "de", ProfileName.PRINT)
    with pikepdf.open(io.BytesIO(book.content)) as pdf:
        assert all("/Rotate" not in page.obj for page in pdf.pages)
        assert len({tuple(map(float, page.trimbox)) for page in pdf.pages}) == 1
    assert len(upright(book.content)[1]) > 1
