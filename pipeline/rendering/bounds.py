"""Bounds of what templates of a book's own may take: processor time, memory, and what they write.

A sandbox keeps templates from Python and from files, not from loops without end or texts of gigabytes. Time is
told by a timer of the system that counts what this process uses (``ITIMER_PROF``): it interrupts whatever runs,
also inside a library, and a machine that is busy with other things makes nothing fail. Memory is bounded by the
system too (``RLIMIT_AS``), so that no single operation, whatever its name, can take more than its share.
"""

import resource
import signal
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

from pipeline.limits import DEFAULT, Limits

ROOM = 3
"""How many times what templates may write fits into their memory: pieces, the whole, a copy."""
LARGEST_POWER = 100_000
"""In bits: a power that is larger takes time that nothing interrupts."""


class OutOfTimeError(BaseException):
    """Time is over. Not an :class:`Exception`, which a library on the way could take for one of its own."""


class TooMuchError(Exception):
    """More was written than may be."""


@dataclass(slots=True)
class _Bounds:
    """What holds at the moment."""

    limits: Limits = DEFAULT
    depth: int = 0


_now = _Bounds()


@contextmanager
def bounded(limits: Limits) -> Iterator[None]:
    """Bound what is done inside. Only the outermost of several counts.

    Raises :class:`OutOfTimeError`, :class:`TooMuchError`, :class:`MemoryError`. Time is told in the main thread
    alone, in which builds and their workers run: the system interrupts no other.
    """
    if _now.depth:
        yield
        return
    _now.limits, _now.depth = limits, 1
    try:
        with _timed(limits.template_seconds), _confined(ROOM * limits.template_bytes):
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
    if threading.current_thread() is not threading.main_thread():
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
def _confined(room: int) -> Iterator[None]:
    """Let the process grow by so many bytes, and no more."""
    used = _used()
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


def _used() -> int:
    """The address space that this process takes, in bytes; 0 where the system does not tell."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    except (OSError, ValueError, IndexError):
        return 0
    return pages * resource.getpagesize()
