"""WeasyPrint, mended: the text that comes out of a PDF is the text that went in.

WeasyPrint 70.0 gives each glyph of a face ONE text, the first it was seen with (``ToUnicode``, ISO
32000-1 9.10.3; https://github.com/Kozea/WeasyPrint/issues/2841). Where two characters share a glyph, or
a cluster has several glyphs, what is copied, searched or read aloud is wrong, while the page looks
perfect: a Thai SARA AM is drawn as two glyphs, the second of which every SARA AA shares, so all of one
become the other, or are lost. This module mends three things and moves nothing on the page: WeasyPrint
draws each line as ever, and only the codes in what it drew are rewritten afterwards.

1. **A code for each pair of glyph and text.** A code is a CID. Codes beyond the font's glyphs are
   brought back to them by a ``CIDToGIDMap`` stream (ISO 32000-1 9.7.4.3); OpenType fonts with CFF
   outlines do not look at that, so these get an encoding CMap (9.7.5.3) where several codes name one CID.
   MuPDF still mixes up the texts of such a font: faces with TrueType outlines are the better ones.
2. **No code without text.** Of a cluster's characters each glyph has one, in logical order, and the last
   has the rest; glyphs left over, the logically last, have WORD JOINER, of no width and no meaning: an
   empty entry makes MuPDF, pdfium and pdf.js invent a character, and PDF/A-2u and PDF/UA ask for a text.
   (Were the first left over, MuPDF would more often give the text of 3 twice.)
   A code with several characters in right-to-left text has them in visual order, as its neighbours stand:
   every extractor turns the line around.
3. **/ActualText (14.9.4) on a grapheme whose marks are moved or whose glyphs are left over**, and on that
   alone. For pdftotext a mark that stands somewhat higher is on another line, and one that stands somewhat
   to the right comes after the next letter. For pdfium and MuPDF it replaces the WORD JOINER, which pdf.js
   leaves out by itself. In right-to-left text it is in visual order too: in logical order pdftotext and
   PyMuPDF both lose characters. pdfium does not turn it around, and gives such marks before their letter:
   the price of it.

Everything here leans on WeasyPrint's internals, and it was measured with one version. With another,
:func:`mend` refuses: unmended, books would look right and be unsearchable, and nobody would notice.
``tests/writers/test_press_text.py`` says when WeasyPrint no longer needs this.

Not mended: bitmap fonts, ``full_fonts`` and the fonts of PDF forms, none of which Pentapla writes, and
what goes beyond 65,535 codes in one font.
"""

import re
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache, partial
from types import ModuleType
from typing import Any

from pipeline.errors import LayoutError

VERSION = "70.0"

WORD_JOINER = "\u2060"
JOIN_CONTROLS = "\u200c\u200d"

# WeasyPrint gives a glyph that the font lacks a code above the font's glyphs; these are left free for it.
RESERVED = 256
TOP = 0xFFFF
BLOCK = 100
"""The most entries in one block of a CMap (Adobe Technical Note 5014)."""

_SHOWN = re.compile(rb"<([0-9a-f]*)>|([^<>\s]+)")


@dataclass(slots=True)
class Codes:
    """The codes of one font: which glyph with which text each stands for."""

    codes: dict[tuple[int, str], int] = field(default_factory=dict)
    glyphs: dict[int, int] = field(default_factory=dict)
    """The glyph of each code."""

    def code(self, font: Any, glyph: int, text: str) -> int:
        """The code for a glyph with a text. The first text of a glyph has the glyph's own number."""
        if glyph >= font.glyph_count:
            return glyph  # a glyph that the font lacks, which WeasyPrint has warned of
        code = self.codes.get((glyph, text))
        if code is None:
            code = glyph
            if code in self.glyphs:
                code = font.glyph_count + RESERVED + len(self.codes)
            if code > TOP:
                return glyph
            self.codes[glyph, text] = code
            self.glyphs[code] = glyph
            font.widths[code] = font.widths[glyph]
            font.to_unicode[code] = text
        return code

    @property
    def extra(self) -> bool:
        """Whether any code is not its glyph's number."""
        return any(code != glyph for code, glyph in self.glyphs.items())


@dataclass(slots=True)
class Glyph:
    """One glyph of a line, in the order in which it is drawn."""

    font: Any
    visible: bool
    moved: bool
    text: str = ""
    begins: str = ""
    """The text of the grapheme that begins with this glyph, where it has to be said."""
    ends: bool = False


def mend(library: ModuleType) -> None:
    """Put the changes into WeasyPrint, once.

    Raises :class:`LayoutError` where it is not the version that they were made for.
    """
    if library.__version__ != VERSION:
        raise LayoutError(
            f"WeasyPrint {library.__version__} is installed; Pentapla mends the text in PDF files in "
            f"WeasyPrint {VERSION}, and cannot vouch for another",
            cure=f"pip install weasyprint=={VERSION}",
        )
    if not _originals:
        _patch()


@contextmanager
def unmended() -> Iterator[None]:
    """WeasyPrint as it comes, for the tests."""
    changed = [(where, name, getattr(where, name)) for where, name, _ in _originals]
    for where, name, original in _originals:
        setattr(where, name, original)
    try:
        yield
    finally:
        for where, name, change in changed:
            setattr(where, name, change)


_originals: list[tuple[Any, str, Any]] = []


def _patch() -> None:
    from weasyprint.draw import text  # noqa: PLC0415
    from weasyprint.pdf import fonts  # noqa: PLC0415

    for where, name, change in (
        (text, "draw_first_line", _draw_first_line),
        (fonts.Font, "clean", _clean),
        (fonts, "_build_vector_font_dictionary", _build_vector_font_dictionary),
    ):
        original = getattr(where, name)
        _originals.append((where, name, original))
        if isinstance(where, type):
            setattr(
                where, name, lambda self, *rest, was=original, now=change: now(was, self, *rest)
            )
        else:
            setattr(where, name, partial(change, original))


# --- drawing --------------------------------------------------------------------------------------


def _draw_first_line(original: Any, stream: Any, textbox: Any, *rest: Any) -> Any:
    start = len(stream.stream)
    emojis = original(stream, textbox, *rest)
    drawn = stream.stream[start:]
    glyphs = list(_line(stream, textbox.pango_layout)) if drawn else []
    if not any(glyph.font.bitmap for glyph in glyphs):
        stream.stream[start:] = _rewritten(drawn, iter(glyphs), stream)
    return emojis


def _rewritten(drawn: list[bytes], glyphs: Iterator[Glyph], stream: Any) -> Iterator[bytes]:
    """What was drawn, with each glyph's number replaced by its code, and the graphemes that need it
    within a marked-content sequence."""
    for operation in drawn:
        if not operation.endswith(b"] TJ"):
            yield operation
            continue
        shown: list[str] = []
        for match in _SHOWN.finditer(operation, 1, len(operation) - 4):
            if match[2]:
                shown.append(match[2].decode())
            for at in range(0, len(match[1] or b""), 4):
                glyph = next(glyphs)
                number = int(match[1][at : at + 4], 16)
                if glyph.begins:
                    yield from _show(shown)
                    said = glyph.begins.encode("utf-16-be").hex()
                    yield f"/Span <</ActualText <feff{said}>>> BDC".encode()
                code = _codes(glyph.font, stream).code(
                    glyph.font, number, glyph.text or WORD_JOINER
                )
                shown.append(f"<{code:04x}>")
                if glyph.ends:
                    yield from _show(shown)
                    yield b"EMC"
        yield from _show(shown)


def _show(shown: list[str]) -> Iterator[bytes]:
    # A space has to part two numbers; a movement by nothing can go.
    if items := " ".join(item for item in shown if item != "0").replace("> <", ""):
        yield f"[{items}] TJ".encode()
    shown.clear()


def _codes(font: Any, stream: Any) -> Codes:
    """The codes of a font. WeasyPrint may hold a font twice under one name; these share everything."""
    if not hasattr(font, "codes"):
        for twin in stream._fonts.values():  # noqa: SLF001
            if twin.hash == font.hash and hasattr(twin, "codes"):
                font.codes = twin.codes
                font.to_unicode = twin.to_unicode
                twin.widths.update(font.widths)
                font.widths = twin.widths
                break
        else:
            font.codes = Codes()
    codes: Codes = font.codes
    return codes


# --- which glyph says what ------------------------------------------------------------------------


def _line(stream: Any, layout: Any) -> Iterator[Glyph]:
    """The glyphs of a line that was drawn, in the order of drawing, each with its text."""
    from weasyprint.text.ffi import ffi, pango  # noqa: PLC0415

    line, _ = layout.get_first_line()
    text = layout.text.encode()
    run = line.runs[0]
    while run != ffi.NULL:
        item, string = run.data.item, run.data.glyphs
        run = run.next
        count = string.num_glyphs
        font, _ = stream.add_font(item.analysis.font)
        glyphs = []
        for info in string.glyphs[0:count]:
            moved = bool(info.geometry.x_offset or info.geometry.y_offset)
            glyphs.append(Glyph(font, info.glyph != pango.PANGO_GLYPH_EMPTY, moved))
        # A cluster's number is where its text begins; it ends where the next one begins.
        clusters: dict[int, list[int]] = {}
        for at, start in enumerate(string.log_clusters[0:count]):
            clusters.setdefault(start, []).append(at)
        starts = sorted(clusters)
        said = text[item.offset : item.offset + item.length]
        parts = [
            (said[start:end].decode(), clusters[start])
            for start, end in zip(starts, [*starts[1:], item.length], strict=True)
        ]
        _say(glyphs, parts, rtl=bool(item.analysis.level % 2))
        yield from (glyph for glyph in glyphs if glyph.visible)


def _say(glyphs: list[Glyph], clusters: list[tuple[str, list[int]]], *, rtl: bool) -> None:
    """Give each glyph of a run its text; ``clusters`` are in logical order, each a text and the places
    of its glyphs in the order of drawing."""
    order = -1 if rtl else 1
    graphemes: list[tuple[str, list[int]]] = []
    for text, members in clusters:
        seen = [at for at in members if glyphs[at].visible][::order]
        if not seen:
            # Nothing is drawn for it. What changes the spelling goes with the letter before.
            if graphemes and (_marks(text) or text in JOIN_CONTROLS):
                before, places = graphemes[-1]
                graphemes[-1] = (before + text, places)
                last = glyphs[places[-1]]
                last.text = text + last.text if rtl else last.text + text
            continue
        # Where there are more glyphs than characters, those that say nothing are drawn last: MuPDF takes what
        # a grapheme says of itself for new where its first glyph says something else.
        saying = seen[len(seen) - len(text) :] if rtl and len(seen) > len(text) else seen
        for at, char in zip(saying[:-1], text, strict=False):
            glyphs[at].text = char
        glyphs[saying[-1]].text = text[len(saying) - 1 :][::order]
        if graphemes and _marks(text):
            before, places = graphemes[-1]
            graphemes[-1] = (before + text, places + seen)
        else:
            graphemes.append((text, seen))
    for text, places in graphemes:
        if len(places) == 1 and len(text) == 1:
            continue  # most of them
        moved = len(text) > 1 and any(glyphs[at].moved for at in places)
        if moved or not all(glyphs[at].text for at in places):
            glyphs[min(places)].begins = text[::order]
            glyphs[max(places)].ends = True


@cache
def _marks(text: str) -> bool:
    return all(unicodedata.category(char).startswith("M") for char in text)


# --- the fonts ------------------------------------------------------------------------------------


def _clean(original: Any, font: Any, to_unicode: dict[int, str], hinting: bool) -> None:
    """A font is cut down to the glyphs of the codes that were used."""
    glyphs = font.codes.glyphs if hasattr(font, "codes") else {}
    original(font, {glyphs.get(code, code): text for code, text in to_unicode.items()}, hinting)


def _build_vector_font_dictionary(
    original: Any, dictionary: Any, pdf: Any, font: Any, widths: Any, compress: bool, *rest: Any
) -> None:
    import pydyf  # noqa: PLC0415

    glyphs = font.codes.glyphs if hasattr(font, "codes") and font.codes.extra else {}
    cff = font.type == "otf"
    if glyphs and cff:  # its CIDs are its glyphs' numbers, and codes are no CIDs
        widths = {code: width for code, width in widths.items() if glyphs.get(code, code) == code}
    start = len(pdf.objects)
    original(dictionary, pdf, font, widths, compress, *rest)
    if not glyphs:
        return
    missing = set(font.missing.values())
    if cff:
        encoding = _encoding(font.to_unicode, glyphs, missing, compress)
        pdf.add_object(encoding)
        dictionary["Encoding"] = encoding.reference
        return
    # Zero for the numbers that nobody uses, WeasyPrint's for missing glyphs among them: it packs well.
    table = b"".join(glyphs.get(code, 0).to_bytes(2, "big") for code in range(max(glyphs) + 1))
    stream = pydyf.Stream([table], compress=compress)
    pdf.add_object(stream)
    for each in pdf.objects[start:]:
        if isinstance(each, pydyf.Dictionary) and "CIDToGIDMap" in each:
            each["CIDToGIDMap"] = stream.reference


def _encoding(
    used: dict[int, str], glyphs: dict[int, int], missing: set[int], compress: bool
) -> Any:
    """A CMap from codes to CIDs (ISO 32000-1 9.7.5.3)."""
    import pydyf  # noqa: PLC0415

    info = pydyf.Dictionary(
        {"Registry": pydyf.String("Adobe"), "Ordering": pydyf.String("Identity"), "Supplement": 0}
    )
    extra = {"Type": "/CMap", "CMapName": "/Pentapla-H", "CIDSystemInfo": info}
    lines = [
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap",
        "/CIDSystemInfo 3 dict dup begin /Registry (Adobe) def /Ordering (Identity) def",
        "/Supplement 0 def end def /CMapName /Pentapla-H def /CMapType 1 def",
        "1 begincodespacerange <0000> <ffff> endcodespacerange",
    ]
    pairs = [
        f"<{code:04x}> {0 if code in missing else glyphs.get(code, code)}" for code in sorted(used)
    ]
    for at in range(0, len(pairs), BLOCK):
        block = pairs[at : at + BLOCK]
        lines += [f"{len(block)} begincidchar", *block, "endcidchar"]
    lines.append("endcmap CMapName currentdict /CMap defineresource pop end end")
    return pydyf.Stream(["\n".join(lines).encode()], pydyf.Dictionary(extra), compress=compress)
