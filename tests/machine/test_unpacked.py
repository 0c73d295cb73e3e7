"""What unpacks to more than it may is refused before it is unpacked."""

import io
import zipfile
import zlib
from collections.abc import Callable

import pikepdf
import pytest

from pipeline.errors import ImpositionError
from pipeline.limits import DEFAULT, Limits
from pipeline.machine.files import UnreadableError
from pipeline.machine.unpacked import demand_little
from pipeline.pdf.imposition import impose

MUCH = 30_000_000
LITTLE = Limits(unpacked_bytes=MUCH // 2)


def pdf(data: bytes, filters: list[str], **more: object) -> bytes:
    """A PDF whose only page has one stream, already packed."""
    with pikepdf.new() as made:
        page = made.add_blank_page(page_size=(200, 300))
        stream = pikepdf.Stream(made, b"")
        stream.write(data, filter=pikepdf.Array([pikepdf.Name(each) for each in filters]))
        page.obj["/Contents"] = made.make_indirect(stream)
        out = io.BytesIO()
        made.save(
            out,
            compress_streams=False,
            **(more or {"stream_decode_level": pikepdf.StreamDecodeLevel.none}),  # type: ignore[arg-type]
        )
        return out.getvalue()


def packed(times: int = 1) -> bytes:
    data = b" " * MUCH
    for _ in range(times):
        data = zlib.compress(data, 9)
    return data


def in_object_stream(encryption: pikepdf.Encryption | bool = False) -> bytes:
    """An object that is large, inside a stream of objects, which a library unpacks to open the file."""
    with pikepdf.new() as made:
        made.add_blank_page(page_size=(200, 300))
        made.Root["/Much"] = made.make_indirect(
            pikepdf.Dictionary({"/A": pikepdf.String("a" * MUCH)})
        )
        out = io.BytesIO()
        made.save(
            out,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            compress_streams=True,
            encryption=encryption,
        )
        return out.getvalue()


def archive() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("mimetype", "application/epub+zip", zipfile.ZIP_STORED)
        for number in range(3):
            made.writestr(f"OEBPS/{number}.xhtml", bytes(MUCH // 3))
    return out.getvalue()


BOMBS: dict[str, Callable[[], bytes]] = {
    "a stream": lambda: pdf(packed(), ["/FlateDecode"]),
    "packed twice": lambda: pdf(packed(2), ["/FlateDecode", "/FlateDecode"]),
    "written in letters": lambda: pdf(
        packed().hex().encode() + b">", ["/ASCIIHexDecode", "/FlateDecode"]
    ),
    "by another filter": lambda: pdf(b"\x80\x0b\x60" * 9000, ["/LZWDecode"]),
    "encrypted for anybody": lambda: pdf(
        packed(), ["/FlateDecode"], encryption=pikepdf.Encryption(owner="a", user="")
    ),
    "a stream of objects": in_object_stream,
    "an archive": archive,
}


@pytest.mark.parametrize("what", BOMBS)
def test_what_unpacks_to_too_much_is_refused(what: str) -> None:
    content = BOMBS[what]()
    assert len(content) < MUCH // 100, "it is small itself"
    with pytest.raises(UnreadableError, match="unpacked_bytes is 15 MB") as caught:
        demand_little(content, "the file", LITTLE)
    assert caught.value.large
    assert "--limit unpacked_bytes=" in caught.value.cure


def test_what_is_encrypted_takes_no_more_memory_than_it_may() -> None:
    """What it unpacks to cannot be measured before it is opened: it is refused while it is, or, where the
    process has room left from earlier work, right after."""
    content = in_object_stream(pikepdf.Encryption(owner="a", user=""))
    with pytest.raises(
        UnreadableError, match=r"encrypted, and cannot be opened|unpacks to more than"
    ):
        demand_little(content, "the file", LITTLE)
    demand_little(content, "the file", DEFAULT)


def test_as_much_as_is_allowed_is_let_through() -> None:
    for what in ("a stream", "packed twice", "an archive"):
        demand_little(BOMBS[what](), "the file", DEFAULT)


@pytest.mark.parametrize(
    "content",
    [b"", b"words", b"%PDF-1.7\nstream\n\x78\x9c", b"PK\x03\x04", b"%PDF-1.7\n" + bytes(99)],
)
def test_what_is_damaged_is_left_to_who_reads_it(content: bytes) -> None:
    demand_little(content, "the file", LITTLE)


def test_sheets_are_not_made_of_it() -> None:
    with pytest.raises(ImpositionError, match="unpacked_bytes") as caught:
        impose(BOMBS["a stream"](), name="a.pdf", limits=LITTLE)
    assert str(caught.value.at) == "a.pdf"
    assert impose(pdf(zlib.compress(b"q Q"), ["/FlateDecode"]), name="a.pdf").sheets == 1
