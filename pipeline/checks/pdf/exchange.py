"""PDF/X-4 (ISO 15930-7), of which there is no free validator: the conditions that our books could break."""

from collections.abc import Iterator

import pikepdf

from pipeline.checks.claims import PDFX, Claim, Family, info
from pipeline.checks.pdf.faces import embedded, fonts
from pipeline.checks.pdf.opened import Opened, box, shown
from pipeline.checks.verdicts import Finding
from pipeline.pdf.read.content import GROUP

VERSION = "PDF/X-4"
TRAPPED = "{http://ns.adobe.com/pdf/1.3/}Trapped"
FOREIGN_SPACES = ("/DeviceRGB", "/CalRGB", "/CalGray", "/Lab")
"""Colour spaces that a book for print does not have: its colours are given for the press."""

FULL_BLACK = 0.9
PRINTERS = ("/PrinterMark", "/TrapNet")


def known(claim: Claim) -> bool:
    """Whether this is the claim that is judged here."""
    return claim.family is Family.PRINT and claim.name == VERSION


def check(opened: Opened) -> Iterator[Finding]:
    """All conditions, one after the other."""
    for each in (_identity, _intent, _pages, _actions, _fonts, _colours):
        for what, place in each(opened):
            rule = each.__name__.strip("_")
            yield Finding(what, None, place, f"{VERSION} {rule}")


def _identity(opened: Opened) -> Iterator[tuple[str, str]]:
    """6.2 and 6.4 to 6.7: what the file says of itself."""
    pdf = opened.pdf
    if opened.xmp.get(f"{{{PDFX}}}GTS_PDFXVersion") != VERSION:
        yield "the XMP metadata does not say GTS_PDFXVersion PDF/X-4", "/Metadata"
    trapped = opened.xmp.get(TRAPPED) or info(pdf).get("/Trapped", "").lstrip("/")
    if trapped not in ("True", "False"):
        yield "Trapped must be True or False", "/Info"
    if pdf.is_encrypted:
        yield "the file is encrypted", "trailer"
    if "/ID" not in pdf.trailer:
        yield "the file has no identifier", "trailer"


def _intent(opened: Opened) -> Iterator[tuple[str, str]]:
    """6.2.2: for which press the colours are."""
    intents = [
        each for each in opened.pdf.Root.get("/OutputIntents", ()) if each.get("/S") == "/GTS_PDFX"
    ]
    if len(intents) != 1:
        yield f"there must be one output intent for PDF/X, and there are {len(intents)}", "catalog"
        return
    if not str(intents[0].get("/OutputConditionIdentifier", "")):
        yield "the output intent does not name its condition", "/OutputIntents"
    profile = intents[0].get("/DestOutputProfile")
    if not isinstance(profile, pikepdf.Stream):
        yield "the output intent has no profile embedded", "/OutputIntents"
        return
    # ICC.1, 7.2: the signature at byte 36, the class of the device at byte 12.
    content = profile.read_bytes()
    if content[36:40] != b"acsp" or content[12:16] != b"prtr":
        yield "the profile of the output intent is no printer's", "/OutputIntents"


def _pages(opened: Opened) -> Iterator[tuple[str, str]]:
    """6.12 (boxes) and 6.13 (annotations)."""
    for number, page in enumerate(opened.pdf.pages, start=1):
        place = f"page {number}"
        trim = box(page.obj, "/TrimBox")
        if trim is None:
            yield "the page has no TrimBox", place
        elif "/ArtBox" in page.obj:
            yield "the page has a TrimBox and an ArtBox", place
        edge = box(page.obj, "/BleedBox") or trim
        for annotation in page.obj.get("/Annots", ()):
            kind = str(annotation.get("/Subtype", ""))
            if kind in PRINTERS or edge is None:
                continue
            spot = box(annotation, "/Rect")
            if spot is None or edge.meets(spot):
                yield f"an annotation ({kind[1:]}) stands within the bleed", place


def _actions(opened: Opened) -> Iterator[tuple[str, str]]:
    """6.14: nothing acts by itself."""
    root = opened.pdf.Root
    names = root.get("/Names")
    if names is not None and "/JavaScript" in names:
        yield "there is JavaScript in the file", "/Names"
    if "/AA" in root or any("/AA" in page.obj for page in opened.pdf.pages):
        yield "there are actions that run by themselves", "catalog"
    action = root.get("/OpenAction")
    if isinstance(action, pikepdf.Dictionary) and action.get("/S") not in (None, "/GoTo"):
        yield f"an action {action.get('/S')} runs when the file is opened", "catalog"


def _fonts(opened: Opened) -> Iterator[tuple[str, str]]:
    """6.3.1: all fonts are embedded."""
    for name, font in sorted(fonts(opened.pdf).items()):
        if not embedded(font):
            yield "the font is not embedded", name


def _colours(opened: Opened) -> Iterator[tuple[str, str]]:
    """6.2.4: no colour of a screen; black text is black ink alone, so that no plate can be out of place."""
    used = opened.painted.spaces
    for space in (*FOREIGN_SPACES, *(f"{GROUP}{each}" for each in FOREIGN_SPACES)):
        if pages := sorted(used.get(space, ())):
            inside = space.removeprefix(GROUP)
            what = "is used" if inside == space else "is what a transparency group mixes colours in"
            told = ", ".join(str(page + 1) for page in pages[:5])
            more = f" and {len(pages) - 5} more" if len(pages) > 5 else ""
            yield f"{inside[1:]} {what}", f"page {told}{more}"
    for text in opened.painted.texts:
        if text.space != "/DeviceCMYK" or len(text.colour) != len("CMYK"):
            continue
        *inks, black = text.colour
        if (black >= FULL_BLACK and any(inks)) or all(ink >= FULL_BLACK for ink in inks):
            yield (
                f"black text “{shown(text.text)}” is not in black ink alone",
                f"page {text.page + 1}",
            )
