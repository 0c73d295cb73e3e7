"""What stands inside a paragraph."""

from dataclasses import dataclass
from typing import ClassVar

from pipeline.languages import Direction, Language, Script


class Node:
    """Anything in the tree of a document."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Inline(Node):
    """Something that stands in a line. ``kind`` names it in templates."""

    kind: ClassVar[str]


@dataclass(frozen=True, slots=True)
class Text(Inline):
    """Characters, as the source has them, in NFC."""

    kind: ClassVar[str] = "text"
    value: str


@dataclass(frozen=True, slots=True)
class Container(Inline):
    """An inline that holds inlines."""

    children: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Emphasis(Container):
    """Words that are emphasised (``<em>`` in HTML)."""

    kind: ClassVar[str] = "emphasis"


@dataclass(frozen=True, slots=True)
class Strong(Container):
    """Words that are strongly emphasised (``<strong>`` in HTML)."""

    kind: ClassVar[str] = "strong"


@dataclass(frozen=True, slots=True)
class Deleted(Container):
    """Words that are struck out (``<del>`` in HTML)."""

    kind: ClassVar[str] = "deleted"


@dataclass(frozen=True, slots=True)
class Link(Container):
    """``target`` is an address with a scheme, or ``#`` and an anchor of this translation."""

    kind: ClassVar[str] = "link"
    target: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class Run(Container):
    """A stretch in another direction than what stands around it, isolated from it.

    ``script`` and ``language`` are there where its letters tell them.
    """

    kind: ClassVar[str] = "run"
    direction: Direction
    script: Script | None = None
    language: Language | None = None


@dataclass(frozen=True, slots=True)
class Whole(Container):
    """A name or a number that no line may break."""

    kind: ClassVar[str] = "whole"


@dataclass(frozen=True, slots=True)
class Date(Container):
    """A date, with its machine-readable form (ISO 8601), shown as its children show it.

    ``direction`` is there where the line that it stands in may run another way.
    """

    kind: ClassVar[str] = "date"
    iso: str
    direction: Direction | None = None


@dataclass(frozen=True, slots=True)
class Code(Inline):
    """``direction`` is there where the line that it stands in may run another way."""

    kind: ClassVar[str] = "code"
    value: str
    direction: Direction | None = None


@dataclass(frozen=True, slots=True)
class Break(Inline):
    """A line break that the author made."""

    kind: ClassVar[str] = "break"


@dataclass(frozen=True, slots=True)
class Opportunity(Inline):
    """A place between two words at which a line may break though nothing is written there."""

    kind: ClassVar[str] = "opportunity"


@dataclass(frozen=True, slots=True)
class NoteMark(Inline):
    """The place in the text that refers to note ``number``; ``use`` counts its mentions."""

    kind: ClassVar[str] = "note_mark"
    number: int
    use: int = 1


@dataclass(frozen=True, slots=True)
class Picture(Inline):
    """An image. ``path`` is the identity of its file in the book, ``sha256`` and ``size`` (in bytes) tell its
    content; ``width`` and ``height`` are in px, as it is shown, where they are known; ``words`` are what text
    in a drawing says."""

    kind: ClassVar[str] = "picture"
    path: str
    alternative: str
    media_type: str
    width: int | None = None
    height: int | None = None
    title: str = ""
    sha256: str = ""
    size: int = 0
    words: str = ""
