"""What the pages of a PDF show: every piece of text with its mark, its place and its colour.

It follows ISO 32000-1, 8.6 (colour), 9.4 (text) and 14.6 (marked content), as far as the checks ask: no
widths of glyphs, so that a piece stands where its line begins.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any, ClassVar

import pikepdf

from pipeline.pdf.read.interpreter import Interpreter, State, parts
from pipeline.pdf.read.typefaces import Decoder, decoder

GROUP = "/Group"
DEVICES = {"g": "/DeviceGray", "rg": "/DeviceRGB", "k": "/DeviceCMYK"}
"""The colour space that an operator for fills chooses (table 74); that for strokes is the same in capitals."""

SHORT = {"/RGB": "/DeviceRGB", "/G": "/DeviceGray", "/CMYK": "/DeviceCMYK"}
"""How inline images abbreviate colour spaces (table 94)."""


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
class _State(State):
    space: str = "/DeviceGray"
    colour: tuple[float, ...] = (0.0,)


def painted(pdf: pikepdf.Pdf) -> Painted:
    """Read the pages of a PDF."""
    spaces: dict[str, set[int]] = {}
    fonts: dict[tuple[int, int], Decoder] = {}
    texts: list[Shown] = []
    for number, page in enumerate(pdf.pages):
        reader = _Reader(number, fonts, spaces)
        reader.carry_out(page.obj, page.obj.get("/Resources"))
        texts += reader.out
    return Painted(tuple(texts), spaces)


class _Reader(Interpreter[_State]):
    """One page."""

    OPERATORS: ClassVar = {
        **Interpreter.OPERATORS,
        "BMC": "begin", "BDC": "begin", "EMC": "end", "cs": "fill_space", "CS": "stroke_space",
        "sc": "fill", "scn": "fill", "sh": "shade", "INLINE IMAGE": "inline_picture",
    }  # fmt: skip

    def __init__(
        self, page: int, fonts: dict[tuple[int, int], Decoder], spaces: dict[str, set[int]]
    ) -> None:
        super().__init__(_State(), fonts)
        self.page = page
        self.spaces = spaces
        self.out: list[Shown] = []
        self.marks = [_Mark()]
        self.pending: str | None = None

    def operate(self, name: str, operands: Any) -> None:
        if space := DEVICES.get(name.lower()):
            self.use_space(pikepdf.Name(space))
            if name in DEVICES:
                self.state = replace(self.state, space=space, colour=_numbers(operands))
        else:
            super().operate(name, operands)

    def read_font(self, font: Any) -> Decoder:
        return decoder(font)

    def form(self, form: Any) -> None:
        if (group := form.get("/Group")) is not None and "/CS" in group:
            self.spaces.setdefault(f"{GROUP}{group.CS}", set()).add(self.page)
        super().form(form)

    def picture(self, picture: Any) -> None:
        self.use_space(picture.get("/ColorSpace"))

    # --- marks ------------------------------------------------------------------------------------

    def begin(self, operands: Any) -> None:
        tag, properties = str(operands[0]), operands[1] if len(operands) > 1 else None
        if isinstance(properties, pikepdf.Name):
            properties = self.resource("/Properties", properties)
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
        elif self.state.font is None:
            return
        else:
            shown = (part for part in parts(operands) if isinstance(part, bytes))
            text = "".join(map(self.state.font.text, shown))
        place = self.line @ self.state.matrix
        space, colour = self.state.space, self.state.colour
        self.out.append(
            Shown(text, self.page, place.e, place.f, mark.mcid, mark.artifact, space, colour)
        )

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
        shading = self.resource("/Shading", operands[0])
        if shading is not None:
            self.use_space(shading.get("/ColorSpace"))

    def inline_picture(self, operands: Any) -> None:
        space = getattr(operands[0], "obj", operands[0])
        found = space.get("/CS", space.get("/ColorSpace")) if hasattr(space, "get") else None
        if found is not None:
            name = str(found)
            self.spaces.setdefault(SHORT.get(name, name), set()).add(self.page)


def _properties(properties: Any) -> dict[str, Any]:
    return dict(properties.items()) if isinstance(properties, pikepdf.Dictionary) else {}


def _numbers(values: Iterable[Any]) -> tuple[float, ...]:
    """The numbers of some operands; a pattern's name is none."""
    return tuple(float(each) for each in values if not isinstance(each, (pikepdf.Object, str)))
