"""The interpreter of what a page of a PDF holds (ISO 32000-1, annex A): one for all that read pages.

It carries out what every reader needs: the graphics state with its matrix (8.4), forms (8.10), and where text
stands (9.4). A reader adds operators of its own to the table, and says what it does with a font, a text and a
picture.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, ClassVar, Generic, TypeVar

import pikepdf
from pikepdf import Matrix

IDENTITY = Matrix()


@dataclass(frozen=True, slots=True)
class State:
    """What of the graphics state every reader asks for; ``font`` is what :meth:`Interpreter.read_font` gave."""

    matrix: Matrix = IDENTITY
    font: Any = None
    size: float = 1.0
    rise: float = 0.0
    leading: float = 0.0


S = TypeVar("S", bound=State)


class Interpreter(Generic[S]):
    """Carries out the operators of pages, from a state to begin with. ``line`` and ``text`` are the matrices of
    the line and of the text (9.4.1)."""

    OPERATORS: ClassVar[Mapping[str, str]] = {
        "q": "save", "Q": "restore", "cm": "concat", "Do": "do", "BT": "begin_text", "Tf": "set_font",
        "Ts": "set_rise", "TL": "set_leading", "Td": "move_text", "TD": "move_text_leading",
        "T*": "next_line", "Tm": "set_text_matrix", "Tj": "show", "TJ": "show", "'": "next_line_show",
        '"': "next_line_show",
    }  # fmt: skip
    """The names of the methods that carry out operators; each takes the operands."""

    DEPTH: ClassVar[int] = 12
    """How deep forms may stand in each other; those that stand deeper are left out."""

    def __init__(self, state: S, fonts: dict[tuple[int, int], Any] | None = None) -> None:
        self.state = state
        self.saved: list[S] = []
        self.line = self.text = IDENTITY
        self.resources: Any = None
        self.depth = 0
        self.fonts = {} if fonts is None else fonts

    def carry_out(self, content: Any, resources: Any) -> None:
        """Carry out a page or a form from its first operator to its last, with the resources that it names."""
        outer, self.resources = self.resources, resources
        for instruction in pikepdf.parse_content_stream(content):
            self.operate(str(instruction.operator), instruction.operands)
        self.resources = outer

    def operate(self, name: str, operands: Any) -> None:
        """Carry out one operator; one that is not in the table changes nothing."""
        if method := self.OPERATORS.get(name):
            getattr(self, method)(operands)

    def resource(self, kind: str, name: Any) -> Any:
        """What a name stands for among the resources of a kind (7.8.3); None where it stands for nothing."""
        group = self.resources.get(kind) if self.resources is not None else None
        return group.get(str(name)) if group is not None else None

    # --- what readers say -----------------------------------------------------------------------

    def read_font(self, font: Any) -> Any:
        """What the reader wants of a font, by its dictionary; asked once for each."""

    def show(self, operands: Any) -> None:
        """Show a text; its strings and movements are the :func:`parts` of the operands."""

    def picture(self, picture: Any) -> None:
        """Show an image XObject (8.9.5)."""

    # --- state ----------------------------------------------------------------------------------

    def save(self, _operands: Any) -> None:
        """``q``: save the graphics state (table 57)."""
        self.saved.append(self.state)

    def restore(self, _operands: Any) -> None:
        """``Q``: restore the graphics state that was saved last, where one was (table 57)."""
        if self.saved:
            self.state = self.saved.pop()

    def concat(self, operands: Any) -> None:
        """``cm``: let a further matrix act before the current one (table 57)."""
        self.state = replace(self.state, matrix=matrix(operands) @ self.state.matrix)

    def do(self, operands: Any) -> None:
        """``Do``: show an external object, a form or a picture (table 87)."""
        found = self.resource("/XObject", operands[0])
        kind = found.get("/Subtype") if found is not None else None
        if kind == "/Form" and self.depth <= self.DEPTH:
            self.form(found)
        elif kind == "/Image":
            self.picture(found)

    def form(self, form: Any) -> None:
        """Carry out a form in a state of its own (8.10.1)."""
        state, saved = self.state, self.saved
        self.state = replace(
            state, matrix=matrix(form.get("/Matrix", IDENTITY.shorthand)) @ state.matrix
        )
        self.saved = []
        self.depth += 1
        self.carry_out(form, form.get("/Resources", self.resources))
        self.depth -= 1
        self.state, self.saved = state, saved

    # --- text -----------------------------------------------------------------------------------

    def begin_text(self, _operands: Any) -> None:
        """``BT``: begin a text object at the origin (table 107)."""
        self.line = self.text = IDENTITY

    def set_font(self, operands: Any) -> None:
        """``Tf``: choose a font and its size (table 105)."""
        found = self.resource("/Font", operands[0])
        if found is None:
            return
        key = found.objgen
        if key not in self.fonts or key == (0, 0):
            self.fonts[key] = self.read_font(found)
        self.state = replace(self.state, font=self.fonts[key], size=float(operands[1]))

    def set_rise(self, operands: Any) -> None:
        """``Ts``: set how high text stands above its line (table 105)."""
        self.state = replace(self.state, rise=float(operands[0]))

    def set_leading(self, operands: Any) -> None:
        """``TL``: set how far lines are apart (table 105)."""
        self.state = replace(self.state, leading=float(operands[0]))

    def move_text(self, operands: Any) -> None:
        """``Td``: go to the start of another line, so far to the right and up (table 108)."""
        self.line = self.text = moved(float(operands[0]), float(operands[1])) @ self.line

    def move_text_leading(self, operands: Any) -> None:
        """``TD``: the same, and set the leading by it (table 108)."""
        self.state = replace(self.state, leading=-float(operands[1]))
        self.move_text(operands)

    def next_line(self, _operands: Any) -> None:
        """``T*``: go to the start of the next line (table 108)."""
        self.line = self.text = moved(0.0, -self.state.leading) @ self.line

    def set_text_matrix(self, operands: Any) -> None:
        """``Tm``: set both matrices (table 108)."""
        self.line = self.text = matrix(operands)

    def next_line_show(self, operands: Any) -> None:
        """``'`` and ``"``: show a text, the last operand, on the next line (table 109)."""
        self.next_line(operands)
        self.show(operands[-1:])


def matrix(numbers: Iterable[Any]) -> Matrix:
    """Six numbers of a PDF as a matrix: a b c d e f (8.3.3). The product ``one @ other`` does first the one."""
    return Matrix(*map(float, numbers))


def moved(right: float, up: float) -> Matrix:
    """The matrix that moves what it acts on."""
    return Matrix(1.0, 0.0, 0.0, 1.0, right, up)


def parts(operands: Iterable[Any]) -> Iterator[bytes | float]:
    """The strings of a text that is shown, and how far what follows each is moved back, in thousandths (table
    109)."""
    for each in operands:
        if isinstance(each, pikepdf.Array):
            yield from parts(each)
        elif isinstance(each, pikepdf.String):
            yield bytes(each)
        else:
            yield float(each)
