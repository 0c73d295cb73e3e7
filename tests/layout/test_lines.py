"""Justified right-to-left lines keep both margins; and WeasyPrint still needs our help with that."""

import io
import unicodedata
from collections import defaultdict
from itertools import pairwise
from pathlib import Path

import pypdfium2
import pypdfium2.raw as raw
import pytest
from PIL import Image

from pipeline.layout.engine import silence, weasyprint
from tests.layout.structure import written
from tests.layout.test_mends import without
from tests.layout.test_notes import letters
from tests.layout.test_text import FACES, FONTS

WORDS = "تحتاج كل مؤسسة إلى من يعرف عملاءها ويسأل عنهم في كل يوم قبل أن يسلّم عمله "
MARGIN = 20.0
LEADING = 24.0
TOLERANCE = 1.3
"""How far from the margin the box of a glyph may stand, in pt: side bearings are part of it."""


def paragraphs() -> str:
    """The same text with a Latin word after ever more words: at some width, right after a line's end. In
    every other paragraph another one stands before it."""
    words = WORDS.split()
    return "".join(
        f"<p>{' '.join(words[:2])} {before}"
        f"{' '.join((words * 3)[2:count])} <span dir=ltr lang=en>Lindner</span> {WORDS * 2}</p>"
        for count in range(3, 24)
        for before in ("", "<span dir=ltr lang=en>Ruth</span> ")
    )


Glyph = tuple[float, float, str]
"""Where a glyph begins and ends on its line, in pt from the left side of the page, and what it says."""


def set_lines(text: str, direction: str = "rtl") -> list[list[Glyph]]:
    """The glyphs of each justified line that fills its measure."""
    markup = (
        f"<style>{FACES} @page {{ size: 300pt 6000pt; margin: {MARGIN}pt }} body {{ margin: 0 }}"
        "p { font: 12pt/24pt Amiri; text-align: justify; word-spacing: 0.01pt; margin: 0 }"
        f"</style><body dir={direction} lang=ar>{text}"
    )
    with silence("the page"):
        content = (
            weasyprint().HTML(string=markup).render(font_config=FONTS.configuration).write_pdf()
        )
    document = pypdfium2.PdfDocument(content)
    lines: dict[int, list[Glyph]] = defaultdict(list)
    for page in document:
        text = page.get_textpage()
        for at in range(text.count_chars()):
            left, bottom, right, top = text.get_charbox(at, loose=True)
            char = chr(raw.FPDFText_GetUnicode(text.raw, at))
            if right > left and unicodedata.category(char) not in ("Zs", "Cf"):
                row = int((6000 - MARGIN - (top + bottom) / 2) // LEADING)
                lines[row].append((left, right, char))
    document.close()
    full = [
        sorted(line)
        for line in lines.values()
        if min(line)[0] < MARGIN + 6 and max(right for _, right, _ in line) > 300 - MARGIN - 6
    ]
    assert len(full) > 40
    return full


def edges() -> list[float]:
    """How far each line begins from the right margin, in pt."""
    return [300 - MARGIN - max(right for _, right, _ in line) for line in set_lines(paragraphs())]


def numbered(direction: str) -> str:
    """Numbers with commas between words, a different count of words before each: at some width, a comma or a
    word of the other direction is the last text of its line, alone between two elements."""
    words = WORDS.split()
    latin = [
        "eins",
        "zwei",
        "drei",
        "vier",
        "fünf",
        "sechs",
        "sieben",
        "acht",
        "neun",
        "zehn",
        "elf",
    ]
    out = []
    for count in range(3, 30):
        if direction == "rtl":
            start = " ".join((words * 3)[:count])
            end = "<span dir=ltr>12.5%</span>، <span dir=ltr lang=en>Lindner</span> " + WORDS
        else:
            start = " ".join((latin * 4)[:count])
            end = "<b>so</b> <span dir=rtl>كلمة</span> <b>Lindner</b> " + " ".join(latin * 2)
        out.append(f"<p>{start} {end}</p>")
    return "".join(out)


def is_arabic(char: str) -> bool:
    """A letter or a mark: those of a word lie over each other."""
    return unicodedata.bidirectional(char) in ("AL", "NSM")


@pytest.mark.parametrize("direction", ["rtl", "ltr"])
def test_no_glyph_stands_over_another_at_the_end_of_a_line(direction: str) -> None:
    for line in set_lines(numbered(direction), direction):
        over = [
            (one, other, end - start)
            for (_, end, one), (start, _, other) in pairwise(line)
            if end - start > TOLERANCE and not (is_arabic(one) and is_arabic(other))
        ]
        assert over == []
        assert line[0][0] > MARGIN - TOLERANCE
        assert line[-1][1] < 300 - MARGIN + TOLERANCE


def test_every_justified_line_begins_at_the_margin() -> None:
    assert max(map(abs, edges())) < TOLERANCE


def test_the_library_does_not_yet_do_without() -> None:
    with without("lines"):
        assert max(map(abs, edges())) > TOLERANCE


def test_a_line_before_a_wide_picture_has_no_gaps(tmp_path: Path) -> None:
    """The picture begins the next line; words that were spread to the margin would leave holes."""
    wide = io.BytesIO()
    Image.new("RGB", (1600, 200), (200, 30, 30)).save(wide, "PNG")
    text = "# Der Garten\n\nZum Xaver ![Tor](wide.png) geht es hier entlang.\n"
    made = written(tmp_path, {"a.de.md": text, "wide.png": wide.getvalue()}, tag="de")
    [(left, _, _)] = letters(made, 2, "Z")
    [(right, _, _)] = letters(made, 2, "X")
    assert right - left < 40
