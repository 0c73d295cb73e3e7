"""What a good typographer would do to a text: one file a concern, each from Book to Book."""

from collections.abc import Callable
from dataclasses import replace

from pipeline.document import Book, Translation
from pipeline.typography import bidi, dates

PASSES: tuple[Callable[[Translation], Translation], ...] = (dates.mark_up, bidi.isolate)
"""In the order in which they are applied."""


def apply(book: Book) -> Book:
    """The book with every pass applied to every translation."""
    translations = book.translations
    for each in PASSES:
        translations = tuple(each(translation) for translation in translations)
    return replace(book, translations=translations)
