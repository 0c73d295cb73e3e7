"""What every kind of document shares: the book's faces and colours, and the way into the templates."""

import base64
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from markupsafe import Markup

from pipeline import GENERATOR, pictures
from pipeline.design import themes
from pipeline.design.colour import Tint, tint_of, tints
from pipeline.design.columns import STACKS
from pipeline.design.fit import SIDEWAYS, Fits
from pipeline.design.measure import display_leading
from pipeline.design.page import (
    NOTE_LEADING,
    NOTE_SIZE,
    FaceRule,
    foots_notes,
    justifies,
    margins,
)
from pipeline.document import Book, Heading, Picture, Run, Translation, anchor, nodes, plain
from pipeline.editions import Edition
from pipeline.fonts import (
    BOLD,
    REGULAR,
    Family,
    Needs,
    Style,
    code_families,
    needs_of,
    stack,
    stack_there,
    subset_face,
)
from pipeline.languages import (
    Language,
    Script,
    breaks_unknown_to_engine,
    has_dictionary,
    script,
    table,
)
from pipeline.lettering import outlined
from pipeline.lettering.faces import Faces
from pipeline.rendering.environment import carried_out, environment, plain_environment
from pipeline.rendering.faces import Usage
from pipeline.rendering.scene import Fellows, Scene, Target
from pipeline.settings.values import DEFAULTS, Settings, Theme, WordBreaks
from pipeline.typography.characters import ZERO_WIDTH_SPACE
from pipeline.typography.digits import counter

BULLETS = "Latn"
"""The script whose faces draw the bullets of lists, in any script: others draw them faint, or high."""

OPPORTUNITIES = {
    WordBreaks.NONE: "",
    WordBreaks.ZWSP: ZERO_WIDTH_SPACE,
    WordBreaks.WBR: "<wbr/>",
}


@dataclass(frozen=True, slots=True)
class FileNames:
    """Which files a build makes: what one document may link to in another."""

    names: Mapping[tuple[str, str], str]
    """File name by edition key and format."""

    def get(self, key: str, format_name: str) -> str | None:
        """The name of the file of an edition, by its key, in a format; None where the build makes none."""
        return self.names.get((key, format_name))


@dataclass(slots=True)
class Renderer:
    """One book on its way into documents. ``files`` tells which files there will be.

    Raises :class:`~pipeline.errors.FontError` when it is made, where no face can draw a character.
    """

    book: Book
    files: FileNames
    settings: Settings = DEFAULTS
    pictures: Mapping[str, Path] = field(default_factory=dict)
    """The files of pictures that are not called by their paths in the book."""
    folder: Path = Path()
    """The folder of the book, from which the other pictures are read."""
    needs: Needs = field(init=False)
    """The families that the book is set in."""
    stacks: Mapping[str, tuple[Family, ...]] = field(init=False)
    """The families of every script of the book, best first."""
    tint: Mapping[str, Tint] = field(default_factory=dict)
    """The colours of every language of the book; computed where they are not given."""
    design: themes.Design = field(init=False)
    """The numbers of its theme."""

    def __post_init__(self) -> None:
        self.needs = needs_of(self.book)
        if self.needs.missing:
            raise self.needs.missing.error()
        self.stacks = _with_runs(self.book, self.needs.stacks)
        self.design = themes.design(self.settings.theme)
        self.tint = self.tint or tints_of(self.book, self.settings.theme)

    @property
    def family_names(self) -> frozenset[str]:
        """The names of all families that the book declares."""
        return frozenset(each.name for each in self._families())

    # --- pictures -------------------------------------------------------------------------------

    def picture(self, picture: Picture, language: Language) -> bytes:
        """A picture as a text in a language shows it: the text of a drawing in the faces of the book. Raises
        what :func:`pipeline.pictures.content` raises."""
        path = self.pictures.get(picture.path) or self.folder / picture.path
        content = pictures.content(picture, path)
        if not picture.words:
            return content
        return outlined(content, Faces(language, self.stacks, code_families(), self.needs.emoji))

    def as_data(self, picture: Picture, language: Language) -> str:
        """A picture inside the document itself."""
        return data_url(picture.media_type, self.picture(picture, language))

    # --- into the templates -------------------------------------------------------------------

    def scene(
        self,
        target: Target,
        translation: Translation,
        *,
        address: Callable[[str], str] | None = None,
        source: Callable[[Picture], str] | None = None,
        fellows: Fellows | None = None,
        fits: Fits | None = None,
    ) -> Scene:
        """One translation as a kind of document shows it: by default links stay in the document,
        pictures are embedded, and headings have no links to their fellows."""
        return Scene(
            environment(self.settings.theme),
            target,
            translation,
            address or (lambda name: f"#{name}"),
            source or partial(self.as_data, language=translation.language),
            fellows or (lambda _heading: ()),
            self._opportunity(target, translation),
            fits=fits or {},
            foots_notes=target is Target.PRESS
            and foots_notes(translation, self.settings.theme, fits or {}),
            emoji=self.needs.emoji,
        )

    def _opportunity(self, target: Target, translation: Translation) -> str:
        """How a kind of document says that a line may break between two words of a script without spaces.

        Browsers have dictionaries, each of one language. The layout engine has one for Thai alone, and takes a
        zero width space for the others. Of e-readers nobody knows: the book says.
        """
        if target is Target.EPUB:
            return OPPORTUNITIES[self.settings.typography.word_breaks]
        known = has_dictionary(translation.language)
        if target is Target.PRESS:
            unknown = translation.language.script.code in breaks_unknown_to_engine()
            return OPPORTUNITIES[WordBreaks.ZWSP if unknown or not known else WordBreaks.NONE]
        return OPPORTUNITIES[WordBreaks.NONE if known else WordBreaks.WBR]

    def document(self, template: str, scene: Scene, edition: Edition, **names: object) -> str:
        """A whole document from its frame.

        Raises :class:`~pipeline.errors.TemplateError` where a template of the book's own cannot be carried
        out.
        """
        with carried_out(self.settings.theme, self.settings.limits):
            return (
                environment(self.settings.theme)
                .get_template(template)
                .render(
                    book=self.book,
                    edition=edition,
                    scene=scene,
                    words=scene.words,
                    identifier=edition.identifier(scene.target.form),
                    generator=GENERATOR,
                    tints=self.tint,
                    theme=self.settings.theme,
                    design=self.design,
                    plain=plain,
                    **names,
                )
            )

    def script(self, name: str) -> Markup:
        """A script, as it is."""
        with carried_out(self.settings.theme, self.settings.limits):
            code = environment(self.settings.theme).get_template(f"scripts/{name}").render()
        return Markup(code)  # noqa: S704 - a file of ours, or of the book's own

    def style(
        self, name: str, faces: Sequence[FaceRule], edition: Edition, **names: object
    ) -> Markup:
        """A style sheet, with the numbers of the book and an edition in it, and whatever else it names."""
        theme = self.settings.theme
        scripts = {code: script(code) for code in self.stacks}
        edges = margins(theme)
        values: dict[str, object] = {
            "book": self.book,
            "edition": edition,
            "theme": theme,
            "design": self.design,
            "faces": faces,
            "scripts": list(scripts.values()),
            "stacks": {code: list_of(self.stacks[code]) for code in scripts},
            "tints": self.tint,
            "display_leading": display_leading,
            "counters": {
                each.tag: counter(each.language, self.settings.typography.digits)
                for each in self.book.translations
            },
            "inner": edges.inner,
            "top": edges.top,
            "outer": edges.outer,
            "bottom": edges.bottom,
            "note_size": NOTE_SIZE,
            "note_leading": NOTE_LEADING,
            "sideways": SIDEWAYS,
            "table_stacks": STACKS,
            "justified": {
                each.tag: justifies(each.language, theme) for each in self.book.translations
            },
            "code": list_of(self.needs.code),
            "code_size": table().code.size,
            "emoji": list_of(filter(None, [self.needs.emoji])),
            "bullets": list_of(stack(script(BULLETS))),
        }
        with carried_out(theme, self.settings.limits):
            css = (
                plain_environment(theme).get_template(f"styles/{name}").render({**values, **names})
            )
        return Markup(css)  # noqa: S704 - made of our own templates and numbers

    # --- faces --------------------------------------------------------------------------------

    def empty_usage(self) -> Usage:
        """Where the characters of a document are gathered by face."""
        return Usage(self.stacks, self.needs.code, self.needs.emoji)

    def usage(self, translations: Iterable[Translation], languages: Iterable[Language]) -> Usage:
        """The characters of some translations by face; ``languages`` are those that are named."""
        usage = self.empty_usage()
        for each in translations:
            facts = self.book.facts_in(each)
            usage.add_translation(each)
            for style in (REGULAR, BOLD):
                usage.add(facts, each.language.script, style)
        for language in languages:
            for style in (REGULAR, BOLD):
                usage.add_name(language, style)
        return usage

    def embedded_faces(self, usage: Usage) -> list[FaceRule]:
        """Subsets as WOFF2 inside the style sheet: a web page loads nothing from elsewhere."""
        return [
            FaceRule(
                family.name,
                style.weight,
                style.slant,
                data_url("font/woff2", subset_face(family, style, chars, flavour="woff2")),
                "woff2",
            )
            for (family, style), chars in in_order(usage.faces)
        ]

    def file_faces(self) -> list[FaceRule]:
        """The whole font files, for a layout engine that makes its own subsets."""
        return [
            FaceRule(each.name, style.weight, style.slant, each.file(style).as_uri(), "truetype")
            for each in self._families()
            for style in each.styles
        ]

    def _families(self) -> tuple[Family, ...]:
        every = [each for stack in self.stacks.values() for each in stack]
        return tuple(dict.fromkeys([*every, *self.needs.families()]))


def list_of(families: Iterable[Family]) -> str:
    """Families as CSS lists them; empty without any."""
    return ", ".join(f'"{each.name}"' for each in families)


def tints_of(book: Book, theme: Theme) -> dict[str, Tint]:
    """The colours of every language of a book: as far apart as so many can be, but for those that are given."""
    shades = themes.design(theme).shades
    given = {tag: tint_of(colour, shades) for tag, colour in theme.accents}
    computed = tints(len(book.translations), shades)
    return {
        each.tag: given.get(each.tag, tint)
        for each, tint in zip(book.translations, computed, strict=True)
    }


def _with_runs(
    book: Book, stacks: Mapping[str, tuple[Family, ...]]
) -> dict[str, tuple[Family, ...]]:
    """The stacks, with one for every script of which only a stretch stands in some text. What its own
    families lack, those of the text around it have: that is what the text was checked against."""
    out = dict(stacks)
    for translation in book.translations:
        around = stacks[translation.language.script.code]
        for own in _scripts(translation):
            if own.code not in stacks:
                every = (*stack_there(own), *out.get(own.code, ()), *around)
                out[own.code] = tuple(dict.fromkeys(every))
    return out


def _scripts(translation: Translation) -> Iterator[Script]:
    """The script of every run of a translation, those inside others included, of what runs the other way,
    and of words of the frame that are not its own."""
    for node in nodes(translation):
        own = node if isinstance(node, Run) else getattr(node, "other_way", None)
        if own is not None and own.script is not None:
            yield own.script
    language = translation.language
    yield from (language.language_of(key).script for key in sorted(language.borrowed))


def fellows_of(
    translations: Sequence[Translation],
    own: Translation,
    address: Callable[[Translation, str], str | None],
) -> Fellows:
    """For a heading of one translation, links to the headings of the same segment in the others.

    ``address`` turns a translation and an anchor in it into a link target, or None where there is none.
    """
    places = [
        (each, {heading.segment: anchor(each, heading) for heading in each.headings()})
        for each in translations
        if each.tag != own.tag
    ]

    def fellows(heading: Heading) -> list[tuple[Language, str]]:
        return [
            (each.language, href)
            for each, names in places
            if heading.level
            and heading.segment in names
            and (href := address(each, names[heading.segment]))
        ]

    return fellows


def in_order(
    faces: Mapping[tuple[Family, Style], set[str]],
) -> list[tuple[tuple[Family, Style], list[str]]]:
    """Faces and their characters in an order that is the same on every build."""
    keys = sorted(faces, key=lambda key: (key[0].key, key[1].weight, key[1].slant))
    return [(key, sorted(faces[key])) for key in keys]


def data_url(media_type: str, content: bytes) -> str:
    """Some bytes as a ``data:`` URL in base64 (RFC 2397)."""
    return f"data:{media_type};base64,{base64.b64encode(content).decode('ascii')}"
