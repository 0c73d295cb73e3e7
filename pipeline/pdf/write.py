"""PDF, through WeasyPrint, in the profiles of :mod:`pipeline.settings.profiles`."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from pipeline.design import inks
from pipeline.document import BuildWarning
from pipeline.editions import Edition
from pipeline.errors import LayoutError
from pipeline.layout import bounds, sideways
from pipeline.layout.boxes import roots_of, sequences_of
from pipeline.layout.documents import Engine
from pipeline.layout.engine import Fonts, silence, weasyprint
from pipeline.layout.fetch import only
from pipeline.pdf import archive, metadata, print_shop, sharing
from pipeline.pdf.arranged import LAYOUTS
from pipeline.rendering import Renderer, pages
from pipeline.rendering.pages import OutputCondition
from pipeline.settings.profiles import PROFILES, Intent, Profile, ProfileName, Standard
from pipeline.settings.values import Inks
from pipeline.typography.digits import numeral

SCREEN = PROFILES[ProfileName.SCREEN]


@dataclass(frozen=True, slots=True)
class Printed:
    """A PDF file."""

    content: bytes
    labels: tuple[str, ...]
    """The folio of each page, also where it is not printed."""
    places: Mapping[str, str] = field(default_factory=dict)
    """The folio of the page on which each anchor stands."""
    warnings: tuple[BuildWarning, ...] = ()
    """What to know of it: what stands out of its page, and by what press it was coloured."""
    middle: int | None = None
    """After how many pages those begin that are read from a second cover, which is the last page; None
    where there is none."""

    @property
    def pages(self) -> int:
        """How many pages it has."""
        return len(self.labels)


def write(
    renderer: Renderer, edition: Edition, profile: Profile = SCREEN, fonts: Fonts | None = None
) -> Printed:
    """The PDF of an edition for a purpose; ``fonts`` are what the documents of its book share.

    Raises :class:`LayoutError` where the layout engine warns of anything, or where a face was
    used that the book does not declare; :class:`~pipeline.errors.MissingLibraryError` where the colour
    profile of a press is wanted and there is none.
    """
    name = f"{edition.book.name}.{edition.key}.pdf"
    printing = edition.settings.printing
    machine = inks.press(printing) if profile.intent is Intent.PRESS else None
    condition = pages.on_screen(renderer)
    if machine:
        colours = inks.palette(machine, printing, renderer.tint)
        condition = OutputCondition(colours, printing.bleed, printing.colour is Inks.GREY)

    lay_out = LAYOUTS.get(edition.arrangement, _in_sequence)
    made = partial(lay_out, renderer, edition, condition)
    return _print(made, name, renderer, edition, profile, machine, fonts)


def write_cover(renderer: Renderer, edition: Edition, fonts: Fonts | None = None) -> Printed:
    """The cover of an edition alone, as a PDF of one page; ``fonts`` as for :func:`write`."""
    name = f"the cover of {edition.book.name}.{edition.key}"

    def lay_out(engine: Engine) -> Any:
        return engine.once(pages.cover(renderer, edition, pages.on_screen(renderer)))

    return _print(lay_out, name, renderer, edition, SCREEN, None, fonts)


def _in_sequence(
    renderer: Renderer, edition: Edition, condition: OutputCondition, engine: Engine
) -> Any:
    """Language after language."""
    return engine.fitted(partial(pages.pages, renderer, edition, condition))


def _print(
    lay_out: Callable[[Engine], Any],
    name: str,
    renderer: Renderer,
    edition: Edition,
    profile: Profile,
    machine: inks.Press | None,
    fonts: Fonts | None,
) -> Printed:
    faces = frozenset(face.source for face in renderer.file_faces())
    fonts = fonts or Fonts()
    with only(weasyprint(), faces, renderer.settings) as fetcher, silence(name, fonts):
        document = lay_out(Engine(fetcher, fonts, edition.settings.theme))
        labels = tuple(_folios(document, edition))

        def finish(_document: Any, pdf: Any) -> None:
            if not machine:
                _turn_back(document, pdf)
            metadata.describe(pdf, edition, profile, labels)
            pages = [pdf.objects[int(each.split()[0])] for each in pdf.page_references]
            if machine:
                print_shop.prepare(pdf, pages, edition.settings.printing)
            if Standard.A_2A in profile.claims:
                archive.prepare(pdf, edition.settings.printing)
            print_shop.intend(pdf, profile, machine)
            metadata.allow_printing(pdf)
            sharing.share(pdf)

        if not profile.links:
            for page in document.pages:
                page.links.clear()
        content = document.write_pdf(
            finisher=finish,
            pdf_tags=profile.tagged,
            pdf_identifier=True,
            pdf_version="1.7" if profile.tagged else "1.6",
        )
    _audit(document, name, renderer.family_names)
    places = {
        anchor: label
        # What stands on several pages begins on the first.
        for page, label in reversed(list(zip(document.pages, labels, strict=True)))
        for anchor in page.anchors
    }
    coloured = (BuildWarning(machine.warning),) if machine and not machine.named else ()
    first, *others = sequences_of(document)
    middle = len(first) if others else None
    return Printed(content, labels, places, (*coloured, *bounds.strays(document)), middle)


def _turn_back(document: Any, pdf: Any) -> None:
    """Have readers on screens show pages upright whose tables stand sideways (ISO 32000-1, table 30); a page
    for a press stays as it is bound."""
    for page, reference in zip(document.pages, pdf.page_references, strict=True):
        if turn := sideways.rotation(page._page_box):  # noqa: SLF001
            pdf.objects[int(reference.split()[0])]["Rotate"] = turn


def _folios(document: Any, edition: Edition) -> list[str]:
    """The folio of each page as it is printed; where it is not, the page's number in the digits of the
    edition's first language. What is read from a second cover is counted from there, behind the tag of its
    language: no two pages of a file have one name."""
    out = [""] * len(document.pages)
    for read, root in zip(sequences_of(document), roots_of(document), strict=True):
        mark = "" if read[0] == 0 else f"{root.get('lang')} "
        for number, at in enumerate(read, start=1):
            printed = _printed(document.pages[at]) or numeral(
                number, edition.first.language, edition.settings.typography.digits
            )
            out[at] = f"{mark}{printed}"
    return out


def _printed(page: Any) -> str:
    """What stands in the foot of a page."""
    for box in page._page_box.children:  # noqa: SLF001 - there is no other way to a margin
        if getattr(box, "at_keyword", "").startswith("@bottom"):
            texts = (getattr(each, "text", "") for each in box.descendants())
            if printed := "".join(texts).strip():
                return printed
    return ""


def _audit(document: Any, name: str, declared: frozenset[str]) -> None:
    """No face but the declared ones was used."""
    strange = {font.family for font in document.fonts.values()} - declared
    if strange:
        raise LayoutError(
            f"{name}: set in faces that nobody declared: {', '.join(sorted(strange))}",
            cure="declare the typeface in languages.toml",
        )
