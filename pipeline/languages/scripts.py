"""Scripts: how each is written and set, and which characters are in it."""

from collections import Counter
from dataclasses import asdict, dataclass
from enum import StrEnum
from functools import cache

from fontTools import unicodedata

from pipeline.languages.rows import DEFAULT, ScriptRow, table


class Direction(StrEnum):
    """The inline base direction, as HTML's ``dir`` names it."""

    LTR = "ltr"
    RTL = "rtl"

    @property
    def start(self) -> str:
        """The physical side on which a line begins."""
        return "left" if self is Direction.LTR else "right"

    @property
    def end(self) -> str:
        """The physical side on which a line ends."""
        return "right" if self is Direction.LTR else "left"


@dataclass(frozen=True, slots=True, kw_only=True)
class Script(ScriptRow):
    """A writing system (ISO 15924) and how it is set: its families are followed by those of its companion and
    of the default."""

    code: str
    direction: Direction

    @property
    def css(self) -> str:
        """The class of elements in this script."""
        return f"script-{self.code.lower()}"


@cache
def script(code: str) -> Script:
    """The script with an ISO 15924 code; one without a row of its own is set as the default.

    A manner of writing, such as Nastaliq, takes what its row does not say from the row of its script.
    """
    rows = table().scripts
    row = rows.get(code, rows[DEFAULT])
    companion = rows.get(row.companion, rows[DEFAULT])
    direction = unicodedata.script_horizontal_direction(members(code)[0], "LTR")
    families = (*row.families, *companion.families, *rows[DEFAULT].families)
    return Script(
        **{**asdict(row), "families": tuple(dict.fromkeys(families))},
        code=code,
        direction=Direction(direction.lower()),
    )


def plain(code: str) -> str:
    """The script that a manner of writing is one of: Arabic, for Nastaliq."""
    row = table().scripts.get(code)
    return row.like or code if row else code


def dictionary_scripts() -> frozenset[str]:
    """The scripts that write no spaces between words and break lines by a dictionary."""
    return frozenset(table().breaks.dictionary)


def spaceless_scripts() -> frozenset[str]:
    """The scripts that write no spaces between words, whatever tells where their lines break."""
    return dictionary_scripts() | frozenset(table().breaks.by_rule)


def breaks_unknown_to_engine() -> frozenset[str]:
    """Those of :func:`spaceless_scripts` that the layout engine breaks nowhere but at spaces."""
    return frozenset(table().breaks.unknown_to_engine)


def script_counts(text: str) -> Counter[str]:
    """How many characters of a text are in each script; common and inherited ones left out."""
    counts: Counter[str] = Counter()
    for char, number in Counter(text).items():
        code = unicodedata.script(char)
        if code not in ("Zyyy", "Zinh", "Zzzz"):
            counts[code] += number
    return counts


def members(script_code: str) -> tuple[str, ...]:
    """The scripts of Unicode that a writing system is written in."""
    own = plain(script_code)
    return table().members.get(own, (own,))


def writing_systems(member: str) -> tuple[str, ...]:
    """The writing systems with a row that use a script of Unicode, in the order of their rows."""
    rows = (code for code in table().scripts if code != DEFAULT)
    return tuple(code for code in rows if member in members(code))
