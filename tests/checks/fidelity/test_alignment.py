"""Comparing long strings: what is the same, what is not, and in how much time."""

import random

from hypothesis import given
from hypothesis import strategies as st

from pipeline.checks.fidelity.alignment import align, differences, longest_rise

SENTENCES = tuple(f"Sentence number {n * 7919 % 10007} says nothing of {n}. " for n in range(3000))
WHOLE = "".join(SENTENCES)


def spans(wanted: str, found: str) -> list[tuple[str, str]]:
    return [
        (wanted[each.start : each.end], found[each.found : each.found_end])
        for each in differences(wanted, found)
    ]


@given(st.text("ab c", max_size=60), st.text("ab c", max_size=60))
def test_a_match_is_the_same_in_both_and_in_order(wanted: str, found: str) -> None:
    here = there = 0
    for each in align(wanted, found):
        assert each.here >= here
        assert each.there >= there
        assert (
            wanted[each.here : each.here + each.length]
            == found[each.there : each.there + each.length]
        )
        here, there = each.here + each.length, each.there + each.length


@given(st.text("ab c", max_size=60), st.text("ab c", max_size=60))
def test_matches_and_differences_make_up_both_strings(wanted: str, found: str) -> None:
    lost = sum(each.end - each.start for each in differences(wanted, found))
    added = sum(each.found_end - each.found for each in differences(wanted, found))
    same = sum(each.length for each in align(wanted, found))
    assert (same + lost, same + added) == (len(wanted), len(found))


def test_equal_strings_have_no_difference() -> None:
    assert differences(WHOLE, WHOLE) == []
    assert differences("", "") == []


def test_what_is_lost_added_and_changed() -> None:
    assert spans("one, two, six", "one, six") == [("two, ", "")]
    assert spans("one, six", "one, two, six") == [("", "two, ")]
    assert spans("one, two, six", "one, 2, six") == [("two", "2")]


def test_a_letter_is_sought_in_its_word_and_not_in_what_stands_between() -> None:
    assert spans("end.AB", "end.1. A foreign note of some length.AB") == [
        ("", "1. A foreign note of some length.")
    ]


def test_few_letters_in_common_are_chance() -> None:
    found = spans("before a sentence that is lost after", "before 17 Heading of my page after")
    assert len(found) == 1


def test_a_lost_sentence_in_a_long_text_is_one_difference() -> None:
    found = WHOLE.replace(SENTENCES[1500], "")
    assert "".join(lost for lost, _ in spans(WHOLE, found)).strip() != ""
    assert sum(len(lost) for lost, _ in spans(WHOLE, found)) == len(SENTENCES[1500])
    assert not any(added for _, added in spans(WHOLE, found))


def test_a_megabyte_with_an_error_in_each_line_is_compared() -> None:
    rng = random.Random(7)
    wanted = "".join(f"Line {n}: " + "".join(rng.choices("abcdefgh ", k=60)) for n in range(15000))
    chars = list(wanted)
    for at in range(0, len(chars), 50):
        chars[at] = "§"
    found = differences(wanted, "".join(chars))
    assert sum(each.end - each.start for each in found) <= 1.01 * (len(wanted) / 50 + 1)


def test_the_longest_rise() -> None:
    assert longest_rise([]) == []
    assert longest_rise([3, 1, 2, 5, 4]) in ([1, 2, 3], [1, 2, 4])
