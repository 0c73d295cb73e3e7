"""Pictures."""

import struct
import zlib
from collections.abc import Iterator
from io import BytesIO

from PIL import Image

from tests.hostile.row import Row, picture

SVG = '<svg xmlns="http://www.w3.org/2000/svg" {more}>{inside}</svg>'
PDF = ("build", "texts", "-o", "out", "--formats", "pdf", "-j", "1")


def png(width: int, height: int, data: bytes = b"") -> bytes:
    """A PNG (ISO 15948) whose header says anything."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        body = kind + content
        return struct.pack(">I", len(content)) + body + struct.pack(">I", zlib.crc32(body))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(data))
        + chunk(b"IEND", b"")
    )


def saved(kind: str, width: int = 20, height: int = 20, mode: str = "RGB") -> bytes:
    buffer = BytesIO()
    Image.new(mode, (width, height)).save(buffer, kind)
    return buffer.getvalue()


def svg(inside: str = "<rect width='9' height='9'/>", more: str = 'width="10" height="10"') -> str:
    return SVG.format(inside=inside, more=more)


def rows() -> Iterator[Row]:
    yield picture("nothing in it", "a.png", b"", 10, says=("a.de.md:5",))
    yield picture("a text", "a.png", "kein Bild", 10, says=("a.de.md:5",))
    yield picture(
        "PostScript that calls itself PNG",
        "a.png",
        "%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\nshowpage\n",
        10,
    )
    yield picture("a PDF that calls itself PNG", "a.png", "%PDF-1.7\n", 10)
    yield picture(
        "a PNG of 30,000 x 30,000", "a.png", png(30_000, 30_000), 10, 18, says=("a.de.md:5",)
    )
    yield picture("a PNG of 2^31 x 2^31", "a.png", png(2**31 - 1, 2**31 - 1), 10, 18)
    yield picture("a PNG of nothing", "a.png", png(0, 0), 10)
    yield picture("a PNG cut short", "a.png", saved("PNG", 200, 200)[:100], 10)
    yield picture("a PNG whose sums are wrong", "a.png", saved("PNG")[:-20] + bytes(20), 10)
    yield picture(
        "a PNG that unpacks to a gigabyte", "a.png", png(10_000, 10_000, bytes(10**7)), 10, 18
    )
    yield picture("a JPEG cut short", "a.jpg", saved("JPEG", 300, 300)[:300], 10)
    yield picture("a GIF of nothing", "a.gif", b"GIF89a\0\0\0\0\0\0\0;", 10)
    yield picture("a TIFF", "a.tif", saved("TIFF"), 10)
    yield picture("a BMP", "a.bmp", saved("BMP"), 10)
    yield picture("an icon", "a.ico", saved("ICO"), 10)
    yield picture("a WebP cut short", "a.webp", saved("WEBP", 300, 300)[:40], 10)
    yield picture(
        "a PNG in sixteen bits of grey", "a.png", saved("PNG", mode="I;16"), 0, command=PDF
    )
    yield picture("one pixel wide, 20,000 high", "a.png", saved("PNG", 1, 20_000), 0, command=PDF)
    yield picture("another kind than its name", "a.png", saved("JPEG"), 0)
    for name, inside, more in (
        ("a viewBox without end", "", 'viewBox="0 0 inf inf"'),
        ("a viewBox of no numbers", "", 'viewBox="0 0 nan nan"'),
        ("a viewBox below nothing", "", 'viewBox="0 0 -5 -5"'),
        ("a viewBox of four words", "", 'viewBox="a b c d"'),
        ("a width without end", "", 'width="1e400" height="10"'),
        ("a width of 10^9", "", 'width="1000000000" height="10"'),
        ("a width of nothing", "", 'width="0" height="0"'),
        ("a script", "<script>alert(1)</script>", 'width="9" height="9"'),
        ("an event", "<rect onload='alert(1)'/>", 'width="9" height="9"'),
        ("a picture of the machine", "<image href='file:///etc/hostname' width='9' height='9'/>", ""),
        ("a picture from elsewhere", "<image href='http://localhost:9/a.png'/>", ""),
        ("a style from elsewhere", "<style>@import url(http://localhost:9/a.css);</style>", ""),
        ("a fill of the machine", "<rect width='9' height='9' fill='url(file:///etc/hostname#a)'/>", ""),
        ("HTML", "<foreignObject><p xmlns='http://www.w3.org/1999/xhtml'>x</p></foreignObject>", ""),
        ("groups 5,000 deep", "<g>" * 5000 + "</g>" * 5000, 'width="9" height="9"'),
        ("a use of itself", "<g id='a'><use href='#a'/></g>", 'width="9" height="9"'),
        ("letters that nobody draws", "<text>\U0010fffd</text>", 'width="9" height="9"'),
        ("a path of no numbers", "<path d='M nan inf L 1e999 0 z'/>", 'width="9" height="9"'),
        ("a turn without end", "<rect transform='scale(1e300) scale(1e300)' width='9' height='9'/>",
         'width="9" height="9"'),
    ):  # fmt: skip
        yield picture(f"an SVG with {name}", "a.svg", svg(inside, more), command=PDF)
    bomb = "".join(
        f"<g id='g{level}'>" + f"<use href='#g{level - 1}'/>" * 10 + "</g>"
        for level in range(1, 10)
    )
    yield picture(
        "an SVG that repeats itself a billion times",
        "a.svg",
        svg(f"<defs><g id='g0'><rect/></g>{bomb}</defs><use href='#g9'/>"),
        10,
        18,
        command=PDF,
    )
    laughs = "".join(f'<!ENTITY l{level} "{f"&l{level - 1};" * 10}">' for level in range(1, 10))
    yield picture(
        "an SVG of entities",
        "a.svg",
        f'<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY l0 "ha">{laughs}]>'
        + svg("<text>&l9;</text>"),
        10,
        18,
    )
    yield picture("an SVG with an entity of the machine", "a.svg",
                  '<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
                  + svg("<text>&x;</text>"), 10)  # fmt: skip
    yield picture(
        "an SVG that is not well formed", "a.svg", "<svg xmlns='http://www.w3.org/2000/svg'><g>", 10
    )
    yield picture("an SVG without its namespace", "a.svg", "<svg width='9' height='9'/>")
    yield Row(
        "picture: an SVG with a viewBox alone, from right to left",
        {"a.ar.md": "# عنوان\n\nفقرة قبل الصورة.\n\n![صورة](a.svg)\n\nفقرة.\n",
         "a.svg": svg(more='viewBox="0 0 100 50"')},
        frozenset({0}), command=PDF,
    )  # fmt: skip
