"""What the pages of a PDF show: every piece of text with its mark, its place and its colour.

An interpreter of content streams (ISO 32000-1: 8.4 graphics state, 8.6 colour, 9.4 text, 14.6 marked
content), of as much as the checks ask: no widths of glyphs, so that a piece stands where it begins.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

import pikepdf

from pipeline.pdf.read.typefaces import Decoder, decoder

IDENTITY = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
DEPTH = 12
GROUP = "/Group"
"""How deep form XObjects may stand in each other."""

Matrix = tuple[float, float, float, float, float, float]


@dataclass(frozen=True, slots=True)
class Shown:
    """A piece of text on a page (counted from 0). ``x`` and ``y`` are where it begins, in pt from the
    lower left corner of the page; ``mcid`` is the marked-content sequence that it stands in,
    ``artifact`` whether it is no content; ``space`` and ``colour`` are what it is painted with."""

    text: str
    page: int
    x: float
    y: float
    mcid: int | None
    artifact: bool
    space: str = "/DeviceGray"
    colour: tuple[float, ...] = (0.0,)


@dataclass(frozen=True, slots=True)
class Painted:
    """All that the pages show: texts in the order in which they are drawn, and the colour spaces that
    are used, each with the pages that use it."""

    texts: tuple[Shown, ...]
    spaces: dict[str, set[int]]
    """What a transparency group mixes its colours in stands here behind :data:`GROUP`."""


@dataclass(frozen=True, slots=True)
class _Mark:
    """A marked-content sequence that is open. ``said`` is its ActualText, told once."""

    mcid: int | None = None
    artifact: bool = False
    replaced: bool = False


@dataclass(frozen=True, slots=True)
class _State:
    matrix: Matrix = IDENTITY
    decoder: Decoder | None = None
    leading: float = 0.0
    space: str = "/DeviceGray"
    colour: tuple[float, ...] = (0.0,)


def painted(pdf: pikepdf.Pdf) -> Painted:
    """Read the pages of a PDF."""
    spaces: dict[str, set[int]] = {}
    fonts: dict[tuple[int, int], Decoder] = {}
    texts: list[Shown] = []
    for number, page in enumerate(pdf.pages):
        reader = _Reader(number, fonts, spaces)
        reader.read(page.obj, page.obj.get("/Resources"), 0)
        texts += reader.out
    return Painted(tuple(texts), spaces)


@dataclass(slots=True)
class _Reader:
    """One page, read from its first operator to its last."""

    page: int
    fonts: dict[tuple[int, int], Decoder]
    spaces: dict[str, set[int]]
    out: list[Shown] = field(default_factory=list)
    state: _State = field(default_factory=_State)
    stack: list[_State] = field(default_factory=list)
    marks: list[_Mark] = field(default_factory=lambda: [_Mark()])
    pending: str | None = None
    line: Matrix = IDENTITY
    resources: Any = None

    def read(self, stream: pikepdf.Object, resources: Any, depth: int) -> None:
        outer, self.resources = self.resources, resources
        for instruction in pikepdf.parse_content_stream(stream):
            operands, name = instruction.operands, str(instruction.operator)
            if name == "Do":
                self._do(str(operands[0]), depth)
            elif act := _ACTS.get(name):
                act(self, operands)
        self.resources = outer

    def resource(self, kind: str, name: str) -> Any:
        group = self.resources.get(kind) if self.resources is not None else None
        return group.get(name) if group is not None else None

    def _do(self, name: str, depth: int) -> None:
        form = self.resource("/XObject", name)
        if form is None:
            return
        if form.get("/Subtype") == "/Image":
            self.use_space(form.get("/ColorSpace"))
            return
        if form.get("/Subtype") != "/Form" or depth > DEPTH:
            return
        if (group := form.get("/Group")) is not None and "/CS" in group:
            self.spaces.setdefault(f"{GROUP}{group.CS}", set()).add(self.page)
        kept, stack = self.state, self.stack
        self.stack = []
        matrix = _numbers(form.get("/Matrix", IDENTITY))
        self.state = replace(kept, matrix=_times(_matrix(matrix), kept.matrix))
        self.read(form, form.get("/Resources", self.resources), depth + 1)
        self.state, self.stack = kept, stack

    # --- marks ------------------------------------------------------------------------------------

    def begin(self, operands: Any) -> None:
        tag, properties = str(operands[0]), operands[1] if len(operands) > 1 else None
        if isinstance(properties, pikepdf.Name):
            properties = self.resource("/Properties", str(properties))
        around, found = self.marks[-1], _properties(properties)
        mcid = found.get("/MCID")
        said = found.get("/ActualText")
        self.marks.append(
            _Mark(
                around.mcid if mcid is None else int(mcid),
                around.artifact or tag == "/Artifact",
                around.replaced or said is not None,
            )
        )
        if said is not None and not around.replaced:
            self.pending = str(said)

    def end(self, _operands: Any) -> None:
        if len(self.marks) > 1:
            self.marks.pop()
        self.pending = None if not self.marks[-1].replaced else self.pending

    # --- text -------------------------------------------------------------------------------------

    def show(self, operands: Any) -> None:
        mark = self.marks[-1]
        if mark.replaced:
            if self.pending is None:
                return
            text, self.pending = self.pending, None
        elif self.state.decoder is None:
            return
        else:
            text = "".join(map(self.state.decoder.text, _strings(operands)))
        _, _, _, _, x, y = _times(self.line, self.state.matrix)
        self.out.append(
            Shown(
                text, self.page, x, y, mark.mcid, mark.artifact, self.state.space, self.state.colour
            )
        )

    def font(self, operands: Any) -> None:
        found = self.resource("/Font", str(operands[0]))
        if found is None:
            return
        key = found.objgen
        if key not in self.fonts or key == (0, 0):
            self.fonts[key] = decoder(found)
        self.state = replace(self.state, decoder=self.fonts[key])

    def begin_text(self, _operands: Any) -> None:
        self.line = IDENTITY

    def move(self, operands: Any) -> None:
        x, y = _numbers(operands)[:2]
        self.line = _times((1, 0, 0, 1, x, y), self.line)

    def move_leading(self, operands: Any) -> None:
        self.state = replace(self.state, leading=-_numbers(operands)[1])
        self.move(operands)

    def set_leading(self, operands: Any) -> None:
        self.state = replace(self.state, leading=_numbers(operands)[0])

    def next_line(self, _operands: Any) -> None:
        self.line = _times((1, 0, 0, 1, 0, -self.state.leading), self.line)

    def next_and_show(self, operands: Any) -> None:
        self.next_line(operands)
        self.show(operands)

    def set_line(self, operands: Any) -> None:
        self.line = _matrix(_numbers(operands))

    # --- state ------------------------------------------------------------------------------------

    def save(self, _operands: Any) -> None:
        self.stack.append(self.state)

    def restore(self, _operands: Any) -> None:
        if self.stack:
            self.state = self.stack.pop()

    def transform(self, operands: Any) -> None:
        matrix = _times(_matrix(_numbers(operands)), self.state.matrix)
        self.state = replace(self.state, matrix=matrix)

    # --- colour -----------------------------------------------------------------------------------

    def use_space(self, space: Any) -> str:
        """Note a colour space and those that it stands on; its name."""
        if space is None:
            return ""
        if isinstance(space, pikepdf.Name):
            name = str(space)
            named = self.resource("/ColorSpace", name)
            if named is not None and not name.startswith("/Device"):
                return self.use_space(named)
        else:
            name = str(space[0])
            for part in list(space)[1:]:
                if isinstance(part, (pikepdf.Name, pikepdf.Array)) and name != "/Separation":
                    self.use_space(part)
        self.spaces.setdefault(name, set()).add(self.page)
        return name

    def fill_space(self, operands: Any) -> None:
        self.state = replace(self.state, space=self.use_space(operands[0]), colour=())

    def stroke_space(self, operands: Any) -> None:
        self.use_space(operands[0])

    def fill(self, operands: Any) -> None:
        self.state = replace(self.state, colour=_numbers(operands))

    def shade(self, operands: Any) -> None:
        shading = self.resource("/Shading", str(operands[0]))
        if shading is not None:
            self.use_space(shading.get("/ColorSpace"))

    def inline_image(self, operands: Any) -> None:
        space = getattr(operands[0], "obj", operands[0])
        found = space.get("/CS", space.get("/ColorSpace")) if hasattr(space, "get") else None
        short = {"/RGB": "/DeviceRGB", "/G": "/DeviceGray", "/CMYK": "/DeviceCMYK"}
        if found is not None:
            name = str(found)
            self.spaces.setdefault(short.get(name, name), set()).add(self.page)


def _device(space: str, *, fills: bool) -> Any:
    def act(reader: _Reader, operands: Any) -> None:
        reader.use_space(pikepdf.Name(space))
        if fills:
            reader.state = replace(reader.state, space=space, colour=_numbers(operands))

    return act


_ACTS: dict[str, Any] = {
    "BMC": _Reader.begin, "BDC": _Reader.begin, "EMC": _Reader.end,
    "Tj": _Reader.show, "TJ": _Reader.show, "'": _Reader.next_and_show, '"': _Reader.next_and_show,
    "Tf": _Reader.font, "BT": _Reader.begin_text, "Td": _Reader.move, "TD": _Reader.move_leading,
    "TL": _Reader.set_leading, "T*": _Reader.next_line, "Tm": _Reader.set_line,
    "q": _Reader.save, "Q": _Reader.restore, "cm": _Reader.transform,
    "cs": _Reader.fill_space, "CS": _Reader.stroke_space, "sc": _Reader.fill, "scn": _Reader.fill,
    "sh": _Reader.shade, "INLINE IMAGE": _Reader.inline_image,
    "rg": _device("/DeviceRGB", fills=True), "RG": _device("/DeviceRGB", fills=False),
    "k": _device("/DeviceCMYK", fills=True), "K": _device("/DeviceCMYK", fills=False),
    "g": _device("/DeviceGray", fills=True), "G": _device("/DeviceGray", fills=False),
}  # fmt: skip


def _properties(properties: Any) -> dict[str, Any]:
    return dict(properties.items()) if isinstance(properties, pikepdf.Dictionary) else {}


def _strings(operands: Any) -> Iterator[bytes]:
    for operand in operands:
        if isinstance(operand, pikepdf.Array):
            yield from _strings(operand)
        elif isinstance(operand, pikepdf.String):
            yield bytes(operand)


def _numbers(values: Iterable[Any]) -> tuple[float, ...]:
    """The numbers of some operands; a pattern's name is none."""
    return tuple(float(each) for each in values if not isinstance(each, (pikepdf.Object, str)))


def _matrix(numbers: tuple[float, ...]) -> Matrix:
    a, b, c, d, e, f = numbers
    return a, b, c, d, e, f


def _times(first: Matrix, then: Matrix) -> Matrix:
    """The transformation that does one and then another (ISO 32000-1 8.3.4)."""
    a, b, c, d, e, f = first
    p, q, r, s, t, u = then
    return (
        a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s,
        e * p + f * r + t, e * q + f * s + u,
    )  # fmt: skip
