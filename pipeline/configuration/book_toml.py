"""``book.toml``: from the file beside the texts to what is asked for, checked and complete."""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from pipeline.configuration.options import Configuration
from pipeline.configuration.schema import Author, BookToml, Identifiers
from pipeline.configuration.values import page_size
from pipeline.design import themes
from pipeline.design.inks import press
from pipeline.errors import ConfigurationError, Origin
from pipeline.forms import Path as Keys
from pipeline.forms import Place, checked
from pipeline.limits import Limits
from pipeline.machine import toml
from pipeline.machine.files import Access, UnreadableError, exists, text_of
from pipeline.settings.arrangements import ArrangementName
from pipeline.settings.profiles import ProfileName
from pipeline.settings.values import (
    EbookSettings,
    EditionKind,
    FormatName,
    Printing,
    Settings,
    Theme,
    TypographySettings,
)

FILE = "book.toml"


def read_configuration(folder: Path, path: str, access: Access | None = None) -> Configuration:
    """What is asked for in a folder's ``book.toml``; the defaults where there is none. ``access`` says which
    files may be read; by default, those in the folder.

    Raises :class:`ConfigurationError` with the file and line.
    """
    access = access or Access((folder,))
    shown = f"{path.rstrip('/')}/{FILE}" if path not in ("", ".") else FILE
    there = exists(folder / FILE)
    content = _content(folder, shown, access) if there else ""

    def place(keys: Keys) -> Origin:
        return Origin(shown, toml.line_of(keys, content))

    said = checked(BookToml, toml.parse(content, shown), FILE, place)
    _demand_distinct(said.identifiers, place)
    settings = Settings(
        theme=_theme(said, folder, shown.removesuffix(FILE), access),
        typography=TypographySettings(
            conventions=said.typography,
            dates=said.dates,
            calendar=said.calendar,
            digits=said.digits,
            word_breaks=said.thai_breaks,
            names=tuple(said.names.items()),
        ),
        ebook=EbookSettings(
            certifier=said.accessibility.certifier,
            report=said.accessibility.report,
            page_list=said.page_list,
            fonts=said.fonts,
        ),
        printing=_printing(said, folder, access, place),
        progression=said.direction,
        limits=Limits(**dict(said.limits)),
    )
    authors = said.author or said.authors
    return Configuration(
        origin=Origin(shown) if there else None,
        name=said.name,
        title=said.title,
        authors=tuple(each.name for each in authors),
        sort_names=_sort_names(authors),
        publisher=said.publisher,
        identifier=said.identifier,
        identifiers=tuple(
            (key, form, each)
            for key, table in said.identifiers.items()
            for form, each in table.pairs()
        ),
        rights=said.rights,
        date=said.date,
        modified=said.modified,
        languages=said.languages,
        pivot=said.pivot,
        formats=said.formats or tuple(FormatName),
        editions=said.editions or tuple(EditionKind),
        profiles=said.profiles or (ProfileName.SCREEN,),
        schemes=said.impose,
        arrangements=said.arrange or (ArrangementName.SEQUENCE,),
        outline=said.outline,
        outline_lines={key: toml.line_of(("outline", key), content) for key in said.outline},
        align=said.align,
        align_lines=tuple(
            {tag: toml.line_in_list("align", at, tag, content) for tag in entry}
            for at, entry in enumerate(said.align)
        ),
        files=said.files,
        words={tag: words.model_dump(exclude_unset=True) for tag, words in said.words.items()},
        settings=settings,
    )


def _content(folder: Path, shown: str, access: Access) -> str:
    try:
        return text_of(access.read(folder, FILE, "the file", "text_bytes"))
    except UnreadableError as error:
        raise ConfigurationError(error.what, at=Origin(shown), cure=error.cure) from error
    except UnicodeDecodeError as error:
        raise ConfigurationError(
            "the file is not UTF-8", at=Origin(shown), cure="save it as UTF-8"
        ) from error


def _theme(said: BookToml, folder: Path, shown: str, access: Access) -> Theme:
    """The theme, with the page and the size that it has where the book names none."""
    table = said.theme
    own = themes.overrides(folder, shown, table.name, access)
    theme = Theme(name=table.name, accents=tuple(table.accents.items()), overrides=own)
    design = themes.design(theme)
    width, height = table.page or page_size(design.page)
    return replace(theme, width=width, height=height, base=table.base or design.base)


def _printing(said: BookToml, folder: Path, access: Access, place: Place) -> Printing:
    """What the print shop asks for, with its colour profile, which is one of four inks."""
    table = said.print
    found = Printing(
        bleed=table.bleed,
        marks=table.marks,
        colour=table.colour,
        intent=table.intent,
        condition=table.condition,
        inks=tuple(table.inks.items()),
        sheets=table.sheets.settings,
    )
    if not table.intent:
        return found
    try:
        content = access.read(folder, table.intent, f"“{table.intent}”", "picture_bytes")
        found = replace(found, profile=content)
        press(found)
    except (UnreadableError, ConfigurationError) as error:
        at = place(("print", "intent"))
        raise ConfigurationError(error.what, at=at, cure=error.cure) from error
    return found


def _sort_names(authors: Iterable[Author]) -> tuple[tuple[str, str], ...]:
    return tuple((each.name, each.sort) for each in authors if each.sort)


def _demand_distinct(identifiers: dict[str, Identifiers], place: Place) -> None:
    """No two editions have the same identifier."""
    known: dict[str, str] = {}
    for key, table in identifiers.items():
        for form, each in table.pairs():
            other = known.setdefault(each.uri, key)
            if other != key:
                raise ConfigurationError(
                    f"{each.shown} is given to {other} and to {key}",
                    at=place(("identifiers", key, form) if form else ("identifiers", key)),
                    cure="give every edition an identifier of its own",
                )
