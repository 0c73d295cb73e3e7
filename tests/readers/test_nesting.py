"""Nothing is dropped however deep it stands: it is read, or it is an error with its line."""

from dataclasses import replace

import pytest

from pipeline.document import Container, Listing, Quotation, find
from pipeline.errors import LimitError
from pipeline.limits import DEFAULT
from pipeline.readers import markdown, text
from pipeline.sources.extent import within
from tests.unit_helpers import source, words_of

DEEPEST = DEFAULT.nesting


def items(levels: int) -> str:
    return "".join(f"{'  ' * level}- Item {level}\n" for level in range(levels))


def quotes(levels: int) -> str:
    return f"{'>' * levels} quoted\n"


def ordered(levels: int) -> str:
    return "".join(f"{'   ' * level}1. Item {level}\n" for level in range(levels))


def stars(levels: int) -> str:
    return f"{'*' * levels}word{'*' * levels}\n"


def mixed(levels: int) -> str:
    return "> - " * (levels // 2) + "inside\n"


AFTER = "\nWhat comes after.\n\n## And a heading\n\nThe last words.\n"


def read(content: str, nesting: int = DEEPEST) -> markdown.Draft:
    limits = replace(DEFAULT, nesting=nesting)
    return markdown.read(content, source("a.md", limits=limits))


@pytest.mark.parametrize("write", [items, quotes, ordered, mixed])
@pytest.mark.parametrize("levels", [14, DEEPEST])
def test_what_is_nested_up_to_the_limit_is_read_with_all_that_follows(write, levels: int) -> None:
    draft = read(f"# Title\n\n{write(levels)}{AFTER}")
    assert words_of(draft.blocks)[-3:] == ["What comes after.", "And a heading", "The last words."]
    assert len(list(_nested(draft.blocks))) == levels


def _nested(blocks):
    for block in blocks:
        if isinstance(block, Listing):
            yield block
            for item in block.items:
                yield from _nested(item.blocks)
        elif isinstance(block, Quotation):
            yield block
            yield from _nested(block.blocks)


@pytest.mark.parametrize("write", [items, quotes, ordered, mixed])
@pytest.mark.parametrize("levels", [DEEPEST + 2, 3 * DEEPEST, 1200])
def test_what_is_nested_deeper_is_an_error_with_its_line(write, levels: int) -> None:
    with pytest.raises(LimitError) as caught:
        read(f"# Title\n\n{write(levels)}{AFTER}")
    assert caught.value.at is not None
    line = caught.value.at.line or 0
    assert 3 <= line <= 3 + levels
    if write in (items, ordered):
        assert line == 3 + DEEPEST, "the first item that stands too deep"
    assert "nesting" in caught.value.cure


def test_the_limit_can_be_set() -> None:
    assert read(quotes(70), nesting=80).blocks
    with pytest.raises(LimitError):
        read(quotes(4), nesting=3)


def test_markup_in_each_other_counts_too() -> None:
    draft = read(f"# T\n\n{stars(2 * DEEPEST)}{AFTER}")
    assert "word" in words_of(draft.blocks)[1]
    assert words_of(draft.blocks)[-1] == "The last words."
    with pytest.raises(LimitError) as caught:
        read(f"# T\n\n{stars(3000)}{AFTER}")
    assert caught.value.at is not None
    assert caught.value.at.line == 3
    assert "1,500 levels" in caught.value.what


@pytest.mark.parametrize(
    "line",
    ["[" * 3000, "![" * 3000, "^[" * 3000, "[" * 500 + "x" + "](http://a.b)" * 500,
     "![" * 500 + "x" + "](a.png)" * 500, "^[x " * 500 + "]" * 500, "_a *b " * 400,
     "<" * 3000, "`" * 3001, "~~a " * 600, "\\" * 3000, "&" * 3000],
    ids=["[", "![", "^[", "links", "pictures", "notes", "signs", "<", "`", "~~", "backslash", "&"],
)  # fmt: skip
def test_signs_without_end_are_read_or_are_an_error(line: str) -> None:
    try:
        draft = read(f"# T\n\na {line}\n{AFTER}")
    except LimitError as error:
        assert error.at is not None
        assert error.at.line == 3
    else:
        assert words_of(draft.blocks)[-1] == "The last words."


def test_lists_of_a_bare_text_have_the_same_limit() -> None:
    def bullets(levels: int) -> str:
        return "Title\n\n" + "".join(f"{' ' * level}• Item {level}\n" for level in range(levels))

    draft = text.read(bullets(DEEPEST), source("a.txt"))
    assert len(list(_nested(draft.blocks))) == DEEPEST
    with pytest.raises(LimitError) as caught:
        text.read(bullets(1200), source("a.txt"))
    assert caught.value.at is not None
    assert caught.value.at.line == 3 + DEEPEST


@pytest.mark.parametrize("opening", ["\u202b", "\u2067", "\u202a\u202b", "\u2066\u2067"])
def test_directions_in_each_other_have_a_limit(opening: str) -> None:
    deep = f"Title\n\nWords {opening * 125} end.\n"
    draft = text.read(deep, source("a.txt"))
    with pytest.raises(LimitError) as caught:
        within(draft, DEFAULT)
    assert caught.value.at is not None
    assert caught.value.at.line == 3
    within(text.read(f"Title\n\n{opening * 10}\n", source("a.txt")), DEFAULT)


@pytest.mark.parametrize(
    "matter",
    ["a: " + "[" * 5000, "a: " + "{b: " * 2000, "\n".join("  " * n + "a:" for n in range(1200))],
    ids=["flow", "maps in a line", "block"],
)
def test_a_front_matter_has_the_same_limit(matter: str) -> None:
    with pytest.raises(LimitError) as caught:
        read(f"---\ntitle: T\n{matter}\n---\n# T\n{AFTER}")
    assert caught.value.at is not None
    assert (caught.value.at.line or 0) >= 3


def test_markup_of_the_deepest_kind_keeps_all_its_containers() -> None:
    draft = read(f"# T\n\n{stars(2 * DEEPEST)}\n")
    first = next(find(draft.blocks[1], Container))
    depth, node = 1, first
    while inner := [each for each in node.children if isinstance(each, Container)]:
        depth, node = depth + 1, inner[0]
    assert depth == DEEPEST
