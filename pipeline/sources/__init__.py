"""From a folder of texts to one :class:`~pipeline.document.Book`."""

from pipeline.sources.load import load
from pipeline.sources.settings import FormatName, Options, Settings

__all__ = ["FormatName", "Options", "Settings", "load"]
