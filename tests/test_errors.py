"""Every failure can be told apart by a script and carried between processes."""

import pickle

import pytest

from pipeline import errors
from pipeline.errors import Origin, PentaplaError

KINDS = sorted(
    (
        each
        for each in vars(errors).values()
        if isinstance(each, type) and issubclass(each, PentaplaError) and each is not PentaplaError
    ),
    key=lambda kind: kind.__name__,
)


def test_no_two_kinds_of_failure_share_an_exit_code() -> None:
    codes = [kind.exit_code for kind in KINDS]
    assert len(KINDS) >= 10
    assert len(set(codes)) == len(codes)


@pytest.mark.parametrize("kind", KINDS)
def test_an_exit_code_is_none_that_shells_use_for_something_else(kind: type[PentaplaError]) -> None:
    assert kind.exit_code > 1, "1 is any other failure, 0 is none"
    assert kind.exit_code < 64


@pytest.mark.parametrize("kind", [PentaplaError, *KINDS])
def test_pickling_keeps_what_at_and_cure(kind: type[PentaplaError]) -> None:
    back = pickle.loads(pickle.dumps(kind("broke", at=Origin("a.txt", 3), cure="mend it")))
    assert type(back) is kind
    assert (back.what, back.at, back.cure) == ("broke", Origin("a.txt", 3), "mend it")
    assert str(back) == "a.txt:3: broke"


@pytest.mark.parametrize(
    ("at", "shown"),
    [
        (None, "broke"),
        (Origin("a.txt"), "a.txt: broke"),
        (Origin("a.txt", 1), "a.txt:1: broke"),
    ],
)
def test_a_failure_shows_where_it_happened(at: Origin | None, shown: str) -> None:
    assert str(PentaplaError("broke", at=at)) == shown


def test_origins_sort_by_file_then_line() -> None:
    unsorted = [Origin("b", 1), Origin("a", 10), Origin("a", 2)]
    assert sorted(unsorted) == [Origin("a", 2), Origin("a", 10), Origin("b", 1)]
