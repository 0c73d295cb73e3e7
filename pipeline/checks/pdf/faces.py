"""The fonts of a PDF: all embedded, all subsets, all readable as text, none that nobody declared."""

from collections.abc import Iterator
from functools import cache

import pikepdf

from pipeline.checks.pdf.opened import Opened
from pipeline.checks.verdicts import Finding
from pipeline.languages import table

FILES = ("/FontFile", "/FontFile2", "/FontFile3")
DEPTH = 12


def check(opened: Opened) -> Iterator[Finding]:
    """ISO 32000-1 9.6 to 9.10; a file's every font, once."""
    for name, font in sorted(fonts(opened.pdf).items()):
        plain = name.partition("+")[2]
        if not plain:
            yield Finding("the whole font is in the file, not a subset", None, name, "font subset")
        if not embedded(font):
            yield Finding("the font is not embedded", None, name, "font embedding")
        if "/ToUnicode" not in font:
            what = "nothing says which characters its glyphs are"
            yield Finding(what, None, name, "font ToUnicode")
        if not any(_key(plain or name).startswith(key) for key in _declared()):
            yield Finding("no book declares this typeface", None, name, "declared families")


def fonts(pdf: pikepdf.Pdf) -> dict[str, pikepdf.Object]:
    """The fonts of all pages and forms, by name."""
    out: dict[str, pikepdf.Object] = {}
    seen: set[tuple[int, int]] = set()

    def visit(resources: pikepdf.Object | None, depth: int) -> None:
        if resources is None or depth > DEPTH:
            return
        for font in _values(resources, "/Font"):
            out.setdefault(str(font.get("/BaseFont", "/unnamed"))[1:], font)
        for form in _values(resources, "/XObject"):
            if form.get("/Subtype") == "/Form" and form.objgen not in seen:
                seen.add(form.objgen)
                visit(form.get("/Resources"), depth + 1)

    for page in pdf.pages:
        visit(page.obj.get("/Resources"), 0)
        for annotation in page.obj.get("/Annots", ()):
            for appearance in _values(annotation, "/AP"):
                if isinstance(appearance, pikepdf.Stream):
                    visit(appearance.get("/Resources"), 1)
    return out


def _values(holder: pikepdf.Object, name: str) -> list[pikepdf.Object]:
    """The values of a dictionary within another; none where it is not there."""
    found = holder.get(name)
    return [value for _, value in found.items()] if found is not None else []


def embedded(font: pikepdf.Object) -> bool:
    """Whether the program of a font is in the file; a Type 3 font is drawn by the file itself."""
    if font.get("/Subtype") == "/Type3":
        return True
    inner = font.DescendantFonts[0] if "/DescendantFonts" in font else font
    descriptor = inner.get("/FontDescriptor")
    return descriptor is not None and any(name in descriptor for name in FILES)


@cache
def _declared() -> tuple[str, ...]:
    return tuple(_key(row.name) for row in table().families.values())


def _key(name: str) -> str:
    """A family's name as every spelling of it has it."""
    return "".join(char for char in name.lower() if char.isalnum())
