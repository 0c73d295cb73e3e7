"""Values that people write: what is taken, and how what is wrong is told."""

from enum import StrEnum
from typing import Annotated

import pytest
from pydantic import Field

from pipeline.errors import ConfigurationError, Origin, UsageError
from pipeline.forms import Date, Filled, Flag, Path, Several, Table, Tag, Text, checked, value


class Size(StrEnum):
    SMALL = "small"
    LARGE = "large"


class Inner(Table):
    size: Size = Size.SMALL
    count: Annotated[int, Field(strict=True)] = 1


class Outer(Table):
    name: Filled
    when: Date | None = None
    flag: Flag = False
    tags: Several[Tag] = ()
    inner: Inner = Inner()
    by_tag: dict[Tag, Text] = {}  # noqa: RUF012 - Pydantic copies defaults


def place(keys: Path) -> Origin:
    """Lines as if every key stood on one of its own, in the order of the fields."""
    order = ["name", "when", "flag", "tags", "inner", "by_tag"]
    return Origin("a.toml", order.index(keys[0]) + 1 if keys and keys[0] in order else 9)


def refused(data: object) -> ConfigurationError:
    with pytest.raises(ConfigurationError) as caught:
        checked(Outer, data, "a.toml", place)
    return caught.value


def test_what_is_right_becomes_values() -> None:
    data = {"name": " A ", "when": "2026-03", "tags": ["PT_br", "PT_br"], "by_tag": {"TH": "x"}}
    found = checked(Outer, data, "a.toml", place)
    assert (found.name, found.when, found.tags) == ("A", "2026-03", ("pt-BR",))
    assert (found.by_tag, found.inner.size) == ({"th": "x"}, Size.SMALL)


@pytest.mark.parametrize(
    ("change", "what", "cure", "line"),
    [
        ({"name": None}, "“name” is a text", "in quotes", 1),
        ({"name": " "}, "“name” is empty", "name =", 1),
        ({"when": "soon"}, "“soon” is not a date", "2026-03-02", 2),
        ({"flag": "yes"}, "“flag” is true or false", "flag = true", 3),
        ({"flag": 1}, "“flag” is true or false", "flag = true", 3),
        ({"tags": "de"}, "“tags” is a list of texts", "tags = [", 4),
        ({"tags": ["qqx"]}, "qqx", "BCP 47", 4),
        ({"inner": 5}, "[inner] is a table", "[inner]", 5),
        ({"inner": {"size": "huge"}}, "“huge” is not one of small, large", "small, large", 5),
        ({"inner": {"count": "3"}}, "“count” is a whole number", "count = 1", 5),
        ({"inner": {"sizes": "small"}}, "“inner.sizes” is not a key of a.toml", "“size”", 5),
        ({"by_tag": {"qqx": "a"}}, "qqx", "BCP 47", 6),
        ({"by_tag": []}, "[by_tag] is a table", "[by_tag]", 6),
        ({"nmae": "x"}, "“nmae” is not a key of a.toml", "“name”", 9),
        ({"{value}": "x"}, "“{value}” is not a key of a.toml", "known keys", 9),
    ],
)
def test_what_is_wrong_is_told_with_place_and_cure(
    change: dict[str, object], what: str, cure: str, line: int
) -> None:
    error = refused({"name": "A", **change})
    assert what in error.what
    assert cure in error.cure
    assert error.at == Origin("a.toml", line)


def test_what_is_missing_is_told() -> None:
    assert refused({}).what == "“name” is missing"


def test_of_several_mistakes_the_first_in_the_file_is_told() -> None:
    assert refused({"name": "A", "tags": 5, "flag": "no"}).at == Origin("a.toml", 3)


def test_a_value_by_itself_is_called_as_it_was_given() -> None:
    assert value(Several[Tag], ["TH"], "--tags", UsageError) == ("th",)
    with pytest.raises(UsageError, match="--size: “huge” is not one of small, large"):
        value(Size, "huge", "--size", UsageError)
