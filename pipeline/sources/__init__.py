"""From a folder of texts to one :class:`~pipeline.document.Book`."""

from pipeline.configuration.options import Configuration, Options
from pipeline.settings.values import FormatName
from pipeline.sources.load import Loaded, load, load_all

__all__ = ["Configuration", "FormatName", "Loaded", "Options", "load", "load_all"]
