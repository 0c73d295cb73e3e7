"""The cover of an edition as SVG (SVG 2): the page that the PDF begins with, its type as outlines.

There is one composition, which is laid out once, as a page; the SVG is drawn from that page. So lines break
and letters stand in both alike, also where a theme or a book composes its covers otherwise.
"""

from xml.sax.saxutils import escape, quoteattr

from pipeline.document import label_text
from pipeline.editions import Edition
from pipeline.pdf.svg.page import drawing

FIRST_STRONG, POP = "\u2068", "\u2069"
"""Isolates (UAX 9): in a description that goes through several directions each part keeps its own."""


def write(edition: Edition, page: bytes) -> bytes:
    """The cover of an edition as SVG, in UTF-8, drawn from ``page``, the PDF of the cover; it needs no fonts
    and loads nothing.

    Raises :class:`~pipeline.errors.LayoutError` where there is something on the cover that cannot be drawn
    so.
    """
    inside, width, height = drawing(page)
    theme, language = edition.settings.theme, edition.first.language
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{theme.width:g}mm" height="{theme.height:g}mm" '
        f'viewBox="0 0 {width:.3f} {height:.3f}" lang={quoteattr(language.tag)} '
        f'xml:lang={quoteattr(language.tag)} direction="{edition.direction}" role="img" '
        'aria-labelledby="title desc">\n'
        f'<title id="title">{escape(edition.title)}</title>\n'
        f'<desc id="desc">{escape(_described(edition))}</desc>\n'
        f"{inside}\n</svg>\n"
    ).encode()


def _described(edition: Edition) -> str:
    """What stands on the cover, in words."""
    titles = [label_text(each.title.inlines) for each in edition.translations]
    book = edition.book
    names = [*titles]
    if len(titles) == 1:
        names += [*edition.authors, book.publisher, edition.first.language.autonym]
    return " · ".join(f"{FIRST_STRONG}{each}{POP}" for each in dict.fromkeys(filter(None, names)))
