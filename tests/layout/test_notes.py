"""Notes at the foot of a page: of one size and side wherever they are called, and in no name of a heading."""

import io
from pathlib import Path

import pikepdf
import pypdfium2 as pdfium
import pytest

from pipeline.checks.pdf.links import outline_items
from pipeline.design import page as style
from pipeline.layout import fit
from tests.layout.structure import printed, written
from tests.layout.test_tags import png

HEBREW = """\
# הגן[^a]

## פרק ![סמל](red.png) ראשון[^b]

### Notes[^c] from Berlin

גשם[^d] ירד.

| עץ[^e] |
|---|
| אורן[^f] |

[^a]: קמץ של הכותרת.
[^b]: קמץ של הפרק.
[^c]: קמץ של הפרק השני.
[^d]: Zoo of Berlin, 2020.
[^e]: קמץ של הראש.
[^f]: קמץ של התא.
"""
"""Each note in Hebrew begins with a word that stands nowhere else."""


@pytest.fixture(scope="module")
def hebrew(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return written(tmp_path_factory.mktemp("he"), {"a.he.md": HEBREW, "red.png": png()}, tag="he")


def letters(content: bytes, page: int, letter: str) -> list[tuple[float, float, float]]:
    """Where a letter stands on a page, in points: left, right, height."""
    with pdfium.PdfDocument(content) as document:
        text = document[page].get_textpage()
        boxes = [
            text.get_charbox(at)
            for at in range(text.count_chars())
            if text.get_text_range(at, 1) == letter
        ]
    return [(left, right, top - bottom) for left, bottom, right, top in boxes]


def test_notes_have_one_size_and_side(hebrew: bytes) -> None:
    found = letters(hebrew, 2, "ק")
    begin = [each for each in found if each[1] == pytest.approx(found[-1][1], abs=0.01)]
    assert len(begin) == 5
    assert {round(height, 2) for _, _, height in begin} == {round(found[-1][2], 2)}


def test_a_note_that_runs_the_other_way_stays_beside_its_number(hebrew: bytes) -> None:
    """Its full stop ends it, at the right, where the notes from right to left begin."""
    begin = letters(hebrew, 2, "ק")[-1][1]
    [(zoo, _, _)] = letters(hebrew, 2, "Z")
    stops = [right for _, right, _ in letters(hebrew, 2, ".") if abs(right - begin) < 3]
    assert len(stops) == 1
    assert zoo < stops[0]


def test_names_of_headings_are_their_words(hebrew: bytes) -> None:
    with pikepdf.open(io.BytesIO(hebrew)) as pdf:
        titles = [str(item.get("/Title", "")).strip("\u200e") for item, _ in outline_items(pdf)]
    assert titles == ["הגן", "פרק סמל ראשון", "Notes from Berlin"]


LONG = (
    "# Der Garten\n\nWer fragt, geht[^a] weiter.\n\n[^a]: "
    + "Der Wind kam aus dem Wald herüber. " * 130
)


def test_a_note_without_room_at_the_foot_stands_at_the_end(tmp_path: Path) -> None:
    made = printed(tmp_path, {"a.de.md": LONG}, tag="de")
    assert made.warnings == ()
    with pikepdf.open(io.BytesIO(made.content)) as pdf:
        assert len(pdf.pages) < 8


CROWD = "".join(
    ["# Der Garten\n\n"]
    + [f"Baum[^{number}] " for number in range(12)]
    + ["\n\n"]
    + [f"[^{number}]: {'Das Laub fiel spät. ' * 30}Ende{number}.\n" for number in range(12)]
)
"""More notes in a paragraph than stand on its page, though each of them would."""


def test_no_note_is_lost_where_a_page_has_no_room_for_all(tmp_path: Path) -> None:
    made = printed(tmp_path, {"a.de.md": CROWD}, tag="de")
    assert made.warnings == ()
    with pdfium.PdfDocument(made.content) as document:
        said = "".join(page.get_textpage().get_text_range() for page in document)
    assert [number for number in range(12) if f"Ende{number}." not in said] == []


def test_a_note_that_stands_off_its_page_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever becomes of the rounds: what is measured last tells."""
    monkeypatch.setattr(style, "NOTE_SHARE", 9.0)
    monkeypatch.setattr(fit, "ROUNDS", 1)
    text = LONG.replace("\n\n[^a]", "\n\n" + "Der Fluss geht am Garten vorbei. " * 60 + "\n\n[^a]")
    told = printed(tmp_path, {"a.de.md": text}, tag="de").warnings
    assert [each.what for each in told if "out of the text area" in each.what]
