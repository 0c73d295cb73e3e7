"""Forms: how a person writes a value, in a file or as an option, and the words of what is wrong with it.

A form is a type of Pydantic (``Text``, ``Date``, ``Tag``); a :class:`Table` names the keys of a table, each
with its form, its default and what it is for. :func:`checked` makes typed values of what a parser read, or
raises the error that says what, where and the cure.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from difflib import get_close_matches
from enum import StrEnum
from typing import Annotated, Any, ClassVar, TypeVar

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    StrictBool,
    StringConstraints,
    TypeAdapter,
    ValidationError,
    model_validator,
)

from pipeline.calendar import normal_date
from pipeline.errors import ConfigurationError, Origin, PentaplaError, UnknownLanguageError
from pipeline.languages import language

Path = tuple[str, ...]
"""The keys that lead to a value: those of the tables around it, and its own."""
Place = Callable[[Path], Origin]
"""Where the value of a key stands."""
Kind = TypeVar("Kind", bound="Table")


class WrongValueError(ValueError):
    """What a form raises. In the words ``{key}`` stands for the key, ``{table}`` for all keys that lead there;
    ``below`` leads from the value that is looked at to the one that is wrong."""

    def __init__(self, what: str, cure: str, *below: str) -> None:
        super().__init__(what)
        self.words = (what, cure)
        self.below = below


class Table(BaseModel):
    """A table whose keys are the fields of the class, and no others where it is ``closed``."""

    closed: ClassVar[bool] = True
    model_config = ConfigDict(frozen=True, defer_build=True)  # built once, with what holds it

    @model_validator(mode="before")
    @classmethod
    def _known(cls, data: object) -> object:
        if not isinstance(data, Mapping):
            raise WrongValueError("[{table}] is a table", "write [{table}] on a line of its own")
        for key in data if cls.closed else ():
            if key not in cls.model_fields:
                near = get_close_matches(str(key), cls.model_fields, n=1)
                hint = f"did you mean “{near[0]}”?" if near else ""
                known = f"known keys: {', '.join(sorted(cls.model_fields))}"
                raise WrongValueError("“{table}” is not a key of {file}", hint or known, str(key))
        return data


# --- forms that every file has ----------------------------------------------------------------------


def tag(value: object) -> str:
    """The tag of a language (BCP 47), in its usual form."""
    try:
        return language(str(value)).tag
    except UnknownLanguageError as error:
        raise WrongValueError(error.what, error.cure) from error


def _date(value: Any) -> str:
    text = value.isoformat() if hasattr(value, "isoformat") else str(value)
    date = normal_date(text)
    if date is None:
        raise WrongValueError(f"“{text}” is not a date", "write it as 2026-03-02")
    return date


def _list(value: object) -> object:
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        raise WrongValueError("“{key}” is a list of texts", 'write {key}{assigns}["…", "…"]')
    return list(dict.fromkeys(value))


Text = Annotated[str, StringConstraints(strip_whitespace=True)]
"""Characters in quotes; spaces around them count for nothing."""
Filled = Annotated[Text, StringConstraints(min_length=1)]
"""The same, and it is not empty."""
Flag = StrictBool
"""true or false."""
Tag = Annotated[str, BeforeValidator(tag)]
"""The tag of a language (BCP 47), in its usual form."""
Date = Annotated[str, BeforeValidator(_date)]
"""A year, a month or a day (ISO 8601)."""
Item = TypeVar("Item")
Several = Annotated[tuple[Item, ...], BeforeValidator(_list)]
"""A list of texts, each in a form; what stands in it twice counts once."""


# --- from what a parser read to values --------------------------------------------------------------

WORDS: Mapping[str, tuple[str, str]] = {
    "string_type": ("“{key}” is a text", 'write {key}{assigns}"…", in quotes'),
    "bool_type": ("“{key}” is true or false", "write {key}{assigns}true"),
    "int_type": ("“{key}” is a whole number", "write {key}{assigns}1"),
    "string_too_short": ("“{key}” is empty", 'write {key}{assigns}"…"'),
    "missing": ("“{key}” is missing", 'add {key}{assigns}"…"'),
    "enum": ("“{value}” is not one of {choices}", "use {choices}"),
    "tuple_type": ("“{key}” is a text, or a list of texts", 'write {key}{assigns}"…"'),
    "dict_type": ("[{table}] is a table", "write [{table}] on a line of its own"),
}
"""What to say, and the cure, for each kind of error that Pydantic finds by itself."""
NAMES = re.compile(r"\{(key|table|file|assigns|value|choices)\}")
"""What stands in these words for what is only known when they are said."""


def checked(
    kind: type[Kind], data: object, file: str, place: Place, *, assigns: str = " = "
) -> Kind:
    """The values of a table as a parser read it. ``file`` is what the file is called in messages, ``assigns``
    what stands in it between a key and its value.

    Raises :class:`ConfigurationError` for the first value that is wrong, in the order of the file.
    """
    try:
        return kind.model_validate(data)
    except ValidationError as error:
        found = [(*_told(each, file, assigns), place(_path(each))) for each in error.errors()]
        what, cure, at = min(found, key=lambda each: each[2].line or 0)
        raise ConfigurationError(what, at=at, cure=cure) from error


def value(form: Any, raw: object, name: str, error_kind: type[PentaplaError]) -> Any:
    """One value in a form; ``name`` is what an error of the kind ``error_kind`` calls it."""
    try:
        return TypeAdapter(form).validate_python(raw)
    except ValidationError as error:
        what, cure = _told(error.errors()[0], name, " = ")
        raise error_kind(f"{name}: {what}", cure=cure) from error


def choices(kind: type[StrEnum]) -> str:
    """What may be chosen, with commas."""
    return ", ".join(kind)


def _path(error: Any) -> Path:
    """The keys that lead to what is wrong; the place in a list, or that it is a key of a table, is none."""

    def keys() -> Iterator[str]:
        for each in error["loc"]:
            if isinstance(each, str) and each != "[key]":
                yield each
        own = error.get("ctx", {}).get("error")
        yield from own.below if isinstance(own, WrongValueError) else ()

    return tuple(keys())


def _told(error: Any, file: str, assigns: str) -> tuple[str, str]:
    path, context = _path(error), error.get("ctx", {})
    own = context.get("error")
    if isinstance(own, WrongValueError):
        words = own.words
    else:
        words = WORDS.get(error["type"], ("“{key}” cannot be understood", "see the README"))
    names = {
        "key": path[-1] if path else file,
        "table": ".".join(path),
        "file": file,
        "assigns": assigns,
        "value": str(error.get("input")),
        "choices": str(context.get("expected", "")).replace("'", "").replace(" or ", ", "),
    }
    what, cure = (NAMES.sub(lambda found: names[found[1]], each) for each in words)
    return what, cure
