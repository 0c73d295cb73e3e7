"""Tests are told apart by what they use."""

import subprocess
from functools import cached_property
from pathlib import Path

import pytest

from pipeline.jobs.build import build
from tests import tiers
from tests.end_to_end.tools import pentapla
from tests.unit_helpers import book_of, paragraph


def builds() -> None:
    build([Path()], Path())


def builds_inside() -> object:
    def inner() -> None:
        builds()

    return inner


def starts_a_program_through_another_file() -> None:
    pentapla("build")


def starts_a_program_through_a_module() -> None:
    subprocess.run(["true"])


def reads() -> None:
    book_of(Path(), {})
    paragraph("a")


class Shelf:
    @cached_property
    def book(self) -> object:
        return builds_inside()


def uses_a_class() -> object:
    return Shelf().book


def asks_by_name(request: pytest.FixtureRequest) -> object:
    return request.getfixturevalue("reads")


SLOW = (
    builds,
    builds_inside,
    starts_a_program_through_another_file,
    starts_a_program_through_a_module,
    uses_a_class,
    asks_by_name,
)


@pytest.mark.parametrize("function", SLOW, ids=lambda each: each.__name__)
def test_what_reaches_something_costly_is_slow(function: object) -> None:
    assert tiers.is_slow(function)


def test_what_reads_and_compares_is_not_slow() -> None:
    assert not tiers.is_slow(reads)


@pytest.fixture
def shop() -> object:
    return Shelf()


@pytest.fixture
def window(shop: object) -> object:
    return shop


def test_a_fixture_makes_its_tests_slow(request: pytest.FixtureRequest, window: object) -> None:
    assert request.node.get_closest_marker("slow")
    assert request.node.get_closest_marker("timeout").args == (tiers.SLOW_SECONDS,)


def test_a_test_without_such_a_fixture_is_not_slow(request: pytest.FixtureRequest) -> None:
    assert not request.node.get_closest_marker("slow")
    assert request.node.get_closest_marker("timeout").args == (tiers.SECONDS,)
