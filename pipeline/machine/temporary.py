"""Folders for temporary files, which go when the process that made them has gone, however it went.

A process that ends in order removes its own. One that is killed cannot; so each folder has a lock that its
process holds, and whoever makes a folder first removes those whose lock nobody holds any more.
"""

import fcntl
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from shutil import rmtree

PREFIX = "pentapla-"
_LOCK = ".lock"
_held: dict[Path, int] = {}
"""The locks of this process's folders, as file descriptors."""


def make() -> Path:
    """A new folder, empty but for its lock. Raises :class:`OSError`."""
    _sweep(Path(tempfile.gettempdir()))
    folder = Path(tempfile.mkdtemp(prefix=PREFIX))
    # Locked before it has its name: a lock that nobody holds is taken for one of a process that is gone.
    unnamed = folder / f"{_LOCK}.new"
    lock = os.open(unnamed, os.O_CREAT | os.O_RDWR, 0o600)
    with suppress(OSError):  # a file system without locks: then nobody sweeps there either
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        unnamed.rename(folder / _LOCK)
    _held[folder] = lock
    return folder


def remove(folder: Path) -> None:
    """Remove a folder and all that is in it, as far as that can be done."""
    rmtree(folder, ignore_errors=True)
    lock = _held.pop(folder, None)
    if lock is not None:
        with suppress(OSError):
            os.close(lock)


def remove_all() -> None:
    """Remove every folder that this process has."""
    for folder in list(_held):
        remove(folder)


@contextmanager
def folder() -> Iterator[Path]:
    """A folder that is there as long as this lasts."""
    made = make()
    try:
        yield made
    finally:
        remove(made)


def _sweep(place: Path) -> None:
    """Remove the folders of processes that are gone."""
    with suppress(OSError):
        for lock in place.glob(f"{PREFIX}*/{_LOCK}"):
            if lock.parent in _held:
                continue
            with suppress(OSError):
                _sweep_one(lock)


def _sweep_one(lock: Path) -> None:
    descriptor = os.open(lock, os.O_RDWR | os.O_NOFOLLOW)
    try:
        if os.fstat(descriptor).st_uid == os.getuid():
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            rmtree(lock.parent, ignore_errors=True)
    finally:
        os.close(descriptor)
