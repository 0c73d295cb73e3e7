"""What is laid out on pages: cover, contents, text."""

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from pipeline import drawings, pictures
from pipeline.design import inks
from pipeline.design.colour import Palette
from pipeline.design.fit import Fits
from pipeline.design.page import PT, tabs
from pipeline.document import Picture
from pipeline.editions import Edition
from pipeline.fonts import REGULAR
from pipeline.languages import Language
from pipeline.pictures import ANY_SIZE
from pipeline.rendering.covers import compose
from pipeline.rendering.outlines import outline
from pipeline.rendering.renderer import Renderer, data_url
from pipeline.rendering.scene import Target

TAB_TYPE = 6.8
"""The size of the names on the thumb index, in pt for Latin."""


@dataclass(frozen=True, slots=True)
class OutputCondition:
    """What pages are laid out on: their colours, and the bleed around them in mm."""

    palette: Palette
    bleed: float = 0.0
    grey: bool = False
    """Whether pictures lose their colours."""


@dataclass(frozen=True, slots=True)
class Setting:
    """How translations are measured, by language tag: how wide in mm, in which size, in times that of the
    book, and which segments they lack. ``toned`` says that all but the first stand in, beside a rule."""

    widths: Mapping[str, float]
    scales: Mapping[str, float]
    gaps: Mapping[str, Sequence[int]]
    toned: bool = False


@dataclass(frozen=True, slots=True)
class ColumnHead:
    """What stands above a column: its language, and the section that its first line is in; in mm from the
    left of the text area, ``size`` in times that of the text."""

    tag: str
    left: float
    width: float
    running: str
    size: float


@dataclass(frozen=True, slots=True)
class Leaf:
    """A page that waits for lines: the kind of page that it is, the anchors of what will begin on it, and what
    its head says."""

    name: str
    anchors: Sequence[str]
    running: str = ""
    heads: Sequence[ColumnHead] = ()


@dataclass(frozen=True, slots=True)
class Leaves:
    """All pages that wait. ``names`` are the kinds of pages, each with the language of its head and folio;
    ``opens`` says on which side the first stands (empty: on any)."""

    leaves: Sequence[Leaf]
    names: Mapping[str, Language]
    opens: str = ""
    headed: bool = False
    """Whether columns have heads of their own."""
    tabbed: bool = False
    """Whether each kind of page is of one language, and has its tab."""


def on_screen(renderer: Renderer) -> OutputCondition:
    """Pages that are read on a screen."""
    return OutputCondition(inks.screen_palette(renderer.tint, renderer.design.press))


def pages(
    renderer: Renderer,
    edition: Edition,
    condition: OutputCondition,
    fits: Fits | None = None,
    whole: Edition | None = None,
) -> str:
    """The whole document that becomes a PDF; ``fits`` are the blocks that are not set as they come. Where it is
    a part of a file, ``whole`` is the edition that the file is of: its page of languages names all of them, and
    its thumb index is that of the file."""
    return _document("frames/press.html", renderer, edition, condition, fits, whole=whole)


def blanks(renderer: Renderer, edition: Edition, condition: OutputCondition, count: int) -> str:
    """A document of ``count`` pages with nothing on them, at least one."""
    return _document("frames/blanks.html", renderer, edition, condition, count=count)


def cover(renderer: Renderer, edition: Edition, condition: OutputCondition) -> str:
    """The cover alone, as one page."""
    return _document("frames/cover.html", renderer, edition, condition)


def columns(
    renderer: Renderer,
    edition: Edition,
    condition: OutputCondition,
    fits: Fits,
    setting: "Setting",
) -> str:
    """What is measured for an arrangement: each translation on an endless page."""
    return _document(
        "frames/columns.html",
        renderer,
        edition,
        condition,
        fits,
        sheet="columns.css",
        widths=setting.widths,
        scales=setting.scales,
        toned=setting.toned,
        gaps=setting.gaps,
    )


def leaves(
    renderer: Renderer, edition: Edition, condition: OutputCondition, bound: "Leaves"
) -> str:
    """The document whose pages wait for what was measured, with cover and contents."""
    return _document(
        "frames/leaves.html",
        renderer,
        edition,
        condition,
        sheet="leaves.css",
        leaves=bound.leaves,
        opens=bound.opens,
        leaf_names=bound.names,
        headed=bound.headed,
        tabbed=bound.tabbed,
    )


def _document(
    template: str,
    renderer: Renderer,
    edition: Edition,
    condition: OutputCondition,
    fits: Fits | None = None,
    *,
    sheet: str = "press.css",
    whole: Edition | None = None,
    **names: object,
) -> str:
    whole = whole or edition
    shown = as_grey if condition.grey else for_print

    def source(picture: Picture, language: Language) -> str:
        content = renderer.picture(picture, language)
        if picture.media_type != pictures.SVG:
            content = pictures.in_srgb(content, picture.path)
        return shown(picture, content)

    scenes = [
        renderer.scene(
            Target.PRESS, each, source=partial(source, language=each.language), fits=fits
        )
        for each in edition.translations
    ]
    beyond = [
        renderer.scene(Target.PRESS, each)
        for each in whole.translations
        if each not in edition.translations
    ]
    composition = compose(renderer, edition)
    return renderer.document(
        template,
        scenes[0],
        edition,
        scenes=scenes,
        beyond=beyond,
        style=renderer.style(
            sheet,
            renderer.file_faces(),
            edition,
            palette=condition.palette,
            bleed=condition.bleed,
            cover=composition,
            tab=tabs(whole, whole.settings.theme.height),
            tab_names=_tab_names(renderer, whole, condition.palette),
            **names,
        ),
        bleed=condition.bleed,
        cover=composition,
        **names,
    )


def for_print(picture: Picture, content: bytes) -> str:
    """A picture, of which the page shows ``content``, inside the document; a drawing (SVG) says how large it
    is."""
    if picture.media_type == pictures.SVG:
        content = drawings.sized(content, picture.width or 0, picture.height or 0)
    return data_url(picture.media_type, content)


def as_grey(picture: Picture, content: bytes) -> str:
    """A picture likewise, in grey; a drawing (SVG) loses its colours where it is printed."""
    if picture.media_type == pictures.SVG:
        return for_print(picture, content)
    with pictures.opened(content, picture.path, ANY_SIZE) as opened:
        clear = opened.has_transparency_data
        grey = opened.convert("RGBA").convert("LA") if clear else opened.convert("L")
    stream = io.BytesIO()
    grey.save(stream, "PNG")
    return data_url("image/png", stream.getvalue())


def _tab_names(
    renderer: Renderer, edition: Edition, palette: Palette
) -> dict[tuple[str, str], str]:
    """For the thumb index, the name of each language along the edge, as a picture for either fore-edge: on its
    side, or its letters upright one below the other where the script is written so."""
    shape = tabs(edition, edition.settings.theme.height)
    names: dict[tuple[str, str], str] = {}
    for language in edition.languages:
        families = renderer.stacks[language.script.code]
        drawn = outline(language.autonym, families, REGULAR, language, vertical=True)
        room = shape.length * 0.9
        em = min(TAB_TYPE * language.script.size / PT, room / drawn.length if drawn.length else 1.0)
        path = drawn.path if shape.named else ""
        along, across = -drawn.length / 2, (drawn.ascent - drawn.descent) / 2
        for side, turn in (("left", -90), ("right", 90)):
            rotate, x, y = (0, 0.0, along) if drawn.upright else (turn, along, across)
            picture = (
                f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {shape.depth} {shape.length}">'
                f'<g transform="translate({shape.depth / 2} {shape.length / 2}) rotate({rotate}) '
                f'scale({em:.5f}) translate({x:.5f} {y:.5f})">'
                f'<path fill="{palette.white}" d="{path}"/></g></svg>'
            )
            names[language.tag, side] = data_url("image/svg+xml", picture.encode())
    return names
