"""How much memory a piece of work may take.

:func:`confined` has the system refuse more (``RLIMIT_AS``): the bound holds at every moment, but a library that
cannot bear the refusal ends the process. :func:`watched` looks from time to time, and ends the work in order.
"""

import ctypes
import resource
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

INTERVAL = 0.2
"""After how many seconds a watcher looks again."""

SETTLING = 3
"""How many steps it takes until an error that was sent has arrived for sure, and one more."""

MAPPED, RESIDENT = 0, 1
"""Fields of ``/proc/self/statm`` (proc(5)): all that is mapped, and what stands in memory."""


class TooMuchError(MemoryError):
    """A piece of work took more memory than it may."""


@contextmanager
def confined(room: int) -> Iterator[None]:
    """Let the process grow by so many bytes, and no more: raises :class:`MemoryError`, or what a library makes
    of it."""
    used = _used(MAPPED)
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    most = used + room
    if not used or (soft != resource.RLIM_INFINITY and soft < most):
        yield
        return
    resource.setrlimit(resource.RLIMIT_AS, (most, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))


@contextmanager
def watched(room: int) -> Iterator[None]:
    """Let the process take so many bytes of memory more than it has, and no more: raises :class:`TooMuchError`
    in the thread that is inside, between two steps of Python, soon after there are more."""
    start = _used(RESIDENT)
    if not start:
        yield
        return
    thread, left = threading.get_ident(), threading.Event()
    exceeded = False

    def look() -> None:
        nonlocal exceeded
        while not left.wait(INTERVAL):
            exceeded = exceeded or _used(RESIDENT) > start + room
            if exceeded:  # again and again: where a library calls Python, an error gets lost
                _raise_in(thread, TooMuchError)

    watcher = threading.Thread(target=look, daemon=True)
    watcher.start()
    try:
        yield
    except Exception:
        if exceeded:
            raise TooMuchError from None
        raise
    finally:
        # What has been sent arrives between two steps: at the end of a turn of this loop at the latest.
        for _ in range(SETTLING):
            with suppress(TooMuchError):
                left.set()
                watcher.join()


def _raise_in(thread: int, error: type[BaseException]) -> None:
    """Have an error raised in a thread at its next step (``PyThreadState_SetAsyncExc`` in Python's C API). The
    call can also take one back, but leaves Python looking for it at every step ever after."""
    ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread), ctypes.py_object(error))


def _used(which: int) -> int:
    """The address space or the memory that this process takes, in bytes; 0 where the system does not tell."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[which])
    except (OSError, ValueError, IndexError):
        return 0
    return pages * resource.getpagesize()
