"""Whatever is tried, the command ends in order."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.hostile import books, machine, pictures, settings_, texts
from tests.hostile.judge import Trier, judge, lay_out, trying
from tests.hostile.row import Row

ROWS: tuple[Row, ...] = tuple(
    row for each in (texts, settings_, pictures, books, machine) for row in each.rows()
)


@pytest.fixture(scope="module")
def trier() -> Iterator[Trier]:
    with trying() as made:
        yield made


def test_there_are_many_rows_and_no_two_of_a_name() -> None:
    assert len(ROWS) >= 150
    assert len({row.name for row in ROWS}) == len(ROWS)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name.replace("::", ":"))
def test_the_command_ends_in_order(trier: Trier, row: Row, tmp_path: Path) -> None:
    lay_out(row, tmp_path)
    before = {each.name for each in (tmp_path / "out").iterdir()}
    judge(row, trier.end(row, tmp_path), tmp_path, before)
