"""From a BCP 47 tag to a language: its script and region, its name, and the words of the frame in it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from types import MappingProxyType

from babel import Locale, UnknownLocaleError
from babel.core import get_global
from babel.lists import format_list

from pipeline.errors import UnknownLanguageError
from pipeline.languages.rows import Words, table
from pipeline.languages.scripts import Direction, Script, plain, script

SUBSTITUTE = "en"
"""The language of the words that a language has none of its own for."""

NAME = "name"
"""The key of the autonym among the words of a row."""

# RFC 5646, section 2.1: language, script, region, variants. No extended language subtags
# (every one has a preferred value of its own) and no extensions: they say nothing about a text.
TAG = re.compile(
    r"(?P<language>[a-z]{2,3})(-(?P<script>[a-z]{4}))?(-(?P<region>[a-z]{2}|\d{3}))?"
    r"(?P<variants>(-([a-z0-9]{5,8}|\d[a-z0-9]{3}))*)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Language:
    """A language as a translation has it. Two are equal when their tags are."""

    tag: str
    script: Script = field(compare=False)
    region: str | None = field(compare=False)
    autonym: str = field(compare=False)
    """The language's name in itself."""
    counter: str = field(compare=False)
    """The CSS counter style of its page numbers."""
    words: Mapping[str, str] = field(compare=False, repr=False)
    """The words of the frame, in this language or, where no row has them, in English."""
    borrowed: frozenset[str] = field(compare=False, default=frozenset())
    """The keys of those words that stand in English; with them ``name`` where the autonym does."""

    @property
    def foreign_words(self) -> bool:
        """Whether some words of the frame are not this language's own."""
        return bool(self.borrowed - {NAME})

    def language_of(self, key: str) -> "Language":
        """The language that a word of the frame, or the autonym (``name``), is in."""
        return language(SUBSTITUTE) if key in self.borrowed else self

    @property
    def direction(self) -> Direction:
        """The direction in which its script is written."""
        return self.script.direction

    @property
    def label_ends(self) -> str:
        """The characters that end a label: the colon, as scripts have it."""
        return ":：︰"

    def __reduce__(self) -> tuple[object, ...]:
        # A read-only mapping cannot cross to a worker process; the tag and the words tell it all.
        return (_revive, (self.tag, dict(self.words), sorted(self.borrowed)))


def _revive(tag: str, words: dict[str, str], borrowed: Sequence[str]) -> "Language":
    return replace(language(tag), words=MappingProxyType(words), borrowed=frozenset(borrowed))


def names_language(tag: str) -> bool:
    """Whether a string is a tag whose language CLDR has a name for.

    This is what a part of a file's name must pass. Nearly every word of three letters is the code
    of some language ("old", "end"), so that those without a name in CLDR do not count here; they
    can still be declared in ``book.toml`` or a front matter.
    """
    match = TAG.fullmatch(tag.replace("_", "-"))
    return match is not None and _canonical(match["language"])["language"].lower() in _named()


@cache
def _named() -> frozenset[str]:
    named = {str(code) for code in Locale("en").languages if "_" not in str(code)}
    return frozenset(named - {"und", "mul", "zxx", "root"})


@cache
def _known() -> frozenset[str]:
    likely = {key.split("_")[0] for key in get_global("likely_subtags")}
    return frozenset(_named() | likely - {"und"})


def _canonical(code: str) -> re.Match[str]:
    """The preferred tag of a language code: ``iw`` is ``he``, ``sh`` is ``sr-Latn``."""
    alias = str(get_global("language_aliases").get(code.lower(), code)).replace("_", "-")
    found = TAG.fullmatch(alias)
    assert found is not None  # noqa: S101 - CLDR's own tags
    return found


@cache
def language(tag: str) -> Language:
    """The language of a BCP 47 tag, in canonical form and with its rows looked up.

    Raises :class:`UnknownLanguageError` where the tag is malformed or names no language.
    """
    match = TAG.fullmatch(tag.replace("_", "-").strip())
    alias = match and _canonical(match["language"])
    if match is None or alias is None or alias["language"].lower() not in _known():
        raise UnknownLanguageError(
            f"“{tag}” is not the tag of a language",
            cure="write a BCP 47 tag, such as th, ar, id, de, es, pt-BR or zh-Hant",
        )
    code = alias["language"].lower()
    written_script = (match["script"] or alias["script"] or "").title() or None
    region = (match["region"] or alias["region"] or "").upper() or None
    variants = match["variants"].lower().split("-")[1:]
    canonical = "-".join(part for part in (code, written_script, region, *variants) if part)
    likely = _likely(code, written_script, region)
    words, borrowed = _words(code, written_script, region)
    autonym, is_own = _autonym(code, written_script, region)
    return Language(
        tag=canonical,
        script=script(likely[0] if written_script else _manner(code, likely[0])),
        region=likely[1],
        autonym=autonym,
        counter=_counter(code, written_script, region),
        words=words,
        borrowed=borrowed if is_own else borrowed | {NAME},
    )


def _likely(code: str, written: str | None, region: str | None) -> tuple[str, str | None]:
    """Script and region, from the tag or else from CLDR's likely subtags."""
    likely = get_global("likely_subtags")
    for key in ((code, written, region), (code, region), (code, written), (code,)):
        if all(key):
            parts = str(likely.get("_".join(part for part in key if part), "")).split("_")
            if len(parts) == 3:
                return written or parts[1], region or parts[2]
    return written or "Latn", region


def _manner(code: str, script_code: str) -> str:
    """How a language's readers expect its script to be written, where the tag does not say."""
    manner = table().manners.get(code, script_code)
    return manner if plain(manner) == script_code else script_code


def likely_language(script_code: str) -> str | None:
    """The language that CLDR expects in a script, where it expects one."""
    parts = str(get_global("likely_subtags").get(f"und_{script_code}", "")).split("_")
    return parts[0] if len(parts) == 3 and parts[0] != "und" else None


def _locale(code: str, *parts: str | None) -> Locale | None:
    try:
        return Locale.parse("_".join([code, *(part for part in parts if part)]))
    except (UnknownLocaleError, ValueError):
        return None


def has_locale(code: str) -> bool:
    """Whether CLDR holds data for a language, not just its name."""
    return _locale(code) is not None


def _autonym(code: str, written: str | None, region: str | None) -> tuple[str, bool]:
    """What a language is called in itself; in English, and False, where neither a row nor CLDR knows."""
    locale = _locale(code, written, region) or _locale(code)
    key, row = _row(table().languages, code, written, region)
    given = row.get("name")
    name = given or (locale.get_language_name() if locale else None)
    is_own = name is not None
    if name is None:
        name = Locale(SUBSTITUTE).languages.get(code, code)
    if locale and (written or region):
        # A row is about one script, so that the name it gives tells the script too.
        tells_region = given is not None and region in key.split("-")
        details = [locale.get_script_name() if written and not given else None,
                   locale.get_territory_name() if region and not tells_region else None]  # fmt: skip
        if any(details):
            name = f"{name} ({', '.join(str(each) for each in details if each)})"
    # CLDR writes names as they stand in a sentence; in a list they begin with a capital. Title case,
    # as Georgian has capitals for whole words alone.
    return str(name[:1].title() + name[1:]), is_own


def _counter(code: str, written: str | None, region: str | None) -> str:
    # Only what the tag itself says: CLDR expects Egypt behind a bare "ar", yet gives "ar" Latin
    # digits and "ar-EG" Arabic-Indic ones.
    locale = _locale(code, written, region) or _locale(code)
    system = locale.default_numbering_system if locale else "latn"
    return table().digits.get(system, "decimal")


def _words(
    code: str, written: str | None, region: str | None
) -> tuple[Mapping[str, str], frozenset[str]]:
    """The words of the frame, and the keys of those that stand in English."""
    rows = table().languages
    own, english = (
        {word: text for word, text in row.items() if word != NAME}
        for row in (_row(rows, code, written, region)[1], rows[SUBSTITUTE])
    )
    return MappingProxyType({**english, **own}), frozenset(english) - frozenset(own)


def _row(
    rows: Mapping[str, Words], code: str, written: str | None, region: str | None
) -> tuple[str, Words]:
    """The row of a part of ``languages.toml`` that is about a language in its script, with its key; an
    empty one where none is.

    A language's row is in the script that CLDR expects: Serbian in Latin letters, Punjabi of
    Pakistan and Chinese of Taiwan take rows of their own or none, never one that their readers
    cannot read.
    """
    script_code = plain(_likely(code, written, region)[0])
    keys = [(code, written, region), (code, region), (code, script_code)]
    if script_code == _likely(code, None, None)[0]:
        keys.append((code,))
    for parts in keys:
        key = "-".join(part for part in parts if part)
        if key in rows and (key != code or (code,) in keys):
            return key, rows[key]
    return "", {}


def accessibility_sentences(language: Language) -> Mapping[str, str]:
    """What an e-book says of its accessibility, in a language, by the keys of ``languages.toml``; empty
    where no row has it, as sentences in another language would help nobody."""
    found = TAG.fullmatch(language.tag)
    assert found is not None  # noqa: S101 - the tag of a Language is one
    written = (found["language"], found["script"], found["region"])
    return _row(table().accessibility, *written)[1]


def with_arrangement_words(language: Language) -> Language:
    """A language that has, among its words, also those for arrangements of a combined edition."""
    found = TAG.fullmatch(language.tag)
    assert found is not None  # noqa: S101 - the tag of a Language is one
    written = (found["language"], found["script"], found["region"])
    rows = table().arrangements
    own, english = _row(rows, *written)[1], rows[SUBSTITUTE]
    words = MappingProxyType({**english, **own, **language.words})
    lacking = frozenset(english) - frozenset(own)
    return replace(language, words=words, borrowed=language.borrowed | lacking)


def names_in(language: Language, others: Sequence[Language]) -> str:
    """A list of the names of some languages as a language writes it: "Deutsch, Arabisch und Thai". Their tags,
    where CLDR has no data for the language, or no name for one of them."""
    locale = _locale_of(language)
    if locale is None:
        return ", ".join(each.tag for each in others)
    return format_list([_name_in(locale, each) for each in others], locale=locale)


def _name_in(locale: Locale, other: Language) -> str:
    own = _locale_of(other)
    code = other.tag.partition("-")[0]
    # Without data of its own a language may still have a name in another.
    named = own.get_display_name(locale) if own else locale.languages.get(code)
    return str(named or other.tag)


def _locale_of(language: Language) -> Locale | None:
    match = TAG.fullmatch(language.tag)
    assert match is not None  # noqa: S101 - the tag of a Language is one
    code, written, region = match["language"], match["script"], match["region"]
    return _locale(code, written, region) or _locale(code)


def told_by(script_code: str) -> Language | None:
    """The language that a script tells, where hardly any other is written in it; else None."""
    tag = table().tells.get(script_code)
    return language(tag) if tag else None


def clitics(language: Language) -> tuple[str, ...]:
    """The words of a language behind which a hyphen before a number is the number's minus sign."""
    return table().clitics.get(language.tag.partition("-")[0], ())


def has_dictionary(language: Language) -> bool:
    """Whether the dictionary by which a language's script breaks lines is of this language; true too where
    the script has none, as stretches of a script in other texts are taken for the dictionary's language."""
    own = table().breaks.dictionary.get(plain(language.script.code))
    return own is None or own == language.tag.partition("-")[0]
