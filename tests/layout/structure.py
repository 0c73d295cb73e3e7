"""The structure tree of a PDF, read with pikepdf as a reader by tags would: for the tests of what writes it.

It follows ISO 32000-1 14.7 and 14.9 and knows nothing of how Pentapla makes the tree.
"""

import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pikepdf

from pipeline import typography
from pipeline.editions import Edition
from pipeline.pdf import write as writer
from pipeline.pdf.read.content import painted
from pipeline.rendering import FileNames, Renderer
from pipeline.settings.profiles import PROFILES, ProfileName
from pipeline.settings.values import EditionKind
from pipeline.sources import load
from pipeline.typography.levels import logical
from tests.unit_helpers import put


@dataclass(frozen=True)
class Piece:
    """A marked-content sequence: on which page (from 0), its number, and what is drawn in it, as readers
    give it: what is drawn from left to right and reads from right to left is turned around."""

    page: int
    mcid: int
    drawn: str


@dataclass(frozen=True)
class Annotation:
    """An annotation that an element refers to, and the page that it says to be on."""

    page: int
    object: Any


@dataclass
class Element:
    type: str
    own_language: str | None
    """Its ``/Lang``; None where it has none."""
    language: str
    """The one that holds for it."""
    object: Any
    parent: "Element | None" = None
    kids: list[Any] = field(default_factory=list)

    @property
    def elements(self) -> "list[Element]":
        return [each for each in self.kids if isinstance(each, Element)]

    @property
    def types(self) -> list[str]:
        """Of the elements right below."""
        return [each.type for each in self.elements]

    @property
    def said(self) -> str | None:
        return str(self.object.ActualText) if "/ActualText" in self.object else None

    @property
    def text(self) -> str:
        """What is read aloud: replacements, else what is below, in order."""
        if self.said is not None:
            return self.said
        parts = (each.drawn if isinstance(each, Piece) else each.text for each in self.content)
        return "".join(parts)

    @property
    def content(self) -> "list[Piece | Element]":
        return [each for each in self.kids if not isinstance(each, Annotation)]

    @property
    def alternative(self) -> str | None:
        return str(self.object.Alt) if "/Alt" in self.object else None

    @property
    def attributes(self) -> dict[str, Any]:
        found = self.object.get("/A")
        return dict(found.items()) if found is not None else {}

    def walk(self) -> "Iterator[Element]":
        yield self
        for each in self.elements:
            yield from each.walk()

    def all(self, *types: str) -> "list[Element]":
        """The elements of some types in and below this one, in order."""
        return [each for each in self.walk() if each.type in types]

    def the(self, type_: str) -> "Element":
        """The only one of a type."""
        (found,) = self.all(type_)
        return found

    def pieces(self) -> Iterator[Piece]:
        for each in self.kids:
            if isinstance(each, Piece):
                yield each
            elif isinstance(each, Element):
                yield from each.pieces()

    def annotations(self) -> Iterator[Annotation]:
        for element in self.walk():
            yield from (each for each in element.kids if isinstance(each, Annotation))


@dataclass(frozen=True)
class Opened:
    pdf: pikepdf.Pdf
    root: Element

    @property
    def tree(self) -> Any:
        return self.pdf.Root.StructTreeRoot


def opened(content: bytes) -> Opened:
    """A tagged PDF, open, with its structure."""
    pdf = pikepdf.open(io.BytesIO(content))
    pages = {page.obj.objgen: number for number, page in enumerate(pdf.pages)}
    drawn: dict[tuple[int, int], str] = {}
    for each in painted(pdf).texts:
        if each.mcid is not None:
            key = (each.page, each.mcid)
            # Runs are painted in the order in which they are read, each as it is seen.
            drawn[key] = drawn.get(key, "") + logical(each.text)

    def read(found: Any, around: str, parent: Element | None) -> Element:
        own = str(found.Lang) if "/Lang" in found else None
        element = Element(str(found.S)[1:], own, own or around, found, parent)
        page = pages[found.Pg.objgen] if "/Pg" in found else -1
        kids = found.get("/K", [])
        for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
            if isinstance(kid, int):
                element.kids.append(Piece(page, kid, drawn.get((page, kid), "")))
            elif kid.get("/Type") == "/MCR":
                at = pages[kid.Pg.objgen]
                element.kids.append(Piece(at, int(kid.MCID), drawn.get((at, int(kid.MCID)), "")))
            elif kid.get("/Type") == "/OBJR":
                element.kids.append(Annotation(pages[kid.Pg.objgen], kid.Obj))
            else:
                element.kids.append(read(kid, element.language, element))
        return element

    (document,) = pdf.Root.StructTreeRoot.K
    return Opened(pdf, read(document, str(pdf.Root.Lang), None))


def marked(page: pikepdf.Page) -> Iterator[tuple[int, str, dict[str, Any]]]:
    """The marked-content sequences of a page as they open: how deep they stand, tag, properties."""
    depth = 0
    for instruction in pikepdf.parse_content_stream(page):
        operator = str(instruction.operator)
        if operator in ("BMC", "BDC"):
            operands = list(instruction.operands)
            properties = dict(operands[1].items()) if operator == "BDC" else {}
            yield depth, str(operands[0])[1:], properties
            depth += 1
        elif operator == "EMC":
            depth -= 1
    assert depth == 0, "a sequence is not closed"


def written(
    folder: Path,
    files: dict[str, str | bytes],
    profile: ProfileName = ProfileName.SCREEN,
    tag: str | None = None,
) -> bytes:
    """The PDF of a book with these files: the single edition of ``tag``, else the combined one."""
    return printed(folder, files, profile, tag).content


def printed(
    folder: Path,
    files: dict[str, str | bytes],
    profile: ProfileName = ProfileName.SCREEN,
    tag: str | None = None,
) -> writer.Printed:
    found, wanted = load([put(folder, files)])
    settings = wanted.settings
    book = typography.apply(found, settings.typography)
    kind = EditionKind.SINGLE if tag else EditionKind.COMBINED
    texts = tuple(each for each in book.translations if tag in (None, each.tag))
    return writer.write(
        Renderer(book, FileNames({}), settings, folder=folder),
        Edition(book, kind, texts, settings),
        PROFILES[profile],
    )
