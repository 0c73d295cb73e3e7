"""From a folder of texts to one :class:`~pipeline.document.Book`."""

from pipeline.sources.configuration import FormatName, Options, Settings
from pipeline.sources.load import load

__all__ = ["FormatName", "Options", "Settings", "load"]
