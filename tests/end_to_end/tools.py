"""Programs that are not Python: where they are, how they are started, and how they are ended."""

import fcntl
import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]

PACKAGES = {
    "qpdf": "qpdf",
    "pdftotext": "poppler-utils",
    "chromium": "chromium",
}
"""The Debian package of each program."""


def tool(*names: str) -> str:
    """The path of a program that goes by one of some names. The test fails where there is none."""
    for name in names:
        if found := shutil.which(name):
            return found
    pytest.fail(
        f"these tests need {names[0]}, and it is not here: sudo apt install {PACKAGES[names[0]]}",
        pytrace=False,
    )


def node() -> Path:
    """The Node of the environment that runs the tests. The test fails where there is none."""
    return _set_up(Path(sys.prefix) / "bin" / "node")


def node_package(name: str) -> Path:
    """The folder of a package that ``requirements/node/package.json`` names or needs. The test fails
    where it is not installed."""
    return _set_up(Path(sys.prefix) / "node" / "node_modules" / name)


def _set_up(path: Path) -> Path:
    if not path.exists():
        pytest.fail(f"these tests need {path}, and it is not here: ./run test", pytrace=False)
    return path


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a program ended, and what it said."""

    code: int
    out: str
    err: str

    def __str__(self) -> str:
        return f"exit code {self.code}\n--- stdout\n{self.out}\n--- stderr\n{self.err}"


def run(
    command: Sequence[str | Path],
    *,
    environment: Mapping[str, str] | None = None,
    seconds: float = 480,
    given: str | None = None,
) -> Outcome:
    """Run a program in the repository's folder, with ``given`` to read; at the time limit end it and all that
    it started."""
    with subprocess.Popen(
        [str(part) for part in command],
        cwd=REPOSITORY,
        env={**os.environ, **(environment or {})},
        stdin=subprocess.DEVNULL if given is None else subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        start_new_session=True,
    ) as process:
        try:
            out, err = process.communicate(given, timeout=seconds)
        except BaseException:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            raise
    return Outcome(process.returncode, out, err)


def pentapla(*arguments: str | Path, environment: Mapping[str, str] | None = None) -> Outcome:
    """The command line, as ``python -m pipeline``. What it prints is UTF-8 wherever the tests run."""
    variables = {"PYTHONIOENCODING": "utf-8", **(environment or {})}
    return run([sys.executable, "-m", "pipeline", *arguments], environment=variables)


@contextmanager
def alone(lock: Path) -> Iterator[None]:
    """Only one process of all the tests' at a time is in here."""
    with lock.open("w") as stream:
        fcntl.flock(stream, fcntl.LOCK_EX)
        yield


def once(folder: Path, name: str, make: Callable[[], Any]) -> Any:
    """What ``make`` gives (a value that JSON can hold), made by the first process that asks."""
    with alone(folder / f"{name}.lock"):
        kept = folder / f"{name}.json"
        if not kept.exists():
            kept.write_text(json.dumps(make()), encoding="utf-8")
        return json.loads(kept.read_text(encoding="utf-8"))
