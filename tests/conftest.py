"""What all tests share."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.end_to_end import browser as browsers


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One browser a worker: the library that drives it cannot be started twice in a process."""
    with browsers.chromium() as browser:
        yield browser
