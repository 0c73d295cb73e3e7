"""What a picture is, told from its bytes and not from its name; and its bytes as books hold them.

Only the kinds of a closed list are decoded, so that no other decoder (one of them runs PostScript) ever sees a
file. What was inspected when a text was read is what is embedded: its digest travels with the picture.
"""

import hashlib
import io
import struct
import sys
import warnings
from array import array
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from PIL import Image, ImageCms, ImageFile, ImageOps, UnidentifiedImageError

from pipeline import drawings, lettering
from pipeline.document import Picture
from pipeline.errors import MarkupError
from pipeline.limits import DEFAULT, Limits
from pipeline.machine import files
from pipeline.machine.files import UnreadableError

# EPUB 3.3, section 3.2: the core media types of images.
# MPO is a JPEG with further pictures behind the first, as many telephones write it.
RASTER = {
    "MPO": "image/jpeg",
    "PNG": "image/png",
    "JPEG": "image/jpeg",
    "GIF": "image/gif",
    "WEBP": "image/webp",
}
DECODERS = ("PNG", "JPEG", "GIF", "WEBP")
SVG = "image/svg+xml"
OTHER_KINDS = (
    (b"BM", "BMP"), (b"II*\0", "TIFF"), (b"MM\0*", "TIFF"), (b"\0\0\1\0", "ICO"), (b"%!", "PostScript"),
    (b"\xc5\xd0\xd3\xc6", "PostScript"), (b"%PDF", "PDF"), (b"8BPS", "Photoshop"), (b"\xd7\xcd\xc6\x9a", "WMF"),
    (b"\0\0\0\x0cjP", "JPEG 2000"), (b"\0\0\0 ftypheic", "HEIC"), (b"\0\0\0\x1cftypavif", "AVIF"),
    (b"\0\0\0 ftypavif", "AVIF"), (b"\0\0\0$ftypheic", "HEIC"),
)  # fmt: skip
"""How files of kinds that e-books do not hold begin: they are told from it by name, and never decoded."""

SAVE_AS = "save it as SVG, PNG, JPEG, GIF or WebP"
ORIENTATION = 0x0112
"""EXIF 2.32, section 4.6.4: how a picture is to be turned before it is shown; 1 is not at all."""
QUALITY = 95
"""Of a JPEG that is written anew: no loss that an eye sees."""
SEEN = 3
"""By how much of 255 a colour differs before it is taken for another: profiles of sRGB differ by less."""
ANY_SIZE = Limits(picture_pixels=2**62)
"""For pictures that were inspected before."""


@dataclass(frozen=True, slots=True)
class Kind:
    """What a picture is: its media type, its size in px as it is shown, and what its text says."""

    media_type: str
    width: int
    height: int
    words: str = ""


def kind(content: bytes, subject: str, limits: Limits = DEFAULT) -> Kind:
    """What a picture is. ``subject`` is what messages call it.

    Raises :class:`~pipeline.machine.files.UnreadableError` where it is of no kind that a book can hold,
    damaged, beyond a limit, or where it is a drawing that acts, or loads something.
    """
    if drawings.is_drawing(content):
        width, height = drawings.inspect(content, subject, limits, _embedded)
        return Kind(SVG, width, height, lettering.words(content, subject, limits))
    with opened(content, subject, limits) as image:
        _decode(image, subject)
        width, height = image.size
        if _orientation(image) >= 5:
            width, height = height, width
        return Kind(RASTER[image.format or ""], width, height)


def _embedded(content: bytes, subject: str, limits: Limits) -> None:
    """Whether a raster picture inside a drawing is one that a book can hold."""
    with opened(content, subject, limits) as image:
        _decode(image, subject)


def opened(content: bytes, subject: str, limits: Limits = DEFAULT) -> Image.Image:
    """A picture of which nothing but the header was read, and which is not too large to be decoded.

    Raises :class:`~pipeline.machine.files.UnreadableError`.
    """
    for begin, name in OTHER_KINDS:
        if content.startswith(begin):
            raise UnreadableError(
                f"{subject} is a picture of the kind {name}, which e-books do not hold", SAVE_AS
            )
    _demand_few(_webp_size(content), subject, limits)
    # What is larger than this is refused below; the library would warn of some, and raise for others.
    Image.MAX_IMAGE_PIXELS = limits.picture_pixels
    # The layout engine, once it is there, tells the library to make do with half a picture.
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            image = Image.open(io.BytesIO(content), formats=DECODERS)
    except Image.DecompressionBombError as error:
        found = limits.exceeded("picture_pixels", subject)
        raise UnreadableError(found.what, found.cure, large=True) from error
    except UnidentifiedImageError as error:
        raise UnreadableError(f"{subject} is no picture that can be read", SAVE_AS) from error
    except Exception as error:  # a damaged file makes the library raise anything
        raise _damaged(subject, error) from error
    _demand_few(image.size, subject, limits)
    return image


def _decode(image: Image.Image, subject: str) -> None:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            image.load()
    except Exception as error:  # as above
        raise _damaged(subject, error) from error


def _damaged(subject: str, error: Exception) -> UnreadableError:
    return UnreadableError(
        f"{subject} is damaged, and is no picture that can be read ({error or type(error).__name__})",
        f"open it in a picture editor, and {SAVE_AS}",
    )


def _demand_few(size: tuple[int, int], subject: str, limits: Limits) -> None:
    pixels = size[0] * size[1]
    if pixels > limits.picture_pixels:
        found = limits.exceeded("picture_pixels", subject, pixels)
        raise UnreadableError(found.what, found.cure, large=True)


def _webp_size(content: bytes) -> tuple[int, int]:
    """Width and height of a WebP (RFC 9649, section 2.7), of which the library makes room for all pixels before
    it tells how many there are; nothing for other pictures."""
    if content[:4] != b"RIFF" or content[8:12] != b"WEBP" or len(content) < 30:
        return 0, 0
    match content[12:16]:
        case b"VP8X":
            width, height = content[24:27] + b"\0", content[27:30] + b"\0"
            return struct.unpack("<I", width)[0] + 1, struct.unpack("<I", height)[0] + 1
        case b"VP8L":
            (bits,) = struct.unpack("<I", content[21:25])
            return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
        case b"VP8 ":
            width, height = struct.unpack("<HH", content[26:30])
            return width & 0x3FFF, height & 0x3FFF
    return 0, 0


def _orientation(image: Image.Image) -> int:
    try:
        return int(image.getexif().get(ORIENTATION, 1))
    except Exception:
        return 1


# --- as books hold them ---------------------------------------------------------------------------


def content(picture: Picture, path: Path) -> bytes:
    """The bytes of a picture, whose file is ``path``, as a book holds them: upright, for not every reader looks
    at what a camera says of its own position, and with eight bits a colour, as pages have it. Most are the
    bytes of the file. The text of a drawing is still text: see :func:`pipeline.lettering.outlined`.

    Raises :class:`MarkupError` where the file is not the one that was inspected.
    """
    subject = f"the picture “{path.name}”"
    try:
        found = files.read(path, subject, "picture_bytes", _as_large_as(picture))
    except UnreadableError as error:
        raise _changed(subject) from error
    if hashlib.sha256(found).hexdigest() != picture.sha256:
        raise _changed(subject)
    if picture.media_type == SVG:
        return drawings.plain(found)
    with opened(found, subject, ANY_SIZE) as image:
        return _fit(image) or found


def _as_large_as(picture: Picture) -> Limits:
    return Limits(picture_bytes=max(1, picture.size))


def _changed(subject: str) -> MarkupError:
    return MarkupError(
        f"{subject} changed while the book was being made", cure="let it be, and build again"
    )


def _fit(image: Image.Image) -> bytes | None:
    """A picture turned upright, or with fewer bits; None where it is fit as it is, or moves."""
    orientation = _orientation(image)
    if getattr(image, "is_animated", False) and image.format in ("GIF", "WEBP"):
        return None
    deep = image.mode == "I;16"
    if not deep and not 2 <= orientation <= 8:
        return None
    form = "JPEG" if image.format == "MPO" else image.format
    profile = image.info.get("icc_profile")
    image.load()
    made = _eight_bits(image) if deep else image
    made = ImageOps.exif_transpose(made) if orientation != 1 else made
    made.info.pop("exif", None)
    stream = io.BytesIO()
    options = {"quality": QUALITY, "subsampling": 0} if form == "JPEG" else {}
    options |= {"lossless": True} if form == "WEBP" else {}
    made.save(stream, form, icc_profile=profile, **options)
    return stream.getvalue()


def in_srgb(found: bytes, subject: str) -> bytes:
    """A raster picture, as a book holds it, whose colours are those of sRGB (IEC 61966-2-1): the layout engine
    leaves out what a picture says of its colours, and telephones tell them by a profile of a larger space."""
    with opened(found, subject, ANY_SIZE) as image:
        profile = image.info.get("icc_profile")
        if not profile or image.mode not in ("RGB", "RGBA", "P") or not _other_colours(profile):
            return found
        form = "JPEG" if image.format == "MPO" else image.format
        image.load()
        made = image
        if image.mode == "P":
            made = image.convert("RGBA" if image.has_transparency_data else "RGB")
        given, wanted = (
            ImageCms.ImageCmsProfile(io.BytesIO(profile)),
            ImageCms.createProfile("sRGB"),
        )
        ImageCms.profileToProfile(made, given, wanted, inPlace=True)
        stream = io.BytesIO()
        options = {"quality": QUALITY, "subsampling": 0} if form == "JPEG" else {}
        made.info.pop("icc_profile", None)
        options |= {"lossless": True} if form == "WEBP" else {}
        # A GIF has too few colours for others to find room in it.
        made.save(stream, "PNG" if form == "GIF" else form, icc_profile=None, **options)
        return stream.getvalue()


@lru_cache(maxsize=32)
def _other_colours(profile: bytes) -> bool:
    """Whether the colours of a profile are seen to be others than those of sRGB. One that is none, or none of
    red, green and blue, says nothing."""
    steps = (0, 64, 128, 192, 255)
    every = bytes(
        value for red in steps for green in steps for blue in steps for value in (red, green, blue)
    )
    image = Image.frombytes("RGB", (len(every) // 3, 1), every)
    try:
        given = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        made = ImageCms.profileToProfile(image, given, ImageCms.createProfile("sRGB"))
    except (ImageCms.PyCMSError, OSError, ValueError):
        return False
    if made is None:
        return False
    return any(abs(a - b) > SEEN for a, b in zip(every, made.tobytes(), strict=True))


def _eight_bits(image: Image.Image) -> Image.Image:
    """A grey picture of sixteen bits in eight; a grey that stands for nothing (PNG 3, section 11.3.1.1) stays
    transparent."""
    pixels = image.tobytes()
    grey = Image.frombytes("L", image.size, pixels[1::2])  # the upper halves: the lower come first
    clear = image.info.get("transparency")
    if isinstance(clear, int):
        shades = array("H", pixels)
        if sys.byteorder == "big":
            shades.byteswap()
        grey.putalpha(
            Image.frombytes("L", image.size, bytes(255 * (each != clear) for each in shades))
        )
    return grey
