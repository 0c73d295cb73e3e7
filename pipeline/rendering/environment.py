"""The template environment: where templates are found, what they may call, and where one went wrong."""

import traceback
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from types import FrameType
from typing import Any

from jinja2 import (
    BaseLoader,
    ChoiceLoader,
    Environment,
    FileSystemLoader,
    FunctionLoader,
    StrictUndefined,
    TemplateNotFound,
    TemplateSyntaxError,
)
from jinja2.exceptions import SecurityError
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from pipeline.design.themes import TEMPLATES, THEMES
from pipeline.document import label_text, plain
from pipeline.errors import Origin, PentaplaError, TemplateError
from pipeline.limits import Limits
from pipeline.rendering import bounds
from pipeline.settings.values import Override, Theme

OURS = Theme()

FRAME = "data-frame"
"""The attribute of elements that belong to the frame and not to the text; its value tells which part."""

CONTINUES = "data-continues"
"""The attribute of an element that goes on with the block whose anchor it holds: the items of a list stand
apart where those of other languages stand beside them."""

_SETTINGS: Mapping[str, Any] = {
    "undefined": StrictUndefined,
    "trim_blocks": True,
    "lstrip_blocks": True,
}


class _Sandbox(ImmutableSandboxedEnvironment):
    """For a book's own templates, which may come with texts from anywhere: they see values, reach neither
    Python nor files, and write no more than they may."""

    concat = staticmethod(bounds.concatenated)
    intercepted_binops = frozenset(("**",))

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        if operator == "**":
            return bounds.power(left, right)
        return super().call_binop(context, operator, left, right)

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        if isinstance(obj, Environment | BaseLoader):
            return False
        return super().is_safe_attribute(obj, attr, value)


@cache
def environment(theme: Theme = OURS) -> Environment:
    """Templates with autoescape, in which an unknown name is an error and not an empty string: the book's own
    first, then those of its theme, then all others."""
    own = {each.name: each for each in theme.overrides}
    folders = FileSystemLoader([THEMES / theme.name, TEMPLATES])
    kind = _Sandbox if own else Environment
    made = kind(
        loader=ChoiceLoader([FunctionLoader(lambda name: _source(own.get(name))), folders]),
        autoescape=True,
        **_SETTINGS,
    )
    made.filters["plain"] = plain
    made.filters["label_text"] = label_text
    made.filters["size"] = _size
    made.filters["framed"] = framed
    return made


@cache
def plain_environment(theme: Theme = OURS) -> Environment:
    """The same for style sheets, in which nothing is to be escaped; they take no text of books."""
    return environment(theme).overlay(autoescape=False)


def framed(markup: str, name: str) -> Markup:
    """A part of the frame, which is no text of the book, with the mark that says so
    (:data:`FRAME`): a template of a book's own need not know of it."""
    made = Markup(markup)  # noqa: S704 - what a template gave
    if not markup.strip() or f"{FRAME}=" in markup:
        return made
    return Markup('<div {}="{}">{}</div>\n').format(FRAME, name, made)


def _source(own: Override | None) -> tuple[str, str, None] | None:
    return (own.content, own.path, None) if own else None


@contextmanager
def carried_out(theme: Theme, limits: Limits) -> Iterator[None]:
    """Say of whatever goes wrong in a template of the book's own in which file and line it did, and bound what
    templates take where there are such.

    Raises :class:`TemplateError`. What goes wrong in ours is a fault of ours, and rises as it is.
    """
    if not theme.overrides:
        yield
        return
    own = {each.path for each in theme.overrides}
    try:
        with bounds.bounded(limits):
            yield
    except PentaplaError:
        raise
    except (bounds.OutOfTimeError, bounds.TooMuchError, MemoryError) as error:
        found = (
            limits.exceeded("template_seconds", "this template", verb="takes")
            if isinstance(error, bounds.OutOfTimeError)
            else limits.exceeded("template_bytes", "this template", verb="writes")
        )
        place = _place(error, own) or Origin(theme.overrides[0].path)
        raise TemplateError(found.what, at=place, cure=found.cure) from error
    except Exception as error:
        at = _place(error, own)
        if at is None:
            raise
        raise TemplateError(_what(error), at=at, cure=_cure(error)) from error


def _place(error: BaseException, own: set[str]) -> Origin | None:
    """The last line of the book's own templates that was carried out."""
    if isinstance(error, TemplateSyntaxError) and error.filename in own:
        return Origin(error.filename, error.lineno)
    places = [
        Origin(frame.f_code.co_filename, _line(frame, line))
        for frame, line in traceback.walk_tb(error.__traceback__)
        if frame.f_code.co_filename in own
    ]
    return places[-1] if places else None


def _line(frame: FrameType, line: int) -> int:
    """The line of the template: where an error did not go through the library, the line is that of the program
    that the library made of it."""
    template = frame.f_globals.get("__jinja_template__")
    return int(template.get_corresponding_lineno(line)) if template else line


def _what(error: Exception) -> str:
    if isinstance(error, TemplateNotFound):
        return f"there is no template “{error.name}”"
    if isinstance(error, SecurityError):
        return f"a template may not do this: {error}"
    if isinstance(error, RecursionError):
        return "this template includes or calls itself without end"
    return f"this template cannot be carried out: {error}"


def _cure(error: Exception) -> str:
    if isinstance(error, TemplateNotFound):
        return "include a file of Pentapla's templates, by its name there"
    if isinstance(error, SecurityError):
        return "use only the values that Pentapla's own template of that name uses"
    if isinstance(error, RecursionError):
        return "let the macro or the include end somewhere"
    return "hold it against Pentapla's own template of that name, or delete the file"


def _size(number: int) -> str:
    """A file's size as people read it."""
    if number < 1_000_000:
        return f"{max(1, round(number / 1000))} kB"
    return f"{number / 1_000_000:.1f} MB"
