"""What cannot be imposed: each says what, where and the cure."""

import re
import zlib
from collections.abc import Callable

import pikepdf
import pytest

from pipeline.errors import ImpositionError, NamedPath
from pipeline.pdf.imposition import impose
from tests.pdf.imposition.paper import HEIGHT, WIDTH, book, saved


def unequal() -> bytes:
    pdf = book(3)
    pdf.pages[2].obj.MediaBox = [0, 0, 595.276, 841.89]
    return saved(pdf)


def flat() -> bytes:
    pdf = book(3)
    pdf.pages[1].obj.TrimBox = [WIDTH + 5, 0, WIDTH + 50, HEIGHT]
    return saved(pdf)


def half(pdf: pikepdf.Pdf, kind: str = "/FlateDecode") -> pikepdf.Stream:
    """A compressed stream that breaks off."""
    whole = zlib.compress(b" ".join(b"0 0 %d 10 re f" % number for number in range(2000)))
    torn = whole[: len(whole) // 2] + b"\0" * 20
    return pikepdf.Stream(pdf, torn, Filter=pikepdf.Name(kind))


def torn(kind: str = "/FlateDecode") -> bytes:
    pdf = book(3)
    pdf.pages[1].obj.Contents = half(pdf, kind)
    return saved(pdf, stream_decode_level=pikepdf.StreamDecodeLevel.none)


def torn_metadata() -> bytes:
    pdf = book(3)
    pdf.Root.Metadata = half(pdf)
    return saved(pdf, stream_decode_level=pikepdf.StreamDecodeLevel.none)


def misled(pages: int = 3, *, into: bytes = b"/BaseFont") -> bytes:
    """A page tree that points at something else in place of its first page."""
    whole = saved(book(pages), qdf=True)
    other = re.search(rb"(\d+) 0 obj\n<<\n  " + into, whole)
    assert other is not None
    return re.sub(
        rb"/Kids \[\n +\d+ 0 R\n",
        lambda kids: (b"/Kids [\n" + other[1] + b" 0 R").ljust(len(kids[0]) - 1) + b"\n",
        whole,
    )


def misled_and_miscounted() -> bytes:
    whole = misled(pages=100, into=b"/Length")
    assert b"/Count 100" in whole
    return whole.replace(b"/Count 100", b"/Count [1]")


def looped() -> bytes:
    """A page tree that is its own branch."""
    whole = saved(book(3), qdf=True)
    assert b"\n2 0 obj\n<<\n  /Count" in whole
    return whole.replace(b"/Kids [\n    3 0 R", b"/Kids [\n    2 0 R")


def cut() -> bytes:
    whole = saved(book(9))
    return whole[: len(whole) // 2]


BROKEN: dict[str, tuple[Callable[[], bytes], str]] = {
    "nothing at all": (lambda: b"", "is no sound PDF"),
    "a text": ("ไม่ใช่".encode, "is no sound PDF"),
    "a PDF's head alone": (lambda: b"%PDF-1.7\n", "is no sound PDF"),
    "half of a PDF": (cut, "is no sound PDF"),
    "torn content": (torn, "(is damaged|is no sound PDF)"),
    "content in a filter that there is none of": (
        lambda: torn("/NoDecode"),
        "(is damaged|is no sound PDF)",
    ),
    "torn metadata": (torn_metadata, "(is damaged|is no sound PDF)"),
    "a page tree with a loop": (looped, "is no sound PDF: Loop"),
    "a font for a page": (misled, "(is damaged|is no sound PDF)"),
    "a stream for a page and a count that is none": (
        misled_and_miscounted,
        "is no sound PDF: /Count",
    ),
    "a password": (
        lambda: saved(book(2), encryption=pikepdf.Encryption(owner="o", user="u")),
        "is encrypted",
    ),
    "an owner's password": (
        lambda: saved(book(2), encryption=pikepdf.Encryption(owner="o", user="")),
        "is encrypted",
    ),
    "no pages": (lambda: saved(book(0)), "has no pages"),
    "pages of two sizes": (
        unequal,
        "has pages of different sizes: page 1 is 105.8 × 141.1 mm, page 3 is 210 × 297 mm",
    ),
    "a page without area": (flat, "page 2 has no area"),
}


@pytest.mark.parametrize("case", BROKEN)
def test_a_file_that_cannot_be_imposed_is_refused(case: str) -> None:
    make, what = BROKEN[case]
    with pytest.raises(ImpositionError) as caught:
        impose(make(), name="out/book.pdf")
    error = caught.value
    assert re.match(what, error.what)
    assert error.at == NamedPath("out/book.pdf")
    assert error.cure
    assert "BytesIO" not in str(error)
    assert error.__cause__ is None
    assert error.exit_code == 15
