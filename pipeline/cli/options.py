"""What options of the command line share: lists with commas, and limits."""

from collections.abc import Sequence
from enum import StrEnum
from typing import Annotated, TypeVar

import typer

from pipeline.errors import UsageError
from pipeline.limits import TABLE, parsed

Kind = TypeVar("Kind", bound=StrEnum)

ENDING = (
    "Every error says what, where and the cure, and has an exit code of its own (see the README). "
    "A mistake in Pentapla itself is told in one line, too; with --verbose, or with "
    "PENTAPLA_TRACEBACK=1 in the environment, its traceback is shown."
)
"""What the help ends with."""

Limit = Annotated[
    list[str] | None,
    typer.Option(
        help="Allow more, or less, of something: a key of [limits] and its value (several times).",
        metavar="KEY=VALUE",
        show_default=False,
    ),
]


Outside = Annotated[
    bool,
    typer.Option(
        "--allow-outside",
        help="Read pictures and linked texts that lie outside the folder of the book, too: for books "
        "that you trust.",
    ),
]


def limits_of(given: Sequence[str] | None) -> dict[str, int]:
    """Limits as options give them."""
    found: dict[str, int] = {}
    for each in given or ():
        key, _, raw = (part.strip() for part in each.partition("="))
        if key not in TABLE:
            raise UsageError(
                f"--limit: there is no limit “{key}”",
                cure=f"write KEY=VALUE, with one of: {', '.join(TABLE)}",
            )
        try:
            found[key] = parsed(key, raw)
        except ValueError as error:
            raise UsageError(f"--limit {key}: {error}", cure="write --limit KEY=VALUE") from error
    return found


def words_of(value: str | None, option: str) -> tuple[str, ...] | None:
    """The values of an option that takes several, with commas between them."""
    if value is None:
        return None
    words = dict.fromkeys(word.strip() for word in value.split(",") if word.strip())
    if not words:
        raise UsageError(f"{option} is empty", cure="leave the option out, or name something")
    return tuple(words)


def listed(value: str | None, option: str, kind: type[Kind]) -> tuple[Kind, ...] | None:
    """The values of an option that takes several of a kind, with commas between them; None where the option
    is not given.

    Raises :class:`UsageError` where the option is empty, or a value is none of the kind.
    """
    words = words_of(value, option)
    if words is None:
        return None
    try:
        return tuple(kind(word) for word in words)
    except ValueError as error:
        allowed = ", ".join(kind)
        raise UsageError(f"{option}: {error}", cure=f"use one or more of: {allowed}") from error
