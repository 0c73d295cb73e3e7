"""What the end-to-end tests share: each input is built once, whichever worker asks first."""

import json
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pytest

from pipeline.checks.checked_files import CheckedFile
from pipeline.checks.programs import epubcheck
from pipeline.checks.subjects import Kind
from pipeline.checks.verdicts import Result
from tests.end_to_end.inputs import BARE, EDITIONS, FORMATS, LANGUAGES, SAMPLE, TEXTS, Input
from tests.end_to_end.tools import Outcome, once, pentapla

ABSENT = f"THE FIVE REAL TEXTS WERE NOT TESTED: there is no folder {TEXTS}"
WITHOUT_TEXTS = pytest.mark.skipif(not TEXTS.is_dir(), reason=ABSENT)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if not TEXTS.is_dir():
        terminalreporter.write_sep("!", ABSENT, yellow=True, bold=True)


@dataclass(frozen=True)
class Built:
    """An input and what came of it."""

    input: Input
    folder: Path
    workshop: Path
    outcome: Outcome

    def file(self, edition: str, form: str) -> Path:
        return self.folder / f"{self.input.stem}.{edition}.{form}"

    def files(self, form: str) -> list[Path]:
        return [self.file(edition, form) for edition in EDITIONS]

    def source(self, tag: str) -> Path:
        return self.input.folder / self.input.files[tag]

    @cached_property
    def manifest(self) -> dict[str, Any]:
        return json.loads((self.folder / "manifest.json").read_text(encoding="utf-8"))


@pytest.fixture(
    scope="session",
    params=[
        pytest.param(SAMPLE, id=SAMPLE.name),
        pytest.param(BARE, id=BARE.name, marks=WITHOUT_TEXTS),
    ],
)
def book(request: pytest.FixtureRequest, workshop: Path) -> Built:
    """An input, built by the real command line with nothing but where to put the books."""
    return built(request.param, workshop)


def built(given: Input, workshop: Path) -> Built:
    folder = workshop / given.name

    def build() -> list[Any]:
        done = pentapla("build", given.folder, "--output", folder)
        return [done.code, done.out, done.err]

    code, out, err = once(workshop, f"{given.name}-build", build)
    return Built(given, folder, workshop, Outcome(code, out, err))


@pytest.fixture(scope="session")
def checked(workshop: Path) -> dict[str, dict[str, Any]]:
    """EPUBCheck's word on every e-book of all inputs, by file name, from one Java machine."""

    def judge() -> dict[str, dict[str, Any]]:
        files = [file for each in AVAILABLE for file in built(each, workshop).files("epub")]
        return told(epubcheck.judge([checked_ebook(each) for each in files]))

    return dict(once(workshop, "epubcheck", judge))


def checked_ebook(file: Path) -> CheckedFile:
    """An e-book as a judge is shown it."""
    return CheckedFile(file.name, Kind.EPUB, file.read_bytes())


def told(results: list[Result]) -> dict[str, dict[str, Any]]:
    """What a judge says, by file name, as JSON can hold it."""
    return {
        each.file: {
            "verdict": each.verdict.name,
            "figures": list(each.figures),
            "said": [*each.notes, *map(str, each.findings)],
            "rules": sorted({finding.rule for finding in each.findings}),
        }
        for each in results
    }


AVAILABLE = [each for each in (SAMPLE, BARE) if each.folder.is_dir()]


PURPOSED = ("combined",)
"""The editions that are made for keeping and for print: the one that holds all pages of the others. The tests
of the judges have single ones."""


def purposes(given: Input, workshop: Path) -> Path:
    """The PDFs of an input for keeping and for print, made by the real command line, once."""
    folder = workshop / f"{given.name}-purposes"

    def build() -> list[Any]:
        options = ("--editions", "combined", "--formats", "pdf", "--profile", "archive,print", "-q")
        done = pentapla("build", given.folder, "--output", folder, *options)
        return [done.code, done.out, done.err]

    code, out, err = once(workshop, f"{given.name}-purposes-build", build)
    # The one thing to tell is that the press was not named.
    assert (code, out, err.count("\n")) == (0, "", 1), Outcome(code, out, err)
    return folder


@pytest.fixture(params=EDITIONS)
def edition(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(params=LANGUAGES)
def tag(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(params=FORMATS)
def form(request: pytest.FixtureRequest) -> str:
    return str(request.param)
