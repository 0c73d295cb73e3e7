"""However a build is ended, it ends soon, says one line, and leaves no process and no file behind."""

import os
import signal
import subprocess
import sys
import time
from collections import deque
from pathlib import Path

import pytest

from pipeline.errors import FontError, InternalError, MachineError, PentaplaError, WorkerError
from pipeline.jobs.processes import in_processes
from pipeline.machine import temporary
from pipeline.machine.failures import as_error
from tests.unit_helpers import ROOT, put

LONG = "\n\n".join(
    f"Absatz {number}. " + "Ein langer Satz mit vielen Wörtern füllt die Zeile. " * 20
    for number in range(60)
)
SECONDS = 60
"""Far more than it takes, on a machine that is busy."""


def _hear() -> None:
    """Have signals as a terminal has them: tests that run in the background, or by nohup, hand on that some are
    ignored, and a build that ignores them is not ended by them."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_DFL)


class Build:
    """A build in a group of processes of its own, with a folder of its own for temporary files."""

    def __init__(self, folder: Path, *options: str) -> None:
        put(folder / "texts", {f"a.{tag}.txt": f"Titel\n\n{LONG}\n" for tag in ("de", "es")})
        put(folder / "out", {"index.html": "what stood here"})
        self.folder, self.temporary = folder, folder / "temporary"
        self.temporary.mkdir()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "pipeline", "build", "texts", "-o", "out", "--formats", "pdf",
             *options],
            cwd=folder, env={**os.environ, "TMPDIR": str(self.temporary), "PYTHONPATH": str(ROOT)},
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True,
            preexec_fn=_hear,  # noqa: PLW1509 - it takes no lock
        )  # fmt: skip

    def workers(self) -> list[int]:
        """The processes below it that are no helpers of Python's own."""
        found = []
        for entry in Path("/proc").iterdir():
            try:
                state = (entry / "stat").read_text().rpartition(")")[2].split()
                line = (entry / "cmdline").read_bytes()
            except (OSError, ValueError):
                continue
            if int(state[2]) == self.process.pid and state[0] != "Z" and b"spawn_main" in line:
                found.append(int(entry.name))
        return found

    def begun(self) -> list[int]:
        """Wait until workers are at work; who they are."""
        return self.wait_for(lambda: self.workers() if self.fonts() else [])

    def fonts(self) -> list[Path]:
        return list(self.temporary.glob("**/fonts.conf"))

    def wait_for(self, ask):
        end = time.monotonic() + SECONDS
        while not (found := ask()):
            assert time.monotonic() < end, "it never came"
            assert self.process.poll() is None, self.process.stderr.read()
            time.sleep(0.05)
        return found

    def ended(self) -> tuple[int, list[str]]:
        """Its exit code and what it said of it; nothing of it is left."""
        _, said = self.process.communicate(timeout=SECONDS)
        self.nothing_is_left()
        return self.process.returncode, said.splitlines()

    def nothing_is_left(self) -> None:
        end = time.monotonic() + SECONDS
        while self.workers() or list(self.temporary.iterdir()):
            assert time.monotonic() < end, (self.workers(), list(self.temporary.iterdir()))
            time.sleep(0.05)
        assert [each.name for each in (self.folder / "out").iterdir()] == ["index.html"]
        assert (self.folder / "out" / "index.html").read_text() == "what stood here"


@pytest.mark.parametrize(
    ("number", "group", "jobs"),
    [
        (signal.SIGINT, True, "2"),
        (signal.SIGTERM, False, "2"),
        (signal.SIGHUP, True, "2"),
        (signal.SIGTERM, True, "1"),
    ],
    ids=["Ctrl-C", "a request to end", "a terminal that is closed", "without workers"],
)
def test_a_signal_ends_a_build_with_one_line(
    tmp_path: Path, number: signal.Signals, group: bool, jobs: str
) -> None:
    build = Build(tmp_path, "-j", jobs)
    build.begun() if jobs == "2" else build.wait_for(build.fonts)
    (os.killpg if group else os.kill)(build.process.pid, number)
    assert build.ended() == (128 + number, ["stopped; nothing was written"])


def test_workers_end_and_clear_up_when_their_parent_is_killed(tmp_path: Path) -> None:
    build = Build(tmp_path, "-j", "2")
    assert len(build.begun()) == 2
    build.process.kill()
    assert build.ended()[0] == -signal.SIGKILL


def test_a_worker_that_is_killed_is_named_with_what_it_made(tmp_path: Path) -> None:
    build = Build(tmp_path, "-j", "2")
    os.kill(build.begun()[0], signal.SIGKILL)
    code, (message, cure) = build.ended()
    assert code == WorkerError.exit_code
    assert "SIGKILL" in message
    assert "memory" in message
    assert any(f"edition {key}" in message for key in ("de", "es", "combined"))
    assert "--jobs 1" in cure


# --- errors across processes ----------------------------------------------------------------------


def fails(what: str) -> str:
    match what:
        case "ours":
            raise FontError("no face", cure="install one")
        case "memory":
            raise MemoryError
        case "deep":
            raise RecursionError
        case "full":
            raise OSError(28, "No space left on device", "/tmp/x")
        case "bug":
            raise ZeroDivisionError("by nothing")
        case "ends":
            os._exit(3)
    return what


def prepared():
    return fails


def unprepared():
    raise FontError("no face", cure="install one")


@pytest.mark.parametrize(
    ("what", "kind", "words"),
    [
        ("ours", FontError, "no face"),
        ("memory", MachineError, "memory ran out while the edition x was made"),
        ("deep", MachineError, "nested too deeply while the edition x was made"),
        ("full", MachineError, "no room left"),
        ("bug", InternalError, "ZeroDivisionError: by nothing"),
        ("ends", WorkerError, "the edition x died (exit code 3)"),
    ],
)
def test_an_error_crosses_as_itself(what: str, kind: type[PentaplaError], words: str) -> None:
    with pytest.raises(kind) as caught:
        list(in_processes(prepared, deque([("the edition x", what)]), 1))
    assert words in str(caught.value)
    assert caught.value.cure
    if what == "bug":
        assert "fails" in caught.value.details, "where it was is kept"


def test_an_error_while_a_worker_prepares_crosses_as_itself() -> None:
    with pytest.raises(FontError, match="no face"):
        list(in_processes(unprepared, deque([("a", 1), ("b", 2)]), 2))


def test_jobs_are_done_by_as_many_processes_as_are_allowed() -> None:
    numbers = [str(number) for number in range(7)]
    jobs = deque((each, each) for each in numbers)
    assert sorted(in_processes(prepared, jobs, 2)) == [(each, each) for each in numbers]


def test_jobs_that_come_up_while_others_are_done_are_done_too() -> None:
    jobs = deque([("0", "0")])
    done = []
    for job, answer in in_processes(prepared, jobs, 2):
        done.append(answer)
        if int(job) < 4:
            jobs.extend((each, each) for each in [str(int(job) + 1)] if each not in done)
    assert done == ["0", "1", "2", "3", "4"]


# --- temporary folders ------------------------------------------------------------------------------


def test_folders_of_processes_that_are_gone_are_removed_and_others_stay(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    script = (
        "import os, sys, tempfile\nfrom pipeline.machine import temporary\n"
        "tempfile.tempdir = sys.argv[1]\nprint(temporary.make()); sys.stdout.flush()\nos._exit(0)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path)], cwd=ROOT, capture_output=True, text=True
    )
    left = Path(done.stdout.strip())
    assert left.is_dir()
    (tmp_path / "pentapla-of-another").mkdir()
    with temporary.folder() as first:
        assert not left.exists()
        with temporary.folder() as second:
            assert first.is_dir()
            assert second.is_dir()
    assert [each.name for each in tmp_path.iterdir()] == ["pentapla-of-another"]


def test_an_error_of_ours_is_given_back_as_it_is() -> None:
    error = FontError("x")
    assert as_error(error) is error
