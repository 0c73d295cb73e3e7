"""The digits of a text: one kind in one text, where the book asks for it.

Which digits a territory uses is CLDR's: ``ar`` and the Maghreb count in Latin digits, Egypt and Saudi Arabia in
Arabic-Indic ones, and with these go the separators U+066B and U+066C and the sign U+066A.
"""

import re
import unicodedata
from functools import cache

from babel import Locale, UnknownLocaleError

from pipeline.document import Amendment, Inline, Text, Translation, rewrite
from pipeline.errors import Origin
from pipeline.languages import Language, Separators, table
from pipeline.settings.values import Digits, TypographySettings
from pipeline.typography.tokens import WORDS

# What is one number with its separators; in versions and dates a full stop is a full stop.
SEPARATED = re.compile(r"(?:\d{1,3}(?:[,٬]\d{3})+|\d+)(?:[.٫]\d+)?")

RULE = "digits of the territory"

LATIN = "0123456789"

# A number, but no part of a word, an address or a name: ISO 9001, MP3, a@b2.example keep theirs.
NUMBER = re.compile(
    f"(?P<word>{'|'.join(WORDS)})|"
    r"(?<![A-Za-z\d_])(?<![A-Za-z][ \u00a0-])(?P<digits>\d+(?:[.,٫٬]\d+)*)(?P<percent>\s?[%٪])?"
    r"(?![A-Za-z_\d])"
)


def settle(
    translation: Translation, settings: TypographySettings, amendments: list[Amendment]
) -> Translation:
    """The translation with its numbers in the digits that the book asks for."""
    if settings.digits is Digits.AS_IS:
        return translation
    system = (
        "latn"
        if settings.digits is Digits.LATIN
        else numbering(translation.language, settings.digits)
    )
    digits = _digits(system)
    if digits is None:
        return translation

    def change(inline: Inline, at: Origin) -> tuple[Inline, ...]:
        if not isinstance(inline, Text):
            return (inline,)

        def written(found: re.Match[str]) -> str:
            if found["word"]:
                return found.group()
            after = _written(found, system, digits)
            if after != found.group():
                amendments.append(Amendment(at, RULE, found.group(), after))
            return after

        return (Text(NUMBER.sub(written, inline.value)),)

    return rewrite(translation, change)


def numbering(language: Language, wanted: Digits) -> str:
    """The CLDR numbering system of a language: its native one, or its territory's usual one."""
    for tag in (language.tag, language.tag.split("-")[0]):
        try:
            locale = Locale.parse(tag.replace("-", "_"))
        except (UnknownLocaleError, ValueError):
            continue
        if wanted is Digits.NATIVE:
            return str(dict(locale.other_numbering_systems).get("native", "latn"))
        return str(locale.default_numbering_system)
    return "latn"


def counter(language: Language, wanted: Digits) -> str:
    """The CSS counter style of a language's page numbers: they go with the digits of its text."""
    if wanted is Digits.AS_IS:
        return language.counter
    system = "latn" if wanted is Digits.LATIN else numbering(language, wanted)
    return table().digits.get(system, "decimal")


def numeral(number: int, language: Language, wanted: Digits) -> str:
    """A number as :func:`counter` would count it."""
    style = counter(language, wanted)
    systems = [system for system, name in table().digits.items() if name == style]
    digits = (_digits(systems[0]) if systems else None) or LATIN
    return "".join(digits[int(each)] for each in str(number))


@cache
def _digits(system: str) -> str | None:
    """The ten digits of a numbering system, zero first; None for one that is not of ten digits."""
    if system == "latn":
        return LATIN
    zero = table().zeros.get(system)
    return "".join(chr(ord(zero) + each) for each in range(10)) if zero else None


def _written(found: re.Match[str], system: str, digits: str) -> str:
    rows = table().separators
    signs = rows.get(system, rows["latn"])
    one_number = SEPARATED.fullmatch(found["digits"]) is not None
    out = []
    for char in found["digits"]:
        if char.isdecimal():
            out.append(digits[unicodedata.decimal(char)])
        else:
            out.append(_sign(char, signs) if one_number else char)
    return "".join(out) + "".join(_sign(char, signs) for char in found["percent"] or "")


def _sign(char: str, signs: Separators) -> str:
    """A sign in the company of other digits: the one of the same meaning, or itself."""
    row = next((row for row in table().separators.values() if char in row), None)
    return signs[row.index(char)] if row else char
