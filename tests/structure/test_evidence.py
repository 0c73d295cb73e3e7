"""What the look of one line tells."""

import pytest

from pipeline.document import Block, Break, Heading, Listing, Paragraph, Rule, Table, Text
from pipeline.errors import Origin
from pipeline.languages import language
from pipeline.structure.evidence import (
    Reading,
    Shape,
    announced,
    dateline,
    is_label,
    one_line,
    shape,
)
from tests.unit_helpers import heading, paragraph

AT = Origin("a.txt", 1)
LONG = "word " * 30 + "end."


@pytest.mark.parametrize(
    ("block", "expected"),
    [
        (paragraph("a"), Shape.PROSE),
        (heading("a", 1), Shape.PROSE),
        (Rule(origin=AT), Shape.PROSE),
        (Listing(items=(), origin=AT), Shape.LISTING),
        (Table(header=(), rows=(), origin=AT), Shape.LISTING),
    ],
)
def test_a_list_and_a_table_are_alike_and_unlike_all_else(block: Block, expected: Shape) -> None:
    assert shape(block) is expected


def test_a_paragraph_with_a_break_is_not_on_one_line() -> None:
    assert one_line(paragraph("a"))
    assert not one_line(Paragraph(inlines=(Text("a"), Break(), Text("b")), origin=AT))
    assert not one_line(paragraph("a\nb"))
    assert not one_line(heading("a", 1))


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("The customer knows:", True),
        ("ลูกค้าภายในจะทราบ เช่น:", True),
        ("客户知道：", True),
        ("The customer knows: ", True),
        ("Key: value", False),
        ("A heading", False),
    ],
)
def test_a_label_ends_with_a_colon(text: str, label: bool) -> None:
    assert is_label(paragraph(text), language("en")) is label


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("Published: 2021-12-24", "2021-12-24"),
        ("เผยแพร่แล้ว: 2021-12-24", "2021-12-24"),
        ("نشرت: 2021-12-24", "2021-12-24"),
        ("发布：2021-12-24", "2021-12-24"),
        ("Veröffentlicht : 24. Dezember 2021", "24. Dezember 2021"),
        ("Published: 2021-12-24.\nMore", None),
        ("No date here", None),
        ("Published: yesterday", None),
        ("2021-12-24", None),
    ],
)
def test_a_dateline_is_a_label_and_a_date(text: str, date: str | None) -> None:
    assert dateline(paragraph(text)) == date


@pytest.mark.parametrize("text", ["Internal customer: 3 differences", "Part 2: 10 rules of trade"])
def test_a_heading_with_a_colon_and_a_number_is_no_dateline(text: str) -> None:
    assert dateline(paragraph(text)) is None


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Three chapters", None),
        ("3 differences", 3),
        ("Internal vs. external: 3 main differences", 3),
        ("٣ اختلافات", 3),
        ("३ अंतर", 3),
        ("1 difference", None),
        ("21 differences", None),
        ("2 of 3", None),
        ("Version 2.0", None),
        ("Since 1984", None),
    ],
)
def test_a_heading_may_announce_a_number(text: str, number: int | None) -> None:
    assert announced(paragraph(text)) == number


@pytest.mark.parametrize(
    ("tag", "text", "opinion"),
    [
        ("en", "A heading", 1),
        ("en", "A sentence.", -1),
        ("en", "A sentence!", -1),
        ("en", "He said “a sentence.”", -1),
        ("en", "A label:", -1),
        ("en", LONG, -1),
        ("th", "ลูกค้าภายใน", 1),
        ("ar", "العميل الداخلي", 1),
        ("ar", "هذه جملة.", -1),
        ("ar", "هذه جملة،", -1),
    ],
)
def test_a_short_line_without_an_end_may_be_a_heading(tag: str, text: str, opinion: int) -> None:
    reading = Reading(language(tag), (paragraph(text), paragraph(LONG)), marked=False)
    assert reading.heading(0, 100.0) * opinion > 0


def test_a_question_may_be_a_heading() -> None:
    reading = Reading(language("de"), (paragraph("Was ist das?"), paragraph(LONG)), marked=False)
    assert reading.heading(0, 100.0) > 0


def test_the_last_block_is_no_heading_for_nothing_stands_under_it() -> None:
    reading = Reading(language("en"), (paragraph(LONG), paragraph("A heading")), marked=False)
    assert reading.heading(1, 100.0) < 0


def test_a_list_is_no_heading() -> None:
    blocks = (Listing(items=(), origin=AT), paragraph(LONG))
    assert Reading(language("en"), blocks, marked=False).heading(0, 100.0) < 0


def test_a_script_without_sentence_ends_is_less_sure() -> None:
    blocks = (paragraph("ลูกค้า"), paragraph(LONG))
    thai = Reading(language("th"), blocks, marked=False).heading(0, 100.0)
    assert 0 < thai < Reading(language("de"), blocks, marked=False).heading(0, 100.0)


def test_markup_decides() -> None:
    blocks: tuple[Block, ...] = (heading("A sentence.", 1), paragraph("Short"))
    reading = Reading(language("en"), blocks, marked=True)
    assert [reading.heading(at, 100.0) for at in (0, 1)] == [1.0, -1.0]
    assert isinstance(blocks[0], Heading)


def test_the_typical_paragraph_is_the_median() -> None:
    blocks = tuple(paragraph("x" * length) for length in (10, 20, 1000))
    assert Reading(language("en"), blocks, marked=False).typical() == 20
    assert Reading(language("en"), (), marked=False).typical() == 0
