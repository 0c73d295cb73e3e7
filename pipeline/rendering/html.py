"""HTML: what the templates make is what is written, as UTF-8."""

from pipeline.document import Edition, EditionKind
from pipeline.rendering import Renderer, web


def write(renderer: Renderer, edition: Edition) -> bytes:
    """The web page of an edition: the side-by-side reader for a combined one."""
    if edition.kind is EditionKind.COMBINED:
        return web.reader(renderer, edition).encode()
    return web.page(renderer, edition).encode()
