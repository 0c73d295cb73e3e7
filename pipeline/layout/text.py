"""WeasyPrint, corrected: the text that is copied or searched in a PDF is the text of its source.

WeasyPrint 70.0 gives each glyph of a face ONE text, the first it was seen with (``ToUnicode``, ISO
32000-1 9.10.3; https://github.com/Kozea/WeasyPrint/issues/2841). Where two characters share a glyph, or
a cluster has several glyphs, what is copied, searched or read aloud is wrong, while the page looks
perfect: a Thai SARA AM is drawn as two glyphs, the second of which every SARA AA shares, so all of one
become the other, or are lost. Marks and kerned letters are moved, and readers take movements for the ends of
words. This corrects four things and leaves the look of the page unchanged: WeasyPrint draws each line as ever,
and the operators that show its glyphs are rewritten afterwards.

1. **A code for each pair of glyph and text** (:mod:`layout.codes`).
2. **No code without text** (:mod:`layout.graphemes`). Of a cluster's characters each glyph has one, in
   logical order, and the last has the rest; glyphs left over have WORD JOINER, of no width and no
   meaning: an empty entry makes MuPDF, pdfium and pdf.js invent a character, and PDF/A-2u and PDF/UA
   ask for a text.
3. **One glyph for a grapheme whose glyphs are moved or left over** (:mod:`layout.pieces`,
   :mod:`layout.glyphs`), so that nothing is moved. Fonts that cannot have composites (CFF outlines,
   coloured glyphs) have /ActualText (14.9.4) on such graphemes instead; in right-to-left text it is in
   visual order, which pdfium does not turn.
4. **Runs painted in the order in which they are read**, where a line has several: Arabic and a number in it.

Not corrected: bitmap fonts, ``full_fonts`` and the fonts of PDF forms, none of which Pentapla writes, and
what goes beyond 65,535 codes in one font.
"""

import re
from collections.abc import Iterator
from typing import Any

from pipeline.layout.codes import Codes, codes_of
from pipeline.layout.graphemes import UNITS, Glyph, line
from pipeline.layout.pieces import WORD_JOINER, Piece, pieces_of, spaced

_SHOWN = re.compile(rb"<([0-9a-f]*)>|([^<>\s]+)")


def draw_first_line(original: Any, stream: Any, textbox: Any, *rest: Any) -> Any:
    """Draw a line of text (``original``), and rewrite the operators that show its glyphs."""
    start = len(stream.stream)
    _forget_face(stream)
    emojis = original(stream, textbox, *rest)
    drawn = stream.stream[start:]
    glyphs = list(line(stream, textbox.pango_layout, textbox.style)) if drawn else []
    if not any(glyph.font.bitmap for glyph in glyphs):
        stream.stream[start:] = _rewritten(drawn, iter(glyphs), stream)
        _forget_face(stream)
    return emojis


def _forget_face(stream: Any) -> None:
    """Make the stream set the next face in any case. It leaves out an operator that would set the same face
    again, but does not know which face is set last here, where runs are put into another order."""
    stream._current_font = None  # noqa: SLF001 - the only place that says it


def _rewritten(drawn: list[bytes], glyphs: Iterator[Glyph], stream: Any) -> Iterator[bytes]:
    """The operators of a line, with codes in the place of the numbers of glyphs, and with its runs in reading
    order."""
    before: list[bytes] = []
    runs: list[tuple[bytes, list[Glyph]]] = []
    setting = b""
    for operation in drawn:
        if operation.endswith(b" Ts"):
            continue
        if not operation.endswith(b"] TJ"):
            if operation.endswith(b" Tf"):
                setting = operation
            else:
                before.append(operation)
            continue
        for match in _SHOWN.finditer(operation, 1, len(operation) - 4):
            for at in range(0, len(match[1] or b""), 4):
                glyph = next(glyphs)
                glyph.number = int(match[1][at : at + 4], 16)
                if not runs or runs[-1][1][-1].run != glyph.run:
                    runs.append((setting, []))
                runs[-1][1].append(glyph)
    yield from before
    yield from _in_reading_order(runs, stream)


def _in_reading_order(runs: list[tuple[bytes, list[Glyph]]], stream: Any) -> Iterator[bytes]:
    """Runs of a line, each with what sets its face, painted in the order in which they are read: what takes
    text as it was painted (MuPDF, pypdf, pdf.js, ``pdftotext -raw``) cannot tell otherwise which comes first
    of Arabic and a number that stand side by side."""
    left = ""
    lefts = []
    for _, run in runs:
        lefts.append(left)
        left = run[-1].text
    order = sorted(range(len(runs)), key=lambda at: runs[at][1][0].run)
    moved = order != list(range(len(runs)))
    here = 0
    face = b""
    for at in order:
        setting, run = runs[at]
        if moved:
            run[0].before = 0
            if run[0].start != here:
                yield f"{(run[0].start - here) / UNITS:.4f} 0 Td".encode()
                here = run[0].start
        if setting != face:
            yield setting
            face = setting
        yield from _run(run, lefts[at], stream)


def _run(run: list[Glyph], left: str, stream: Any) -> Iterator[bytes]:
    """Show glyphs of one font at a size; ``left`` is what stands to the left of them."""
    shown: list[str] = []
    space: list[Glyph] = []
    for said, group in [*_groups(run), ("", [])]:
        if space:
            pieces = spaced(space[0], said, group)
            if pieces is None:
                yield from _show_group("", space, "", shown, stream)
            else:
                _show_pieces(pieces, group[0].font, shown, stream)
                space, left = [], group[-1].text
                continue
        space = group if group and group[0].rtl and not said and group[0].text == " " else []
        if group and not space:
            yield from _show_group(said, group, left, shown, stream)
        if group:
            left = group[-1].text
    yield from _show(shown)


def _show_group(
    said: str, group: list[Glyph], left: str, shown: list[str], stream: Any
) -> Iterator[bytes]:
    """Show glyphs that have one text together (``said``); ``left`` is the text to the left of them."""
    font = group[0].font
    if group[0].before:
        shown.append(f"{round(-group[0].before * group[0].scale)}")
    pieces = pieces_of(said, group, left)
    if pieces is not None and _show_pieces(pieces, font, shown, stream):
        return
    if said:
        yield from _show(shown)
        yield f"/Span <</ActualText <feff{said.encode('utf-16-be').hex()}>>> BDC".encode()
    for glyph in group:
        yield from _plain(glyph, codes_of(font, stream), shown)
    if said:
        yield from _show(shown)
        yield b"EMC"


def _show_pieces(pieces: list[Piece], font: Any, shown: list[str], stream: Any) -> bool:
    """Show pieces by their codes; False where the font has no codes left."""
    codes = codes_of(font, stream)
    numbers = [codes.code(font, piece.shape, piece.text) for piece in pieces]
    if None in numbers:
        return False
    for code, piece in zip(numbers, pieces, strict=True):
        shown += [
            f"{round(-piece.before)}",
            f"<{code:04x}>",
            f"{int(font.widths[code] - piece.width)}",
        ]
    return True


def _groups(run: list[Glyph]) -> Iterator[tuple[str, list[Glyph]]]:
    """The glyphs of a run in groups: those that have one text together, with that text, and the others one by
    one."""
    group: list[Glyph] = []
    for glyph in run:
        if group or glyph.begins:
            group.append(glyph)
            if glyph.ends:
                yield group[0].begins, group
                group = []
        else:
            yield "", [glyph]
    for glyph in group:
        yield "", [glyph]


def _plain(glyph: Glyph, codes: Codes, shown: list[str]) -> Iterator[bytes]:
    """Show a glyph that is moved by operators, where it is."""
    code = codes.code(glyph.font, glyph.number, glyph.text or WORD_JOINER)
    offset = glyph.x * glyph.scale
    if glyph.y:
        yield from _show(shown)
        yield f"{-glyph.y / UNITS:.4f} Ts".encode()
    if offset:
        shown.append(f"{-offset:.3f}")
    shown.append(f"<{code:04x}>")
    if glyph.y:
        yield from _show(shown)
        yield b"0 Ts"
    shown.append(f"{int(glyph.font.widths[glyph.number] + offset - glyph.width * glyph.scale)}")


def _show(shown: list[str]) -> Iterator[bytes]:
    # A space has to part two numbers; a movement by nothing can go.
    if items := " ".join(item for item in shown if item != "0").replace("> <", ""):
        yield f"[{items}] TJ".encode()
    shown.clear()
