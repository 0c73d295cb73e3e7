"""From an edition to documents, through the templates.

``renderer`` knows a book's faces and colours and puts names into templates; ``web``, ``press`` and
``ebook`` make the documents of their kind with it; ``scene`` is one translation as templates see it;
``style`` the numbers that style sheets need; ``faces`` finds which characters need which face;
``measure`` sizes the type of covers.
"""

from pipeline.rendering.renderer import FileNames, Renderer

__all__ = ["FileNames", "Renderer"]
