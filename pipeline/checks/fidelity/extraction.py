"""The text that programs read from a PDF, page by page and line by line, as when somebody copies or searches.

pdfium is the reader in Chrome, and Pentapla has it as a dependency; pdftotext (poppler) is run too where it is
installed. What stands in the margins (running heads, page numbers, the thumb index) is kept apart from the
text, or is not read at all: it would stand in the middle of a sentence that goes on overleaf.
"""

import ctypes
import io
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import groupby

import pikepdf
import pypdfium2
from pypdfium2 import raw

from pipeline.checks.fidelity.upright import Turns, upright
from pipeline.checks.verdicts import UnreadableError
from pipeline.design.page import PT, TAB_DEPTH, margins
from pipeline.fonts import parts
from pipeline.languages import Direction
from pipeline.machine import temporary
from pipeline.settings.values import Theme

HYPHEN = "\ufffe"
"""The character that stands here for a hyphen at the end of a line, be it of the text or of the layout."""

_PAIR = "[\udc00-\udfff][\ud800-\udbff]"
BACKWARDS = re.compile(f"(?<![\ud800-\udbff])(?:[\u200d\ufe0f]*{_PAIR})+[\u200d\ufe0f]*")
"""Characters beyond U+FFFF whose UTF-16 units come from the last to the first."""


@dataclass(frozen=True, slots=True)
class Field:
    """The part of a page that holds its text, in pt from the upper left corner of the trimmed page. Outside of
    it stand only running heads, page numbers and the thumb index.

    It is a little larger than the type area: it reaches about half way from there to what stands in the
    margins.
    """

    left: float
    top: float
    right: float
    bottom: float

    def moved(self, across: float, down: float) -> "Field":
        """The same field, so many pt further to the right and further down."""
        return Field(self.left + across, self.top + down, self.right + across, self.bottom + down)

    def turned(self, direction: Direction, theme: Theme) -> "Field":
        """The field of a page that was turned by a right angle: clockwise where the text of the book runs from
        left to right, else the other way."""
        width, height = theme.width * PT, theme.height * PT
        if direction is Direction.LTR:
            return Field(height - self.bottom, self.left, height - self.top, self.right)
        return Field(self.top, width - self.right, self.bottom, width - self.left)


@dataclass(frozen=True, slots=True)
class Fields:
    """The field of each page: one for all, and another for those that were turned."""

    usual: Field
    turns: Turns
    theme: Theme

    def of(self, page: int) -> Field:
        """The field of a page, counted from 0."""
        if direction := self.turns.get(page):
            return self.usual.turned(direction, self.theme)
        return self.usual

    def stretches(self, pages: int) -> Iterator[tuple[int, int, Field]]:
        """Groups of successive pages that have the same field: the first page and the last, counted from 0, and
        the field."""
        for own, group in groupby(range(pages), self.of):
            numbers = list(group)
            yield numbers[0], numbers[-1], own


def field(theme: Theme) -> Field:
    """The field of a book's pages. Left and right pages share it: the narrower margin counts."""
    edges = margins(theme)
    side = (TAB_DEPTH + min(edges.inner, edges.outer)) / 2
    # The running head stands a third of the margin above the text, the folio as much below it.
    return Field(
        side * PT,
        edges.top * 0.85 * PT,
        (theme.width - side) * PT,
        (theme.height - edges.bottom * 0.85) * PT,
    )


@dataclass(frozen=True, slots=True)
class Extract:
    """The lines of each page, as one program gives them; ``frame`` holds the lines that stand in the margins of
    each page, and is empty where the program gives none."""

    program: str
    pages: tuple[tuple[str, ...], ...]
    frame: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Opened:
    """What is known of a PDF before its text is compared: the page of every bookmark of the highest
    level, counted from 0, and what each program gives of the text."""

    chapters: tuple[tuple[str, int], ...]
    extracts: tuple[Extract, ...]
    missing: tuple[str, ...]
    """The names of programs that are not installed."""
    forward: Extract | None = None
    """What pdfium gives of a file for reading from right to left once its ``/Direction`` is removed; None for
    other files. With that entry pdfium takes every line for one from right to left, in any script."""

    def of(self, extract: Extract, direction: Direction) -> Extract:
        """What a program gives of a text that runs in a direction."""
        if direction is Direction.LTR and self.forward and self.forward.program == extract.program:
            return self.forward
        return extract


def open_pdf(content: bytes, theme: Theme) -> Opened:
    """Read a PDF with every program that is installed. Raises :class:`UnreadableError` where one cannot."""
    try:
        content, turns = upright(content)
        inside = Fields(field(theme), turns, theme)
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        raise UnreadableError(str(error)) from error
    try:
        chapters = tuple(_chapters(document))
        extracts = [_pdfium(document, inside)]
        bleed = _bleed(document)
    finally:
        document.close()
    missing = []
    for name, extract in PROGRAMS:
        if path := shutil.which(name):
            extracts.append(extract(path, content, inside, bleed))
        else:
            missing.append(name)
    return Opened(chapters, tuple(extracts), tuple(missing), _forward(content, inside))


def _forward(content: bytes, inside: Fields) -> Extract | None:
    """The text of a file for reading from right to left, with its ``/Direction`` removed; None for others."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        preferences = pdf.Root.get("/ViewerPreferences")
        if preferences is None or preferences.get("/Direction") != "/R2L":
            return None
        del preferences["/Direction"]
        stream = io.BytesIO()
        pdf.save(stream)
    document = pypdfium2.PdfDocument(stream.getvalue())
    try:
        return _pdfium(document, inside)
    finally:
        document.close()


def _bleed(document: pypdfium2.PdfDocument) -> float:
    """How far the sheet reaches beyond the trimmed page, in pt; on all sides alike, on all pages alike."""
    if not len(document):
        return 0.0
    page = document[0]
    return float(page.get_trimbox()[0] - page.get_cropbox()[0])


def _chapters(document: pypdfium2.PdfDocument) -> Iterator[tuple[str, int]]:
    for bookmark in document.get_toc():
        target = bookmark.get_dest()
        page = target.get_index() if target else None
        if bookmark.level == 0 and page is not None:
            yield bookmark.get_title(), page


def _pdfium(document: pypdfium2.PdfDocument, inside: Fields) -> Extract:
    pages, frames = [], []
    for number in range(len(document)):
        page = document[number]
        text = page.get_textpage()
        left, _, _, top = page.get_trimbox()
        lines, frame = _lines(text.raw, text.count_chars(), (left, top), inside.of(number))
        pages.append(lines)
        frames.append(frame)
        text.close()
        page.close()
    return Extract("pdfium", tuple(pages), tuple(frames))


def _joined(units: str) -> str:
    """UTF-16 units, as pdfium gives them, as characters."""
    return units.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _forwards(found: re.Match[str]) -> str:
    """Emoji that pdfium has turned around with a line from right to left, unit by unit: each the right way
    round again, in the order that they came in."""
    return "".join(reversed([part for part, _ in parts(_joined(found.group()[::-1]))]))


def _lines(
    text: object, count: int, corner: tuple[float, float], inside: Field
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The lines inside the field and those outside of it, by the origin of each character; ``corner`` is the
    upper left corner of the trimmed page, in pt."""
    left, top = corner
    x, y = ctypes.c_double(), ctypes.c_double()
    lines: tuple[list[str], list[str]] = ([], [])
    line: list[str] = []
    outside = False

    def end() -> None:
        if line:
            lines[outside].append(_joined(BACKWARDS.sub(_forwards, "".join(line))))
            line.clear()

    for at in range(count):
        code = raw.FPDFText_GetUnicode(text, at)
        char = HYPHEN if raw.FPDFText_IsHyphen(text, at) == 1 else chr(code)
        if char in "\r\n":
            end()
            continue
        if not char.isspace():
            raw.FPDFText_GetCharOrigin(text, at, x, y)
            now = not (
                inside.left <= x.value - left <= inside.right
                and inside.top <= top - y.value <= inside.bottom
            )
            if now != outside:
                end()
                outside = now
        line.append(char)
        if char == HYPHEN:
            end()
    end()
    return tuple(lines[0]), tuple(lines[1])


def _pdftotext(path: str, content: bytes, inside: Fields, bleed: float) -> Extract:
    with pikepdf.open(io.BytesIO(content)) as pdf:
        count = len(pdf.pages)
    pages: list[str] = []
    with temporary.folder() as folder:
        file = folder / "book.pdf"
        file.write_bytes(content)
        for first, last, own in inside.stretches(count):
            own = own.moved(bleed, bleed)  # noqa: PLW2901
            # At 72 dpi, the default, a pixel is a point.
            numbers = ("-f", first + 1, "-l", last + 1, "-x", own.left, "-y", own.top,
                       "-W", own.right - own.left, "-H", own.bottom - own.top)  # fmt: skip
            command = [
                path,
                *(str(each if isinstance(each, str) else round(each)) for each in numbers),
            ]
            done = subprocess.run(  # noqa: S603 - a program from PATH, on a file of our own
                [*command, "-enc", "UTF-8", "-eol", "unix", str(file), "-"],
                capture_output=True,
                check=False,
            )
            if done.returncode:
                raise UnreadableError(f"pdftotext: {done.stderr.decode(errors='replace').strip()}")
            pages.extend(done.stdout.decode("utf-8", "replace").removesuffix("\f").split("\f"))
    return Extract("pdftotext", tuple(tuple(page.split("\n")) for page in pages))


PROGRAMS: tuple[tuple[str, Callable[[str, bytes, Fields, float], Extract]], ...] = (
    ("pdftotext", _pdftotext),
)
"""Programs that may be installed, and the function that runs each."""
