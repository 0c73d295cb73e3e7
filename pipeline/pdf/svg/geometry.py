"""Matrices, boxes and paths on a page."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

Matrix = tuple[float, float, float, float, float, float]
Box = tuple[float, float, float, float]
"""Left, top, right, bottom."""
IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
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


def matrix(operands: Sequence[Any]) -> Matrix:
    """Six operands of a PDF as a matrix: a b c d e f (ISO 32000-1, 8.3.3)."""
    a, b, c, d, e, f = map(float, operands)
    return (a, b, c, d, e, f)


def times(one: Matrix, other: Matrix) -> Matrix:
    """First the one, then the other (ISO 32000-1, 8.3.4)."""
    a, b, c, d, e, f = one
    g, h, i, j, k, m = other
    return (
        a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j,
        e * g + f * i + k, e * h + f * j + m,
    )  # fmt: skip


def apply(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    """Where a matrix takes a point (ISO 32000-1, 8.3.4)."""
    a, b, c, d, e, f = matrix
    return (a * x + c * y + e, b * x + d * y + f)


def determinant(matrix: Matrix) -> float:
    """The factor by which a matrix changes areas; negative where it mirrors."""
    return matrix[0] * matrix[3] - matrix[1] * matrix[2]


def common(one: Box, other: Box) -> Box:
    """What lies in both boxes; where nothing does, an edge of it lies beyond the opposite edge."""
    return (
        max(one[0], other[0]), max(one[1], other[1]), min(one[2], other[2]), min(one[3], other[3]),
    )  # fmt: skip
