"""The pages of an e-book."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from pipeline.document import (
    Edition,
    EditionKind,
    NoteMark,
    Picture,
    Section,
    Translation,
    anchor,
    find,
    note_anchor,
    pictures,
    plain,
)
from pipeline.languages import Language, accessibility_sentences
from pipeline.rendering.renderer import Renderer, fellows_of
from pipeline.rendering.scene import PageBreak, Scene, Target
from pipeline.rendering.style import FaceRule

CHAPTER_LIMIT = 200_000
"""The longest page of an e-book, in characters of markup: e-readers grow slow beyond it."""

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


@dataclass(frozen=True, slots=True)
class Layout:
    """Which file of an e-book every anchor stands in, and where the pages of its PDF begin."""

    homes: Mapping[str, str]
    pictures: Mapping[str, str]
    """The file of every picture, by its path."""
    breaks: Mapping[str, PageBreak]
    """The page breaks in reading order, by the anchor of the block that they stand before."""

    def address(self, name: str) -> str:
        return f"{self.homes[name]}#{name}"

    def source(self, picture: Picture) -> str:
        return self.pictures[picture.path]


def layout(renderer: Renderer, edition: Edition, pages: Mapping[str, str] | None = None) -> Layout:
    """Share an edition out over files: one a translation, or several where it is long.

    ``pages`` gives, by anchor, the label of the page of the PDF on which a block begins.
    """
    names = picture_names(edition)
    homes: dict[str, str] = {}
    for translation in edition.translations:
        scene = renderer.scene(Target.EPUB, translation, source=lambda each: names[each.path])
        homes |= _homes(scene)
    return Layout(homes, names, page_breaks(edition, pages or {}))


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
        places = {
            id(section): plan.homes[anchor(translation, section.heading)]
            for section in translation.sections
        }
        title = plan.homes[anchor(translation, translation.title)]
        files = list(dict.fromkeys((title, *places.values())))
        for file in files:
            sections = [each for each in translation.sections if places[id(each)] == file]
            markup = renderer.document(
                "frames/chapter.xhtml",
                scene,
                edition,
                named=(*([] if file == files[0] else [sections[0].heading]), translation.title),
                opens=file == files[0],
                closes=file == files[-1],
                sections=sections,
            )
            out.append(Chapter(file, markup))
    return tuple(out)


def navigation(renderer: Renderer, edition: Edition, plan: Layout) -> str:
    """The navigation document: contents, landmarks, and the pages of the PDF where they are known."""
    return renderer.document(
        "frames/navigation.xhtml",
        renderer.scene(Target.EPUB, edition.first),
        edition,
        entries=entries(edition, plan),
        notes=_notes(edition, plan),
        pages=_pages(edition, plan),
        named=accessibility_sentences(edition.first.language),
        languages_page=LANGUAGE_PAGE if edition.kind is EditionKind.COMBINED else None,
    )


def cover_page(renderer: Renderer, edition: Edition, picture: str, size: tuple[int, int]) -> str:
    """The page that shows the cover; ``size`` of the picture in px."""
    scene = renderer.scene(Target.EPUB, edition.first)
    return renderer.document("frames/cover.xhtml", scene, edition, picture=picture, size=size)


def style(renderer: Renderer, edition: Edition, faces: Sequence[FaceRule]) -> str:
    """The style sheet."""
    return renderer.style("epub.css", faces, edition)


def entries(edition: Edition, plan: Layout) -> tuple[Entry, ...]:
    """The contents: sections under titles, a title a language."""
    out: list[Entry] = []
    for translation in edition.translations:
        sections = tuple(_entry(translation, each, plan) for each in translation.sections)
        title = Entry(
            _label(plain(translation.title.inlines)),
            plan.address(anchor(translation, translation.title)),
            translation.language,
            sections,
        )
        if edition.kind is EditionKind.COMBINED:
            out.append(title)
        else:
            out.extend((replace(title, inner=()), *sections))
    return tuple(out)


def _entry(translation: Translation, section: Section, plan: Layout) -> Entry:
    return Entry(
        _label(plain(section.heading.inlines)),
        plan.address(anchor(translation, section.heading)),
        translation.language,
        tuple(_entry(translation, each, plan) for each in section.sections),
    )


def _notes(edition: Edition, plan: Layout) -> tuple[Entry, ...]:
    """Where the notes of each translation begin."""
    return tuple(
        Entry(
            each.language.words["notes"],
            f"{plan.homes[note_anchor(each, 1)]}#{each.tag}-notes",
            each.language,
        )
        for each in edition.translations
        if each.notes
    )


def _pages(edition: Edition, plan: Layout) -> tuple[Entry, ...]:
    """The pages of the PDF, in reading order, each with the place where it begins."""
    return tuple(
        Entry(begins.label, f"{plan.homes[place]}#{begins.name}", each.language)
        for each in edition.translations
        for block in each.blocks()
        if (begins := plan.breaks.get(place := anchor(each, block)))
    )


def _label(text: str) -> str:
    return " ".join(text.split())


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
    markup = renderer.document("frames/languages.xhtml", scenes[0], edition, scenes=scenes)
    return Chapter(LANGUAGE_PAGE, markup)


def _homes(scene: Scene) -> dict[str, str]:
    """The file of every anchor of one translation."""
    translation = scene.translation
    lengths = [len(scene.section(section)) for section in translation.sections]
    split = sum(lengths) > CHAPTER_LIMIT
    names = [f"{translation.tag}.xhtml"]
    homes = {
        anchor(translation, block): names[0] for block in (translation.title, *translation.front)
    }
    filled = 0
    for section, length in zip(translation.sections, lengths, strict=True):
        if split and filled and filled + length > CHAPTER_LIMIT:
            names.append(f"{translation.tag}-{len(names) + 1}.xhtml")
            filled = 0
        filled += length
        for inner in section.walk():
            for block in (inner.heading, *inner.blocks):
                homes[anchor(translation, block)] = names[-1]
    for note in translation.notes:
        homes[scene.note_anchor(note.number)] = names[-1]
    marks = {
        scene.mark_anchor(mark.number, mark.use): home
        for home, mark in _note_marks(translation, homes, names[-1])
    }
    return homes | marks


def _note_marks(
    translation: Translation, homes: Mapping[str, str], last: str
) -> Iterator[tuple[str, NoteMark]]:
    """Each mention of a note, with the file it stands in: notes may refer to notes."""
    for block in translation.blocks():
        for mark in find(block, NoteMark):
            yield homes[anchor(translation, block)], mark
    for mark in find(translation.notes, NoteMark):
        yield last, mark
