"""Identifiers of publications: ISBN (ISO 2108) with their check digits, or any other URI."""

import re
from dataclasses import dataclass

ISBN = re.compile(
    r"(?P<prefix>urn:isbn:|isbn(?:-1[03])?:?\s*)?(?P<number>[\dXx‐-‒ -]+)", re.IGNORECASE
)
"""An ISBN as people write it: with or without a prefix, its groups parted by hyphens or spaces."""

PREFIXES = ("978", "979")
"""What an ISBN of 13 digits begins with (ISO 2108, 4.2)."""

URI = re.compile(r"[a-z][a-z0-9+.-]*:\S+", re.IGNORECASE)
"""RFC 3986, section 3: a scheme, and what it says."""


@dataclass(frozen=True, slots=True)
class Identifier:
    """``uri`` is what files hold (RFC 8254 for an ISBN), ``shown`` what readers see of it."""

    uri: str
    shown: str


def identified(text: str) -> Identifier:
    """The identifier that a text is, or holds with a prefix.

    What is no ISBN stays as it is. Raises :class:`ValueError`, which says why, where a text means to be an ISBN
    and is none.
    """
    found = ISBN.fullmatch(text.strip())
    if found is None:
        if re.match(r"(urn:)?isbn\b", text, re.IGNORECASE):
            raise ValueError(f"“{text}” is not an ISBN: it has digits and hyphens alone")
        return Identifier(text, text)
    number = found["number"].strip()
    digits = re.sub(r"[^\dX]", "", number.upper())
    if not found["prefix"] and not _means_isbn(digits, number):
        return Identifier(text, text)
    if len(digits) not in (10, 13):
        raise ValueError(f"an ISBN has 10 or 13 digits, and “{number}” has {len(digits)}")
    if len(digits) == 13 and (not digits.isdecimal() or not digits.startswith(PREFIXES)):
        raise ValueError(f"an ISBN of 13 digits begins with 978 or 979, and “{number}” does not")
    if "X" in digits[:-1]:
        raise ValueError(f"X stands at the end of an ISBN alone, and not so in “{number}”")
    if (right := _check_digit(digits[:-1])) != digits[-1]:
        raise ValueError(
            f"the last digit of the ISBN “{number}” does not fit the others: it would be {right}"
        )
    return Identifier(f"urn:isbn:{digits}", f"ISBN {number}")


def _means_isbn(digits: str, number: str) -> bool:
    """Whether a number without a prefix is meant as an ISBN: one of ten digits may be any number."""
    grouped = number != digits
    return (digits.startswith(PREFIXES) and (grouped or len(digits) >= 12)) or (
        len(digits) == 10 and grouped
    )


def _check_digit(digits: str) -> str:
    """The last digit of an ISBN after its first 9 or 12 (ISO 2108, annex C)."""
    if len(digits) == 9:
        left = -sum((10 - at) * int(digit) for at, digit in enumerate(digits)) % 11
        return "X" if left == 10 else str(left)
    return str(-sum((3 if at % 2 else 1) * int(digit) for at, digit in enumerate(digits)) % 10)
