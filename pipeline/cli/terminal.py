"""Standard output and standard error, whatever they are: closed, full, of another encoding, or a terminal."""

import os
import sys
from collections.abc import Callable
from contextlib import suppress
from io import TextIOWrapper
from typing import Any, TextIO

from rich.console import Console

from pipeline.messages import printable


class Terminal(Console):
    """A console on which no text gives orders: see :func:`~pipeline.messages.printable`."""

    def __init__(self, *, stderr: bool = False) -> None:
        super().__init__(stderr=stderr, highlight=False, markup=False, emoji=False, soft_wrap=True)

    def print(self, *objects: Any, **options: Any) -> None:
        """Print as :meth:`rich.console.Console.print` does, but with strings made printable first."""
        shown = (printable(each) if isinstance(each, str) else each for each in objects)
        super().print(*shown, **options)


def prepare() -> None:
    """Make both streams such that writing to them never fails: a character that the encoding lacks is
    written as an escape, and what nobody reads any more is dropped. What is made is made all the same."""
    # A process whose standard streams are closed gives their numbers to the first files that it opens.
    with suppress(OSError):
        while (number := os.open(os.devnull, os.O_RDWR)) <= 2:
            os.set_inheritable(number, True)
        os.close(number)
    sys.stdout, sys.stderr = _stream(sys.stdout, 1), _stream(sys.stderr, 2)


def _stream(stream: TextIO | None, number: int) -> TextIO:
    if stream is None:
        stream = os.fdopen(os.dup(number), "w", encoding="utf-8")
    if isinstance(stream, _Stream):
        return stream
    if isinstance(stream, TextIOWrapper):
        stream.reconfigure(errors="backslashreplace")
    return _Stream(stream)  # type: ignore[return-value]


class _Stream:
    """A stream that does not mind when nobody reads it."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        self._tried(lambda: self._stream.write(text))
        return len(text)

    def flush(self) -> None:
        self._tried(self._stream.flush)

    def _tried(self, act: Callable[[], object]) -> None:
        try:
            act()
        except (OSError, ValueError):
            # What is in the buffer already would fail again, at the latest when the program ends.
            with suppress(OSError, ValueError):
                nowhere = os.open(os.devnull, os.O_WRONLY)
                os.dup2(nowhere, self._stream.fileno())
                os.close(nowhere)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)
