"""Headings, labels, datelines and sections, by agreement between the translations."""

from pathlib import Path

import pytest

from pipeline.document import Book, Heading, Listing, Paragraph, Role, Translation, block_text
from pipeline.errors import ConfigurationError, Origin
from pipeline.sources import load
from pipeline.structure import Member, Structured, structure
from pipeline.structure.assembly import StructuredText
from tests.unit_helpers import (
    ROOT,
    SENTENCE,
    book_of,
    marked_member,
    member,
    outline_of,
    segments_of,
    text_of,
)

REAL = ROOT.parent / "shared" / "texts"
HEADINGS = [
    (10, 1),
    (16, 1),
    (24, 1),
    (45, 1),
    (47, 2),
    (55, 2),
    (70, 2),
    (76, 1),
    (90, 1),
    (113, 1),
]
"""Line, from 0, and level of every heading of the five real texts."""

real = pytest.mark.skipif(
    not REAL.is_dir(), reason=f"NOT TESTED on real texts: there is no folder {REAL}"
)

ARABIC = "هذه الجملة طويلة بما يكفي لكي تكون فقرة عادية من النص لا غير."
THAI = "ข้อความนี้ยาวพอที่จะเป็นย่อหน้าธรรมดาของเนื้อหาเท่านั้นและไม่ใช่หัวข้อแต่อย่างใดเลย"

ENGLISH_PARTS = ("Title", "Published: 2021-12-24", SENTENCE, "First", SENTENCE, "Second", SENTENCE)
ARABIC_PARTS = ("عنوان", "نشرت: 2021-12-24", ARABIC, "أولا", ARABIC, "ثانيا", ARABIC)
THAI_PARTS = ("ชื่อเรื่อง", "เผยแพร่: 2021-12-24", THAI, "หนึ่ง", THAI, "สอง", THAI)


def headings(text: StructuredText) -> list[tuple[str, int]]:
    return [
        (block_text(inner.heading), inner.heading.level)
        for section in text.sections
        for inner in section.walk()
    ]


def of(*members: Member, **names: object) -> Structured:
    return structure(members, **names)  # type: ignore[arg-type]


def real_headings(translation: Translation) -> list[tuple[int, int]]:
    return [
        ((each.heading.origin.line or 0) - 1, each.heading.level) for each in translation.walk()
    ]


# --- the five real texts ------------------------------------------------------------------------


@real
def test_in_the_real_texts_all_ten_headings_are_found_and_none_more() -> None:
    book, _ = load([REAL])
    assert sorted(each.tag for each in book.translations) == ["ar", "de", "es", "id", "th"]
    for translation in book.translations:
        assert real_headings(translation) == HEADINGS, translation.tag
    assert book.warnings == ()
    assert book.inferences


@real
@pytest.mark.parametrize("at", range(5))
def test_in_each_real_text_alone_the_same_headings_are_found(at: int) -> None:
    book, _ = load([sorted(REAL.glob("*.txt"))[at]])
    (translation,) = book.translations
    assert real_headings(translation) == HEADINGS, translation.tag
    assert translation.title.origin.line == 1
    assert translation.date == "2021-12-24"


@real
def test_no_label_of_the_real_texts_is_a_heading() -> None:
    for translation in load([REAL])[0].translations:
        for block in translation.blocks():
            if isinstance(block, Heading) and block.level:
                assert not block_text(block).endswith(":")


@real
def test_the_real_texts_are_aligned_block_by_block() -> None:
    book, _ = load([REAL])
    first, *others = [
        [(block.segment, block.part, block.kind, block.origin.line) for block in each.blocks()]
        for each in book.translations
    ]
    assert [row[0] for row in first] == list(range(len(first)))
    for other in others:
        assert other == first


# --- one text alone -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("parts", "tag"), [(ENGLISH_PARTS, "en"), (ARABIC_PARTS, "ar"), (THAI_PARTS, "th")]
)
def test_title_dateline_and_headings_are_found_in_one_text_alone(
    parts: tuple[str, ...], tag: str
) -> None:
    (text,) = of(member(text_of(*parts), tag)).texts
    assert (block_text(text.title), text.title.level, text.date) == (parts[0], 0, "2021-12-24")
    assert [getattr(block, "role", None) for block in text.front] == [Role.DATELINE, Role.TEXT]
    assert headings(text) == [(parts[3], 1), (parts[5], 1)]


def test_a_text_without_a_short_first_line_is_named_after_its_file() -> None:
    found = of(member(text_of("Long. " * 60, SENTENCE), "en", "folder/story.en.txt"))
    (text,) = found.texts
    assert block_text(text.title) == "story"
    assert len(text.front) == 2
    assert any("no line is a title" in each for each in found.inferences)


def test_a_text_may_be_a_title_alone() -> None:
    (text,) = of(member("Title\n", "en")).texts
    assert (block_text(text.title), text.front, text.sections) == ("Title", (), ())


def test_what_stands_before_the_first_heading_is_the_front() -> None:
    (text,) = of(member(text_of("Title", SENTENCE, SENTENCE, "First", SENTENCE), "en")).texts
    assert len(text.front) == 2
    assert len(text.sections) == 1


def test_a_label_over_a_list_is_a_label_and_no_heading() -> None:
    (text,) = of(
        member(text_of("Title", SENTENCE, "They know:", "  • one\n  • two", SENTENCE), "en")
    ).texts
    assert headings(text) == []
    label, listing = text.front[1:3]
    assert isinstance(label, Paragraph)
    assert label.role is Role.LABEL
    assert isinstance(listing, Listing)


def test_a_line_with_a_colon_over_a_paragraph_is_no_label() -> None:
    (text,) = of(member(text_of("Title", SENTENCE, "They know:", SENTENCE), "en")).texts
    assert [getattr(block, "role", None) for block in text.front] == [Role.TEXT] * 3


def test_a_date_further_down_is_no_dateline() -> None:
    (text,) = of(member(text_of("Title", SENTENCE, "Seen: 2021-12-24", SENTENCE), "en")).texts
    assert text.date is None


def test_a_heading_right_under_a_heading_is_deeper() -> None:
    parts = ("Title", SENTENCE, "Upper", "Lower", SENTENCE, "Next", SENTENCE)
    (text,) = of(member(text_of(*parts), "en")).texts
    assert headings(text) == [("Upper", 1), ("Lower", 2), ("Next", 1)]
    assert text.sections[0].blocks == ()
    assert len(text.sections[0].sections) == 1


def test_as_many_headings_are_deeper_as_are_announced() -> None:
    parts = ("Title", SENTENCE, "2 kinds", "One", SENTENCE, "Two", SENTENCE, "Next", SENTENCE)
    (text,) = of(member(text_of(*parts), "en")).texts
    assert headings(text) == [("2 kinds", 1), ("One", 2), ("Two", 2), ("Next", 1)]


def test_what_was_guessed_is_said_with_lines_and_levels() -> None:
    (said,) = of(member(text_of(*ENGLISH_PARTS), "en")).inferences
    for part in ("2 headings", "a.en.txt", "line 7 (level 1) First", "line 11 (level 1) Second"):
        assert part in said


# --- several texts ------------------------------------------------------------------------------


def test_equal_blocks_have_equal_segments_in_every_text() -> None:
    found = of(
        member(text_of(*ENGLISH_PARTS), "en"),
        member(text_of(*ARABIC_PARTS), "ar"),
        member(text_of(*THAI_PARTS), "th"),
    )
    assert found.warnings == ()
    for text, parts in zip(found.texts, (ENGLISH_PARTS, ARABIC_PARTS, THAI_PARTS), strict=True):
        assert [block_text(section.heading) for section in text.sections] == [parts[3], parts[5]]
        assert segments_of(text.front) == [1, 2]
        assert [section.heading.segment for section in text.sections] == [3, 5]


def test_most_texts_decide_what_a_heading_is() -> None:
    ended = list(ENGLISH_PARTS)
    ended[3] = "First."
    found = of(
        member(text_of(*ended), "en"),
        member(text_of(*ARABIC_PARTS), "ar"),
        member(text_of(*ARABIC_PARTS), "fa"),
    )
    assert [len(text.sections) for text in found.texts] == [2, 2, 2]
    assert headings(found.texts[0])[0] == ("First.", 1)


def test_a_short_line_in_one_text_of_three_is_no_heading() -> None:
    short = list(ENGLISH_PARTS)
    short[4] = "Brief"
    found = of(
        member(text_of(*short), "en"),
        member(text_of(*ARABIC_PARTS), "ar"),
        member(text_of(*ARABIC_PARTS), "fa"),
    )
    assert [len(text.sections) for text in found.texts] == [2, 2, 2]


MARKED = f"# Title\n\n{SENTENCE}\n\nShort\n\n## First\n\n{SENTENCE}\n\n### Inner\n\n{SENTENCE}\n"
ARABIC_BARE = text_of("عنوان", ARABIC, "قصير", "أولا", ARABIC, "داخل", ARABIC)


@pytest.mark.parametrize("first", [True, False])
def test_a_marked_up_text_decides_for_the_bare_ones(first: bool) -> None:
    members = [marked_member(MARKED, "en"), member(ARABIC_BARE, "ar")]
    found = of(*(members if first else members[::-1]))
    by_marked, by_bare = found.texts if first else found.texts[::-1]
    assert headings(by_marked) == [("First", 1), ("Inner", 2)]
    assert headings(by_bare) == [("أولا", 1), ("داخل", 2)]
    assert found.warnings == ()
    assert found.inferences == (), "nothing is guessed where markup says it"


# --- a declared outline -------------------------------------------------------------------------


@pytest.mark.parametrize(
    "outline",
    [{"First": 2, "Second": 1}, {"7": 2, "11": 1}],
)
def test_a_declared_outline_counts_for_all_languages(outline: dict[str, int]) -> None:
    lifted = {key: {2: 1, 1: 2}[level] for key, level in outline.items()}
    found = of(
        member(text_of(*ENGLISH_PARTS), "en"),
        member(text_of(*ARABIC_PARTS), "ar"),
        outline=lifted,
    )
    assert [level for _, level in headings(found.texts[0])] == [1, 2]
    assert [level for _, level in headings(found.texts[1])] == [1, 2]
    assert found.inferences == ()


def test_a_line_can_be_declared_to_be_no_heading_and_another_to_be_one() -> None:
    found = of(
        member(text_of(*ENGLISH_PARTS), "en"),
        member(text_of(*ARABIC_PARTS), "ar"),
        outline={"First": 0, "5": 1},
    )
    assert headings(found.texts[0]) == [(SENTENCE, 1), ("Second", 1)]
    assert headings(found.texts[1]) == [(ARABIC, 1), ("ثانيا", 1)]


def test_an_outline_speaks_of_the_pivot() -> None:
    found = of(
        member(text_of(*ARABIC_PARTS), "ar"),
        member(text_of(*ENGLISH_PARTS), "en"),
        pivot=1,
        outline={"First": 0},
    )
    assert headings(found.texts[0]) == [("ثانيا", 1)]


def test_an_outline_that_does_not_fit_is_an_error_with_its_place() -> None:
    with pytest.raises(ConfigurationError) as caught:
        of(
            member(text_of(*ENGLISH_PARTS), "en"),
            outline={"Frist": 1},
            outline_at={"Frist": Origin("book.toml", 3)},
        )
    assert "Frist" in caught.value.what
    assert caught.value.at == Origin("book.toml", 3)


def test_an_outline_counts_for_its_pivot_where_the_other_texts_match_each_other() -> None:
    longer = text_of(*ENGLISH_PARTS, "• point", SENTENCE)
    found = of(
        member(text_of(*ARABIC_PARTS), "ar"),
        member(text_of(*THAI_PARTS), "th"),
        member(longer, "en"),
        pivot=2,
        outline={"First": 1, "Second": 2},
    )
    assert headings(found.texts[2]) == [("First", 1), ("Second", 2)]


# --- texts that part ----------------------------------------------------------------------------


def book_with(folder: Path, english: tuple[str, ...]) -> Book:
    return book_of(
        folder,
        {
            "a.ar.txt": text_of(*ARABIC_PARTS),
            "a.en.txt": text_of(*english),
            "a.th.txt": text_of(*THAI_PARTS),
        },
    )


def only_warning(book: Book) -> str:
    """The warning that the texts part; whatever follows it are guesses, with their places."""
    warning, *guesses = book.warnings
    for each in guesses:
        assert "is a guess" in each.what
        assert each.at is not None
    return str(warning)


def aligned(book: Book) -> dict[str, list[tuple[str, int]]]:
    for translation in book.translations:
        numbers = segments_of(list(translation.blocks()))
        assert numbers == sorted(numbers), translation.tag
    return {
        each.tag: [(block_text(block), block.segment) for block in each.blocks()]
        for each in book.translations
    }


MORE = " ".join([SENTENCE] * 4)
MORE_ARABIC = " ".join([ARABIC] * 4)
MORE_THAI = " ".join([THAI] * 4)


NUMBERED = (*ENGLISH_PARTS[:5], "Second (1945)", f"{SENTENCE} Seen 42 times.")
ARABIC_NUMBERED = (*ARABIC_PARTS[:5], "ثانيا (١٩٤٥)", f"{ARABIC} ٤٢")
THAI_NUMBERED = (*THAI_PARTS[:5], "สอง (๑๙๔๕)", f"{THAI} ๔๒")
"""Their second section can be told from the first by its numbers."""


@pytest.mark.parametrize(
    "english",
    [
        pytest.param(
            NUMBERED,
        ),
        (*NUMBERED[:3], *NUMBERED[5:], "Third", MORE),
        (*NUMBERED[:5], "  • extra", *NUMBERED[5:], "Third", MORE),
        (*NUMBERED[:5], SENTENCE, *NUMBERED[5:], "Third", MORE),
        (*NUMBERED[:3], SENTENCE, *NUMBERED[3:], "Third", MORE),
        (*NUMBERED, "Third", MORE, "Fourth", "  • a\n  • b"),
    ],
    ids=[
        "a missing end",
        "a missing section",
        "an extra list",
        "an extra paragraph",
        "more before",
        "one more",
    ],
)
def test_texts_that_part_give_one_warning_that_names_files_and_lines(
    tmp_path: Path, english: tuple[str, ...]
) -> None:
    book = book_of(
        tmp_path,
        {
            "a.ar.txt": text_of(*ARABIC_NUMBERED, "ثالثا", MORE_ARABIC),
            "a.en.txt": text_of(*english),
            "a.th.txt": text_of(*THAI_NUMBERED, "สาม", MORE_THAI),
        },
    )
    warning = only_warning(book)
    assert "a.en.txt:" in warning
    assert "a.ar.txt:" in warning
    assert "a.th.txt" not in warning
    rows = aligned(book)
    assert [number for _, number in rows["th"]] == [number for _, number in rows["ar"]]
    for ours, theirs in (("First", "أولا"), ("Second (1945)", "ثانيا (١٩٤٥)"), ("Third", "ثالثا")):
        if ours in english:
            assert dict(rows["en"])[ours] == dict(rows["ar"])[theirs], ours


def test_the_line_is_named_on_which_a_text_goes_on_alone(tmp_path: Path) -> None:
    book = book_of(
        tmp_path,
        {
            "a.ar.txt": text_of(*ARABIC_PARTS),
            "a.en.txt": text_of(*ENGLISH_PARTS[:5], "  • extra", *ENGLISH_PARTS[5:]),
        },
    )
    assert "a.en.txt:11" in only_warning(book)


def test_an_uneven_list_gives_one_warning_and_stays_aligned(tmp_path: Path) -> None:
    book = book_of(
        tmp_path,
        {
            "a.ar.txt": text_of(*ARABIC_PARTS, "  • أ\n  • ب", ARABIC),
            "a.en.txt": text_of(*ENGLISH_PARTS, "  • a\n  • b\n  • c", SENTENCE),
        },
    )
    warning = only_warning(book)
    assert "a.en.txt:15" in warning
    assert "a.ar.txt:15" in warning
    rows = aligned(book)
    assert [n for _, n in rows["en"]] == [n for _, n in rows["ar"]] == list(range(9))


def test_texts_that_part_decide_their_headings_each_for_itself(tmp_path: Path) -> None:
    book = book_of(
        tmp_path,
        {
            "a.ar.txt": text_of(*ARABIC_NUMBERED),
            "a.en.txt": text_of(*NUMBERED, "Third", "• a\n• b", SENTENCE),
        },
    )
    by_tag = {each.tag: outline_of(each) for each in book.translations}
    assert by_tag["ar"] == [("أولا", 1), ("ثانيا (١٩٤٥)", 1)]
    assert by_tag["en"] == [("First", 1), ("Second (1945)", 1), ("Third", 1)]
    assert "a.en.txt:15 (and 2 after it) has no counterpart after a.ar.txt:13" in only_warning(book)


def test_texts_that_match_give_no_warning(tmp_path: Path) -> None:
    assert book_with(tmp_path, ENGLISH_PARTS).warnings == ()
