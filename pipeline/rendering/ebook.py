"""The pages of an e-book."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from pipeline.design.page import FaceRule
from pipeline.document import Section, Translation, anchor, label_text, pictures
from pipeline.editions import Edition
from pipeline.languages import accessibility_sentences
from pipeline.rendering import ebook_rows
from pipeline.rendering.division import divide
from pipeline.rendering.ebook_layout import (
    LANGUAGE_PAGE,
    Chapter,
    Entry,
    Layout,
    homes,
    page_breaks,
    picture_names,
    reading_order,
    sheet_of,
)
from pipeline.rendering.physical import with_fallbacks
from pipeline.rendering.renderer import Renderer, fellows_of
from pipeline.rendering.rows import documents, parts, rows
from pipeline.rendering.scene import Target
from pipeline.settings.values import EditionKind


def layout(renderer: Renderer, edition: Edition, pages: Mapping[str, str] | None = None) -> Layout:
    """Share an edition out over files, as :mod:`pipeline.rendering.division` says, or, where its languages
    stand in rows, :mod:`pipeline.rendering.rows`.

    ``pages`` gives, by anchor, the label of the page of the PDF on which a block begins.
    """
    shared = documents(rows(edition.translations)) if edition.rows else ()
    own = (
        parts(edition.translations, shared)
        if shared
        else {each.tag: divide(each) for each in edition.translations}
    )
    places: dict[str, str] = {}
    openings: set[str] = set()
    for each in edition.translations:
        places |= homes(renderer.scene(Target.EPUB, each), own[each.tag])
        openings.update(anchor(each, part.first) for part in own[each.tag] if part.first)
    breaks = page_breaks(reading_order(edition, shared), pages or {})
    return Layout(own, places, frozenset(openings), picture_names(edition), breaks, shared)


def chapters(renderer: Renderer, edition: Edition, plan: Layout) -> tuple[Chapter, ...]:
    """The pages of text; in a combined edition a language page before them, and under each heading
    links to the same one in the other languages, where these do not stand beside it."""
    combined = edition.kind is EditionKind.COMBINED
    out = [_language_page(renderer, edition, plan)] if combined else []
    if plan.rows:
        return (*out, *ebook_rows.chapters(renderer, edition, plan))
    for translation in edition.translations:
        scene = replace(
            renderer.scene(
                Target.EPUB,
                translation,
                address=plan.address,
                source=plan.source,
                fellows=fellows_of(
                    edition.translations, translation, lambda _each, name: plan.address(name)
                ),
            ),
            breaks=plan.breaks,
        )
        own = plan.parts[translation.tag]
        for part in own:
            markup = renderer.document(
                "frames/chapter.xhtml",
                scene,
                edition,
                named=tuple(dict.fromkeys((part.heading, translation.title))),
                part=part,
                closes=part is own[-1],
                sheet=sheet_of(edition, translation.language),
            )
            out.append(Chapter(part.name, markup))
    return tuple(out)


def navigation(renderer: Renderer, edition: Edition, plan: Layout) -> str:
    """The navigation document: contents, landmarks, and the pages of the PDF where they are known."""
    return renderer.document(
        "frames/navigation.xhtml",
        renderer.scene(Target.EPUB, edition.first),
        edition,
        entries=entries(edition, plan),
        pages=_pages(edition, plan),
        named=accessibility_sentences(edition.first.language),
        sheet=sheet_of(edition, edition.first.language),
        languages_page=LANGUAGE_PAGE if edition.kind is EditionKind.COMBINED else None,
    )


def cover_page(renderer: Renderer, edition: Edition, picture: str, size: tuple[int, int]) -> str:
    """The page that shows the cover; ``size`` of the picture in px."""
    scene = renderer.scene(Target.EPUB, edition.first)
    sheet = sheet_of(edition, edition.first.language)
    return renderer.document(
        "frames/cover.xhtml", scene, edition, picture=picture, size=size, sheet=sheet
    )


def styles(renderer: Renderer, edition: Edition, faces: Sequence[FaceRule]) -> dict[str, str]:
    """The style sheets by name: one for each direction in which a text runs, and where languages stand in rows
    one with which the rows begin, and those by which a reader may choose among languages."""
    widths = {each.width for one in edition.translations for each in pictures(one) if each.width}
    css = renderer.style("epub.css", faces, edition, widths=sorted(widths))
    if edition.rows:
        own = {"book.css": with_fallbacks(css, edition.first.language.direction, ebook_rows.AROUND)}
        return own | ebook_rows.choices(renderer, edition).sheets
    return {
        sheet_of(edition, each): with_fallbacks(css, each.direction) for each in edition.languages
    }


def entries(edition: Edition, plan: Layout) -> tuple[Entry, ...]:
    """The contents: sections under titles, a title a language; in rows each with its names in all languages."""
    if plan.rows:
        return ebook_rows.entries(edition, plan)
    out: list[Entry] = []
    for translation in edition.translations:
        sections = _entries(translation, translation.sections, plan)
        title = ebook_rows.entry(translation, translation.title, plan, sections)
        if edition.kind is EditionKind.COMBINED:
            out.append(title)
        else:
            out.extend((replace(title, inner=()), *sections))
    return tuple(out)


def _entries(
    translation: Translation, sections: Sequence[Section], plan: Layout
) -> tuple[Entry, ...]:
    """The lines of some sections. A heading without words (a picture, say) has none, as no reader could
    choose it; the sections in it take its place."""
    out: list[Entry] = []
    for section in sections:
        inner = _entries(translation, section.sections, plan)
        if label_text(section.heading.inlines):
            out.append(ebook_rows.entry(translation, section.heading, plan, inner))
        else:
            out.extend(inner)
    return tuple(out)


def _pages(edition: Edition, plan: Layout) -> tuple[Entry, ...]:
    """The pages of the PDF, in reading order, each with the place where it begins."""
    return tuple(
        Entry(begins.label, f"{plan.homes[place]}#{begins.name}", each.language)
        for each, block in reading_order(edition, plan.rows)
        if (begins := plan.breaks.get(place := anchor(each, block)))
    )


def _language_page(renderer: Renderer, edition: Edition, plan: Layout) -> Chapter:
    scenes = [
        renderer.scene(Target.EPUB, each, address=plan.address) for each in edition.translations
    ]
    sheet = sheet_of(edition, edition.first.language)
    # Where the contents name sections in all languages, each language has its own here.
    own = [
        _entries(each, each.sections, plan) if plan.rows else () for each in edition.translations
    ]
    markup = renderer.document(
        "frames/languages.xhtml", scenes[0], edition, scenes=scenes, sections=own, sheet=sheet
    )
    return Chapter(LANGUAGE_PAGE, markup)
