"""Installing typefaces from PyPI, for who asks for it: by pip, into the environment that Pentapla runs in."""

import subprocess
import sys
from collections.abc import Sequence

from pipeline.errors import FontError
from pipeline.fonts.families import look_again
from pipeline.fonts.sources import Source
from pipeline.languages import table


def requirement(source: Source) -> str:
    """A package as pip is asked for it: in the version that its typefaces were looked at in."""
    row = table().packages.get(source.package)
    return f"{source.package}=={row.version}" if row and row.version else source.package


def install(sources: Sequence[Source]) -> None:
    """Install some packages of PyPI. pip's own settings and variables hold (an index, a folder of wheels).

    Raises :class:`FontError` where pip cannot.
    """
    if not sources:
        return
    requirements = [requirement(each) for each in sources]
    command = [sys.executable, "-m", "pip", "install", "--disable-pip-version-check", "--no-input"]
    # Wheels alone: to build a package, pip would run what it has fetched.
    command += ["--only-binary", ":all:", *requirements]
    done = subprocess.run(  # noqa: S603 - names of our own table
        command, capture_output=True, text=True, check=False
    )
    if done.returncode:
        said = [line for line in done.stderr.splitlines() if line.strip()]
        reasons = [line for line in said if line.startswith("ERROR:")] or said[-1:] or ["no reason"]
        names = " ".join(requirements)
        raise FontError(
            f"pip could not install {names}: {reasons[-1].removeprefix('ERROR:').strip()}",
            cure="see whether this machine reaches PyPI; or fetch them on another one (pip download "
            f"{names}) and run this again with PIP_NO_INDEX=1 and PIP_FIND_LINKS set to the folder that "
            "they are in; or take Debian's packages, which pentapla faces names",
        )
    look_again()
