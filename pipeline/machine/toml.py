"""TOML that people write, with the line of what is wrong in it."""

import re
import tomllib
from collections.abc import Sequence
from typing import Any

from pipeline.characters import control_in
from pipeline.errors import ConfigurationError, LimitError, Origin
from pipeline.limits import DEFAULT

# Strings and comments, whose brackets are none; brackets; line ends.
PARTS = re.compile(
    r"""
    \"{3}(?:\\.|[^\\])*?\"{3} | '{3}.*?'{3}
    | "(?:\\.|[^"\\\n])*" | '[^'\n]*'
    | \#[^\n]* | [\[\]{}\n.]
    """,
    re.DOTALL | re.VERBOSE,
)
# TOML 1.0, String: how characters are written that no book can hold.
ESCAPES = re.compile(
    r"(?<!\\)(?:\\\\)*\\(?:[bf]|u(?:00[01789]|[fF]{3}[eEfF])|U(?:000000[01789]|0000[fF]{3}[eEfF]))"
)
HEADER = re.compile(r"\s*\[+(?P<name>[^\]]+)\]")
"""The line that a table begins with."""


def parse(content: str, path: str) -> dict[str, Any]:
    """The values of a TOML document; ``path`` is what the file is called in its book.

    Raises :class:`ConfigurationError` where it is none, and :class:`LimitError` where tables and lists stand
    too deep in each other; both with the line.
    """
    _demand_flat(content, path)
    try:
        found = tomllib.loads(content)
    except tomllib.TOMLDecodeError as error:
        place = re.search(r"at line (\d+)", str(error))
        raise ConfigurationError(
            f"this is not TOML: {str(error).split(' (at')[0]}",
            at=Origin(path, int(place[1]) if place else content.count("\n") + 1),
            cure='write key = "value", with the value in quotes',
        ) from error
    except (ValueError, OverflowError) as error:  # a date or a number that Python cannot hold
        raise ConfigurationError(
            f"this is not TOML: {error}",
            at=Origin(path),
            cure="look for a number or a date that is too long",
        ) from error
    if char := control_in(found):
        escape = ESCAPES.search(content)
        line = content.count("\n", 0, escape.start()) + 1 if escape else None
        raise ConfigurationError(
            f"the character {char} cannot stand in a book", at=Origin(path, line), cure="delete it"
        )
    return found


def line_of(keys: Sequence[str], content: str) -> int:
    """The line of the file on which a key stands, in a table where one is named; 1 where it is not found."""
    if not keys:
        return 1
    *tables, key = keys
    own = rf"\"?{re.escape(key)}\"?"
    pattern = re.compile(rf"(\s*|.*[{{,.]\s*){own}\s*[=.]|\s*\[+([\w.\"-]*\.)?{own}[\].]")
    inside, table = "", rf"\b{re.escape(tables[-1])}\b" if tables else ""
    for number, text in enumerate(content.splitlines(), start=1):
        if found := HEADER.match(text):
            inside = found["name"].strip()
        here = not tables or tables[-1] in (inside, inside.rpartition(".")[2])
        if pattern.match(text) and (here or re.search(table, text)):
            return number
    return line_of(tables, content)


def line_in_list(name: str, number: int, key: str, content: str) -> int:
    """The line of a key in a table of a list of tables (``[[name]]``), whose place in the list counts from 0;
    that of the table, or of the list, where the key is not found."""
    lines = content.splitlines()
    headers = [at for at, text in enumerate(lines) if re.match(rf"\s*\[\[\s*{name}\s*\]\]", text)]
    if number >= len(headers):
        return line_of((name,), content)
    for at in range(headers[number] + 1, len(lines)):
        if HEADER.match(lines[at]):
            break
        if re.match(rf"\s*\"?{re.escape(key)}\"?\s*=", lines[at], re.IGNORECASE):
            return at + 1
    return headers[number] + 1


def _demand_flat(content: str, path: str) -> None:
    """The parser calls itself for each level; a key with dots makes one for each of them."""
    line, level, dots = 1, 0, 0
    for found in PARTS.finditer(content):
        part = found.group()
        if part == "\n":
            dots = 0
        elif part in ("[", "{"):
            level += 1
        elif part in ("]", "}"):
            level = max(0, level - 1)
        elif part == ".":
            dots += 1
        if max(level, dots) > DEFAULT.nesting:
            said = DEFAULT.exceeded("nesting", "this value or key")
            raise LimitError(said.what, at=Origin(path, line), cure="write it flatter")
        line += part.count("\n")
