"""Boxes and paths on a page."""

import math
from dataclasses import dataclass, field

Box = tuple[float, float, float, float]
"""Left, top, right, bottom."""
EVERYWHERE: Box = (-math.inf, -math.inf, math.inf, math.inf)


@dataclass(slots=True)
class Path:
    """A path in the page's coordinates."""

    parts: list[str] = field(default_factory=list)
    points: list[tuple[float, float]] = field(default_factory=list)
    rectangle: Box | None = None
    """Where it is one rectangle."""

    @property
    def data(self) -> str:
        """The path as the attribute ``d`` of SVG (SVG 2, section 9.3)."""
        return "".join(self.parts)

    @property
    def box(self) -> Box:
        """The smallest box around its points, control points among them; at the origin where it has none."""
        xs, ys = [x for x, _ in self.points], [y for _, y in self.points]
        return (min(xs), min(ys), max(xs), max(ys)) if xs else (0.0, 0.0, 0.0, 0.0)


def common(one: Box, other: Box) -> Box:
    """What lies in both boxes; where nothing does, an edge of it lies beyond the opposite edge."""
    return (
        max(one[0], other[0]), max(one[1], other[1]), min(one[2], other[2]), min(one[3], other[3]),
    )  # fmt: skip
