"""Dates that the source writes in ISO 8601 are marked up as dates, and shown as they are written or,
where the book asks for it, in the long form of the locale.

The element has another use. The hyphens of a date are weak in the bidirectional algorithm (UAX 9, rule W4
joins no Arabic numbers across them): after Arabic letters 2021-12-24 would be shown as 24-12-2021. An
element with a direction of its own keeps the order.
"""

import datetime

from babel import Locale, UnknownLocaleError
from babel.dates import format_date

from pipeline.calendar import ISO_DATE, is_day
from pipeline.document import Amendment, Date, Inline, Text, Translation, divided, rewrite
from pipeline.errors import Origin
from pipeline.languages import Language
from pipeline.settings.values import Calendar, DateForm, TypographySettings
from pipeline.typography.locale import habits_of

BUDDHIST_ERA = 543
"""Years between the Buddhist era, as Thailand counts it, and the common one."""

RULE = "date in the long form of the locale"


def mark_up(
    translation: Translation, settings: TypographySettings, amendments: list[Amendment]
) -> Translation:
    """The translation with every ISO date in a :class:`Date`. Dates that are shown otherwise than they are
    written are added to ``amendments``."""

    def marked(written: str, at: Origin) -> Date:
        shown = written
        if settings.dates is DateForm.LONG:
            shown = long_form(written, translation.language, settings.calendar)
            amendments.append(Amendment(at, RULE, written, shown))
        return Date((Text(shown),), written)

    def change(inline: Inline, at: Origin) -> tuple[Inline, ...]:
        if not isinstance(inline, Text):
            return (inline,)
        days = (each.span() for each in ISO_DATE.finditer(inline.value) if is_day(each["iso"]))
        return tuple(
            marked(part, at) if is_date else Text(part)
            for part, is_date in divided(inline.value, days)
        )

    return rewrite(translation, change)


def long_form(iso: str, language: Language, calendar: Calendar = Calendar.GREGORIAN) -> str:
    """A date as the language writes it in full, by CLDR; as it is where CLDR does not know the language or
    the day does not exist.

    The Buddhist era is counted where the language's habits have it: CLDR, as Babel carries it, does not.
    """
    try:
        day = datetime.date.fromisoformat(iso)
        locale = Locale.parse(language.tag.replace("-", "_"))
    except (ValueError, UnknownLocaleError):
        return iso
    shown = format_date(day, format="long", locale=locale)
    era = habits_of(language).buddhist_era
    if calendar is Calendar.BUDDHIST and era:
        common = str(locale.eras["abbreviated"][1])
        shown = shown.replace(str(day.year), str(day.year + BUDDHIST_ERA)).replace(common, era)
    return shown
