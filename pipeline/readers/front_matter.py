"""The front matter of a Markdown file: YAML between two lines of ``---``, in which every value is a text."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import yaml

from pipeline.calendar import normal_date
from pipeline.characters import control_in
from pipeline.errors import ConfigurationError, Origin
from pipeline.limits import Limits
from pipeline.readers import nesting
from pipeline.readers.nesting import TooDeepError

FIRST = 2
"""The line of the file that a front matter begins in, after the line of ``---``."""

Place = Callable[[int], Origin]
"""Gives the place of a line of the file."""


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """Keys in small letters, and their values; ``lines`` says in which line of the file a key stands."""

    place: Place
    values: Mapping[str, Any] = field(default_factory=dict)
    lines: Mapping[str, int] = field(default_factory=dict)

    def at(self, key: str) -> Origin:
        """Where a key stands."""
        return self.place(self.lines.get(key, 1))

    def text(self, *keys: str) -> str | None:
        """The value of the first of some keys that is there. Raises :class:`ConfigurationError` where it is
        not one text."""
        for key in keys:
            value = self.values.get(key)
            if value is not None and not isinstance(value, str):
                raise self._unclear(key)
            if value:
                return value
        return None

    def authors(self) -> tuple[str, ...]:
        """The names of those who wrote it. Raises :class:`ConfigurationError`."""
        for key in ("author", "authors"):
            value = self.values.get(key, ())
            values = [value] if isinstance(value, str) else value
            if not isinstance(values, list | tuple) or not all(
                isinstance(each, str) for each in values
            ):
                raise self._unclear(key)
            if values:
                return tuple(values)
        return ()

    def date(self) -> str | None:
        """The date as ISO 8601 writes it. Raises :class:`ConfigurationError` where it is none."""
        written = self.text("date")
        if written is None:
            return None
        date = normal_date(written)
        if date is None:
            raise ConfigurationError(
                f"“{written}” is not a date", at=self.at("date"), cure="write it as 2026-03-02"
            )
        return date

    def _unclear(self, key: str) -> ConfigurationError:
        return ConfigurationError(
            f"the front matter's “{key}” is not a text", at=self.at(key), cure=f'write {key}: "…"'
        )


def read(content: str, place: Place, limits: Limits) -> FrontMatter:
    """What stands between the two lines.

    Raises :class:`ConfigurationError` for what is no list of keys and values, or has a character that no book
    can hold, and :class:`LimitError` for values that are nested too deeply.
    """
    found, lines = _loaded(content, place, limits)
    if not isinstance(found, dict):
        raise ConfigurationError(
            "the front matter is not a list of keys and values",
            at=place(1),
            cure="write one “key: value” a line between the two lines of ---",
        )
    values = {str(key).lower(): value for key, value in found.items() if value}
    matter = FrontMatter(place, values, lines)
    for key, value in values.items():
        if char := control_in(value):
            raise ConfigurationError(
                f"the character {char} of the front matter’s “{key}” cannot stand in a book",
                at=matter.at(key),
                cure="delete it",
            )
    return matter


class _Loader(yaml.BaseLoader):
    """Makes texts only, and ends where values are nested too deeply: it calls itself for each level."""

    deepest = level = 0

    def compose_node(self, parent: Any, index: Any) -> Any:
        """What stands next, with all that is in it. Raises :class:`TooDeepError`."""
        event: Any = self.peek_event()  # type: ignore[no-untyped-call]
        if self.level >= self.deepest and isinstance(event, yaml.CollectionStartEvent):
            line = event.start_mark.line if event.start_mark else 0
            raise TooDeepError(line, "this value of the front matter")
        self.level += 1
        node = super().compose_node(parent, index)
        self.level -= 1
        return node


def _loaded(content: str, place: Place, limits: Limits) -> tuple[Any, dict[str, int]]:
    """What the YAML says, and the line of each key."""
    try:
        loader = _Loader(content)
        loader.deepest = limits.nesting
        node = loader.get_single_node()
        found = loader.construct_document(node) if node else None
    except TooDeepError as error:
        raise nesting.exceeded(limits, error, place(error.line + FIRST)) from None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        raise ConfigurationError(
            "the front matter is not YAML",
            at=place(mark.line + FIRST if mark is not None else 1),
            cure="write one “key: value” a line between the two lines of ---; quote values "
            "that hold a colon",
        ) from error
    keys = (key for key, _ in node.value) if isinstance(node, yaml.MappingNode) else ()
    return found or {}, {str(key.value).lower(): key.start_mark.line + FIRST for key in keys}
