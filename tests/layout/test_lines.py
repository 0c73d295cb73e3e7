"""Justified right-to-left lines keep both margins; and WeasyPrint still needs our help with that."""

import io
from collections import defaultdict
from pathlib import Path

import pypdfium2
from PIL import Image

from pipeline.layout import lines as mended_lines
from pipeline.layout.engine import font_configuration, silence, weasyprint
from tests.layout.structure import written
from tests.layout.test_notes import letters
from tests.layout.test_text import FACES

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


def edges() -> list[float]:
    """How far each line that fills its measure begins from the right margin, in pt."""
    markup = (
        f"<style>{FACES} @page {{ size: 300pt 6000pt; margin: {MARGIN}pt }} body {{ margin: 0 }}"
        "p { font: 12pt/24pt Amiri; text-align: justify; word-spacing: 0.01pt; margin: 0 }"
        f"</style><body dir=rtl lang=ar>{paragraphs()}"
    )
    with silence("the page"):
        content = (
            weasyprint().HTML(string=markup).render(font_config=font_configuration()).write_pdf()
        )
    document = pypdfium2.PdfDocument(content)
    lines: dict[int, list[tuple[float, float]]] = defaultdict(list)
    for page in document:
        text = page.get_textpage()
        for at in range(text.count_chars()):
            left, bottom, right, top = text.get_charbox(at, loose=True)
            if right > left:
                lines[int((6000 - MARGIN - (top + bottom) / 2) // LEADING)].append((left, right))
    document.close()
    full = [line for line in lines.values() if min(left for left, _ in line) < MARGIN + 6]
    assert len(full) > 40
    return [300 - MARGIN - max(right for _, right in line) for line in full]


def test_every_justified_line_begins_at_the_margin() -> None:
    assert max(map(abs, edges())) < TOLERANCE


def test_the_library_does_not_yet_do_without() -> None:
    weasyprint()
    with mended_lines.unmended():
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
