"""The pictures of the themes in the README.

``python -m benchmarks.themes`` builds the sample in ``sources/`` in every theme and draws, for each, the cover
and an opening page of three languages beside each other: ``docs/pictures/theme-NAME.png``.
"""

import io
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

import pypdfium2
from PIL import Image, ImageDraw

from pipeline import typography
from pipeline.design import themes
from pipeline.document import Book
from pipeline.editions import Edition
from pipeline.pdf import write as pdf
from pipeline.rendering import FileNames, Renderer
from pipeline.settings.values import EditionKind, Settings, Theme
from pipeline.sources import load

ROOT = Path(__file__).resolve().parents[1]
SOURCES = ROOT / "sources"
PICTURES = ROOT / "docs" / "pictures"

SHOWN: tuple[tuple[str, int], ...] = (("", 1), ("de", 1), ("de", 3), ("ar", 4), ("th", 3))
"""Which pages: the edition's language (of the combined one none) and the page, counted from 1."""

HEIGHT = 400
"""Of a page, in px."""
GAP = 14
GROUND, EDGE = (232, 230, 226), (205, 202, 196)
COLOURS = 128
LARGEST = 300_000
"""All pictures together, in bytes."""


def draw(book: Book, settings: Settings) -> Image.Image:
    """The pages of a book that are shown, beside each other."""
    made = Renderer(book, FileNames({}), settings, folder=SOURCES)
    documents: dict[str, pypdfium2.PdfDocument] = {}
    pages = []
    for tag, number in SHOWN:
        if tag not in documents:
            chosen = tuple(each for each in book.translations if tag in ("", each.tag))
            kind = EditionKind.SINGLE if tag else EditionKind.COMBINED
            content = pdf.write(made, Edition(book, kind, chosen, settings)).content
            documents[tag] = pypdfium2.PdfDocument(content)
        page = documents[tag][number - 1]
        pages.append(page.render(scale=HEIGHT / page.get_height()).to_pil().convert("RGB"))
    return beside(pages)


def beside(pages: Sequence[Image.Image]) -> Image.Image:
    """Pages of one height beside each other."""
    width = sum(page.width + GAP for page in pages) + GAP
    whole = Image.new("RGB", (width, HEIGHT + 2 * GAP), GROUND)
    at = GAP
    for page in pages:
        whole.paste(page, (at, GAP))
        frame = (at - 1, GAP - 1, at + page.width, GAP + HEIGHT)
        ImageDraw.Draw(whole).rectangle(frame, outline=EDGE)
        at += page.width + GAP
    return whole


def png(picture: Image.Image) -> bytes:
    """A PNG of not many colours: the same picture gives the same bytes."""
    stream = io.BytesIO()
    reduced = picture.quantize(COLOURS, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    reduced.save(stream, "PNG", optimize=True)
    return stream.getvalue()


def in_theme(name: str) -> Settings:
    """Settings for a theme, on A5 as the others: side by side, pages of one size compare."""
    found = themes.design(Theme(name=name))
    return Settings(theme=Theme(name=name, base=min(found.base, 10.0)))


def write(pictures: Iterable[tuple[str, Image.Image]]) -> int:
    """Write pictures by their names into the documentation, and tell the size of each; gives all bytes."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    total = 0
    for name, picture in pictures:
        content = png(picture)
        file = PICTURES / f"{name}.png"
        file.write_bytes(content)
        total += len(content)
        print(f"{file.relative_to(ROOT)}: {len(content)} bytes")
    return total


def main() -> int:
    book = typography.apply(load([SOURCES])[0])
    total = write((f"theme-{name}", draw(book, in_theme(name))) for name in themes.names())
    return int(total > LARGEST)


if __name__ == "__main__":
    sys.exit(main())
