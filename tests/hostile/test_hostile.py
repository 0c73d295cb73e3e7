"""Whatever is tried, the command ends in order."""

from pathlib import Path

import pytest

from tests.forks import Forks
from tests.hostile import books, machine, pictures, settings_, texts
from tests.hostile.judge import judge, lay_out
from tests.hostile.row import Row

ROWS: tuple[Row, ...] = tuple(
    row for each in (texts, settings_, pictures, books, machine) for row in each.rows()
)


def test_there_are_many_rows_and_no_two_of_a_name() -> None:
    assert len(ROWS) >= 150
    assert len({row.name for row in ROWS}) == len(ROWS)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name.replace("::", ":"))
def test_the_command_ends_in_order(forks: Forks, row: Row, tmp_path: Path) -> None:
    lay_out(row, tmp_path)
    before = {each.name for each in (tmp_path / "out").iterdir()}
    judge(row, forks.end(row.trial(tmp_path)), tmp_path, before)
