"""Readers: one file a source format, each from characters to blocks.

A reader knows nothing of other translations. What it cannot know from its own format (which
short line of a bare text is a heading) it leaves to :mod:`pipeline.structure`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from pipeline.document import Block, Heading, Note
from pipeline.machine.files import Access
from pipeline.readers import markdown, text
from pipeline.readers.draft import Draft

__all__ = ["READERS", "Block", "Draft", "Heading", "Note", "Reader", "reader_for"]


@dataclass(frozen=True, slots=True)
class Reader:
    """``read`` takes a text, the path as the user knows it, the file's own path, and which files beside it may
    be read."""

    name: str
    suffixes: tuple[str, ...]
    read: Callable[[str, str, Path, Access], Draft]


READERS: tuple[Reader, ...] = (
    Reader("text", (".txt",), text.read),
    Reader("markdown", (".md", ".markdown"), markdown.read),
)

_BY_SUFFIX: Mapping[str, Reader] = {
    suffix: reader for reader in READERS for suffix in reader.suffixes
}


def reader_for(path: Path) -> Reader | None:
    """The reader of a file, by its ending; None where there is none."""
    return _BY_SUFFIX.get(path.suffix.lower())
