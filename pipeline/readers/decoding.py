"""From bytes to characters: UTF-8, or UTF-16 and UTF-32 where a byte order mark says so.

Nothing is guessed. A wrong guess turns text to mojibake, and nobody is told; an error that names
the line is mended in a minute.
"""

import codecs
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, replace

from pipeline.characters import IMPOSSIBLE
from pipeline.errors import DecodingError, EmptySourceError
from pipeline.readers.draft import Draft
from pipeline.readers.source import Source

# What ends a line: CR LF, CR, LF, NEL, and Unicode's line and paragraph separators.
LINE_END = re.compile("\r\n|[\n\r\x85\u2028\u2029]")
PARAGRAPH_END = "\u2029"

# UTF-32's little-endian mark begins with UTF-16's: the longer ones come first.
MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le", "UTF-32"),
    (codecs.BOM_UTF32_BE, "utf-32-be", "UTF-32"),
    (codecs.BOM_UTF8, "utf-8", "UTF-8 with BOM"),
    (codecs.BOM_UTF16_LE, "utf-16-le", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16-be", "UTF-16"),
)

# In the place of separators of old data formats.
SPACES = str.maketrans(dict.fromkeys("\x1c\x1d\x1e\x1f", " "))

# A vertical tab ends a line, as word processors use it, and so does the form feed between pages: no book
# can hold either, and U+2028 says the same. Beside another line end they end none of their own: a paragraph
# that goes on over two pages stays one.
_END = "\n\r\x85\u2028\u2029"
BESIDE = re.compile(f"(?<=[{_END}])[\x0b\x0c]+|[\x0b\x0c]+(?=[{_END}])")
FEEDS = re.compile("[\x0b\x0c]")


@dataclass(frozen=True, slots=True)
class Decoded:
    """The characters of a file, in NFC; ``nfc`` says whether they were so when they came."""

    text: str
    encoding: str
    nfc: bool


def of_characters(read: Callable[[str, Source], Draft]) -> Callable[[Source], tuple[Draft, ...]]:
    """The reader of a format that consists of characters, in which a file holds one text.

    ``read`` takes the characters of a file and the file itself. The reader raises what this raises, what
    :func:`decode` raises, and :class:`LimitError` for a line that is longer than a paragraph may be, before
    anything else reads it.
    """

    def drafts(source: Source) -> tuple[Draft, ...]:
        decoded = decode(source)
        _demand_short_lines(decoded.text, source)
        return (replace(read(decoded.text, source), encoding=decoded.encoding, nfc=decoded.nfc),)

    return drafts


def _demand_short_lines(text: str, source: Source) -> None:
    limits = source.access.limits
    if len(text) <= limits.paragraph_characters:
        return
    begin = 0
    ends = [found.start() for found in LINE_END.finditer(text)]
    for number, end in enumerate((*ends, len(text)), start=1):
        if end - begin > limits.paragraph_characters:
            found = limits.exceeded("paragraph_characters", "this line", end - begin)
            raise found.at(source.at(number))
        begin = end + 1


def decode(source: Source) -> Decoded:
    """The characters of a text file.

    Raises :class:`DecodingError` with the line of the first bad byte, and :class:`EmptySourceError` for a file
    with nothing in it.
    """
    content = source.content
    unmarked = (b"", "utf-8", "UTF-8")
    mark, codec, name = next((each for each in MARKS if content.startswith(each[0])), unmarked)
    body = content[len(mark) :]
    try:
        text = body.decode(codec)
    except UnicodeDecodeError as error:
        raise _undecodable(body, codec, name, source, error) from error
    text = _with_line_ends(text)
    if found := IMPOSSIBLE.search(text):
        line = len(LINE_END.findall(text, 0, found.start())) + 1
        nul = found.group() == "\x00"
        raise DecodingError(
            f"the character U+{ord(found.group()):04X} cannot stand in a text"
            + (": this looks like UTF-16 without a byte order mark" if nul else ""),
            at=source.at(line),
            cure="save the file as UTF-8" if nul else "delete it",
        )
    if not text.strip():
        raise EmptySourceError(
            "the file is empty", at=source.at(1), cure="put the text in it, or move it elsewhere"
        )
    return Decoded(
        text=unicodedata.normalize("NFC", text),
        encoding=name,
        nfc=unicodedata.is_normalized("NFC", text),
    )


def _with_line_ends(text: str) -> str:
    """The text without the controls that only move the carriage of a printer."""
    text = BESIDE.sub(lambda found: " " * len(found.group()), text.translate(SPACES))
    return FEEDS.sub("\u2028", text)


def _undecodable(
    body: bytes, codec: str, name: str, source: Source, error: UnicodeDecodeError
) -> DecodingError:
    before = body[: error.start].decode(codec, errors="replace")
    line = len(LINE_END.findall(_with_line_ends(before))) + 1
    bad = body[error.start : error.start + 1].hex().upper()
    return DecodingError(
        f"byte 0x{bad} is not {name.split(maxsplit=1)[0]}",
        at=source.at(line),
        cure="open the file in the program it comes from and save it as UTF-8",
    )
