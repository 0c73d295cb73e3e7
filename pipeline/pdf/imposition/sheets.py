"""A finished PDF to a PDF of sheets, through pikepdf."""

import io
from dataclasses import dataclass
from typing import Any

import pikepdf

from pipeline.errors import ImpositionError, NamedPath
from pipeline.limits import DEFAULT, Limits
from pipeline.machine.files import UnreadableError
from pipeline.machine.unpacked import demand_little
from pipeline.pdf.imposition import leaves as reading
from pipeline.pdf.imposition import marks as printers_marks
from pipeline.pdf.imposition.claims import KEYS, without_claims
from pipeline.pdf.imposition.geometry import Frame, number
from pipeline.pdf.imposition.leaves import Leaf
from pipeline.pdf.imposition.order import SADDLE, Face, Scheme
from pipeline.settings.profiles import Binding

CARRIED = ("/Lang", "/OutputIntents", "/OCProperties")
"""What goes over from the document catalogue (ISO 32000-1, table 28) as it is: the language, the
printing condition that the colours are meant for, and which layers are seen."""


@dataclass(frozen=True, slots=True)
class Imposed:
    """A PDF of sheets, two pages of it a sheet: front, back, front, back.

    ``sheets`` is how many sheets of paper it prints on, ``pages`` how many pages the book has,
    ``blanks`` how many were added, ``binding`` the edge at which it is bound.
    """

    content: bytes
    sheets: int
    pages: int
    blanks: int
    binding: Binding


def impose(
    content: bytes,
    *,
    name: str,
    binding: Binding | None = None,
    marks: bool = False,
    back_cover: bool = False,
    scheme: Scheme = SADDLE,
    limits: Limits = DEFAULT,
) -> Imposed:
    """The sheets of a booklet: pages two up, to be printed on both sides, flipped on the short edge.

    ``content`` is a PDF with pages of one size, ``name`` what it is called in errors. ``binding``
    is where the booklet is bound; ``None`` takes it from the file: on the right where its viewer
    preferences say that it is read from right to left, else on the left. ``marks`` adds crop and
    fold marks. ``back_cover`` says that the last page is the back cover; blank pages then stand
    before it, not after it.

    Pages are neither scaled nor turned (a page that the file says to show turned is placed as it
    is shown). They touch in the fold at their trim; bleed stays on the outer sides and is clipped
    at the fold. A sheet is twice as wide as the trimmed page and as high, plus bleed, plus room for
    the marks; TrimBox and BleedBox say which is which.

    Kept are title and all other metadata, language, output intents, layers, and fonts, pictures
    and colours as they are, none of them twice. Dropped is what speaks of pages that are no
    longer: outline, page labels, links and every other annotation (a form's fields too),
    attachments, the structure tree, and with it every claim to PDF/UA, PDF/A or PDF/X. Marks of the
    structure in the content are left where they are, without meaning: ISO 32000-1, section 14.6,
    allows that. Metadata that is no well-formed XML is dropped too, for nobody can know what it
    claims.

    The same file gives the same bytes. Raises :class:`ImpositionError` where the content is no PDF,
    is encrypted or damaged, unpacks to more than ``limits`` allow, has no pages, or pages of different sizes.
    """
    at = NamedPath(name)
    try:
        demand_little(content, "the file", limits)
        with pikepdf.open(io.BytesIO(content), attempt_recovery=False) as source:
            leaves = reading.leaves(source, at)
            bound = binding or reading.binding(source)
            sheets = scheme.order(len(leaves), bound, back_cover=back_cover)
            faces = [face for sheet in sheets for face in (sheet.front, sheet.back)]
            made = _write(source, leaves, faces, scheme, marks=marks)
            # Streams are read as late as they are written; only now is known what was wrong.
            reading.refuse_damage(source, at)
    except UnreadableError as error:
        raise ImpositionError(error.what, at=at, cure=error.cure) from None
    except pikepdf.PasswordError:
        raise reading.encrypted(at) from None
    except (pikepdf.PdfError, RuntimeError) as error:
        # What is wrong with the tree of pages, the library throws as RuntimeError.
        raise ImpositionError(
            f"is no sound PDF: {reading.reason(error)}", at=at, cure=reading.REPAIR
        ) from None
    return Imposed(
        content=made,
        sheets=len(sheets),
        pages=len(leaves),
        blanks=2 * len(faces) - len(leaves),
        binding=bound,
    )


def _frame(leaves: list[Leaf], *, marks: bool) -> Frame:
    bleed = max(leaf.bleed.overhang(leaf.trim) for leaf in leaves)
    return Frame(
        width=max(leaf.trim.width for leaf in leaves),
        height=max(leaf.trim.height for leaf in leaves),
        bleed=bleed,
        slug=printers_marks.slug(bleed) if marks else bleed,
    )


def _write(
    source: pikepdf.Pdf,
    leaves: list[Leaf],
    faces: list[Face],
    scheme: Scheme,
    *,
    marks: bool,
) -> bytes:
    frame = _frame(leaves, marks=marks)
    with pikepdf.new() as target:
        ink = target.make_indirect(_all_inks()) if marks else None
        for face in faces:
            target.pages.append(_page(target, face, leaves, frame, ink))
        _carry(source, target)
        target.Root["/ViewerPreferences"] = pikepdf.Dictionary(
            {
                "/DisplayDocTitle": True,
                "/Duplex": pikepdf.Name(scheme.duplex),
                "/PrintScaling": pikepdf.Name("/None"),
            }
        )
        stream = io.BytesIO()
        target.save(
            stream,
            min_version=source.pdf_version,
            deterministic_id=True,
            fix_metadata_version=False,
        )
        return stream.getvalue()


def _page(
    target: pikepdf.Pdf,
    face: Face,
    leaves: list[Leaf],
    frame: Frame,
    ink: pikepdf.Object | None,
) -> pikepdf.Page:
    operators: list[str] = []
    forms = pikepdf.Dictionary()
    # The inner edge of a page lies in the fold, so slack between pages of nearly one size is outside.
    halves = ((face.left, frame.left, 1.0), (face.right, frame.right, 0.0))
    for page, half, share in halves:
        if page is None:
            continue
        leaf = leaves[page - 1]
        right = frame.fold - share * leaf.trim.width - leaf.trim.x0
        up = frame.trim.y0 - leaf.trim.y0
        forms[f"/P{page}"] = target.copy_foreign(leaf.form)
        operators += [
            "q",
            " ".join(map(number, (half.x0, half.y0, half.width, half.height))) + " re W n",
            f"1 0 0 1 {number(right)} {number(up)} cm",
            f"/P{page} Do",
            "Q",
        ]
    resources = pikepdf.Dictionary({"/XObject": forms})
    if ink is not None:
        resources["/ColorSpace"] = pikepdf.Dictionary({f"/{printers_marks.COLOUR}": ink})
        operators.append(printers_marks.draw(frame))
    return pikepdf.Page(
        pikepdf.Dictionary(
            {
                "/Type": pikepdf.Name("/Page"),
                "/MediaBox": reading.array(frame.media),
                "/BleedBox": reading.array(frame.bleed_box),
                "/TrimBox": reading.array(frame.trim),
                "/Resources": resources,
                "/Contents": target.make_stream("\n".join(operators).encode("ascii")),
            }
        )
    )


def _all_inks() -> pikepdf.Array:
    """The colour of marks: full tone on every plate (ISO 32000-1, section 8.6.6.4)."""
    tint = pikepdf.Dictionary(
        {"/FunctionType": 2, "/Domain": [0, 1], "/C0": [1], "/C1": [0], "/N": 1}
    )
    return pikepdf.Array(
        [
            pikepdf.Name("/Separation"),
            pikepdf.Name("/All"),
            pikepdf.Name("/DeviceGray"),
            tint,
        ]
    )


def _carry(source: pikepdf.Pdf, target: pikepdf.Pdf) -> None:
    for key in CARRIED:
        if key in source.Root:
            target.Root[key] = _copied(source, target, source.Root[key])
    metadata = source.Root.get("/Metadata")
    if isinstance(metadata, pikepdf.Stream):
        packet = without_claims(metadata.read_bytes())
        if packet is not None:
            target.Root["/Metadata"] = target.make_stream(
                packet, {"/Type": pikepdf.Name("/Metadata"), "/Subtype": pikepdf.Name("/XML")}
            )
    information = source.trailer.get("/Info")
    if isinstance(information, pikepdf.Dictionary):
        kept = {
            key: _copied(source, target, value)
            for key, value in information.items()
            if key.removeprefix("/") not in KEYS
        }
        target.trailer["/Info"] = target.make_indirect(pikepdf.Dictionary(kept))


def _copied(source: pikepdf.Pdf, target: pikepdf.Pdf, value: Any) -> Any:
    """An object of one file in another; what was copied before is not copied again."""
    if isinstance(value, pikepdf.Array | pikepdf.Dictionary | pikepdf.Stream):
        return target.copy_foreign(value if value.is_indirect else source.make_indirect(value))
    return value
