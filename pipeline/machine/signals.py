"""Ending when somebody asks for it: Ctrl-C, a request to end, a terminal that is closed.

Inside :func:`stoppable` these signals raise :class:`Stopped` in the main thread, once, wherever it is; what
is cleared up on the way out is cleared up by the ordinary means. Where the main thread stays in a library
and does not see the signal, another thread ends the process.
"""

import os
import signal
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from types import FrameType

from pipeline.machine import temporary

SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
UNSEEN = 1.0
"""For how many seconds the main thread may go without seeing a signal: a library holds it then."""
LONGEST = 10.0
"""For how many seconds it may take to clear up."""
HELD = 60.0
"""For how many seconds signals may be held back."""

NOTHING = "nothing was written"


class Stopped(BaseException):
    """Somebody asked the program to end. No :class:`Exception`: nothing but the face may catch it. The exit
    code is what shells give for a signal."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number

    @property
    def exit_code(self) -> int:
        """128 and the number of the signal."""
        return 128 + self.number

    def __str__(self) -> str:
        return f"stopped; {_state.written or NOTHING}"


class _State:
    """What is known of a signal that came; one a process, as signals are."""

    def __init__(self) -> None:
        self.number: int | None = None
        self.raised = False
        self.holding = 0
        self.written = ""
        """What was written before the signal came, in words."""
        self.done = threading.Event()


_state = _State()


def _seen(number: int, _frame: FrameType | None) -> None:
    if _state.number is not None:
        return  # it is ending already
    _state.number = number
    if not _state.holding:
        _state.raised = True
        raise Stopped(number)


@contextmanager
def stoppable() -> Iterator[None]:
    """Turn the signals to :class:`Stopped`. To be entered in the main thread; those that are ignored (by
    ``nohup``, or in the background of a shell) stay so."""
    global _state  # noqa: PLW0603 - see there
    _state = _State()
    wanted = [each for each in SIGNALS if signal.getsignal(each) is not signal.SIG_IGN]
    before = {each: signal.signal(each, _seen) for each in wanted}
    receiving, sending = os.pipe()
    os.set_blocking(sending, False)
    waking = signal.set_wakeup_fd(sending, warn_on_full_buffer=False)
    watch = threading.Thread(target=_watch, args=(receiving, _state), daemon=True)
    watch.start()
    try:
        yield
    finally:
        _state.done.set()
        for each, handler in before.items():
            signal.signal(each, handler)
        signal.set_wakeup_fd(waking)
        os.close(sending)


def _watch(receiving: int, state: _State) -> None:
    """End the process where the main thread does not."""
    while number := os.read(receiving, 1):
        if number[0] not in SIGNALS:
            continue
        since = time.monotonic()
        while not state.done.wait(0.1):
            seconds = time.monotonic() - since
            if state.holding and seconds < HELD:
                continue
            if seconds > (UNSEEN if state.number is None else LONGEST):
                _end(number[0])
    os.close(receiving)


def _end(number: int) -> None:
    temporary.remove_all()
    with suppress(OSError, ValueError, AttributeError):
        sys.stderr.write(f"{Stopped(number)}\n")
        sys.stderr.flush()
    os._exit(128 + number)


@contextmanager
def held() -> Iterator[None]:
    """Hold signals back for a moment in which nothing may be left half done; one that came is heard at the
    end."""
    state = _state
    state.holding += 1
    try:
        yield
    finally:
        state.holding -= 1
    if state.number is not None and not state.raised and not state.holding:
        state.raised = True
        raise Stopped(state.number)


def has_written(what: str) -> None:
    """Let a signal that comes from now on be told with ``what`` stands already."""
    _state.written = what
