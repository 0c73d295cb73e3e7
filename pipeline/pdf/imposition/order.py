"""Which page stands where: printer's order, without a PDF in sight."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import NamedTuple, Protocol

from pipeline.settings.profiles import Binding


class Face(NamedTuple):
    """One side of a sheet: two page numbers, counted from 1; ``None`` is a blank page."""

    left: int | None
    right: int | None

    @property
    def mirrored(self) -> "Face":
        """The same side of a sheet with its two pages exchanged."""
        return Face(self.right, self.left)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet of paper, both faces as they lie before the eye.

    The front becomes the outside of the fold. The back is what is seen after the sheet was turned
    about its short edge, as one turns a leaf: what stands right on it is behind the left of the
    front.
    """

    front: Face
    back: Face


class Order(Protocol):
    """Lays a number of pages on sheets, outermost sheet first."""

    def __call__(
        self, pages: int, binding: Binding, *, back_cover: bool = False
    ) -> tuple[Sheet, ...]: ...


def saddle(pages: int, binding: Binding, *, back_cover: bool = False) -> tuple[Sheet, ...]:
    """Printer's order for saddle stitch: all sheets in one pile, folded once, stapled in the fold.

    ``pages`` is the number of pages of the book; blank ones are added up to a multiple of four.
    They follow the last page, or stand before it where ``back_cover`` declares that the last page
    is the back cover, which then stays outside. A single page is a front cover whatever is
    declared. The sheets come outermost first; no pages need no sheets.
    """
    blanks = -pages % 4
    kept_last = 1 if back_cover and pages > 1 else 0
    body = range(1, pages - kept_last + 1)
    tail = range(pages - kept_last + 1, pages + 1)
    slots: list[int | None] = [*body, *[None] * blanks, *tail]
    return tuple(
        _bound(
            Sheet(
                front=Face(slots[-1 - first], slots[first]),
                back=Face(slots[first + 1], slots[-2 - first]),
            ),
            binding,
        )
        for first in range(0, len(slots) // 2, 2)
    )


def _bound(sheet: Sheet, binding: Binding) -> Sheet:
    """A sheet of a booklet bound on the left, as one bound on the right needs it: mirrored."""
    if binding is Binding.LEFT:
        return sheet
    return Sheet(sheet.front.mirrored, sheet.back.mirrored)


@dataclass(frozen=True, slots=True)
class Scheme:
    """A way of imposing two pages on each face of a sheet.

    ``duplex`` is the printer setting as ISO 32000-1, table 150, names it, ``printing`` the same in
    words, for the help of a command.
    """

    name: str
    order: Order
    duplex: str
    printing: str


SADDLE = Scheme(
    name="saddle",
    order=saddle,
    duplex="/DuplexFlipShortEdge",
    printing="print on both sides at actual size, flip on short edge; fold the pile once, staple",
)

SCHEMES: Mapping[str, Scheme] = MappingProxyType({scheme.name: scheme for scheme in (SADDLE,)})
"""Every scheme there is, by name."""
