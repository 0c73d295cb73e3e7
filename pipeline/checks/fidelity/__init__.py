"""Fidelity: what the texts say against what the files say.

``judge`` compares; ``units`` are what must be said, ``markup`` reads HTML and EPUB, ``printed`` and
``extraction`` read PDF; the others are what these share.
"""
