"""Dates in ISO 8601 are marked up, and shown as they are written or in the long form of the locale."""

import pytest

from pipeline.document import Date, find, plain
from pipeline.errors import Origin
from pipeline.languages import Direction, language
from pipeline.settings.values import Calendar, DateForm, Digits, TypographySettings
from pipeline.typography.dates import long_form
from tests.typography.texts import passed

LONG = TypographySettings(dates=DateForm.LONG)
BUDDHIST = TypographySettings(dates=DateForm.LONG, calendar=Calendar.BUDDHIST)


def isos(text: str, tag: str = "de") -> list[str]:
    done = passed(text, tag)
    assert done.amendments == (), "not a character changes"
    found = list(find(done.translation, Date))
    assert all(plain(each.children) == each.iso for each in found)
    return [each.iso for each in found]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Datum: 2021-12-24", ["2021-12-24"]),
        ("2021-12-24", ["2021-12-24"]),
        ("von 2021-12-24 bis 2022-01-06.", ["2021-12-24", "2022-01-06"]),
        ("(2021-12-24)", ["2021-12-24"]),
        ("2021-13-24 und 2021-12-32", []),
        ("am 2021-02-30 war nichts", []),
        ("12021-12-24 und 2021-12-241", []),
        ("2021-12 und 24.12.2021", []),
        ("kein Datum", []),
        ("`2021-12-24`", []),
        ("    2021-12-24", []),
    ],
)
def test_only_whole_dates_are_marked_up(text: str, found: list[str]) -> None:
    assert isos(text) == found


def test_dates_are_found_in_headings_lists_tables_and_notes() -> None:
    content = (
        "# Am 2021-01-01\n\n- *2021-01-02*\n\n| a |\n|---|\n| 2021-01-03 |\n\n"
        "> [2021-01-04](https://example.org)\n\n## 2021-01-05\n\nx[^1]\n\n[^1]: 2021-01-06\n"
    )
    assert isos(content) == [f"2021-01-0{day}" for day in range(1, 7)]


@pytest.mark.parametrize(
    ("tag", "shown"),
    [
        ("de", "24. Dezember 2021"),
        ("de-AT", "24. Dezember 2021"),
        ("es", "24 de diciembre de 2021"),
        ("es-MX", "24 de diciembre de 2021"),
        ("id", "24 Desember 2021"),
        ("th", "24 ธันวาคม ค.ศ. 2021"),
        ("ar", "24 ديسمبر 2021"),
        ("ar-EG", "24 ديسمبر 2021"),
        ("ar-MA", "24 دجنبر 2021"),
        ("fr", "24 décembre 2021"),
        ("ja", "2021年12月24日"),
        ("en-US", "December 24, 2021"),
    ],
)
def test_the_long_form_is_the_locales(tag: str, shown: str) -> None:
    done = passed("2021-12-24", tag, LONG)
    (date,) = find(done.translation, Date)
    assert plain(date.children).replace("\u00a0", " ") == shown
    assert date.iso == "2021-12-24"
    (change,) = done.amendments
    assert (change.at, change.before) == (Origin(f"a.{tag}.md", 1), "2021-12-24")
    assert change.after == plain(date.children)


def test_the_buddhist_era_is_an_option_for_languages_that_count_by_it() -> None:
    assert passed("2021-12-24", "th", BUDDHIST).text == "24 ธันวาคม พ.ศ. 2564"
    assert passed("2021-12-24", "de", BUDDHIST).text == "24. Dezember 2021"


def test_a_day_that_does_not_exist_stays_as_it_is() -> None:
    assert long_form("2021-02-30", language("de")) == "2021-02-30"


@pytest.mark.parametrize(
    ("tag", "habits", "direction"),
    [
        ("ar", TypographySettings(), Direction.LTR),
        ("ar", LONG, Direction.RTL),
        ("he", LONG, Direction.RTL),
        ("ar-EG", TypographySettings(digits=Digits.NATIVE), Direction.RTL),
        ("de", LONG, None),
    ],
)
def test_a_date_has_a_direction_where_its_line_has_another(
    tag: str, habits: TypographySettings, direction: Direction | None
) -> None:
    (date,) = find(passed("2021-12-24", tag, habits).translation, Date)
    assert date.direction is direction


def test_a_long_date_takes_the_digits_of_the_book() -> None:
    habits = TypographySettings(dates=DateForm.LONG, digits=Digits.LOCALE)
    assert passed("2021-12-24", "ar-EG", habits).text == "٢٤ ديسمبر ٢٠٢١"
    assert passed("2021-12-24", "ar", habits).text == "24 ديسمبر 2021"
    thai = TypographySettings(dates=DateForm.LONG, calendar=Calendar.BUDDHIST, digits=Digits.NATIVE)
    assert passed("2021-12-24", "th", thai).text == "๒๔ ธันวาคม พ.ศ. ๒๕๖๔"
