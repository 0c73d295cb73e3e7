"""Pentapla: one text in many languages becomes HTML, EPUB, PDF and one combined edition.

What programs use, each imported when it is first asked for:

- :func:`load`: from a folder of texts to a book;
- :func:`build`: from a folder of texts to a folder of books, and a :class:`Report`;
- :func:`check`: what judges say of made books;
- :func:`impose`: from the bytes of a PDF to sheets;
- :class:`Options`: what can be asked for;
- :class:`PentaplaError`: everything that can go wrong, with its cure.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pipeline.checks.judges import check as check
    from pipeline.configuration.options import Options as Options
    from pipeline.errors import PentaplaError as PentaplaError
    from pipeline.jobs.build import Report as Report
    from pipeline.jobs.build import build as build
    from pipeline.pdf.imposition import impose as impose
    from pipeline.sources.load import load as load

__version__ = "0.1.0"
GENERATOR = f"Pentapla {__version__}"

_PLACES = {
    "Options": "pipeline.sources",
    "PentaplaError": "pipeline.errors",
    "Report": "pipeline.jobs.build",
    "build": "pipeline.jobs.build",
    "check": "pipeline.checks.judges",
    "impose": "pipeline.pdf.imposition",
    "load": "pipeline.sources",
}
"""The module of each public name."""


def __getattr__(name: str) -> Any:
    if name in _PLACES:
        return getattr(import_module(_PLACES[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
