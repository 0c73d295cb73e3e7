"""Limits: one table, read from book.toml and options, told in one form of words."""

from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.cli.given import limits_of
from pipeline.configuration.book_toml import read_configuration
from pipeline.configuration.options import Options
from pipeline.errors import ConfigurationError, Origin, UsageError
from pipeline.limits import DEFAULT, TABLE, Limits, Unit, parsed, shown, written
from tests.unit_helpers import put

README = Path(__file__).resolve().parent.parent / "README.md"


@pytest.mark.parametrize("key", TABLE)
def test_the_readme_tells_every_limit_with_its_default(key: str) -> None:
    row = TABLE[key]
    line = next(
        (
            each
            for each in README.read_text("utf-8").splitlines()
            if each.startswith(f"| `{key}` |")
        ),
        "",
    )
    assert line.split("|")[2].strip() == shown(row.unit, row.default)
    assert line.split("|")[3].strip().startswith(row.of)


@pytest.mark.parametrize("key", TABLE)
def test_every_row_has_a_reason_a_cure_and_a_default_that_can_be_written(key: str) -> None:
    row = TABLE[key]
    assert row.reason
    assert row.cure
    assert parsed(key, row.default) == row.default
    assert parsed(key, written(row.unit, row.default).strip('"')) == row.default
    assert parsed(key, written(row.unit, row.default, option=True)) == row.default


@pytest.mark.parametrize(
    ("raw", "number"),
    [
        (1, 1),
        (64_000_000, 64_000_000),
        ("64 MB", 64_000_000),
        ("3GB", 3 * 10**9),
        ("12 kB", 12_000),
    ],
)
def test_bytes_are_numbers_or_have_a_unit(raw: object, number: int) -> None:
    assert parsed("text_bytes", raw) == number


@pytest.mark.parametrize("raw", [0, -1, True, 1.5, "", "many", "5 EB", "-3", [], {}, "1" * 40])
def test_what_is_no_number_of_bytes_is_refused(raw: object) -> None:
    with pytest.raises(ValueError, match="is not a number of bytes, such as"):
        parsed("text_bytes", raw)


def test_only_bytes_have_units() -> None:
    with pytest.raises(ValueError, match="is not a number of levels"):
        parsed("nesting", "5 kB")


def test_book_toml_sets_limits_and_an_option_wins(tmp_path: Path) -> None:
    folder = put(tmp_path, {"book.toml": '[limits]\ntext_bytes = "3 MB"\nnesting = 7\n'})
    found = read_configuration(folder, "texts")
    assert found.settings.limits == replace(DEFAULT, text_bytes=3_000_000, nesting=7)
    options = Options(limits=limits_of(["nesting=9", "word_characters = 70"]))
    assert found.with_options(options).settings.limits == Limits(
        text_bytes=3_000_000, nesting=9, word_characters=70
    )


@pytest.mark.parametrize(
    ("content", "line", "what"),
    [
        ("[limits]\nnestings = 7\n", 2, "nestings"),
        ("\n[limits]\n\nnesting = 0\n", 4, "“0” is not a number of levels"),
        ('[limits]\nword_characters = "long"\n', 2, "“long”"),
        ("limits = 3\n", 1, "is a table"),
    ],
)
def test_a_limit_that_cannot_be_understood_is_told_with_its_line(
    tmp_path: Path, content: str, line: int, what: str
) -> None:
    with pytest.raises(ConfigurationError, match=what) as caught:
        read_configuration(put(tmp_path, {"book.toml": content}), "texts")
    assert caught.value.at == Origin("texts/book.toml", line)
    assert caught.value.cure


@pytest.mark.parametrize("given", ["depth=3", "nesting", "nesting=deep", "=3"])
def test_an_option_that_names_no_limit_is_refused(given: str) -> None:
    with pytest.raises(UsageError):
        limits_of([given])


def test_an_excess_names_the_limit_its_value_and_how_to_raise_it() -> None:
    found = DEFAULT.exceeded("word_characters", "the word “Aaa…”", 1_201)
    assert (
        found.what
        == "the word “Aaa…” has 1,201 characters; the limit word_characters is 1,000 characters"
    )
    assert "word_characters = 1_300 under [limits] in book.toml" in found.cure
    assert "--limit word_characters=1300" in found.cure
    nobody_counted = DEFAULT.exceeded("text_bytes", "the file")
    assert nobody_counted.what == "the file has more than 16 MB; the limit text_bytes is 16 MB"
    assert 'text_bytes = "32 MB"' in nobody_counted.cure
    barely = DEFAULT.exceeded("text_bytes", "the file", 16_000_001)
    assert barely.what.startswith("the file has more than 16 MB")
    assert shown(Unit.SECONDS, 1) == "1 second"
