"""On which side the cells of a table stand."""

from pathlib import Path

import pytest

from pipeline.design.columns import sides
from pipeline.document import Table, find
from tests.unit_helpers import book_of


def columns(folder: Path, tag: str, *rows: str) -> tuple[str, ...]:
    content = "# a\n\n" + "\n".join(rows) + "\n"
    book = book_of(folder, {f"a.{tag}.md": content})
    (table,) = find(book.translations[0].front, Table)
    return sides(table)


@pytest.mark.parametrize(
    ("tag", "cells", "expected"),
    [
        ("ar", ["4.50", "112.00", "0.75"], "figures"),
        ("ar", ["٤٫٥٠", "١١٢٫٠٠"], "figures"),
        ("ar", ["-5 %", "+7 %", "—", ""], "figures"),
        ("ar", ["12.50 درهم", "4 درهم"], "figures"),
        ("ar", ["USD 12.50", "EUR 4"], "figures"),
        ("ar", ["تفّاح", "عسل"], "end"),
        ("ar", ["تفّاح", "12"], "end"),
        ("ar", ["درهم 12", "درهم 4"], "end"),
        ("ar", ["", "—"], "end"),
        ("he", ["5 ₪", "12 ₪"], "figures"),
        ("nqo", ["߁߂", "߃"], "end"),  # N'Ko's digits go from right to left, as its letters do
        ("de", ["4,50 €", "112,00 €"], "figures"),
        ("de", ["Apfel", "Honig"], "end"),
    ],
)
def test_a_column_of_numbers_ends_where_their_units_are(
    tmp_path: Path, tag: str, cells: list[str], expected: str
) -> None:
    rows = [f"| a | {cell} |" for cell in cells]
    assert columns(tmp_path, tag, "| a | b |", "|:---|---:|", *rows) == ("start", expected)


def test_what_the_source_does_not_say_stays_unsaid(tmp_path: Path) -> None:
    rows = ("| a | b |", "|---|:-:|", "| 1 | 2 |")
    assert columns(tmp_path, "ar", *rows) == ("", "center")
