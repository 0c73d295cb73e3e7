"""From the codes of a PDF's fonts to characters, by their ToUnicode maps (ISO 32000-1 9.10.3)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import pikepdf

SECTION = re.compile(rb"begin(bfchar|bfrange|codespacerange)(.*?)end\1", re.DOTALL)
TOKEN = re.compile(rb"<([0-9A-Fa-f\s]*)>|(\[)|(\])")


@dataclass(slots=True)
class Decoder:
    """One font's map. ``width`` is the number of bytes of a code."""

    width: int
    codes: dict[int, str] = field(default_factory=dict)

    def text(self, content: bytes) -> str:
        """The characters of a string that is shown; a code that no map knows is U+FFFD."""
        return "".join(
            self.codes.get(int.from_bytes(content[at : at + self.width], "big"), "\ufffd")
            for at in range(0, len(content), self.width)
        )


def decoder(font: pikepdf.Object) -> Decoder:
    """The decoder of a font. One without a ToUnicode map is read as Latin-1 where its codes are bytes,
    and not at all where they are not."""
    composite = font.get("/Subtype") == "/Type0"
    stream = font.get("/ToUnicode")
    if not isinstance(stream, pikepdf.Stream):
        codes = {} if composite else {code: bytes([code]).decode("latin-1") for code in range(256)}
        return Decoder(2 if composite else 1, codes)
    out = Decoder(2 if composite else 1)
    for kind, body in SECTION.findall(stream.read_bytes()):
        values = list(_values(body))
        if kind == b"codespacerange":
            out.width = len(values[0]) if values and isinstance(values[0], bytes) else out.width
        elif kind == b"bfchar":
            for code, said in zip(values[::2], values[1::2], strict=False):
                if isinstance(code, bytes) and isinstance(said, bytes):
                    out.codes[int.from_bytes(code, "big")] = _characters(said)
        else:
            _ranges(values, out.codes)
    return out


Value = bytes | list[bytes]


def _values(body: bytes) -> Iterator[Value]:
    """The hexadecimal strings of a section, those in brackets gathered in lists."""
    gathered: list[bytes] | None = None
    for digits, opens, closes in TOKEN.findall(body):
        if opens:
            gathered = []
        elif closes:
            yield gathered or []
            gathered = None
        else:
            value = bytes.fromhex(b"".join(digits.split()).decode("ascii"))
            if gathered is None:
                yield value
            else:
                gathered.append(value)


def _ranges(values: list[Value], codes: dict[int, str]) -> None:
    for first, last, said in zip(values[::3], values[1::3], values[2::3], strict=False):
        if not isinstance(first, bytes) or not isinstance(last, bytes):
            continue
        start, end = int.from_bytes(first, "big"), int.from_bytes(last, "big")
        for at, code in enumerate(range(start, min(end, start + 0xFFFF) + 1)):
            if isinstance(said, list):
                if at < len(said):
                    codes[code] = _characters(said[at])
            else:
                text = _characters(said)
                codes[code] = text[:-1] + chr(ord(text[-1]) + at) if text else ""


def _characters(content: bytes) -> str:
    return content.decode("utf-16-be", "replace")
