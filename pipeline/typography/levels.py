"""Embedding levels by the Unicode bidirectional algorithm (UAX 9), through FriBidi.

FriBidi, because it is the very engine with which Pango lays the pages out: it is on every machine that
Pango is on, knows isolates and paired brackets, and tells levels, which the bidi packages on PyPI do not.
"""

import ctypes
import unicodedata
from collections.abc import Sequence
from functools import cache
from itertools import groupby

from pipeline.errors import MissingLibraryError
from pipeline.languages import Direction

NAMES = ("libfribidi.so.0", "libfribidi.0.dylib", "fribidi-0.dll", "libfribidi-0.dll")

RIGHTWARDS = ("R", "AL")

# fribidi-bidi-types.h: FRIBIDI_PAR_LTR and FRIBIDI_PAR_RTL.
PARAGRAPH = {Direction.LTR: 0x00000110, Direction.RTL: 0x00000111}


@cache
def _library() -> ctypes.CDLL:
    for name in NAMES:
        try:
            return ctypes.CDLL(name)
        except OSError:
            continue
    raise MissingLibraryError(
        "the library FriBidi is missing",
        cure="install Pango, which brings it: apt-get install libpango-1.0-0",
    )


def levels(text: str, base: Direction) -> Sequence[int]:
    """The embedding level of every character of one bidi paragraph; even is left-to-right.

    Raises :class:`MissingLibraryError` where FriBidi is not installed.
    """
    length = len(text)
    if not length:
        return []
    library = _library()
    characters = (ctypes.c_uint32 * length)(*map(ord, text))
    types = (ctypes.c_uint32 * length)()
    brackets = (ctypes.c_uint32 * length)()
    direction = ctypes.c_uint32(PARAGRAPH[base])
    found = (ctypes.c_int8 * length)()
    library.fribidi_get_bidi_types(characters, length, types)
    library.fribidi_get_bracket_types(characters, length, types, brackets)
    done = library.fribidi_get_par_embedding_levels_ex(
        types, brackets, length, ctypes.byref(direction), found
    )
    if not done:
        raise MemoryError("FriBidi ran out of memory")
    return list(found)


def logical(visual: str) -> str:
    """Characters as they are drawn from left to right, in the order in which they are read.

    For what stands on one line and reads from right to left as a whole, with numbers and words from left to
    right in it (rule L2 undone); a text without letters from right to left is as it was.
    """
    if not any(unicodedata.bidirectional(char) in RIGHTWARDS for char in visual):
        return visual
    turned = visual[::-1]
    out: list[str] = []
    stretches = groupby(
        zip(levels(turned, Direction.RTL), turned, strict=True), lambda pair: pair[0] % 2
    )
    for odd, stretch in stretches:
        chars = [char for _, char in stretch]
        out.extend(chars if odd else reversed(chars))
    return "".join(out)
