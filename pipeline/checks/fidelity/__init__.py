"""Fidelity: whether a file holds the text of its sources, all of it, in order, and nothing else.

``judge`` compares; ``units`` are the pieces of text that a file must hold; ``markup`` reads HTML and EPUB,
``printed`` and ``extraction`` read PDF; the other modules hold what these share.
"""
