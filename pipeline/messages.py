"""What a message may hold: nothing that a terminal obeys, nothing that no person can read.

A message quotes names and stretches of texts that come from anywhere. :func:`shorten` is for what is said,
wherever it is kept; :func:`printable` for what goes to a terminal.
"""

import re
import unicodedata
from collections.abc import Iterable

LONGEST = 2_000
"""How many characters of a message are told; what is more was never meant to be read."""
_DATA = re.compile(r"data:[\w.+-]*/?[\w.+-]*[;,][^\s\"'<>)]*")
_DATA_KEPT = 24
"""How much of a ``data:`` address is told: which kind of thing it holds."""

# Cc: what terminals obey. Cs: halves of characters, as which Python keeps the bytes of names that are not
# UTF-8 (PEP 383). Zl, Zp: line ends. The others turn the direction of what follows, also of what we say.
_OBEYED = frozenset(("Cc", "Cs", "Zl", "Zp"))
_TURNS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


class Message(str):
    """A text that names places: ``parts`` are its strings, and the places between them.

    It reads as a string in which each place is written by its identity; whoever shows it to a person composes
    the paths that this person knows.
    """

    parts: tuple[object, ...]

    def __new__(cls, *parts: object) -> "Message":
        made = super().__new__(cls, "".join(map(str, parts)))
        inner = ((each.parts if isinstance(each, Message) else (each,)) for each in parts)
        made.parts = tuple(part for each in inner for part in each)
        return made

    @classmethod
    def joined(cls, separator: str, parts: Iterable[object]) -> "Message":
        """Parts with a separator between them."""
        every = [between for each in parts for between in (separator, each)]
        return cls(*every[1:])


def shorten(text: str) -> str:
    """A message without the contents of ``data:`` addresses, and not longer than :data:`LONGEST`."""
    text = _DATA.sub(_shortened, text) if "data:" in text else text
    if len(text) <= LONGEST:
        return text
    half = LONGEST // 2
    return f"{text[:half]} … ({len(text) - 2 * half} characters) … {text[-half:]}"


def _shortened(found: re.Match[str]) -> str:
    address = found.group()
    return address if len(address) <= _DATA_KEPT else f"{address[:_DATA_KEPT]}…"


def printable(text: str) -> str:
    r"""A text on one line, each character that a terminal would obey as an escape such as ``\x1b``."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(map(_escaped, text))


def _escaped(char: str) -> str:
    if char in _TURNS or unicodedata.category(char) in _OBEYED:
        number = ord(char)
        if 0xDC80 <= number <= 0xDCFF:  # a byte that is no UTF-8
            return f"\\x{number - 0xDC00:02x}"
        return f"\\x{number:02x}" if number < 0x100 else f"\\u{number:04x}"
    return char
