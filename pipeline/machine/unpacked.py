"""How much a PDF or an e-book unpacks to, asked before anything unpacks it.

A file of a megabyte can unpack to a terabyte, and libraries unpack whatever they are given. Streams are
inflated here in small pieces that are counted and thrown away, until there is an end or there are too many.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any

import pikepdf

from pipeline.limits import Limits
from pipeline.machine.files import UnreadableError
from pipeline.machine.memory import confined

PIECE = 1 << 16
STREAM = re.compile(rb"stream(?:\r\n|\n|\r)")
"""ISO 32000-1, section 7.3.8.1: what stands before the bytes of a stream."""
ROOM = 8
"""How many times its own size a PDF may take, besides what it unpacks to."""
DEEPEST = 8
"""How many filters a stream may have, one after the other."""
LARGEST_SHARE = {
    "/LZWDecode": 1400,
    "/RunLengthDecode": 64,
    "/ASCIIHexDecode": 1,
    "/ASCII85Decode": 4,
}
"""How many bytes a byte becomes at the most by the filters that are not measured by unpacking."""
INFLATING = ("/FlateDecode", "/Fl")


def demand_little(content: bytes, subject: str, limits: Limits) -> None:
    """Whether a file unpacks to no more than it may; one that is neither a PDF nor an archive is what it is.

    ``subject`` is what messages call it. Raises :class:`~pipeline.machine.files.UnreadableError`.
    """
    if content[:4] == b"PK\x03\x04":
        _archive(content, subject, limits)
    elif b"%PDF-" in content[:1024]:
        _pdf(content, subject, limits)


def _archive(content: bytes, subject: str, limits: Limits) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, UnicodeDecodeError):
        return  # whoever reads it says what is wrong with it
    # What a member says of its size holds: the library reads no further than that.
    size = sum(max(each.file_size, each.compress_size) for each in members)
    if size > limits.unpacked_bytes:
        raise _exceeded(subject, limits, size)


def _pdf(content: bytes, subject: str, limits: Limits) -> None:
    """First as a row of bytes: to open the file is already to unpack the streams that hold objects. Then by
    its objects, for the streams that are packed in other ways, or several times."""
    left = limits.unpacked_bytes
    for found in STREAM.finditer(content):
        begin = content[found.end() : found.end() + 2]
        if len(begin) == 2 and begin[0] & 0x0F == 8 and int.from_bytes(begin) % 31 == 0:
            left -= _inflated(memoryview(content)[found.end() :], left)
            if left < 0:
                raise _exceeded(subject, limits)
    try:
        # Of an encrypted file the streams that hold objects cannot be measured before: they are unpacked whole.
        with (
            confined(limits.unpacked_bytes + ROOM * len(content)),
            pikepdf.open(io.BytesIO(content)) as pdf,
        ):
            for size in _by_objects(pdf, limits.unpacked_bytes):
                if size > limits.unpacked_bytes:
                    raise _exceeded(subject, limits)
    except MemoryError:
        raise _exceeded(subject, limits) from None
    except (pikepdf.PdfError, pikepdf.PasswordError, RuntimeError, ValueError, TypeError):
        if b"/Encrypt" in content and b"/ObjStm" in content:
            # The library says no otherwise that it had not the memory; whoever came next would take it.
            what = f"{subject} is encrypted, and cannot be opened in as much memory as it may take"
            raise UnreadableError(what, "take the file as it was before encryption") from None
        return  # whoever reads it says what is wrong with it


def _by_objects(pdf: Any, most: int) -> Iterator[int]:
    """How much there is, as the streams are gone through."""
    size = 0
    for each in pdf.objects:
        if not isinstance(each, pikepdf.Stream):
            continue
        filters = _filters(each)
        if not filters or (filters == ["/FlateDecode"] and not pdf.is_encrypted):
            continue
        yield (size := size + _unpacked(each.read_raw_bytes(), filters, most - size))


def _filters(stream: Any) -> list[str]:
    value = stream.get("/Filter", [])
    names = [value] if isinstance(value, pikepdf.Name) else list(value)
    return [str(each) for each in names]


def _unpacked(raw: bytes, filters: list[str], most: int) -> int:
    """What a stream may unpack to, at the most, by all its filters; more than ``most`` where it is too much."""
    if len(filters) > DEEPEST:
        return most + 1
    data: bytes | None = raw
    size = len(raw)
    for name in filters:
        if name in INFLATING and data is not None:
            size = _inflated(memoryview(data), most)
            if size > most:
                return size
            data = zlib.decompressobj().decompress(data, size) if len(filters) > 1 else None
        elif name in INFLATING:
            size *= 1032  # zlib's own bound, where what is inflated is not at hand
        elif name in LARGEST_SHARE:
            size *= LARGEST_SHARE[name]
            data = None
        else:
            return size  # a picture, which only who shows it unpacks
        if size > most:
            return size
    return size


def _inflated(data: memoryview, most: int) -> int:
    """How many bytes zlib makes of some data, up to a little more than ``most``."""
    machine, size, at = zlib.decompressobj(), 0, 0
    waiting = b""
    try:
        while not machine.eof and size <= most:
            if not waiting:
                waiting = bytes(data[at : at + PIECE])
                at += PIECE
                if not waiting:
                    break
            size += len(machine.decompress(waiting, PIECE * 16))
            waiting = machine.unconsumed_tail
    except zlib.error:
        pass  # damaged, or no such stream at all: what came out until then is what counts
    return size


def _exceeded(subject: str, limits: Limits, size: int | None = None) -> UnreadableError:
    found = limits.exceeded("unpacked_bytes", subject, size, verb="unpacks to")
    return UnreadableError(found.what, found.cure, large=True)
