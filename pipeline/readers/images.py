"""The pictures that a text names."""

import hashlib
from dataclasses import dataclass

from pipeline import pictures
from pipeline.errors import MarkupError, Origin, brief
from pipeline.machine.files import UnreadableError
from pipeline.readers.source import Source


@dataclass(frozen=True, slots=True)
class Inspected:
    """What a picture is: its media type, its size in px as it is shown, what tells its content, and what its
    text says."""

    media_type: str
    width: int
    height: int
    sha256: str
    size: int
    words: str = ""


def inspect(source: Source, name: str, written: str, at: Origin) -> Inspected:
    """What the picture ``name`` beside a source is; ``written`` is how the text at ``at`` names it.

    Raises :class:`MarkupError` where the file may not be read, or is of no kind that a book can hold.
    """
    subject = f"the picture “{brief(written)}”"
    try:
        content = source.access.read(source.folder, name, subject, "picture_bytes")
        found = pictures.kind(content, subject, source.access.limits)
    except UnreadableError as error:
        raise MarkupError(error.what, at=at, cure=error.cure) from error
    digest = hashlib.sha256(content).hexdigest()
    size = len(content)
    return Inspected(found.media_type, found.width, found.height, digest, size, found.words)
