"""From a case to a picture, all the way that a book goes: sources, typography, pages, PDF, pixels."""

import io
import tempfile
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import pypdfium2
from PIL import Image

from pipeline import typography
from pipeline.editions import Edition
from pipeline.languages import Direction
from pipeline.pdf import write as pdf
from pipeline.rendering import FileNames, Renderer
from pipeline.sources import load
from tests.pictures.cases import Case, case

DOTS = 150
"""Dots an inch. At 12 pt an em is 25 px and a tone mark 5 px high: enough to miss it."""

COLOURS = 64
"""The colours of a picture. Text in black on one paper needs 16, the tints of twelve titles the others."""

GAP, GAP_COLOUR = 6, (150, 150, 150)
"""What stands between two pages, in px."""


def printed(one: Case) -> tuple[bytes, Direction]:
    """The PDF of a case and the way its pages go."""
    with tempfile.TemporaryDirectory(prefix="pentapla-case-") as name:
        folder = Path(name)
        one.write(folder)
        found, wanted = load([folder])
        settings = wanted.settings
        book = typography.apply(found, settings.typography)
        edition = Edition(book, one.kind, book.translations, settings)
        renderer = Renderer(book, FileNames({}), settings, folder=folder)
        return pdf.write(renderer, edition).content, edition.direction


def chosen(one: Case, document: pypdfium2.PdfDocument) -> list[int]:
    """The pages that a case shows, counted from 0."""
    # The titles of the translations are the bookmarks that come first.
    first = min(mark.get_dest().get_index() for mark in document.get_toc())
    ranges = {"cover": range(1), "front": range(1, first), "text": range(first, len(document))}
    return [at for at in ranges[one.show] if one.show == "cover" or _has_text(document[at])][
        : one.most
    ]


def _has_text(page: pypdfium2.PdfPage) -> bool:
    return page.get_textpage().count_chars() > 0


def joined(pages: Sequence[Image.Image], direction: Direction) -> Image.Image:
    """Pages beside each other, in the order of reading."""
    ordered = pages if direction is Direction.LTR else pages[::-1]
    width = sum(page.width for page in pages) + GAP * (len(pages) - 1)
    whole = Image.new("RGB", (width, max(page.height for page in pages)), GAP_COLOUR)
    at = 0
    for page in ordered:
        whole.paste(page, (at, 0))
        at += page.width + GAP
    return whole


def drawn(one: Case, content: bytes, direction: Direction) -> Image.Image:
    """The pages of a PDF that a case shows."""
    document = pypdfium2.PdfDocument(content)
    try:
        pages = [
            document[at].render(scale=DOTS / 72).to_pil().convert("RGB")
            for at in chosen(one, document)
        ]
    finally:
        document.close()
    if not pages:
        raise ValueError(f"{one.name}: there are no pages of the kind “{one.show}”")
    return joined(pages, direction)


def reduced(picture: Image.Image) -> Image.Image:
    """The same in few colours."""
    return picture.quantize(COLOURS, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)


def png(picture: Image.Image) -> bytes:
    """A PNG file: the same picture gives the same bytes, since nothing but pixels and colours is in it."""
    stream = io.BytesIO()
    reduced(picture).save(stream, "PNG", optimize=True)
    return stream.getvalue()


def opened(content: bytes) -> Image.Image:
    """The picture of a PNG file."""
    with Image.open(io.BytesIO(content)) as picture:
        return picture.convert("RGB")


@cache
def content_of(name: str) -> tuple[bytes, Direction]:
    """The PDF of a case by name, made once a process."""
    return printed(case(name))


@cache
def png_of(name: str) -> bytes:
    """The picture of a case as it is now, made once a process."""
    return png(drawn(case(name), *content_of(name)))
