"""Web pages: one a translation, the side-by-side reader, the gallery."""

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.document import Block, Translation, plain
from pipeline.editions import Edition
from pipeline.fonts import BOLD, REGULAR
from pipeline.languages import with_arrangement_words
from pipeline.rendering.renderer import Renderer, data_url, fellows_of
from pipeline.rendering.scene import Target
from pipeline.rendering.words import FrameWords
from pipeline.settings.arrangements import ArrangementName
from pipeline.settings.values import EditionKind

THUMBNAIL = 496
"""Width of a cover in the gallery, in px: twice what it is shown at."""

GAP = "–"
"""What the reader shows where a language has nothing beside the others."""

SIGNS = "HTMLEPUBPDFkB0123456789.,· "
"""What the gallery itself writes: formats and sizes."""


@dataclass(frozen=True, slots=True)
class ShelfRow:
    """One edition in the gallery; ``files`` are triples of format, file name and bytes."""

    edition: Edition
    cover: bytes
    files: tuple[tuple[str, str, int], ...]


def write(renderer: Renderer, edition: Edition) -> bytes:
    """The web page of an edition, in UTF-8: the side-by-side reader for a combined one."""
    made = reader if edition.kind is EditionKind.COMBINED else page
    return made(renderer, edition).encode()


def page(renderer: Renderer, edition: Edition) -> str:
    """The web page of one translation."""
    own = edition.first

    def address(translation: Translation, name: str) -> str | None:
        file = renderer.files.get(translation.tag, "html")
        return f"{file}#{name}" if file else None

    translations = renderer.book.translations
    others = [
        (each.language, name)
        for each in translations
        if each.tag != own.tag and (name := renderer.files.get(each.tag, "html"))
    ]
    usage = renderer.usage([own], [language for language, _ in others])
    return renderer.document(
        "frames/page.html",
        renderer.scene(Target.PAGE, own, fellows=fellows_of(translations, own, address)),
        edition,
        others=others,
        together=renderer.files.get(EditionKind.COMBINED, "html"),
        style=renderer.style("screen.css", renderer.embedded_faces(usage), edition),
    )


def reader(renderer: Renderer, edition: Edition) -> str:
    """The web page on which the reader sets languages side by side."""
    scenes = [renderer.scene(Target.READER, each) for each in edition.translations]
    usage = renderer.usage(edition.translations, edition.languages)
    segments = _segments(edition.translations)
    gaps = [each for each in edition.languages if any(not own for _, own in segments[each.tag])]
    for each in gaps:
        usage.add(GAP, each.script, REGULAR)
    return renderer.document(
        "frames/reader.html",
        scenes[0],
        edition,
        scenes=scenes,
        segments=segments,
        missing={each.tag: FrameWords(with_arrangement_words(each)) for each in gaps},
        style=renderer.style(
            "reader.css", renderer.embedded_faces(usage), edition, gaps=bool(gaps)
        ),
        reader_script=renderer.script("reader.js"),
    )


def _segments(
    translations: Sequence[Translation],
) -> dict[str, list[tuple[int, tuple[Block, ...]]]]:
    """For each language, by tag, every segment that any of them has, with its blocks; none where it has no part
    in it."""
    found = {each.tag: dict(each.segments()) for each in translations}
    every = sorted(set().union(*found.values()))
    return {tag: [(number, own.get(number, ())) for number in every] for tag, own in found.items()}


def gallery(renderer: Renderer, rows: Sequence[ShelfRow]) -> str:
    """The page that a person opens first. ``rows`` are in the order in which they are shown."""
    book, theme = renderer.book, renderer.settings.theme
    first = book.translations[0]
    usage = renderer.empty_usage()
    for each in book.translations:
        usage.add_frame(each.language)
        for style in (REGULAR, BOLD):
            usage.add(plain(each.title.inlines), each.language.script, style)
    for style in (REGULAR, BOLD):
        usage.add(book.facts + SIGNS, first.language.script, style)
    edition = rows[0].edition
    # Where there is no other, nobody has to tell which one it is.
    arranged = any(row.edition.arrangement is not ArrangementName.SEQUENCE for row in rows)
    named = FrameWords(with_arrangement_words(first.language)) if arranged else None
    if named is not None:
        for key in ArrangementName:
            usage.add(named[key], named.language_of(key).script, REGULAR)
    return renderer.document(
        "frames/gallery.html",
        renderer.scene(Target.PAGE, first),
        edition,
        rows=[(row, data_url("image/png", row.cover)) for row in rows],
        cover_size=(THUMBNAIL, round(THUMBNAIL * theme.height / theme.width)),
        arrangements=named,
        style=renderer.style(
            "gallery.css", renderer.embedded_faces(usage), edition, arranged=arranged
        ),
    )
