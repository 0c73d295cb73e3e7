"""What a picture is, told from its bytes."""

from pathlib import Path

import pytest
from PIL import Image

from pipeline.errors import MarkupError, Origin
from pipeline.limits import DEFAULT, Limits
from pipeline.readers import images
from tests.unit_helpers import put, source

AT = Origin("a.md", 7)


def inspect(file: Path, limits: Limits = DEFAULT) -> tuple[str, int, int]:
    """Kind and size of a picture in a folder of its own."""
    found = images.inspect(source("a.md", file.parent, limits), file.name, file.name, AT)
    return found.media_type, found.width, found.height


@pytest.mark.parametrize(
    ("form", "media_type"),
    [
        ("PNG", "image/png"),
        ("JPEG", "image/jpeg"),
        ("GIF", "image/gif"),
        ("WEBP", "image/webp"),
    ],
)
def test_a_raster_picture_tells_kind_and_size_whatever_its_name(
    tmp_path: Path, form: str, media_type: str
) -> None:
    file = tmp_path / "misnamed.txt"
    Image.new("RGB", (30, 20), "red").save(file, form)
    assert inspect(file) == (media_type, 30, 20)


@pytest.mark.parametrize(
    ("attributes", "size"),
    [
        ('width="30" height="20"', (30, 20)),
        ('width="30px" height="20.4px"', (30, 20)),
        ('viewBox="0 0 300 200"', (300, 200)),
        ('viewBox="0,0,300,200"', (300, 200)),
        ('width="100%" height="100%" viewBox="0 0 300 200"', (300, 200)),
        ('width="10cm" height="5cm" viewBox="0 0 300 200"', (300, 200)),
        ("", (300, 150)),
    ],
)
def test_a_drawing_tells_its_size_where_it_has_one(
    tmp_path: Path, attributes: str, size: tuple[int, int]
) -> None:
    put(tmp_path, {"a.svg": f'<svg xmlns="http://www.w3.org/2000/svg" {attributes}/>'})
    assert inspect(tmp_path / "a.svg") == ("image/svg+xml", *size)


@pytest.mark.parametrize(
    ("content", "part"),
    [
        ('<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>', "<script>"),
        ('<svg xmlns="http://www.w3.org/2000/svg"><g><script/></g></svg>', "<script>"),
        ('<svg xmlns="http://www.w3.org/2000/svg"><foreignObject/></svg>', "<foreignObject>"),
        ('<svg xmlns="http://www.w3.org/2000/svg">', "well-formed"),
        ("words", "no picture"),
        ("", "no picture"),
    ],
)
def test_what_no_book_can_hold_is_an_error_that_names_place_and_cure(
    tmp_path: Path, content: str, part: str
) -> None:
    put(tmp_path, {"a.svg": content})
    with pytest.raises(MarkupError) as caught:
        inspect(tmp_path / "a.svg")
    assert part in caught.value.what
    assert caught.value.at == AT
    assert caught.value.cure


@pytest.mark.parametrize("form", ["BMP", "TIFF", "ICO"])
def test_a_kind_that_e_books_do_not_hold_is_an_error(tmp_path: Path, form: str) -> None:
    Image.new("RGB", (32, 32)).save(tmp_path / "a.png", form)
    with pytest.raises(MarkupError, match=form):
        inspect(tmp_path / "a.png")


def test_a_picture_that_is_cut_off_is_an_error(tmp_path: Path) -> None:
    file = tmp_path / "a.png"
    Image.effect_noise((64, 64), 50).save(file, "PNG")
    file.write_bytes(file.read_bytes()[:-2000])
    with pytest.raises(MarkupError):
        inspect(file)


def test_a_missing_file_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(MarkupError, match="not there"):
        inspect(tmp_path / "a.png")


def test_a_photograph_with_a_preview_is_a_jpeg(tmp_path: Path) -> None:
    file = tmp_path / "a.jpg"
    small = Image.new("RGB", (4, 4))
    Image.new("RGB", (8, 8)).save(file, "MPO", save_all=True, append_images=[small])
    assert inspect(file) == ("image/jpeg", 8, 8)


@pytest.mark.parametrize(
    "inner",
    ['<rect onclick="alert(1)"/>', '<image href="https://example.org/a.png"/>'],
)
def test_a_drawing_that_acts_or_loads_is_an_error(tmp_path: Path, inner: str) -> None:
    put(tmp_path, {"a.svg": f'<svg xmlns="http://www.w3.org/2000/svg">{inner}</svg>'})
    with pytest.raises(MarkupError):
        inspect(tmp_path / "a.svg")


def test_a_web_page_with_a_drawing_in_it_is_no_picture(tmp_path: Path) -> None:
    put(tmp_path, {"a.svg": "<html><body><svg/></body></html>"})
    with pytest.raises(MarkupError):
        inspect(tmp_path / "a.svg")
