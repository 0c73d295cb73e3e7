"""PDF, through WeasyPrint."""

from dataclasses import dataclass
from typing import Any

from pipeline.document import Edition
from pipeline.errors import LayoutError
from pipeline.languages import Direction
from pipeline.rendering import Renderer, press
from pipeline.writers.press import font_configuration, silence, weasyprint


@dataclass(frozen=True, slots=True)
class Printed:
    """A PDF file and how many pages it has."""

    content: bytes
    pages: int


def write(renderer: Renderer, edition: Edition) -> Printed:
    """The PDF of an edition.

    Raises :class:`LayoutError` where the layout engine warns of anything, or where a face was
    used that the book does not declare.
    """
    name = f"{edition.book.name}.{edition.key}.pdf"
    return _print(press.pages(renderer, edition), name, edition, renderer.family_names)


def write_cover(renderer: Renderer, edition: Edition) -> Printed:
    """The cover of an edition alone, as a PDF of one page."""
    name = f"the cover of {edition.book.name}.{edition.key}"
    return _print(press.cover(renderer, edition), name, edition, renderer.family_names)


def _print(markup: str, name: str, edition: Edition, declared: frozenset[str]) -> Printed:
    library = weasyprint()

    def finish(_document: Any, pdf: Any) -> None:
        import pydyf  # noqa: PLC0415

        # ISO 32000-1, table 150: how a viewer opens the file and lays spreads.
        direction = "/R2L" if edition.direction is Direction.RTL else "/L2R"
        pdf.catalog["ViewerPreferences"] = pydyf.Dictionary(
            {"Direction": direction, "DisplayDocTitle": "true"}
        )

    # Only what is in the document or on this machine: a book loads nothing from elsewhere.
    fetcher = library.urls.URLFetcher(allowed_protocols=("data", "file"))
    with silence(name):
        document = library.HTML(string=markup, url_fetcher=fetcher).render(
            font_config=font_configuration()
        )
        content = document.write_pdf(finisher=finish)
    _audit(document, name, declared)
    return Printed(content, len(document.pages))


def _audit(document: Any, name: str, declared: frozenset[str]) -> None:
    """No face but the declared ones was used."""
    strange = {font.family for font in document.fonts.values()} - declared
    if strange:
        raise LayoutError(
            f"{name}: set in faces that nobody declared: {', '.join(sorted(strange))}",
            cure="declare the typeface in languages.toml",
        )
