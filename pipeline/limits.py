"""Limits: how much of anything is worked on, so that no input makes a build run or grow without end.

One table, :class:`Limits`: a field a limit, each with its unit, its default and the reason for it. A book sets
them under ``[limits]`` in ``book.toml``, a command with ``--limit``. Whoever finds one exceeded says so by
:meth:`Limits.exceeded`, in an error of its own kind, so that all of them read alike.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from pipeline.errors import LimitError, Origin


class Unit(StrEnum):
    """What a limit counts."""

    BYTES = "bytes"
    CHARACTERS = "characters"
    PIXELS = "pixels"
    LEVELS = "levels"
    ELEMENTS = "elements"
    SECONDS = "seconds"
    WARNINGS = "warnings"


BYTES_OF = {"": 1, "B": 1, "kB": 10**3, "MB": 10**6, "GB": 10**9}
"""Decimal prefixes (ISO 80000-1), as files are shown everywhere else."""
WRITTEN = re.compile(r"\s*(?P<number>\d{1,15}(_\d{1,15})*)\s*(?P<prefix>kB|MB|GB|B|)\s*", re.ASCII)


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the table: what is limited, in which unit, how far by default, why, and what to do about an
    excess that is a mistake."""

    key: str
    of: str
    unit: Unit
    default: int
    reason: str
    cure: str


@dataclass(frozen=True, slots=True)
class Exceeded:
    """The words of an error: what happened, and the cure."""

    what: str
    cure: str

    def at(self, place: Origin) -> LimitError:
        """The error for what stands at a place."""
        return LimitError(self.what, at=place, cure=self.cure)


def _limit(default: int, unit: Unit, of: str, reason: str, cure: str) -> Any:
    return field(default=default, metadata={"row": (of, unit, default, reason, cure)})


@dataclass(frozen=True, slots=True)
class Limits:
    """The table, and the values that hold for one book."""

    text_bytes: int = _limit(
        16_000_000, Unit.BYTES, "a text file, a template or a settings file",
        "three times the longest novels; at this size a PDF takes minutes",
        "divide it into several books",
    )  # fmt: skip
    paragraph_characters: int = _limit(
        100_000, Unit.CHARACTERS, "a paragraph, a heading, an item or a cell",
        "lines are broken a paragraph at a time, in time that grows with its square",
        "put an empty line where the next paragraph begins",
    )  # fmt: skip
    word_characters: int = _limit(
        1_000, Unit.CHARACTERS, "a word without a place at which a line may break",
        "layout tries to break it at every letter, in time that grows with its square",
        "put spaces in it, or leave out what nobody reads",
    )  # fmt: skip
    nesting: int = _limit(
        50, Unit.LEVELS, "lists, quotations and markup inside each other",
        "each level calls the next, in every parser and in layout, and calls are few",
        "write it flatter",
    )  # fmt: skip
    picture_bytes: int = _limit(
        64_000_000, Unit.BYTES, "the file of a picture, or of a colour profile",
        "it is held in memory in every format that is made",
        "save it smaller",
    )  # fmt: skip
    picture_pixels: int = _limit(
        120_000_000, Unit.PIXELS, "a picture",
        "four bytes a pixel in memory; a page A4 at 600 dots an inch has 35 million",
        "save it with fewer pixels",
    )  # fmt: skip
    drawing_elements: int = _limit(
        100_000, Unit.ELEMENTS, "an SVG, each <use> counted as all that it repeats",
        "a drawing of a few lines can repeat itself a billion times",
        "export it again, simplified, or save it as PNG",
    )  # fmt: skip
    drawing_levels: int = _limit(
        100, Unit.LEVELS, "elements of an SVG inside each other",
        "each level calls the next when it is drawn, and calls are few",
        "export it again with its groups dissolved",
    )  # fmt: skip
    template_bytes: int = _limit(
        300_000_000, Unit.BYTES, "what the templates of a book write, pictures included",
        "a loop in a template can write without end",
        "mend the loop that writes so much",
    )  # fmt: skip
    template_seconds: int = _limit(
        60, Unit.SECONDS, "what a book's own templates take for one document",
        "a loop in a template can turn without end",
        "mend the loop that takes so long",
    )  # fmt: skip
    edition_memory: int = _limit(
        4_000_000_000, Unit.BYTES, "memory that the making of one edition takes",
        "layout holds all pages of a PDF at once, and a machine without memory stands still",
        "divide the texts into several books, or make the combined edition of fewer languages",
    )  # fmt: skip
    unpacked_bytes: int = _limit(
        1_000_000_000, Unit.BYTES, "what is unpacked of one PDF, EPUB or ZIP that is checked or imposed",
        "a file of a megabyte can unpack to a terabyte",
        "look whether the file is what it says it is",
    )  # fmt: skip
    warnings_shown: int = _limit(
        100, Unit.WARNINGS, "warnings that are shown; the manifest has them all",
        "nobody reads more",
        "read them in manifest.json",
    )  # fmt: skip

    def exceeded(
        self, key: str, subject: str, measured: int | None = None, verb: str = "has"
    ) -> Exceeded:
        """The words for ``subject``, which goes beyond the limit ``key``; ``measured`` is by how much it does,
        in the limit's unit, None where nobody counted to the end; ``verb`` goes before the measure."""
        row, limit = TABLE[key], getattr(self, key)
        allowed, much = shown(row.unit, limit), shown(row.unit, measured or limit)
        much = much if measured and much != allowed else f"more than {allowed}"
        more = _rounded_up(measured or 2 * limit)
        return Exceeded(
            f"{subject} {verb} {much}; the limit {key} is {allowed}",
            f"{row.cure}; or, where it is meant, allow more: {key} = {written(row.unit, more)} under "
            f"[limits] in book.toml, or --limit {key}={written(row.unit, more, option=True)}",
        )


TABLE: Mapping[str, Row] = MappingProxyType(
    {each.name: Row(each.name, *each.metadata["row"]) for each in fields(Limits)}
)

DEFAULT = Limits()


def parsed(key: str, raw: object) -> int:
    """The value of a limit as ``book.toml`` or an option writes it: a whole number of its unit, from 1; of
    bytes also a text with a unit, such as "64 MB".

    Raises :class:`ValueError`, which says what is wrong with it, and how to write it.
    """
    row = TABLE[key]
    example = '"64 MB"' if row.unit is Unit.BYTES else f"{row.default:_}"
    number = 0
    if isinstance(raw, int) and not isinstance(raw, bool):
        number = raw
    found = WRITTEN.fullmatch(raw) if isinstance(raw, str) else None
    if found and (row.unit is Unit.BYTES or not found["prefix"]):
        number = int(found["number"]) * BYTES_OF[found["prefix"]]
    if number < 1:
        raise ValueError(f"“{raw}” is not a number of {row.unit}, such as {example}")
    return number


def shown(unit: Unit, number: int) -> str:
    """A number with its unit, for a person."""
    if unit is Unit.BYTES and number >= BYTES_OF["kB"]:
        prefix, amount = _amount(number)
        return f"{amount:,.1f}".removesuffix(".0") + f" {prefix}"
    return f"{number:,} {unit if number != 1 else unit.removesuffix('s')}"


def written(unit: Unit, number: int, *, option: bool = False) -> str:
    """A number as :func:`parsed` reads it: in ``book.toml``, or in an option."""
    if unit is Unit.BYTES and number % BYTES_OF["kB"] == 0:
        prefix, amount = _amount(number)
        while amount != int(amount):
            prefix, amount = {"GB": "MB", "MB": "kB"}[prefix], amount * 1000
        return f"{amount:.0f}{prefix}" if option else f'"{amount:.0f} {prefix}"'
    return str(number) if option else f"{number:_}"


def _amount(number: int) -> tuple[str, float]:
    prefix = next(each for each in ("GB", "MB", "kB") if number >= BYTES_OF[each])
    return prefix, number / BYTES_OF[prefix]


def _rounded_up(number: int) -> int:
    """The next number with two digits that are not 0."""
    unit = 10 ** max(0, len(str(number)) - 2)
    return int(-(-number // unit) * unit)
