"""Layout loads nothing but what the document holds and the faces that the book declares."""

import io
import struct
import zlib
from base64 import b64encode
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from pipeline.errors import TemplateError
from pipeline.pdf import write as pdf
from tests.design.themed import editions, renderer, write

NAME = "parts/imprint.html"
TEXTS = {"de": "# Ein Titel\n\nEin Absatz.\n"}
SECRET = "kept to myself"


def fails(tmp_path: Path, content: str, name: str = NAME) -> TemplateError:
    made = renderer(write(tmp_path / "in", texts=TEXTS, own={name: content}))
    with pytest.raises(TemplateError) as caught:
        pdf.write(made, editions(made)["de"])
    assert caught.value.at is not None
    assert caught.value.at.path.endswith(f"templates/{name}")
    assert caught.value.cure
    return caught.value


@pytest.mark.parametrize(
    "markup",
    [
        '<link rel="attachment" href="{}">',
        '<a rel="attachment" href="{}">a</a>',
        '<img src="{}">',
        '<object data="{}"></object>',
        '<embed src="{}">',
        '<p style="background: url({})">a</p>',
        '<style>@import "{}";</style>',
        "<style>@font-face {{ font-family: own; src: url({}) }} p {{ font-family: own }}</style>",
        '<link rel="stylesheet" href="{}">',
    ],
)
def test_a_template_that_reaches_for_a_file_is_an_error_with_its_address(
    tmp_path: Path, markup: str
) -> None:
    address = (tmp_path / "secret.txt").as_uri()
    (tmp_path / "secret.txt").write_text(SECRET, encoding="utf-8")
    error = fails(tmp_path, f"<p>\n{markup.format(address)}</p>\n")
    assert error.at is not None
    assert error.at.line == 2
    assert address in error.what


def test_an_address_that_a_template_puts_together_is_found_too(tmp_path: Path) -> None:
    address = "{{ 'fi' ~ 'le' }}:///etc/{{ 'pass' ~ 'wd' }}"
    assert "file:///etc/passwd" in fails(tmp_path, f'<img src="{address}">').what


def test_a_style_sheet_may_not_reach_out_either(tmp_path: Path) -> None:
    error = fails(tmp_path, "\np { background: url(http://example.org/a.png) }", "styles/own.css")
    assert "http://example.org/a.png" in error.what
    assert error.at is not None
    assert error.at.line == 2


def test_a_drawing_in_a_template_may_not_reach_out(tmp_path: Path) -> None:
    inner = '<svg xmlns="http://www.w3.org/2000/svg"><image href="file:///etc/passwd"/></svg>'
    data = b64encode(inner.encode()).decode()
    assert "elsewhere" in fails(tmp_path, f'<img src="data:image/svg+xml;base64,{data}">').what


def test_a_picture_in_a_template_has_the_same_limits(tmp_path: Path) -> None:
    header = struct.pack(">IIBBBBB", 30_000, 30_000, 8, 2, 0, 0, 0)
    chunk = b"IHDR" + header
    png = (
        b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + chunk + struct.pack(">I", zlib.crc32(chunk))
    )
    data = b64encode(png + struct.pack(">I", 0) + b"IDAT" + struct.pack(">I", zlib.crc32(b"IDAT")))
    error = fails(tmp_path, f'<img src="data:text/plain;base64,{data.decode()}">')
    assert "picture_pixels" in error.what
    assert data.decode()[:99] not in error.what


def test_what_a_template_holds_itself_is_shown(tmp_path: Path) -> None:
    stream = io.BytesIO()
    Image.new("RGB", (7, 5), "red").save(stream, "PNG")
    markup = (
        f'<p><img alt="" src="data:image/png;base64,{b64encode(stream.getvalue()).decode()}"></p>'
    )
    made = renderer(write(tmp_path, texts=TEXTS, own={NAME: markup}))
    content = pdf.write(made, editions(made)["de"]).content
    with pikepdf.open(io.BytesIO(content)) as opened:
        sizes = {
            (int(each.Width), int(each.Height))
            for page in opened.pages
            for each in page.get_images().values()
        }
    assert sizes == {(7, 5)}
