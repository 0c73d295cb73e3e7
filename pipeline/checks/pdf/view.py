"""How a viewer opens a PDF: its title, its direction, its page boxes and its outline."""

import unicodedata
from collections.abc import Iterator

from pipeline.checks.claims import info
from pipeline.checks.pdf.links import outline_items
from pipeline.checks.pdf.opened import Opened, box
from pipeline.checks.verdicts import Finding
from pipeline.document import Heading, plain
from pipeline.languages import Direction

TITLE = "{http://purl.org/dc/elements/1.1/}title"
BOXES = ("/MediaBox", "/CropBox", "/BleedBox", "/TrimBox")
"""Each holds the next (ISO 32000-1 14.11.2.1)."""

TOLERANCE = 0.01
"""By how much one may stand out of the other, in pt."""


def title(opened: Opened) -> Iterator[Finding]:
    """The window's title is the book's (ISO 14289-1 7.1)."""
    if not opened.preferences.get("/DisplayDocTitle", False):
        what = "the viewer shows the file's name and not the title"
        yield Finding(what, None, "/ViewerPreferences", "DisplayDocTitle")
    said = info(opened.pdf).get("/Title", "")
    if opened.edition and _same(said) != _same(opened.edition.title):
        what = f"the document's title is not “{opened.edition.title}”"
        yield Finding(what, None, "/Info", "title", said)


def direction(opened: Opened) -> Iterator[Finding]:
    """The pages follow each other as the edition's do (ISO 32000-1, table 150)."""
    if opened.edition is None:
        return
    wanted = "/R2L" if opened.edition.direction is Direction.RTL else "/L2R"
    said = str(opened.preferences.get("/Direction", "/L2R"))
    if said != wanted:
        what = f"the page progression is {said[1:]} and must be {wanted[1:]}"
        yield Finding(what, None, "/ViewerPreferences", "direction")


def boxes(opened: Opened) -> Iterator[Finding]:
    """Media ⊇ Crop ⊇ Bleed ⊇ Trim on every page; a box that is not there is the one around it."""
    for number, page in enumerate(opened.pdf.pages, start=1):
        outer, outer_name = box(page.obj, "/MediaBox"), "/MediaBox"
        if outer is None:
            yield Finding("this page has no MediaBox", None, f"page {number}", "page boxes")
            continue
        for name in BOXES[1:]:
            inner = box(page.obj, name)
            if inner is None:
                continue
            if inner.overhang(outer) > TOLERANCE:
                what = f"the {name[1:]} reaches out of the {outer_name[1:]}"
                yield Finding(what, None, f"page {number}", "page boxes")
            outer, outer_name = inner, name


def outline(opened: Opened) -> Iterator[Finding]:
    """One entry for the title and for each heading of every translation, in order and in depth; the notes may
    have one, where they stand at the end."""
    if opened.edition is None:
        return
    found = [
        (_same(str(item.get("/Title", ""))), depth) for item, depth in outline_items(opened.pdf)
    ]
    wanted: list[tuple[str, Heading | None]] = []
    for each in opened.translations:
        wanted += [(_same(plain(heading.inlines)), heading) for heading in each.headings()]
        wanted += [(_same(each.language.words["notes"]), None)] if each.notes else []
    titles = [name for name, _ in found]
    at = 0
    for name, heading in wanted:
        if at < len(titles) and titles[at] == name:
            at += 1
        elif heading is not None and name in titles[at:]:
            skipped = titles[at : titles.index(name, at)]
            at += len(skipped) + 1
            for title in skipped:
                yield Finding("no heading is here", None, "outline", "outline", title)
        elif heading is not None:
            yield Finding("this heading has no entry, or not here", heading.origin, "outline",
                          "outline", name)  # fmt: skip
    for title in titles[at:]:
        yield Finding("no heading is here", None, "outline", "outline", title)
    last = 0
    for name, depth in found:
        if depth > last + 1:
            yield Finding(
                "this entry is more than one level deeper", None, "outline", "outline", name
            )
        last = depth


def _same(text: str) -> str:
    """A title as both sides write it: composed, with white space and invisible signs made equal."""
    seen = "".join(
        char for char in unicodedata.normalize("NFC", text) if unicodedata.category(char) != "Cf"
    )
    return " ".join(seen.split())
