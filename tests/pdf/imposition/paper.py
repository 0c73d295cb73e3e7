"""PDFs to impose, and what a person does with the sheets: look at them, fold them, read on."""

import io
from collections.abc import Sequence

import pikepdf
import pypdfium2

from pipeline.pdf.imposition import Binding

WIDTH, HEIGHT = 300, 400
"""Of a page, in pt: whole numbers, so that pixels fall on pixels."""

Pages = list[int | None]


Pair = tuple[int | None, int | None]
"""What stands on the left and on the right half of a side."""


def fold(sheets: Sequence[tuple[Pair, Pair]], binding: Binding) -> Pages:
    """Fold a pile of sheets once and turn its leaves: the pages as they are read.

    The first sheet lies outside. Its front shows the front cover on the half that is not at the
    spine when the booklet lies closed before the reader; what is printed behind that half stands,
    the sheet having been turned about its short edge, on the other half of the back.
    """
    first_half: Pages = []
    second_half: Pages = []
    for front, back in sheets:
        if binding is Binding.LEFT:
            first_half += [front[1], back[0]]
            second_half += [front[0], back[1]]
        else:
            first_half += [front[0], back[1]]
            second_half += [front[1], back[0]]
    return first_half + second_half[::-1]


def book(
    pages: int,
    *,
    size: tuple[float, float] = (WIDTH, HEIGHT),
    direction: str | None = None,
) -> pikepdf.Pdf:
    """Pages with their number on them in a font and a resource dictionary that they share."""
    pdf = pikepdf.new()
    font = pdf.make_indirect(
        pikepdf.Dictionary(
            Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
        )
    )
    resources = pdf.make_indirect(pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font)))
    width, height = size
    for number in range(1, pages + 1):
        drawn = (
            f"0.9 0.95 1 rg 20 20 {width - 40} {height - 40} re f "
            f"0 g BT /F1 120 Tf 60 150 Td ({number}) Tj ET"
        )
        pdf.pages.append(
            pikepdf.Page(
                pikepdf.Dictionary(
                    Type=pikepdf.Name.Page,
                    MediaBox=[0, 0, width, height],
                    Resources=resources,
                    Contents=pdf.make_stream(drawn.encode()),
                )
            )
        )
    if direction is not None:
        pdf.Root.ViewerPreferences = pikepdf.Dictionary(Direction=pikepdf.Name(direction))
    return pdf


def saved(pdf: pikepdf.Pdf, **options: object) -> bytes:
    """The bytes of a file, with its metadata as they are, broken or not."""
    stream = io.BytesIO()
    pdf.save(stream, fix_metadata_version=False, **options)  # type: ignore[arg-type]
    return stream.getvalue()


def numbers(content: bytes) -> list[tuple[int | None, int | None]]:
    """The number that stands on the left and on the right half of every page of a PDF."""
    document = pypdfium2.PdfDocument(content)
    found = []
    for page in document:
        text = page.get_textpage()
        width, height = page.get_size()
        halves = [
            text.get_text_bounded(0, 0, width / 2, height).strip(),
            text.get_text_bounded(width / 2, 0, width, height).strip(),
        ]
        left, right = (int(half) if half else None for half in halves)
        found.append((left, right))
    document.close()
    return found


def picture(content: bytes, page: int, *, scale: float = 1):  # type: ignore[no-untyped-def]
    """A page, counted from 0, as a PIL image of ``scale`` px a pt."""
    document = pypdfium2.PdfDocument(content)
    image = document[page].render(scale=scale).to_pil().convert("RGB")
    document.close()
    return image
