"""A finished PDF to a PDF of sheets, through pikepdf."""

import io
from dataclasses import dataclass
from typing import Any

import pikepdf

from pipeline.errors import ImpositionError, NamedPath, Origin
from pipeline.limits import DEFAULT, Limits
from pipeline.machine.files import UnreadableError
from pipeline.machine.unpacked import demand_little
from pipeline.pdf.imposition import leaves as reading
from pipeline.pdf.imposition import marks as printers_marks
from pipeline.pdf.imposition.claims import KEYS, without_claims
from pipeline.pdf.imposition.geometry import number
from pipeline.pdf.imposition.leaves import Leaf
from pipeline.pdf.imposition.placing import Pile, Side, pile
from pipeline.pdf.imposition.schemes import SADDLE, Scheme
from pipeline.settings.profiles import Binding
from pipeline.settings.sheets import Flip, SheetSettings

CARRIED = ("/Lang", "/OutputIntents", "/OCProperties")
"""What goes over from the document catalogue (ISO 32000-1, table 28) as it is: the language, the
printing condition that the colours are meant for, and which layers are seen."""

DUPLEX = {Flip.SHORT: "/DuplexFlipShortEdge", Flip.LONG: "/DuplexFlipLongEdge"}
"""How a viewer has it printed on both sides (ISO 32000-1, table 150)."""

PLAIN = SheetSettings()


@dataclass(frozen=True, slots=True)
class Imposed:
    """A PDF of sheets, two pages of it a sheet: front, back, front, back.

    ``pile`` says where each page lies, ``pages`` is how many pages the book has, ``binding`` the edge at
    which it is bound (or from which it is read), ``scheme`` and ``settings`` are how it was imposed.
    """

    content: bytes
    pages: int
    binding: Binding
    scheme: Scheme
    settings: SheetSettings
    pile: Pile

    @property
    def sheets(self) -> int:
        """How many sheets of paper it prints on."""
        return len(self.pile.sides) // 2

    @property
    def blanks(self) -> int:
        """How many blank pages were added."""
        return self.pile.blanks

    @property
    def advice(self) -> str:
        """What a person does with the sheets."""
        then = self.scheme.advice(self.settings)
        return f"print on both sides at actual size, flip on {self.pile.flip} edge; {then}"


def impose(
    content: bytes,
    *,
    name: str,
    binding: Binding | None = None,
    blanks_after: int | None = None,
    scheme: Scheme = SADDLE,
    settings: SheetSettings = PLAIN,
    limits: Limits = DEFAULT,
) -> Imposed:
    """The pages of a PDF on sheets, to be printed on both sides.

    ``content`` is a PDF with pages of one size, ``name`` what it is called in errors. ``binding`` is where
    the booklet is bound, or from which side pages are read; ``None`` takes it from the file: on the right
    where its viewer preferences say that it is read from right to left, else on the left. ``blanks_after``
    says after how many pages blank ones stand, if the sheets have room for more: ``None`` is after the
    last; a negative number counts from the end, so that -1 is before a back cover. ``settings`` say how
    large the sheets are, how they are folded, printed and marked.

    Pages are placed as the file says to show them, and scaled only where the settings, or the scheme, let
    them be made smaller to fit on the paper. In a fold they touch at their trim, and bleed is clipped
    there. Where sheets are folded into each other, each page is shifted towards the spine by the thickness
    of the sheets around its own, for as much is cut off at the fore edge. Sheets are as large as they need
    unless the settings say how large; TrimBox and BleedBox say what is left when all is cut, and what is
    printed.

    Kept are title and all other metadata, language, output intents, layers, and fonts, pictures
    and colours as they are, none of them twice. Dropped is what speaks of pages that are no
    longer: outline, page labels, links and every other annotation (a form's fields too),
    attachments, the structure tree, and with it every claim to PDF/UA, PDF/A or PDF/X. Marks of the
    structure in the content are left where they are, without meaning: ISO 32000-1, section 14.6,
    allows that. Metadata that is no well-formed XML is dropped too, for nobody can know what it
    claims.

    The same file gives the same bytes. Raises :class:`ImpositionError` where the content is no PDF, is
    encrypted or damaged, unpacks to more than ``limits`` allow, has no pages, or pages of different sizes,
    or where it does not fit on the paper or has no such page as blank ones are to follow.
    """
    at = NamedPath(name)
    try:
        demand_little(content, "the file", limits)
        with pikepdf.open(io.BytesIO(content), attempt_recovery=False) as source:
            leaves = reading.leaves(source, at)
            bound = binding or reading.binding(source)
            after = _counted(blanks_after, len(leaves), at)
            laid = pile(leaves, scheme, settings, bound, blanks_after=after, at=at)
            made = _write(source, leaves, laid, settings)
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
    return Imposed(made, len(leaves), bound, scheme, settings, laid)


def _counted(after: int | None, pages: int, at: Origin) -> int | None:
    """After how many pages blank ones stand. Of a single page, which is a front cover, none stand before it."""
    if after is None or (pages == 1 and after == -1):
        return None
    if not -pages <= after <= pages:
        raise ImpositionError(
            f"has {pages} pages, and blank ones cannot stand after page {after}",
            at=at,
            cure=f"name a page from 1 to {pages}",
        )
    return after % pages if after < 0 else after


def _write(source: pikepdf.Pdf, leaves: list[Leaf], laid: Pile, settings: SheetSettings) -> bytes:
    with pikepdf.new() as target:
        ink = target.make_indirect(_all_inks()) if settings.marks else None
        for side in laid.sides:
            target.pages.append(_page(target, side, leaves, laid, settings, ink))
        _carry(source, target)
        target.Root["/ViewerPreferences"] = pikepdf.Dictionary(
            {
                "/DisplayDocTitle": True,
                "/Duplex": pikepdf.Name(DUPLEX[laid.flip]),
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
    side: Side,
    leaves: list[Leaf],
    laid: Pile,
    settings: SheetSettings,
    ink: pikepdf.Object | None,
) -> pikepdf.Page:
    operators: list[str] = []
    forms = pikepdf.Dictionary()
    for place in side.places:
        if place.page is None or place.matrix is None:
            continue
        clip = place.clip
        forms[f"/P{place.page}"] = target.copy_foreign(leaves[place.page - 1].form)
        operators += [
            "q",
            " ".join(map(number, (clip.x0, clip.y0, clip.width, clip.height))) + " re W n",
            " ".join(map(number, place.matrix.shorthand)) + " cm",
            f"/P{place.page} Do",
            "Q",
        ]
    media = laid.grid.media
    resources = pikepdf.Dictionary({"/XObject": forms})
    if ink is not None:
        resources["/ColorSpace"] = pikepdf.Dictionary({f"/{printers_marks.COLOUR}": ink})
        operators.append(printers_marks.draw(side, laid.grid, settings.marks))
    return pikepdf.Page(
        pikepdf.Dictionary(
            {
                "/Type": pikepdf.Name("/Page"),
                "/MediaBox": reading.array(media),
                "/BleedBox": reading.array(side.trim.grown(laid.grid.bleed).inside(media)),
                "/TrimBox": reading.array(side.trim.inside(media)),
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
