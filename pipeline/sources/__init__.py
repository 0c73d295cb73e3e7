"""From a folder of texts to one :class:`~pipeline.document.Book`."""

from pipeline.settings.options import FormatName, Options, Settings
from pipeline.sources.load import Loaded, load, load_all

__all__ = ["FormatName", "Loaded", "Options", "Settings", "load", "load_all"]
