"""A folder, or some files, become a book."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar

from pipeline.configuration.book_toml import FILE, read_configuration
from pipeline.configuration.options import Configuration, Options
from pipeline.document import (
    Book,
    BuildWarning,
    Provenance,
    Translation,
    block_text,
)
from pipeline.errors import (
    ConfigurationError,
    DuplicateLanguageError,
    MissingSourceError,
    Origin,
    UndetectedLanguageError,
    UnknownLanguageError,
)
from pipeline.languages import TAG, Language, accessibility_sentences, language, names_language
from pipeline.machine.files import Access, exists
from pipeline.readers import READERS, Draft, reader_for
from pipeline.settings.values import FormatName
from pipeline.sources.decoding import Decoded, decode
from pipeline.sources.detection import detect
from pipeline.sources.extent import lines_within, within
from pipeline.sources.links import resolve_links
from pipeline.structure import Member, structure

Value = TypeVar("Value")

# Files that stand beside texts in every repository and are none.
BESIDE = re.compile(
    r"(readme|licen[cs]e|copying|changelog|contributing|notice)\.\w+", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class _Source:
    """One file, read."""

    path: str
    file: Path
    language: Language
    language_from: str
    decoded: Decoded
    draft: Draft


@dataclass(frozen=True, slots=True)
class Loaded:
    """A book, what was read of each of its translations (in their order), and the configuration."""

    book: Book
    drafts: tuple[Draft, ...]
    configuration: Configuration


def load(source: Sequence[Path], options: Options | None = None) -> tuple[Book, Configuration]:
    """The book of :func:`load_all`, and the configuration."""
    loaded = load_all(source, options)
    return loaded.book, loaded.configuration


def load_all(source: Sequence[Path], options: Options | None = None) -> Loaded:
    """Read the texts of one folder, or some text files, and what ``book.toml`` beside them says.

    Raises a :class:`~pipeline.errors.PentaplaError` that says what, where and the cure for everything
    that can be wrong with a user's files.
    """
    files, folder = _files(source)
    shown = folder.as_posix()
    options = options or Options()
    whole = source[0].is_dir()
    access = Access((folder, *(file.parent for file in files)), options.outside)
    own = read_configuration(folder, shown, access)
    configuration = own.with_options(options)
    access = replace(access, limits=configuration.settings.limits)
    for name in configuration.files:
        if "/" in name or not exists(folder / name):
            raise ConfigurationError(
                f"[files]: there is no file “{name}”",
                at=configuration.origin,
                cure="give the name of a file in the same folder",
            )
    # Who names a file, and not only its folder, means it wherever it lies.
    sources = [
        _read(
            file,
            _shown(file),
            configuration,
            access,
            replace(access, outside=access.outside or not whole),
        )
        for file in files
    ]
    _distinct(sources)
    # Who names files means these files; what book.toml says of languages is then their order.
    named = not whole and not options.languages
    belong = {language(tag).tag for tag in own.languages} or {each.language.tag for each in sources}
    beside = not whole and own.origin is not None and len(_files([folder])[0]) > len(files)
    sources = _ordered(sources, configuration, all_of_them=named)
    pivot = _pivot(sources, configuration)
    structured = structure(
        [Member(each.language, each.draft) for each in sources],
        pivot=pivot,
        outline=configuration.outline,
        outline_at={
            key: Origin(configuration.origin.path, line)
            for key, line in configuration.outline_lines.items()
            if configuration.origin
        },
    )
    warnings = [BuildWarning(what, at) for each in sources for what, at in each.draft.warnings]
    if structured.warning:
        warnings.append(BuildWarning(structured.warning))
    translations = []
    for each, text in zip(sources, structured.texts, strict=True):
        lang = _with_words(each.language, configuration)
        if lang.foreign_words:
            warnings.append(
                BuildWarning(
                    f"the words of the frame (contents, notes …) are not known in "
                    f"{lang.autonym} ({lang.tag}) and stand in English: give them in book.toml "
                    f"under [words.{lang.tag}]",
                    Origin(each.path),
                )
            )
        if FormatName.EPUB in configuration.formats and not accessibility_sentences(lang):
            warnings.append(
                BuildWarning(
                    f"the e-book in {lang.autonym} ({lang.tag}) has no accessibility summary, as its "
                    f"sentences are not known: add a row [accessibility.{lang.tag}] to "
                    f"pipeline/languages/languages.toml, with the keys of [accessibility.en]",
                    Origin(each.path),
                )
            )
        translation = Translation(
            language=lang,
            title=text.title,
            front=text.front,
            sections=text.sections,
            provenance=Provenance(
                each.path,
                each.decoded.encoding,
                each.language_from,
                each.decoded.nfc,
                each.decoded.sha256,
                each.decoded.size,
            ),
            notes=each.draft.notes,
            date=each.draft.date or text.date,
            authors=each.draft.authors,
        )
        resolved, lost = resolve_links(translation)
        translations.append(resolved)
        warnings.extend(lost)
    book = Book(
        name=_name(configuration, folder),
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
        partial=beside or not belong <= {each.language.tag for each in sources},
        inferences=structured.inferences,
        warnings=tuple(warnings),
    )
    return Loaded(book, tuple(each.draft for each in sources), configuration)


def _files(source: Sequence[Path]) -> tuple[list[Path], Path]:
    """The text files that are meant, in order, and the folder that ``book.toml`` stands in."""
    if len(source) == 1 and source[0].is_dir():
        folder = source[0]
        try:
            found = sorted(each for each in folder.iterdir() if _is_text(each))
        except OSError as error:
            raise MissingSourceError(
                f"the folder cannot be read: {error.strerror}",
                at=Origin(folder.as_posix()),
                cure="check its permissions",
            ) from error
        if not found:
            suffixes = ", ".join(suffix for reader in READERS for suffix in reader.suffixes)
            raise MissingSourceError(
                "there is no text in this folder",
                at=Origin(folder.as_posix()),
                cure=f"put text files in it, one a language ({suffixes})",
            )
        return found, folder
    files: list[Path] = []
    for each in source:
        if each.is_dir():
            raise MissingSourceError(
                "a folder among files",
                at=Origin(each.as_posix()),
                cure="give one folder, or text files",
            )
        if not exists(each):
            raise MissingSourceError(
                "there is no such file or folder",
                at=Origin(each.as_posix()),
                cure="give a folder with text files, or the files themselves",
            )
        if reader_for(each) is None:
            raise MissingSourceError(
                f"files that end in “{each.suffix}” are not read",
                at=Origin(each.as_posix()),
                cure="save it as plain text (.txt) or Markdown (.md)",
            )
        files.append(each)
    return files, files[0].parent


def _is_text(file: Path) -> bool:
    """Whether the name is that of a text. What it names may be none (a folder, a link to nowhere): that is an
    error, when it is read, for a text must not be skipped in silence."""
    return (
        not file.name.startswith((".", "_"))
        and reader_for(file) is not None
        and not BESIDE.fullmatch(file.name)
    )


def _shown(file: Path) -> str:
    """A path as messages show it: from here where it is below here."""
    try:
        # The name stays, also that of a link: it is the one that the user knows.
        return (file.parent.resolve() / file.name).relative_to(Path.cwd()).as_posix()
    except ValueError:
        return file.as_posix()


def _read(
    file: Path, path: str, configuration: Configuration, access: Access, to_text: Access
) -> _Source:
    """One file, read. ``access`` says which pictures may be read, ``to_text`` whether the file itself may."""
    decoded = decode(file, path, to_text)
    lines_within(decoded.text, path, access.limits)
    reader = reader_for(file)
    assert reader is not None  # noqa: S101 - _files lets no other through
    draft = reader.read(decoded.text, path, file, access)
    within(draft, access.limits)
    tag, how = _language(file, path, draft, configuration, decoded)
    try:
        lang = language(tag)
    except UnknownLanguageError as error:
        raise UnknownLanguageError(error.what, at=Origin(path, 1), cure=error.cure) from error
    return _Source(path, file, lang, how, decoded, draft)


def _language(
    file: Path, path: str, draft: Draft, configuration: Configuration, decoded: Decoded
) -> tuple[str, str]:
    """The tag of a file's language and how it is known."""
    if file.name in configuration.files:
        return configuration.files[file.name], FILE
    if draft.language is not None:
        return draft.language, "front matter"
    stem, dot, ending = file.stem.rpartition(".")
    candidate = ending if dot else file.stem
    if names_language(candidate):
        return candidate, "name"
    # NAME.xx.txt claims a language, known or not; a bare xx.txt may be a name like any other.
    if dot and stem and TAG.fullmatch(candidate) and len(candidate.split("-")[0]) == 2:
        raise UnknownLanguageError(
            f"“{candidate}” in the file's name is not the tag of a language",
            at=Origin(path),
            cure="name the file NAME.<tag>.txt with a BCP 47 tag, such as th, ar, id, de or es",
        )
    found = detect("\n".join(block_text(block) for block in draft.blocks) or decoded.text)
    if found is None:
        raise UndetectedLanguageError(
            "the language cannot be told: the file has no words",
            at=Origin(path, 1),
            cure=f"name the file NAME.<tag>{file.suffix}, such as book.th{file.suffix}",
        )
    return found, "text"


def _distinct(sources: Sequence[_Source]) -> None:
    seen: dict[str, _Source] = {}
    for each in sources:
        other = seen.setdefault(each.language.tag, each)
        if other is not each:
            raise DuplicateLanguageError(
                f"this file and {other.path} are both in {each.language.autonym} "
                f"({each.language.tag}; told by {each.language_from} and {other.language_from})",
                at=Origin(each.path, 1),
                cure=f"name the files NAME.<tag>{each.file.suffix} after their languages, or say "
                f"which is which under [files] in {FILE}",
            )


def _ordered(
    sources: list[_Source], configuration: Configuration, *, all_of_them: bool
) -> list[_Source]:
    """The sources in the order that is asked for; those that are not named are left out, or, if
    ``all_of_them`` are meant, come last."""
    if not configuration.languages:
        return sources
    by_tag = {each.language.tag: each for each in sources}
    chosen = []
    for wanted in dict.fromkeys(configuration.languages):
        tag = language(wanted).tag
        if tag not in by_tag and all_of_them:
            continue
        if tag not in by_tag:
            raise UnknownLanguageError(
                f"there is no text in {language(wanted).autonym} ({tag})",
                at=configuration.origin,
                cure=f"the texts are in: {', '.join(by_tag)}",
            )
        chosen.append(by_tag[tag])
    return [*chosen, *(each for each in sources if all_of_them and each not in chosen)]


def _pivot(sources: Sequence[_Source], configuration: Configuration) -> int:
    if configuration.pivot is None:
        return 0
    tags = [each.language.tag for each in sources]
    if configuration.pivot not in tags:
        # A filter on the command line may leave it out; an outline then has nothing to hold on to.
        if not configuration.outline:
            return 0
        raise UnknownLanguageError(
            f"the pivot {configuration.pivot}, which [outline] speaks of, is not among the texts",
            at=configuration.origin,
            cure=f"build it too, or set pivot to one of: {', '.join(tags)}",
        )
    return tags.index(configuration.pivot)


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
    ascii_ = decomposed.encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", ascii_).strip("-")[:60].strip("-")


def _first(values: Iterable[Value | None]) -> Value | None:
    return next((value for value in values if value), None)
