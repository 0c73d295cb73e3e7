"""What a part of a PDF's page shows: its characters with their places, and its picture.

Two parts are the same where both are: the characters tell every letter apart, and where its piece of text
begins to a twentieth of a pt; the picture also sees what is no text. Both are pdfium's.
"""

import math
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, partial
from typing import NamedTuple

import pypdfium2
from pikepdf import Matrix
from PIL import Image, ImageChops, ImageFilter
from pypdfium2 import raw

from pipeline.checks.verdicts import UnreadableError
from pipeline.pdf.imposition.geometry import Box

NEAR = 0.05
"""By how many pt a character may be off its place: more than rounding, less than an eye sees."""

SHADES = 48
"""By how much of 255 a pixel may be lighter or darker than in the other picture: edges are smoothed
differently where they cut a pixel differently."""

RESIZED = 0.002
"""From which share on a page counts as another size, not as another place."""

WHITE = 255

CLOSE = 4
"""How many px a pt has where a picture is looked at closely."""

SAME = str.maketrans(
    {"\x02": "-", "\xad": "-", "‐": "-", **dict(zip(")]}>»›", "([{<«‹", strict=True))}
)
"""Characters that pdfium gives by what stands around them on the whole page: a hyphen at the end of a line, and
brackets that look the other way in what is read from the right. How they look, the picture tells."""

UNMOVED = Matrix()
"""How a page is placed that stands for itself."""


@dataclass(frozen=True)
class View:
    """What stands in a part of a page. ``text`` are its characters as pdfium gives them, without spaces;
    ``places`` tells of each where the piece of text begins that it stands in: all distances across and all
    distances up, sorted, in pt from the lower left corner of the part; ``size`` is that of the largest
    character, in pt; ``drawn`` gives its picture with as many px a pt as it is told, which is only made
    where it is looked at."""

    text: str
    places: Mapping[str, tuple[list[float], list[float]]]
    size: float
    drawn: Callable[[int], Image.Image]

    @cached_property
    def picture(self) -> Image.Image:
        """What is seen, in grey, a pixel a pt."""
        return self.drawn(1)

    @cached_property
    def is_blank(self) -> bool:
        """Whether there is no character, and every pixel is white."""
        return not self.text and self.picture.getextrema() == (WHITE, WHITE)

    @cached_property
    def counts(self) -> Counter[str]:
        """How often each character stands in the view."""
        return Counter(self.text)

    def same(self, other: "View") -> bool:
        """Whether both show the same in the same place."""
        return (
            self.counts == other.counts
            and abs(self.share(other) - 1) <= RESIZED
            and self.shift(other) <= NEAR
            and self.looks_like(other)
        )

    def share(self, other: "View") -> float:
        """How large this view of some characters is beside another one of the same: 1 is as large."""
        return self.size / other.size if other.size else 1.0

    def shift(self, other: "View") -> float:
        """How far apart two views of the same characters have them at most, across or up, in pt."""
        off = 0.0
        for char, both in self.places.items():
            for ours, theirs in zip(both, other.places[char], strict=True):
                off = max([off, *(abs(a - b) for a, b in zip(ours, theirs, strict=True))])
        return off

    def looks_like(self, other: "View") -> bool:
        """Whether both look the same. A glyph is set on whole pixels and may by rounding fall on the next
        one: a pixel may be as those around it are. Where the characters come in another order (columns may,
        after what stands beside them on their page), this is asked of larger pictures, in which no letter
        is like another."""
        a, b = self.picture, other.picture
        if a.size != b.size:
            return False
        if _most(ImageChops.difference(a, b)) <= SHADES:
            return True
        if self.text != other.text:
            a, b = self.drawn(CLOSE), other.drawn(CLOSE)
        return not (_beyond(a, b) or _beyond(b, a))


def _beyond(one: Image.Image, other: Image.Image) -> bool:
    """Whether a pixel of one picture is out of the range of those around its place in the other."""
    lighter = ImageChops.subtract(one, other.filter(ImageFilter.MaxFilter(3)))
    darker = ImageChops.subtract(other.filter(ImageFilter.MinFilter(3)), one)
    return any(_most(each) > SHADES for each in (lighter, darker))


def _most(picture: Image.Image) -> int:
    low_high = picture.getextrema()
    return int(low_high[1])  # type: ignore[arg-type]


class Character(NamedTuple):
    """A character, where the piece of text begins that it stands in (one text object, ISO 32000-1 9.4),
    and its size, in pt."""

    char: str
    x: float
    y: float
    size: float

    def through(self, placed: Matrix) -> "Character":
        """The same where it comes to stand."""
        x, y = placed.a * self.x + placed.e, placed.d * self.y + placed.f
        return Character(self.char, x, y, self.size * abs(placed.a))


class Pages:
    """The pages of a PDF, counted from 0, to look at part of them: each as it is bound, though a viewer
    turns it. Raises :class:`UnreadableError`."""

    def __init__(self, content: bytes) -> None:
        try:
            self._document = pypdfium2.PdfDocument(content)
            self._boxes = [_boxes(page) for page in self._document]
        except pypdfium2.PdfiumError as error:
            raise UnreadableError(str(error)) from error
        self._characters: dict[int, list[Character]] = {}

    def __len__(self) -> int:
        return len(self._document)

    def close(self) -> None:
        """Close the file; the pages cannot be looked at after that."""
        self._document.close()

    def trim(self, page: int) -> Box:
        """The TrimBox of a page, in pt."""
        return self._boxes[page][0]

    def bleed(self, page: int) -> Box:
        """The BleedBox of a page, in pt."""
        return self._boxes[page][1]

    def media(self, page: int) -> Box:
        """The MediaBox of a page, in pt."""
        return self._boxes[page][2]

    def view(self, page: int, part: Box, placed: Matrix = UNMOVED) -> View:
        """What stands in a part of a page, or of what it is placed on: ``placed`` is how, not askew."""
        if page not in self._characters:
            self._characters[page] = list(_characters(self._document[page]))
        there = (each.through(placed) for each in self._characters[page])
        inside = [
            each for each in there if part.x0 <= each.x < part.x1 and part.y0 <= each.y < part.y1
        ]
        places: dict[str, tuple[list[float], list[float]]] = {}
        for each in inside:
            across, up = places.setdefault(each.char, ([], []))
            across.append(each.x - part.x0)
            up.append(each.y - part.y0)
        for across, up in places.values():
            across.sort()
            up.sort()
        return View(
            "".join(each.char for each in inside),
            places,
            max((each.size for each in inside), default=0.0),
            partial(_picture, self._document[page], part, placed),
        )


def _boxes(page: pypdfium2.PdfPage) -> tuple[Box, Box, Box]:
    """The TrimBox, BleedBox and MediaBox of a page, which is laid as it is bound."""
    if page.get_rotation():
        page.set_rotation(0)
    return Box.of(page.get_trimbox()), Box.of(page.get_bleedbox()), Box.of(page.get_mediabox())


def _characters(page: pypdfium2.PdfPage) -> Iterator[Character]:
    """The characters of a page; no spaces, and nothing that pdfium adds."""
    text = page.get_textpage()
    matrix = raw.FS_MATRIX()
    for at in range(text.count_chars()):
        char = chr(raw.FPDFText_GetUnicode(text.raw, at)).translate(SAME)
        if char.isspace() or raw.FPDFText_IsGenerated(text.raw, at) == 1:
            continue
        # Not the character's own origin: of a glyph that is several characters pdfium has it where the
        # form that it stands in would have it without its matrix.
        raw.FPDFText_GetMatrix(text.raw, at, matrix)
        size = raw.FPDFText_GetFontSize(text.raw, at) * math.hypot(matrix.a, matrix.b)
        yield Character(char, matrix.e, matrix.f, size)
    text.close()


def _picture(page: pypdfium2.PdfPage, part: Box, placed: Matrix, scale: int) -> Image.Image:
    """A part of what a page is placed on in grey, ``scale`` px a pt, without annotations; what is less than
    a pixel at its edges is left out."""
    width, height = (math.floor(scale * (each + NEAR)) for each in (part.width, part.height))
    left, _, _, top = page.get_cropbox()
    bitmap = pypdfium2.PdfBitmap.new_native(width, height, raw.FPDFBitmap_Gray)
    bitmap.fill_rect((WHITE, WHITE, WHITE, WHITE), 0, 0, width, height)
    right, down = placed.a * left + placed.e - part.x0, part.y1 - placed.d * top - placed.f
    across, up = scale * placed.a, scale * placed.d
    matrix = raw.FS_MATRIX(across, 0, 0, up, scale * right, scale * down)
    clip = raw.FS_RECTF(0, 0, width, height)
    raw.FPDF_RenderPageBitmapWithMatrix(bitmap.raw, page.raw, matrix, clip, 0)
    picture: Image.Image = bitmap.to_pil().convert("L")
    return picture
