"""How much memory a piece of work may take: bounded by the system (``RLIMIT_AS``), in libraries too."""

import resource
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def confined(room: int) -> Iterator[None]:
    """Let the process grow by so many bytes, and no more: raises :class:`MemoryError`, or what a library makes
    of it."""
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
