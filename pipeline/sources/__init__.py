"""From a folder of texts to one :class:`~pipeline.document.Book`."""

from pipeline.sources.load import Loaded, load, load_all
from pipeline.sources.settings import FormatName, Options, Settings

__all__ = ["FormatName", "Loaded", "Options", "Settings", "load", "load_all"]
