"""What a file depends on, as values that are the same wherever and whenever they are made.

A book is made *neutral* before anything is made of it: where its words stand in their files, and where its
pictures lie, is taken out and kept beside it (:class:`Places`), since a blank line more changes no page. Of
the other languages of the book an edition of one keeps what it shows or links to: their names, their titles,
which of their headings say the same as its own, and, through how many there are, its colour. So a word that
changes in one language changes the inputs of that language's files, and of the combined ones.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields, is_dataclass, replace
from enum import Enum
from functools import cache
from pathlib import Path
from typing import Any

from pipeline import output
from pipeline.design.themes import HERE, TEMPLATES
from pipeline.document import (
    Block,
    Book,
    BuildWarning,
    Figure,
    Inline,
    Paragraph,
    Picture,
    Provenance,
    Role,
    Section,
    Translation,
    rewrite,
    rewrite_nodes,
)
from pipeline.editions import Edition
from pipeline.errors import Origin, PentaplaError
from pipeline.fonts import Family
from pipeline.machine import libraries
from pipeline.messages import Message
from pipeline.settings.values import EbookSettings, Printing

NOWHERE = Origin("")
UNKNOWN = Provenance("", "", "")


@dataclass(slots=True)
class Places:
    """What was taken out of a book: ``origins`` by the numbers that stand in it now, and the file of each
    picture by what it is called now; ``folder`` is that of the book."""

    folder: Path
    origins: dict[Origin, Origin] = field(default_factory=dict)
    pictures: dict[str, Path] = field(default_factory=dict)

    def back(self, at: Origin | None) -> Origin | None:
        """Where something really stands, of which a task says where it stands in the neutral book."""
        return self.origins.get(at, at) if at else at

    def warning(self, told: BuildWarning) -> BuildWarning:
        """A warning of a task, with its real place."""
        return BuildWarning(self._said(told.what), self.back(told.at))

    def error(self, told: PentaplaError) -> PentaplaError:
        """An error of a task, with its real place."""
        told.what, told.at = self._said(told.what), self.back(told.at)
        return told

    def _said(self, text: str) -> str:
        """A message with the real places that it names."""
        if not isinstance(text, Message):
            return text
        return Message(*(self.back(one) if isinstance(one, Origin) else one for one in text.parts))


def neutral(book: Book, folder: Path) -> tuple[Book, Places]:
    """A book without places, and the places; ``folder`` is that of the book."""
    places = Places(folder)
    every = tuple(_neutral(each, places) for each in book.translations)
    bare = replace(book, translations=every, inferences=(), warnings=(), amendments=())
    return bare, places


def alone(edition: Edition) -> Edition:
    """An edition whose book has of other translations than its own only what it shows of them: the language,
    the title, who wrote it and when, and the headings, of which only the segments are left."""
    own = {each.tag for each in edition.translations}
    every = tuple(each if each.tag in own else _outline(each) for each in edition.book.translations)
    return replace(edition, book=replace(edition.book, translations=every))


def _outline(translation: Translation) -> Translation:
    return Translation(
        translation.language,
        replace(translation.title, origin=NOWHERE),
        (),
        tuple(map(_bare, translation.sections)),
        UNKNOWN,
        date=translation.date,
        authors=translation.authors,
    )


def _bare(section: Section) -> Section:
    heading = replace(section.heading, inlines=(), slug="", other_way=None, origin=NOWHERE)
    return Section(heading, (), tuple(map(_bare, section.sections)))


def _neutral(translation: Translation, places: Places) -> Translation:
    """A translation with the numbers of its origins in their place, and pictures called by what is in them."""
    numbers: dict[Origin, Origin] = {}

    def numbered(real: Origin) -> Origin:
        number = numbers.setdefault(real, Origin(translation.tag, len(numbers) + 1))
        places.origins[number] = real
        return number

    def called(picture: Picture) -> Picture:
        path = places.folder / picture.path
        name = f"{picture.sha256}/{path.name}"
        places.pictures[name] = path
        return replace(picture, path=name)

    def bare(node: Any, _place: object) -> Any:
        changes: dict[str, Any] = {}
        if hasattr(node, "origin"):
            changes["origin"] = numbered(node.origin)
        if isinstance(node, Figure):
            changes["picture"] = called(node.picture)
        return replace(node, **changes) if changes else node

    def inline(each: Inline, _at: Origin) -> tuple[Inline, ...]:
        return (called(each) if isinstance(each, Picture) else each,)

    made = rewrite_nodes(rewrite(translation, inline), bare)
    return replace(made, provenance=UNKNOWN)


def for_covers(edition: Edition) -> Edition:
    """An edition with what its cover shows: titles and dates, and no text where the templates are ours."""
    edition = for_screens(edition)
    if edition.settings.theme.overrides:
        return edition
    titles = {
        each.tag: replace(_outline(each), front=tuple(filter(_is_dateline, each.front)))
        for each in edition.book.translations
    }
    return replace(
        edition,
        book=replace(edition.book, translations=tuple(titles.values())),
        translations=tuple(titles[each.tag] for each in edition.translations),
    )


def _is_dateline(block: Block) -> bool:
    return isinstance(block, Paragraph) and block.role is Role.DATELINE


def for_screens(edition: Edition) -> Edition:
    """An edition with the settings that decide how its web page looks."""
    return _with(edition, printing=Printing(), ebook=EbookSettings())


def for_paper(edition: Edition) -> Edition:
    """An edition with the settings that decide how its PDFs look."""
    return _with(edition, ebook=EbookSettings())


def for_readers(edition: Edition) -> Edition:
    """An edition with the settings that decide what its e-book is."""
    return _with(edition, printing=Printing())


def _with(edition: Edition, **settings: Any) -> Edition:
    return replace(edition, settings=replace(edition.settings, **settings))


# --- what it is drawn with, and the digest of it all --------------------------------------------------


@dataclass(frozen=True, slots=True)
class MadeWith:
    """What the same text becomes other bytes with: the digest of our own code, the versions of libraries, and
    the names and digests of the files of the faces."""

    code: str
    libraries: tuple[tuple[str, str], ...]
    faces: tuple[tuple[str, str], ...] = ()


def made_with(families: Iterable[Family] = ()) -> MadeWith:
    """What an edition that is set in these families is made with, on this machine."""
    files = {
        path: None for each in families for style in each.styles for path in [each.original(style)]
    }
    faces = tuple((path.name, _digest_of_file(path)) for path in files)
    return MadeWith(_code(), (*libraries.packages(), *libraries.system()), faces)


@cache
def _code() -> str:
    """The digest of this package and of the templates."""
    found = hashlib.sha256()
    for root in (HERE, TEMPLATES):
        for file in sorted(each for each in root.rglob("*.*") if "__pycache__" not in each.parts):
            found.update(file.relative_to(root).as_posix().encode())
            found.update(hashlib.sha256(file.read_bytes()).digest())
    return found.hexdigest()


@cache
def _digest_of_file(path: Path) -> str:
    return output.digest(path.read_bytes())


def digest(value: object) -> str:
    """The SHA-256 of a value that is made of frozen dataclasses, tuples, mappings, enumerations, texts, numbers
    and bytes: equal values have the same, on every machine.

    Raises :class:`TypeError` for whatever else is in it, such as a path: that would be another elsewhere.
    """
    found = hashlib.sha256()
    for part in _parts(value):
        found.update(len(part).to_bytes(8, "big"))
        found.update(part)
    return found.hexdigest()


def _parts(value: object) -> Iterator[bytes]:
    """The bytes that tell a value from every other, each stretch with what kind it is and how much follows."""
    yield type(value).__qualname__.encode()
    match value:
        case None:
            return
        case Enum():
            yield str(value.value).encode()
        case bool() | int() | float() | str():
            yield repr(value).encode()
        case bytes():
            yield value
        case tuple() | list():
            yield str(len(value)).encode()
            for each in value:
                yield from _parts(each)
        case Mapping():
            yield str(len(value)).encode()
            yield from sorted(digest(each).encode() for each in value.items())
        case frozenset() | set():
            yield from sorted(digest(each).encode() for each in value)
        case _ if is_dataclass(value):
            for each in fields(value):
                yield from _parts(getattr(value, each.name))
        case _:
            raise TypeError(f"{value!r} has no digest")
