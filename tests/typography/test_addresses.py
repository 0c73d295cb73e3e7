"""What is taken for an address, and where a line may break in it."""

from itertools import pairwise

import pytest

from pipeline.typography.addresses import pieces, places


def cut(word: str) -> list[str]:
    return [word[start:end] for start, end in pairwise((0, *places(word), len(word)))]


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("https://bibliothek.example/a?b=1", ["https://", "bibliothek.example/", "a", "?b=1"]),
        ("vorstand@sportverein.example", ["vorstand@", "sportverein.example"]),
        ("https://verein.example/jahr//2026/", ["https://", "verein.example/", "jahr//", "2026/"]),
        ("kennung_der_ersten_zeile", ["kennung_der_ersten_zeile"]),
        (
            "kennung_der_ersten_zeile_im_buch",
            ["kennung", "_der", "_ersten", "_zeile", "_im", "_buch"],
        ),
    ],
)
def test_an_address_breaks_at_its_joints(word: str, expected: list[str]) -> None:
    assert cut(word) == expected


def test_a_key_without_joints_breaks_anywhere_but_near_its_ends() -> None:
    key = "9f" * 32
    parts = cut(key)
    assert "".join(parts) == key
    assert (len(parts[0]), len(parts[-1])) == (3, 3)
    assert all(len(part) == 1 for part in parts[1:-1])


def test_no_break_comes_before_a_mark() -> None:
    word = "a\u0301" * 20 + "1"
    assert all(word[at] != "\u0301" for at in places(word))


@pytest.mark.parametrize(
    "word",
    [
        "Haushaltsgerätereparaturbetrieb",
        "Bund-Länder-Kommission-Sitzung",
        "Leserinnen/Lesern-Vertretung",
        "kurz.example/a",
    ],
)
def test_words_are_no_addresses(word: str) -> None:
    assert list(pieces(word)) == [(word, False)]


def test_the_marks_of_a_sentence_are_no_part_of_an_address() -> None:
    text = "(siehe https://haus.example/raum_(oben)/tisch)."
    assert list(pieces(text)) == [
        ("(siehe ", False),
        ("https://haus.example/raum_(oben)/tisch", True),
        (").", False),
    ]
    assert "".join(piece for piece, _ in pieces(text)) == text
