"""Whether two pictures show the same page.

Another machine has another Pango, HarfBuzz or FreeType: glyphs stand a fraction of a pixel elsewhere, lines
may be rounded to the next pixel, edges are softened otherwise, stems are a little darker. None of that may
count; a lost tone mark, which is four pixels high, must.

So not pixels are compared but ink. Both pictures are blurred a little, which makes a soft edge and a hard
one alike and leaves of a mark a spot. Then each tile of the approved picture may lie anywhere within
``REACH`` of its place on the present one, in steps of half a pixel; the best place counts. What is then
darker or lighter at any point by more than ``LIMIT`` is a difference. Tiles shift each by itself, since a line
may be rounded up and the next one down; but what stands in one tile shifts together, so that a letter cannot
borrow the ink of its neighbour. Last the colours are compared, tile by tile, as averages.

The numbers, measured over all cases at ``drawing.DOTS`` (the tests beside prove both sides):

* ``BLUR`` 1.2 px. A stroke of text is 2 px wide. A quarter of a pixel, which is the most by which a tile still
  lies beside its place when it lies best, then changes it by 0.1 of full ink.
* ``TILE`` 30 px: no more than the distance of two lines, so that no tile has to follow two of them, and more
  than a letter with its marks.
* ``REACH`` 1.5 px: two roundings, of a line and of a word in it. A word that stands 3 px elsewhere is noticed.
* ``LIMIT`` 0.22 of full ink. Pages that were shifted by fractions of a pixel and drawn anew differ by 0.06 to
  0.19, those that another program drew by up to 0.17 (but for what the two programs see differently: pdfium
  draws a rectangle, such as Thai's MAI EK in a heading, on whole pixels). A tone mark, a dot, a vowel sign or
  an umlaut that is lost differs by 0.24 (Hebrew's points) to 0.7; a wrong letter or order by 0.4 and more.
  What stays below are the finest of differences in the smallest of signs: a smooth breathing for a rough one,
  the second stroke of a Thai vowel. Cases of such things are set in larger type.
* ``COLOUR_LIMIT`` 0.08: a coloured rule that moves into the next tile makes 0.05. Of five tints the nearest two
  lie 0.146 from each other; neighbours among twelve (0.059) may be taken for each other.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from PIL import Image

BLUR = 1.2
TILE = 30
REACH = 1.5

LIMIT = 0.22
"""Of full ink, at any one point."""

COLOUR_LIMIT = 0.08
"""Of full colour, averaged over a tile."""

Array = np.ndarray[tuple[int, ...], np.dtype[np.float32]]


@dataclass(frozen=True, slots=True)
class Spot:
    """A tile in which two pictures differ: its place in px, and by how much, as a share of what may be."""

    left: int
    top: int
    amount: float


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a comparison found."""

    spots: tuple[Spot, ...]
    sizes: bool = True
    """Whether the pictures are equally large."""

    @property
    def alike(self) -> bool:
        return self.sizes and not self.spots

    def __str__(self) -> str:
        if not self.sizes:
            return "the pages are of another size or number"
        if not self.spots:
            return "alike"
        worst = max(self.spots, key=lambda spot: spot.amount)
        return (
            f"places that differ: {len(self.spots)}, most of all the one {worst.left} px from the left "
            f"and {worst.top} px from the top ({worst.amount:.1f} times what may be)"
        )


def compare(approved: Image.Image, present: Image.Image) -> Verdict:
    """Compare two pictures."""
    if approved.size != present.size:
        return Verdict((), sizes=False)
    if approved.mode == present.mode and approved.tobytes() == present.tobytes():
        return Verdict(())
    return Verdict(tuple(spot for spot in measured(approved, present) if spot.amount > 1))


def measured(approved: Image.Image, present: Image.Image) -> Iterator[Spot]:
    """How much each tile differs."""
    before, after = _blurred(_ink(approved)), _Finer(_blurred(_ink(present)))
    colours = np.abs(_colours(approved) - _colours(present))
    height, width = before.shape
    for top in range(0, height, TILE):
        for left in range(0, width, TILE):
            tile = before[top : top + TILE, left : left + TILE]
            ink = after.nearest(tile, top, left) / LIMIT
            colour = colours[top : top + TILE, left : left + TILE].mean(axis=(0, 1)).max()
            yield Spot(left, top, max(ink, float(colour) / COLOUR_LIMIT))


class _Finer:
    """A picture of which one may take tiles at half pixels."""

    def __init__(self, picture: Array) -> None:
        self.margin = 2 * int(np.ceil(REACH))
        wide = np.pad(picture, self.margin, mode="edge")
        height, width = wide.shape
        fine = np.empty((2 * height - 1, 2 * width - 1), np.float32)
        fine[::2, ::2] = wide
        fine[1::2, ::2] = (wide[1:] + wide[:-1]) / 2
        fine[:, 1::2] = (fine[:, 2::2] + fine[:, :-2:2]) / 2
        self.fine = fine

    def nearest(self, tile: Array, top: int, left: int) -> float:
        """By how much a tile differs where it lies best, at its worst point."""
        best = self._at(tile, top, left, 0, 0)
        steps = int(2 * REACH)
        for down in range(-steps, steps + 1):
            for across in range(-steps, steps + 1):
                if best <= LIMIT / 4:
                    return best
                best = min(best, self._at(tile, top, left, down, across))
        return best

    def _at(self, tile: Array, top: int, left: int, down: int, across: int) -> float:
        y, x = 2 * (top + self.margin) + down, 2 * (left + self.margin) + across
        height, width = tile.shape
        here = self.fine[y : y + 2 * height : 2, x : x + 2 * width : 2]
        return float(np.abs(tile - here).max())


def _ink(picture: Image.Image) -> Array:
    return 1 - np.asarray(picture.convert("L"), np.float32) / 255


def _colours(picture: Image.Image) -> Array:
    """How far each channel is from grey: what ink does not tell."""
    channels = np.asarray(picture.convert("RGB"), np.float32) / 255
    return channels - channels.mean(axis=2, keepdims=True)


def _blurred(picture: Array) -> Array:
    """A picture seen through a Gaussian window."""
    reach = int(np.ceil(3 * BLUR))
    window = np.exp(-(np.arange(-reach, reach + 1, dtype=np.float32) ** 2) / (2 * BLUR**2))
    window /= window.sum()
    for axis in (0, 1):
        edges = [(reach, reach) if each == axis else (0, 0) for each in (0, 1)]
        wide = np.pad(picture, edges, mode="edge")
        length = picture.shape[axis]
        picture = sum(
            weight * wide.take(range(at, at + length), axis=axis)
            for at, weight in enumerate(window)
        )
    return picture
