"""Proofs: pictures of sheets as they come out of a printer, and of what is read once they are folded and
cut."""

import math
from collections.abc import Mapping, Sequence

from PIL import Image, ImageDraw

from pipeline.errors import ImpositionError, NamedPath
from pipeline.pdf import raster
from pipeline.pdf.imposition.folding import Paper, Window, cut, folded
from pipeline.pdf.imposition.geometry import MM, Box
from pipeline.pdf.imposition.grid import size
from pipeline.pdf.imposition.sheets import Imposed
from pipeline.settings.profiles import Binding

SCALE = 0.6
"""How many px a pt has, where there is room."""
MOST_PIXELS = 12_000_000
"""Of one picture: what any viewer opens."""
AIR = 18
"""Between pictures of sheets and of openings, in px."""
GROUND = (214, 214, 214)
"""What paper lies on."""
OUTLINE = (120, 190, 230)
"""Where pages are cut or folded."""


def pictures(made: Imposed, *, name: str) -> Mapping[str, bytes]:
    """Two PNG files: ``sheets`` shows front and back of every sheet side by side, with the edges of the
    finished pages, ``spreads`` the openings of the book, or the pages where nothing is folded.

    The pages are cut out of the sheets by folding them (:mod:`~pipeline.pdf.imposition.folding`), not by what
    is known of where they were put. ``name`` is what the PDF is called in errors.

    Raises :class:`ImpositionError` where sheets are so narrow, or so large, that no picture shows them.
    """
    there, media = windows(made), made.pile.grid.media
    sides = 2 * made.sheets
    scale = min(SCALE, math.sqrt(MOST_PIXELS / (sides * media.width * media.height)))
    if sides * math.ceil(scale * media.width) * math.ceil(scale * media.height) > 2 * MOST_PIXELS:
        raise ImpositionError(
            f"has sheets of {size(media)}, which no picture shows",
            at=NamedPath(name),
            cure="leave out --proof",
        )
    pages: dict[Window, Image.Image] = {}
    sheets: list[Image.Image] = []
    for number, side in enumerate(raster.pages(made.content, scale)):
        own = [each for each in there if each.side == number]
        pages |= {each: _cut_out(side, each, scale) for each in own}
        draw = ImageDraw.Draw(side)
        for each in own:
            draw.rectangle(_pixels(each.box, side, scale), outline=OUTLINE)
        sheets.append(side)
    right = made.binding is Binding.RIGHT
    pairs = [_beside(pair, gap=2) for pair in zip(sheets[::2], sheets[1::2], strict=True)]
    read = [pages[each] for each in there]
    return {
        "sheets": raster.png(_in_rows(pairs)),
        "spreads": raster.png(
            _in_rows(_openings(read, right=right) if made.scheme.folded else read, right=right)
        ),
    }


def windows(made: Imposed) -> list[Window]:
    """Where the pages are, in the order in which they are read."""
    grid, settings = made.pile.grid, made.settings
    paper = Paper(
        grid.media.width,
        grid.media.height,
        (grid.width, grid.height),
        grid.bleed,
        grid.gap,
        grid.spine / 2,
        settings.thickness * MM,
        grid.bar,
        made.pile.headlong,
    )
    if not made.scheme.folded:
        return cut(paper, made.sheets, columns=grid.columns, rows=grid.rows, binding=made.binding)
    return folded(
        paper,
        made.sheets,
        folds=settings.folds,
        in_each=made.scheme.in_each(settings, made.sheets),
        binding=made.binding,
    )


def _pixels(box: Box, side: Image.Image, scale: float) -> tuple[int, int, int, int]:
    """A part of a side, from above, in px; none that shows anything of what is beside it."""
    whole = 0.01  # of a px: what rounding makes of a length that is whole
    return (
        math.ceil(box.x0 * scale - whole),
        math.ceil(side.height - box.y1 * scale - whole),
        math.floor(box.x1 * scale + whole),
        math.floor(side.height - box.y0 * scale + whole),
    )


def _cut_out(side: Image.Image, window: Window, scale: float) -> Image.Image:
    """A page as it is read."""
    page = side.crop(_pixels(window.box, side, scale))
    return page.rotate(180) if window.turned else page


def _openings(pages: Sequence[Image.Image], *, right: bool) -> list[Image.Image]:
    """Pages that lie open side by side; the first one and the last one alone."""
    nothing = Image.new("RGB", pages[0].size, GROUND)
    sides = [nothing, *pages, nothing]
    pairs = zip(sides[::2], sides[1::2], strict=True)
    return [_beside(pair[::-1] if right else pair, gap=0) for pair in pairs]


def _beside(pictures: Sequence[Image.Image], *, gap: int) -> Image.Image:
    width = sum(each.width for each in pictures) + gap * (len(pictures) - 1)
    whole = Image.new("RGB", (width, max(each.height for each in pictures)), GROUND)
    x = 0
    for each in pictures:
        whole.paste(each, (x, 0))
        x += each.width + gap
    return whole


def _in_rows(pictures: Sequence[Image.Image], *, right: bool = False) -> Image.Image:
    """Pictures in rows of one length that make the whole about as wide as high, from the left or the right."""
    width = max(each.width for each in pictures) + AIR
    height = max(each.height for each in pictures) + AIR
    columns = min(len(pictures), max(1, round(math.sqrt(len(pictures) * height / width))))
    rows = -(-len(pictures) // columns)
    whole = Image.new("RGB", (columns * width + AIR, rows * height + AIR), GROUND)
    for at, each in enumerate(pictures):
        row, column = divmod(at, columns)
        if right:
            column = columns - 1 - column
        whole.paste(each, (AIR + column * width, AIR + row * height))
    return whole
