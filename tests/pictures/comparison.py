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

The numbers, all measured over the approved pictures at ``drawing.DOTS``, and proved by the tests beside:

* ``BLUR`` 1.2 px. A stroke of text is 1.5 px wide. Moved by a quarter of a pixel, which is the most that is
  left when the tile lies best, it then differs by 0.08 of full ink.
* ``TILE`` 24 px: less than the distance of two lines, so that no tile has to follow two of them, and more
  than a letter with its marks.
* ``REACH`` 1.5 px: two roundings, of a line and of a word in it. A word that stands 2 px elsewhere is noticed.
* ``LIMIT``: see there.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from PIL import Image

BLUR = 1.2
TILE = 24
REACH = 1.5

LIMIT = 0.2
"""Of full ink."""

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
            f"{len(self.spots)} places differ, most of all the one {worst.left} px from the left "
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
