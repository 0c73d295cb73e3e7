"""Faces reduced to the characters that a document shows."""

import io
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

import uharfbuzz
from fontTools.ttLib import TTFont

from pipeline.fonts.coverage import SHAPED_FROM
from pipeline.fonts.families import Family
from pipeline.fonts.sources import Style

DROPPED = ("DSIG", "meta", "Silt")
"""Tables that are wrong of a subset (a signature), or that nothing that shows books reads."""


def subset_face(
    font: Family, style: Style, characters: Iterable[str], *, flavour: str | None = None
) -> bytes:
    """A face reduced to some characters, shaping rules included, as TrueType or (``flavour``) WOFF2.

    The same input gives the same bytes: the font's own dates are kept.
    """
    codes = set(map(ord, "".join(characters)))
    for code in tuple(codes):
        codes.update(SHAPED_FROM.get(code, ()))
        codes.update(map(ord, unicodedata.normalize("NFD", chr(code))))
    wanted = uharfbuzz.SubsetInput()
    wanted.unicode_set.update(codes)
    wanted.flags = uharfbuzz.SubsetFlags.NOTDEF_OUTLINE
    for everything in (
        wanted.layout_feature_tag_set,
        wanted.layout_script_tag_set,
        wanted.name_id_set,
        wanted.name_lang_id_set,
    ):
        everything.clear()
        everything.invert()
    wanted.drop_table_tag_set.update(int.from_bytes(tag.encode(), "big") for tag in DROPPED)
    face = uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(font.file(style))))
    made = bytes(uharfbuzz.subset(face, wanted).blob.data)
    return made if flavour is None else _packed(made, flavour)


# What short books show with a face is often the same on all of their pages, and packing is slow.
@lru_cache(maxsize=32)
def _packed(content: bytes, flavour: str) -> bytes:
    stream = io.BytesIO()
    with TTFont(io.BytesIO(content), recalcTimestamp=False, recalcBBoxes=False) as font:
        font.flavor = flavour
        font.save(stream)
    return stream.getvalue()
