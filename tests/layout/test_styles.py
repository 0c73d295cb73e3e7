"""A style sheet that was read before is not read again, and lays out as if it were."""

from pathlib import Path

import pytest

from pipeline.errors import LayoutError
from pipeline.fonts import REGULAR, family
from pipeline.layout import styles
from pipeline.layout.engine import Fonts, silence, weasyprint
from pipeline.pdf import write as pdf
from tests.design.themed import editions, renderer, write

FACE = f"""
@font-face {{ font-family: Face; src: url({family("spectral").file(REGULAR).as_uri()}) }}
@page {{ font-family: Face }}
p {{ font-family: Face }}
"""
STYLE = """
@counter-style stars { system: symbolic; symbols: "*" }
@page { size: 60mm 40mm; @bottom-center { content: counter(page, stars) } }
@page :first { margin: 5mm }
p { color: var(--ink, #123); width: calc(100% - 1em) }
"""


def laid_out(style: str, text: str = "a", fonts: Fonts | None = None) -> bytes:
    markup = f"<style>{FACE}{style}</style><p>{text}</p><p style='break-before: page'>b</p>"
    fonts = fonts or Fonts()
    with silence("a page", fonts):
        document = weasyprint().HTML(string=markup).render(font_config=fonts.configuration)
        return document.write_pdf(pdf_identifier=True)


def test_the_second_document_is_the_same() -> None:
    fonts = Fonts()
    first = laid_out(STYLE, fonts=fonts)
    assert len(fonts.kept) == 1
    assert laid_out(STYLE, fonts=fonts) == first
    assert len(fonts.kept) == 1
    assert laid_out(STYLE) == first


def test_a_cover_after_the_pages_is_what_it_would_be_alone(tmp_path: Path) -> None:
    """Also where each has faces of its own, which are declared anew."""
    made, fonts = renderer(write(tmp_path)), Fonts()
    edition = editions(made)["combined"]
    alone = pdf.write_cover(made, edition).content
    assert pdf.write_cover(made, edition, fonts).content == alone
    pages = pdf.write(made, edition, fonts=fonts).content
    assert pdf.write(made, edition, fonts=fonts).content == pages
    assert pdf.write_cover(made, edition, fonts).content == alone
    assert pdf.write(made, edition).content == pages


@pytest.mark.parametrize("style", ["p { color: var(--none, 5px) }", "p { colour: red }"])
def test_what_is_wrong_is_told_each_time(style: str) -> None:
    fonts = Fonts()
    for text in "ab":
        with pytest.raises(LayoutError, match="Ignored"):
            laid_out(style, text, fonts)


def test_few_are_kept() -> None:
    fonts = Fonts()
    for number in range(styles.KEPT + 3):
        laid_out(f"p {{ width: {number}mm }}", fonts=fonts)
    assert len(fonts.kept) == styles.KEPT
