"""A drawing as a picture of points, by the engines that draw it in a PDF and show it on screens."""

from pipeline.document import Picture
from pipeline.errors import LayoutError
from pipeline.layout.engine import Fonts, silence, weasyprint
from pipeline.layout.fetch import only
from pipeline.pdf import raster
from pipeline.rendering.renderer import data_url
from pipeline.settings.values import Settings

LONGEST = 1600
"""The longer side of the picture, in px: as wide as the widest e-readers."""

PAGE = """<style>@page {{ size: {width}px {height}px; margin: 0 }} body {{ margin: 0 }}
img {{ display: block; width: {width}px; height: {height}px }}</style><img src="{source}" alt=""/>"""

UNKNOWN = (300, 150)
"""The size of a drawing that says none, in px (CSS 2.1, section 10.3.2)."""


def as_png(drawing: bytes, picture: Picture, settings: Settings) -> bytes | None:
    """A drawing of a book as PNG on white, the same bytes always; its text is outlines already.

    None where the layout engine cannot draw it: a PDF of the same book tells of that, with file and line.
    """
    across, down = (picture.width or UNKNOWN[0], picture.height or UNKNOWN[1])
    scale = LONGEST / max(across, down)
    width, height = max(1, round(across * scale)), max(1, round(down * scale))
    source = data_url(picture.media_type, drawing)
    markup = PAGE.format(width=width, height=height, source=source)
    library = weasyprint()
    try:
        with only(library, frozenset(), settings) as fetcher, silence(picture.path):
            html = library.HTML(string=markup, url_fetcher=fetcher)
            page = html.write_pdf(font_config=Fonts().configuration)
    except LayoutError:
        return None
    return raster.first_page(page, width=width)
