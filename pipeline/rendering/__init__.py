"""From an edition to documents, through the templates.

``scene`` is one translation as one kind of document shows it; ``frames`` puts scenes into whole
documents; ``faces`` finds which characters need which face; ``measure`` sizes the type of covers.
"""

from pipeline.rendering.frames import Chapter, FileNames, Renderer, ShelfRow

__all__ = ["Chapter", "FileNames", "Renderer", "ShelfRow"]
