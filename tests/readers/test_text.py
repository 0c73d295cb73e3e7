"""Bare text: blocks, lists and line ends, with not a character lost."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.document import Break, Listing, Paragraph, block_text
from tests.unit_helpers import bare, lines_of, words_of

LINE_ENDS = ["\n", "\r\n", "\r", "\x85", "\u2028", "\u2029"]


def kinds(content: str) -> list[str]:
    return [block.kind for block in bare(content).blocks]


def only_list(content: str) -> Listing:
    (found,) = bare(content).blocks
    assert isinstance(found, Listing)
    return found


def items(content: str) -> list[str]:
    return [block_text(item.blocks[0]) for item in only_list(content).items]


@pytest.mark.parametrize("end", LINE_ENDS)
def test_every_line_end_ends_a_line(end: str) -> None:
    found = bare(end.join(["one", "", "two", "", "", "  • a", "  • b", ""])).blocks
    assert words_of(found) == ["one", "two", "a\nb"]
    assert lines_of(found) == [1, 3, 6]


def test_line_ends_may_be_mixed() -> None:
    found = bare("one\r\n\r\ntwo\r\rthree\n\nfour\x85\x85five\u2028\u2028six").blocks
    assert words_of(found) == ["one", "two", "three", "four", "five", "six"]
    assert lines_of(found) == [1, 3, 5, 7, 9, 11]


def test_a_paragraph_separator_ends_a_paragraph_without_an_empty_line() -> None:
    found = bare("one\u2028still one\u2029two\u2029three\nstill three").blocks
    assert words_of(found) == ["one still one", "two", "three still three"]
    assert lines_of(found) == [1, 3, 4]


def test_items_of_a_list_between_paragraph_separators_are_one_list() -> None:
    found = bare("one\u2029• a\u2029• b\u2029two").blocks
    assert words_of(found) == ["one", "a\nb", "two"]
    assert lines_of(found) == [1, 2, 4]


def test_origins_name_the_path_and_count_lines_from_one() -> None:
    first, second = bare("one\n\ntwo", "folder/a.txt").blocks
    assert (str(first.origin), str(second.origin)) == ("folder/a.txt:1", "folder/a.txt:3")


def test_lines_of_white_space_divide_blocks_like_empty_ones() -> None:
    assert words_of(bare("\n \t\none\n   \n\u00a0\n\ntwo\n\n").blocks) == ["one", "two"]
    assert lines_of(bare("\n \t\none\n   \ntwo\n").blocks) == [3, 5]


def test_space_around_a_line_is_no_part_of_it() -> None:
    assert words_of(bare("   one   \n\n\ttwo\t").blocks) == ["one", "two"]


def test_a_bare_text_does_not_tell_headings() -> None:
    draft = bare("one\n\ntwo")
    assert not draft.marked
    assert all(isinstance(block, Paragraph) for block in draft.blocks)


@pytest.mark.parametrize("mark", list("•‣⁃◦▪▫●○■□·∙"))
def test_a_bullet_makes_an_item_even_alone(mark: str) -> None:
    assert items(f"  {mark} one") == ["one"]
    assert items(f"{mark} one\n{mark} two") == ["one", "two"]


@pytest.mark.parametrize("mark", list("-*–—+"))
def test_a_weak_bullet_makes_a_list_only_beside_another(mark: str) -> None:
    assert items(f"{mark} one\n{mark} two") == ["one", "two"]
    assert kinds(f"{mark} one") == ["paragraph"]
    assert words_of(bare(f"{mark} one").blocks) == [f"{mark} one"]
    assert kinds(f"{mark} one\n\n{mark} two") == ["paragraph", "paragraph"]


def test_different_weak_bullets_do_not_begin_a_list() -> None:
    assert words_of(bare("- one\n* two").blocks) == ["- one * two"]


@pytest.mark.parametrize("content", ["•one", "•", "-one\n-two", "1.one\n2.two", "• "])
def test_a_mark_without_space_and_text_behind_it_is_text(content: str) -> None:
    assert kinds(content) == ["paragraph"]
    assert words_of(bare(content).blocks) == [" ".join(content.split())]


def test_numbers_make_a_list_where_they_follow_each_other() -> None:
    found = only_list("1. one\n2. two\n3. three")
    assert found.start == 1
    assert items("1. one\n2. two\n3. three") == ["one", "two", "three"]


def test_a_numbered_list_begins_where_its_author_begins() -> None:
    assert only_list("4. four\n5. five").start == 4
    assert only_list("0. none\n1. one").start == 0


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("1. alone", ["1. alone"]),
        ("1. one\n3. three", ["1. one 3. three"]),
        ("2. two\n1. one", ["2. two 1. one"]),
        ("1. one\n1. one", ["1. one 1. one"]),
        ("1. one\n2. two\n4. four", ["one\ntwo", "4. four"]),
        ("2021. was\n\n2022. is", ["2021. was", "2022. is"]),
    ],
)
def test_no_number_of_the_author_is_lost_or_counted_on(content: str, words: list[str]) -> None:
    assert words_of(bare(content).blocks) == words


def test_a_number_that_a_list_cannot_show_stays_text() -> None:
    assert words_of(bare("01. one\n02. two").blocks) == ["01. one 02. two"]


def test_another_weak_bullet_ends_a_list() -> None:
    assert words_of(bare("- one\n- two\n– he said").blocks) == ["one\ntwo", "– he said"]


def test_a_list_may_stand_right_under_its_label() -> None:
    label, listing = bare("The customer knows:\n  • one\n  • two").blocks
    assert isinstance(label, Paragraph)
    assert isinstance(listing, Listing)
    assert (block_text(label), label.origin.line, listing.origin.line) == (
        "The customer knows:", 1, 2,
    )  # fmt: skip


def test_text_may_stand_right_under_a_list() -> None:
    assert words_of(bare("• one\n• two\nThe end").blocks) == ["one\ntwo", "The end"]


def test_items_know_their_lines() -> None:
    listing = only_list("  • one\n    goes on\n  • two")
    assert [item.origin.line for item in listing.items] == [1, 3]
    assert items("  • one\n    goes on\n  • two") == ["one\ngoes on", "two"]


def test_a_deeper_list_belongs_to_the_item_above_it() -> None:
    listing = only_list("• one\n  • inner\n  • inner too\n• two")
    first, second = listing.items
    assert [type(block) for block in first.blocks] == [Paragraph, Listing]
    assert block_text(first.blocks[1]) == "inner\ninner too"
    assert first.blocks[1].origin.line == 2
    assert [block_text(block) for block in second.blocks] == ["two"]


def test_lists_nest_three_deep() -> None:
    content = "• a\n  • b\n    • c\n• d"
    outer = only_list(content)
    inner = outer.items[0].blocks[1]
    assert isinstance(inner, Listing)
    assert isinstance(inner.items[0].blocks[1], Listing)
    assert block_text(outer) == "a\nb\nc\nd"


def test_a_numbered_list_may_stand_in_a_bulleted_one() -> None:
    outer = only_list("• one\n   1. first\n   2. second\n• two")
    inner = outer.items[0].blocks[1]
    assert isinstance(inner, Listing)
    assert (outer.start, inner.start, block_text(inner)) == (None, 1, "first\nsecond")


def test_a_tab_counts_as_indentation() -> None:
    assert items("• one\n\tgoes on\n• two") == ["one\ngoes on", "two"]


def test_the_lines_of_a_verse_are_kept() -> None:
    (verse,) = bare("Roses are red\nViolets are blue\nAnd so are you").blocks
    assert isinstance(verse, Paragraph)
    assert [type(inline) for inline in verse.inlines].count(Break) == 2


def test_lines_that_a_machine_wrapped_are_one_paragraph() -> None:
    lines = [
        "This paragraph was wrapped by a program that filled every line as",
        "far as it could, so that only the last one of them is a short one;",
        "nobody meant these line ends.",
    ]
    (found,) = bare("\n".join(lines)).blocks
    assert isinstance(found, Paragraph)
    assert not any(isinstance(inline, Break) for inline in found.inlines)
    assert block_text(found).split() == " ".join(lines).split()


def test_long_lines_with_one_verse_between_them_are_not_taken_for_wrapped() -> None:
    content = "x" * 400 + "\n\nRoses are red\nViolets are blue\n\n" + "y" * 400
    verse = bare(content).blocks[1]
    assert isinstance(verse, Paragraph)
    assert any(isinstance(inline, Break) for inline in verse.inlines)


# --- nothing is lost ----------------------------------------------------------------------------

LETTERS = st.characters(categories=["L", "M", "N", "P", "S"])
WORDS = st.lists(st.text(LETTERS, min_size=1, max_size=8), min_size=1, max_size=6).map(" ".join)
MARKS = st.sampled_from(["", "", "  ", "• ", "  • ", "    • ", "- ", "  - ", "* ", "– ", "\t• "])
NUMBERS = st.integers(0, 30).map(lambda number: f"{number}. ")
ENDS = st.sampled_from([*LINE_ENDS, "\n\n", "\r\n\r\n", "\n \n"])


@given(st.lists(st.tuples(WORDS, ENDS)))
def test_of_lines_without_marks_every_character_is_kept(lines: list[tuple[str, str]]) -> None:
    # A letter before each line: none of them begins with a mark.
    content = "".join(f"a{words}{end}" for words, end in lines)
    out = "\n".join(words_of(bare(content).blocks))
    assert "".join(out.split()) == "".join(content.split())


@given(st.lists(st.tuples(st.one_of(MARKS, NUMBERS), WORDS, ENDS)))
def test_of_lines_with_marks_everything_but_the_marks_is_kept(
    lines: list[tuple[str, str, str]],
) -> None:
    content = "".join(f"{mark}a{words}{end}" for mark, words, end in lines)
    out = "\n".join(words_of(bare(content).blocks))

    def kept(text: str) -> str:
        return re.sub(r"[\s•\-*–—+0-9.‣⁃◦▪▫●○■□·∙]", "", text)

    assert kept(out) == kept(content)


@given(st.lists(st.tuples(st.one_of(MARKS, NUMBERS), WORDS, ENDS), min_size=1))
def test_a_block_begins_on_the_line_that_its_origin_names(
    lines: list[tuple[str, str, str]],
) -> None:
    content = "".join(f"{mark}a{words}{end}" for mark, words, end in lines)
    split = re.split("\r\n|[\n\r\x85\u2028\u2029]", content)
    last = 0
    for block in bare(content).blocks:
        line = block.origin.line
        assert line is not None
        assert line > last
        last = line
        assert block_text(block).split()[0] in split[line - 1]
