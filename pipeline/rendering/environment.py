"""The template environment: where templates are found, and what they may call."""

from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from pipeline.document import plain

# In a checkout templates/ stands beside the package; a wheel carries it inside.
HERE = Path(__file__).resolve().parents[1]
TEMPLATES = next(
    (path for path in (HERE / "templates", HERE.parent / "templates") if path.is_dir()),
    HERE.parent / "templates",
)


@cache
def environment() -> Environment:
    """Templates with autoescape, in which an unknown name is an error and not an empty string."""
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["plain"] = plain
    made.filters["size"] = _size
    return made


@cache
def plain_environment() -> Environment:
    """The same for style sheets, in which nothing is to be escaped; they take no text of books."""
    return environment().overlay(autoescape=False)


def _size(number: int) -> str:
    """A file's size as people read it."""
    if number < 1_000_000:
        return f"{max(1, round(number / 1000))} kB"
    return f"{number / 1_000_000:.1f} MB"
