"""Pentapla: one text in many languages becomes HTML, EPUB, PDF and one combined edition."""

__version__ = "0.1.0"
GENERATOR = f"Pentapla {__version__}"
