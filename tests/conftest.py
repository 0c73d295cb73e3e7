"""What all tests share."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests import tiers
from tests.end_to_end import browser as browsers
from tests.forks import Forks, forking


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Before ``-m`` chooses among them, tests are told apart by what they use."""
    tiers.mark(items)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One browser a worker: the library that drives it cannot be started twice in a process."""
    with browsers.chromium() as browser:
        yield browser


@pytest.fixture(scope="session")
def forks() -> Iterator[Forks]:
    """The command line without the start of Python: one process a worker, which copies itself."""
    with forking() as made:
        yield made


@pytest.fixture(scope="session")
def workshop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of this run of the tests, the same for all workers; pytest removes old ones."""
    base = tmp_path_factory.getbasetemp()
    # A worker's folder stands in the run's.
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "end-to-end"
    folder.mkdir(exist_ok=True)
    return folder
