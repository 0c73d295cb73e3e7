"""Marks for the knife and for the fold, outside of what is printed."""

from pipeline.pdf.imposition.geometry import MM, Frame, number

GAP = 3 * MM
"""From the trim to a mark, in pt, where the bleed does not ask for more."""

LENGTH = 5 * MM
"""Of a mark, in pt."""

EDGE = 1 * MM
"""From a mark to the edge of the sheet, in pt."""

WIDTH = 0.25
"""Of a line, in pt."""

COLOUR = "Marks"
"""The name of the colour space of marks in a sheet's resources: all inks at once."""


def slug(bleed: float) -> float:
    """How much room marks need beyond the trim, in pt."""
    return max(bleed, GAP) + LENGTH + EDGE


def draw(frame: Frame) -> str:
    """The marks of a sheet as PDF operators: solid where it is cut, dashed where it is folded."""
    trim = frame.trim
    start = max(frame.bleed, GAP)
    end = start + LENGTH
    below, above = (trim.y0 - end, trim.y0 - start), (trim.y1 + start, trim.y1 + end)
    before, after = (trim.x0 - end, trim.x0 - start), (trim.x1 + start, trim.x1 + end)
    crop = [
        *(_line(x, y0, x, y1) for x in (trim.x0, trim.x1) for y0, y1 in (below, above)),
        *(_line(x0, y, x1, y) for y in (trim.y0, trim.y1) for x0, x1 in (before, after)),
    ]
    fold = [_line(frame.fold, y0, frame.fold, y1) for y0, y1 in (below, above)]
    return "\n".join(
        [
            "q",
            f"/{COLOUR} CS 1 SCN {number(WIDTH)} w",
            *crop,
            "[2 2] 0 d",
            *fold,
            "Q",
        ]
    )


def _line(x0: float, y0: float, x1: float, y1: float) -> str:
    return f"{number(x0)} {number(y0)} m {number(x1)} {number(y1)} l S"
