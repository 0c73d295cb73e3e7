"""Saving: a file is whole or absent, and a failed build leaves everything as it was.

All files of a build are written to a folder beside their place first, on the same file system, and
moved in one by one when every one of them is there.
"""

import errno
import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pipeline.errors import Origin, OutputError

MANIFEST = "manifest.json"


def check(folder: Path) -> None:
    """Make sure, before any work is done, that a folder can be written, or made.

    Raises :class:`OutputError`.
    """
    place = folder.absolute()
    try:
        while not place.exists():
            place = place.parent
        with tempfile.TemporaryFile(dir=place):
            pass
    except OSError as error:
        raise _unwritable(folder, error) from error


def save(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write all files into a folder, or none. Raises :class:`OutputError`."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name in files:
            if (folder / name).is_dir():
                raise IsADirectoryError(errno.EISDIR, f"a folder stands where {name} would go")
        staging = Path(tempfile.mkdtemp(prefix=".pentapla-", dir=folder))
        try:
            for name, content in files.items():
                place = staging / name
                with place.open("wb") as stream:
                    stream.write(content)
                    stream.flush()
                    os.fsync(stream.fileno())
                place.chmod(0o644)
            _move(staging, folder, list(files))
        finally:
            shutil.rmtree(staging, ignore_errors=True)
    except OSError as error:
        raise _unwritable(folder, error) from error


def _move(staging: Path, folder: Path, names: list[str]) -> None:
    """Move files into their places; what stood there is put back where a move fails."""
    kept = staging / ".kept"
    kept.mkdir()
    moved: list[str] = []
    try:
        for name in names:
            if (folder / name).exists():
                (folder / name).replace(kept / name)
            moved.append(name)
            (staging / name).replace(folder / name)
    except BaseException:  # an interruption too leaves everything as it was
        for name in moved:
            if (kept / name).exists():
                (kept / name).replace(folder / name)
            else:
                (folder / name).unlink(missing_ok=True)
        raise


def digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def as_json(value: Any) -> bytes:
    """JSON as people read it, the same for the same value."""
    return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode()


def _unwritable(folder: Path, error: OSError) -> OutputError:
    return OutputError(
        f"the output folder cannot be written: {error.strerror or error}",
        at=Origin(folder.as_posix()),
        cure="choose another with --output, or mend its permissions",
    )
