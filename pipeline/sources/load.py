"""A folder, or some files, become a book."""

import os
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar

from pipeline.configuration.book_toml import read_configuration
from pipeline.configuration.options import Configuration, Options
from pipeline.document import Book, BuildWarning, Provenance, Translation
from pipeline.errors import ConfigurationError, Origin, in_book
from pipeline.languages import Language, accessibility_sentences, language
from pipeline.machine.files import Access, exists
from pipeline.readers.draft import Draft
from pipeline.readers.source import opened
from pipeline.settings.values import FormatName
from pipeline.sources.files import Files, files, texts_in
from pipeline.sources.links import resolve_links
from pipeline.sources.texts import SourceText, demand_distinct, ordered, pivot, texts_of
from pipeline.structure import Doubt, Member, Settlement, StructuredText, structure

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Loaded:
    """A book, what was read of each of its translations (in their order), the configuration, and the folder of
    the book, as it was named."""

    book: Book
    drafts: tuple[Draft, ...]
    configuration: Configuration
    folder: Path
    doubts: tuple[Doubt, ...] = ()
    """What stands beside other languages by a guess."""


def load(source: Sequence[Path], options: Options | None = None) -> tuple[Book, Configuration]:
    """The book of :func:`load_all`, and the configuration."""
    loaded = load_all(source, options)
    return loaded.book, loaded.configuration


def load_all(source: Sequence[Path], options: Options | None = None) -> Loaded:
    """Read the texts of one folder, or some text files, and what ``book.toml`` beside them says.

    Raises a :class:`~pipeline.errors.PentaplaError` that says what, where and the cure for everything
    that can be wrong with a user's files.
    """
    found = files(source)
    with in_book(found.folder):
        return _load(found, options or Options())


def _load(found: Files, options: Options) -> Loaded:
    beside = found.configuration_folder
    access = Access((beside, *(file.parent for file in found.texts)), options.outside)
    own = read_configuration(beside, os.path.relpath(beside, found.folder), access)
    configuration = own.with_options(options)
    access = replace(access, limits=configuration.settings.limits)
    for name in configuration.files:
        if "/" in name or not exists(beside / name):
            raise ConfigurationError(
                f"[files]: there is no file “{name}”",
                at=configuration.origin,
                cure="give the name of a file in the same folder",
            )
    texts = list(_read(found, configuration, access))
    demand_distinct(texts)
    # Who names files means these files; what book.toml says of languages is then their order.
    named = not found.whole and not options.languages
    belong = {language(tag).tag for tag in own.languages} or {each.language.tag for each in texts}
    more = not found.whole and own.origin is not None and len(texts_in(beside)) > len(found.texts)
    texts = ordered(texts, configuration, all_of_them=named)
    structured = structure(
        [Member(each.language, each.draft) for each in texts],
        pivot=pivot(texts, configuration),
        outline=configuration.outline,
        outline_at={
            key: Origin(configuration.origin.path, line)
            for key, line in configuration.outline_lines.items()
            if configuration.origin
        },
        entries=tuple(_settlements(configuration, belong | {each.language.tag for each in texts})),
    )
    warnings = [BuildWarning(what, at) for each in texts for what, at in each.draft.warnings]
    warnings.extend(structured.warnings)
    translations = []
    for each, text in zip(texts, structured.texts, strict=True):
        lang = _with_words(each.language, configuration)
        warnings.extend(_unknown(lang, each.source.at(), configuration))
        resolved, lost = resolve_links(_translation(lang, each, text))
        translations.append(resolved)
        warnings.extend(lost)
    book = Book(
        name=_name(configuration, beside),
        title=configuration.title or "",
        translations=tuple(translations),
        authors=configuration.authors or _first(each.authors for each in translations) or (),
        publisher=configuration.publisher,
        identifier=configuration.identifier,
        identifiers=configuration.identifiers,
        sort_names=configuration.sort_names,
        rights=configuration.rights,
        date=configuration.date or _first(each.date for each in translations),
        modified=configuration.modified,
        partial=more or not belong <= {each.language.tag for each in texts},
        inferences=structured.inferences,
        warnings=tuple(warnings),
    )
    return Loaded(
        book, tuple(each.draft for each in texts), configuration, found.folder, structured.doubts
    )


def _read(found: Files, configuration: Configuration, access: Access) -> Iterator[SourceText]:
    """The texts of all files. ``access`` says what may be read of the files that they name; a text that is
    itself named, and not only its folder, is meant wherever it lies."""
    to_text = replace(access, outside=access.outside or not found.whole)
    for file in found.texts:
        source = opened(file, found.identity(file), to_text, beside=access)
        yield from texts_of(source, configuration)


def _settlements(configuration: Configuration, known: Set[str]) -> Iterator[Settlement]:
    """The entries of [[align]]. ``known`` are the tags of all languages of the book, also of those that are
    left out of this build."""
    path = configuration.origin.path if configuration.origin else ""
    for blocks, lines in zip(configuration.align, configuration.align_lines, strict=True):
        places = {tag: Origin(path, line) for tag, line in lines.items()}
        for tag in blocks:
            if tag not in known:
                raise ConfigurationError(
                    f"[[align]]: the book has no text in {tag}",
                    at=places[tag],
                    cure=f"languages of the book: {', '.join(sorted(known))}",
                )
        yield Settlement(blocks, places)


def _unknown(lang: Language, at: Origin, configuration: Configuration) -> Iterator[BuildWarning]:
    """What is to be said where words that a book has of its own are not known in its language."""
    if lang.foreign_words:
        yield BuildWarning(
            f"the words of the frame (contents, notes …) are not known in {lang.autonym} ({lang.tag}) and "
            f"stand in English: give them in book.toml under [words.{lang.tag}]",
            at,
        )
    if FormatName.EPUB in configuration.formats and not accessibility_sentences(lang):
        yield BuildWarning(
            f"the e-book in {lang.autonym} ({lang.tag}) has no accessibility summary, as its sentences are "
            f"not known: add a row [accessibility.{lang.tag}] to pipeline/languages/languages.toml, with the "
            f"keys of [accessibility.en]",
            at,
        )


def _translation(lang: Language, read: SourceText, text: StructuredText) -> Translation:
    """A text as a part of the book."""
    source, draft = read.source, read.draft
    return Translation(
        language=lang,
        title=text.title,
        front=text.front,
        sections=text.sections,
        provenance=Provenance(
            source.path,
            draft.encoding,
            read.language_from,
            draft.nfc,
            source.sha256,
            len(source.content),
        ),
        notes=draft.notes,
        date=draft.date or text.date,
        authors=draft.authors,
    )


def _with_words(lang: Language, configuration: Configuration) -> Language:
    own = configuration.words.get(lang.tag)
    if not own:
        return lang
    words = MappingProxyType({**lang.words, **own})
    return replace(lang, words=words, borrowed=lang.borrowed - set(own))


def _name(configuration: Configuration, folder: Path) -> str:
    """The stem of all files: declared, from the title, or from the folder."""
    if configuration.name:
        return configuration.name
    for candidate in (configuration.title or "", folder.resolve().name):
        if slug := slugify(candidate):
            return slug
    return "book"


def slugify(text: str) -> str:
    """Small letters a to z, digits and hyphens; empty where a text has none of them."""
    parted = "".join("-" if unicodedata.category(char) == "Pd" else char for char in text)
    decomposed = unicodedata.normalize("NFKD", parted.replace("ß", "ss"))
    letters = decomposed.encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", letters).strip("-")[:60].strip("-")


def _first(values: Iterable[Value | None]) -> Value | None:
    return next((value for value in values if value), None)
