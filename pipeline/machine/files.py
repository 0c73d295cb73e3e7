"""How files of a user are opened: texts, settings, templates, pictures, colour profiles, books to check.

A book may come from anywhere, and be built by somebody who did not write it. So only regular files are opened,
only in the folders that the command names, and never more of them than a limit allows; nothing that could wait
for ever (a FIFO, a device) is opened at all. That files lie elsewhere is allowed by whoever gives the command
(``--allow-outside``), never by the book itself, which would then allow itself to read anything.
"""

import errno
import os
import stat
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.limits import DEFAULT, Limits

KINDS = (
    (stat.S_ISDIR, "a folder"),
    (stat.S_ISFIFO, "a FIFO (a named pipe)"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
)
"""What has the name of a file and is none."""

ALLOW = "--allow-outside"
IN_PLACE = "put the file there, or mend its name"


class UnreadableError(Exception):
    """Why a file is not read: ``what`` is wrong with it, and the ``cure``; ``large`` says that it goes beyond a
    limit. Whoever asked for it knows where it is named, and of which kind of error that is one."""

    def __init__(self, what: str, cure: str, *, large: bool = False) -> None:
        super().__init__(what)
        self.what = what
        self.cure = cure
        self.large = large


@dataclass(frozen=True, slots=True)
class Access:
    """Which files may be read, and how much of them: those in ``folders`` and below, or any, where
    ``outside`` is allowed."""

    folders: tuple[Path, ...]
    outside: bool = False
    limits: Limits = field(default=DEFAULT)

    def read(self, base: Path, name: str, subject: str, limit: str) -> bytes:
        """All bytes of the file that is called ``name`` in the folder ``base``.

        ``subject`` is what messages call it; ``limit`` is the key of the limit in bytes that holds for it.
        Raises :class:`UnreadableError` where it is not there, no regular file, larger than the limit, or
        outside the folders.
        """
        if not name:
            raise UnreadableError(f"{subject} is not there: no file is named", "name a file")
        if Path(name).is_absolute() and not self.outside:
            raise UnreadableError(
                f"{subject} is named by an absolute path, which means another file on every machine",
                f"put it beside the texts and name it from there, or build with {ALLOW}",
            )
        place = _real(base / name, subject)
        if not (self.outside or self._holds(place)):
            raise UnreadableError(
                f"{subject} lies outside the folder of the book: {place}",
                f"put it beside the texts, or, where you trust the book, build with {ALLOW}",
            )
        return _regular(place, subject, limit, self.limits)

    def _holds(self, place: Path) -> bool:
        return any(place.is_relative_to(os.path.realpath(each)) for each in self.folders)


def read(path: Path, subject: str, limit: str, limits: Limits = DEFAULT) -> bytes:
    """All bytes of a regular file that the command itself names, wherever it lies.

    Raises :class:`UnreadableError`.
    """
    return _regular(_real(path, subject), subject, limit, limits)


def text_of(content: bytes) -> str:
    """UTF-8 as text, with line feeds alone at its line ends. Raises :class:`UnicodeDecodeError`."""
    return content.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")


def exists(path: Path) -> bool:
    """Whether anything has this name, also a link that leads nowhere."""
    try:
        return os.path.lexists(path)
    except ValueError:
        return False


def _real(path: Path, subject: str) -> Path:
    """Where a path leads in the end."""
    try:
        return Path(os.path.realpath(path, strict=True))
    except ValueError as error:
        raise UnreadableError(
            f"{subject} has a NUL in its name, which no file has", "mend its name"
        ) from error
    except OSError as error:
        raise _refused(path, subject, error) from error


def _regular(place: Path, subject: str, limit: str, limits: Limits) -> bytes:
    most = int(getattr(limits, limit))
    try:
        # Looked at before it is opened: to open a device may already do something.
        _demand_regular(place.stat().st_mode, subject)
        # Not to wait: it may have become a FIFO since.
        opened = os.open(place, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC | os.O_NOFOLLOW)
        with os.fdopen(opened, "rb") as stream:
            status = os.fstat(stream.fileno())
            _demand_regular(status.st_mode, subject)
            content = stream.read(most + 1) if status.st_size <= most else b""
    except OSError as error:
        raise _refused(place, subject, error) from error
    if status.st_size > most or len(content) > most:
        found = limits.exceeded(limit, subject, max(status.st_size, len(content)))
        raise UnreadableError(found.what, found.cure, large=True)
    return content


def _demand_regular(mode: int, subject: str) -> None:
    if stat.S_ISREG(mode):
        return
    kind = next((name for test, name in KINDS if test(mode)), "no file")
    raise UnreadableError(f"{subject} is {kind}, not a file", "put the file itself there")


def _refused(path: Path, subject: str, error: OSError) -> UnreadableError:
    if error.errno == errno.ENAMETOOLONG:
        return UnreadableError(f"{subject} has a name that is too long for a file", "mend its name")
    if error.errno == errno.ELOOP:
        return UnreadableError(
            f"{subject} is a link that leads back to itself", "put the file there"
        )
    if error.errno in (errno.ENOENT, errno.ENOTDIR) and os.path.islink(path):  # noqa: PTH114 - never raises
        target = path.readlink()
        return UnreadableError(
            f"{subject} is a link to “{target}”, which is not there", "put the file itself there"
        )
    if error.errno in (errno.ENOENT, errno.ENOTDIR):
        return UnreadableError(f"{subject} is not there", IN_PLACE)
    return UnreadableError(
        f"{subject} cannot be read: {error.strerror or error}", "check its permissions"
    )
