"""Drawings only draw: what acts, loads, or repeats itself without end is an error with its place."""

from base64 import b64encode
from pathlib import Path
from urllib.parse import quote

import pytest

from pipeline import drawings
from pipeline.errors import MarkupError, Origin
from pipeline.limits import DEFAULT, Limits
from pipeline.readers.images import inspect
from tests.unit_helpers import put, source

AT = Origin("a.md", 7)
OPEN = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 9 6"'
PIXEL = (
    "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9"
    "awAAAABJRU5ErkJggg=="
)


def drawing(inner: str = "", more: str = "") -> str:
    return f"{OPEN}{more}>{inner}</svg>"


def looked_at(folder: Path, content: str | bytes, limits: Limits = DEFAULT) -> tuple[int, int]:
    put(folder, {"a.svg": content})
    found = inspect(source("a.md", folder, limits), "a.svg", "a.svg", AT)
    assert found.media_type == drawings_type()
    return found.width, found.height


def drawings_type() -> str:
    return "image/svg+xml"


def refused(folder: Path, content: str | bytes, limits: Limits = DEFAULT) -> str:
    with pytest.raises(MarkupError) as caught:
        looked_at(folder, content, limits)
    assert caught.value.at == AT
    assert caught.value.cure
    assert "a.svg" in caught.value.what
    return caught.value.what


def inside(content: str) -> str:
    return f"data:image/svg+xml;base64,{b64encode(content.encode()).decode()}"


NESTED = drawing('<image href="file:///etc/passwd"/>')
REACHING = {
    "an address": '<image href="https://example.org/a.png"/>',
    "an old address": '<image xlink:href="file:///etc/passwd"/>',
    "a relative one": '<image href="beside.png"/>',
    "another drawing's part": '<use href="other.svg#a"/>',
    "a filter's picture": '<filter id="f"><feImage href="file:///etc/passwd"/></filter>',
    "an attribute": '<rect fill="url(http://example.org/a.svg#b)"/>',
    "an attribute in quotes": "<rect mask=\"url( 'http://example.org/a.svg#b' )\"/>",
    "an attribute with escapes": r'<rect fill="\75 rl(http://example.org/a.svg#b)"/>',
    "a style": '<rect style="fill: url(file:///etc/passwd)"/>',
    "a style deep inside": '<rect style="background: image-set(((&quot;http://e.org/a.png&quot;)) 1x)"/>',
    "a style sheet": "<style>rect { fill: url(&quot;http://example.org/a&quot;) }</style>",
    "a nested rule": "<style>@media print { @supports (x: y) { a { cursor: url(x.cur) } } }</style>",
    "an import": '<style>@import "http://example.org/a.css";</style>',
    "an import with escapes": r'<style>@\69mport "http://example.org/a.css";</style>',
    "characters kept as they are": "<style><![CDATA[ a { fill: url(x.svg#a) } ]]></style>",
    "a base": '<g xml:base="http://example.org/"><use href="#a"/></g>',
    "a drawing inside": f'<image href="{inside(NESTED)}"/>',
    "a drawing inside, in percents": '<image href="data:image/svg+xml,'
    + quote(drawing('<rect fill="url(http://example.org/#a)"/>'))
    + '"/>',
    "a page inside": '<image href="data:text/html,hello"/>',
    "a script": '<script href="data:text/javascript,0"/>',
    "a handler": '<rect onclick="alert(1)"/>',
    "a handler in capitals": '<rect onLoad="alert(1)"/>',
    "something else": "<foreignObject/>",
    "a page": '<p xmlns="http://www.w3.org/1999/xhtml">a</p>',
    "a change of address": '<a><set attributeName="xlink:href" to="javascript:alert(1)"/></a>',
}


@pytest.mark.parametrize("inner", REACHING.values(), ids=REACHING)
def test_what_acts_or_reaches_out_is_an_error(tmp_path: Path, inner: str) -> None:
    refused(tmp_path, drawing(inner))


@pytest.mark.parametrize(
    "before",
    [
        '<?xml-stylesheet href="http://example.org/a.css"?>',
        "<?xml-stylesheet type='text/css' href='a.css'?><!-- a -->",
    ],
)
def test_a_style_sheet_named_before_the_root_is_an_error(tmp_path: Path, before: str) -> None:
    assert "style sheet" in refused(tmp_path, before + drawing())


@pytest.mark.parametrize(
    "inner",
    [
        '<defs><rect id="r"/></defs><use href="#r"/><use xlink:href="#r"/>',
        '<rect style="fill: url(#g)" mask="url(#m)"/><linearGradient id="g"/><mask id="m"/>',
        f'<image href="{PIXEL}"/>',
        f'<image href="{inside(drawing("<rect/>"))}"/>',
        '<g transform="translate(3, 4) rotate(5)"><path d="M0 0L9 6"/></g>',
        "<style>@media print { rect { fill: red } }</style><metadata><x xmlns='urn:x' about='http://e.org'/></metadata>",
        '<a href="#b"><rect id="b"/></a>',
        '<rect><animate attributeName="x" from="0" to="3"/></rect>',
    ],
)
def test_what_only_draws_is_let_through(tmp_path: Path, inner: str) -> None:
    assert looked_at(tmp_path, drawing(inner)) == (9, 6)


def test_a_data_url_is_never_told(tmp_path: Path) -> None:
    said = refused(tmp_path, drawing(f'<image href="{inside(drawing("<script/>"))}"/>'))
    assert len(said) < 200


def test_a_picture_inside_that_is_damaged_is_an_error(tmp_path: Path) -> None:
    assert "no picture" in refused(tmp_path, drawing('<image href="data:image/png;base64,AAAA"/>'))


# --- how large ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "box",
    [
        "0 0 inf 9",
        "0 0 9 nan",
        "0 0 1e308 9",
        "0 0 0 9",
        "0 0 -9 9",
        "0 0 9",
        "",
        "a b c d",
        "1e300 0 9 9",
    ],
)
def test_a_box_in_which_nothing_can_be_drawn_is_an_error(tmp_path: Path, box: str) -> None:
    assert "viewBox" in refused(
        tmp_path, f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}"/>'
    )


@pytest.mark.parametrize("size", ['width="0" height="9"', 'width="9" height="999999999"'])
def test_a_size_that_no_page_can_show_is_an_error(tmp_path: Path, size: str) -> None:
    assert "no page" in refused(tmp_path, f'<svg xmlns="http://www.w3.org/2000/svg" {size}/>')


def test_the_engine_is_told_the_size_of_a_drawing_that_has_none() -> None:
    content = drawing("<rect/>").encode()
    assert b'width="9" height="6"' in drawings.sized(content, 9, 6)
    own = f'{OPEN} width="3" height="2"/>'.encode()
    assert drawings.sized(own, 9, 6) == own


# --- how much -------------------------------------------------------------------------------------


def doubling(levels: int, kind: str = '<use href="#g{0}"/><use href="#g{0}"/>') -> str:
    groups = [f'<g id="g{n}">{kind.format(n - 1)}</g>' for n in range(1, levels + 1)]
    return drawing(f'<rect id="g0"/>{"".join(groups)}')


def test_repetitions_of_repetitions_are_counted_before_anything_is_drawn(tmp_path: Path) -> None:
    assert "drawing_elements" in refused(tmp_path, doubling(40))
    assert looked_at(tmp_path, doubling(5))


def test_patterns_and_masks_count_as_what_they_hold(tmp_path: Path) -> None:
    fill = '<rect fill="url(#g{0})"/><rect style="mask: url(#g{0})"/>'
    assert "drawing_elements" in refused(tmp_path, doubling(40, fill))


def test_markers_count_at_every_corner(tmp_path: Path) -> None:
    corners = " ".join("1 1" for _ in range(500))
    marks = f'<g id="g{{0}}x"/><path marker-mid="url(#g{{0}})" d="M0 0 L {corners}"/>'
    assert "drawing_elements" in refused(tmp_path, doubling(3, marks))


@pytest.mark.parametrize(
    "inner",
    [
        '<g id="a"><use href="#a"/></g>',
        '<g id="a"><use href="#b"/></g><g id="b"><use href="#a"/></g>',
    ],
)
def test_what_draws_itself_inside_itself_is_an_error(tmp_path: Path, inner: str) -> None:
    assert "itself" in refused(tmp_path, drawing(inner))


def test_too_many_elements_and_too_deep_ones_are_errors(tmp_path: Path) -> None:
    few = Limits(drawing_elements=50, drawing_levels=9)
    assert "drawing_elements" in refused(tmp_path, drawing("<g/>" * 60), few)
    assert "drawing_elements" in refused(tmp_path, drawing("<g/>" * 600), few)
    assert "drawing_levels" in refused(tmp_path, drawing("<g>" * 9 + "</g>" * 9), few)
    assert refused(tmp_path, drawing("<g>" * 5000 + "</g>" * 5000))


def test_entities_that_grow_without_end_are_an_error(tmp_path: Path) -> None:
    entities = ['<!ENTITY a0 "ha">'] + [
        f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12)
    ]
    head = f"<!DOCTYPE svg [{''.join(entities)}]>"
    assert refused(tmp_path, head + drawing("<text>&a11;</text>"))


# --- what is embedded -----------------------------------------------------------------------------


def test_entities_of_the_file_are_written_out_and_looked_at(tmp_path: Path) -> None:
    declared = '<!DOCTYPE svg [<!ENTITY c "red"><!ENTITY bad "&#60;script/&#62;">]>'
    content = declared + drawing('<rect fill="&c;"/>')
    assert looked_at(tmp_path, content) == (9, 6)
    plain = drawings.plain(content.encode())
    assert b'fill="red"' in plain
    assert b"DOCTYPE" not in plain
    assert "<script>" in refused(tmp_path, declared + drawing("&bad;"))


def test_defaults_that_a_file_declares_are_left_out(tmp_path: Path) -> None:
    declared = '<!DOCTYPE svg [<!ATTLIST rect onclick CDATA "alert(1)">]>'
    assert looked_at(tmp_path, declared + drawing("<rect/>")) == (9, 6)
    assert b"onclick" not in drawings.plain((declared + drawing("<rect/>")).encode())


def test_files_elsewhere_are_not_read_by_entities(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("kept to myself", encoding="utf-8")
    address = (tmp_path / "secret.txt").as_uri()
    refused(
        tmp_path, f'<!DOCTYPE svg [<!ENTITY x SYSTEM "{address}">]>' + drawing("<text>&x;</text>")
    )


@pytest.mark.parametrize(
    "content",
    [
        drawing("<rect/>").encode(),
        b'<?xml version="1.0" encoding="UTF-8"?>\n' + drawing("<rect/>").encode(),
        b'<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" '
        b'"http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">' + drawing("<rect/>").encode(),
    ],
)
def test_a_usual_drawing_is_embedded_as_it_is(content: bytes) -> None:
    assert drawings.plain(content) == content


def test_a_drawing_in_another_encoding_is_written_out_in_utf_8(tmp_path: Path) -> None:
    content = (
        '<?xml version="1.0" encoding="ISO-8859-1"?>' + drawing("<desc>Größe</desc>")
    ).encode("latin-1")
    assert looked_at(tmp_path, content) == (9, 6)
    assert "Größe".encode() in drawings.plain(content)
    wide = ('<?xml version="1.0" encoding="UTF-16"?>' + drawing("<desc>Größe</desc>")).encode(
        "utf-16"
    )
    assert looked_at(tmp_path, wide) == (9, 6)
    assert "Größe".encode() in drawings.plain(wide)


def test_a_drawing_that_does_not_say_that_it_is_one_is_an_error(tmp_path: Path) -> None:
    assert "does not say that it is SVG" in refused(tmp_path, '<svg viewBox="0 0 9 6"/>')
