"""Processes that do tasks, several at a time.

A worker is given the book once, and then one job after the other. Whatever goes wrong in it comes back as an
error of ours with its exit code; a worker that dies is an error of its own kind. No worker outlives the
build: the parent ends them, and where the parent itself is killed they notice, clear up and go.
"""

import ctypes
import os
import signal
import sys
import tempfile
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing import connection, get_context, parent_process, resource_tracker
from multiprocessing.context import SpawnProcess
from pathlib import Path
from shutil import rmtree
from typing import Any, NoReturn

from pipeline.errors import InternalError, PentaplaError, WorkerError
from pipeline.machine import temporary
from pipeline.machine.failures import as_error
from pipeline.machine.signals import SIGNALS, held

Prepare = Callable[[], Callable[[Any], Any]]
"""What a worker begins with, in its own process: it gives back what does a job."""

GRACE = 0.5
"""For how many seconds a worker's death may be that of the whole group, to which the parent belongs."""
PR_SET_PDEATHSIG = 1
"""Linux, prctl(2): which signal a process gets when its parent dies."""

CAUSES = {
    signal.SIGKILL: "it was killed, most likely by the system because memory ran out",
    signal.SIGXCPU: "it used more time of the processor than it is allowed",
}
CURES = {
    signal.SIGKILL: "make fewer files at a time (--jobs 1), or make pictures smaller, or divide the text",
}
CAUSE = "a library that it uses broke"
CURE = "build this edition alone (--languages, --editions) to find the text or picture that does it"


@dataclass(slots=True)
class _Worker:
    process: SpawnProcess
    pipe: "connection.Connection[Any, Any]"
    making: str = ""
    """What it is making."""
    job: Any = None


def in_processes(
    prepare: Prepare, waiting: "deque[tuple[str, Any]]", count: int
) -> Iterator[tuple[Any, Any]]:
    """Let ``count`` processes do jobs, each with the name of what it makes; each job and what it gives, as it
    comes. Whoever takes these may put more jobs into ``waiting``.

    ``prepare`` and the jobs cross to other processes: they are values, or functions of a module. Raises the
    :class:`~pipeline.errors.PentaplaError` of the first job that fails, and
    :class:`~pipeline.errors.WorkerError` where a process dies.
    """
    crew: list[_Worker] = []
    # A worker that is ended does not clear up; its files are in this folder, which this process removes.
    with temporary.folder() as folder:
        try:
            while True:
                for worker in crew:
                    if waiting and not worker.making:
                        _give(worker, waiting.popleft())
                while waiting and len(crew) < count:
                    with held():  # half a start would leave a process that nobody knows of
                        crew.append(_start(prepare, folder))
                    _give(crew[-1], waiting.popleft())
                busy = {each.pipe: each for each in crew if each.making}
                if not busy:
                    return
                for ready in connection.wait(list(busy)):
                    worker = busy[ready]  # type: ignore[index]
                    answer = _answer(worker)
                    worker.making = ""
                    yield worker.job, answer
        finally:
            for each in crew:
                each.process.kill()
            for each in crew:
                each.process.join()
                each.pipe.close()


def _start(prepare: Prepare, folder: Path) -> _Worker:
    # Spawned, not forked: the progress display runs threads, and a fork would copy their locks.
    context = get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(
        target=_main, args=(theirs, prepare, str(folder), os.getpid()), daemon=True
    )
    resource_tracker.ensure_running()  # it lifts the mask that is set next
    # Until a worker has its own handlers it hears no signal: a terminal sends them to all processes at once.
    before = signal.pthread_sigmask(signal.SIG_BLOCK, SIGNALS)
    try:
        process.start()
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
        theirs.close()
    return _Worker(process, ours)


def _give(worker: _Worker, job: tuple[str, Any]) -> None:
    worker.making, worker.job = job
    with suppress(OSError):  # it died: the answer tells so
        worker.pipe.send(job)


def _answer(worker: _Worker) -> Any:
    try:
        answer = worker.pipe.recv()
    except (EOFError, OSError):
        raise _death(worker) from None
    if isinstance(answer, PentaplaError):
        raise answer
    return answer


def _death(worker: _Worker) -> WorkerError:
    worker.process.join(GRACE)
    time.sleep(GRACE)  # where a signal went to all of us, ours comes first
    code = worker.process.exitcode
    try:
        number = signal.Signals(-(code or 0))
        how, cause, cure = number.name, CAUSES.get(number, CAUSE), CURES.get(number, CURE)
    except ValueError:
        how, cause, cure = f"exit code {code}", "something ended it from outside", CURE
    return WorkerError(
        f"the process that made {worker.making} died ({how}): {cause}; nothing was written",
        cure=cure,
    )


# --- in the worker --------------------------------------------------------------------------------


def _main(
    pipe: "connection.Connection[Any, Any]", prepare: Prepare, folder: str, parent: int
) -> None:
    """The life of a worker."""
    tempfile.tempdir = folder
    _follow(folder, parent)
    work: Callable[[Any], Any] | None = None
    while True:
        try:
            making, job = pipe.recv()
        except (EOFError, OSError):
            _leave(folder)
        try:
            work = work or prepare()
            answer = work(job)
        except BaseException as error:
            answer = as_error(error, making)
        try:
            pipe.send(answer)
        except OSError:
            _leave(folder)
        except Exception as error:
            pipe.send(InternalError(f"{making}: what was made cannot be handed over: {error!r}"))


def _follow(folder: str, parent: int) -> None:
    """Do not outlive the parent. Two ways, as either may be kept waiting by a library: the system's
    signal, and a thread that waits for the parent's end."""
    signal.signal(signal.SIGTERM, lambda *_: _leave(folder))
    for number in (signal.SIGINT, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)  # the parent hears them too, and decides
    signal.pthread_sigmask(signal.SIG_UNBLOCK, SIGNALS)
    if sys.platform == "linux":
        with suppress(OSError, AttributeError):
            ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
    if os.getppid() != parent:
        _leave(folder)
    threading.Thread(target=_outlast, args=(folder,), daemon=True).start()


def _outlast(folder: str) -> None:
    mother = parent_process()
    if mother is not None:
        connection.wait([mother.sentinel])
        _leave(folder)


def _leave(folder: str) -> NoReturn:
    """End at once. Where the parent is gone nobody else removes the temporary files."""
    rmtree(folder, ignore_errors=True)
    os._exit(128 + signal.SIGTERM)
