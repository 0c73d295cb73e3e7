"""The reference page of ``book.toml``, made of its schema."""

from collections.abc import Iterator
from enum import StrEnum
from typing import Any, get_args, get_origin

from pydantic.fields import FieldInfo

from pipeline.configuration.schema import BookToml
from pipeline.forms import Table, choices

HEAD = """\
# book.toml

Every key that `book.toml` may hold; nothing in it is needed. This page is made of the schema that reads the
file (`pipeline/configuration/schema.py`): `python -m pipeline.configuration.reference > docs/book-toml.md`.
"""
COLUMNS = "| key | what it is | for example | default |\n|---|---|---|---|"


def page() -> str:
    """The page, in Markdown."""
    return "\n".join([HEAD, *_table(BookToml, ())]) + "\n"


def _table(table: type[Table], path: tuple[str, ...]) -> Iterator[str]:
    """The keys of a table, and after them the tables in it, each under its own heading."""
    if path:
        yield f"\n## [{'.'.join(path)}]\n\n{table.__doc__}\n"
    yield COLUMNS
    inner: dict[type[Table], tuple[str, ...]] = {}
    for name, field in table.model_fields.items():
        for kind, by_key in _tables(field.annotation):
            inner.setdefault(kind, (*path, name, *(["KEY"] if by_key else [])))
        yield _row(name, field)
    for kind, below in inner.items():
        yield from _table(kind, below)


def _row(name: str, field: FieldInfo) -> str:
    shown = (field.examples or [""])[0]
    if shown and " = " not in shown.partition("{")[0]:
        shown = f"{name} = {shown}"
    chosen = next(_choices(field.annotation), "")
    what = " ".join(filter(None, (field.description, f"({chosen})" if chosen else "")))
    default = "(needed)" if field.is_required() else _default(field.default)
    return (
        f"| `{name}` | {what.replace('<', '&lt;')} | {f'`{shown}`' if shown else ''} | {default} |"
    )


def _default(value: Any) -> str:
    """What holds where a key is not given, as a person reads it; nothing where that is nothing."""
    match value:
        case Table() | None | "" | () | {}:
            return ""
        case bool():
            return str(value).lower()
        case int() | float():
            return f"{value:_}"
        case tuple():
            return ", ".join(map(str, value))
    return str(value)


def _choices(form: Any) -> Iterator[str]:
    """The values of the closed lists that a form is made of."""
    if isinstance(form, type) and issubclass(form, StrEnum):
        yield choices(form)
    for each in get_args(form):
        yield from _choices(each)


def _tables(form: Any) -> Iterator[tuple[type[Table], bool]]:
    """The tables that a form is made of, each with whether they stand by keys of the user's own."""
    if isinstance(form, type) and issubclass(form, Table):
        yield form, False
    for each in get_args(form):
        for kind, by_key in _tables(each):
            yield kind, by_key or get_origin(form) is dict


if __name__ == "__main__":
    print(page(), end="")  # noqa: T201 - printing it is what it is for
