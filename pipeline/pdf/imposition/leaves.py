"""The pages of a PDF as what can be laid on a sheet."""

import re
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import pikepdf

from pipeline.errors import ImpositionError, MissingSourceError, Origin
from pipeline.limits import Limits
from pipeline.machine import files
from pipeline.pdf.imposition.geometry import Box, number
from pipeline.pdf.imposition.grid import TOLERANCE, Bounds, size
from pipeline.settings.profiles import Binding

_STREAM = re.compile(r"^stream <[^>]*>[^:]*: ")

REPAIR = "make the PDF anew, or mend it (qpdf DAMAGED MENDED) and look it over"


@dataclass(frozen=True, slots=True)
class Leaf(Bounds):
    """A page as a form XObject, and its trim and bleed as a viewer shows them, in pt.

    ``number`` counts from 1.
    """

    number: int
    form: pikepdf.Object


def leaves(source: pikepdf.Pdf, at: Origin) -> list[Leaf]:
    """All pages of a file, of one size.

    Raises :class:`ImpositionError` where the file is encrypted or damaged, or has no pages, a page
    without area, or pages of different sizes.
    """
    if source.is_encrypted:
        # Opened without a password, yet its owner may not want it taken apart.
        raise encrypted(at)
    refuse_damage(source, at)
    if len(source.pages) == 0:
        raise ImpositionError("has no pages", at=at, cure="hand in a PDF with at least one page")
    _lay_flat(source)
    found = [_leaf(page, count, at) for count, page in enumerate(source.pages, start=1)]
    first = found[0]
    for leaf in found:
        off = max(
            abs(leaf.trim.width - first.trim.width), abs(leaf.trim.height - first.trim.height)
        )
        if off > TOLERANCE:
            raise ImpositionError(
                f"has pages of different sizes: page 1 is {size(first.trim)}, "
                f"page {leaf.number} is {size(leaf.trim)}",
                at=at,
                cure="make all pages of one size, or impose them from files of their own",
            )
    return found


def _lay_flat(source: pikepdf.Pdf) -> None:
    """Pages that a viewer turns, because what stands on them is sideways, are bound as the others lie; unless
    it is by turning that they are of one size with them."""
    turned = [page for page in source.pages if int(page.obj.get("/Rotate", 0)) % 180]
    others = [page for page in source.pages if not int(page.obj.get("/Rotate", 0)) % 180]
    if turned and others and all(_alike(page, others[0]) for page in turned):
        for page in turned:
            page.obj["/Rotate"] = 0


def _alike(one: pikepdf.Page, other: pikepdf.Page) -> bool:
    a, b = (Box.of(float(each) for each in page.trimbox) for page in (one, other))
    return max(abs(a.width - b.width), abs(a.height - b.height)) <= TOLERANCE


def binding(source: pikepdf.Pdf) -> Binding:
    """Where a book is bound by what it says of its direction (ISO 32000-1, table 150)."""
    preferences = source.Root.get("/ViewerPreferences")
    if isinstance(preferences, pikepdf.Dictionary) and preferences.get("/Direction") == "/R2L":
        return Binding.RIGHT
    return Binding.LEFT


def encrypted(at: Origin) -> ImpositionError:
    """The error to raise for a file that is encrypted; ``at`` names the file."""
    return ImpositionError("is encrypted", at=at, cure="impose the PDF as it was before encryption")


def refuse_damage(source: pikepdf.Pdf, at: Origin) -> None:
    """Raises :class:`ImpositionError` where the library went on after damage: text may be lost."""
    if warnings := source.get_warnings():
        raise ImpositionError(f"is damaged: {reason(warnings[0])}", at=at, cure=REPAIR)


def reason(said: object) -> str:
    """What the library complains of, without the stream that it read: a person named a file."""
    return _STREAM.sub("", str(said))


def array(box: Box) -> pikepdf.Array:
    """A box as PDF writes it: an array of left, bottom, right and top, in pt."""
    return pikepdf.Array([Decimal(number(each)) for each in (box.x0, box.y0, box.x1, box.y1)])


def _leaf(page: pikepdf.Page, count: int, at: Origin) -> Leaf:
    form = page.as_form_xobject()
    own = page.obj.get("/Resources")
    if own is not None and own.is_indirect:
        # The library copies a page's resources; the pages of a book mostly have one in common.
        form["/Resources"] = own
    if "/Group" in form:
        # A page's group is isolated by nature, a form's only by word (ISO 32000-1, 11.4.7).
        form["/Group"] = pikepdf.Dictionary({**dict(form["/Group"].items()), "/I": True})
    media = Box.of(float(each) for each in page.mediabox)
    trim = Box.of(float(each) for each in page.trimbox).inside(media)
    bleed = Box.of(float(each) for each in page.bleedbox).inside(media).around(trim)
    if min(trim.width, trim.height) < 1:
        raise ImpositionError(
            f"page {count} has no area",
            at=at,
            cure="mend its TrimBox and its MediaBox",
        )
    form["/BBox"] = array(bleed)
    # What turns and enlarges a page on its way to the eye: /Rotate and /UserUnit.
    matrix = pikepdf.Matrix(form["/Matrix"]) if "/Matrix" in form else pikepdf.Matrix()
    return Leaf(trim.through(matrix), bleed.through(matrix), count, form)


def pdf_of(path: Path, limits: Limits) -> bytes:
    """The bytes of a file that the command names.

    Raises :class:`MissingSourceError` where it is none, or larger than what is unpacked may be.
    """
    try:
        return files.read(path, path.as_posix(), "unpacked_bytes", limits)
    except files.UnreadableError as error:
        cure = error.cure if error.large else "name a PDF file that is there"
        raise MissingSourceError(error.what, cure=cure) from error
