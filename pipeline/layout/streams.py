"""Streams of a PDF: what is marked in those of pages, and their end, written so that a validator finds it.

pydyf ends the data of a stream with a line feed. Where the last byte of the data is a carriage return (one
stream in 256, and any change of a text may make it), the two look like one end of line (ISO 32000-1 7.3.8.1),
and a validator counts one byte less than ``/Length`` says (ISO 19005-2, 6.1.7.1). So both characters, carriage
return and line feed, are written after the data of every stream.
"""

from collections.abc import Mapping
from typing import Any

END = b"\nendstream"


def data(original: Any, stream: Any) -> bytes:
    """A stream as it is written (``original``), with both characters after its data."""
    written: bytes = original(stream)
    return written.removesuffix(END) + b"\r" + END


def mark_artifacts(stream: Any, artifacts: Mapping[int, Mapping[str, str]]) -> None:
    """Make artifacts of the marked-content sequences that are no content, and content of what WeasyPrint
    takes for artifacts within content (the line under a word): the two must not nest (14.8.2.2.2)."""
    import pydyf  # noqa: PLC0415

    out: list[Any] = []
    nesting: list[bool] = []  # for each open sequence, whether its end stays
    inside = 0
    for item in stream.stream:
        if item == b"BDC":
            properties = out[-1]
            content = isinstance(properties, dict) and "MCID" in properties
            if content and properties["MCID"] in artifacts:
                out[-2:] = ["/Artifact", pydyf.Dictionary(artifacts[properties["MCID"]])]
            nesting.append(True)
            inside += 1
        elif item == b"BMC" or (isinstance(item, bytes) and item.endswith(b" BDC")):
            stays = not (item == b"BMC" and inside)
            nesting.append(stays)
            inside += 1
            if not stays:
                out.pop()
                continue
        elif item == b"EMC":
            inside -= 1
            if not nesting.pop():
                continue
        out.append(item)
    stream.stream[:] = out
