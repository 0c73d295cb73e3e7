"""Raster pictures: decoded by content from a closed list, after their size is known, and embedded upright."""

import io
import struct
import zlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image, ImageCms

from pipeline import pictures
from pipeline.document import Picture
from pipeline.errors import MarkupError, Origin
from pipeline.limits import DEFAULT, Limits
from pipeline.readers.images import inspect
from pipeline.rendering.pages import as_grey
from tests.unit_helpers import source

AT = Origin("a.md", 7)
RED, BLUE, GREY = (200, 30, 30), (30, 60, 200), (235, 235, 235)


def encoded(image: Image.Image, form: str, **options: object) -> bytes:
    stream = io.BytesIO()
    image.save(stream, form, **options)
    return stream.getvalue()


def chunk(kind: bytes, content: bytes) -> bytes:
    return (
        struct.pack(">I", len(content))
        + kind
        + content
        + struct.pack(">I", zlib.crc32(kind + content))
    )


def png(width: int, height: int, depth: int = 8, colour: int = 2, *more: bytes) -> bytes:
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + header + b"".join(more)


def picture(folder: Path, content: bytes, limits: Limits = DEFAULT) -> Picture:
    (folder / "a.png").write_bytes(content)
    found = inspect(source("a.md", folder, limits), "a.png", "a.png", AT)
    return Picture(
        "a.png",
        "alt",
        found.media_type,
        found.width,
        found.height,
        "",
        found.sha256,
        found.size,
    )


def refused(folder: Path, content: bytes, limits: Limits = DEFAULT) -> str:
    with pytest.raises(MarkupError) as caught:
        picture(folder, content, limits)
    assert caught.value.at == AT
    assert caught.value.cure
    assert "the picture “a.png”" in caught.value.what
    return caught.value.what


def huge_text(kind: bytes, before: bytes) -> bytes:
    """A chunk that unpacks to far more than anybody wrote."""
    return png(
        3, 3, 8, 2, chunk(kind, before + zlib.compress(bytes(80_000_000), 1)), chunk(b"IDAT", b"")
    )


BOMBS = {
    "a header of a billion pixels": (
        png(30_000, 30_000, 8, 2, chunk(b"IDAT", b"")),
        "picture_pixels",
    ),
    "a header of all pixels": (
        png(2**31 - 1, 2**31 - 1, 8, 6, chunk(b"IDAT", b"")),
        "picture_pixels",
    ),
    "a WebP's canvas": (
        b"RIFF\x1e\0\0\0WEBPVP8X\x0a\0\0\0\x02\0\0\0" + b"\xff\x3f\0" * 2 + bytes(20),
        "picture_pixels",
    ),
    "a WebP without loss": (
        b"RIFF\x1e\0\0\0WEBPVP8L\x0a\0\0\0\x2f\xff\xff\xff\x0f" + bytes(20),
        "picture_pixels",
    ),
    "a GIF's screen": (
        b"GIF89a" + b"\xff\xff" * 2 + b"\0\0\0,\0\0\0\0" + b"\xff\xff" * 2 + b"\0\x08\0;",
        "picture_pixels",
    ),
    "a profile that grows": (huge_text(b"iCCP", b"a\0\0"), "damaged"),
    "a text that grows": (huge_text(b"zTXt", b"a\0\0"), "damaged"),
    "a text in Unicode that grows": (huge_text(b"iTXt", b"a\0\1\0\0\0"), "damaged"),
}


@pytest.mark.parametrize(("content", "said"), BOMBS.values(), ids=BOMBS)
def test_what_would_grow_is_refused_before_it_does(
    tmp_path: Path, content: bytes, said: str
) -> None:
    assert said in refused(tmp_path, content)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\nshowpage\n", "PostScript"),
        (b"\xc5\xd0\xd3\xc6" + bytes(60), "PostScript"),
        (b"%PDF-1.4\n", "PDF"),
        (b"8BPS\0\1" + bytes(60), "Photoshop"),
        (b"P6 3 3 255\n" + bytes(27), "no picture"),
        (b"#define a_width 3\n", "no picture"),
    ],
)
def test_no_other_decoder_ever_sees_a_file(
    tmp_path: Path, content: bytes, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    Image.init()
    others = {name: None for name in Image.OPEN if name not in {*pictures.DECODERS, "MPO"}}
    for name in others:
        monkeypatch.delitem(Image.OPEN, name)  # who asks for one fails otherwise than is said
    assert said in refused(tmp_path, content)


@pytest.mark.parametrize("at", [8, 12, 20, 30, 45, 60])
@pytest.mark.parametrize("form", ["PNG", "JPEG", "GIF", "WEBP"])
def test_a_damaged_picture_is_an_error_or_a_picture_and_nothing_else(
    tmp_path: Path, form: str, at: int
) -> None:
    whole = encoded(Image.effect_noise((24, 24), 60).convert("RGB"), form)
    for damaged in (whole[:at], whole[:at] + b"\xff\xff\xff\xff" + whole[at + 4 :]):
        try:
            picture(tmp_path, damaged)
        except MarkupError as error:
            assert error.at == AT


def test_a_picture_of_too_many_bytes_is_an_error(tmp_path: Path) -> None:
    content = encoded(Image.new("RGB", (9, 9)), "PNG")
    assert "picture_bytes" in refused(tmp_path, content, Limits(picture_bytes=20))


def test_a_picture_of_too_many_pixels_is_an_error_and_one_of_just_enough_is_none(
    tmp_path: Path,
) -> None:
    content = encoded(Image.new("RGB", (10, 10)), "PNG")
    assert "has 100 pixels; the limit picture_pixels is 99" in refused(
        tmp_path, content, Limits(picture_pixels=99)
    )
    assert picture(tmp_path, content, Limits(picture_pixels=100)).width == 10


# --- upright --------------------------------------------------------------------------------------


def marked() -> Image.Image:
    """Red at the top, blue at the left below it."""
    image = Image.new("RGB", (60, 40), GREY)
    image.paste(BLUE, (0, 0, 10, 40))
    image.paste(RED, (0, 0, 60, 10))
    return image


AS_TAKEN: dict[int, Callable[[Image.Image], Image.Image]] = {
    1: lambda image: image,
    2: lambda image: image.transpose(Image.Transpose.FLIP_LEFT_RIGHT),
    3: lambda image: image.transpose(Image.Transpose.ROTATE_180),
    4: lambda image: image.transpose(Image.Transpose.FLIP_TOP_BOTTOM),
    5: lambda image: image.transpose(Image.Transpose.TRANSPOSE),
    6: lambda image: image.transpose(Image.Transpose.ROTATE_90),
    7: lambda image: image.transpose(Image.Transpose.TRANSVERSE),
    8: lambda image: image.transpose(Image.Transpose.ROTATE_270),
}


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize("orientation", AS_TAKEN)
def test_a_picture_is_embedded_as_it_is_to_be_seen(
    tmp_path: Path, orientation: int, form: str
) -> None:
    exif = Image.Exif()
    exif[pictures.ORIENTATION] = orientation
    content = encoded(AS_TAKEN[orientation](marked()), form, exif=exif)
    found = picture(tmp_path, content)
    assert (found.width, found.height) == (60, 40)
    made = pictures.content(found, tmp_path / "a.png")
    if orientation == 1:
        assert made == content
    with Image.open(io.BytesIO(made)) as shown:
        assert shown.size == (60, 40)
        assert shown.format == form
        assert shown.getexif().get(pictures.ORIENTATION, 1) == 1
        for place, colour in (((30, 4), RED), ((4, 30), BLUE), ((50, 30), GREY)):
            seen = shown.convert("RGB").getpixel(place)
            assert isinstance(seen, tuple)
            assert all(abs(a - b) < 25 for a, b in zip(seen, colour, strict=True)), (place, seen)
    assert pictures.content(found, tmp_path / "a.png") == made, "the same bytes every time"


# --- depth ----------------------------------------------------------------------------------------


def deep(*more: bytes) -> bytes:
    """Grey of sixteen bits: black, a quarter, a half, white."""
    row = b"\0" + struct.pack(">4H", 0, 0x4000, 0x8000, 0xFFFF)
    return png(4, 1, 16, 0, *more, chunk(b"IDAT", zlib.compress(row)), chunk(b"IEND", b""))


def test_grey_of_sixteen_bits_is_embedded_in_eight(tmp_path: Path) -> None:
    with Image.open(
        io.BytesIO(pictures.content(picture(tmp_path, deep()), tmp_path / "a.png"))
    ) as shown:
        assert (shown.mode, list(shown.tobytes())) == ("L", [0, 0x40, 0x80, 0xFF])


def test_a_grey_that_is_transparent_stays_so(tmp_path: Path) -> None:
    content = deep(chunk(b"tRNS", struct.pack(">H", 0x8000)))
    with Image.open(
        io.BytesIO(pictures.content(picture(tmp_path, content), tmp_path / "a.png"))
    ) as shown:
        assert list(shown.getchannel("A").tobytes()) == [255, 255, 0, 255]


def test_other_pictures_are_embedded_as_they_are(tmp_path: Path) -> None:
    palette = marked().convert("P", palette=Image.Palette.ADAPTIVE, colors=8)
    for content in (
        encoded(marked(), "JPEG"),
        encoded(marked().convert("CMYK"), "JPEG"),
        encoded(palette, "PNG", transparency=0),
        encoded(palette, "GIF", transparency=0),
        encoded(marked(), "GIF", save_all=True, append_images=[marked().rotate(180)] * 3),
    ):
        assert pictures.content(picture(tmp_path, content), tmp_path / "a.png") == content


def test_four_inks_and_grey_of_sixteen_bits_lose_their_colours_in_grey(tmp_path: Path) -> None:
    for content in (encoded(marked().convert("CMYK"), "JPEG"), deep()):
        found = picture(tmp_path, content)
        assert as_grey(found, pictures.content(found, tmp_path / "a.png")).startswith(
            "data:image/png;base64,"
        )


# --- read once ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "after", [b"", b"another thing", encoded(Image.new("RGB", (60, 40)), "PNG"), None]
)
def test_a_picture_that_changed_since_it_was_inspected_is_an_error(
    tmp_path: Path, after: bytes | None
) -> None:
    found = picture(tmp_path, encoded(marked(), "PNG"))
    if after is None:
        (tmp_path / "a.png").unlink()
    else:
        (tmp_path / "a.png").write_bytes(after)
    with pytest.raises(MarkupError, match="changed while the book was being made"):
        pictures.content(found, tmp_path / "a.png")
    with pytest.raises(MarkupError):
        pictures.content(replace(found, sha256="0" * 64), tmp_path / "a.png")


# --- colours --------------------------------------------------------------------------------------


def exchanged() -> bytes:
    """A profile of sRGB in which red and green have changed places."""
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    (count,) = struct.unpack_from(">I", profile, 128)
    at = {bytes(profile[132 + 12 * n : 136 + 12 * n]): 136 + 12 * n for n in range(count)}
    red, green = at[b"rXYZ"], at[b"gXYZ"]
    profile[red : red + 8], profile[green : green + 8] = (
        profile[green : green + 8],
        profile[red : red + 8],
    )
    return bytes(profile)


@pytest.mark.parametrize(
    ("form", "mode"), [("JPEG", "RGB"), ("PNG", "RGB"), ("PNG", "P"), ("WEBP", "RGB")]
)
def test_colours_are_those_that_a_profile_tells(form: str, mode: str) -> None:
    image = Image.new("RGB", (8, 8), (30, 200, 60))
    image = image.convert(mode, palette=Image.Palette.ADAPTIVE)
    options = {"quality": 95} if form == "JPEG" else {"lossless": True} if form == "WEBP" else {}
    content = encoded(image, form, icc_profile=exchanged(), **options)
    made = pictures.in_srgb(content, "a")
    with Image.open(io.BytesIO(made)) as shown:
        assert shown.format == form
        assert shown.info.get("icc_profile") is None
        colour = shown.convert("RGB").getpixel((4, 4))
    assert isinstance(colour, tuple)
    assert colour == pytest.approx((200, 30, 60), abs=4)


def test_colours_of_srgb_are_left_alone() -> None:
    own = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    for profile in (own, b"no profile", None):
        content = encoded(marked(), "PNG", icc_profile=profile)
        assert pictures.in_srgb(content, "a") == content
