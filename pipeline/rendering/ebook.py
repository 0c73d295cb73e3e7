"""The pages of an e-book."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from pipeline.design.page import FaceRule
from pipeline.document import (
    NoteMark,
    OtherWay,
    Picture,
    Section,
    Translation,
    anchor,
    find,
    label_text,
    note_anchor,
    pictures,
)
from pipeline.editions import Edition
from pipeline.languages import Direction, Language, accessibility_sentences
from pipeline.rendering.division import PageBreak, Part, divide, homes_of
from pipeline.rendering.physical import with_fallbacks
from pipeline.rendering.renderer import Renderer, fellows_of
from pipeline.rendering.scene import Scene, Target
from pipeline.settings.values import EditionKind

LANGUAGE_PAGE = "languages.xhtml"


@dataclass(frozen=True, slots=True)
class Chapter:
    """One page of an e-book."""

    name: str
    markup: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the contents of an e-book, with the lines under it."""

    title: str
    href: str
    language: Language
    inner: tuple["Entry", ...] = ()
    other_way: OtherWay | None = None
    """How its title runs, where it runs the other way than its language."""

    @property
    def tag(self) -> str:
        """The language of its title."""
        told = self.other_way.language if self.other_way else None
        return told.tag if told else self.language.tag

    @property
    def direction(self) -> Direction:
        """The direction in which its title runs."""
        return self.other_way.direction if self.other_way else self.language.direction


@dataclass(frozen=True, slots=True)
class Layout:
    """Which file of an e-book every anchor stands in, and where the pages of its PDF begin."""

    parts: Mapping[str, tuple[Part, ...]]
    """The documents of every translation, by its tag."""
    homes: Mapping[str, str]
    openings: frozenset[str]
    """The anchors of the headings that documents begin with."""
    pictures: Mapping[str, str]
    """The file of every picture, by its path."""
    breaks: Mapping[str, PageBreak]
    """The page breaks in reading order, by the anchor of the block that they stand before."""

    def address(self, name: str) -> str:
        """Where an anchor is. A document is named without a place in it where it begins with the anchor:
        some reading systems show the target of a fragment as a note, and some find no places in documents
        from right to left."""
        home = self.homes[name]
        return home if name in self.openings else f"{home}#{name}"

    def source(self, picture: Picture) -> str:
        """The file of a picture in the e-book."""
        return self.pictures[picture.path]


def layout(renderer: Renderer, edition: Edition, pages: Mapping[str, str] | None = None) -> Layout:
    """Share an edition out over files, as :mod:`pipeline.rendering.division` says.

    ``pages`` gives, by anchor, the label of the page of the PDF on which a block begins.
    """
    parts = {each.tag: divide(each) for each in edition.translations}
    homes: dict[str, str] = {}
    openings: set[str] = set()
    for translation in edition.translations:
        own = parts[translation.tag]
        homes |= _homes(renderer.scene(Target.EPUB, translation), own)
        openings.update(anchor(translation, each.first) for each in own if each.first)
    names = picture_names(edition)
    return Layout(parts, homes, frozenset(openings), names, page_breaks(edition, pages or {}))


def page_breaks(edition: Edition, pages: Mapping[str, str]) -> dict[str, PageBreak]:
    """The page breaks of an edition, by the anchor of the block that each stands before.

    A page that begins within a block is marked before the next block: which character is the first on it
    nobody tells. A page on which no block begins is not marked.
    """
    out: dict[str, PageBreak] = {}
    names: set[str] = set()
    last: str | None = None
    for translation in edition.translations:
        for block in translation.blocks():
            place = anchor(translation, block)
            label = pages.get(place)
            if label is None or label == last:
                continue
            last = label
            # Digits of any script are numbers; the names of elements are kept to plain ones.
            number = str(int(label)) if label.isdecimal() else str(len(out) + 1)
            name = f"page-{number}"
            while name in names:
                name += "-again"
            names.add(name)
            out[place] = PageBreak(name, label)
    return out


def chapters(renderer: Renderer, edition: Edition, plan: Layout) -> tuple[Chapter, ...]:
    """The pages of text; in a combined edition a language page before them, and under each heading
    links to the same one in the other languages."""
    combined = edition.kind is EditionKind.COMBINED
    out = [_language_page(renderer, edition, plan)] if combined else []
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
        parts = plan.parts[translation.tag]
        for part in parts:
            markup = renderer.document(
                "frames/chapter.xhtml",
                scene,
                edition,
                named=tuple(dict.fromkeys((part.heading, translation.title))),
                part=part,
                closes=part is parts[-1],
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
    """The style sheets by name: one for each direction in which a text runs."""
    css = renderer.style("epub.css", faces, edition)
    return {
        sheet_of(edition, each): with_fallbacks(css, each.direction) for each in edition.languages
    }


def sheet_of(edition: Edition, language: Language) -> str:
    """The name of the style sheet of documents in a language."""
    if language.direction is edition.first.language.direction:
        return "book.css"
    return f"book-{language.direction}.css"


def entries(edition: Edition, plan: Layout) -> tuple[Entry, ...]:
    """The contents: sections under titles, a title a language."""
    out: list[Entry] = []
    for translation in edition.translations:
        sections = _entries(translation, translation.sections, plan)
        title = Entry(
            label_text(translation.title.inlines) or translation.language.autonym,
            plan.address(anchor(translation, translation.title)),
            translation.language,
            sections,
            translation.title.other_way,
        )
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
        if title := label_text(section.heading.inlines):
            href = plan.address(anchor(translation, section.heading))
            out.append(Entry(title, href, translation.language, inner, section.heading.other_way))
        else:
            out.extend(inner)
    return tuple(out)


def _pages(edition: Edition, plan: Layout) -> tuple[Entry, ...]:
    """The pages of the PDF, in reading order, each with the place where it begins."""
    return tuple(
        Entry(begins.label, f"{plan.homes[place]}#{begins.name}", each.language)
        for each in edition.translations
        for block in each.blocks()
        if (begins := plan.breaks.get(place := anchor(each, block)))
    )


def picture_names(edition: Edition) -> dict[str, str]:
    """The file of every picture in an e-book, by its path, in the order of first use."""
    names: dict[str, str] = {}
    for translation in edition.translations:
        for picture in pictures(translation):
            if picture.path not in names:
                suffix = picture.media_type.split("/")[1].split("+")[0]
                names[picture.path] = f"images/picture-{len(names) + 1}.{suffix}"
    return names


def _language_page(renderer: Renderer, edition: Edition, plan: Layout) -> Chapter:
    scenes = [
        renderer.scene(Target.EPUB, each, address=plan.address) for each in edition.translations
    ]
    sheet = sheet_of(edition, edition.first.language)
    markup = renderer.document(
        "frames/languages.xhtml", scenes[0], edition, scenes=scenes, sheet=sheet
    )
    return Chapter(LANGUAGE_PAGE, markup)


def _homes(scene: Scene, parts: Sequence[Part]) -> dict[str, str]:
    """The file of every anchor of one translation: blocks, notes, and each mention of a note."""
    translation = scene.translation
    homes = homes_of(translation, parts)
    for part in parts:
        for note in part.notes:
            homes[note_anchor(translation, note.number)] = part.name
        marked = (*part.all_blocks(translation), *part.notes)
        for mark in (mark for each in marked for mark in find(each, NoteMark)):
            homes[scene.mark_anchor(mark.number, mark.use)] = part.name
    return homes
