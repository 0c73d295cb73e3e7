"""What options give, as checked values: lists with commas, and limits."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any

from pipeline.configuration.schema import Sheets, form_of, sheets_form
from pipeline.errors import UsageError
from pipeline.forms import value
from pipeline.limits import TABLE, parsed
from pipeline.settings.sheets import MarkName, SheetSettings


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


def sheets_of(given: Mapping[str, Any], *, marks: bool, only_marks: str | None) -> SheetSettings:
    """How pages are laid on sheets, as options give it by the keys of ``[print.sheets]``; None: not said.
    ``marks`` asks for all that there may be, ``only_marks`` for those that it names.

    Raises :class:`UsageError` where a value has another form, or does not go with the others.
    """
    raw = {key: _plain(each) for key, each in given.items() if each is not None}
    for key, each in raw.items():
        value(sheets_form(key), each, f"--{key}", UsageError)
    names: Sequence[str] | None = words_of(only_marks, "--only-marks")
    if names is not None:
        value(sheets_form("marks"), list(names), "--only-marks", UsageError)
    elif marks:
        # Collation marks stand on what is milled off.
        names = [
            each for each in MarkName if each is not MarkName.COLLATION or raw.get("mill") != 0
        ]
    found: Sheets = value(Sheets, raw | {"marks": list(names or ())}, "impose", UsageError)
    return found.settings


def _plain(given: Any) -> Any:
    """What an option gives, with a number where it is one: lengths without a unit are in mm."""
    with suppress(TypeError, ValueError):
        return given if isinstance(given, int) else float(given)
    return given
