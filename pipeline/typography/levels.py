"""Embedding levels by the Unicode bidirectional algorithm (UAX 9), through FriBidi.

FriBidi, because it is the very engine with which Pango lays the pages out: it is on every machine that
Pango is on, knows isolates and paired brackets, and tells levels, which the bidi packages on PyPI do not.
"""

import ctypes
from collections.abc import Sequence
from functools import cache

from pipeline.errors import MissingLibraryError
from pipeline.languages import Direction

NAMES = ("libfribidi.so.0", "libfribidi.0.dylib", "fribidi-0.dll", "libfribidi-0.dll")

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
