"""The codes of a font in a PDF: one for each pair of glyph and text.

A code is a CID. Codes beyond the font's glyphs are brought back to them by a ``CIDToGIDMap`` stream
(ISO 32000-1 9.7.4.3); OpenType fonts with CFF outlines do not look at that, so these get an encoding
CMap (9.7.5.3) where several codes name one CID. MuPDF still mixes up the texts of such a font: fonts
with TrueType outlines are better.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from pipeline.layout.glyphs import Composite, compose

# WeasyPrint gives a glyph that the font lacks a code above the font's glyphs; these are left free for it.
RESERVED = 256
TOP = 0xFFFF
BLOCK = 100
"""The most entries in one block of a CMap (Adobe Technical Note 5014)."""


@dataclass(slots=True)
class Codes:
    """The codes of one font: which glyph with which text each stands for."""

    codes: dict[tuple[int | Composite, str], int] = field(default_factory=dict)
    shapes: dict[int, int | Composite] = field(default_factory=dict)
    """What each code draws: a glyph of the font by its number, or several as one."""
    glyphs: dict[int, int] = field(default_factory=dict)
    """The glyph of each code in the file; known when the font has its composites."""

    def code(self, font: Any, shape: int | Composite, text: str) -> int | None:
        """The code for a glyph with a text; None where there are no more codes. The first text of a glyph
        of the font has the glyph's own number."""
        if isinstance(shape, int) and shape >= font.glyph_count:
            return shape  # a glyph that the font lacks, which WeasyPrint has warned of
        code = self.codes.get((shape, text))
        if code is None:
            if isinstance(shape, int) and shape not in self.shapes:
                code = shape
            else:
                code = font.glyph_count + RESERVED + len(self.codes)
            if code > TOP:
                return shape if isinstance(shape, int) else None
            self.codes[shape, text] = code
            self.shapes[code] = shape
            if isinstance(shape, int):
                font.widths[code] = font.widths[shape]
            else:
                font.widths[code] = round(shape.advance * 1000 / font.upem)
            font.to_unicode[code] = text
        return code

    @property
    def extra(self) -> bool:
        """Whether any code is not its glyph's number."""
        return any(code != glyph for code, glyph in self.glyphs.items())

    def drawn(self, codes: Iterable[int]) -> set[int]:
        """The glyphs of the font that some codes draw."""
        out = set()
        for code in codes:
            shape = self.shapes.get(code, code)
            out |= {shape} if isinstance(shape, int) else {part[0] for part in shape.parts}
        return out


def codes_of(font: Any, stream: Any) -> Codes:
    """The codes of a font. WeasyPrint may hold one font twice (``twin``); both then share codes, texts and
    widths."""
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


def clean(original: Any, font: Any, to_unicode: dict[int, str], hinting: bool) -> None:
    """Reduce a font to the glyphs of the codes that were used (``original``), and add its composites."""
    if not hasattr(font, "codes"):
        original(font, to_unicode, hinting)
        return
    codes: Codes = font.codes
    for known in (font.to_unicode, font.widths):
        # WeasyPrint notes every glyph that it draws, the components of composites among them.
        for number in [each for each in known if each < font.glyph_count]:
            if number not in codes.shapes:
                del known[number]
    original(font, dict.fromkeys(codes.drawn(font.to_unicode), ""), hinting)
    wanted = [shape for shape in codes.shapes.values() if isinstance(shape, Composite)]
    numbers: dict[int | Composite, int] = {}
    if composites := list(dict.fromkeys(wanted)):
        font.file_content, first = compose(font.file_content, composites)
        numbers.update((each, first + at) for at, each in enumerate(composites))
    codes.glyphs = {
        code: shape if isinstance(shape, int) else numbers[shape]
        for code, shape in codes.shapes.items()
    }


def build_vector_font_dictionary(
    original: Any, dictionary: Any, pdf: Any, font: Any, widths: Any, compress: bool, *rest: Any
) -> None:
    """Write the dictionary of a font as WeasyPrint does (``original``), then add what leads from codes to
    glyphs where a code is not its glyph's number: an encoding CMap for CFF outlines, else a ``CIDToGIDMap``."""
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
