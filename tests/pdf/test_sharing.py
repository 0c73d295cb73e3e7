"""Forms that are the same are one, forms that differ are not, and the pages look as before."""

import io
from typing import Any

import pikepdf
import pypdfium2

from pipeline.layout.engine import Fonts, weasyprint
from pipeline.pdf import sharing
from pipeline.rendering.renderer import data_url

DRAWING = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="90" height="90">'
    '<rect width="60" height="60" fill="{colour}"/></svg>'
)
COLOURS = ("red", "blue", "red", "red", "blue")


def address(colour: str) -> str:
    return data_url("image/svg+xml", DRAWING.format(colour=colour).encode())


def written(finish: Any = None) -> bytes:
    """One drawing a page."""
    pages = "".join(
        f'<p style="break-after: page; background: url({address(colour)}) no-repeat"></p>'
        for colour in COLOURS
    )
    style = (
        "<style>@page { size: 40mm; margin: 0 } body, p { margin: 0 } p { height: 30mm }</style>"
    )
    document = weasyprint().HTML(string=f"<html lang=en>{style}{pages}")
    content = document.render(font_config=Fonts().configuration).write_pdf(
        finisher=(lambda _document, pdf: finish(pdf)) if finish else None
    )
    return bytes(content)


def forms(content: bytes) -> int:
    with pikepdf.open(io.BytesIO(content)) as pdf:
        return sum(
            isinstance(each, pikepdf.Stream) and each.get("/Subtype") == "/Form"
            for each in pdf.objects
        )


def seen(content: bytes) -> list[bytes]:
    document = pypdfium2.PdfDocument(content)
    return [page.render(scale=1).to_pil().tobytes() for page in document]


def test_what_is_drawn_on_many_pages_stands_in_the_file_once() -> None:
    plain, shared = written(), written(sharing.share)
    assert forms(plain) >= len(COLOURS)
    assert forms(shared) * len(COLOURS) == forms(plain) * len(set(COLOURS))
    assert seen(shared) == seen(plain)
    assert len(set(seen(plain)[: len(COLOURS)])) == len(set(COLOURS))
