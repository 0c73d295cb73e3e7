"""The moment of a book."""

import datetime

import pytest

from pipeline.calendar import EPOCH, VARIABLE, moment
from pipeline.errors import UsageError


@pytest.fixture(autouse=True)
def _nothing_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)


def day(year: int, month: int, number: int) -> datetime.datetime:
    return datetime.datetime(year, month, number, tzinfo=datetime.UTC)


@pytest.mark.parametrize(
    ("date", "expected"),
    [
        ("2026-03-02", day(2026, 3, 2)),
        ("2026-03", day(2026, 3, 1)),
        ("0850", day(850, 1, 1)),
        (None, EPOCH),
        ("", EPOCH),
    ],
)
def test_the_moment_is_the_date_of_the_book(date: str | None, expected: datetime.datetime) -> None:
    assert moment(date) == expected


def test_what_the_environment_says_wins(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, "1772409600")
    assert moment("1999-01-01") == moment(None) == day(2026, 3, 2)


def test_an_empty_variable_says_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, "")
    assert moment("1999") == day(1999, 1, 1)


@pytest.mark.parametrize(
    "said", ["-1", "1.5", "tomorrow", "2026-03-02", " 1", "1e9", "٣", "999999999999", "9" * 40]
)
def test_what_is_no_number_of_seconds_is_refused_with_a_cure(
    monkeypatch: pytest.MonkeyPatch, said: str
) -> None:
    monkeypatch.setenv(VARIABLE, said)
    with pytest.raises(UsageError) as caught:
        moment(None)
    assert VARIABLE in caught.value.what
    assert VARIABLE in caught.value.cure
