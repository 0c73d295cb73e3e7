"""Whole documents: web pages, the pages of an e-book, what is printed, covers, the gallery."""

import base64
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from markupsafe import Markup

from pipeline import GENERATOR
from pipeline.colour import Tint, tint_of, tints
from pipeline.document import (
    Book,
    Edition,
    EditionKind,
    Heading,
    NoteMark,
    Picture,
    Section,
    Translation,
    anchor,
    find,
    pictures,
    plain,
)
from pipeline.fonts import BOLD, REGULAR, Family, Style, families_for, subset_face
from pipeline.languages import Language, Script
from pipeline.rendering.environment import environment, plain_environment
from pipeline.rendering.faces import Usage
from pipeline.rendering.measure import display_leading, display_size
from pipeline.rendering.scene import Scene, Target

# Margins of an A5 page in mm, in the old proportion; they grow with the page.
A5 = (148.0, 210.0)
INNER, TOP, OUTER, BOTTOM = 16.0, 18.0, 20.0, 25.0
PT = 72 / 25.4

THUMBNAIL = 496
"""Width of a cover in the gallery, in px: twice what it is shown at."""

CHAPTER_LIMIT = 200_000
"""The longest page of an e-book, in characters of markup: e-readers grow slow beyond it."""


Fellows = Callable[[Heading], Sequence[tuple[Language, str]]]
"""Links from a heading to the same one in other translations."""


@dataclass(frozen=True, slots=True)
class FileNames:
    """Which files a build makes: what one document may link to in another."""

    names: Mapping[tuple[str, str], str]
    """File name by edition key and format."""

    def get(self, key: str, format_name: str) -> str | None:
        return self.names.get((key, format_name))


@dataclass(frozen=True, slots=True)
class FaceRule:
    """One ``@font-face``: a family's style and where its file is."""

    family: str
    weight: int
    slant: str
    source: str
    form: str


@dataclass(frozen=True, slots=True)
class Chapter:
    """One page of an e-book."""

    name: str
    title: str
    language: Language
    markup: str
    pictures: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the contents of an e-book, with the lines under it."""

    title: str
    href: str
    language: Language
    inner: tuple["Entry", ...] = ()


@dataclass(frozen=True, slots=True)
class ShelfRow:
    """One edition in the gallery; ``files`` are triples of format, file name and bytes."""

    edition: Edition
    cover: bytes
    files: tuple[tuple[str, str, int], ...]


@dataclass(slots=True)
class Renderer:
    """Makes every document of one book. ``files`` tells which there will be."""

    book: Book
    files: FileNames
    stacks: Mapping[str, tuple[Family, ...]] = field(init=False)
    tint: Mapping[str, Tint] = field(init=False)

    def __post_init__(self) -> None:
        self.stacks = families_for(self.book)
        given = {tag: tint_of(colour) for tag, colour in self.book.theme.accents}
        computed = tints(len(self.book.translations))
        self.tint = {
            each.tag: given.get(each.tag, tint)
            for each, tint in zip(self.book.translations, computed, strict=True)
        }

    # --- documents --------------------------------------------------------------------------

    def page(self, edition: Edition) -> str:
        """The web page of one translation."""
        translation = edition.first
        fellows = self._other_pages(translation)
        scene = self._scene(Target.PAGE, translation, _in_page, _as_data, fellows)
        others = [
            (each.language, name)
            for each in self.book.translations
            if each.tag != translation.tag and (name := self.files.get(each.tag, "html"))
        ]
        usage = self._usage([translation], [language for language, _ in others])
        return self._document(
            "frames/page.html",
            edition=edition,
            scene=scene,
            others=others,
            together=self.files.get(EditionKind.COMBINED, "html"),
            style=self._style("screen.css", self._web_faces(usage), edition),
        )

    def reader(self, edition: Edition) -> str:
        """The web page on which the reader sets languages side by side."""
        scenes = [
            self._scene(Target.READER, each, _in_page, _as_data, _no_fellows)
            for each in edition.translations
        ]
        usage = self._usage(edition.translations, edition.languages)
        return self._document(
            "frames/reader.html",
            edition=edition,
            scenes=scenes,
            scene=scenes[0],
            style=self._style("reader.css", self._web_faces(usage), edition),
            reader_script=Markup(  # noqa: S704 - our own file
                environment().get_template("scripts/reader.js").render()
            ),
        )

    def press(self, edition: Edition) -> str:
        """What is laid out on pages: cover, contents, text."""
        scenes = [
            self._scene(Target.PRESS, each, _in_page, _as_data, _no_fellows)
            for each in edition.translations
        ]
        return self._document(
            "frames/press.html",
            edition=edition,
            scenes=scenes,
            scene=scenes[0],
            covers=self._cover_scenes(edition),
            style=self._style("press.css", self._file_faces(), edition),
            **self._cover_names(edition),
        )

    def cover(self, edition: Edition) -> str:
        """The cover alone, as one page to be laid out."""
        return self._document(
            "frames/cover.html",
            edition=edition,
            covers=self._cover_scenes(edition),
            scene=self._cover_scenes(edition)[0],
            style=self._style("press.css", self._file_faces(), edition),
            **self._cover_names(edition),
        )

    def chapters(self, edition: Edition) -> tuple[Chapter, ...]:
        """The pages of an e-book, without navigation and cover: for a combined edition a language
        page, then each translation in one page, or in several where it is long."""
        parts = {each.tag: self._chapter_parts(each) for each in edition.translations}
        homes = {
            name: file for each in edition.translations for name, file in parts[each.tag].items()
        }

        def address(name: str) -> str:
            return _place(name, homes)

        source = _file_of(picture_names(edition))
        chapters = []
        for translation in edition.translations:
            fellows = _fellows(edition.translations, translation, lambda _, name: address(name))
            scene = self._scene(Target.EPUB, translation, address, source, fellows)
            files = list(dict.fromkeys(parts[translation.tag].values()))
            for file in files:
                sections = [
                    each
                    for each in translation.sections
                    if parts[translation.tag][anchor(translation, each.heading)] == file
                ]
                markup = self._document(
                    "frames/chapter.xhtml",
                    edition=edition,
                    scene=scene,
                    opens=file == files[0],
                    closes=file == files[-1],
                    sections=sections,
                )
                chapters.append(
                    Chapter(file, plain(translation.title.inlines), translation.language, markup)
                )
        if edition.kind is EditionKind.COMBINED:
            chapters.insert(0, self._language_page(edition, address))
        return tuple(chapters)

    def entries(self, edition: Edition) -> tuple[Entry, ...]:
        """The contents of an e-book: its sections, in a combined edition under its languages."""
        out: list[Entry] = []
        for translation in edition.translations:
            homes = self._chapter_parts(translation)
            sections = tuple(self._entry(translation, each, homes) for each in translation.sections)
            title = Entry(
                plain(translation.title.inlines),
                _place(anchor(translation, translation.title), homes),
                translation.language,
                sections,
            )
            if edition.kind is EditionKind.COMBINED or not sections:
                out.append(title)
            else:
                out.extend((replace(title, inner=()), *sections))
        return tuple(out)

    def _entry(self, translation: Translation, section: Section, homes: Mapping[str, str]) -> Entry:
        return Entry(
            " ".join(plain(section.heading.inlines).split()),
            _place(anchor(translation, section.heading), homes),
            translation.language,
            tuple(self._entry(translation, each, homes) for each in section.sections),
        )

    def navigation(self, edition: Edition, chapters: Sequence[Chapter]) -> str:
        """The navigation document of an e-book."""
        scene = self._scene(Target.EPUB, edition.first, _in_page, _unused, _no_fellows)
        return self._document(
            "frames/navigation.xhtml",
            edition=edition,
            scene=scene,
            entries=self.entries(edition),
            begins=chapters[0].name,
            combined=edition.kind is EditionKind.COMBINED,
        )

    def cover_page(self, edition: Edition, picture: str, size: tuple[int, int]) -> str:
        """The page of an e-book that shows the cover."""
        scene = self._scene(Target.EPUB, edition.first, _in_page, _unused, _no_fellows)
        return self._document(
            "frames/cover.xhtml", edition=edition, scene=scene, picture=picture, size=size
        )

    def book_style(self, edition: Edition, faces: Sequence[FaceRule]) -> str:
        """The style sheet of an e-book."""
        return self._style("epub.css", faces, edition)

    def gallery(self, rows: Sequence[ShelfRow]) -> str:
        """The page that a person opens first."""
        first = self.book.translations[0]
        scene = self._scene(Target.PAGE, first, _in_page, _as_data, _no_fellows)
        edition = next(
            (row.edition for row in rows if row.edition.kind is EditionKind.COMBINED),
            rows[0].edition,
        )
        usage = Usage(self.stacks)
        for each in self.book.translations:
            usage.add_frame(each.language)
            for style in (REGULAR, BOLD):
                usage.add(plain(each.title.inlines), each.language.script, style)
        every = "".join(
            (self.book.title, *self.book.authors, self.book.publisher, self.book.rights)
        )
        for style in (REGULAR, BOLD):
            usage.add(every + _CHROME, first.language.script, style)
        return self._document(
            "frames/gallery.html",
            edition=edition,
            scene=scene,
            rows=[(row, _data("image/png", row.cover)) for row in rows],
            cover_size=(
                THUMBNAIL,
                round(THUMBNAIL * self.book.theme.height / self.book.theme.width),
            ),
            style=self._style("gallery.css", self._web_faces(usage), edition),
        )

    # --- faces ------------------------------------------------------------------------------

    def usage(self, edition: Edition) -> Usage:
        """The characters of an edition by face, the names of its languages included."""
        return self._usage(edition.translations, edition.languages)

    def _usage(self, translations: Iterable[Translation], languages: Iterable[Language]) -> Usage:
        usage = Usage(self.stacks)
        for each in translations:
            usage.add_translation(each)
            every = "".join(
                (self.book.title, *self.book.authors, self.book.publisher, self.book.rights)
            )
            for style in (REGULAR, BOLD):
                usage.add(every, each.language.script, style)
        for language in languages:
            for style in (REGULAR, BOLD):
                usage.add(language.autonym, language.script, style)
        return usage

    def _web_faces(self, usage: Usage) -> list[FaceRule]:
        return [
            FaceRule(
                family.name,
                style.weight,
                style.slant,
                _data("font/woff2", subset_face(family, style, chars, flavour="woff2")),
                "woff2",
            )
            for (family, style), chars in _in_order(usage.faces)
        ]

    def _file_faces(self) -> list[FaceRule]:
        families = dict.fromkeys(each for stack in self.stacks.values() for each in stack)
        return [
            FaceRule(each.name, style.weight, style.slant, each.file(style).as_uri(), "truetype")
            for each in families
            for style in each.styles
        ]

    # --- parts ------------------------------------------------------------------------------

    def _scene(
        self,
        target: Target,
        translation: Translation,
        address: Callable[[str], str],
        source: Callable[[Picture], str],
        fellows: Fellows,
    ) -> Scene:
        return Scene(environment(), target, translation, address, source, fellows)

    def _other_pages(self, own: Translation) -> Fellows:
        """The same section in the web pages of the other translations."""

        def address(translation: Translation, name: str) -> str | None:
            file = self.files.get(translation.tag, "html")
            return f"{file}#{name}" if file else None

        return _fellows(self.book.translations, own, address)

    def _chapter_parts(self, translation: Translation) -> dict[str, str]:
        """The file of every anchor of a translation in an e-book."""
        scene = self._scene(Target.EPUB, translation, _in_page, _unused, _no_fellows)
        file = f"{translation.tag}.xhtml"
        homes: dict[str, str] = {}
        lengths = [len(scene.section(section)) for section in translation.sections]
        split = sum(lengths) > CHAPTER_LIMIT
        names = [file]
        for block in (translation.title, *translation.front):
            homes[anchor(translation, block)] = file
        filled = 0
        for section, length in zip(translation.sections, lengths, strict=True):
            if split and filled and filled + length > CHAPTER_LIMIT:
                names.append(f"{translation.tag}-{len(names) + 1}.xhtml")
                filled = 0
            filled += length
            for inner in section.walk():
                for block in (inner.heading, *inner.blocks):
                    homes[anchor(translation, block)] = names[-1]
        homes[f"{translation.tag}-notes"] = names[-1]
        for note in translation.notes:
            homes[scene.note_anchor(note.number)] = names[-1]
        for number, use, name in _note_marks(translation, homes, names):
            homes[scene.mark_anchor(number, use)] = name
        return homes

    def _language_page(self, edition: Edition, address: Callable[[str], str]) -> Chapter:
        scenes = [
            self._scene(Target.EPUB, each, address, _unused, _no_fellows)
            for each in edition.translations
        ]
        language = edition.first.language
        markup = self._document(
            "frames/languages.xhtml", edition=edition, scenes=scenes, scene=scenes[0]
        )
        return Chapter("languages.xhtml", language.words["languages"], language, markup)

    def _cover_scenes(self, edition: Edition) -> list[Scene]:
        return [
            self._scene(Target.PRESS, each, _in_page, _as_data, _no_fellows)
            for each in edition.translations
        ]

    def _cover_names(self, edition: Edition) -> dict[str, object]:
        """Sizes of the type on the cover, in pt, and of its fields, in mm."""
        theme = self.book.theme
        titles = [
            (plain(each.title.inlines), each.language.script) for each in edition.translations
        ]
        if edition.kind is EditionKind.SINGLE:
            width, height = theme.width * 0.84, theme.height * 0.62
            inside = ((width - theme.width * 0.19) * PT, (height - theme.height * 0.19) * PT)
        else:
            width, height = theme.width, theme.height / len(titles)
            inside = (theme.width * 0.78 * PT, (height - min(8.0, height * 0.3)) * PT)
        largest = 38 * theme.width / A5[0]
        return {
            "field_width": round(width, 3),
            "field_height": round(height, 3),
            "display": display_size(titles, *inside, largest=largest),
            "display_leading": display_leading,
        }

    def _style(self, name: str, faces: Sequence[FaceRule], edition: Edition) -> Markup:
        theme = self.book.theme
        across, down = theme.width / A5[0], theme.height / A5[1]
        scripts = {
            each.language.script.code: each.language.script for each in self.book.translations
        }
        measure = (theme.width - (INNER + OUTER) * across) * PT
        css = (
            plain_environment()
            .get_template(f"styles/{name}")
            .render(
                faces=faces,
                scripts=list(scripts.values()),
                stacks={
                    code: ", ".join(f'"{each.name}"' for each in self.stacks[code])
                    for code in scripts
                },
                book=self.book,
                edition=edition,
                theme=theme,
                tints=self.tint,
                direction=edition.direction,
                inner=round(INNER * across, 3),
                outer=round(OUTER * across, 3),
                top=round(TOP * down, 3),
                bottom=round(BOTTOM * down, 3),
                tab=_tabs(edition, theme.height),
                justified={
                    code: _justifies(each, measure, theme.base) for code, each in scripts.items()
                },
            )
        )
        return Markup(css)  # noqa: S704 - made of our own templates and numbers

    def _document(self, template: str, **names: object) -> str:
        scene = names["scene"]
        assert isinstance(scene, Scene)  # noqa: S101
        return (
            environment()
            .get_template(template)
            .render(
                book=self.book,
                generator=GENERATOR,
                words=scene.words,
                tints=self.tint,
                theme=self.book.theme,
                plain=plain,
                **names,
            )
        )


_CHROME = "HTMLEPUBPDFkBM0123456789.,· "


@dataclass(frozen=True, slots=True)
class Tabs:
    """The thumb index: how long and deep a tab is, and how far from the head its middle stands, by
    language; in mm."""

    length: float
    depth: float
    middles: Mapping[str, float]


def _tabs(edition: Edition, height: float) -> Tabs:
    """One slot a language down the fore-edge, between an eighth and seven eighths of the page."""
    slot = height * 0.75 / len(edition.translations)
    middles = {
        each.tag: round(height * 0.125 + slot * (at + 0.5), 3)
        for at, each in enumerate(edition.translations)
    }
    return Tabs(round(min(slot * 0.88, 28.0), 3), 6.0, middles)


def _fellows(
    translations: Sequence[Translation],
    own: Translation,
    address: Callable[[Translation, str], str | None],
) -> Fellows:
    """For a heading of one translation, links to the headings of the same segment in the others."""
    places = [
        (each, {heading.segment: anchor(each, heading) for heading in _headings(each)})
        for each in translations
        if each.tag != own.tag
    ]

    def fellows(heading: Heading) -> list[tuple[Language, str]]:
        return [
            (each.language, href)
            for each, names in places
            if heading.segment in names
            and heading.level
            and (href := address(each, names[heading.segment]))
        ]

    return fellows


def _headings(translation: Translation) -> Iterable[Heading]:
    yield translation.title
    for section in translation.walk():
        yield section.heading


def _note_marks(
    translation: Translation, homes: Mapping[str, str], names: Sequence[str]
) -> list[tuple[int, int, str]]:
    """Each mention of a note, with the file in which it stands."""
    return [
        (mark.number, mark.use, homes.get(anchor(translation, block), names[0]))
        for block in translation.blocks()
        for mark in find(block, NoteMark)
    ]


def _justifies(writing: Script, measure: float, base: float) -> bool:
    """Whether print justifies a script at a measure in pt: only where lines hold enough."""
    characters = measure / (base * writing.size * 0.45)
    return bool(writing.justify) and characters >= writing.justify


def _in_order(
    faces: Mapping[tuple[Family, Style], set[str]],
) -> list[tuple[tuple[Family, Style], list[str]]]:
    keys = sorted(faces, key=lambda key: (key[0].key, key[1].weight, key[1].slant))
    return [(key, sorted(faces[key])) for key in keys]


def _place(name: str, homes: Mapping[str, str]) -> str:
    return f"{homes[name]}#{name}"


def _in_page(name: str) -> str:
    return f"#{name}"


def _no_fellows(_heading: Heading) -> list[tuple[Language, str]]:
    return []


def _data(media_type: str, content: bytes) -> str:
    return f"data:{media_type};base64,{base64.b64encode(content).decode('ascii')}"


def _as_data(picture: Picture) -> str:
    return _data(picture.media_type, Path(picture.path).read_bytes())


def _unused(picture: Picture) -> str:
    """The address of a picture in a document that shows none."""
    return picture.path


def _file_of(names: Mapping[str, str]) -> Callable[[Picture], str]:
    return lambda picture: names[picture.path]


def picture_names(edition: Edition) -> dict[str, str]:
    """The file of every picture in an e-book, by its path, in the order of first use."""
    names: dict[str, str] = {}
    for translation in edition.translations:
        for picture in pictures(translation):
            if picture.path not in names:
                suffix = picture.media_type.split("/")[1].split("+")[0]
                names[picture.path] = f"images/picture-{len(names) + 1}.{suffix}"
    return names
