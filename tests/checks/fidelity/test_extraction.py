"""What programs read from a PDF, and what they have to be kept from."""

from pathlib import Path

import pytest

from pipeline.checks.fidelity.extraction import open_pdf
from pipeline.languages import Direction
from pipeline.settings.values import Theme
from tests.layout.structure import written

GERMAN = "Der kleine Laden\n\nWir kennen unsere Kunden beim Namen und beim Kaffee.\n"
ARABIC = "الدكّان الصغير\n\nنعرف زبائننا بأسمائهم وبقهوتهم.\n"
SENTENCE = "kennen unsere Kunden beim Namen"


@pytest.mark.parametrize(("first", "leftward"), [("ar", True), ("de", False)])
def test_text_from_left_to_right_is_read_as_it_goes_in_a_file_that_opens_from_the_right(
    tmp_path: Path, first: str, leftward: bool
) -> None:
    order = sorted(("ar", "de"), key=lambda tag: tag != first)
    toml = f'languages = ["{order[0]}", "{order[1]}"]\n'
    content = written(tmp_path, {"a.de.txt": GERMAN, "a.ar.txt": ARABIC, "book.toml": toml})
    opened = open_pdf(content, Theme())
    (pdfium,) = (each for each in opened.extracts if each.program == "pdfium")

    def says(direction: Direction) -> bool:
        lines = (line for page in opened.of(pdfium, direction).pages for line in page)
        return SENTENCE in " ".join(lines)

    assert (opened.forward is not None) is leftward
    assert says(Direction.LTR)
    assert says(Direction.RTL) is not leftward, "pdfium has mended it: read as the file is"
