"""From a folder of texts to one :class:`~pipeline.document.Book`."""

from pipeline.configuration.options import Configuration, Options
from pipeline.settings.values import FormatName
from pipeline.sources.files import folder_of
from pipeline.sources.load import Loaded, load, load_all

__all__ = ["Configuration", "FormatName", "Loaded", "Options", "folder_of", "load", "load_all"]
