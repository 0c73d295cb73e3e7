"""What is laid out on pages: cover, contents, text."""

from pipeline.document import Edition, EditionKind, plain
from pipeline.rendering.measure import display_leading, display_size
from pipeline.rendering.renderer import Renderer
from pipeline.rendering.scene import Target
from pipeline.rendering.style import A5, PT

LARGEST_DISPLAY = 38.0
"""The largest type on the cover of an A5 book, in pt."""


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
        style=renderer.style("press.css", renderer.file_faces(), edition),
        **_cover_sizes(edition),
    )


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
