"""The composition of a cover: how large its titles are, and where their lines break.

All titles of a cover are set in one size, each script in its own proportion, so that no title is the main one.
The size is the largest at which every title stands in its box; then its lines are made as equal as they can be
in the fewest that it needs. Widths are those of the shaped letters, in the faces that the page is set in.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from markupsafe import Markup

from pipeline.design.measure import SIZES, display_leading
from pipeline.design.page import A5, PT
from pipeline.document import (
    Code,
    Container,
    Inline,
    Line,
    Opportunity,
    Run,
    Text,
    Translation,
    Whole,
    label_line,
    nodes,
    plain,
    rewrite,
    walk,
)
from pipeline.editions import Edition
from pipeline.errors import Origin
from pipeline.fonts import Family, Style
from pipeline.languages import Language, Script
from pipeline.rendering.outlines import advance
from pipeline.rendering.renderer import Renderer
from pipeline.rendering.scene import Scene
from pipeline.typography.breaks import opportunities

SLACK = 0.985
"""How much of a box's width a line may fill: layout rounds each word a little otherwise."""

NEARLY = 0.85
"""How much smaller than it could be a title may be set, where it then needs fewer lines."""

TORN = 0.4
"""How much longer or shorter than the others a line may rather be, as a share, than end without a space: where
words have none between them, a space is the end of a phrase."""

BETWEEN = 1.1
"""The space between titles that share one box, in times the size."""


@dataclass(frozen=True, slots=True)
class Composition:
    """A cover's numbers: boxes in mm, the size of titles in pt for Latin."""

    size: float
    width: float
    height: float
    """The box of a title, or of all where they share one."""
    band: float
    """The height of a band, or of the page where there is none."""
    between: float
    """The space between titles that share one box, in pt."""
    lines: dict[str, tuple[Line, ...]]
    """The lines of each title, by language tag."""

    def title(self, scene: Scene) -> Markup:
        """A title, in its lines."""
        lines = self.lines[scene.translation.tag]
        return Markup("<br/>").join(scene.label(line) for line in lines)

    def em(self, script: Script, base: float) -> float:
        """The size of a title in times the size that its script has in a text of ``base`` pt."""
        return round(self.size * script.heading / base, 4)

    def leading(self, translation: Translation) -> float:
        """Its line height, in times its size."""
        script = translation.language.script
        return round(display_leading(script, plain(translation.title.inlines)), 3)


def compose(renderer: Renderer, edition: Edition) -> Composition:
    """The composition of an edition's cover, in the boxes of its theme."""
    theme, design = edition.settings.theme, renderer.design
    single = len(edition.translations) == 1
    box = design.single if single else design.combined
    count = len(edition.translations)
    banded = design.bands and not single
    band = theme.height / count if banded else theme.height
    # A narrow band keeps less of itself empty than a high one.
    height = band - min(8.0, band * 0.3) if banded else theme.height * box.height
    width = theme.width * box.width
    titles = [_Title(each, renderer, design.weight) for each in edition.translations]
    room = (width * PT * SLACK, height * PT)
    largest = design.largest * theme.width / A5[0]
    sizes = [size for size in SIZES if size <= largest] or [SIZES[-1]]
    fitting = [size for size in sizes if _stand(titles, size, room, banded)] or [SIZES[-1]]
    near = [size for size in fitting if size >= NEARLY * fitting[0]]
    size = min(near, key=lambda size: sum(len(each.ends(size, room[0])) for each in titles))
    lines = {each.tag: each.lines(each.ends(size, room[0])) for each in titles}
    return Composition(
        size, round(width, 3), round(height, 3), round(band, 3), round(BETWEEN * size, 2), lines
    )


def _stand(
    titles: Sequence["_Title"], size: float, room: tuple[float, float], banded: bool
) -> bool:
    """Whether all titles stand in their boxes, or together in one, at a size; all in pt."""
    heights = [each.height(size, room[0]) for each in titles]
    if any(height is None for height in heights):
        return False
    known = [height or 0.0 for height in heights]
    if banded:
        return max(known) <= room[1]
    return sum(known) + BETWEEN * size * (len(known) - 1) <= room[1]


@dataclass(frozen=True, slots=True)
class _Word:
    """A stretch of a title between two places at which a line may break; lengths in em."""

    end: int
    width: float
    """Without the space at its end, which hangs over the edge of a line."""
    space: float


class _Title:
    """One title, measured."""

    def __init__(self, translation: Translation, renderer: Renderer, weight: int) -> None:
        language = translation.language
        self.tag, self.script = translation.tag, language.script
        self.inlines = rewrite(label_line(translation.title.line), _without_opportunities)
        text = plain(self.inlines)
        self.leading = display_leading(self.script, text)
        style = Style(weight, "normal")
        families = renderer.stacks[self.script.code]
        space = _advance(" ", families, style, language)
        pieces = tuple(_pieces(self.inlines, self.script, renderer))
        held = _held(self.inlines)
        ends = [at for at in opportunities(text, self.tag) if at not in held] if text else []
        self.words: list[_Word] = []
        start = 0
        for end in (*ends, len(text)):
            letters = start + len(text[start:end].rstrip())
            width = sum(
                each.size
                * _advance(
                    text[max(start, each.start) : min(letters, each.end)],
                    each.families,
                    style,
                    language,
                )
                for each in pieces
                if max(start, each.start) < min(letters, each.end)
            )
            self.words.append(_Word(end, width, space * (end - letters)))
            start = end

    def em(self, size: float) -> float:
        """Its size in pt, where Latin has ``size`` pt."""
        return size * self.script.size * self.script.heading

    def height(self, size: float, width: float) -> float | None:
        """How high it stands in a box, in pt; None where a word is wider than the box."""
        em = self.em(size)
        if any(each.width * em > width for each in self.words):
            return None
        return len(self._filled(width / em)) * em * self.leading

    def ends(self, size: float, width: float) -> list[int]:
        """Where its lines end in a box of ``width`` pt, so that they are the fewest, and as equal as can be."""
        room = width / self.em(size)
        filled = self._filled(room)
        return filled if len(filled) == 1 else self._equal(room, len(filled)) or filled

    def _filled(self, room: float) -> list[int]:
        """The ends of lines that are filled one after the other."""
        out, filled, last = list[int](), 0.0, 0
        for word in self.words:
            if filled and filled + word.width > room:
                out.append(last)
                filled = 0.0
            filled += word.width + word.space
            last = word.end
        return [*out, last]

    def _equal(self, room: float, count: int) -> list[int]:
        """The ends of ``count`` lines with the least squares of what each differs from their mean, rather at
        spaces than between words without one; none where a word is wider than the room."""
        far = [0.0]
        for word in self.words:
            far.append(far[-1] + word.width + word.space)
        mean = far[-1] / count
        best: dict[tuple[int, int], tuple[float, int]] = {(0, 0): (0.0, 0)}
        for used in range(1, count + 1):
            for end in range(used, len(self.words) + 1):
                for start in range(used - 1, end):
                    line = far[end] - far[start] - self.words[end - 1].space
                    if (start, used - 1) not in best or line > room:
                        continue
                    torn = end < len(self.words) and not self.words[end - 1].space
                    cost = best[start, used - 1][0] + (line - mean) ** 2 + torn * (TORN * mean) ** 2
                    if (end, used) not in best or cost < best[end, used][0]:
                        best[end, used] = (cost, start)
        at, out = len(self.words), list[int]()
        if (at, count) not in best:
            return []
        for used in range(count, 0, -1):
            out.append(self.words[at - 1].end)
            at = best[at, used][1]
        return out[::-1]

    def lines(self, ends: Sequence[int]) -> tuple[Line, ...]:
        """Its inlines, line by line, without the spaces at which lines end: these would move what is in the
        middle."""
        text, starts = plain(self.inlines), [0, *ends]
        return tuple(
            _cut(self.inlines, start, start + len(text[start:end].rstrip()))
            for start, end in zip(starts, ends, strict=False)
        )


# --- from inlines to pieces -----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Piece:
    """A stretch of a title in one script: its place, its families, its size in times the title's."""

    start: int
    end: int
    families: tuple[Family, ...]
    size: float


def _without_opportunities(inline: Inline, _at: Origin) -> Line:
    return () if isinstance(inline, Opportunity) else (inline,)


def _pieces(inlines: Line, script: Script, renderer: Renderer) -> Iterator[_Piece]:
    at = 0
    for each, (own, size) in walk(inlines, (script, 1.0), _sized):
        if not isinstance(each, Container):
            start, at = at, at + len(plain((each,)))
            yield _Piece(start, at, renderer.stacks[own.code], size)


def _sized(node: Inline, around: tuple[Script, float]) -> tuple[Script, float]:
    """The script of what stands in a node, and its size in times the title's."""
    script, size = around
    if not isinstance(node, Run) or node.script is None or node.script.code == script.code:
        return around
    return node.script, size * node.script.size / script.size


def _held(inlines: Line) -> frozenset[int]:
    """The places inside what no line may break."""
    out: set[int] = set()
    at = 0
    for each in nodes(inlines):
        if isinstance(each, Whole):
            out.update(range(at + 1, at + len(plain((each,)))))
        elif not isinstance(each, Container):
            at += len(plain((each,)))
    return frozenset(out)


@cache
def _advance(text: str, families: tuple[Family, ...], style: Style, language: Language) -> float:
    return advance(text, families, style, language)


def _cut(inlines: Line, start: int, end: int) -> Line:
    """The inlines between two places."""
    at = 0

    def change(inline: Inline, _at: Origin) -> Line:
        nonlocal at
        if isinstance(inline, Container):
            return (inline,) if inline.children else ()
        assert isinstance(inline, Text | Code)  # noqa: S101 - a title has no others here
        value = inline.value[max(start - at, 0) : max(end - at, 0)]
        at += len(inline.value)
        return (replace(inline, value=value),) if value else ()

    return rewrite(inlines, change)
