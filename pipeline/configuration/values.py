"""The values of a TOML file, each taken as what it must be, or an error that says where it is wrong."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from pipeline.errors import ConfigurationError, Origin, UnknownLanguageError
from pipeline.languages import language

FILE = "book.toml"


@dataclass(frozen=True, slots=True)
class Values:
    """``data`` is what the file says, ``content`` its characters, ``path`` its path as the user knows it.

    Every method raises :class:`ConfigurationError` with the file and line.
    """

    data: dict[str, Any]
    content: str
    path: str

    def _tag(self, tag: object, key: str) -> str:
        try:
            return language(str(tag)).tag
        except UnknownLanguageError as error:
            raise self._bad(key, error.what, error.cure) from error

    def _text(self, key: str) -> str | None:
        value = self.data.get(key)
        if value is None:
            return None
        if not isinstance(value, str):
            raise self._bad(key, f"“{key}” is a text", f'write {key} = "…", in quotes')
        return value.strip()

    def _texts(self, key: str, value: object) -> tuple[str, ...]:
        if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
            raise self._bad(key, f"“{key}” is a list of texts", f'write {key} = ["…", "…"]')
        return tuple(value)

    def _choice(self, key: str, kind: Callable[[str], Any]) -> Any:
        return self._one(key, self.data[key], kind) if key in self.data else None

    def _choices(
        self, key: str, kind: Any, usual: tuple[Any, ...] | None = None
    ) -> tuple[Any, ...]:
        usual = tuple(kind) if usual is None else usual
        if key not in self.data:
            return usual
        values = self._texts(key, self.data[key])
        return tuple(dict.fromkeys(self._one(key, value, kind) for value in values)) or usual

    def _one(self, key: str, value: object, kind: Any) -> Any:
        try:
            return kind(str(value))
        except ValueError as error:
            allowed = ", ".join(kind)
            raise self._bad(key, f"“{value}” is not one of {allowed}", f"use {allowed}") from error

    def _mapping(self, key: str, kind: type) -> dict[str, Any]:
        value = self.data.get(key, {})
        if not isinstance(value, dict) or not all(
            isinstance(each, kind) and not isinstance(each, bool) for each in value.values()
        ):
            what = "numbers" if kind is int else "texts"
            raise self._bad(key, f"[{key}] is a table of {what}", "see the README for its form")
        return value

    def _only(self, found: object, known: set[str], prefix: str) -> None:
        if not isinstance(found, dict):
            whole = prefix.rstrip(".")
            table, _, key = whole.rpartition(".")
            cure = f"write [{whole}] on a line of its own"
            raise self._bad(key, f"[{whole}] is a table", cure, table or None)
        for key in found:
            if key not in known:
                near = get_close_matches(key, known, n=1)
                hint = (
                    f"did you mean “{near[0]}”?"
                    if near
                    else "known keys: " + ", ".join(sorted(known))
                )
                raise self._bad(
                    key, f"“{prefix}{key}” is not a key of {FILE}", hint, prefix.rstrip(".") or None
                )

    def line(self, key: str, table: str | None = None) -> int:
        """The line on which a key stands, in a table where one is named; 1 where it is not found."""
        header = re.compile(r"\s*\[+(?P<name>[^\]]+)\]")
        own = rf"\"?{re.escape(key)}\"?"
        pattern = re.compile(rf"(\s*|.*[{{,.]\s*){own}\s*[=.]|\s*\[+([\w.\"-]*\.)?{own}[\].]")
        inside = ""
        for number, text in enumerate(self.content.splitlines(), start=1):
            if found := header.match(text):
                inside = found["name"].strip()
            here = table is None or table in (inside, inside.split(".")[-1])
            if here and pattern.match(text):
                return number
        return 1 if table is None else self.line(key)

    def _bad(self, key: str, what: str, cure: str, table: str | None = None) -> ConfigurationError:
        line = self.line(str(key), table)
        return ConfigurationError(what, at=Origin(self.path, line), cure=cure)
