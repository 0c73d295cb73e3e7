"""Where the layout engine would break a word that is one.

Pango asks libthai where Thai words end, and its dictionary is coarser than ICU's: it takes one word in fifty
apart (เนื่อง|จาก, ต้น|ทาง). In print those words are kept whole, so that in every kind of document the same
dictionary decides. Without libthai Pango breaks no Thai word at all, and nothing has to be kept.

It also breaks between an opening mark and the word that it opens: they are kept together as well.
"""

import ctypes
import re
from collections.abc import Iterator
from functools import cache

from pipeline.document import divided
from pipeline.languages import has_dictionary, language, table
from pipeline.typography.breaks import LONGEST, boundaries

NAMES = ("libthai.so.0", "libthai.0.dylib", "libthai-0.dll")
THAI = re.compile("[\u0e01-\u0e3a\u0e3f-\u0e5b]+")
"""What libthai knows: the characters of TIS-620."""


@cache
def _library() -> ctypes.CDLL | None:
    for name in NAMES:
        try:
            return ctypes.CDLL(name)
        except OSError:
            continue
    return None


def pieces(text: str, locale: str) -> Iterator[tuple[str, bool]]:
    """A text in pieces, each with whether it is a word that the engine would take apart, or part from the
    mark that opens it."""
    words = _words().finditer(text)
    kept = (each for each in words if each["opening"] or _is_torn(each["word"], locale))
    return divided(text, (each.span() for each in kept))


@cache
def _words() -> re.Pattern[str]:
    opening = re.escape(table().breaks.never_last)
    return re.compile(rf"(?P<opening>(?<!\S)[{opening}]+)?(?P<word>{THAI.pattern})")


@cache
def _is_torn(word: str, locale: str) -> bool:
    library = _library()
    if library is None or boundaries(word, locale):
        return False
    if len(word) > LONGEST and not has_dictionary(language(locale)):
        return False
    content = word.encode("tis-620")
    places = (ctypes.c_int * (len(content) + 1))()
    # libthai, thbrk.h: int th_brk(const thchar_t *s, int pos[], size_t pos_sz)
    return bool(library.th_brk(ctypes.c_char_p(content), places, ctypes.c_size_t(len(places))))
