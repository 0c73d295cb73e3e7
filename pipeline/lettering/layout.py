"""Every glyph of a text in its place (SVG 2, section 11.5, steps 4 to 9)."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pipeline.languages import Direction
from pipeline.lettering.cascade import Style, length
from pipeline.lettering.curves import Curve, curve_of
from pipeline.lettering.faces import Faces
from pipeline.lettering.letters import Lettered, Span, may_go
from pipeline.lettering.shaping import Cluster, shaped

SUPER, SUB = 0.33, -0.2
"""How high letters are raised or lowered, in em."""


@dataclass(slots=True)
class Chunk:
    """Letters that are placed as a whole: from one that is told where to stand to the next."""

    begin: int
    end: int
    clusters: list[Cluster]


def laid_out(text: Lettered, root: Any, faces: Faces) -> list[Cluster]:
    """The clusters of a text, each in its place."""
    letters, tag = text.letters, faces.language.tag
    chosen = faces.choose(text.value, [each.style["font-family"] for each in letters])
    chunks = [
        Chunk(begin, end, shaped(letters, chosen, begin, end, tag)) for begin, end in _chunks(text)
    ]
    _shift(text, chunks)
    for span in reversed(text.spans):
        _fit(span, text, chunks)
    pen = (0.0, 0.0)
    for chunk in chunks:
        pen = _anchor(chunk, text, root, pen)
    every = [cluster for chunk in chunks for cluster in chunk.clusters]
    for cluster in every:
        letter = text.letters[cluster.begin]
        lower = _baseline(letter.style, cluster.font)
        cluster.x += -lower * math.sin(cluster.turn)
        cluster.y += lower * math.cos(cluster.turn)
        cluster.turn += math.radians(letter.place.get("rotate", 0.0))
    return every


def _chunks(text: Lettered) -> Iterator[tuple[int, int]]:
    """Where the letters of each chunk begin and end. A combining mark stays with its letter; white space that
    may be left out stands at no chunk's end."""
    letters = text.letters
    starts = [
        index
        for index, letter in enumerate(letters)
        if index == 0
        or letter.path is not letters[index - 1].path
        or (letter.path is None and {"x", "y"} & letter.place.keys())
    ]
    for begin, end in zip(starts, [*starts[1:], len(letters)], strict=True):
        last = end
        if end < len(letters):
            while last > begin + 1 and may_go(letters[last - 1]):
                last -= 1
        yield begin, last


def _shift(text: Lettered, chunks: list[Chunk]) -> None:
    """Step 4: dx and dy, each of which moves all that follows in the order of reading."""
    for chunk in chunks:
        x = y = 0.0
        moves = []
        for letter in text.letters[chunk.begin : chunk.end]:
            x += letter.place.get("dx", 0.0)
            y += letter.place.get("dy", 0.0)
            moves.append((x, y))
        for cluster in chunk.clusters:
            right, down = moves[cluster.begin - chunk.begin]
            cluster.x += right
            cluster.y += down


def _fit(span: Span, text: Lettered, chunks: list[Chunk]) -> None:
    """Step 5: textLength. Letters that join are stretched, as space would tear them apart."""
    size = text.letters[span.begin].style.size if span.begin < span.end else 16.0
    wanted = length(span.element.get("textLength"), size, text.viewport[0])
    if not wanted or wanted < 0:
        return
    for chunk in chunks:
        if chunk.end <= span.begin or span.end <= chunk.begin:
            continue
        inside = [
            each for each in chunk.clusters if span.begin <= each.begin and each.end <= span.end
        ]
        if not inside:
            continue
        left = inside[0].x
        right = max(each.x + each.advance * each.stretch for each in inside)
        stretches = span.element.get("lengthAdjust") == "spacingAndGlyphs"
        more = wanted - (right - left)
        after = chunk.clusters[chunk.clusters.index(inside[-1]) + 1 :]
        if stretches or any(each.joined for each in inside) or len(inside) == 1:
            factor = wanted / (right - left) if right > left else 1.0
            for each in inside:
                each.x = left + (each.x - left) * factor
                each.stretch *= factor
        else:
            for index, each in enumerate(inside):
                each.x += index * more / (len(inside) - 1)
        for each in after:
            each.x += more
        return


def _anchor(
    chunk: Chunk, text: Lettered, root: Any, pen: tuple[float, float]
) -> tuple[float, float]:
    """Steps 6 to 8: a chunk in its place, on its path where it has one; gives where the next one goes on."""
    first = text.letters[chunk.begin]
    if not chunk.clusters:
        return pen
    left = min(each.x for each in chunk.clusters)
    right = max(each.x + each.advance * each.stretch for each in chunk.clusters)
    leftward = first.style["direction"] == Direction.RTL
    part = {"middle": 0.5, "end": 1.0}.get(first.style["text-anchor"], 0.0)
    part = 1 - part if leftward else part
    curve = curve_of(first.path, root) if first.path is not None else None
    if curve is not None:
        return _along(chunk, curve, first.path, part, right - left)
    x, y = first.place.get("x", pen[0]), first.place.get("y", pen[1])
    move = x - (left + part * (right - left))
    lowest = 0.0
    for each in chunk.clusters:
        each.x += move
        each.y += y
        lowest = each.y - y
    return (left if leftward else right) + move, y + lowest


def _along(
    chunk: Chunk, curve: Curve, reference: Any, part: float, width: float
) -> tuple[float, float]:
    """A chunk on a path. What is longer than the path has room for is set narrower, so that all of it is there:
    its author had another face."""
    start = length(reference.get("startOffset"), 16.0, curve.length) or 0.0
    start = min(max(start, 0.0), curve.length)
    room = min(
        (curve.length - start) / (1 - part) if part < 1 else math.inf,
        start / part if part else math.inf,
    )
    factor = min(1.0, room / width) if width and room > 0 else 1.0
    begin = start - part * width * factor
    for each in chunk.clusters:
        advance = each.advance * each.stretch * factor
        x, y, angle = curve.at(begin + each.x * factor + advance / 2)
        down = each.y
        each.stretch *= factor
        each.turn = angle
        each.x = x - advance / 2 * math.cos(angle) - down * math.sin(angle)
        each.y = y - advance / 2 * math.sin(angle) + down * math.cos(angle)
    x, y, _ = curve.at(begin + width * factor)
    return x, y


def _baseline(style: Style, font: Any) -> float:
    """How far below its line a letter stands, in px."""
    raised = 0.0
    shift = style["baseline-shift"]
    if shift in ("super", "sub"):
        raised = style.size * (SUPER if shift == "super" else SUB)
    elif shift:
        raised = length(shift, style.size, style.size) or 0.0
    wanted = style["alignment-baseline"] or style["dominant-baseline"]
    if wanted in ("", "auto", "baseline", "alphabetic", "inherit"):
        return -raised
    unit = style.size / font.face.upem
    extents = font.get_font_extents("ltr")
    above, below = extents.ascender * unit, -extents.descender * unit
    lower: dict[str, float] = {
        "middle": style.size * 0.25,
        "central": (above - below) / 2,
        "hanging": above * 0.8,
        "mathematical": above / 2,
        "text-before-edge": above, "text-top": above, "before-edge": above, "top": above,
        "text-after-edge": -below, "text-bottom": -below, "after-edge": -below, "bottom": -below,
        "ideographic": -below,
    }  # fmt: skip
    return lower.get(wanted, 0.0) - raised
