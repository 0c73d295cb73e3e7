"""Which block of one text says what which block of another says."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.document import Block, Heading, Item, Listing, Paragraph, Text
from pipeline.errors import Origin
from pipeline.structure import alignment
from pipeline.structure.alignment import merge, pair, parting, stretches, uneven_lists

PROSE = "x" * 100


def text_with(*kinds: str, path: str = "a.txt") -> list[Block]:
    """Blocks from a sketch: h a heading, p a paragraph, l a list of two (l3: of three)."""
    out: list[Block] = []
    for line, kind in enumerate(("t", *kinds), start=1):
        at = Origin(path, line)
        match kind[0]:
            case "t" | "h":
                out.append(Heading(inlines=(Text(kind),), level=int(kind[0] == "h"), origin=at))
            case "l":
                inner = Paragraph(inlines=(Text("item"),), origin=at)
                count = int(kind[1:] or 2)
                out.append(Listing(items=(Item((inner,), at),) * count, origin=at))
            case _:
                out.append(Paragraph(inlines=(Text(kind + PROSE),), origin=at))
    return out


def check(texts: list[list[Block]], segments: list[list[int]]) -> None:
    """What holds of all alignments: numbers never fall, the title is 0, and one a block."""
    for text, numbers in zip(texts, segments, strict=True):
        assert len(numbers) == len(text)
        assert numbers == sorted(numbers)
        assert numbers[0] == 0


def test_a_text_is_cut_before_each_heading() -> None:
    cut = stretches(text_with("p", "h", "p", "l", "h"))
    assert [len(each.blocks) for each in cut] == [2, 3, 1]


def test_equal_texts_are_aligned_block_by_block() -> None:
    texts = [text_with("p", "h", "p", "l", "h", "p") for _ in range(3)]
    found = merge(texts, 0)
    assert found == [list(range(7))] * 3


def test_a_section_that_differs_is_one_segment_and_the_others_stay_matched() -> None:
    texts = [
        text_with("p", "h", "p", "p", "h", "p", "l"),
        text_with("p", "h", "p", "p", "l", "p", "h", "p", "l"),
    ]
    found = merge(texts, 0)
    check(texts, found)
    assert found[0] == [0, 1, 2, 3, 3, 4, 5, 6]
    assert found[1] == [0, 1, 2, 3, 3, 3, 3, 4, 5, 6]


def test_a_missing_section_leaves_its_numbers_to_the_others() -> None:
    texts = [
        text_with("p", "h1", "p", "h2", "l", "l", "p", "h3", "p", "p", "p"),
        text_with("p", "h1", "p", "h3", "p", "p", "p"),
    ]
    found = merge(texts, 0)
    check(texts, found)
    assert found[1][-4:] == found[0][-4:]
    assert not set(found[0][4:8]) & set(found[1])


def test_a_section_that_only_one_text_has_matches_nothing() -> None:
    texts = [
        text_with("p", "h1", "p", "h3", "p", "p", "p"),
        text_with("p", "h1", "p", "h2", "l", "l", "p", "h3", "p", "p", "p"),
    ]
    found = merge(texts, 0)
    check(texts, found)
    assert found[1][-4:] == found[0][-4:]
    assert not set(found[1][4:8]) & set(found[0])


def test_texts_without_headings_match_as_a_whole() -> None:
    texts = [text_with("p", "p"), text_with("p", "l", "p")]
    found = merge(texts, 0)
    check(texts, found)
    assert found == [[0, 1, 1], [0, 1, 1, 1]]


KINDS = st.lists(st.sampled_from(["p", "p", "p", "h", "l"]), max_size=12)


@given(st.lists(KINDS, min_size=1, max_size=4), st.integers(0, 3))
def test_numbers_never_fall_whatever_the_texts(sketches: list[list[str]], main: int) -> None:
    texts = [text_with(*kinds) for kinds in sketches]
    found = merge(texts, main % len(texts))
    check(texts, found)


@given(KINDS, st.integers(2, 4))
def test_equal_texts_have_equal_numbers_whatever_they_are(kinds: list[str], count: int) -> None:
    found = merge([text_with(*kinds)] * count, count - 1)
    assert found == [list(range(len(kinds) + 1))] * count


@given(KINDS, KINDS)
def test_pairs_rise_in_both_texts_and_begin_with_the_titles(
    ours: list[str], theirs: list[str]
) -> None:
    pairs = pair(stretches(text_with(*ours)), stretches(text_with(*theirs)))
    assert pairs[0] == (0, 0)
    for (a, b), (c, d) in pairwise(pairs):
        assert a < c
        assert b < d


def test_texts_that_match_do_not_part() -> None:
    assert parting(text_with("p", "h", "l"), text_with("p", "h", "l")) is None


def test_texts_part_at_the_first_block_that_differs() -> None:
    found = parting(text_with("p", "h", "p", "l"), text_with("p", "h", "l", "l"))
    assert found is not None
    assert [block.origin.line for block in found] == [4, 4]


def test_texts_part_where_one_goes_on() -> None:
    found = parting(text_with("p", "h", "p"), text_with("p", "h", "p", "p"))
    assert found is not None


@given(KINDS, KINDS)
def test_texts_of_different_shapes_part_somewhere(ours: list[str], theirs: list[str]) -> None:
    one, other = text_with(*ours), text_with(*theirs)

    def is_list(blocks: list[Block]) -> list[bool]:
        return [isinstance(block, Listing) for block in blocks]

    if is_list(one) != is_list(other):
        assert parting(one, other) is not None


def test_lists_of_different_lengths_are_uneven() -> None:
    found = uneven_lists(text_with("l2", "p", "l3"), text_with("l2", "p", "l4"))
    assert [(a.origin.line, b.origin.line) for a, b in found] == [(4, 4)]
    assert uneven_lists(text_with("l2"), text_with("l2")) == []


@given(KINDS, KINDS)
def test_texts_of_very_many_sections_are_held_against_each_other_near_the_diagonal(
    ours: list[str], theirs: list[str]
) -> None:
    texts = [text_with(*ours), text_with(*theirs)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(alignment, "CELLS", 0)
        patch.setattr(alignment, "NEAREST", 2)
        check(texts, merge(texts, 0))
        check(texts, merge(texts, 1))


@pytest.mark.parametrize(("rows", "columns"), [(1, 500), (500, 1), (3, 200), (70, 70)])
def test_a_text_of_few_sections_beside_one_of_many_is_aligned(
    monkeypatch: pytest.MonkeyPatch, rows: int, columns: int
) -> None:
    monkeypatch.setattr(alignment, "CELLS", 0)
    monkeypatch.setattr(alignment, "NEAREST", 2)
    texts = [text_with(*["h", "p"] * rows), text_with(*["h", "p"] * columns)]
    check(texts, merge(texts, 0))


def test_the_window_changes_nothing_where_texts_are_alike(monkeypatch: pytest.MonkeyPatch) -> None:
    ours = text_with(*["h", "p", "p", "l", "h", "p"] * 20)
    theirs = [block for at, block in enumerate(ours) if at not in (7, 40, 41)]
    whole = merge([ours, theirs], 0)
    monkeypatch.setattr(alignment, "CELLS", 0)
    monkeypatch.setattr(alignment, "NEAREST", 10)
    assert merge([ours, theirs], 0) == whole


def test_long_sections_are_compared_too() -> None:
    texts = [text_with("h", *["p"] * 300), text_with("h", *["p"] * 290)]
    check(texts, merge(texts, 0))
    assert parting(*texts) is not None
