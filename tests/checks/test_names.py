"""The names of the judges are those of the table, in its order."""

from pipeline.checks.judges import JUDGES
from pipeline.checks.names import SLOW, JudgeName


def test_each_judge_has_its_name_and_its_row() -> None:
    assert [each.name for each in JUDGES] == list(JudgeName)
    assert {each.name for each in JUDGES if each.slow} == SLOW
