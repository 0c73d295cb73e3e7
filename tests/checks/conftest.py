"""The whole books that the tests of the judges break."""

from pathlib import Path

import pytest

from pipeline.settings.profiles import ProfileName
from tests.checks import kit
from tests.end_to_end.conftest import built
from tests.end_to_end.inputs import SAMPLE


@pytest.fixture(scope="session")
def books(workshop: Path) -> Path:
    """The books of the sample."""
    return built(SAMPLE, workshop).folder


@pytest.fixture(scope="session")
def print_pdf(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A book for the print shop."""
    return kit.profiled(kit.shared(tmp_path_factory), "es", ProfileName.PRINT)


@pytest.fixture(scope="session")
def archive_pdf(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A book for keeping."""
    return kit.profiled(kit.shared(tmp_path_factory), "ar", ProfileName.ARCHIVE)
