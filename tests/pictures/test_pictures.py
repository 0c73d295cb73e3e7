"""Every page looks as it was approved."""

import pytest

from tests.pictures import cases, report
from tests.pictures.__main__ import finding, orphans
from tests.pictures.report import APPROVED, ARTIFACTS, State

LARGEST = 1_500_000
"""All approved pictures together, in bytes."""


@pytest.mark.parametrize("name", cases.names())
def test_a_page_looks_as_approved(name: str) -> None:
    found = finding(name)
    if found.state is State.WRONG:
        pytest.xfail(found.case.wrong)
    if not found.passes:
        path = report.write([found], ARTIFACTS / f"{name}.html")
        pytest.fail(
            f"{found}\nlook at {path}\n"
            f"and where it is right: python -m tests.pictures approve {name}",
            pytrace=False,
        )


def test_every_approved_picture_is_of_a_case() -> None:
    assert not orphans()


def test_no_approved_picture_is_of_a_case_that_is_known_to_be_wrong() -> None:
    wrong = {name for name in cases.names() if cases.case(name).wrong}
    assert not wrong & {file.stem for file in APPROVED.glob("*.png")}


def test_approved_pictures_are_small() -> None:
    assert sum(file.stat().st_size for file in APPROVED.glob("*.png")) < LARGEST
