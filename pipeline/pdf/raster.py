"""Pages as pictures, through pdfium: covers for e-books and for the gallery, proofs of sheets."""

import io
from collections.abc import Iterator

import pypdfium2
from PIL import Image

INCH = 72.0


def first_page(pdf: bytes, *, width: int) -> bytes:
    """The first page of a PDF as PNG, ``width`` px wide."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        page = document[0]
        # A whisker less: sides are rounded up, and a trace too much would be one px more.
        bitmap = page.render(scale=(width - 1e-3) / page.get_width())
        image = bitmap.to_pil().convert("RGB")
        # A cover is a few flat colours: a palette is half the size and looks the same.
        return png(image)
    finally:
        document.close()


def pages(pdf: bytes, scale: float) -> Iterator[Image.Image]:
    """All pages of a PDF, one after the other, at ``scale`` px a pt."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        for page in document:
            yield page.render(scale=scale).to_pil().convert("RGB")
    finally:
        document.close()


def png(image: Image.Image) -> bytes:
    """A picture of flat colours and text as PNG, with a palette."""
    stream = io.BytesIO()
    flat = image.quantize(colors=128, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    flat.save(stream, "PNG", optimize=True)
    return stream.getvalue()


def size(content: bytes) -> tuple[int, int]:
    """Width and height of a PNG in px (PNG specification, section 11.2.1)."""
    return int.from_bytes(content[16:20]), int.from_bytes(content[20:24])
