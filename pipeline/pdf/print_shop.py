"""What a print shop asks of a PDF (PDF/X-4, ISO 15930-7): page boxes, marks, the output intent.

WeasyPrint draws the bleed that the style sheet asks for, and gives every page a media box of trim and bleed.
Crop marks are drawn here: they stand outside of the bleed, in all inks.
"""

import re
from collections.abc import Sequence
from importlib.resources import files
from typing import Any

from pipeline.design.inks import Press
from pipeline.design.page import PT
from pipeline.settings.profiles import Intent, Profile
from pipeline.settings.values import Inks, Printing

MARK = 5.0
"""The length of a crop mark, in mm."""

SLUG = 7.0
"""How far the sheet reaches beyond the bleed where there are marks, in mm."""

HAIRLINE = 0.25
"""The width of a crop mark, in pt."""

SRGB = "sRGB IEC61966-2.1"

RGB = "/DeviceRGB"
SPACE = "srgb"
"""What the pages call the colours of screens."""
SCREEN_COLOUR = re.compile(rb"(?P<parts>\S+ \S+ \S+) (?P<operator>rg|RG)")


def intend(pdf: Any, profile: Profile, press: Press | None) -> None:
    """Say for which colours the file is made (ISO 32000-1 14.11.5), where its profile asks for it."""
    import pydyf  # noqa: PLC0415

    pdf.catalog.pop("OutputIntents", None)
    if profile.intent is Intent.NONE:
        return
    if profile.intent is Intent.SCREEN:
        content, parts, name, condition = _srgb(), 3, SRGB, SRGB
        kind, registry = "/GTS_PDFA1", "http://www.color.org"
    else:
        assert press is not None  # noqa: S101 - a profile for print was made with one
        content, parts, name, condition = press.profile, 4, press.name, press.condition
        kind, registry = "/GTS_PDFX", "http://www.color.org"
    intent = pydyf.Dictionary(
        {
            "Type": "/OutputIntent",
            "S": kind,
            "OutputConditionIdentifier": pydyf.String(condition),
            "RegistryName": pydyf.String(registry),
            "Info": pydyf.String(name),
            "DestOutputProfile": _profile(pdf, content, parts).reference,
        }
    )
    pdf.catalog["OutputIntents"] = pydyf.Array([intent])


def prepare(pdf: Any, pages: Sequence[Any], printing: Printing) -> None:
    """Make the pages of ``pdf`` ready for a press: ``pages`` are their dictionaries."""
    import pydyf  # noqa: PLC0415

    bleed = printing.bleed * PT
    slug = SLUG * PT if printing.marks else 0.0
    for page in pages:
        left, bottom, right, top = page["TrimBox"]
        page["BleedBox"] = _grown(page["TrimBox"], bleed)
        page["MediaBox"] = _grown(page["TrimBox"], bleed + slug)
        if printing.marks:
            marks = _marks((left, bottom, right, top), bleed)
            stream = pydyf.Stream([marks], compress=True)
            pdf.add_object(stream)
            page["Contents"] = pydyf.Array([page["Contents"], stream.reference])
    srgb = pydyf.Array(["/ICCBased", _profile(pdf, _srgb(), 3).reference])
    for each in pdf.objects:
        if isinstance(each, dict) and "lab-d50" in each:  # the colour spaces of all pages
            each[SPACE] = srgb
            each["all"] = pydyf.Array(
                ["/Separation", "/All", "/DeviceCMYK", _all_inks(pdf).reference]
            )
    seen: set[int] = set()
    for each in pdf.objects:
        _tell_screen_colours(each, srgb, seen, grey=printing.colour is Inks.GREY)


def _tell_screen_colours(value: Any, srgb: Any, seen: set[int], *, grey: bool) -> None:
    """Pictures are made for screens: their colours are told by a profile, for the shop to convert, in
    images, gradients, groups and in what is drawn (a device's own RGB is none of a press, 6.2.4)."""
    if id(value) in seen:
        return
    seen.add(id(value))
    if hasattr(value, "stream"):
        value.stream[:] = map(_greyed if grey else _retold, value.stream)
        value = value.extra
    if isinstance(value, dict):
        for key in ("ColorSpace", "CS"):
            if value.get(key) == RGB:
                value[key] = srgb
        for each in list(value.values()):
            _tell_screen_colours(each, srgb, seen, grey=grey)


def _greyed(operation: Any) -> Any:
    """An operation that chooses a colour of screens, with the grey of the same lightness (8.6.5.3)."""
    if isinstance(operation, bytes) and (found := SCREEN_COLOUR.fullmatch(operation)):
        red, green, blue = map(float, found["parts"].split())
        grey = 0.299 * red + 0.587 * green + 0.114 * blue
        return f"{grey:.4f} {'G' if found['operator'] == b'RG' else 'g'}".encode()
    return operation


def _retold(operation: Any) -> Any:
    """An operation that chooses a colour of screens, with its profile."""
    if isinstance(operation, bytes) and (found := SCREEN_COLOUR.fullmatch(operation)):
        space, colour = ("CS", "SC") if found["operator"] == b"RG" else ("cs", "sc")
        return f"/{SPACE} {space} ".encode() + found["parts"] + f" {colour}".encode()
    return operation


def _all_inks(pdf: Any) -> Any:
    """The function from the tint of all inks to four of them (8.6.6.4)."""
    import pydyf  # noqa: PLC0415

    function = pydyf.Dictionary(
        {
            "FunctionType": 2,
            "Domain": pydyf.Array([0, 1]),
            "C0": pydyf.Array([0, 0, 0, 0]),
            "C1": pydyf.Array([1, 1, 1, 1]),
            "N": 1,
        }
    )
    pdf.add_object(function)
    return function


def _marks(trim: tuple[float, float, float, float], bleed: float) -> bytes:
    """Two marks at each corner, outside of the bleed, in all inks."""
    left, bottom, right, top = trim
    length = MARK * PT
    lines = []
    for x, outward in ((left, -1), (right, 1)):
        for y in (bottom, top):
            start = x + outward * bleed
            lines.append((start, y, start + outward * length, y))
    for y, outward in ((bottom, -1), (top, 1)):
        for x in (left, right):
            start = y + outward * bleed
            lines.append((x, start, x, start + outward * length))
    drawn = [f"{x1:.3f} {y1:.3f} m {x2:.3f} {y2:.3f} l S" for x1, y1, x2, y2 in lines]
    return "\n".join(("q /all CS 1 SCN", f"{HAIRLINE} w", *drawn, "Q")).encode()


def _grown(box: Sequence[float], by: float) -> Any:
    import pydyf  # noqa: PLC0415

    left, bottom, right, top = box
    return pydyf.Array([left - by, bottom - by, right + by, top + by])


def _profile(pdf: Any, content: bytes, parts: int) -> Any:
    import pydyf  # noqa: PLC0415

    stream = pydyf.Stream([content], pydyf.Dictionary({"N": parts}), compress=True)
    pdf.add_object(stream)
    return stream


def _srgb() -> bytes:
    """The ICC's own profile of sRGB, which WeasyPrint brings."""
    return (files("weasyprint.pdf") / "sRGB2014.icc").read_bytes()
