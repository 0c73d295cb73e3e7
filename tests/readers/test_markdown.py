"""Markdown: every kind of markup, nothing of the author's words lost."""

import hashlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.document import (
    Align,
    Block,
    Break,
    Code,
    CodeBlock,
    Deleted,
    Emphasis,
    Figure,
    Heading,
    Inline,
    Link,
    Listing,
    NoteMark,
    Paragraph,
    Picture,
    Quotation,
    Rule,
    Strong,
    Table,
    Text,
    block_text,
    find,
)
from pipeline.errors import ConfigurationError, MarkupError
from tests.unit_helpers import lines_of, marked, put, words_of

SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="30" height="20"/>'


def only(content: str, folder: Path | None = None) -> Block:
    (found,) = marked(content, folder).blocks
    return found


def inlines(content: str) -> tuple[Inline, ...]:
    found = only(content)
    assert isinstance(found, Paragraph)
    return found.inlines


def levels(content: str) -> list[tuple[str, int]]:
    return [
        (block_text(block), block.level)
        for block in marked(content).blocks
        if isinstance(block, Heading)
    ]


# --- front matter -------------------------------------------------------------------------------


def test_the_front_matter_gives_title_language_date_and_authors() -> None:
    draft = marked(
        "---\nlang: de\ntitle: Ein Titel\nauthor: Anna\ndate: 2021-12-24\n---\n\nText.\n"
    )
    assert draft.title is not None
    assert (block_text(draft.title), draft.title.level, draft.title.origin.line) == (
        "Ein Titel", 0, 3,
    )  # fmt: skip
    assert (draft.language, draft.date, draft.authors) == ("de", "2021-12-24", ("Anna",))
    assert words_of(draft.blocks) == ["Text."]
    assert lines_of(draft.blocks) == [8]


def test_there_may_be_several_authors() -> None:
    assert marked("---\nauthors: [Anna, Ben]\n---\nx").authors == ("Anna", "Ben")
    assert marked("---\nauthor:\n  - Anna\n  - Ben\n---\nx").authors == ("Anna", "Ben")


def test_without_a_front_matter_nothing_is_said() -> None:
    draft = marked("Text.\n")
    assert (draft.title, draft.language, draft.date, draft.authors) == (None, None, None, ())
    assert draft.marked


@pytest.mark.parametrize(
    ("content", "line"),
    [
        ("---\ntitle: a: b\n---\nx", 2),
        ("---\nlang: de\ntitle: a: b\n---\nx", 3),
        ("---\nlang: de\nauthor: A\ntitle: [unclosed\n---\nx", 4),
        ("---\n- a\n- b\n---\nx", 1),
        ("---\njust words\n---\nx", 1),
    ],
)
def test_a_broken_front_matter_is_an_error_with_its_line(content: str, line: int) -> None:
    with pytest.raises(ConfigurationError) as caught:
        marked(content)
    assert str(caught.value.at) == f"a.md:{line}"
    assert "key: value" in caught.value.cure


@pytest.mark.parametrize("row", ["author: {name: Anna}", "authors: [[Anna]]"])
def test_an_author_that_is_no_name_is_an_error_with_its_line(row: str) -> None:
    with pytest.raises(ConfigurationError) as caught:
        marked(f"---\nlang: de\n{row}\n---\nx")
    assert str(caught.value.at) == "a.md:3"


@pytest.mark.parametrize(
    "row", ['"author": {a: b}', "'author' : {a: b}", "AUTHOR: {a: b}", "? author\n: {a: b}"]
)
def test_a_key_has_its_line_however_it_is_written(row: str) -> None:
    with pytest.raises(ConfigurationError) as caught:
        marked(f"---\nlang: de\n# author: in a comment\n{row}\n---\nx")
    assert str(caught.value.at) == "a.md:4"


def test_of_a_key_that_stands_twice_the_last_one_counts() -> None:
    assert marked("---\nlang: de\nlang: th\n---\nx").language == "th"
    with pytest.raises(ConfigurationError) as caught:
        marked("---\nauthor: Anna\nauthor: {a: b}\n---\nx")
    assert str(caught.value.at) == "a.md:3"


def test_norwegian_is_a_language_and_not_a_denial() -> None:
    assert marked("---\nlang: no\n---\nx").language == "no"


@pytest.mark.parametrize("date", ["24 December 2021", "2021-02-30"])
def test_a_date_that_is_none_is_an_error_with_its_line(date: str) -> None:
    with pytest.raises(ConfigurationError) as caught:
        marked(f'---\nlang: de\ndate: "{date}"\n---\nx')
    assert str(caught.value.at) == "a.md:3"


def test_a_rule_at_the_top_is_no_front_matter() -> None:
    assert [block.kind for block in marked("---\n\nText.\n").blocks] == ["rule", "paragraph"]


# --- headings -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("# T\n\n## A\n\n### B\n\n## C\n", [("T", 0), ("A", 1), ("B", 2), ("C", 1)]),
        ("# A\n\n# B\n", [("A", 1), ("B", 1)]),
        ("text\n\n# A\n\n## B\n", [("A", 1), ("B", 2)]),
        ("# T\n\n### A\n\n#### B\n", [("T", 0), ("A", 1), ("B", 2)]),
        ("## A\n\n### B\n", [("A", 1), ("B", 2)]),
        ("---\ntitle: T\n---\n# A\n\n## B\n", [("A", 1), ("B", 2)]),
        ("---\ntitle: T\n---\n## A\n", [("A", 1)]),
        ("T\n=\n\nA\n-\n", [("T", 0), ("A", 1)]),
    ],
)
def test_levels_are_counted_from_the_title(content: str, expected: list[tuple[str, int]]) -> None:
    assert levels(content) == expected


def test_headings_have_the_names_that_links_call_them_by() -> None:
    found = marked("# Ein *Titel*!\n\n## Über uns\n\n## Über uns\n").blocks
    assert [block.slug for block in found if isinstance(block, Heading)] == [
        "ein-titel", "über-uns", "über-uns-1",
    ]  # fmt: skip


# --- lines --------------------------------------------------------------------------------------


def test_emphasis_of_every_kind() -> None:
    assert inlines("*a* **b** ~~c~~ `d` ***e***") == (
        Emphasis((Text("a"),)),
        Text(" "),
        Strong((Text("b"),)),
        Text(" "),
        Deleted((Text("c"),)),
        Text(" "),
        Code("d"),
        Text(" "),
        Emphasis((Strong((Text("e"),)),)),
    )


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\x85", "\u2028"])
def test_every_line_end_ends_a_line(end: str) -> None:
    found = marked(end.join(["# A", "one", "two", "", "- a", "- b"])).blocks
    assert words_of(found) == ["A", "one\ntwo", "a\nb"]
    assert lines_of(found) == [1, 2, 5]


def test_a_paragraph_separator_ends_a_paragraph_and_one_line() -> None:
    found = marked("---\ntitle: A\n---\none\u2029two\u2029\nthree\u2028four\u2029## B\n\nfive")
    assert words_of(found.blocks) == ["one", "two", "three\nfour", "B", "five"]
    assert lines_of(found.blocks) == [4, 5, 7, 9, 11]


def test_an_error_behind_paragraph_separators_names_the_line_of_the_file() -> None:
    with pytest.raises(MarkupError) as caught:
        marked("one\u2029two\u2029three\n\n[^a]: lost")
    assert str(caught.value.at) == "a.md:5"


def test_a_soft_break_is_white_space_and_a_hard_one_a_break() -> None:
    assert inlines("a\nb") == (Text("a\nb"),)
    assert inlines("a  \nb") == (Text("a"), Break(), Text("b"))
    assert inlines("a\\\nb") == (Text("a"), Break(), Text("b"))


@pytest.mark.parametrize(
    "target",
    ["https://example.org/a?b=c", "http://example.org", "mailto:a@example.org", "tel:+491234"],
)
def test_a_link_out_of_the_book_is_kept(target: str) -> None:
    draft = marked(f'see [this *one*]({target} "why")')
    assert list(find(draft.blocks, Link)) == [
        Link((Text("this "), Emphasis((Text("one"),))), target, "why")
    ]
    assert draft.warnings == ()


def test_an_address_in_angle_brackets_is_a_link() -> None:
    (found,) = find(marked("<https://example.org>").blocks, Link)
    assert (found.target, block_text(only("<https://example.org>"))) == (
        "https://example.org", "https://example.org",
    )  # fmt: skip


def test_a_link_to_a_heading_is_kept() -> None:
    assert list(find(marked("[a](#b)").blocks, Link)) == [Link((Text("a"),), "#b")]


@pytest.mark.parametrize(
    "target", ["other.md", "../a/b.html", "/root", "//example.org/x", "ftp://example.org/x"]
)
def test_a_link_that_leads_nowhere_becomes_text_with_a_warning(target: str) -> None:
    draft = marked(f"one\n\ntwo\nsee [this *one*]({target}).")
    assert not list(find(draft.blocks, Link))
    assert words_of(draft.blocks) == ["one", "two\nsee this one."]
    ((what, at),) = draft.warnings
    assert target in what
    assert at.line == 4


def test_raw_html_is_text() -> None:
    assert words_of(marked("a <b>c</b> <br/> &amp; &lt;\n").blocks) == ["a <b>c</b> <br/> & <"]
    draft = marked("<div>\n<script>alert(1)</script>\n</div>\n")
    assert "<script>alert(1)</script>" in words_of(draft.blocks)[0]


def test_javascript_is_no_link() -> None:
    draft = marked("[a](javascript:alert(1))")
    assert not list(find(draft.blocks, Link))


# --- blocks -------------------------------------------------------------------------------------


def test_lists_are_tight_or_loose_and_may_be_numbered() -> None:
    tight, loose = only("- a\n- b\n"), only("3. a\n\n4. b\n")
    assert isinstance(tight, Listing)
    assert isinstance(loose, Listing)
    assert (tight.start, tight.tight, loose.start, loose.tight) == (None, True, 3, False)
    assert (block_text(tight), block_text(loose)) == ("a\nb", "a\nb")


def test_a_list_from_zero_begins_at_zero() -> None:
    found = only("0. a\n1. b\n")
    assert isinstance(found, Listing)
    assert found.start == 0


def test_lists_nest_and_items_know_their_lines() -> None:
    found = only("- a\n  1. b\n  2. c\n- d\n")
    assert isinstance(found, Listing)
    assert [item.origin.line for item in found.items] == [1, 4]
    inner = found.items[0].blocks[1]
    assert isinstance(inner, Listing)
    assert (inner.start, inner.origin.line, block_text(inner)) == (1, 2, "b\nc")


def test_a_quotation_holds_blocks() -> None:
    found = only("> a\n>\n> - b\n")
    assert isinstance(found, Quotation)
    assert [block.kind for block in found.blocks] == ["paragraph", "listing"]


@pytest.mark.parametrize(
    ("content", "value", "info"),
    [
        ("```python\nx = 1\n\ny = 2\n```\n", "x = 1\n\ny = 2", "python"),
        ("    x = 1\n", "x = 1", ""),
        ("~~~\n*not* [markup](x)\n~~~\n", "*not* [markup](x)", ""),
    ],
)
def test_code_is_kept_as_it_is(content: str, value: str, info: str) -> None:
    found = only(content)
    assert isinstance(found, CodeBlock)
    assert (found.value, found.info) == (value, info)


def test_a_rule_is_a_rule() -> None:
    assert isinstance(marked("a\n\n***\n\nb\n").blocks[1], Rule)


def test_a_table_has_a_header_rows_and_sides() -> None:
    found = only("| a | b | c | d |\n|---|:--|:-:|--:|\n| 1 | *2* | 3 | 4 |\n| 5 | | 7 | 8 |\n")
    assert isinstance(found, Table)
    assert [cell.align for cell in found.header] == [
        Align.NONE, Align.START, Align.CENTER, Align.END,
    ]  # fmt: skip
    assert block_text(found) == "a\tb\tc\td\n1\t2\t3\t4\n5\t\t7\t8"
    assert found.rows[0][1].inlines == (Emphasis((Text("2"),)),)
    assert found.rows[1][1].inlines == ()


# --- notes --------------------------------------------------------------------------------------


def test_a_note_knows_how_often_it_is_used() -> None:
    draft = marked("a[^x] b[^y] c[^x]\n\n[^y]: second\n[^x]: first\n")
    assert [(note.number, words_of(note.blocks), note.uses) for note in draft.notes] == [
        (1, ["first"], 2),
        (2, ["second"], 1),
    ]
    assert list(find(draft.blocks, NoteMark)) == [NoteMark(1, 1), NoteMark(2, 1), NoteMark(1, 2)]
    assert [note.origin.line for note in draft.notes] == [4, 3]


def test_a_note_may_hold_several_blocks() -> None:
    draft = marked("a[^x]\n\n[^x]: first\n\n    - item\n")
    assert [block.kind for block in draft.notes[0].blocks] == ["paragraph", "listing"]


def test_a_note_may_stand_in_the_line() -> None:
    draft = marked("a^[in the line] b\n")
    assert words_of(draft.notes[0].blocks) == ["in the line"]
    assert words_of(draft.blocks) == ["a b"]


def test_notes_are_no_blocks_of_the_text() -> None:
    assert words_of(marked("a[^x]\n\n[^x]: note\n\nb\n").blocks) == ["a", "b"]


def test_a_note_that_nothing_refers_to_is_an_error_with_its_line() -> None:
    with pytest.raises(MarkupError) as caught:
        marked("a[^x]\n\n[^x]: used\n\n[^y]: lost\n")
    assert str(caught.value.at) == "a.md:5"
    assert "“y”" in caught.value.what
    assert "[^y]" in caught.value.cure


def test_a_mark_without_a_note_is_text() -> None:
    assert words_of(marked("a[^nowhere] b\n").blocks) == ["a[^nowhere] b"]


# --- pictures -----------------------------------------------------------------------------------


def test_a_picture_alone_is_a_figure_with_its_title_for_a_caption(tmp_path: Path) -> None:
    put(tmp_path, {"a b.svg": SVG})
    found = only('![A chain](a%20b.svg "Three links")', tmp_path)
    assert isinstance(found, Figure)
    assert found.caption == (Text("Three links"),)
    assert found.picture == Picture(
        path="a b.svg",
        alternative="A chain",
        media_type="image/svg+xml",
        width=30,
        height=20,
        sha256=hashlib.sha256(SVG.encode()).hexdigest(),
        size=len(SVG),
    )


def test_a_picture_in_a_line_stays_there(tmp_path: Path) -> None:
    put(tmp_path, {"a.svg": SVG})
    found = only("see ![A chain](a.svg) here", tmp_path)
    assert isinstance(found, Paragraph)
    assert block_text(found) == "see A chain here"


def test_the_alternative_text_keeps_emphasised_words(tmp_path: Path) -> None:
    put(tmp_path, {"a.svg": SVG})
    (found,) = find(marked("![the *big* chain](a.svg)", tmp_path).blocks, Picture)
    assert found.alternative == "the big chain"


@pytest.mark.parametrize(
    ("source", "part"),
    [
        ("missing.png", "is not there"),
        ("https://example.org/a.png", "not a file"),
        ("//example.org/a.png", "not a file"),
        ("script.svg", "<script>"),
        ("broken.svg", "well-formed"),
        ("words.png", "no picture"),
        ("", "not there"),
    ],
)
def test_a_picture_that_cannot_be_had_is_an_error_with_its_line(
    tmp_path: Path, source: str, part: str
) -> None:
    put(
        tmp_path,
        {
            "script.svg": f"{SVG[:-2]}><script>alert(1)</script></svg>",
            "broken.svg": SVG[:-2],
            "words.png": "not a picture at all",
        },
    )
    with pytest.raises(MarkupError) as caught:
        marked(f"one\n\ntwo\n![alt]({source}) three\n", tmp_path)
    assert str(caught.value.at) == "a.md:4"
    assert part in caught.value.what
    assert caught.value.cure


# --- nothing is lost ----------------------------------------------------------------------------

WORD = st.text(st.characters(categories=["L"]), min_size=1, max_size=8)
DRESSED = st.tuples(
    st.sampled_from(["{}", "{}", "*{}*", "**{}**", "~~{}~~", "`{}`", "[{}](https://a.example)"]),
    WORD,
).map(lambda pair: pair[0].format(pair[1]))
LINE = st.tuples(
    st.sampled_from(["", "", "# ", "## ", "- ", "1. ", "> ", "    "]),
    st.lists(DRESSED, min_size=1, max_size=5).map(" ".join),
).map("".join)


@given(st.lists(st.tuples(LINE, st.sampled_from(["\n", "\n\n", "  \n", "\r\n"]))))
def test_no_letter_is_lost_or_moved(lines: list[tuple[str, str]]) -> None:
    content = "".join(line + end for line, end in lines)
    out = "\n".join(words_of(marked(content).blocks))

    def letters(text: str) -> str:
        return "".join(char for char in text.replace("https://a.example", "") if char.isalpha())

    assert letters(out) == letters(content)


@given(st.lists(st.tuples(LINE, st.sampled_from(["\n", "\n\n"])), min_size=1))
def test_blocks_stand_in_the_order_of_their_lines(lines: list[tuple[str, str]]) -> None:
    content = "".join(line + end for line, end in lines)
    found = [line or 0 for line in lines_of(marked(content).blocks)]
    assert found == sorted(set(found))
    assert all(1 <= line <= content.count("\n") for line in found)


def test_a_heading_without_words_is_none_and_keeps_what_stands_in_it() -> None:
    """No contents could lead to it: no entry of an e-book and no bookmark may be empty."""
    draft = marked("# T\n\n##\n\na\n\n## &nbsp;\n\nb\n\n## [^1]\n\nc\n\n## D\n\n[^1]: n\n")
    assert [block_text(each) for each in draft.blocks if isinstance(each, Heading)] == ["T", "D"]
    assert [block_text(each) for each in draft.blocks] == ["T", "a", "\xa0", "b", "", "c", "D"]
    assert [(what.partition(",")[0], at.line) for what, at in draft.warnings] == [
        ("this heading is empty", 3),
        ("this heading has no words", 7),
        ("this heading has no words", 11),
    ]
    assert [note.uses for note in draft.notes] == [1]
