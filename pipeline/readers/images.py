"""What a picture file is, told from its bytes and not from its name."""

import re
from pathlib import Path

from lxml import etree
from PIL import Image, ImageFile, UnidentifiedImageError

from pipeline.errors import MarkupError, Origin

# EPUB 3.3, section 3.2: the core media types of images.
# MPO is a JPEG with further pictures behind the first, as many telephones write it.
RASTER = {
    "MPO": "image/jpeg",
    "PNG": "image/png",
    "JPEG": "image/jpeg",
    "GIF": "image/gif",
    "WEBP": "image/webp",
}
SVG = "image/svg+xml"
LENGTH = re.compile(r"\s*(\d+(?:\.\d+)?)\s*(?:px)?\s*")


def inspect(file: Path, name: str, at: Origin) -> tuple[str, int | None, int | None]:
    """The media type of a picture, and its width and height in px where it tells them.

    Raises :class:`MarkupError` where the file is missing or of no kind that a book can hold.
    """
    try:
        content = file.read_bytes()
    except OSError as error:
        raise MarkupError(
            f"the picture “{name}” is not there",
            at=at,
            cure="put the file beside the text, or mend its name",
        ) from error
    if content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<") and b"<svg" in content[:4096]:
        return (SVG, *_svg_size(content, name, at))
    try:
        # The layout engine, once it is there, tells Pillow to make do with half a picture.
        ImageFile.LOAD_TRUNCATED_IMAGES = False
        with Image.open(file) as image:
            kind, (width, height) = image.format or "", image.size
            image.load()
    except (UnidentifiedImageError, OSError, SyntaxError) as error:
        raise MarkupError(
            f"“{name}” is no picture that can be read",
            at=at,
            cure="save it as SVG, PNG, JPEG, GIF or WebP",
        ) from error
    if kind not in RASTER:
        raise MarkupError(
            f"“{name}” is a picture of the kind {kind}, which e-books do not hold",
            at=at,
            cure="save it as SVG, PNG, JPEG, GIF or WebP",
        )
    return RASTER[kind], width, height


def _svg_size(content: bytes, name: str, at: Origin) -> tuple[int | None, int | None]:
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise MarkupError(
            f"“{name}” is not well-formed SVG: {error.msg}",
            at=at,
            cure="export it again from your drawing program",
        ) from error
    for element in root.iter("{*}script", "{*}foreignObject"):
        raise MarkupError(
            f"“{name}” holds a <{etree.QName(element).localname}>, which books do not run",
            at=at,
            cure="export it as a plain drawing",
        )
    if etree.QName(root).localname != "svg":
        raise MarkupError(
            f"“{name}” is no drawing but a document with one in it",
            at=at,
            cure="save the drawing alone, as SVG",
        )
    for element in root.iter("*"):
        for key, raw in element.attrib.items():
            own, value = etree.QName(str(key)).localname, str(raw)
            if own.startswith("on") or (own == "href" and not value.startswith(("#", "data:"))):
                raise MarkupError(
                    f"“{name}” runs a script or loads “{value}” from elsewhere",
                    at=at,
                    cure="export it as a plain drawing, with its pictures embedded",
                )
    sizes = [LENGTH.fullmatch(root.get(key, "")) for key in ("width", "height")]
    if all(sizes):
        width, height = (float(size[1]) for size in sizes if size)
        return round(width), round(height)
    box = root.get("viewBox", "").replace(",", " ").split()
    try:
        return round(float(box[2])), round(float(box[3]))
    except (IndexError, ValueError):
        return None, None
