"""The typography of the locale: every rule with what it finds and what it makes of it."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.errors import Origin
from pipeline.languages import language
from pipeline.settings.values import Conventions, TypographySettings
from pipeline.typography.locale import habits_of
from tests.typography.texts import passed

LOCALE = TypographySettings(conventions=Conventions.LOCALE)

RULES = [
    # --- German: the dot is a no-break space, the underscore a narrow one
    ("de", 'Er sagte "ja" dazu.', "Er sagte „ja“ dazu."),
    ("de", "Er sagte »ja« dazu.", "Er sagte „ja“ dazu."),
    ("de", "Er sagte «ja» dazu.", "Er sagte „ja“ dazu."),
    ("de", "Er sagte “ja” dazu.", "Er sagte „ja“ dazu."),
    ("de", "Er sagte „ja“ dazu.", "Er sagte „ja“ dazu."),
    ("de", '"Er sagte **"ja"** dazu', '"Er sagte "ja" dazu'),
    ("de", '("ja")', "(„ja“)"),
    ("de-CH", 'Er sagte "ja" dazu.', "Er sagte «ja» dazu."),
    ("de-AT", 'Er sagte "ja" dazu.', "Er sagte „ja“ dazu."),
    ("de", "Wie geht's?", "Wie geht’s?"),
    ("de", "Das Buch - ein gutes - liegt da.", "Das Buch·– ein gutes·– liegt da."),
    ("de", "Das Buch – ein gutes – liegt da.", "Das Buch·– ein gutes·– liegt da."),
    ("de", "Die Rechnung 5 - 3 bleibt.", "Die Rechnung 5 - 3 bleibt."),
    ("de", "Das ist z. B. gut, d. h. u. a. hier.", "Das ist z._B. gut, d._h. u._a. hier."),
    ("de", "Das ist z.B. gut, i.d.R. hier.", "Das ist z._B. gut, i._d._R. hier."),
    ("de", "Im Jahr 5 v. Chr. und n.Chr.", "Im Jahr 5 v._Chr. und n._Chr."),
    ("de", "Dr. Müller und Prof. Meier", "Dr.·Müller und Prof.·Meier"),
    ("de", "nach § 5 auf S. 12", "nach §·5 auf S.·12"),
    ("de", "12 % um 22 Uhr für 5 €", "12·% um 22·Uhr für 5·€"),
    ("de", "am 24. Dezember 2021", "am 24.·Dezember 2021"),
    # --- German: quotations in quotations, and the apostrophes beside them
    ("de", "\"Er sagte 'Nein'.\"", "„Er sagte ‚Nein‘.“"),
    ("de", "\"'Nein', sagte er.\"", "„‚Nein‘, sagte er.“"),
    ("de", "\"Er sagte 'Nein'\"", "„Er sagte ‚Nein‘“"),
    ("de", "\"'Ja' oder ('Nein')?\"", "„‚Ja‘ oder (‚Nein‘)?“"),
    ("de", "“Er sagte ‘Nein’.” Wie?", "„Er sagte ‚Nein‘.“ Wie?"),
    ("de", "\"Er sagte **'Nein'**.\"", "„Er sagte ‚Nein‘.“"),
    ("de", "\"Sie sagt: 'Wie geht's?'\"", "„Sie sagt: ‚Wie geht’s?‘“"),
    ("de", "Er sagte 'Nein'.", "Er sagte 'Nein'."),
    ("de", "\"Hans' Hut\" und Hans' Hut", "„Hans' Hut“ und Hans' Hut"),
    ("de", "\"Sie sagt: 'Hans' Hut'\"", "„Sie sagt: 'Hans' Hut'“"),
    ("de", "\"Das war '68 bei Hans' Tante.\"", "„Das war '68 bei Hans' Tante.“"),
    ("de", "\"Da ist 'n Ei und Hans' Hut.\"", "„Da ist 'n Ei und Hans' Hut.“"),
    ("de", "\"Rock 'n' Roll\"", "„Rock 'n' Roll“"),
    ("de", "\"Ein Brett von 5' 3 Zoll\"", "„Ein Brett von 5' 3 Zoll“"),
    ("de", "\"Er sagte 'ja\" und \"nein' dazu\"", "„Er sagte 'ja“ und „nein' dazu“"),
    ("de-CH", "\"Er sagte 'Nein'.\"", "«Er sagte ‹Nein›.»"),
    # --- Spanish
    ("es", "Dijo \"sí, 'claro', y ya\".", "Dijo «sí, “claro”, y ya»."),
    ("es", "\"Son pa' ti\"", "«Son pa' ti»"),
    ("es", 'Dijo "sí" y se fue.', "Dijo «sí» y se fue."),
    ("es-419", 'Dijo "sí" y se fue.', "Dijo “sí” y se fue."),
    ("es-MX", 'Dijo «sí» y se fue.', "Dijo “sí” y se fue."),
    ("es", "Dijo « sí » y se fue.", "Dijo «sí» y se fue."),
    ("es", "¿ Qué dijo ?", "¿Qué dijo?"),
    ("es", "¡ Hola ! Bien.", "¡Hola! Bien."),
    ("es", "El libro – muy bueno – está ahí.", "El libro —muy bueno— está ahí."),
    ("es", "El libro -muy bueno-, está ahí.", "El libro —muy bueno—, está ahí."),
    ("es", "El libro -**muy** bueno- está.", "El libro —muy bueno— está."),
    ("es", "Hace -5 grados, no - creo - más.", "Hace -5 grados, no —creo— más."),
    ("es", 'Dijo "hasta luego."', "Dijo «hasta luego»."),
    ("es", 'Hay "libros, etc."', "Hay «libros, etc.»"),
    ("es", "Son 12 % de 5 kg", "Son 12·% de 5·kg"),
    # --- Indonesian
    ("id", 'Dia berkata "ya" lagi.', "Dia berkata “ya” lagi."),
    ("id", "anak-anak Jum'at", "anak-anak Jum’at"),
    ("id", "harga Rp 5.000,00 atau Rp. 1.234.567,89", "harga Rp5.000,00 atau Rp1.234.567,89"),
    # --- Arabic
    ("ar", "متجر ، كتاب ؛ اليوم ؟", "متجر، كتاب؛ اليوم؟"),
    ("ar", "متجر, كتاب; اليوم?", "متجر، كتاب؛ اليوم؟"),
    ("ar", "كتاب . اليوم : من !", "كتاب. اليوم: من!"),
    ("ar", 'متجر "كتاب" من', "متجر «كتاب» من"),
    ("ar", "متجر “كتاب” من", "متجر «كتاب» من"),
    ("ar", "Apple, Google; 1, 2", "Apple, Google; 1, 2"),
    ("fa", 'سال , "کتاب"', "سال، «کتاب»"),
    # --- others
    ("en", "\"I'd say 'don't', wouldn't I?\"", "“I’d say ‘don’t’, wouldn’t I?”"),
    ("en", "\"'Tis the dogs' bowl.\"", "“'Tis the dogs' bowl.”"),
    ("en", "\"It isn't o'clock.\"", "“It isn’t o’clock.”"),
    ("fr", "Il dit \"oui, 'bon'\".", "Il dit «·oui, “bon”·»."),
    ("nl", 'Hij zei "nee".', "Hij zei ‘nee’."),
    ("nl", "\"Hij zei 'nee'.\"", "‘Hij zei “nee”.’"),
    ("nl", "\"Hij zei 's avonds 'nee'.\"", "‘Hij zei 's avonds “nee”.’"),
    ("ru", "Он сказал: \"это 'да' сразу\".", "Он сказал: «это „да“ сразу»."),
    ("ja", "\"彼は 'はい' と\"", "「彼は 『はい』 と」"),
    ("fr", 'Il dit "oui" : quoi ?', "Il dit «·oui·»·: quoi_?"),
    ("he", 'צה"ל אמר', 'צה"ל אמר'),
    ("sv", 'Han sa "ja" då.', "Han sa ”ja” då."),
    ("ja", '彼は "はい" と', "彼は 「はい」 と"),
    ("pt-PT", 'Ele disse "sim" ali.', "Ele disse «sim» ali."),
    ("pt-BR", 'Ele disse "sim" ali.', "Ele disse “sim” ali."),
    ("th", 'เขาพูดว่า "ใช่" แล้ว', "เขาพูดว่า “ใช่” แล้ว"),
    # --- what is not sure stays
    ("de", 'Der Schirm hat 15" und mehr.', 'Der Schirm hat 15" und mehr.'),
    ("de", 'Er hat 15" und 17" hier.', 'Er hat 15" und 17" hier.'),
    ("de", '"Er sagte "ja" dazu"', '"Er sagte "ja" dazu"'),
]  # fmt: skip


def shown(text: str) -> str:
    return text.replace("\u00a0", "·").replace("\u202f", "_")


@pytest.mark.parametrize(("tag", "before", "after"), RULES)
def test_a_rule_makes_of_a_text_what_it_says(tag: str, before: str, after: str) -> None:
    assert shown(passed(before, tag, LOCALE).text) == after


@pytest.mark.parametrize(("tag", "before", "after"), RULES)
def test_a_second_time_changes_nothing(tag: str, before: str, after: str) -> None:
    once = passed(before, tag, LOCALE).text
    again = passed(once, tag, LOCALE)
    assert again.text == once
    assert again.amendments == ()


@pytest.mark.parametrize(("tag", "before", "after"), RULES)
def test_nothing_changes_as_is(tag: str, before: str, after: str) -> None:
    done = passed(before, tag)
    assert done.text == before.replace("**", "")
    assert done.amendments == ()


def test_every_change_is_listed_with_file_and_line() -> None:
    text = 'Ein Satz.\n\nEr sagte "ja" um 22 Uhr.\n\n- Dr. Müller\n'
    done = passed(text, "de", LOCALE)
    listed = [(each.at, each.rule, each.before, each.after) for each in done.amendments]
    assert [at for at, *_ in listed] == [Origin("a.de.md", line) for line in (3, 3, 3, 5)]
    assert [rule for _, rule, *_ in listed] == [
        "quotation mark",
        "quotation mark",
        "no-break space before a unit",
        "no-break space behind a title",
    ]
    assert all(before != after for *_, before, after in listed)
    assert "„ja" in listed[0][3]
    assert '"ja' in listed[0][2]


@pytest.mark.parametrize(
    "text",
    [
        '`it\'s "a" - b`',
        '    it\'s "a" - b',
        'https://a.example/it\'s/z.B./?q="a"',
        "siehe a'b@d.example",
        "www.a.example/it's",
        "2021-12-24",
    ],
)
def test_code_addresses_and_dates_stay(text: str) -> None:
    done = passed(text, "de", LOCALE)
    assert done.text == passed(text, "de").text
    assert done.amendments == ()


def test_markup_stays_where_it_is() -> None:
    done = passed('Er **"sagte** *ja"* dazu, **z.** B. hier.', "de", LOCALE)
    kinds = [type(each).__name__ for block in done.blocks for each in block.inlines]  # type: ignore[attr-defined]
    assert kinds == ["Text", "Strong", "Text", "Emphasis", "Text", "Strong", "Text"]
    assert shown(done.text) == "Er „sagte ja“ dazu, z._B. hier."


@pytest.mark.parametrize(
    ("tag", "quotes"),
    [
        ("de", "„“‚‘"), ("de-CH", "«»‹›"), ("de-LI", "«»‹›"), ("es", "«»“”"), ("es-AR", "“”‘’"),
        ("es-MX", "“”‘’"), ("es-ES", "«»“”"), ("id", "“”‘’"), ("th", "“”‘’"), ("pt", "“”‘’"),
        ("pt-AO", "«»“”"), ("zh", "“”‘’"), ("zh-Hant", "「」『』"), ("zh-Hant-HK", "「」『』"),
        ("tr", "“”‘’"), ("hr", "„“‚‘"), ("pl", "„”«»"), ("fi", "””’’"), ("ur", "”“’‘"),
        ("eu", "«»“”"), ("kk-Arab", "»«›‹"),
    ],
)  # fmt: skip
def test_quotation_marks_come_from_the_most_particular_row(tag: str, quotes: str) -> None:
    assert "".join(habits_of(language(tag)).quotes) == quotes


WORDS = st.text(
    st.one_of(
        st.sampled_from("\"'“”„«»‹› .,;:-–—()[]?!%§\u00a0\u202f،؛؟¿¡zBdhu5\n"),
        st.characters(categories=("L", "N", "P", "Zs")),
    ),
    max_size=60,
)


@settings(max_examples=60, deadline=None)
@given(WORDS, st.sampled_from(["de", "de-CH", "es", "es-419", "id", "ar", "fr", "th", "ja"]))
def test_letters_and_digits_never_change(text: str, tag: str) -> None:
    def core(value: str) -> str:
        return "".join(char for char in value if unicodedata.category(char)[0] in "LN")

    plain = "".join(char for char in text if char not in "`*_[]\\<>&~#|^")
    assert core(passed(plain, tag, LOCALE).text) == core(passed(plain, tag).text)
