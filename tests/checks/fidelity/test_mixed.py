"""Phrase books, dense tables and emoji: programs give their words in an order of their own, and nothing that is
there is called lost; a word that is lost, changed or added is found all the same."""

import shutil
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from pipeline import typography
from pipeline.checks.fidelity import printed
from pipeline.checks.fidelity.extraction import Opened, open_pdf
from pipeline.checks.fidelity.extras import without_markers
from pipeline.checks.fidelity.mixed import WORDS, has_own_order, meets, without
from pipeline.checks.fidelity.units import LangDir, Piece, Unit, units
from pipeline.document import Translation
from pipeline.editions import Edition
from pipeline.errors import Origin
from pipeline.languages import Direction
from pipeline.pdf import write as writer
from pipeline.rendering import FileNames, Renderer
from pipeline.settings.values import EditionKind, Theme
from tests.unit_helpers import book_of

ARABIC = """---
title: كلمات السفر
---

# في الفندق

عندكم غرفة خالية؟ Haben Sie ein Zimmer frei?[^1]

نعم، لليلة واحدة — Ja, für eine Nacht — بسعر 85 يورو، مع الفطور (من 7–10).

- تصبح على خير: Gute Nacht
- أين المصعد؟ (Wo ist der Aufzug?)

| العربية | Deutsch | النطق | رمز |
|---|---|---|---|
| مفتاح الغرفة | der Zimmerschlüssel an der Rezeption | تسيمرشلوسل | K-12 |
| منشفتان نظيفتان | zwei saubere Handtücher | هانتوخر | H-7 |
| الطابق 4 من اليمين | im 4. Stock rechts | شتوك | S-40 |

1️⃣ خذ المفتاح 🔑 ثم 2️⃣ اصعد إلى الغرفة 👍🏽 مع العائلة 👨‍👩‍👧 تحت علم 🇩🇪 و🇪🇬 معًا.

[^1]: في الصيف: im Sommer nicht, ص. 14.
"""
GERMAN = """---
title: Reisewörter
---

# Im Hotel

Haben Sie ein Zimmer frei? عندكم غرفة خالية؟[^1]

Ja, für eine Nacht — نعم، لليلة واحدة — für 85 Euro, mit Frühstück (von 7–10).

- Gute Nacht: تصبح على خير
- Wo ist der Aufzug? (أين المصعد؟)

| Deutsch | العربية | Aussprache | Zeichen |
|---|---|---|---|
| der Zimmerschlüssel an der Rezeption | مفتاح الغرفة | miftāḥ al-ghurfa | K-12 |
| zwei saubere Handtücher | منشفتان نظيفتان | minschafatān | H-7 |
| im 4. Stock rechts | الطابق 4 من اليمين | aṭ-ṭābiq | S-40 |

1️⃣ Schlüssel nehmen 🔑 dann 2️⃣ ins Zimmer gehen 👍🏽 mit Familie 👨‍👩‍👧 unter 🇩🇪 und 🇪🇬 vereint.

[^1]: Im Sommer nicht: في الصيف, S. 14.
"""


NOTE = "1"
"""The number of the note: one more of it on the page may be that, as far as words in any order can tell."""


@dataclass(frozen=True)
class Read:
    translation: Translation
    opened: Opened

    def compared(self, wanted: list[Unit]) -> printed.Compared:
        return printed.compare(self.opened, [(self.translation, wanted)])

    @property
    def units(self) -> list[Unit]:
        return units(self.translation)


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Read]:
    """The phrase book in both languages, as programs read its PDFs."""
    return read_as(tmp_path_factory.mktemp("phrases"), {"a.ar.md": ARABIC, "a.de.md": GERMAN})


def read_as(folder: Path, files: Mapping[str, str]) -> dict[str, Read]:
    """The editions of some texts by their tags, as programs read their PDFs."""
    book = typography.apply(book_of(folder, files))
    out = {}
    for each in book.translations:
        edition = Edition(book, EditionKind.SINGLE, (each,))
        made = writer.write(Renderer(book, FileNames({})), edition)
        out[each.tag] = Read(each, open_pdf(made.content, Theme()))
    return out


def changes(wanted: list[Unit]) -> Iterator[tuple[str, list[Unit]]]:
    """A text with one word changed, dropped or there twice: for each of its words one of these, by turns."""
    turn = 0
    for at, unit in enumerate(wanted):
        for number, piece in enumerate(unit.pieces):
            for word in WORDS.finditer(piece.text):
                said = word.group()
                if not said.isalnum() or said == NOTE:
                    continue
                other = said[:-1] + ("7" if said[-1] != "7" else "8")
                new = (other, "", f"{said} {said}")[turn % 3]
                turn += 1
                text = piece.text[: word.start()] + new + piece.text[word.end() :]
                yield f"{unit.text}: “{said}” is “{new}”", _with(wanted, at, number, text)


def _with(wanted: list[Unit], at: int, number: int, text: str) -> list[Unit]:
    pieces = list(wanted[at].pieces)
    pieces[number] = Piece(text, pieces[number].lang_dir)
    return [*wanted[:at], replace(wanted[at], pieces=tuple(pieces)), *wanted[at + 1 :]]


@pytest.mark.parametrize("tag", ["ar", "de"])
def test_nothing_that_is_there_is_lost(books: dict[str, Read], tag: str) -> None:
    found = books[tag].compared(books[tag].units)
    assert [str(each) for each in found.findings] == []
    assert all(each.recovered == each.wanted and not each.added for each in found.recoveries)
    assert any("one by one" in note for note in found.notes)
    assert len(found.recoveries) == 1 + bool(shutil.which("pdftotext"))


@pytest.mark.parametrize("tag", ["ar", "de"])
def test_each_word_that_is_not_the_same_is_told(books: dict[str, Read], tag: str) -> None:
    """By every program, as a loss or as an addition."""
    whole = books[tag].units
    blind = []
    count = 0
    for told, wanted in changes(whole):
        count += 1
        for each in books[tag].compared(wanted).recoveries:
            if each.recovered == each.wanted and not each.added:
                blind.append(f"{each.program}: {told}")
    assert blind == []
    assert count > 70


@pytest.mark.parametrize("tag", ["ar", "de"])
def test_letters_in_each_others_place_are_told(books: dict[str, Read], tag: str) -> None:
    word = "Zimmerschlüssel"
    at, number, piece = next(
        (at, number, piece)
        for at, unit in enumerate(books[tag].units)
        for number, piece in enumerate(unit.pieces)
        if word in piece.text
    )
    text = piece.text.replace(word, "Zimmerschlüsesl")
    found = books[tag].compared(_with(books[tag].units, at, number, text))
    assert all(each.recovered < each.wanted for each in found.recoveries)


@pytest.mark.parametrize("tag", ["ar", "de"])
def test_paragraphs_in_each_others_place_are_told(books: dict[str, Read], tag: str) -> None:
    wanted = books[tag].units
    first, second = (at for at, unit in enumerate(wanted) if unit.kind == "paragraph" and at < 6)
    wanted[first], wanted[second] = wanted[second], wanted[first]
    found = books[tag].compared(wanted)
    assert all(each.share < 0.97 and each.grave for each in found.recoveries)


def test_a_word_may_be_broken_at_the_end_of_a_line() -> None:
    assert without("aus Zimmer-schlüssel dort", "Zimmerschlüssel") == "aus " + "\n" * 16 + " dort"
    assert without("aus Zimmer schlüssel dort", "Zimmerschlüssel") is None
    assert without("Zim-\nmer-\nschlüssel", "Zimmerschlüssel") == "\n" * 19
    assert without("Zim-\nmer-\nschlüsse", "Zimmerschlüssel") is None


@pytest.mark.parametrize(
    ("text", "among_rtl", "wanted"),
    [
        ("كلمة", True, False),
        ("word", False, False),
        ("12", False, False),
        ("كلمة word", False, True),
        ("كلمة 12", True, True),
        ("كلمة 🔑", True, True),
        ("https://example.org/", True, True),
    ],
)
def test_where_directions_meet(text: str, among_rtl: bool, wanted: bool) -> None:
    assert meets(text, among_rtl=among_rtl) == wanted


def test_the_call_of_a_note_meets_the_text_around_it() -> None:
    lang_dir = LangDir("ar", Direction.RTL)
    pieces = Piece("ثلاث كلمات هنا", lang_dir), Piece("[2]", lang_dir, call=True)
    called = Unit("", "paragraph", pieces, Origin("a.md", 1), among_rtl=True)
    assert has_own_order(called)
    assert not has_own_order(replace(called, pieces=pieces[:1]))


@pytest.mark.parametrize(
    ("lines", "wanted"),
    [
        (["im Jahr 1", "1. Erstens"], ["im Jahr 1", "\n\n Erstens"]),
        (["so ist es.1 Und dann"], ["so ist es.1 Und dann"]),
        ([".1 كلمة"], ["\n\n كلمة"]),
        (["كلمة .1"], ["كلمة \n\n"]),
        (["1. und 1."], ["\n\n und 1."]),
    ],
)
def test_the_number_of_a_note_is_no_part_of_what_stands_beside_it(
    lines: list[str], wanted: list[str]
) -> None:
    note = Unit("", "note", (), Origin("a.md", 1), note=1)
    assert without_markers(lines, [note], Counter({"1": 3, ".": 3})) == wanted


ALIKE = "Das steht so in den Akten der Gemeinde, und in keiner anderen Schrift der Zeit."


@pytest.fixture(scope="module")
def annotated(tmp_path_factory: pytest.TempPathFactory) -> Read:
    """A book with notes that differ in their numbers alone, and a table above the last of them."""
    paragraphs = "\n\n".join(
        f"Absatz {number} erzählt davon.[^{number}] Und es steht in einer Akte, die man noch hat."
        for number in range(2, 15)
    )
    table = "| Was[^15] | Wo |\n|---|---|\n| Akte[^2] | im Amt |"
    notes = "\n".join(f"[^{number}]: Fund {number}: {ALIKE} {ALIKE}" for number in range(1, 16))
    text = f"# Funde\n\n## Mit Note[^1]\n\n{paragraphs}\n\n{table}\n\n- Ende[^3]\n\n{notes}\n"
    return read_as(tmp_path_factory.mktemp("notes"), {"n.de.md": text})["de"]


def test_notes_that_are_nearly_the_same_are_told_from_each_other(annotated: Read) -> None:
    found = annotated.compared(annotated.units)
    assert [str(each) for each in found.findings] == []
    assert any("one by one" in note for note in found.notes)


def test_a_note_in_the_place_of_another_is_told(annotated: Read) -> None:
    wanted = annotated.units
    fourth, eighth = (at for at, unit in enumerate(wanted) if unit.note in (4, 8))
    wanted[fourth], wanted[eighth] = wanted[eighth], wanted[fourth]
    found = annotated.compared(wanted)
    assert all(each.recovered < each.wanted for each in found.recoveries)


FOREIGN = """# كتاب

This whole paragraph is in English, with 3 numbers and a full stop at its end.

- An item in English.
- عنصر

> A quotation.

كلمة.[^1]

[^1]: A note in English, number 5.
"""


def test_blocks_that_run_the_other_way_among_lines_from_right_to_left(tmp_path: Path) -> None:
    """pdfium sets the full stops of all lines of such a file at their other end."""
    made = read_as(tmp_path, {"a.ar.md": FOREIGN})["ar"]
    assert [str(each) for each in made.compared(made.units).findings] == []
    wanted = made.units
    wanted[1] = replace(wanted[1], pieces=(replace(wanted[1].pieces[0], text="This is another."),))
    assert all(each.recovered < each.wanted for each in made.compared(wanted).recoveries)


NARROW = "| " + " | ".join(f"Spalte{number}" for number in range(12)) + " |\n|" + "---|" * 12 + "\n"
LONG = "Donaudampfschifffahrtsgesellschaft"


def test_a_narrow_table_breaks_a_word_more_than_once(tmp_path: Path) -> None:
    rows = ("| " + " | ".join([LONG] * 12) + " |\n") * 8
    made = read_as(tmp_path, {"a.de.md": f"# Titel\n\n{NARROW}{rows}"})["de"]
    assert [str(each) for each in made.compared(made.units).findings] == []


def test_a_narrow_table_in_a_script_without_spaces(tmp_path: Path) -> None:
    """pdftotext reads across its columns, and the lines of a cell end between words that nothing parts."""
    head = "| " + " | ".join(f"หัวข้อ{number}" for number in range(9)) + " |\n|" + "---|" * 9 + "\n"
    rows = ("| " + " | ".join(["ข้อความยาวมากในช่องตาราง"] * 9) + " |\n") * 5
    made = read_as(tmp_path, {"a.th.md": f"# ตาราง\n\n{head}{rows}"})["th"]
    assert [str(each) for each in made.compared(made.units).findings] == []
    wanted = made.units
    lost = wanted[-1].pieces[0].text.replace("ยาว", "สั้น")
    wanted[-1] = replace(wanted[-1], pieces=(replace(wanted[-1].pieces[0], text=lost),))
    told = made.compared(wanted).recoveries
    assert all(each.recovered < each.wanted or each.added for each in told)
