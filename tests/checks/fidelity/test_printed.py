"""What programs read from a PDF, laid beside the text: what is a loss, and what is company."""

from pathlib import Path

import pytest

from pipeline.checks.fidelity import printed
from pipeline.checks.fidelity.extraction import HYPHEN, Extract, Opened
from pipeline.checks.fidelity.printed import Compared
from pipeline.checks.fidelity.units import units
from tests.unit_helpers import book_of

FIRST = "The first paragraph is long enough to be nothing but running text."
SECOND = "Another one stands behind it, with words of quite a different kind."
ITEMS = ("• a dozen apples", "• two loaves of bread")
NUMBERS = ("1. wake up early", "2. go to bed late")
ENGLISH = "\n\n".join(("The Title", FIRST, "Things:", "\n".join(ITEMS), SECOND, "\n".join(NUMBERS)))

LINES = ("The Title", FIRST, "Things:", "a dozen apples", "two loaves of bread", SECOND,
         "wake up early", "go to bed late", "•", "•", "1.", "2.")  # fmt: skip

ARABIC = "\n\n".join(
    ("عنوان النص", "هذه جملة طويلة (بما يكفي) لتكون فقرة من النص الجاري في هذا الكتاب.")
)


def compare(folder: Path, text: str, *pages: tuple[str, ...], tag: str = "en",
            frame: tuple[tuple[str, ...], ...] = ()) -> Compared:  # fmt: skip
    book = book_of(folder, {f"a.{tag}.txt": text})
    wanted = [(each, units(each)) for each in book.translations]
    return printed.compare(Opened((("t", 0),), (Extract("p", pages, frame),), ()), wanted)


def share(found: Compared) -> float:
    return found.recoveries[0].share


def said(found: Compared) -> str:
    return "\n".join(map(str, found.findings))


def test_signs_and_numbers_of_lists_are_company(tmp_path: Path) -> None:
    found = compare(tmp_path, ENGLISH, LINES)
    assert (share(found), said(found)) == (1.0, "")


def test_the_number_of_an_item_is_company_after_the_full_stop_of_another(tmp_path: Path) -> None:
    text = "The Title\n\nNumbers:\n1. One.\n2. Two.\n3. Three."
    found = compare(tmp_path, text, ("The Title", "Numbers:", "1. One.", "2. Two.", "3. Three."))
    assert (share(found), said(found)) == (1.0, "")
    found = compare(tmp_path, text, ("The Title", "Numbers:", "1. One.", "2. Two..", "3. Three."))
    assert "added “.." in said(found)


def test_the_number_and_the_sign_of_an_item_may_stand_at_either_end(tmp_path: Path) -> None:
    """As pdfium reads a numbered list from right to left."""
    text = "العنوان\n\nالخطوات:\n1. خطوة أولى\n2. خطوة ثانية"
    lines = ("العنوان", "الخطوات:", ". خطوة أولى1", ". خطوة ثانية2")
    assert said(compare(tmp_path, text, lines, tag="ar")) == ""
    assert "added “.”" in said(compare(tmp_path, text, (*lines, "."), tag="ar"))


def test_a_sign_more_than_there_are_items_is_an_addition(tmp_path: Path) -> None:
    found = compare(tmp_path, ENGLISH, (*LINES, "•"))
    assert share(found) == 1.0
    assert "added “•”" in said(found)


@pytest.mark.parametrize("hyphen", ["-", HYPHEN])
def test_a_hyphen_at_the_end_of_a_line_is_company(tmp_path: Path, hyphen: str) -> None:
    at = FIRST.index("graph")
    lines = (LINES[0], FIRST[:at] + hyphen, FIRST[at:], *LINES[2:])
    found = compare(tmp_path, ENGLISH, lines)
    assert (share(found), said(found)) == (1.0, "")


def test_a_hyphen_inside_a_line_is_an_addition(tmp_path: Path) -> None:
    lines = (LINES[0], FIRST.replace("paragraph", "para-graph"), *LINES[2:])
    assert "added “-”" in said(compare(tmp_path, ENGLISH, lines))


def test_a_lost_paragraph_is_grave_and_told_with_its_line(tmp_path: Path) -> None:
    found = compare(tmp_path, ENGLISH, tuple(line for line in LINES if line != SECOND))
    assert found.recoveries[0].grave
    assert "a.en.txt:10" in said(found)
    assert f"lost: {len(SECOND.replace(' ', ''))} characters" in said(found)


def test_a_lost_letter_is_told_with_its_place(tmp_path: Path) -> None:
    lines = (LINES[0], FIRST.replace("enough", "enugh"), *LINES[2:])
    found = compare(tmp_path, ENGLISH, lines)
    assert not found.recoveries[0].grave
    assert said(found).endswith(
        "a.en.txt:3, page 1, p: lost: “o” (U+006F LATIN SMALL LETTER O) in “raphislongen[o]ughtobenothi”"
    )


def test_two_paragraphs_in_each_others_place_are_grave(tmp_path: Path) -> None:
    lines = ("The Title", SECOND, *LINES[2:5], FIRST, *LINES[6:])
    found = compare(tmp_path, ENGLISH, lines)
    assert found.recoveries[0].grave
    assert share(found) < 0.9


@pytest.mark.parametrize("bad", ["\ufffd", "\x07", "\ue000"])
def test_what_a_broken_font_gives_is_grave(tmp_path: Path, bad: str) -> None:
    lines = (LINES[0], FIRST.replace("first", f"fi{bad}rst"), *LINES[2:])
    found = compare(tmp_path, ENGLISH, lines)
    assert found.recoveries[0].grave
    assert f"U+{ord(bad):04X}" in said(found) or "added" in said(found)


def test_an_added_sentence_is_grave(tmp_path: Path) -> None:
    found = compare(tmp_path, ENGLISH, (*LINES[:2], "Buy our other books too!", *LINES[2:]))
    assert found.recoveries[0].grave
    assert "added 20 characters “Buyourotherbookstoo!”" in said(found)


def test_the_margins_hold_headings_and_numbers_only(tmp_path: Path) -> None:
    fine = compare(tmp_path, ENGLISH, LINES, frame=(("The Title", "12", "English"),))
    assert not fine.grave
    foul = compare(tmp_path, ENGLISH, LINES, frame=(("Draft, not for sale",),))
    assert foul.grave
    assert "in the margin" in said(foul)


def test_notes_are_found_at_the_foot_of_any_page(tmp_path: Path) -> None:
    text = f"# Title\n\n{FIRST}[^a] More words.\n\n{SECOND}\n\n[^a]: The note says more.\n"
    book = book_of(tmp_path, {"a.en.md": text})
    wanted = [(each, units(each)) for each in book.translations]
    pages = (
        ("Title", FIRST + "1", "More", "1. The note says", "more."),
        ("words.", SECOND),
    )
    found = printed.compare(Opened((("t", 0),), (Extract("p", pages),), ()), wanted)
    assert (share(found), said(found)) == (1.0, "")


def test_visual_order_is_undone_and_said(tmp_path: Path) -> None:
    lines = tuple(line[::-1] for line in ARABIC.split("\n\n"))
    found = compare(tmp_path, ARABIC, lines, tag="ar")
    assert (share(found), said(found)) == (1.0, "")
    assert any("visual order" in note for note in found.notes)


def test_mirrored_brackets_are_undone_and_said(tmp_path: Path) -> None:
    swapped = ARABIC.translate(str.maketrans("()", ")("))
    found = compare(tmp_path, ARABIC, tuple(swapped.split("\n\n")), tag="ar")
    assert (share(found), said(found)) == (1.0, "")
    assert any("mirrored" in note for note in found.notes)


def test_without_an_outline_nothing_tells_where_a_text_begins(tmp_path: Path) -> None:
    book = book_of(tmp_path, {"a.en.txt": ENGLISH})
    wanted = [(each, units(each)) for each in book.translations]
    found = printed.compare(Opened((), (Extract("p", (LINES,)),), ()), wanted)
    assert found.grave
    assert share(found) == 1.0


def test_what_stands_beside_a_picture_may_come_as_a_column(tmp_path: Path) -> None:
    drawing = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9"/></svg>'
    text = "# Title\n\nThe sign ![stop](a.svg) means wait.\n\nThe sign ![go](a.svg) means walk.\n"
    book = book_of(tmp_path, {"a.svg": drawing, "a.en.md": text})
    wanted = [(each, units(each)) for each in book.translations]

    def read(*lines: str) -> Compared:
        return printed.compare(Opened((("t", 0),), (Extract("p", (lines,)),), ()), wanted)

    found = read("Title", "The sign", "The sign", "means wait.", "means walk.")
    assert (share(found), said(found)) == (1.0, "")
    assert any("beside a picture" in note for note in found.notes)
    assert "lost" in said(read("Title", "The sign", "The sign", "means wait."))
