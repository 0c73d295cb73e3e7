"""What reads from left to right in any text: numbers with their signs, addresses, identifiers.

The bidirectional algorithm is right for words and wrong for some signs: after Arabic letters it shows ``-5``
as ``5-`` and ``60%`` as ``%60``, and everywhere ``C++`` as ``++C``. Those are identifiers, or are written as
CLDR writes them for Arabic, from left to right (its minus and percent signs carry a left-to-right mark).
Ranges (9–17) are not among them: in an Arabic text they read from right to left, as everything does, at the
beginning of a line too.
"""

import re
from functools import cache

from pipeline.languages import Language, clitics

# The digits are ASCII ones: Arabic-Indic ones keep company with signs that turn with them.
# Repetitions have bounds, so that no text, however odd, takes long.
_NUMBER = r"[0-9]{1,40}(?:[.,:’'\u00a0\u202f][0-9]{1,40}){0,12}"
_PERCENT = r"(?:[\u00a0\u202f ]?[%‰°])"
_MONEY = "$£¥\u20a0-\u20cf"
_EQUALS = "+×÷*=<>≤≥≈±"
_AND_NUMBER = rf"(?:\s?[-−/{_EQUALS}]\s?[-−]?{_NUMBER})"
_UNITS = r"(?:°[CF]|[kKMGT]i?B|[kMG]?Hz|[kMG]?Wh?|mAh|km/h|[kcmµn]?m[²³]?|[kmµ]?g|ml|px|pt|dpi|min|USD|EUR|GBP)"
_NO_ADDRESS = r"\s<>«»“”\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_SHORT = "Inc|Ltd|Corp|Co|Bros|Jr|Sr|St|Dr|Mr|Mrs|Ms|No|vol|vs|etc"
ADDRESSES = (
    rf"(?<![A-Za-z0-9+.-])[A-Za-z][A-Za-z0-9+.-]*://[^{_NO_ADDRESS}]*[^{_NO_ADDRESS}.,;:!?)\]،؛؟]",
    r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+",
    r"www\.[\w./%?=&#-]*[\w/]",
)
WORDS = (
    *ADDRESSES,
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
_SIGNED = (
    rf"(?:[{_MONEY}][\u00a0\u202f ]?)?{_NUMBER}"
    rf"(?:[\u00a0\u202f ]?(?:{_UNITS}(?!\w)|[{_MONEY}])|{_PERCENT})?"
)
# Vowel signs, which end a word as its letters do.
_MARKS = r"[\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc]"
_TATWEEL = "\u0640"
# A number may stand right behind a word of one letter ("and", "with" in Arabic and Hebrew), never behind these.
_BEFORE = r"A-Za-z0-9_À-ʯ"
NUMBERS = (
    rf"(?<![{_BEFORE}/.-])[0-9]{{1,4}}(?P<mark>[-/.])[0-9]{{1,2}}(?P=mark)[0-9]{{1,4}}(?![\w/-])",  # dates
    r"\+[0-9]{1,4}(?:[ -](?:\([0-9]+\)|[0-9]{2,}))+",  # telephone numbers
    rf"(?<![{_BEFORE}.,-])0[0-9]{{1,4}}[-/][0-9]{{3,}}(?:-[0-9]+)*(?![\w-])",
    rf"(?<![{_BEFORE}.,-])[0-9]{{1,20}}(?:-[0-9]{{1,20}}){{3,9}}(?:-[Xx])?(?![\w-])",  # ISBN
    rf"(?<![{_BEFORE}.,-])[0-9]{{1,3}}(?: [0-9]{{3}}){{1,6}}(?!\w)(?! [0-9])",  # 10 000
    # 2 + 3 = 5
    rf"(?<![{_BEFORE}.,]){_NUMBER}{_AND_NUMBER}{{0,12}}?\s?[{_EQUALS}]\s?[-−]?{_NUMBER}{_AND_NUMBER}{{0,12}}",
    rf"(?<![{_BEFORE}.,])[#№{_MONEY}~≈<>≤≥±]\s?[-+−]?{_NUMBER}{_PERCENT}?",  # #12, $5
    # -5; a sign that is no hyphen also behind the hyphen of a Hebrew prefix
    rf"(?:(?<![\w.,–-])(?<!{_MARKS})-|(?:(?<![{_BEFORE}.,–-])|(?<=[^\W{_BEFORE}]-))[+−]){_SIGNED}",
    rf"(?<![{_BEFORE}.,]){_NUMBER}[\u00a0\u202f ]?(?:{_UNITS}|[%‰°{_MONEY}])(?!\w)",  # 60 %, 5 €, 5 kg
)
_PATTERN = f"(?P<word>{'|'.join(WORDS)})|(?P<number>{'|'.join(NUMBERS)})"


SPACED = re.compile(rf"(?=\S+ \S+$)(?:{'|'.join(NUMBERS)})")
"""A number and its sign with one space between them."""


def tokens(language: Language) -> re.Pattern[str]:
    """What reads from left to right in a text of a language.

    The group ``word`` is of letters, ``number`` of digits. What matches may begin with the group ``clitic``,
    which is none of it: a word that the language writes together with the number behind it.
    """
    return _tokens(clitics(language))


@cache
def _tokens(words: tuple[str, ...]) -> re.Pattern[str]:
    if not words:
        return re.compile(_PATTERN + "|(?P<clitic>(?!))")
    # Every letter may carry vowel signs, and a bar that joins it to nothing ends the word.
    spelt = "|".join("".join(f"{letter}{_MARKS}{{0,2}}" for letter in word) for word in words)
    signed = rf"(?P<clitic>(?<!\w)(?<!{_MARKS})(?:{spelt}){_TATWEEL}?)-{_SIGNED}"
    return re.compile(f"{signed}|{_PATTERN}")
