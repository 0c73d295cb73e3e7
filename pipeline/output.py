"""Saving: all files of a build or none, and a failed build leaves everything as it was.

All files are written to a folder beside their places first, on the same file system; what they take the
place of gets a second name there. Then a journal says that all of it is there, and the files are moved in
one by one. Whatever ends the process before the journal stands, the old files stand; afterwards the next
build, check or imposition finishes what the journal says (or, where a move failed, undoes it). A lock on the
folder lets builds save one after the other.
"""

import errno
import fcntl
import hashlib
import json
import os
import shutil
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from pipeline.errors import NamedPath, OutputError
from pipeline.machine.signals import has_written, held

MANIFEST = "manifest.json"
STAGING = ".pentapla-"
"""How the name of a folder of files to be moved begins."""
JOURNAL = "journal.json"
NEW, OLD = "new", "old"
"""The folders of the files that come, and of those that they take the place of."""
FINISH, UNDO = "finish", "undo"
SECONDS = 60
"""How long a build waits until another has saved into the same folder."""


def check(folder: Path) -> None:
    """Make sure, before any work is done, that a folder can be written, or made; what a process that was
    killed has left there half done is settled.

    Raises :class:`OutputError`.
    """
    try:
        place = folder.absolute()
        while not os.path.lexists(place):
            place = place.parent
        with tempfile.TemporaryFile(dir=place):
            pass
    except OSError as error:
        raise _unwritable(folder, error) from error
    recover(folder)


def recover(folder: Path) -> None:
    """Finish, or undo, what a process that was killed while it saved has left half done in a folder.

    Raises :class:`OutputError`.
    """
    try:
        if folder.is_dir() and any(folder.glob(f"{STAGING}*")):
            with _locked(folder) as locked:
                _settle(folder, locked=locked)
    except OSError as error:
        raise _unwritable(folder, error) from error


def save(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write all files into a folder, or none. Raises :class:`OutputError`."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with _locked(folder) as locked:
            _settle(folder, locked=locked)
            for name in files:
                if (folder / name).is_dir():
                    raise IsADirectoryError(errno.EISDIR, f"a folder stands where {name} would go")
            staging = Path(tempfile.mkdtemp(prefix=STAGING, dir=folder))
            moved = False
            try:
                _write(staging, files)
                _keep(staging, folder, list(files))
                with held():
                    _move(staging, folder, list(files))
                    has_written(f"files were written into {folder} before")
                    moved = True
                    shutil.rmtree(staging, ignore_errors=True)
            finally:
                # While its journal stands a folder is needed: what it holds is nowhere else.
                if not moved and not (staging / JOURNAL).exists():
                    shutil.rmtree(staging, ignore_errors=True)
    except OSError as error:
        raise _unwritable(folder, error) from error


@contextmanager
def _locked(folder: Path) -> Iterator[bool]:
    """Be alone in saving into a folder; says whether that is sure, which it is not where the file system
    has no locks."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        yield _lock(descriptor, folder)
    finally:
        os.close(descriptor)


def _lock(descriptor: int, folder: Path) -> bool:
    deadline = time.monotonic() + SECONDS
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            if time.monotonic() > deadline:
                raise OutputError(
                    f"another build has been saving into this folder for more than {SECONDS} seconds",
                    at=NamedPath(folder.as_posix()),
                    cure="wait until it has ended, or choose another folder with --output",
                ) from error
            time.sleep(0.05)
        except OSError:
            return False
        else:
            return True


def _write(staging: Path, files: Mapping[str, bytes]) -> None:
    for part in (NEW, OLD):
        (staging / part).mkdir()
    for name, content in files.items():
        place = staging / NEW / name
        with place.open("wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        place.chmod(0o644)


def _keep(staging: Path, folder: Path, names: Sequence[str]) -> None:
    """Give what stands in the places of files a second name, by which it can be put back."""
    for name in names:
        if os.path.lexists(folder / name):
            try:
                os.link(folder / name, staging / OLD / name, follow_symlinks=False)
            except OSError:  # a file system without second names
                shutil.copy2(folder / name, staging / OLD / name, follow_symlinks=False)


def _move(staging: Path, folder: Path, names: Sequence[str]) -> None:
    """Move files into their places; what stood there is put back where a move fails."""
    kept = [name for name in names if os.path.lexists(staging / OLD / name)]
    journal = {"schema": 1, "do": FINISH, "names": list(names), "kept": kept}
    _note(staging, journal)
    try:
        for name in names:
            (staging / NEW / name).replace(folder / name)
    except OSError:
        _note(staging, {**journal, "do": UNDO})
        _undo(staging, folder, names, kept)
        (staging / JOURNAL).unlink()
        raise
    _to_disk(folder)
    (staging / JOURNAL).unlink()


def _note(staging: Path, journal: Mapping[str, Any]) -> None:
    """Write the journal, whole or not at all."""
    draft = staging / f"{JOURNAL}.draft"
    with draft.open("wb") as stream:
        stream.write(as_json(journal))
        stream.flush()
        os.fsync(stream.fileno())
    for each in (staging / NEW, staging / OLD):
        _to_disk(each)
    draft.replace(staging / JOURNAL)
    _to_disk(staging)


def _finish(staging: Path, folder: Path, names: Sequence[str]) -> None:
    for name in names:
        if (staging / NEW / name).exists():
            (staging / NEW / name).replace(folder / name)


def _undo(staging: Path, folder: Path, names: Sequence[str], kept: Sequence[str]) -> None:
    for name in names:
        if name in kept:
            if os.path.lexists(staging / OLD / name):
                (staging / OLD / name).replace(folder / name)
        elif not (staging / NEW / name).exists():
            (folder / name).unlink(missing_ok=True)
    _to_disk(folder)


def _to_disk(folder: Path) -> None:
    """Let the names in a folder survive a loss of power, where the file system can."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _settle(folder: Path, *, locked: bool) -> None:
    """Do what journals in a folder say, and remove what was never to be moved. Without a lock the latter
    may be another build's, and stays."""
    for staging in sorted(folder.glob(f"{STAGING}*")):
        if not staging.is_dir() or staging.is_symlink():
            continue
        journal = staging / JOURNAL
        if journal.exists():
            do, names, kept = _read(journal)
            with held():
                if do == FINISH:
                    _finish(staging, folder, names)
                    _to_disk(folder)
                else:
                    _undo(staging, folder, names, kept)
                journal.unlink()
        elif not locked:
            continue
        shutil.rmtree(staging, ignore_errors=True)


def _read(journal: Path) -> tuple[str, list[str], list[str]]:
    """What a journal says; its names are of files right in the folder, and nowhere else."""
    try:
        found = json.loads(journal.read_bytes())
        do, names, kept = found["do"], list(found["names"]), list(found["kept"])
        sound = do in (FINISH, UNDO) and all(map(_is_plain, (*names, *kept)))
    except (ValueError, LookupError, TypeError, RecursionError):
        sound = False
    if not sound:
        raise OutputError(
            "this journal of files to be moved cannot be understood",
            at=NamedPath(journal.as_posix()),
            cure="delete its folder, and build again",
        )
    return do, names, kept


def _is_plain(name: object) -> bool:
    return isinstance(name, str) and name not in ("", "..") and name == Path(name).name


def digest(content: bytes) -> str:
    """The SHA-256 of some bytes, in 64 hexadecimal digits."""
    return hashlib.sha256(content).hexdigest()


def as_json(value: Any) -> bytes:
    r"""JSON as people read it, the same for the same value. A byte of a name that is not UTF-8, which Python
    keeps as half a character, becomes an escape of JSON such as ``\udcff``."""
    text = json.dumps(value, ensure_ascii=False, indent=2) + "\n"
    return text.encode("utf-8", errors="backslashreplace")


def _unwritable(folder: Path, error: OSError) -> OutputError:
    full = error.errno in (errno.ENOSPC, errno.EDQUOT)
    return OutputError(
        f"the output folder cannot be written: {error.strerror or error}",
        at=NamedPath(folder.as_posix()),
        cure="make room there, or choose another with --output"
        if full
        else "choose another with --output, or mend its permissions",
    )
