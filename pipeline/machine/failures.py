"""Whatever goes wrong, as an error that a person can act on.

Errors of our own say what, where and the cure already. What Python and the machine raise is told here by its
kind; what is left is a mistake of ours, and is told as one.
"""

import errno
import tempfile
import traceback
from pathlib import Path

from pipeline.errors import InternalError, MachineError, NamedPath, PentaplaError

REPORT = (
    "tell those from whom you have Pentapla, with the command and, if you may, the texts; the same command "
    "with --verbose, or with PENTAPLA_TRACEBACK=1 in the environment, also shows where in the program it was"
)

_FULL = (errno.ENOSPC, errno.EDQUOT)
# What the module threading of Python says, which has no error of its own for it.
_NO_THREAD = ("can't start new thread", "can't allocate lock")
_TOO_MANY_OPEN = (errno.EMFILE, errno.ENFILE)


def as_error(error: BaseException, making: str = "") -> PentaplaError:
    """An exception as an error of ours; ``making`` names what was being made, such as a file.

    What is one already is given back as it is.
    """
    if isinstance(error, PentaplaError):
        return error
    moment = f" while {making} was made" if making else ""
    match error:
        case MemoryError():
            return MachineError(
                f"memory ran out{moment}",
                cure="make fewer files at a time (--jobs 1), or divide the text; a picture of very many "
                "pixels takes memory too",
            )
        case RecursionError():
            return MachineError(
                f"something is nested too deeply{moment}",
                cure="look for lists, quotations or templates that stand in each other many times",
            )
        case OSError():
            return _of_machine(error, moment)
        case RuntimeError() if str(error) in _NO_THREAD:
            return MachineError(
                f"the system starts no further thread{moment}: {error}",
                cure="allow more processes and more memory (ulimit -u, ulimit -v), or make fewer editions at a "
                "time (--jobs 1)",
            )
    last = traceback.extract_tb(error.__traceback__)[-1:]
    place = f" ({Path(last[0].filename).name}:{last[0].lineno})" if last else ""
    said = str(error) or "no message"
    return InternalError(
        f"a mistake in Pentapla{moment}, not in your texts: {type(error).__name__}: {said}{place}",
        cure=REPORT,
        details="".join(traceback.format_exception(error)),
    )


def _of_machine(error: OSError, moment: str) -> PentaplaError:
    at = NamedPath(str(error.filename)) if isinstance(error.filename, str | Path) else None
    said = error.strerror or str(error) or type(error).__name__
    if error.errno in _FULL:
        return MachineError(
            f"there is no room left{moment}: {said}",
            at=at or NamedPath(_temporary()),
            cure="delete something there, or name a folder with room in the variable TMPDIR",
        )
    if error.errno in _TOO_MANY_OPEN:
        return MachineError(
            f"too many files are open{moment}: {said}",
            at=at,
            cure="allow more (ulimit -n 1024), or make fewer files at a time (--jobs 1)",
        )
    if error.errno == errno.ENOMEM:
        return as_error(MemoryError(), moment.removeprefix(" while ").removesuffix(" was made"))
    return MachineError(
        f"the system refuses something{moment}: {said}",
        at=at,
        cure="mend the permissions of this file or folder, or name another",
    )


def _temporary() -> str:
    """The folder of temporary files, as far as it can be told when nothing can be written any more."""
    try:
        return tempfile.gettempdir()
    except OSError:
        return "TMPDIR"
