"""EPUB 3.3: writing it (through EbookLib), what it says of its accessibility, and reading its package."""
