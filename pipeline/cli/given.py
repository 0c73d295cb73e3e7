"""What options give, as checked values: lists with commas, and limits."""

from collections.abc import Sequence
from typing import Any

from pipeline.configuration.schema import form_of
from pipeline.errors import UsageError
from pipeline.forms import value
from pipeline.limits import TABLE, parsed


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


def listed(given: str | None, option: str, key: str) -> Any:
    """The values of an option that takes several, with commas between them, in the form of a key of
    ``book.toml``; None where the option is not given.

    Raises :class:`UsageError` where the option is empty, or a value has another form.
    """
    words = words_of(given, option)
    return None if words is None else value(form_of(key), list(words), option, UsageError)
