"""What a good typographer would do to a text: one file a concern.

A pass takes a translation, the settings of typography and the list of amendments, which it adds to whenever it
changes a character, and gives a translation. By default no pass changes any.
"""

from collections.abc import Callable
from dataclasses import replace

from pipeline.document import Amendment, Book, Translation
from pipeline.settings.values import DEFAULTS, TypographySettings
from pipeline.typography import bidi, breaks, dates, digits, locale, numbers, other_way

Pass = Callable[[Translation, TypographySettings, list[Amendment]], Translation]


def _breaks(
    translation: Translation, settings: TypographySettings, _amendments: list[Amendment]
) -> Translation:
    return breaks.mark_up(translation, settings)


def _numbers(
    translation: Translation, _settings: TypographySettings, _amendments: list[Amendment]
) -> Translation:
    return numbers.keep(translation)


def _bidi(
    translation: Translation, _settings: TypographySettings, _amendments: list[Amendment]
) -> Translation:
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


def apply(book: Book, settings: TypographySettings = DEFAULTS.typography) -> Book:
    """The book with every pass applied to every translation, and every change listed."""
    amendments: list[Amendment] = []
    translations = []
    for translation in book.translations:
        for each in PASSES:
            translation = each(translation, settings, amendments)  # noqa: PLW2901
        translations.append(translation)
    return replace(
        book,
        translations=tuple(translations),
        amendments=(*book.amendments, *amendments),
    )
