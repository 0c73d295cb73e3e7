"""A page as a picture, through pdfium: covers for e-books and for the gallery."""

import io

import pypdfium2

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
        image = image.quantize(colors=128, method=2, dither=0)
        stream = io.BytesIO()
        image.save(stream, "PNG", optimize=True)
        return stream.getvalue()
    finally:
        document.close()


def size(png: bytes) -> tuple[int, int]:
    """Width and height of a PNG in px (PNG specification, section 11.2.1)."""
    return int.from_bytes(png[16:20]), int.from_bytes(png[20:24])
