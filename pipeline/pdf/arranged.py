"""What lays out the pages of arrangements, but for the sequence: one table."""

from collections.abc import Callable, Mapping
from typing import Any

from pipeline.editions import Edition
from pipeline.layout.documents import Engine
from pipeline.rendering import Renderer
from pipeline.rendering.pages import OutputCondition
from pipeline.settings.arrangements import ArrangementName

Layout = Callable[[Renderer, Edition, OutputCondition, Engine], Any]
"""Gives the pages of an edition as a document of the engine."""

LAYOUTS: Mapping[ArrangementName, Layout] = {}
