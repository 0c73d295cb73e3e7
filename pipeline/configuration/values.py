"""The forms of values that ``book.toml`` alone has: lengths, colours, inks, identifiers."""

import re
from collections.abc import Sequence
from difflib import get_close_matches
from typing import Annotated, Any

from pydantic import BeforeValidator, PlainValidator

from pipeline.design import themes
from pipeline.document.identifiers import URI, Identifier, identified
from pipeline.forms import Text, WrongValueError, tag
from pipeline.limits import parsed
from pipeline.settings.arrangements import ArrangementName
from pipeline.settings.sheets import MOST_FOLDS, SIGNATURES, UPS
from pipeline.settings.values import EditionKind

WIDEST_BLEED = 10.0
"""In mm: more is a mistake of units."""
SMALLEST, LARGEST = 70.0, 600.0
"""The narrowest and the longest side of a page, in mm, in which a page can still be composed."""
SMALLEST_TYPE, LARGEST_TYPE = 6, 30
"""In pt: what can be read, and what leaves a line several words."""
STEM = re.compile(r"[a-z0-9][a-z0-9._-]*")
COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
ADDRESS = re.compile(r"https?://[^\s<>\"]+")
LENGTH = re.compile(r"(?P<number>\d+(\.\d+)?)\s*(?P<unit>mm|cm|in|pt)")
IN_MM = {"mm": 1.0, "cm": 10.0, "in": 25.4, "pt": 25.4 / 72}
IN_PT = {"pt": 1.0, "mm": 72 / 25.4}
PAGES = {"a4": (210.0, 297.0), "a5": (148.0, 210.0), "a6": (105.0, 148.0), "b5": (176.0, 250.0),
         "letter": (215.9, 279.4), "digest": (139.7, 215.9)}  # fmt: skip
SHEETS = {**{name: PAGES[name] for name in ("a5", "a4", "letter")}, "a3": (297.0, 420.0),
          "a2": (420.0, 594.0), "sra3": (320.0, 450.0), "tabloid": (279.4, 431.8)}  # fmt: skip
"""Sizes of paper by their names, in mm (ISO 216, ISO 217, ANSI/ASME Y14.1)."""
SMALLEST_SHEET, LARGEST_SHEET = 50.0, 2000.0
"""The shortest and the longest side of a sheet, in mm."""
WIDEST_MARGIN, WIDEST_GAP, DEEPEST_MILL, THICKEST_PAPER = 50.0, 100.0, 10.0, 1.0
"""In mm: more is a mistake of units."""
COMBINED = EditionKind.COMBINED.value
COMBINED_KEYS = frozenset((COMBINED, *(f"{COMBINED}.{name}" for name in ArrangementName)))
"""The key of the edition of all languages, where others have the tag of theirs."""


def _stem(value: object) -> str:
    if not STEM.fullmatch(str(value)):
        raise WrongValueError(
            f"“{value}” cannot be the name of files", "use small letters a to z, digits and hyphens"
        )
    return str(value)


def _length(value: object, units: dict[str, float]) -> float | None:
    """A number, or a text with a unit, in the unit that counts 1; None for anything else."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return float(value)
    found = LENGTH.fullmatch(str(value).lower())
    return (
        float(found["number"]) * units[found["unit"]] if found and found["unit"] in units else None
    )


def _length_to(most: float, what: str) -> BeforeValidator:
    """The form of a length from 0 to ``most`` mm; ``what`` it is called in the words of what is wrong."""

    def in_mm(value: object) -> float:
        length = _length(value, IN_MM)
        if length is None or not 0 <= length <= most:
            raise WrongValueError(
                f"“{value}” is not a {what} of 0 to {most:.0f} mm", 'write {key} = "3mm"'
            )
        return length

    return BeforeValidator(in_mm)


def _type_size(value: object) -> float:
    size = _length(value, IN_PT)
    if size is None or not SMALLEST_TYPE <= size <= LARGEST_TYPE:
        raise WrongValueError(
            f"“{value}” is not a size between {SMALLEST_TYPE} and {LARGEST_TYPE} pt",
            'write {key} = "10pt"',
        )
    return size


def page_size(value: object) -> tuple[float, float]:
    """Width and height in mm of a page as ``book.toml`` and themes write it: a name, or two lengths."""
    if size := PAGES.get(str(value).lower()) or _two_lengths(value, SMALLEST, LARGEST):
        return size
    raise WrongValueError(
        f"“{value}” is not a page size between {SMALLEST:.0f} and {LARGEST:.0f} mm",
        'write {key} = "A5", or two lengths, such as "148mm 210mm"',
    )


def _sheet_size(value: object) -> tuple[float, float]:
    """Width and height in mm of paper: a name, or two lengths."""
    known = SHEETS.get(str(value).lower())
    if size := known or _two_lengths(value, SMALLEST_SHEET, LARGEST_SHEET):
        return size
    raise WrongValueError(
        f"“{value}” is not a size of paper between {SMALLEST_SHEET:.0f} and {LARGEST_SHEET:.0f} mm",
        f'write {{key}} = one of {", ".join(SHEETS).upper()}, or two lengths, such as "320mm 450mm"',
    )


def _two_lengths(value: object, least: float, most: float) -> tuple[float, float] | None:
    """Width and height as they are written, with units, in mm; None where that is something else."""
    parts = str(value).lower().replace("x", " ").split()
    sides = [_length(part, IN_MM) for part in parts if LENGTH.fullmatch(part)]
    if len(sides) == len(parts) == 2:
        width, height = (side or 0.0 for side in sides)
        if all(least <= side <= most for side in (width, height)):
            return width, height
    return None


def _one_of(numbers: Sequence[int]) -> BeforeValidator:
    """The form of a number that is one of a few."""

    def chosen(value: object) -> int:
        if not isinstance(value, int) or isinstance(value, bool) or value not in numbers:
            names = ", ".join(map(str, numbers))
            raise WrongValueError(f"“{value}” is not one of {names}", f"use {names}")
        return int(value)

    return BeforeValidator(chosen)


def _colour(value: object) -> str:
    if not isinstance(value, str) or not COLOUR.fullmatch(value):
        raise WrongValueError(f"“{value}” is not a colour", 'write it as "#1f5c7a"')
    return value.lower()


def _four(value: object) -> tuple[float, float, float, float]:
    if (
        isinstance(value, list)
        and len(value) == 4
        and all(isinstance(each, int | float) and 0 <= each <= 100 for each in value)
    ):
        cyan, magenta, yellow, black = map(float, value)
        return (cyan, magenta, yellow, black)
    raise WrongValueError(
        f"“{value}” is not four inks in percent", "write {key} = [80, 20, 60, 30]"
    )


def _theme(value: object) -> str:
    known = themes.names()
    if value not in known:
        near = get_close_matches(str(value), known, n=1)
        hint = f"did you mean “{near[0]}”? " if near else ""
        raise WrongValueError(
            f"there is no theme “{value}”", f"{hint}The themes are: {', '.join(known)}"
        )
    return str(value)


def _address(value: object) -> str:
    if not isinstance(value, str) or not ADDRESS.fullmatch(value.strip()):
        raise WrongValueError(
            f"“{value}” is not the address of a page", 'write {key} = "https://…"'
        )
    return value.strip()


def _authors(value: object) -> list[object]:
    rows = [
        {"name": each} if isinstance(each, str) else each
        for each in (value if isinstance(value, list) else [value])
    ]
    if not all(isinstance(each, dict) for each in rows):
        raise WrongValueError("“{key}” is a name, or a list of names",
                    'write {key} = "Ruth Lindner", or {key} = { name = "Ruth Lindner", sort = '
                    '"Lindner, Ruth" }')  # fmt: skip
    return rows


def _identified(text: object) -> Identifier:
    if not isinstance(text, str):
        raise WrongValueError("“{key}” is a text", 'write {key} = "978-…"')
    try:
        return identified(text)
    except ValueError as error:
        raise WrongValueError(str(error), "write it as the agency for ISBN gave it, such as "
                                '{key} = "978-3-16-148410-0"') from error  # fmt: skip


def _of_book(value: object) -> object:
    if isinstance(value, str):
        _identified(value.strip())  # one that means to be an ISBN is one
    return value


def identifier(value: object) -> Identifier:
    """The identifier of an edition."""
    found = _identified(value)
    if found.uri == found.shown and not URI.fullmatch(str(value)):
        raise WrongValueError(f"“{value}” is neither an ISBN nor a URI",
                    'write {key} = "978-…", or a URI such as urn:uuid:…')  # fmt: skip
    return found


def _edition(value: object) -> str:
    return str(value) if value in COMBINED_KEYS else tag(value)


def _blocks(value: object) -> tuple[int | str, ...]:
    """Names of blocks: lines, or how they begin; one, or a list of them."""
    names = value if isinstance(value, list) else [value]
    for each in names:
        whole = isinstance(each, int) and not isinstance(each, bool) and each > 0
        if not whole and not (isinstance(each, str) and each.strip()):
            raise WrongValueError(
                f"“{each}” is neither how a block begins nor the number of a line",
                'write {key} = "…", or a list of them, or {key} = 12',
            )
    return tuple(names)


def limit(key: str) -> BeforeValidator:
    """The form of a limit."""

    def number(raw: object) -> int:
        try:
            return parsed(key, raw)
        except ValueError as error:
            raise WrongValueError(str(error), "write {key} = a whole number from 1") from error

    return BeforeValidator(number)


Stem = Annotated[str, BeforeValidator(_stem)]
Bleed = Annotated[float, _length_to(WIDEST_BLEED, "bleed")]
Margin = Annotated[float, _length_to(WIDEST_MARGIN, "margin")]
Gap = Annotated[float, _length_to(WIDEST_GAP, "gap")]
Mill = Annotated[float, _length_to(DEEPEST_MILL, "depth")]
Thickness = Annotated[float, _length_to(THICKEST_PAPER, "thickness")]
SheetSize = Annotated[tuple[float, float], BeforeValidator(_sheet_size)]
Up = Annotated[int, _one_of(UPS)]
Folds = Annotated[int, _one_of(range(1, MOST_FOLDS + 1))]
Signature = Annotated[int, _one_of(SIGNATURES)]
TypeSize = Annotated[float, BeforeValidator(_type_size)]
PageSize = Annotated[tuple[float, float], BeforeValidator(page_size)]
Colour = Annotated[str, BeforeValidator(_colour)]
FourInks = Annotated[tuple[float, float, float, float], BeforeValidator(_four)]
Theme = Annotated[str, BeforeValidator(_theme)]
Address = Annotated[str, BeforeValidator(_address)]
OfBook = Annotated[Text, BeforeValidator(_of_book)]
OfEdition = Annotated[Any, BeforeValidator(identifier)]
EditionKey = Annotated[str, BeforeValidator(_edition)]
Blocks = Annotated[tuple[int | str, ...], PlainValidator(_blocks)]
Authors = BeforeValidator(_authors)
