"""Bounds of what templates of a book's own may take: processor time, memory, and what they write.

A sandbox keeps templates from Python and from files, not from loops without end or texts of gigabytes. Time is
told by a timer of the system that counts what this process uses (``ITIMER_PROF``): it interrupts whatever runs,
also inside a library, and a machine that is busy with other things makes nothing fail. Memory is bounded by the
system too (``RLIMIT_AS``), so that no single operation, whatever its name, can take more than its share.
"""

import ctypes
import signal
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from types import FrameType

from pipeline.limits import DEFAULT, Limits
from pipeline.machine.memory import confined

ROOM = 3
"""How many times what templates may write fits into their memory: pieces, the whole, a copy."""
SHORTEST_WAIT = 0.02
"""In seconds: how long one who watches sleeps at least."""
LARGEST_POWER = 100_000
"""In bits: a power that is larger takes time that nothing interrupts."""


class OutOfTimeError(BaseException):
    """Time is over. Not an :class:`Exception`, which a library on the way could take for one of its own."""


class TooMuchError(Exception):
    """More was written than may be."""


class _Bounds(threading.local):
    """What holds at the moment, in each thread."""

    limits: Limits = DEFAULT
    depth: int = 0


_now = _Bounds()


@contextmanager
def bounded(limits: Limits) -> Iterator[None]:
    """Bound what is done inside. Only the outermost of several counts.

    Raises :class:`OutOfTimeError`, :class:`TooMuchError`, :class:`MemoryError`.
    """
    if _now.depth:
        yield
        return
    _now.limits, _now.depth = limits, 1
    try:
        with _timed(limits.template_seconds), confined(ROOM * limits.template_bytes):
            yield
    finally:
        _now.depth = 0


def concatenated(pieces: Iterable[str]) -> str:
    """The pieces as one, where they are not too much."""
    kept, size = [], 0
    for piece in pieces:
        size += len(piece)
        if size > _now.limits.template_bytes:
            raise TooMuchError
        kept.append(piece)
    return "".join(kept)


def power(base: object, exponent: object) -> object:
    """A power, where it is not too large a number."""
    if isinstance(base, int) and isinstance(exponent, int):
        if base.bit_length() * abs(exponent) > LARGEST_POWER:
            raise OverflowError(f"{base} ** {exponent} is too large")
        return base**exponent
    return float(base) ** float(exponent)  # type: ignore[arg-type]


@contextmanager
def _timed(seconds: int) -> Iterator[None]:
    """Let the process work for so long. The system interrupts its main thread, in which builds and their
    workers run; any other is watched."""
    if threading.current_thread() is not threading.main_thread():
        with _watched(seconds):
            yield
        return

    def over(_number: int, _frame: FrameType | None) -> None:
        raise OutOfTimeError

    before = signal.signal(signal.SIGPROF, over)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


@contextmanager
def _watched(seconds: int) -> Iterator[None]:
    """The same for a thread that the system does not interrupt: another ends it, between two of its steps."""
    thread = ctypes.c_ulong(threading.get_ident())
    raise_in = ctypes.pythonapi.PyThreadState_SetAsyncExc
    end = time.process_time() + seconds
    done, hold = threading.Event(), threading.Lock()

    def watch() -> None:
        while (left := end - time.process_time()) > 0:
            if done.wait(max(left, SHORTEST_WAIT)):
                return
        with hold:
            if not done.is_set():
                raise_in(thread, ctypes.py_object(OutOfTimeError))

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    try:
        yield
    finally:
        with hold:
            done.set()
            raise_in(thread, None)  # what came at the last moment, and was not raised yet
        watcher.join()
