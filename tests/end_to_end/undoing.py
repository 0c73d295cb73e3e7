"""What readers of PDF do to the order of lines from right to left, undone.

A PDF holds what stands on a page from left to right. Each reader makes of that what it thinks fit, and each in
a way of its own; here it is undone by what the reader gave and what it is known to do, and by nothing else:
the text that the PDF was made of is not asked. What could have come from several texts is left as it is.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from itertools import groupby

RTL_EMBEDDING, LTR_EMBEDDING, POP = "\u202b", "\u202a", "\u202c"

SEPARATORS = ".,:/-+\u060c"
"""What stands between the digits of one number (UAX 9, types CS and ES)."""


def undone(program: str, text: str) -> str:
    """What a program gave of pages from right to left, line by line in the order of reading."""
    undo = UNDOING.get(program)
    return "\n".join(map(undo, text.splitlines())) if undo else text


def _is_rtl(char: str) -> bool:
    return unicodedata.bidirectional(char) in ("R", "AL", "NSM")


def _is_ltr(char: str) -> bool:
    return unicodedata.bidirectional(char) in ("L", "EN", "AN")


def _read_leftward(seen: str) -> str:
    """Characters without a letter from right to left, as they stand on a page of such text from left to right,
    in the order of reading: what has a Latin letter goes on to the right, and so does a number."""
    inside = re.search(r"\w(?:.*[\w%])?", seen)
    if not inside:
        return seen[::-1]
    core = inside.group()
    if not any(unicodedata.bidirectional(char) == "L" for char in core):
        parts = re.findall(rf"\d+(?:[{re.escape(SEPARATORS)}]\d+)*%?|.", core)
        core = "".join(parts[::-1])
    return seen[inside.end() :][::-1] + core + seen[: inside.start()][::-1]


def _poppler(line: str) -> str:
    """pdftotext puts what has no letter from right to left into an embedding of its own, with the signs beside
    it, and leaves it as the eye sees it."""
    inside = re.compile(f"{LTR_EMBEDDING}([^{POP}]*){POP}")
    if RTL_EMBEDDING not in line:
        return line
    return inside.sub(lambda found: _read_leftward(found[1]), line)


def _poppler_raw(line: str) -> str:
    """``pdftotext -raw`` gives the words of a piece as the eye sees them, and the letters of each in order."""
    if RTL_EMBEDDING not in line:
        return line
    words = re.findall(f"{RTL_EMBEDDING}[^{POP}]*{POP}|[^{RTL_EMBEDDING}]+", line)
    return "".join(
        word if word[0] == RTL_EMBEDDING else _read_leftward(word) for word in words[::-1]
    )


def _mupdf(line: str) -> str:
    """MuPDF turns a piece from its first letter to its last; the signs before stay, and so does a per cent sign
    after."""
    letters = [at for at, char in enumerate(line) if _is_rtl(char)]
    if not letters or any(map(_is_ltr, line)):
        return line
    first, last = letters[0], letters[-1] + 1
    after = "".join(char for char in line[last:] if unicodedata.bidirectional(char) == "ET")
    rest = "".join(char for char in line[last:] if char not in after)
    return after[::-1] + line[first:last] + rest + line[:first][::-1]


def _pdfium(line: str) -> str:
    """pdfium puts all words of a line in order from right to left, Latin ones among them, and takes the sign
    that stands at the left of a number for a part of it."""
    if not any(map(_is_rtl, line)):
        return line
    out = re.sub(r"(?<![^\s(])([,.:\u060c]+)(\d[\d.,:/%-]*)", r"\2\1", line)
    foreign = re.compile(
        r"(?:(?![\u0590-\u08ff])\w)(?:[^\u0590-\u08ff]*(?:(?![\u0590-\u08ff])\w))?"
    )

    def turned(found: re.Match[str]) -> str:
        kinds = groupby(found.group(), _pdfium_kind)
        parts = ["".join(group) for _, group in kinds]
        return "".join(parts[::-1]) if any(map(str.isalpha, found.group())) else found.group()

    return foreign.sub(turned, out)


def _pdfium_kind(char: str) -> str:
    kind = unicodedata.bidirectional(char)
    return "weak" if kind in ("EN", "AN", "CS", "ES", "ET", "NSM", "BN") else kind


_PYPDF_SIGNS = ((0x00, 0x2F), (0x3A, 0x40), (0x2000, 0x206F), (0x20A0, 0x21FF))
"""The characters that pypdf takes for signs, which go along with the letters beside them."""


def _pypdf(line: str) -> str:
    """pypdf turns each stretch of a piece, and leaves the stretches as the eye sees them; some signs, the
    angled quotation marks among them, end one."""
    out = []
    for foreign, group in groupby(_stretches(line), lambda each: any(map(_is_ltr, each))):
        stretches = list(group)
        out.extend(stretches if foreign else [_signs(each) for each in stretches[::-1]])
    return "".join(out)


def _signs(stretch: str) -> str:
    """A stretch without letters from left to right; one that is not of Arabic or Hebrew is not turned."""
    return stretch if any(map(_is_rtl, stretch)) else stretch[::-1]


def _stretches(line: str) -> Iterator[str]:
    held = ""
    leftward = any(map(_is_rtl, line[:1]))
    for char in line:
        if not any(low <= ord(char) <= high for low, high in _PYPDF_SIGNS):
            now = _is_rtl(char) or char in "\u060c\u061b\u061f"
            if held and now != leftward:
                yield held
                held = ""
            leftward = now
        held += char
    if held:
        yield held


UNDOING: Mapping[str, Callable[[str], str]] = {
    "pdftotext": _poppler,
    "pdftotext -raw": _poppler_raw,
    "MuPDF": _mupdf,
    "pdfium": _pdfium,
    "pypdf": _pypdf,
}
"""What is undone of each program; pdf.js gives each piece in order."""
