"""What a good typographer would do to a text: one file a concern.

A pass takes a translation, the book's habits and the list of amendments, which it adds to whenever it changes
a character, and gives a translation. By default no pass changes any.
"""

from collections.abc import Callable
from dataclasses import replace

from pipeline.document import Amendment, Book, Habits, Translation
from pipeline.typography import bidi, breaks, dates, digits, locale, numbers, other_way

Pass = Callable[[Translation, Habits, list[Amendment]], Translation]


def _breaks(translation: Translation, habits: Habits, _amendments: list[Amendment]) -> Translation:
    return breaks.mark_up(translation, habits)


def _numbers(
    translation: Translation, _habits: Habits, _amendments: list[Amendment]
) -> Translation:
    return numbers.keep(translation)


def _bidi(translation: Translation, _habits: Habits, _amendments: list[Amendment]) -> Translation:
    return bidi.isolate(other_way.mark(translation))


# What changes characters comes first, what looks at whole words and lines after it.
PASSES: tuple[Pass, ...] = (
    dates.mark_up,
    locale.settle,
    digits.settle,
    _numbers,
    _bidi,
    _breaks,
)


def apply(book: Book) -> Book:
    """The book with every pass applied to every translation, and every change listed."""
    amendments: list[Amendment] = []
    translations = []
    for translation in book.translations:
        for each in PASSES:
            translation = each(translation, book.habits, amendments)  # noqa: PLW2901
        translations.append(translation)
    return replace(
        book,
        translations=tuple(translations),
        amendments=(*book.amendments, *amendments),
    )
