"""The links of a PDF: annotations and the outline, and the places that they lead to.

ISO 32000-1: 12.3.2 (destinations), 12.3.3 (outline), 12.5.6.5 (link annotations), 12.6 (actions).
"""

import io
from collections.abc import Iterator
from urllib.parse import urlsplit

import pikepdf

from pipeline.checks.verdicts import Finding

LEADING = frozenset(("http", "https", "mailto", "tel"))


def findings_in(content: bytes) -> tuple[int, list[Finding]]:
    """How many links a PDF has, and what is wrong with them. Raises :class:`pikepdf.PdfError`."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        destinations = named_destinations(pdf)
        pages = {page.obj.objgen for page in pdf.pages}
        findings, count = [], 0
        for target, place in _targets(pdf):
            count += 1
            if finding := _wrong(target, place, destinations, pages):
                findings.append(finding)
        for name, destination in sorted(destinations.items()):
            if not _leads(destination, pages):
                what = "this named destination leads to no page of the file"
                findings.append(Finding(what, None, "", "missing target", name))
        return count, findings


def named_destinations(pdf: pikepdf.Pdf) -> dict[str, pikepdf.Object]:
    """The named destinations, of the name tree and of PDF 1.1's dictionary."""
    out: dict[str, pikepdf.Object] = {}
    names = pdf.Root.get("/Names")
    if names is not None and "/Dests" in names:
        out |= {str(key): value for key, value in pikepdf.NameTree(names.Dests).items()}
    old = pdf.Root.get("/Dests")
    if isinstance(old, pikepdf.Dictionary):
        out |= {key.removeprefix("/"): value for key, value in old.items()}
    return out


def outline_items(pdf: pikepdf.Pdf) -> Iterator[tuple[pikepdf.Object, int]]:
    """The items of the outline in reading order, each with its depth, from 0."""
    root = pdf.Root.get("/Outlines")
    if root is None:
        return
    seen: set[tuple[int, int]] = set()
    waiting = [(root.get("/First"), 0)]
    while waiting:
        item, depth = waiting.pop()
        if item is None or item.objgen in seen:
            continue
        seen.add(item.objgen)
        yield item, depth
        waiting.append((item.get("/Next"), depth))
        waiting.append((item.get("/First"), depth + 1))


def _targets(pdf: pikepdf.Pdf) -> Iterator[tuple[pikepdf.Object, str]]:
    """What leads somewhere (an annotation, an item of the outline), with its place."""
    for number, page in enumerate(pdf.pages, start=1):
        for annotation in page.obj.get("/Annots", ()):
            if annotation.get("/Subtype") == "/Link":
                yield annotation, f"page {number}"
    for item, _ in outline_items(pdf):
        yield item, f"outline “{item.get('/Title', '')}”"


def _wrong(
    source: pikepdf.Object,
    place: str,
    destinations: dict[str, pikepdf.Object],
    pages: set[tuple[int, int]],
) -> Finding | None:
    target = source.get("/Dest")
    action = source.get("/A")
    if target is None and action is not None:
        kind = str(action.get("/S", ""))
        if kind == "/URI":
            address = str(action.get("/URI", ""))
            if urlsplit(address).scheme in LEADING:
                return None
            what = "leads to an address that no book should have"
            return Finding(what, None, place, "strange address", address)
        if kind != "/GoTo":
            return Finding(f"the action {kind} is no link", None, place, "strange action")
        target = action.get("/D")
    if target is None:
        return Finding("this link leads nowhere", None, place, "missing target")
    if isinstance(target, (pikepdf.String, pikepdf.Name)):
        name = str(target).removeprefix("/") if isinstance(target, pikepdf.Name) else str(target)
        if name not in destinations:
            what = "leads to a named destination that is not there"
            return Finding(what, None, place, "missing target", name)
        return None
    if not _leads(target, pages):
        return Finding("leads to a page that is not in the file", None, place, "missing target")
    return None


def _leads(destination: pikepdf.Object, pages: set[tuple[int, int]]) -> bool:
    """Whether an explicit destination names a page of the file."""
    if isinstance(destination, pikepdf.Dictionary):
        destination = destination.get("/D", pikepdf.Array())
    if not isinstance(destination, pikepdf.Array) or not len(destination):
        return False
    first = destination[0]
    return isinstance(first, pikepdf.Dictionary) and first.objgen in pages
