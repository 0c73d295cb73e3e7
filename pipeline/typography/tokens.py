"""What stands in a text as one thing, and what holds for it: the one recogniser that all passes ask.

A stretch is a telephone number, a number in groups, an amount with its unit, an ISBN, a date, a sum, an
address, an identifier. Two things hang on that: whether it reads from left to right as a whole in any text,
and whether a line may break in it.

The bidirectional algorithm is right for words and wrong for some signs: after Arabic letters it shows ``-5``
as ``5-`` and ``60%`` as ``%60``, and everywhere ``C++`` as ``++C``. Those are identifiers, or are written as
CLDR writes them for Arabic, from left to right (its minus and percent signs carry a left-to-right mark).
Ranges (9–17) are not among them: in an Arabic text they read from right to left, as everything does, at the
beginning of a line too. Nor are lists of years. A telephone number is told by what neither has: a plus sign, a
zero before other digits, an area code in brackets, three groups that grow.

Patterns are matched against the text with every decimal digit, of whatever script, as an ASCII one.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from pipeline.languages import Language, clitics

# Repetitions have bounds, so that no text, however odd, takes long.
_NUMBER = r"[0-9]{1,40}(?:[.,:’'\u00a0\u202f][0-9]{1,40}){0,12}"
_TRIPLES = "[0-9]{1,3}(?: [0-9]{3}){1,6}"
_PERCENT = r"(?:[\u00a0\u202f ]?[%‰°])"
_MONEY = "$£¥\u20a0-\u20cf"
_EQUALS = "+×÷*=<>≤≥≈±"
_AND_NUMBER = rf"(?:\s?[-−/{_EQUALS}]\s?[-−]?{_NUMBER})"
_UNITS = r"°[CF]|[kKMGT]i?B|[kMG]?Hz|[kMG]?Wh?|mAh|km/h|[kcmµn]?m[²³]?|[kmµ]?g|ml|px|pt|dpi|min|USD|EUR|GBP"
"""Units of every language; a language's habits name more."""
_NO_ADDRESS = r"\s<>«»“”\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_SHORT = "Inc|Ltd|Corp|Co|Bros|Jr|Sr|St|Dr|Mr|Mrs|Ms|No|vol|vs|etc"
ADDRESSES = (
    rf"(?<![A-Za-z0-9+.-])[A-Za-z][A-Za-z0-9+.-]*://[^{_NO_ADDRESS}]*[^{_NO_ADDRESS}.,;:!?)\]،؛؟]",
    r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+",
    r"www\.[\w./%?=&#-]*[\w/]",
)
IDENTIFIERS = (
    r"(?<!\w)[@#][A-Za-z][A-Za-z0-9_]*",  # handles and hashtags
    r"(?<![\w/.])~?/(?:[A-Za-z0-9_.-]+/)+(?:[A-Za-z0-9_.-]*[A-Za-z0-9_])?",  # paths
    r"(?<!\w)[A-Za-z]:\\(?:[A-Za-z0-9_.-]+\\)*[A-Za-z0-9_.-]*[A-Za-z0-9_]",
    r"(?<![\w-])--[A-Za-z][A-Za-z0-9-]*",  # options of commands
    r"(?<![A-Za-z0-9])[A-Za-z][A-Za-z0-9]*(?:\+{1,2}|#)(?![A-Za-z0-9])",  # C++, C#
    r"(?<![A-Za-z0-9])[A-Za-z0-9]+[™®℠©]",
    r"(?<![\w.])\.[A-Z][A-Za-z]+",  # .NET
    r"(?<![\w.])(?:[A-Za-z]\.){2,}",  # U.S., e.g.
    rf"(?<!\w)(?:{_SHORT})\.(?=\s+\S)",  # abbreviations that do not end a line
)
WORDS = (*ADDRESSES, *IDENTIFIERS)
# Vowel signs, which end a word as its letters do.
_MARKS = r"[\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc]"
_TATWEEL = "\u0640"
# A number may stand right behind a word of one letter ("and", "with" in Arabic and Hebrew), never behind these.
_BEFORE = r"A-Za-z0-9_À-ʯ"
_FREE = rf"(?<![{_BEFORE}.,])"
# Or behind the hyphen of a Hebrew prefix.
_ALONE = rf"(?:(?<![{_BEFORE}+/.,-])|(?<=[^\W{_BEFORE}]-))"

# --- telephone numbers ------------------------------------------------------------------------------

_GAP = "[ \u00a0\u202f./\u2010\u2011-]"
# Behind the area code one sign parts all groups, and a hyphen may part the last one.
_GROUPS = rf"[0-9]{{2,9}}(?:(?P<gapN>{_GAP})[0-9]{{2,6}}(?:(?P=gapN)[0-9]{{2,6}}){{0,4}})?(?:-[0-9]{{1,6}})?"
_EXTENSION = r"(?:,? (?:ext|Ext|EXT)\.? ?[0-9]{1,6}| ?[xX][0-9]{1,6})?(?![\w-]|/[0-9])"
_SEVEN = r"(?=\+?\(?(?:[0-9][ \u00a0\u202f./()\u2010\u2011-]{0,2}){7})"
_HOURS = "[0-9]{2}-[0-9]{2}"
_NO_HOURS = f"(?!{_HOURS} {_HOURS}(?![0-9]))"
_AREA = rf"(?:0[0-9]{{1,5}}{_GAP}|\(0[0-9]{{1,5}}\){_GAP}?)"
_YEAR = "(?:1[0-9]|20)[0-9]{2}"
TELEPHONES = (
    # +49 30 1234567, +1 (212) 555-0123, +49 (0)30 1234-567
    rf"{_ALONE}{_SEVEN}\+[0-9]{{1,4}}(?:{_GAP}?\([0-9]{{1,5}}\){_GAP}?[0-9]{{1,12}}|{_GAP}[0-9]{{1,12}}){{1,7}}{_EXTENSION}",
    # 0800 222 333, 030 1234-567, (030) 555-0199, 05.22.33.44.55; not 08-10 14-16
    rf"{_ALONE}{_SEVEN}{_NO_HOURS}{_AREA}{_GROUPS}{_EXTENSION}",
    # (212) 555-0123, which no pair of years is
    rf"{_ALONE}{_SEVEN}\([0-9]{{2,3}}\) ?(?!{_YEAR}[-. ]{_YEAR})[0-9]{{3,5}}[-. ][0-9]{{4}}{_EXTENSION}",
    # 555-123-4567
    rf"{_ALONE}{_SEVEN}[0-9]{{2,3}}(?P<gapM>[-.\u2010\u2011])[0-9]{{3}}(?P=gapM)[0-9]{{4}}{_EXTENSION}",
    # 555-0199, 212 555 0123: no end of a range and no year begins with a zero
    rf"{_ALONE}{_SEVEN}[1-9][0-9]{{1,3}}(?:{_GAP}[0-9]{{3,4}})?[ \u00a0\u2010\u2011-]0[0-9]{{3}}{_EXTENSION}",
)
ARABIC_PERCENT = "٪"
"""A sign that keeps to the side on which Arabic digits have it."""

TELEPHONE_DIGITS = range(7, 16)
"""How many digits a telephone number has: fewer are any number, more than fifteen are none (ITU-T E.164)."""


@dataclass(frozen=True, slots=True)
class Kind:
    """What a stretch may be. ``any_digits`` says that what holds for its direction does so in digits of every
    script: Arabic-Indic ones keep company with signs that turn with them. ``whole`` says that no line breaks
    where it has a space."""

    name: str
    left_to_right: bool = True
    any_digits: bool = False
    whole: bool = False
    letters: bool = False
    """Whether the bidirectional algorithm shall see a word, and no number."""


ADDRESS = Kind("address", letters=True)
IDENTIFIER = Kind("identifier", letters=True)
DATE = Kind("date")
TELEPHONE = Kind("telephone number", any_digits=True, whole=True)
ISBN = Kind("ISBN", any_digits=True)
GROUPED = Kind("number in groups", whole=True)
SUM = Kind("sum")
AMOUNT = Kind("amount", whole=True)
REFERENCE = Kind("number of a paragraph", left_to_right=False, whole=True)


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of a text, and what it is."""

    start: int
    end: int
    kind: Kind
    left_to_right: bool
    whole: bool


def recognise(text: str, language: Language, units: tuple[str, ...] = ()) -> Iterator[Stretch]:
    """The stretches of a text in a language, in order; ``units`` are what its habits know of units."""
    folded = _folded(text)
    for found in _pattern(clitics(language), units).finditer(folded):
        group = found.lastgroup
        assert group is not None  # noqa: S101 - every alternative is a group
        name = group.rstrip("0123456789")
        kind = KINDS[name]
        start, end = found.end("clitic") if found["clitic"] else found.start(), found.end()
        digits = [char for char in text[start:end] if char.isdecimal()]
        if kind is TELEPHONE and len(digits) not in TELEPHONE_DIGITS:
            continue
        latin = all(char.isascii() for char in digits) and ARABIC_PERCENT not in text[start:end]
        turned = any(unicodedata.bidirectional(char) == "R" for char in digits)
        ltr = kind.left_to_right and (latin or kind.letters or (kind.any_digits and not turned))
        whole = kind.whole and (kind is TELEPHONE or " " in text[start:end])
        yield Stretch(start, end, kind, ltr, whole)


def _folded(text: str) -> str:
    """The text with ASCII digits, character by character."""
    if not any(char.isdecimal() and not char.isascii() for char in set(text)):
        return text
    return "".join(str(unicodedata.decimal(char)) if char.isdecimal() else char for char in text)


@cache
def _pattern(words: tuple[str, ...], more: tuple[str, ...]) -> re.Pattern[str]:
    unit = "|".join((*map(re.escape, sorted(more, key=len, reverse=True)), _UNITS))
    after = rf"(?:[\u00a0\u202f ]?(?:(?:{unit})(?!\w)|[{_MONEY}])|{_PERCENT})"
    signed = rf"(?:[{_MONEY}][\u00a0\u202f ]?)?{_NUMBER}{after}?"
    # Every letter may carry vowel signs, and a bar that joins it to nothing ends the word.
    spelt = (
        "|".join("".join(f"{letter}{_MARKS}{{0,2}}" for letter in word) for word in words) or "(?!)"
    )
    patterns = {
        "clitical": [rf"(?P<clitic>(?<!\w)(?<!{_MARKS})(?:{spelt}){_TATWEEL}?)-{signed}"],
        "address": ADDRESSES,
        "identifier": IDENTIFIERS,
        "date": [
            rf"(?<![{_BEFORE}/.-])(?!0[0-9]{{2}})[0-9]{{1,4}}(?P<mark>[-/.])[0-9]{{1,2}}(?P=mark)[0-9]{{1,4}}(?![\w/-])"
        ],
        "telephone": TELEPHONES,
        "isbn": [rf"(?<![{_BEFORE}.,-])[0-9]{{1,20}}(?:-[0-9]{{1,20}}){{3,9}}(?:-[Xx])?(?![\w-])"],
        "grouped": [
            rf"(?<![{_BEFORE}+/.,-]){_TRIPLES}(?:[.,][0-9]{{1,9}})?(?! ?[0-9])(?:{after}|(?!\w))"
        ],
        "sum": [  # 2 + 3 = 5
            rf"{_FREE}{_NUMBER}{_AND_NUMBER}{{0,12}}?\s?[{_EQUALS}]\s?[-−]?{_NUMBER}{_AND_NUMBER}{{0,12}}"
        ],
        "amount": [
            rf"{_FREE}[#№{_MONEY}~≈<>≤≥±]\s?[-+−]?{_NUMBER}{_PERCENT}?",  # #12, $5
            # -5; a sign that is no hyphen also behind the hyphen of a Hebrew prefix
            rf"(?:(?<![\w.,–-])(?<!{_MARKS})-|(?:(?<![{_BEFORE}.,–-])|(?<=[^\W{_BEFORE}]-))[+−]){signed}",
            # 60 %, 5 €, 5 kg
            rf"{_FREE}{_NUMBER}[\u00a0\u202f ]?(?:(?:{unit})(?!\w)|[%‰°{_MONEY}](?!\w))",
        ],
        "reference": [r"(?<!\w)(?:§{1,2}|¶) [0-9]{1,9}(?:[.,][0-9]{1,9}){0,5}"],
    }  # fmt: skip
    every: list[str] = []
    for name, alternatives in patterns.items():
        for each in alternatives:
            at = len(every)
            own = each.replace("gapN", f"gap{at}").replace("gapM", f"gap{at}")
            every.append(f"(?P<{name}{at}>{own})")
    return re.compile("|".join(every))


KINDS = {
    "clitical": AMOUNT, "address": ADDRESS, "identifier": IDENTIFIER, "date": DATE,
    "telephone": TELEPHONE, "isbn": ISBN, "grouped": GROUPED, "sum": SUM, "amount": AMOUNT,
    "reference": REFERENCE,
}  # fmt: skip
"""What each group of the pattern finds."""
