"""What tests ask a process of copies for."""

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path

from tests.unit_helpers import ROOT


@dataclass(frozen=True, slots=True)
class Trial:
    """A command and what it runs under."""

    command: Sequence[str]
    around: str
    """A folder that it may write to; it gets the variable TMPDIR of one in it, ``temporary``."""
    where: str
    """The folder that it runs in."""
    environment: Mapping[str, str] = field(default_factory=dict)
    limits: Mapping[str, int] = field(default_factory=dict)
    """Limits of the process, by the names of the module ``resource``."""
    closed: Sequence[int] = ()
    """Which of the standard streams are closed."""
    afresh: bool = False
    """Whether the interpreter itself is to start under these circumstances."""


@dataclass(frozen=True, slots=True)
class End:
    """How a command ended."""

    code: int
    out: str
    err: str
    wrote: tuple[str, ...]
    """Files outside of its folder that it wrote."""
    asked: tuple[str, ...]
    """Hosts that it asked for something."""


class Forks:
    """A process that runs commands, each in a copy of itself."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.forks.server"],
            cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip

    def end(self, trial: Trial) -> End:
        """Run a command to its end."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(json.dumps(asdict(trial)) + "\n")
        self.process.stdin.flush()
        found = json.loads(self.process.stdout.readline())
        return End(
            found["code"], found["out"], found["err"], tuple(found["wrote"]), tuple(found["asked"])
        )

    def pentapla(self, *arguments: str | Path) -> End:
        """Run the command with some arguments in the folder of the repository."""
        (self.folder / "temporary").mkdir(exist_ok=True)
        return self.end(Trial([str(each) for each in arguments], str(self.folder), str(ROOT)))


@contextmanager
def forking() -> Iterator[Forks]:
    """The process, which ends afterwards."""
    with tempfile.TemporaryDirectory() as folder:
        made = Forks(Path(folder))
        try:
            yield made
        finally:
            made.process.communicate()
