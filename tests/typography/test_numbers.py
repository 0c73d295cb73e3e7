"""Numbers of several parts: what stays in one piece, and that it does so in print."""

from dataclasses import replace

import pytest

from pipeline.document import Whole, find, plain
from tests.typography import layout
from tests.typography.texts import passed

WHOLE = [
    ("de", "Rufen Sie +49 30 1234567 an.", ["+49 30 1234567"]),
    ("de", "Oder +49 (0)30 1234-567.", ["+49 (0)30 1234-567"]),
    ("en", "Call +1 (212) 555-0123, now", ["+1 (212) 555-0123"]),
    ("th", "โทร +66 2 123 4567 ครับ", ["+66 2 123 4567"]),
    ("de", "030 1234-567 und (030) 123 45 67", ["030 1234-567", "(030) 123 45 67"]),
    ("de", "Das sind 10 000 Leute, 1 234 567,89 im Jahr", ["10 000", "1 234 567,89"]),
    ("fr", "1 000 km, 12,5 % à 20 °C.", ["1 000 km", "12,5 %", "20 °C"]),
    ("es", "Son -5 °C y 5 kWh", ["-5 °C", "5 kWh"]),
    ("de", "nach § 5 und §§ 12, № 7", ["§ 5", "§§ 12", "№ 7"]),
    ("ar", "اتصل +49 30 1234567 أو 60 % من", ["+49 30 1234567", "60 %"]),
    ("hi", "कुल १० ००० और ५ %", ["१० ०००", "५ %"]),
    ("de", "Rufen Sie 0800 555 123 oder 05 21 43 65 87.", ["0800 555 123", "05 21 43 65 87"]),
    (
        "en",
        "Call 555-123-4567 or (212) 555-4321 ext. 12!",
        ["555-123-4567", "(212) 555-4321 ext. 12"],
    ),
    ("ar", "اتصل ٠٣٠-٥٥٥٤٣٢١ أو ۰۲۱ ۵۵۵ ۴۳۲۱ الآن", ["٠٣٠-٥٥٥٤٣٢١", "۰۲۱ ۵۵۵ ۴۳۲۱"]),
    ("th", "โทร ๐๒ ๑๒๓ ๔๕๖๗ ครับ", ["๐๒ ๑๒๓ ๔๕๖๗"]),
    ("ar", "ثم و+7 % كتاب", ["+7 %"]),
    # --- what is no such number
    ("de", "Die Jahre 2019 2020 2021, Seiten 750-1258, um 08-10 14-16 Uhr, 05.06.2021", []),
    ("en", "Verse 3:16, a score of 0-2, ISBN 0-306-40615-2", []),
    ("de", "Im Jahr 1984 100 Leute, am 24. 12. 2021", []),
    ("de", "5 Männer und 12 Frauen, 5%, 5 sind da", []),
    ("de", "Die Rechnung 2 + 3 ist 5 - 0 mehr", []),
    ("de", "2021-12-24, 978-3-16-148410-0, A1 000", []),
    ("de", "Kapitel 3.4 mit 5 minus 2", []),
    ("de", "`+49 30 1234567` https://a.example/030-1234567", []),
]


@pytest.mark.parametrize(("tag", "text", "wanted"), WHOLE)
def test_what_belongs_together_is_one(tag: str, text: str, wanted: list[str]) -> None:
    done = passed(text, tag)
    assert [plain(each.children) for each in find(done.translation, Whole)] == wanted
    assert done.text == text.replace("`", ""), "no character changes"
    assert done.amendments == ()


@pytest.mark.parametrize("number", ["+49 30 1234567", "10 000 km", "030 1234-567", "20 °C"])
@pytest.mark.parametrize("tag", ["de", "ar"])
def test_no_line_breaks_in_one_nor_before_the_comma_behind_it(tag: str, number: str) -> None:
    words = {"de": "Wort und Satz", "ar": "كلمة وجملة"}[tag]
    done = passed(
        " ".join(f"{words[: 1 + at % len(words)].strip()} {number}," for at in range(60)), tag
    )
    made = replace(layout.book(layout.SOURCES[0]), translations=(done.translation,))
    (paragraph,) = [
        each for each in layout.set_lines(made, tag, (105.0, 148.0)) if number in each.text
    ]
    assert len(paragraph.lines) > 15
    assert sum(line.text.count(number) for line in paragraph.lines) == 60
    assert not any(line.text.strip().startswith(",") for line in paragraph.lines)
