"""Which versions of libraries are there: of Python's packages, and of what the system has."""

import ctypes
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from functools import cache
from importlib import metadata

DISTRIBUTION = "pentapla"
NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
"""What a requirement begins with (PyPA, Dependency specifiers)."""

SYSTEM: Mapping[str, tuple[Sequence[str], str]] = {
    "pango": (("libpango-1.0.so.0", "libpango-1.0.dylib"), "pango_version_string"),
    "harfbuzz": (("libharfbuzz.so.0", "libharfbuzz.dylib"), "hb_version_string"),
}
"""Libraries of the system that lay out text: what their files are called, and the function that tells the
version."""


@cache
def packages() -> tuple[tuple[str, str], ...]:
    """The names and versions of the packages that the program needs, and of those that these need."""
    found: dict[str, str] = {}
    waiting = [DISTRIBUTION]
    while waiting:
        name = waiting.pop()
        key = re.sub(r"[-_.]+", "-", name).lower()
        if key not in found:
            with suppress(metadata.PackageNotFoundError):
                found[key] = metadata.version(name)
                waiting.extend(_needed(name))
    return tuple(sorted(found.items()))


def _needed(name: str) -> Iterator[str]:
    for requirement in metadata.requires(name) or ():
        if match := NAME.match(requirement):
            yield match[0]


@cache
def system() -> tuple[tuple[str, str], ...]:
    """The versions of the libraries of the system; empty texts for what is not there."""
    return tuple((name, _version(*how)) for name, how in SYSTEM.items())


def _version(files: Sequence[str], function: str) -> str:
    for file in files:
        with suppress(OSError, AttributeError):
            tell = getattr(ctypes.CDLL(file), function)
            tell.restype = ctypes.c_char_p
            return str(tell().decode())
    return ""
