"""The pages of an e-book whose languages stand in rows: what all say of the same, and then of what follows.

Languages can be left out by alternative style sheets (HTML, 4.6.7.7; EPUB 3.3 leaves them to HTML). Few reading
systems offer them, so that without a choice all languages are shown; and a system that applies every sheet ends
with the last, which shows all languages again.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from markupsafe import Markup

from pipeline.document import Block, Heading, Listing, Translation, anchor, label_text
from pipeline.editions import Edition
from pipeline.languages import Language, with_arrangement_words
from pipeline.rendering.ebook_layout import Chapter, Entry, Layout
from pipeline.rendering.renderer import Renderer
from pipeline.rendering.rows import Row
from pipeline.rendering.scene import Scene, Target
from pipeline.rendering.words import FrameWords

AROUND = (".set", ".rows")
"""The selectors of what texts stand in."""

MOST_CHOICES = 21
"""How many choices among languages there are at most: two of six, and each alone."""


@dataclass(frozen=True, slots=True)
class Cell:
    """What one language has of a row. Without markup it has nothing of it."""

    scene: Scene
    markup: Markup

    @property
    def language(self) -> Language:
        """Its language."""
        return self.scene.translation.language


@dataclass(frozen=True, slots=True)
class Line:
    """A row as a document shows it: the cells that stand beside or under each other. A row of lists has a line
    for every item."""

    cells: tuple[Cell, ...]
    announces: bool
    """Whether it stands with what follows."""
    item: bool = False
    """Whether it is one item of a list."""


@dataclass(frozen=True, slots=True)
class Choices:
    """By which style sheets a reader may choose among languages."""

    links: tuple[tuple[str, str, str], ...]
    """Kind, file and title of each, in the order in which documents name them."""
    sheets: dict[str, str]
    """The style sheets by name."""


def chapters(renderer: Renderer, edition: Edition, plan: Layout) -> Iterator[Chapter]:
    """The pages of text, in reading order."""
    scenes = [
        replace(
            renderer.scene(Target.EPUB, each, address=plan.address, source=plan.source),
            breaks=plan.breaks,
        )
        for each in edition.translations
    ]
    links = choices(renderer, edition).links
    for at, document in enumerate(plan.rows):
        parts = [plan.parts[each.translation.tag][at] for each in scenes]
        markup = renderer.document(
            "frames/rows.xhtml",
            scenes[0],
            edition,
            named=tuple(dict.fromkeys((parts[0].heading, edition.first.title))),
            lines=[line for row in document for line in _lines(scenes, row)],
            notes=[(one, part) for one, part in zip(scenes, parts, strict=True) if part.notes],
            missing={
                each.tag: FrameWords(with_arrangement_words(each), xml=True)
                for each in edition.languages
            },
            choices=links,
            sheet="book.css",
        )
        yield Chapter(parts[0].name, markup)


def _lines(scenes: Sequence[Scene], row: Row) -> Iterator[Line]:
    if not (count := row.items):
        cells = (Cell(one, one.blocks(own)) for one, own in zip(scenes, row.cells, strict=True))
        yield Line(tuple(cells), row.announces)
    for at in range(count):
        cells = (
            Cell(one, _item(one, own[0], at)) for one, own in zip(scenes, row.cells, strict=True)
        )
        yield Line(tuple(cells), announces=False, item=True)


def _item(scene: Scene, block: Block, at: int) -> Markup:
    """One item of a list, as a list that goes on with it."""
    assert isinstance(block, Listing)  # noqa: S101 - a row of lists has nothing else
    start = None if block.start is None else block.start + at
    own = replace(block, items=(block.items[at],), start=start)
    return replace(scene, item_of=(at + 1, len(block.items))).block(own)


# --- contents ---------------------------------------------------------------------------------------


def entry(
    translation: Translation, heading: Heading, plan: Layout, inner: tuple[Entry, ...] = ()
) -> Entry:
    """The line of the contents for a heading, with the lines under it; a title without words is called by its
    language."""
    title = label_text(heading.inlines) or ("" if heading.level else translation.language.autonym)
    href = plan.address(anchor(translation, heading))
    return Entry(title, href, translation.language, inner, heading.other_way)


def entries(edition: Edition, plan: Layout) -> tuple[Entry, ...]:
    """The contents in reading order: the title, then the sections, each named in every language that has it."""
    found: list[tuple[int, Entry]] = []
    for document in plan.rows:
        for headings in (each for row in document for each in row.headings()):
            named = [
                (each.level, entry(translation, each, plan))
                for translation, each in zip(edition.translations, headings, strict=True)
                if each and (label_text(each.inlines) or not each.level)
            ]
            if named:
                (level, first), *others = named
                # The title stands before the sections, and not around them.
                fellows = tuple(each for _, each in others)
                found.append((max(level, 1), replace(first, fellows=fellows)))
    return _nested(found)


def _nested(found: Sequence[tuple[int, Entry]]) -> tuple[Entry, ...]:
    """Lines with their levels, those that are deeper inside of the one before."""
    out: list[Entry] = []
    at = 0
    while at < len(found):
        level, first = found[at]
        end = next((n for n in range(at + 1, len(found)) if found[n][0] <= level), len(found))
        out.append(replace(first, inner=_nested(found[at + 1 : end])))
        at = end
    return tuple(out)


# --- the choice of languages ------------------------------------------------------------------------


def choices(renderer: Renderer, edition: Edition) -> Choices:
    """Each language alone, then two at a time as long as these are not too many; last of all, all together,
    which is what is shown without a choice."""
    languages = edition.languages
    chosen: list[tuple[Language, ...]] = []
    for count in range(1, min(2, len(languages) - 1) + 1):
        more = list(combinations(languages, count))
        chosen += more if len(chosen) + len(more) <= MOST_CHOICES else []
    named = [
        ("alternate stylesheet", f"only-{'-'.join(each.tag for each in some)}.css", some)
        for some in chosen
    ]
    named.append(("stylesheet", "all.css", languages))
    every = edition.first.language.words["all"]
    titles = [" · ".join(each.autonym for each in some) for some in chosen]
    return Choices(
        tuple(
            (kind, name, title)
            for (kind, name, _), title in zip(named, [*titles, every], strict=True)
        ),
        {
            name: str(renderer.style("choice.css", (), edition, shown=[each.tag for each in some]))
            for _, name, some in named
        },
    )
