"""Digits: one kind in one text, with the separators that go with them."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.languages import language
from pipeline.settings.values import Digits, TypographySettings
from pipeline.typography.digits import numbering
from tests.typography.texts import passed


@pytest.mark.parametrize(
    ("tag", "wanted", "before", "after"),
    [
        ("ar", Digits.NATIVE, "في 2021 كتاب", "في ٢٠٢١ كتاب"),
        ("ar", Digits.LOCALE, "في 2021 كتاب", "في 2021 كتاب"),
        ("ar-EG", Digits.LOCALE, "في 2021 كتاب", "في ٢٠٢١ كتاب"),
        ("ar-MA", Digits.LOCALE, "في ٢٠٢١ كتاب", "في 2021 كتاب"),
        ("ar", Digits.LATIN, "سعر ١٬٢٣٤٫٥٦ كتاب", "سعر 1,234.56 كتاب"),
        ("ar-SA", Digits.LOCALE, "سعر 1,234.56 كتاب", "سعر ١٬٢٣٤٫٥٦ كتاب"),
        ("ar-SA", Digits.LOCALE, "سعر 60% كتاب", "سعر ٦٠٪ كتاب"),
        ("ar-SA", Digits.LOCALE, "سعر 60 % كتاب", "سعر ٦٠ ٪ كتاب"),
        ("ar", Digits.LATIN, "سعر ٦٠٪ كتاب", "سعر 60% كتاب"),
        ("ar-SA", Digits.LOCALE, "في 24.12.2021 أو 14:30", "في ٢٤.١٢.٢٠٢١ أو ١٤:٣٠"),
        ("ar-SA", Digits.LOCALE, "في 9–17 أو 2010-2015", "في ٩–١٧ أو ٢٠١٠-٢٠١٥"),
        ("ar-SA", Digits.LOCALE, "في 12 و۳ و٤", "في ١٢ و٣ و٤"),
        ("fa", Digits.LOCALE, "سال 2021، 12%", "سال ۲۰۲۱، ۱۲٪"),
        ("th", Digits.NATIVE, "ปี 2564 และ 5%", "ปี ๒๕๖๔ และ ๕%"),
        ("th", Digits.LOCALE, "ปี 2564", "ปี 2564"),
        ("hi", Digits.NATIVE, "साल 2021", "साल २०२१"),
        ("de", Digits.NATIVE, "im Jahr 2021", "im Jahr 2021"),
        ("ar-SA", Digits.AS_IS, "في 12 و۳", "في 12 و۳"),
        # What has Latin letters in it keeps its digits.
        ("ar-SA", Digits.LOCALE, "ملف MP3 و B2B و Windows 11", "ملف MP3 و B2B و Windows 11"),
        ("ar-SA", Digits.LOCALE, "https://a.example/2021/3 من", "https://a.example/2021/3 من"),
        ("ar-SA", Digits.LOCALE, "a3@b2.example من", "a3@b2.example من"),
        ("ar-SA", Digits.LOCALE, "كتاب `x = 12` من", "كتاب x = 12 من"),
    ],
)
def test_numbers_are_written_in_the_digits_that_are_asked_for(
    tag: str, wanted: Digits, before: str, after: str
) -> None:
    done = passed(before, tag, TypographySettings(digits=wanted))
    assert done.text == after
    again = passed(after.replace("x = 12", "`x = 12`"), tag, TypographySettings(digits=wanted))
    assert again.text == after
    assert again.amendments == ()


def test_every_change_is_listed() -> None:
    done = passed("كتاب\n\nفي 2021 سعر 60%", "ar-SA", TypographySettings(digits=Digits.LOCALE))
    assert [(each.at.line, each.before, each.after) for each in done.amendments] == [
        (3, "2021", "٢٠٢١"),
        (3, "60%", "٦٠٪"),
    ]


@pytest.mark.parametrize(
    ("tag", "native", "usual"),
    [
        ("ar", "arab", "latn"),
        ("ar-EG", "arab", "arab"),
        ("ar-MA", "arab", "latn"),
        ("fa", "arabext", "arabext"),
        ("th", "thai", "latn"),
        ("de", "latn", "latn"),
    ],
)
def test_the_system_is_cldrs(tag: str, native: str, usual: str) -> None:
    assert numbering(language(tag), Digits.NATIVE) == native
    assert numbering(language(tag), Digits.LOCALE) == usual


ARABIC = st.text(st.sampled_from("ابتث ،.,:-–/%()0123456789٠١٢٣٤٥٦٧٨٩۰۱۲"), max_size=40)


@settings(max_examples=60, deadline=None)
@given(ARABIC)
def test_digits_are_never_mixed_where_there_are_no_latin_letters(text: str) -> None:
    done = passed(f"ا {text}", "ar-SA", TypographySettings(digits=Digits.LOCALE)).text
    zeros = {ord(char) - unicodedata.decimal(char) for char in done if char.isdecimal()}
    assert zeros <= {0x0660}
