"""What glyphs are drawn with: the segment pen protocol of fontTools, which HarfBuzz speaks too."""

from abc import ABC, abstractmethod

Point = tuple[float, float]


class Pen(ABC):
    """Takes outlines as commands of SVG's path data (SVG 2, section 9.3), their points in font units."""

    @abstractmethod
    def add(self, command: str, points: tuple[Point, ...]) -> None:
        """Take a command: ``M``, ``L``, ``Q``, ``C``, or ``Z``, which has no points."""

    def moveTo(self, point: Point) -> None:  # noqa: N802 - the protocol's name
        """Begin a contour at a point: ``M``."""
        self.add("M", (point,))

    def lineTo(self, point: Point) -> None:  # noqa: N802
        """Draw a straight line to a point: ``L``."""
        self.add("L", (point,))

    def qCurveTo(self, *points: Point) -> None:  # noqa: N802
        """Draw a quadratic curve: ``Q``, with the control points and then the end point."""
        self.add("Q", points)

    def curveTo(self, *points: Point) -> None:  # noqa: N802
        """Draw a cubic curve: ``C``, with the control points and then the end point."""
        self.add("C", points)

    def closePath(self) -> None:  # noqa: N802
        """End a closed contour: ``Z``."""
        self.add("Z", ())

    def endPath(self) -> None:  # noqa: N802
        """End an open contour: ``Z`` too, which closes it."""
        self.add("Z", ())
