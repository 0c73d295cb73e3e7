"""What is said of texts that do not match."""

from collections.abc import Sequence
from dataclasses import replace

from pipeline.document import Block
from pipeline.errors import Origin
from pipeline.structure.telling import TOLD, Doubt, doubts, warnings
from tests.structure.test_alignment import text_with


def numbered(path: str, kinds: str, segments: Sequence[int]) -> list[Block]:
    blocks = text_with(*kinds.split(), path=path)
    return [replace(each, segment=n) for each, n in zip(blocks, segments, strict=True)]


def said(texts: Sequence[Sequence[Block]]) -> str:
    (warning,) = warnings(texts, {})
    return warning.what.partition(": ")[2]


def test_texts_that_match_are_no_matter() -> None:
    text = numbered("a", "p l p", range(4))
    assert warnings([text, text, text], {}) == []


def test_a_gap_is_told_with_what_stands_there_and_what_stands_before_it() -> None:
    texts = [numbered("a", "p p p p", range(5)), numbered("b", "p p", (0, 1, 4))]
    assert said(texts) == "a:3 (and the one after it) has no counterpart after b:2"


def test_what_only_one_of_many_has_is_told_once() -> None:
    texts = [
        numbered("a", "p", (0, 1)),
        numbered("b", "p p", (0, 1, 2)),
        numbered("c", "p", (0, 1)),
    ]
    assert said(texts) == "b:3 has no counterpart after a:2"


def test_blocks_beside_one_and_lists_that_differ_are_told() -> None:
    texts = [numbered("a", "p l2", (0, 1, 2)), numbered("b", "p p l3", (0, 1, 1, 2))]
    assert said(texts) == (
        "2 from b:2 stand beside 1 from a:2; the list at b:4 has other items than the one at a:3"
    )


def test_a_guess_is_told_once_with_both_places() -> None:
    texts = [numbered("a", "p p", range(3)), numbered("b", "p p", range(3))]
    found = warnings(texts, {(0, 2): 0.614, (1, 2): 0.614, (1, 1): 0.93})
    (warning,) = found
    assert warning.at == Origin("a", 3)
    assert warning.what.startswith("that this says what b:3 says is a guess (61 %)")


def test_of_very_many_places_some_are_told_and_how_many_more_there_are() -> None:
    count = 40
    long = numbered("a", " ".join(["p"] * count), range(count + 1))
    texts = [long, [block for block in long if block.segment % 2 == 0]]
    first, *guesses = warnings(texts, {(0, n): 0.5 for n in range(2, count, 2)})
    assert f"and {count // 2 - TOLD} places more" in first.what
    assert len(guesses) == TOLD + 1
    assert "pentapla align" in guesses[-1].what


def test_doubts_are_told_in_reading_order() -> None:
    found = doubts({(1, 2): 0.5, (0, 2): 0.7, (0, 1): 0.1, (0, 3): 0.95}, ["de", "th"])
    assert found == (Doubt(1, "de", 0.1), Doubt(2, "de", 0.7), Doubt(2, "th", 0.5))
