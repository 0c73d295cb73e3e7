"""The texts of a book: what its files hold, in which language, and in which order."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import PurePath

from pipeline.configuration.book_toml import FILE
from pipeline.configuration.options import Configuration
from pipeline.document import block_text
from pipeline.errors import DuplicateLanguageError, UndetectedLanguageError, UnknownLanguageError
from pipeline.languages import TAG, Language, language, names_language
from pipeline.messages import Message
from pipeline.readers.decoding import decode
from pipeline.readers.draft import Draft
from pipeline.readers.formats import reader_for
from pipeline.readers.source import Source
from pipeline.sources.detection import detect
from pipeline.sources.extent import within
from pipeline.sources.joining import join


@dataclass(frozen=True, slots=True)
class SourceText:
    """One text in one language, with the file that it is from; ``language_from`` says how its language is
    known (see :class:`~pipeline.document.Provenance`)."""

    source: Source
    language: Language
    language_from: str
    draft: Draft


def texts_of(source: Source, configuration: Configuration) -> list[SourceText]:
    """The texts of a file, one a language, in the order in which it first has them.

    Raises what its reader raises, :class:`UnknownLanguageError` and :class:`UndetectedLanguageError` for a text
    whose language is none or cannot be told, and :class:`LimitError` for what is too long in it.
    """
    reader = reader_for(PurePath(source.path))
    assert reader is not None  # noqa: S101 - `files` lets no other through
    found: dict[str, list[SourceText]] = {}
    for draft in reader.read(source):
        within(draft, source.access.limits)
        tag, how = _language(source, draft, configuration)
        try:
            known = language(tag)
        except UnknownLanguageError as error:
            raise UnknownLanguageError(error.what, at=source.at(1), cure=error.cure) from error
        found.setdefault(known.tag, []).append(SourceText(source, known, how, draft))
    return [replace(each[0], draft=join([one.draft for one in each])) for each in found.values()]


def _language(source: Source, draft: Draft, configuration: Configuration) -> tuple[str, str]:
    """The tag of a text's language and how it is known."""
    if source.name in configuration.files:
        return configuration.files[source.name], FILE
    if draft.language is not None:
        return draft.language, "front matter"
    whole = PurePath(source.name).stem
    stem, dot, ending = whole.rpartition(".")
    candidate = ending if dot else whole
    if names_language(candidate):
        return candidate, "name"
    # NAME.xx.txt claims a language, known or not; a bare xx.txt may be a name like any other.
    if dot and stem and TAG.fullmatch(candidate) and len(candidate.split("-")[0]) == 2:
        raise UnknownLanguageError(
            f"“{candidate}” in the file's name is not the tag of a language",
            at=source.at(),
            cure="name the file NAME.<tag>.txt with a BCP 47 tag, such as th, ar, id, de or es",
        )
    found = detect("\n".join(map(block_text, draft.blocks)) or decode(source).text)
    if found is None:
        raise UndetectedLanguageError(
            "the language cannot be told: the file has no words",
            at=source.at(1),
            cure=f"name the file NAME.<tag>{source.suffix}, such as book.th{source.suffix}",
        )
    return found, "text"


def demand_distinct(texts: Sequence[SourceText]) -> None:
    """Whether no two files are in one language. Raises :class:`DuplicateLanguageError`."""
    seen: dict[str, SourceText] = {}
    for each in texts:
        other = seen.setdefault(each.language.tag, each)
        if other is not each:
            raise DuplicateLanguageError(
                Message(
                    "this file and ", other.source.at(),
                    f" are both in {each.language.autonym} ({each.language.tag}; told by "
                    f"{each.language_from} and {other.language_from})",
                ),
                at=each.source.at(1),
                cure=f"name the files NAME.<tag>{each.source.suffix} after their languages, or say "
                f"which is which under [files] in {FILE}",
            )  # fmt: skip


def ordered(
    texts: Sequence[SourceText], configuration: Configuration, *, all_of_them: bool
) -> list[SourceText]:
    """The texts in the order that is asked for; those that are not named are left out, or, if
    ``all_of_them`` are meant, come last. Raises :class:`UnknownLanguageError`."""
    if not configuration.languages:
        return list(texts)
    by_tag = {each.language.tag: each for each in texts}
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
    return [*chosen, *(each for each in texts if all_of_them and each not in chosen)]


def pivot(texts: Sequence[SourceText], configuration: Configuration) -> int:
    """The index of the text that the outline speaks of. Raises :class:`UnknownLanguageError`."""
    if configuration.pivot is None:
        return 0
    tags = [each.language.tag for each in texts]
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
