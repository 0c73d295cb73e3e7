"""The front matter of a Markdown file: YAML between two lines of ``---``, in which every value is a text."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Annotated, Any

import yaml
from pydantic import BeforeValidator

from pipeline.characters import control_in
from pipeline.errors import ConfigurationError, Origin
from pipeline.forms import Date, Path, Table, checked
from pipeline.limits import Limits
from pipeline.readers import nesting
from pipeline.readers.nesting import TooDeepError

FIRST = 2
"""The line of the file that a front matter begins in, after the line of ``---``."""

Place = Callable[[int], Origin]
"""Gives the place of a line of the file."""


def _names(value: object) -> object:
    return (value,) if isinstance(value, str) else value


Names = Annotated[tuple[str, ...], BeforeValidator(_names)]
"""A name, or a list of names."""


class Said(Table):
    """What a front matter says of its text; its other keys are for other programs."""

    closed = False

    title: str = ""
    lang: str = ""
    language: str = ""
    date: Date | None = None
    author: Names = ()
    authors: Names = ()


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """What is said, and in which line of the file each key stands."""

    said: Said = field(default_factory=Said)
    lines: Mapping[str, int] = field(default_factory=dict)

    @property
    def language(self) -> str | None:
        """The tag of the language; None where none is said."""
        return self.said.lang or self.said.language or None

    @property
    def authors(self) -> tuple[str, ...]:
        """The names of those who wrote it."""
        return self.said.author or self.said.authors


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

    def at(path: Path) -> Origin:
        return place(lines.get(path[0], 1))

    for key, value in values.items():
        if char := control_in(value):
            raise ConfigurationError(
                f"the character {char} of the front matter’s “{key}” cannot stand in a book",
                at=at((key,)),
                cure="delete it",
            )
    said = checked(Said, values, "front matter", at, assigns=": ")
    return FrontMatter(said, lines)


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
