"""What layout may load: what stands in the document itself, and the faces that the book declares.

The layout engine loads whatever a document names, also a file of this machine, and puts it into the PDF.
Markup comes from templates, which a book may bring itself, and from drawings; so only ``data:`` URLs and the
addresses of the declared fonts are let through.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType
from typing import Any

from pipeline import drawings, pictures
from pipeline.errors import LayoutError, Origin, TemplateError, brief
from pipeline.limits import Limits
from pipeline.machine.files import UnreadableError
from pipeline.messages import Message
from pipeline.settings.values import Override, Settings

RASTER = (b"\x89PNG", b"\xff\xd8", b"GIF8", b"RIFF")
"""The first bytes of pictures that are decoded: PNG, JPEG, GIF, WebP."""


@contextmanager
def only(library: ModuleType, faces: frozenset[str], settings: Settings) -> Iterator[Any]:
    """A fetcher for the layout engine that lets through data: URLs and the addresses ``faces``.

    Raises, when it is left, :class:`TemplateError` for whatever else was asked for, where a template of the
    book's own names it, and :class:`LayoutError` where none does.
    """
    refused: list[tuple[str, str]] = []

    class Fetcher(library.urls.URLFetcher):  # type: ignore[name-defined, misc]
        def fetch(self, url: str, headers: dict[str, str] | None = None) -> Any:
            if url in faces:
                return super().fetch(url, headers)
            if url[:5].lower() == "data:":
                response = super().fetch(url, headers)
                try:
                    return _inspected(library, response, settings.limits)
                except UnreadableError as error:
                    refused.append((url, error.what))
                    raise library.urls.FatalURLFetchingError(error.what) from error
            refused.append(
                (url, f"“{brief(url, 200)}” is not loaded: a book holds all that it shows")
            )
            raise library.urls.FatalURLFetchingError(url)

    try:
        yield Fetcher(allowed_protocols=("data", "file"), allow_redirects=False)
    except library.urls.FatalURLFetchingError:
        if not refused:
            raise
    except LayoutError as error:
        # The engine goes on without a part of a drawing, and only says so.
        if not refused:
            raise error from None
    if refused:
        raise _error(*refused[0], settings.theme.overrides)


def _inspected(library: ModuleType, response: Any, limits: Limits) -> Any:
    """The same response, once its picture was inspected. The engine decodes anything that looks like a picture,
    whatever its media type says.

    Raises :class:`UnreadableError` for a picture that a book may not hold.
    """
    content = response.read()
    subject = "a picture in the markup"
    if drawings.is_drawing(content):
        pictures.kind(content, subject, limits)
    elif response.content_type.startswith("image/") or content.startswith(RASTER):
        pictures.opened(content, subject, limits).close()
    return library.urls.URLFetcherResponse(response.url, content, response.headers, response.status)


def _error(url: str, what: str, own: tuple[Override, ...]) -> LayoutError | TemplateError:
    cure = "give it as a data: URL, or leave it out"
    # What a template wrote may have been put together, or written otherwise than the engine has it.
    for wanted in (url, url.rpartition("/")[2], url.partition(":")[0] + ":"):
        for each in own:
            for number, line in enumerate(each.content.splitlines(), start=1):
                if wanted and wanted in line:
                    return TemplateError(what, at=Origin(each.path, number), cure=cure)
    if own:
        names = Message.joined(", ", (Origin(each.path) for each in own))
        said = Message(f"{what} (the book's own templates: ", names, ")")
        return TemplateError(said, at=Origin(own[0].path), cure=cure)
    return LayoutError(what, cure=cure)
