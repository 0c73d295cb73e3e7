"""What is drawn on a page of a PDF, as elements of SVG: the graphics state, paths, clipping."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, ClassVar

from pikepdf import Matrix

from pipeline.errors import LayoutError
from pipeline.pdf.read.interpreter import Interpreter, State
from pipeline.pdf.svg.geometry import EVERYWHERE, Box, Path, common

RULES = {"nonzero": "", "evenodd": ' clip-rule="evenodd"'}

CAPS = ("butt", "round", "square")
JOINS = ("miter", "round", "bevel")


@dataclass(frozen=True, slots=True)
class Drawn(State):
    """The graphics state, with how things are drawn."""

    clip: Box = EVERYWHERE
    clips: tuple[tuple[str, str], ...] = ()
    """Paths, other than rectangles, that all is clipped to, each with its rule."""
    fill: str = "#000000"
    stroke: str = "#000000"
    fill_alpha: float = 1.0
    stroke_alpha: float = 1.0
    width: float = 1.0
    cap: int = 0
    join: int = 0
    dash: tuple[float, ...] = ()


class Canvas(Interpreter[Drawn]):
    """Takes the operators of states and paths (ISO 32000-1, 8.4 and 8.5) and keeps what they draw."""

    OPERATORS: ClassVar = {
        **Interpreter.OPERATORS,
        "gs": "extended", "w": "set_width", "J": "set_cap", "j": "set_join", "d": "set_dash",
        "rg": "fill_colour", "g": "fill_colour", "sc": "fill_colour", "scn": "fill_colour",
        "RG": "stroke_colour", "G": "stroke_colour", "SC": "stroke_colour", "SCN": "stroke_colour",
        "cs": "space", "CS": "space", "m": "start", "l": "draw_line", "c": "curve", "v": "curve_from",
        "y": "curve_to", "h": "close", "re": "rectangle", "W": "clip", "W*": "clip_even_odd",
    }  # fmt: skip
    DEPTH: ClassVar[int] = 200

    def __init__(self, base: Matrix, page: Box) -> None:
        super().__init__(Drawn(base))
        self.page = page
        self.path = Path()
        self.at = (0.0, 0.0)
        self.clipping: str | None = None
        self.out: list[str] = []
        self.clip_ids: dict[tuple[str, str], str] = {}

    def markup(self) -> str:
        """All that was drawn."""
        clips = "".join(
            f'<clipPath id="{name}"><path d="{data}"{RULES[rule]}/></clipPath>'
            for (data, rule), name in self.clip_ids.items()
        )
        return (f"<defs>{clips}</defs>\n" if clips else "") + "\n".join(self.out)

    # --- state ----------------------------------------------------------------------------------

    def extended(self, operands: Any) -> None:
        """``gs``: take the opacity of fills (``ca``) and of strokes (``CA``) from a dictionary in the resources
        (tables 57 and 58); its other entries change nothing here.

        Raises :class:`LayoutError` where the dictionary sets a soft mask.
        """
        row = self.resource("/ExtGState", operands[0]) or {}
        if "/SMask" in row and row["/SMask"] != "/None":
            raise cannot("a mask")
        self.state = replace(
            self.state,
            fill_alpha=float(row.get("/ca", self.state.fill_alpha)),
            stroke_alpha=float(row.get("/CA", self.state.stroke_alpha)),
        )

    def set_width(self, operands: Any) -> None:
        """``w``: set the width of lines, in units of the current matrix (table 57)."""
        self.state = replace(self.state, width=float(operands[0]))

    def set_cap(self, operands: Any) -> None:
        """``J``: set how lines end, by the index of :data:`CAPS` (table 57)."""
        self.state = replace(self.state, cap=int(operands[0]))

    def set_join(self, operands: Any) -> None:
        """``j``: set how lines meet at a corner, by the index of :data:`JOINS` (table 57)."""
        self.state = replace(self.state, join=int(operands[0]))

    def set_dash(self, operands: Any) -> None:
        """``d``: set the lengths of dashes and gaps (table 57). The phase, the second operand, is not used."""
        self.state = replace(self.state, dash=tuple(map(float, operands[0])))

    def fill_colour(self, operands: Any) -> None:
        """``rg``, ``g``, ``sc`` and ``scn``: set the colour of fills (table 74).

        Raises :class:`LayoutError` for a pattern, and for a colour that is neither grey nor RGB.
        """
        self.state = replace(self.state, fill=colour(operands))

    def stroke_colour(self, operands: Any) -> None:
        """``RG``, ``G``, ``SC`` and ``SCN``: set the colour of strokes (table 74).

        Raises :class:`LayoutError` for a pattern, and for a colour that is neither grey nor RGB.
        """
        self.state = replace(self.state, stroke=colour(operands))

    def space(self, operands: Any) -> None:
        """``cs`` and ``CS``: choose a colour space (table 74).

        Raises :class:`LayoutError` for any other than DeviceRGB and DeviceGray.
        """
        if str(operands[0]) not in ("/DeviceRGB", "/DeviceGray"):
            raise cannot(f"the colour space {operands[0]}")

    # --- paths ----------------------------------------------------------------------------------

    def _point(self, x: float, y: float) -> str:
        point = self.state.matrix.transform((float(x), float(y)))
        self.path.points.append(point)
        return f"{number(point[0])} {number(point[1])}"

    def start(self, operands: Any) -> None:
        """``m``: begin a subpath at a point (table 59)."""
        self.path.rectangle = None
        self.at = (float(operands[0]), float(operands[1]))
        self.path.parts.append("M" + self._point(*self.at))

    def draw_line(self, operands: Any) -> None:
        """``l``: a straight line from the current point to another (table 59)."""
        self.path.rectangle = None
        self.at = (float(operands[0]), float(operands[1]))
        self.path.parts.append("L" + self._point(*self.at))

    def curve(self, operands: Any) -> None:
        """``c``: a cubic Bézier curve from the current point: two control points, then the end (table 59)."""
        numbers = list(map(float, operands))
        self.path.rectangle = None
        points = [self._point(numbers[at], numbers[at + 1]) for at in (0, 2, 4)]
        self.at = (numbers[4], numbers[5])
        self.path.parts.append("C" + " ".join(points))

    def curve_from(self, operands: Any) -> None:
        """``v``: a curve whose first control point is the current point (table 59)."""
        self.curve([*self.at, *operands])

    def curve_to(self, operands: Any) -> None:
        """``y``: a curve whose second control point is its end (table 59)."""
        self.curve([*operands, *operands[2:]])

    def close(self, _operands: Any = ()) -> None:
        """``h``: close the subpath with a straight line to its beginning (table 59)."""
        self.path.parts.append("Z")

    def rectangle(self, operands: Any) -> None:
        """``re``: a rectangle by a corner, its width and its height (table 59). Where it is the whole path, and
        its sides stay upright, its box is kept as ``path.rectangle``."""
        x, y, width, height = map(float, operands)
        corners = [(x, y), (x + width, y), (x + width, y + height), (x, y + height)]
        alone = not self.path.parts
        start = len(self.path.points)
        self.path.parts.append("M" + "L".join(self._point(*each) for each in corners) + "Z")
        upright = abs(self.state.matrix.b) + abs(self.state.matrix.c) < 1e-9
        own = Path(points=self.path.points[start:])
        self.path.rectangle = own.box if alone and upright else None

    def clip(self, _operands: Any) -> None:
        """``W``: clip to the path once it is painted, by the nonzero rule (table 61)."""
        self.clipping = "nonzero"

    def clip_even_odd(self, _operands: Any) -> None:
        """``W*``: clip to the path once it is painted, by the even-odd rule (table 61)."""
        self.clipping = "evenodd"

    def paint(self, filled: bool, stroked: bool, even_odd: bool) -> None:
        """Fill the path, stroke it, or neither, and begin a new one (table 60). ``even_odd`` is the rule of the
        fill. A clip that was asked for before takes effect from here on."""
        path, state = self.path, self.state
        if path.parts and (filled or stroked):
            attributes = [f'd="{path.data}"']
            box = path.box
            if path.rectangle is not None:
                # Fields that touch would show a hairline of what is below them.
                attributes.append('shape-rendering="crispEdges"')
            attributes.append(f'fill="{state.fill}"' if filled else 'fill="none"')
            if filled and even_odd:
                attributes.append('fill-rule="evenodd"')
            if filled and state.fill_alpha < 1:
                attributes.append(f'fill-opacity="{number(state.fill_alpha)}"')
            if stroked:
                at = state.matrix
                scale = math.sqrt(abs(at.a * at.d - at.b * at.c))
                width = state.width * scale
                box = (box[0] - width, box[1] - width, box[2] + width, box[3] + width)
                attributes += self._line_attributes(width, scale)
            self.draw(f"<path {' '.join(attributes)}/>", box)
        if self.clipping:
            if path.rectangle is not None:
                self.state = replace(state, clip=common(state.clip, path.rectangle))
            elif path.parts:
                self.state = replace(state, clips=(*state.clips, (path.data, self.clipping)))
        self.clipping = None
        self.path = Path()

    def _line_attributes(self, width: float, scale: float) -> Iterator[str]:
        state = self.state
        yield f'stroke="{state.stroke}" stroke-width="{number(width)}"'
        if state.stroke_alpha < 1:
            yield f'stroke-opacity="{number(state.stroke_alpha)}"'
        if state.cap:
            yield f'stroke-linecap="{CAPS[state.cap]}"'
        if state.join:
            yield f'stroke-linejoin="{JOINS[state.join]}"'
        if state.dash:
            yield f'stroke-dasharray="{" ".join(number(each * scale) for each in state.dash)}"'

    def draw(self, element: str, box: Box) -> None:
        """An element, clipped where what it covers is not all to be seen."""
        clip = common(self.state.clip, self.page)
        if box[0] >= clip[2] or box[2] <= clip[0] or box[1] >= clip[3] or box[3] <= clip[1]:
            return
        clips = list(self.state.clips)
        own = self.state.clip
        if own[0] > box[0] or own[1] > box[1] or own[2] < box[2] or own[3] < box[3]:
            x, y, right, bottom = map(number, common(clip, own))
            clips.append((f"M{x} {y}L{right} {y}L{right} {bottom}L{x} {bottom}Z", "nonzero"))
        for each in clips:
            name = self.clip_ids.setdefault(each, f"clip-{len(self.clip_ids) + 1}")
            element = f'<g clip-path="url(#{name})">{element}</g>'
        self.out.append(element)


def cannot(what: str) -> LayoutError:
    """The error to raise where a cover has something on it that is not drawn as SVG; ``what`` names it."""
    return LayoutError(
        f"a cover cannot be drawn as SVG with {what} on it",
        cure="compose it of text, plain fields, rules and pictures (<img>), without gradients or masks",
    )


def number(value: float) -> str:
    """At most three decimals: a four-thousandth of a millimetre."""
    text = f"{value:.3f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def colour(operands: Sequence[Any]) -> str:
    """A colour as SVG writes it (``#rrggbb``), from one part of grey or three of RGB, each from 0 to 1.

    Raises :class:`LayoutError` for the name of a pattern, and for any other number of parts.
    """
    try:
        parts = [round(255 * min(1.0, max(0.0, float(each)))) for each in operands]
    except TypeError as error:
        raise cannot("a pattern or a gradient") from error
    if len(parts) == 1:
        parts *= 3
    if len(parts) != 3:
        raise cannot("colours of a press")
    return "#" + "".join(f"{each:02x}" for each in parts)
