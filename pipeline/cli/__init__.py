"""The command ``pentapla``: what is around its work, whichever it is.

Streams that never fail, signals that end it in order, and one place in which every error is caught and told.
Little is imported before signals are heard: an interruption while libraries load is one too.
"""

import os
import sys
from pathlib import Path
from typing import NoReturn

from pipeline.cli import terminal
from pipeline.machine.signals import Stopped, stoppable

TRACEBACK = "PENTAPLA_TRACEBACK"
"""The variable of the environment that asks for the traceback of a mistake in Pentapla."""


def main() -> None:
    """Run the command and leave with the exit code of what happened."""
    terminal.prepare()
    try:
        with stoppable():
            _run()
    except Stopped as stopped:
        sys.stderr.write(f"{stopped}\n")
        sys.exit(stopped.exit_code)
    except (OSError, RuntimeError) as raised:  # the machine has nothing left to hear signals with
        _fail(raised)


def _run() -> None:
    from pipeline.cli.commands import app  # noqa: PLC0415 - see above

    try:
        _demand_place()
        app()
    except Exception as raised:
        _fail(raised)


def _fail(raised: Exception) -> NoReturn:
    """Tell an error, and leave with its exit code."""
    from pipeline.cli.places import places  # noqa: PLC0415
    from pipeline.errors import InternalError  # noqa: PLC0415
    from pipeline.machine.failures import as_error  # noqa: PLC0415

    error = as_error(raised)
    err = terminal.Terminal(stderr=True)
    if isinstance(error, InternalError) and _wants_traceback():
        for line in error.details.splitlines():
            err.print(line)
    said, cure = error.told(places(error.folder))
    err.print(f"error: {said}")
    if cure:
        err.print(f"  cure: {cure}")
    sys.exit(error.exit_code)


def _demand_place() -> None:
    """Whether the folder that the command runs in is there: every relative path begins with it."""
    from pipeline.errors import MissingSourceError  # noqa: PLC0415

    try:
        Path.cwd()
    except OSError as error:
        raise MissingSourceError(
            f"the folder that this command runs in is not there any more: {error.strerror}",
            cure="change to one that is (cd), and give the command again",
        ) from error


def _wants_traceback() -> bool:
    flags = [each for each in sys.argv[1:] if each.startswith("-")]
    return bool(os.environ.get(TRACEBACK)) or any(
        each == "--verbose" or (not each.startswith("--") and "v" in each) for each in flags
    )
