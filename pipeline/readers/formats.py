"""The table of readers, by the endings of their files."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import PurePath

from pipeline.readers import markdown, text
from pipeline.readers.decoding import of_characters
from pipeline.readers.draft import Draft
from pipeline.readers.source import Source


@dataclass(frozen=True, slots=True)
class Reader:
    """A format: its name, what messages call it, the endings of its files, and what reads one: from a source to
    its texts, in order. Several of them may be in one language; each says its language, or None."""

    name: str
    title: str
    suffixes: tuple[str, ...]
    read: Callable[[Source], tuple[Draft, ...]]


READERS: tuple[Reader, ...] = (
    Reader("text", "plain text", (".txt",), of_characters(text.read)),
    Reader("markdown", "Markdown", (".md", ".markdown"), of_characters(markdown.read)),
)

_BY_SUFFIX: Mapping[str, Reader] = {
    suffix: reader for reader in READERS for suffix in reader.suffixes
}


def reader_for(path: PurePath) -> Reader | None:
    """The reader of a file, by its ending; None where there is none."""
    return _BY_SUFFIX.get(path.suffix.lower())
