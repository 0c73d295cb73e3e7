"""Faces reduced to the characters that a document shows."""

import io
import unicodedata
from collections.abc import Iterable

from fontTools import subset

from pipeline.fonts.coverage import SHAPED_FROM
from pipeline.fonts.families import Family
from pipeline.fonts.sources import Style


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
    options = subset.Options()
    options.layout_features = ["*"]
    options.name_IDs = ["*"]
    options.notdef_outline = True
    options.recalc_timestamp = False
    options.flavor = flavour
    options.drop_tables = [*options.drop_tables, "DSIG", "meta", "Silt"]
    loaded = subset.load_font(str(font.file(style)), options, dontLoadGlyphNames=False)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=codes)
    subsetter.subset(loaded)
    stream = io.BytesIO()
    subset.save_font(loaded, stream, options)
    loaded.close()
    return stream.getvalue()
