"""The process that copies itself: reads trials, a line of JSON each, and answers each with how it ended.

Run as ``python -m tests.forks.server``. Each command runs in a copy of this process, which has imported what it
needs already, or, where Python is to start under other circumstances, afresh.
"""

import json
import os
import resource
import signal
import sys
import tempfile
import time
import traceback
from pathlib import Path
from typing import Any, NoReturn

from typer.testing import CliRunner

from pipeline.cli import main
from pipeline.cli.commands import app
from pipeline.fonts import subsets
from pipeline.machine import temporary

SECONDS = 120
MEMORY = 2 * 10**9
IGNORED = ("/dev", "/proc")
GOOD = "Titel\n\nEin Absatz mit Text, der lang genug ist.\n"
"""The text that most commands of the tests are given: what it needs is ready."""
OPENS_TO_WRITE = os.O_WRONLY | os.O_RDWR | os.O_CREAT


def warm(folder: str) -> None:
    """Do once what every copy would do: read typefaces, load libraries. Not the judge of PDFs: it keeps
    threads, which no copy of a process has. Web pages hold their faces as they are: to pack them takes most of
    the time of a small build, and how a command ends does not hang on it."""
    subsets._packed = lambda content, _flavour: content
    tempfile.tempdir = folder
    texts = Path(folder, "texts")
    texts.mkdir()
    for tag, words in (("de", GOOD), ("ar", "عنوان\n\nفقرة فيها نص.\n")):
        (texts / f"a.{tag}.txt").write_text(words, encoding="utf-8")
    out = Path(folder, "out")
    done = CliRunner().invoke(
        app,
        ["build", str(texts), "-o", str(out), "-j", "1",
         "--formats", "html,epub,svg", "--editions", "single"],
    )  # fmt: skip
    assert done.exit_code == 0, done.output


def serve(folder: str) -> None:
    warm(folder)
    for line in sys.stdin:
        order = json.loads(line)
        around = Path(order["around"])
        out, err, seen = (around / f"said.{name}" for name in ("out", "err", "seen"))
        process = os.fork()
        if not process:
            try:
                _carry_out(order, out, err, seen, folder)
            except BaseException:
                traceback.print_exc()
            finally:
                os._exit(99)
        sys.stdout.write(json.dumps(_ended(process, out, err, seen)) + "\n")
        sys.stdout.flush()


def _ended(process: int, out: Path, err: Path, seen: Path) -> dict[str, Any]:
    end = time.monotonic() + SECONDS
    while True:
        done, status = os.waitpid(process, os.WNOHANG)
        if done:
            code = os.waitstatus_to_exitcode(status)
            break
        if time.monotonic() > end:
            os.kill(process, signal.SIGKILL)
            os.waitpid(process, 0)
            code = -1
            break
        time.sleep(0.01)
    rows = (
        [json.loads(line) for line in seen.read_text("utf-8").splitlines()] if seen.exists() else []
    )
    return {
        "code": code,
        "out": out.read_bytes().decode("utf-8", "replace"),
        "err": err.read_bytes().decode("utf-8", "replace"),
        "wrote": sorted({each["file"] for each in rows if "file" in each}),
        "asked": sorted({each["host"] for each in rows if "host" in each}),
    }


def _carry_out(order: dict[str, Any], out: Path, err: Path, seen: Path, folder: str) -> NoReturn:
    for number, file in ((1, out), (2, err)):
        opened = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        os.dup2(opened, number)
        os.close(opened)
    os.environ.update({"TMPDIR": f"{order['around']}/temporary", **order["environment"]})
    tempfile.tempdir = None
    temporary._held.clear()  # they are of the process that this one is a copy of
    os.chdir(order["where"])
    if order["where"].endswith("/gone"):
        Path(order["where"]).rmdir()
    # Opened before streams are closed, whose numbers it would get.
    names = os.open(seen, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_APPEND)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    for name, number in order["limits"].items():
        resource.setrlimit(getattr(resource, name), (number, number))
    for number in order["closed"]:
        os.close(number)
    if order["afresh"]:
        os.environ["PYTHONPATH"] = str(Path(__file__).resolve().parents[2])
        os.execv(sys.executable, [sys.executable, "-m", "pipeline", *order["command"]])
    sys.argv = ["pentapla", *order["command"]]
    _watch(names, (os.path.realpath(order["around"]), os.path.realpath(folder)))
    for number in order["closed"]:
        setattr(sys, {0: "stdin", 1: "stdout", 2: "stderr"}[number], None)
    try:
        main()
    except SystemExit as error:
        code = error.code if isinstance(error.code, int) else int(error.code is not None)
    else:
        code = 0
    for stream in filter(None, (sys.stdout, sys.stderr)):
        stream.flush()
    temporary.remove_all()
    os._exit(code)


def _watch(names: int, allowed: tuple[str, ...]) -> None:
    """Write down every file outside of some folders that is opened to be written, and every host."""

    def look(event: str, arguments: tuple[Any, ...]) -> None:
        if event in ("socket.connect", "socket.getaddrinfo"):
            os.write(names, (json.dumps({"host": str(arguments[-1])}) + "\n").encode())
        if event == "open" and isinstance(arguments[0], str | bytes | os.PathLike):
            flags = arguments[2] if isinstance(arguments[2], int) else 0
            path = os.path.realpath(os.fsdecode(arguments[0]))
            inside = any(path == each or path.startswith(f"{each}/") for each in allowed)
            if flags & OPENS_TO_WRITE and not inside and not path.startswith(IGNORED):
                os.write(names, (json.dumps({"file": path}) + "\n").encode())

    sys.addaudithook(look)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as made:
        serve(made)
