"""What is laid out on pages: cover, contents, text."""

from pipeline.document import Edition, EditionKind, plain
from pipeline.fonts import REGULAR
from pipeline.rendering.measure import display_leading, display_size
from pipeline.rendering.outlines import outline
from pipeline.rendering.renderer import Renderer, data_url
from pipeline.rendering.scene import Target
from pipeline.rendering.style import A5, PT, tabs

LARGEST_DISPLAY = 38.0
"""The largest type on the cover of an A5 book, in pt."""


TAB_TYPE = 6.8
"""The size of the names on the thumb index, in pt for Latin."""


def pages(renderer: Renderer, edition: Edition) -> str:
    """The whole document that becomes a PDF."""
    return _document("frames/press.html", renderer, edition)


def cover(renderer: Renderer, edition: Edition) -> str:
    """The cover alone, as one page."""
    return _document("frames/cover.html", renderer, edition)


def _document(template: str, renderer: Renderer, edition: Edition) -> str:
    scenes = [renderer.scene(Target.PRESS, each) for each in edition.translations]
    return renderer.document(
        template,
        scenes[0],
        edition,
        scenes=scenes,
        style=renderer.style(
            "press.css", renderer.file_faces(), edition, tab_names=_tab_names(renderer, edition)
        ),
        **_cover_sizes(edition),
    )


def _tab_names(renderer: Renderer, edition: Edition) -> dict[tuple[str, str], str]:
    """For the thumb index, the name of each language on its side, as a picture for either fore-edge."""
    shape = tabs(edition, edition.book.theme.height)
    names: dict[tuple[str, str], str] = {}
    for language in edition.languages:
        drawn = outline(language.autonym, renderer.stacks[language.script.code], REGULAR, language)
        room = shape.length * 0.9
        em = min(TAB_TYPE * language.script.size / PT, room / drawn.width if drawn.width else 1.0)
        path = drawn.path if shape.named else ""
        for side, turn in (("left", -90), ("right", 90)):
            picture = (
                f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {shape.depth} {shape.length}">'
                f'<g transform="translate({shape.depth / 2} {shape.length / 2}) rotate({turn}) '
                f"scale({em:.5f}) translate({-drawn.width / 2:.5f} "
                f'{(drawn.ascent - drawn.descent) / 2:.5f})"><path fill="#ffffff" d="{path}"/></g></svg>'
            )
            names[language.tag, side] = data_url("image/svg+xml", picture.encode())
    return names


def _cover_sizes(edition: Edition) -> dict[str, object]:
    """The type on the cover, in pt, and its fields, in mm: one field for one title; for several a band
    each, all of one height and in one size, so that no title is the main one."""
    theme = edition.book.theme
    titles = [(plain(each.title.inlines), each.language.script) for each in edition.translations]
    if edition.kind is EditionKind.SINGLE:
        width, height = theme.width * 0.84, theme.height * 0.62
        inside = (width - theme.width * 0.19, height - theme.height * 0.19)
    else:
        width, height = theme.width, theme.height / len(titles)
        inside = (theme.width * 0.78, height - min(8.0, height * 0.3))
    return {
        "field_width": round(width, 3),
        "field_height": round(height, 3),
        "display": display_size(
            titles, inside[0] * PT, inside[1] * PT, largest=LARGEST_DISPLAY * theme.width / A5[0]
        ),
        "display_leading": display_leading,
    }
