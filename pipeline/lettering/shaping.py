"""From characters to glyphs: the bidirectional algorithm, then HarfBuzz, a stretch at a time."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from typing import Any

import uharfbuzz

from pipeline.fonts import Family
from pipeline.languages import Direction
from pipeline.lettering.faces import file_of
from pipeline.lettering.letters import Letter
from pipeline.typography.levels import levels

AROUND = 8
"""How many characters before and after a stretch are looked at; HarfBuzz looks at five."""


@dataclass(slots=True)
class Cluster:
    """Glyphs that belong together, with the letters ``begin`` to ``end`` that they draw. Lengths are in px."""

    begin: int
    end: int
    font: Any
    scale: float
    """Px a unit of the font."""
    glyphs: list[tuple[int, float, float]]
    """Numbers of glyphs, with where each stands from the cluster's own place, in units of the font."""
    advance: float
    joined: bool
    """Whether its letters join their neighbours."""
    x: float = 0.0
    y: float = 0.0
    turn: float = 0.0
    """In radians."""
    stretch: float = 1.0


@cache
def font_of(path: str) -> Any:
    """A font file, for shaping."""
    return uharfbuzz.Font(uharfbuzz.Face(uharfbuzz.Blob.from_file_path(path)))


@dataclass(frozen=True, slots=True)
class _Item:
    """What letters that are shaped together have in common."""

    level: int
    path: str
    script: str
    size: float
    spaced: bool


def shaped(
    letters: Sequence[Letter],
    chosen: Sequence[tuple[Family, str]],
    begin: int,
    end: int,
    language: str,
) -> list[Cluster]:
    """The clusters of the letters ``begin`` to ``end`` in the order in which they stand from left to right, in
    one line that begins at 0. ``chosen`` gives family and script of every letter. What stands around them
    decides how letters join."""
    text = "".join(each.char for each in letters[begin:end])
    base = Direction.RTL if letters[begin].style["direction"] == Direction.RTL else Direction.LTR
    found = levels(text, base)
    items: list[tuple[_Item, int]] = []
    files: dict[tuple[Family, bool, bool], str] = {}  # to look for a file is slow
    for index in range(begin, end):
        style = letters[index].style
        family, script = chosen[index]
        key = (family, style.bold, style.slanted)
        if key not in files:
            files[key] = str(file_of(family, bold=style.bold, slanted=style.slanted))
        spaced = style.letter_spacing != 0
        items.append((_Item(found[index - begin], files[key], script, style.size, spaced), index))
    runs = []
    for item, members in groupby(items, key=lambda each: each[0]):
        indices = [index for _, index in members]
        runs.append((item, indices[0], indices[-1] + 1))
    out: list[Cluster] = []
    for item, first, last in _visual(runs):
        out.extend(_run(letters, item, first, last, language))
    x = 0.0
    for cluster in out:
        cluster.x = x
        x += cluster.advance
    return out


def _visual(runs: list[tuple[_Item, int, int]]) -> list[tuple[_Item, int, int]]:
    """Runs in the order in which they are seen from left to right (UAX 9, rule L2)."""
    out = list(runs)
    highest = max((item.level for item, _, _ in out), default=0)
    for level in range(highest, 0, -1):
        turned: list[tuple[_Item, int, int]] = []
        for high, part in groupby(out, key=lambda run, at=level: run[0].level >= at):  # type: ignore[misc]
            stretch = list(part)
            turned.extend(reversed(stretch) if high else stretch)
        out = turned
    return out


def _run(
    letters: Sequence[Letter], item: _Item, begin: int, end: int, language: str
) -> list[Cluster]:
    font = font_of(item.path)
    buffer = uharfbuzz.Buffer()
    start = max(0, begin - AROUND)
    around = [ord(each.char) for each in letters[start : end + AROUND]]
    buffer.add_codepoints(around, begin - start, end - begin)
    buffer.guess_segment_properties()
    buffer.script, buffer.language = item.script, language
    buffer.direction = (Direction.RTL if item.level % 2 else Direction.LTR).value
    # CSS Text 3, section 8.2: letters that stand apart form no ligatures.
    uharfbuzz.shape(font, buffer, {"liga": False, "clig": False} if item.spaced else {})
    scale = item.size / font.face.upem
    out: list[Cluster] = []
    placed = zip(buffer.glyph_infos, buffer.glyph_positions, strict=True)
    for first, members in groupby(placed, key=lambda each: each[0].cluster):
        first += start  # noqa: PLW2901
        cluster = Cluster(first, first, font, scale, [], 0.0, _joins(letters[first].char))
        x = y = 0
        for info, position in members:
            cluster.glyphs.append((info.codepoint, x + position.x_offset, y + position.y_offset))
            x += position.x_advance
            y += position.y_advance
        cluster.advance = x * scale
        out.append(cluster)
    starts = sorted(each.begin for each in out)
    ends = dict(zip(starts, [*starts[1:], end], strict=True))
    for cluster in out:
        cluster.end = ends[cluster.begin]
        style = letters[cluster.begin].style
        cluster.advance += 0.0 if cluster.joined else style.letter_spacing
        cluster.advance += style.word_spacing if letters[cluster.begin].char in " \u00a0" else 0.0
    return out


def _joins(char: str) -> bool:
    """Whether a letter joins its neighbours: space between them would tear the word."""
    return unicodedata.bidirectional(char) == "AL"
