"""Boxes and lengths. All are in pt, the origin is below and left, as in PDF."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from pikepdf import Matrix, Rectangle

MM = 72 / 25.4
"""Millimetres in pt."""


def number(value: float) -> str:
    """A length as PDF writes it: no exponent, to a millionth of a pt."""
    # Adding nothing takes the sign from nothing.
    return f"{round(value, 6) + 0.0:.6f}".rstrip("0").rstrip(".")


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle by its lower left and its upper right corner."""

    x0: float
    y0: float
    x1: float
    y1: float

    @classmethod
    def of(cls, corners: Iterable[float | Decimal]) -> "Box":
        """Four numbers of a PDF, any two opposite corners (ISO 32000-1, section 7.9.5)."""
        ax, ay, bx, by = (float(each) for each in corners)
        return cls(min(ax, bx), min(ay, by), max(ax, bx), max(ay, by))

    @property
    def width(self) -> float:
        """How wide it is, in pt."""
        return self.x1 - self.x0

    @property
    def height(self) -> float:
        """How high it is, in pt."""
        return self.y1 - self.y0

    def meets(self, other: "Box") -> bool:
        """Whether they share any area."""
        return (
            self.x0 < other.x1 and other.x0 < self.x1 and self.y0 < other.y1 and other.y0 < self.y1
        )

    def inside(self, other: "Box") -> "Box":
        """What lies in both; without width or height where nothing does."""
        x0, y0 = max(self.x0, other.x0), max(self.y0, other.y0)
        return Box(x0, y0, max(x0, min(self.x1, other.x1)), max(y0, min(self.y1, other.y1)))

    def around(self, other: "Box") -> "Box":
        """The smallest box that holds both."""
        return Box(
            min(self.x0, other.x0),
            min(self.y0, other.y0),
            max(self.x1, other.x1),
            max(self.y1, other.y1),
        )

    def grown(self, by: float) -> "Box":
        """A box that reaches ``by`` pt further on each side; less far where ``by`` is negative."""
        return Box(self.x0 - by, self.y0 - by, self.x1 + by, self.y1 + by)

    def through(self, matrix: Matrix) -> "Box":
        """Where a transformation by multiples of a right angle takes it."""
        found = matrix.transform(Rectangle(self.x0, self.y0, self.x1, self.y1))
        return Box(found.llx, found.lly, found.urx, found.ury)

    def overhang(self, inner: "Box") -> float:
        """How far it stands out of a box, on the side where it does most; never less than 0."""
        return max(
            0.0,
            inner.x0 - self.x0,
            inner.y0 - self.y0,
            self.x1 - inner.x1,
            self.y1 - inner.y1,
        )
