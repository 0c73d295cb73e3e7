"""The five kinds of work that make files, each a function of its inputs alone: typeset, cover, picture, epub,
html.

An ``Inputs`` value holds all that decides the bytes of the result, and :func:`~pipeline.jobs.inputs.digest`
of it tells whether anything of that changed. What a result does not depend on stands in the :class:`Studio`:
where pictures lie on this machine, what was loaded already.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from pipeline.checks.certificate import certify_epub
from pipeline.checks.conformance import confirm
from pipeline.checks.verdicts import Verdict
from pipeline.design.colour import Tint
from pipeline.document import BuildWarning
from pipeline.editions import Edition
from pipeline.epub import write as write_epub
from pipeline.layout.engine import Fonts
from pipeline.pdf import raster
from pipeline.pdf import write as write_pdf
from pipeline.pdf.imposition import SCHEMES, impose
from pipeline.pdf.svg import cover as write_svg
from pipeline.rendering import FileNames, Renderer, web
from pipeline.settings.profiles import Profile, SchemeName

NO_NAMES = FileNames({})
"""For what links to no other file."""


@dataclass(slots=True)
class Studio:
    """What a process has at hand for the editions of a book: the files of their pictures, and the colours of
    its languages, which follow from how many there are and from the theme."""

    pictures: Mapping[str, Path] = field(default_factory=dict)
    tints: Mapping[str, Tint] = field(default_factory=dict)
    fonts: Fonts = field(default_factory=Fonts)
    known: list[Renderer] = field(default_factory=list)

    def renderer(self, edition: Edition, names: FileNames = NO_NAMES) -> Renderer:
        """What puts an edition into documents; that of an earlier task with the same, where there is one."""
        for each in self.known:
            same = each.book is edition.book and each.files is names
            if same and each.settings.theme == edition.settings.theme:
                return each
        made = Renderer(
            edition.book, names, edition.settings, pictures=self.pictures, tint=self.tints
        )
        self.known.append(made)
        return made


# --- typeset ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class TypesetInputs:
    """``name`` is that of the file, for messages; ``schemes`` say which sheets are made of its pages."""

    name: str
    edition: Edition
    profile: Profile
    schemes: tuple[SchemeName, ...] = ()


@dataclass(frozen=True, slots=True)
class Sheets:
    """The pages of a PDF on sheets: a file, how many sides it has, and after which page blank ones stand, where
    that is not the last."""

    content: bytes
    sides: int
    blanks_after: int | None = None


@dataclass(frozen=True, slots=True)
class Typeset:
    """A PDF, its pages on sheets by the scheme, and what to know of it."""

    content: bytes
    pages: int
    places: Mapping[str, str]
    """The folio of the page on which each anchor stands."""
    sheets: Mapping[SchemeName, Sheets]
    warnings: tuple[BuildWarning, ...] = ()


def typeset(inputs: TypesetInputs, studio: Studio) -> Typeset:
    """The pages of an edition. A file that claims to follow a standard was judged; where nobody could tell, it
    is made without the claim, and a warning says so.

    Raises :class:`~pipeline.errors.ConformanceError` where a judge refuses the claim, and what
    :func:`pipeline.pdf.write.write` raises.
    """
    edition = inputs.edition
    renderer = studio.renderer(edition)
    printed = write_pdf.write(renderer, edition, inputs.profile, studio.fonts)
    confirmation = confirm(printed.content, inputs.name)
    warnings = printed.warnings
    if not confirmation.confirmed:
        unclaimed = replace(inputs.profile, claims=())
        printed = write_pdf.write(renderer, edition, unclaimed, studio.fonts)
        why = "; ".join(confirmation.reasons)
        doubt = BuildWarning(f"{inputs.name} does not say which standard it follows: {why}")
        warnings = (*printed.warnings, doubt)
    sheets = {}
    for each in inputs.schemes:
        imposed = impose(
            printed.content,
            name=inputs.name,
            blanks_after=printed.middle,
            scheme=SCHEMES[each],
            settings=edition.settings.printing.sheets,
            limits=edition.settings.limits,
        )
        sheets[each] = Sheets(imposed.content, 2 * imposed.sheets, printed.middle)
    return Typeset(printed.content, printed.pages, printed.places, sheets, warnings)


# --- cover and picture ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class CoverInputs:
    """``drawn`` says whether the cover is wanted as SVG, too."""

    edition: Edition
    drawn: bool


@dataclass(frozen=True, slots=True)
class Cover:
    """A cover: as a PDF of one page, and as SVG where that was wanted."""

    page: bytes
    drawing: bytes | None


def cover(inputs: CoverInputs, studio: Studio) -> Cover:
    """The cover of an edition, laid out once. Raises :class:`~pipeline.errors.LayoutError`."""
    edition = inputs.edition
    page = write_pdf.write_cover(studio.renderer(edition), edition, studio.fonts).content
    return Cover(page, write_svg.write(edition, page) if inputs.drawn else None)


@dataclass(frozen=True, slots=True)
class PictureInputs:
    """A PDF, and how wide the picture of its first page is to be, in px."""

    page: bytes
    width: int


def picture(inputs: PictureInputs, _studio: Studio) -> bytes:
    """The first page of a PDF as PNG."""
    return raster.first_page(inputs.page, width=inputs.width)


# --- epub and html ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class EpubInputs:
    """``name`` is that of the file, for messages; ``image`` the cover as PNG; ``places``, where the e-book
    lists the pages of the PDF, the folio of each anchor."""

    name: str
    edition: Edition
    image: bytes
    places: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Ebook:
    """An e-book, and what to know of it."""

    content: bytes
    warnings: tuple[BuildWarning, ...] = ()


def epub(inputs: EpubInputs, studio: Studio) -> Ebook:
    """The e-book of an edition. Where somebody certifies it, the very bytes that claim to be accessible are
    judged; where they do not pass, others are made, and a warning says why."""
    edition = inputs.edition
    renderer = studio.renderer(edition)
    wanted = bool(edition.settings.ebook.certifier)
    content = write_epub.write(
        renderer, edition, inputs.image, certified=wanted, pages=inputs.places
    )
    if not wanted:
        return Ebook(content)
    certificate = certify_epub(content, inputs.name)
    if certificate.verdict is Verdict.PASSED:
        return Ebook(content)
    content = write_epub.write(renderer, edition, inputs.image, pages=inputs.places)
    why = "; ".join(certificate.reasons)
    return Ebook(content, (BuildWarning(f"{inputs.name} makes no claim of accessibility: {why}"),))


@dataclass(frozen=True, slots=True)
class HtmlInputs:
    """``names`` are the files that the page may link to."""

    edition: Edition
    names: FileNames


def html(inputs: HtmlInputs, studio: Studio) -> bytes:
    """The web page of an edition."""
    return web.write(studio.renderer(inputs.edition, inputs.names), inputs.edition)
