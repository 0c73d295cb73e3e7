"""What speaks for two blocks being translations of each other."""

import pytest

from pipeline.structure.clues import Clues, clues
from pipeline.structure.likelihood import Evidence, length_odds, scales
from tests.unit_helpers import bare, heading, marked, paragraph


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ("in 2026", "n2026"),
        ("ใน ๒๐๒๖", "n2026"),
        ("عام ٢٠٢٦", "n2026"),
        ("am 02.03.", "n3"),
        ("Lindner", "wlind"),
        ("señora", "wseno"),
        ("Where?", "p?"),
        ("أين؟", "p?"),
        ("哪里？", "p?"),
        ("a (b)", "p("),
        ("They know：", "p:"),
    ],
)
def test_marks_are_the_same_in_all_scripts(text: str, mark: str) -> None:
    assert mark in clues(paragraph(text)).marks


def test_kinds_levels_lists_addresses_and_code_are_marks() -> None:
    assert {"kheading", "h2"} <= clues(heading("a", 2)).marks
    (listing,) = bare("• a\n• b\n• c\n").blocks
    assert {"klisting", "i3"} <= clues(listing).marks
    (text,) = marked("see [this](https://example.org/a) and `x = 1`\n").blocks
    assert {"ahttps://example.org/a", "ax = 1"} <= clues(text).marks


def test_equal_lengths_speak_for_a_pair_and_the_more_the_longer_they_are() -> None:
    assert length_odds(500, 500) > length_odds(50, 50) > 0 > length_odds(500, 100)
    assert length_odds(400, 500) == pytest.approx(length_odds(500, 400))


def test_how_much_longer_a_language_is_is_told_where_a_part_is_missing() -> None:
    lengths = [40, 300, 120, 500, 80, 220, 360, 60, 410, 150]
    long = [Clues(3.0 * each, frozenset()) for each in lengths]
    short = [Clues(float(each), frozenset()) for each in lengths]
    assert scales([long, short]) == pytest.approx([1, 3])
    assert scales([long, short[:5]])[1] == pytest.approx(3, rel=0.05)


def test_rare_marks_say_more_than_frequent_ones_and_absent_ones_speak_against() -> None:
    def text(*marks: str) -> list[Clues]:
        return [Clues(100, frozenset(each.split())) for each in marks]

    texts = [text("n7 p?", "p?", "p?", ""), text("n7 p?", "p?", "p?", "")]
    evidence = Evidence(texts, [1, 1])

    def odds(one: int, other: int) -> float:
        return evidence.odds(evidence.run(0, one, one + 1), evidence.run(1, other, other + 1))

    assert odds(0, 0) > odds(1, 1)
    assert odds(1, 1) > odds(1, 3)
    assert odds(0, 1) < odds(1, 1)


def test_a_mark_that_the_other_text_never_has_says_nothing() -> None:
    bare_text = [Clues(100, frozenset()), Clues(100, frozenset())]
    marked_text = [Clues(100, frozenset({"p?"})), Clues(100, frozenset())]
    evidence = Evidence([marked_text, bare_text], [1, 1])
    first, second = (evidence.run(0, at, at + 1) for at in (0, 1))
    other = evidence.run(1, 0, 1)
    assert evidence.odds(first, other) == evidence.odds(second, other)
