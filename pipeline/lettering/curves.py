"""The length of a path, and where along it a point is."""

import bisect
import math
import re
from typing import Any

from fontTools.misc.transform import Transform
from fontTools.pens.transformPen import TransformPen
from fontTools.svgLib.path import parse_path

from pipeline.drawings import NAMESPACE

XLINK = "{http://www.w3.org/1999/xlink}href"
PATH = f"{{{NAMESPACE}}}path"
DIGITS = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")
STEPS = 24
"""Into how many straight pieces a curve is divided."""
Point = tuple[float, float]


class Curve:
    """A path as straight pieces (the segment pen protocol of fontTools), walked along from its beginning."""

    def __init__(self) -> None:
        self._points: list[Point] = []
        self._lengths: list[float] = []
        self._start: Point = (0.0, 0.0)

    @property
    def length(self) -> float:
        """How long the path is, in units of the drawing; moves from one subpath to the next add nothing."""
        return self._lengths[-1] if self._lengths else 0.0

    def at(self, along: float) -> tuple[float, float, float]:
        """The point so far along, and the angle of the path there, in radians."""
        index = min(max(bisect.bisect_left(self._lengths, along), 1), len(self._points) - 1)
        (x0, y0), (x1, y1) = self._points[index - 1], self._points[index]
        whole = self._lengths[index] - self._lengths[index - 1]
        part = (along - self._lengths[index - 1]) / whole if whole else 0.0
        return x0 + part * (x1 - x0), y0 + part * (y1 - y0), math.atan2(y1 - y0, x1 - x0)

    def _add(self, point: Point, jump: bool = False) -> None:
        step = 0.0 if jump or not self._points else math.dist(self._points[-1], point)
        if step or not self._points or jump:
            self._lengths.append(self.length + step)
            self._points.append(point)

    def moveTo(self, point: Point) -> None:  # noqa: N802 - the protocol's name
        """Begin a subpath at a point."""
        self._start = point
        self._add(point, jump=True)

    def lineTo(self, point: Point) -> None:  # noqa: N802
        """Go straight to a point."""
        self._add(point)

    def curveTo(self, a: Point, b: Point, c: Point) -> None:  # noqa: N802
        """Go along a cubic Bézier curve with the control points ``a`` and ``b`` to ``c``, in :data:`STEPS`
        straight pieces.

        Raises :class:`IndexError` where no subpath was begun.
        """
        start = self._points[-1]
        for step in range(1, STEPS + 1):
            t = step / STEPS
            u = 1 - t
            x, y = (
                u**3 * start[i] + 3 * u * u * t * a[i] + 3 * u * t * t * b[i] + t**3 * c[i]
                for i in (0, 1)
            )
            self._add((x, y))

    def qCurveTo(self, a: Point, b: Point) -> None:  # noqa: N802
        """Go along a quadratic Bézier curve with the control point ``a`` to ``b``, as a cubic one.

        Raises :class:`IndexError` where no subpath was begun.
        """
        start = self._points[-1]
        first = tuple(start[i] + 2 / 3 * (a[i] - start[i]) for i in (0, 1))
        second = tuple(b[i] + 2 / 3 * (a[i] - b[i]) for i in (0, 1))
        self.curveTo((first[0], first[1]), (second[0], second[1]), b)

    def closePath(self) -> None:  # noqa: N802
        """Go straight back to the beginning of the subpath."""
        self._add(self._start)

    def endPath(self) -> None:  # noqa: N802 - there is nothing to do
        """Leave the subpath open."""
        return


TRANSFORM = re.compile(r"(matrix|translate|scale|rotate|skewX|skewY)\s*\(([^()]*)\)")


def _transform(written: str) -> Transform:
    """A list of transformations (CSS Transforms 1, section 8)."""
    out = Transform()
    for name, inner in TRANSFORM.findall(written):
        numbers = [float(each) for each in DIGITS.findall(inner)] or [0.0]
        match name:
            case "matrix" if len(numbers) == 6:
                out = out.transform(numbers)
            case "translate":
                out = out.translate(numbers[0], (numbers[1:2] or [0.0])[0])
            case "scale":
                out = out.scale(*(numbers * 2 if len(numbers) == 1 else numbers)[:2])
            case "rotate":
                x, y = numbers[1:3] if len(numbers) == 3 else (0.0, 0.0)
                out = out.translate(x, y).rotate(math.radians(numbers[0])).translate(-x, -y)
            case "skewX":
                out = out.skew(math.radians(numbers[0]), 0)
            case "skewY":
                out = out.skew(0, math.radians(numbers[0]))
    return out


def curve_of(reference: Any, root: Any) -> Curve | None:
    """The curve that a <textPath> runs along; None where there is none."""
    data, moved = reference.get("path"), Transform()
    if not data:
        name = (reference.get("href") or reference.get(XLINK) or "").strip().removeprefix("#")
        target = next((each for each in root.iter(PATH) if each.get("id") == name), None)
        if target is None:
            return None
        data, moved = target.get("d", ""), _transform(target.get("transform", ""))
    curve = Curve()
    try:
        parse_path(data, TransformPen(curve, moved))
    except (ValueError, IndexError, AssertionError, TypeError):
        return None  # as browsers have it: a path that cannot be read is none
    return curve if curve.length else None
