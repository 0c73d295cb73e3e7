"""HTML: what the templates make is what is written, as UTF-8."""

from pipeline.editions import Edition
from pipeline.rendering import Renderer, web
from pipeline.settings.values import EditionKind


def write(renderer: Renderer, edition: Edition) -> bytes:
    """The web page of an edition: the side-by-side reader for a combined one."""
    if edition.kind is EditionKind.COMBINED:
        return web.reader(renderer, edition).encode()
    return web.page(renderer, edition).encode()
