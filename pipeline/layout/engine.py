"""WeasyPrint, prepared: it has no fonts but the declared ones, and every warning of it is an error.

The library reads fontconfig's configuration when it is imported and whenever it lays out. An empty
configuration makes the output the same on every machine, and faster; so it has to be in the
environment before the import, which is why the import stands inside a function.
"""

import atexit
import ctypes.util
import logging
import os
import sys
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache, cached_property
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

from pipeline.errors import LayoutError, MissingLibraryError
from pipeline.fonts.families import declared
from pipeline.languages import table
from pipeline.layout import styles
from pipeline.layout.mends import mend
from pipeline.machine import temporary

EMPTY_CONFIGURATION = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig>
  <cachedir>{cache}</cachedir>
  <alias binding="same"><family>emoji</family><prefer><family>{emoji}</family></prefer></alias>
</fontconfig>
"""
"""Without fonts. Pango asks for emoji in a family of that name, whatever family the text is in."""


@cache
def _folder() -> Path:
    """A folder for this process's font files, gone when it ends."""
    folder = temporary.make()
    atexit.register(temporary.remove, folder)
    return folder


@cache
def weasyprint() -> ModuleType:
    """The library, imported with an empty configuration of fontconfig, and corrected.

    Raises :class:`MissingLibraryError` where Pango or a library that belongs to it is not installed.
    """
    folder = _folder()
    configuration = folder / "fonts.conf"
    emoji = declared(table().emoji).name
    content = EMPTY_CONFIGURATION.format(cache=folder / "cache", emoji=emoji)
    configuration.write_text(content, encoding="utf-8")
    os.environ["FONTCONFIG_FILE"] = str(configuration)
    with warnings.catch_warnings(), _by_their_names():
        # It warns of a configuration without fonts, which is what is wanted.
        warnings.simplefilter("ignore")
        try:
            library = import_module("weasyprint")
        except OSError as error:
            raise MissingLibraryError(
                f"a library for laying out text is missing ({error})",
                cure="install Pango: apt-get install libpango-1.0-0 libpangoft2-1.0-0 "
                "libharfbuzz-subset0",
            ) from error
    mend(library)
    return library


def _no_other(name: str) -> str | None:  # noqa: ARG001 - as ctypes has it
    return None


@contextmanager
def _by_their_names() -> Iterator[None]:
    """While this is open, let libraries on Linux be found by their names alone, by the system's own linker.

    Each is tried under the names of several systems. For every wrong one :mod:`ctypes` asks the compiler and
    the linker for another, which takes most of a second in all, and on Linux the right one is among them.
    """
    search = ctypes.util.find_library
    if sys.platform == "linux":
        ctypes.util.find_library = _no_other
    try:
        yield
    finally:
        ctypes.util.find_library = search


class Fonts:
    """The faces of one book as the layout engine has them: its documents share them, and no other book's."""

    @cached_property
    def configuration(self) -> Any:
        """What the engine wants for a document. Faces are read once, by the first that declares them, which
        takes some 3 ms a face, and 100 ms where it has all Chinese characters."""
        weasyprint()
        from weasyprint.text.fonts import FontConfiguration  # noqa: PLC0415

        made = FontConfiguration()
        # It copies font files into a folder that it removes when it is collected, which at the end of a
        # process may never happen; this folder is removed in any case.
        made._folder = Path(tempfile.mkdtemp(dir=_folder()))  # noqa: SLF001
        made.kept = self.kept
        return made

    @cached_property
    def kept(self) -> styles.Kept:
        """The style sheets that were read last."""
        return styles.Kept()


class _Listener(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.heard: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.heard.append(record.getMessage())


@contextmanager
def silence(name: str, fonts: Fonts | None = None) -> Iterator[None]:
    """Collect the warnings of the library while ``name`` is laid out, with the faces ``fonts``.

    Raises :class:`LayoutError` at the end where there are any: a missing picture or glyph is an error here.
    """
    logger = logging.getLogger("weasyprint")
    listener = _Listener()
    propagates, logger.propagate = logger.propagate, False
    logger.addHandler(listener)
    try:
        yield
    finally:
        logger.removeHandler(listener)
        logger.propagate = propagates
    if listener.heard:
        if fonts is not None:
            fonts.kept.clear()  # what is wrong in a style sheet that is kept is not warned of again
        heard = "; ".join(dict.fromkeys(listener.heard))
        raise LayoutError(
            f"{name}: the layout engine warns: {heard}",
            cure="check the theme and the templates that were changed",
        )
