"""The one value in the middle: walking it, changing it, naming its blocks."""

import inspect
import sys
from collections.abc import Iterator
from dataclasses import FrozenInstanceError, dataclass, replace

import pytest

from pipeline.document import (
    Block,
    Book,
    Break,
    BuildWarning,
    Cell,
    Code,
    CodeBlock,
    Emphasis,
    Figure,
    Inline,
    Item,
    Link,
    Listing,
    Note,
    NoteMark,
    Paragraph,
    Picture,
    Provenance,
    Quotation,
    Rule,
    Section,
    Strong,
    Table,
    Text,
    Translation,
    anchor,
    block_text,
    divided,
    find,
    pictures,
    plain,
    rewrite,
    rewrite_lines,
    rewrite_nodes,
)
from pipeline.editions import Edition
from pipeline.errors import Origin
from pipeline.languages import Direction, language
from pipeline.limits import Limits
from pipeline.settings.values import DEFAULTS, EditionKind, Settings
from tests.unit_helpers import heading, paragraph

AT = Origin("a.txt", 1)
PICTURE = Picture("a.svg", "a chain", "image/svg+xml")


def texts(tree: object) -> Iterator[Text | Code]:
    """Every run of characters of a tree, code in a line included."""
    yield from find(tree, (Text, Code))


def translation(tag: str = "de", **changes: object) -> Translation:
    names: dict[str, object] = {
        "language": language(tag),
        "title": heading(f"Title {tag}", 0),
        "front": (paragraph("before"),),
        "sections": (
            Section(
                heading("one", 1),
                (paragraph("first"),),
                (Section(heading("inner", 2), (paragraph("second"),)),),
            ),
            Section(heading("two", 1), ()),
        ),
        "provenance": Provenance("a.txt", "UTF-8", "name"),
    }
    return Translation(**{**names, **changes})  # type: ignore[arg-type]


def edition(
    kind: EditionKind, *tags: str, title: str = "", settings: Settings = DEFAULTS
) -> Edition:
    every = tuple(map(translation, tags))
    return Edition(Book("book", title, every), kind, every, settings)


def test_plain_text_has_no_markup_and_no_notes() -> None:
    inlines = (
        Text("a "),
        Emphasis((Text("b"), Strong((Text("c"),)))),
        NoteMark(1),
        Break(),
        Code("d"),
        Link((Text("e"),), "https://example.org"),
        PICTURE,
    )
    assert plain(inlines) == "a bc dea chain"


@pytest.mark.parametrize(
    ("block", "characters"),
    [
        (paragraph("text"), "text"),
        (heading("text", 2), "text"),
        (
            Listing(items=(Item((paragraph("a"),), AT), Item((paragraph("b"),), AT)), origin=AT),
            "a\nb",
        ),
        (Quotation(blocks=(paragraph("a"), paragraph("b")), origin=AT), "a\nb"),
        (Figure(picture=PICTURE, caption=(Text("below"),), origin=AT), "below"),
        (
            Table(
                header=(Cell((Text("h"),)), Cell((Text("k"),))),
                rows=((Cell((Text("1"),)), Cell((Text("2"),))),),
                origin=AT,
            ),
            "h\tk\n1\t2",
        ),
        (CodeBlock(value="x = 1\ny = 2", origin=AT), "x = 1\ny = 2"),
        (Rule(origin=AT), ""),
    ],
)
def test_the_characters_of_a_block(block: Paragraph, characters: str) -> None:
    assert block_text(block) == characters


def test_a_translation_is_walked_in_reading_order() -> None:
    found = translation()
    assert [block_text(each) for each in found.blocks()] == [
        "Title de", "before", "one", "first", "inner", "second", "two",
    ]  # fmt: skip
    assert [block_text(each.heading) for each in found.walk()] == ["one", "inner", "two"]


def test_segments_gather_neighbours_with_one_number() -> None:
    numbered = [
        Paragraph(inlines=(Text(value),), origin=AT, segment=segment, part=part)
        for value, segment, part in (("a", 1, 0), ("b", 1, 1), ("c", 2, 0))
    ]
    found = translation(front=tuple(numbered), sections=())
    gathered = [(number, [block_text(b) for b in blocks]) for number, blocks in found.segments()]
    assert gathered == [(0, ["Title de"]), (1, ["a", "b"]), (2, ["c"])]


def test_an_anchor_names_language_segment_and_part() -> None:
    found = translation()
    first = Paragraph(inlines=(), origin=AT, segment=12)
    second = Paragraph(inlines=(), origin=AT, segment=12, part=1)
    assert (anchor(found, first), anchor(found, second)) == ("de-12", "de-12-1")


def test_a_single_edition_is_named_after_its_language() -> None:
    found = edition(EditionKind.SINGLE, "ar", title="Book")
    assert (found.key, found.title, found.direction) == ("ar", "Title ar", Direction.RTL)


def test_a_combined_edition_has_the_title_of_the_book_and_follows_the_first_language() -> None:
    found = edition(EditionKind.COMBINED, "ar", "de", title="Book")
    assert (found.key, found.title, found.direction) == ("combined", "Book", Direction.RTL)
    assert [each.tag for each in found.languages] == ["ar", "de"]


def test_a_combined_edition_of_a_book_without_a_title_names_its_languages() -> None:
    assert edition(EditionKind.COMBINED, "th", "de").title == "Title th (ไทยและเยอรมัน)"


def test_the_page_progression_of_a_combined_edition_can_be_chosen() -> None:
    chosen = Settings(progression=Direction.LTR)
    combined = edition(EditionKind.COMBINED, "ar", "de", settings=chosen)
    assert combined.direction is Direction.LTR
    assert edition(EditionKind.SINGLE, "ar", settings=chosen).direction is Direction.RTL


def test_rewriting_changes_every_text_and_nothing_else() -> None:
    tree = translation(
        front=(
            Listing(items=(Item((paragraph("a"),), AT),), origin=AT),
            Quotation(blocks=(paragraph("b"),), origin=AT),
            Table(header=(Cell((Text("c"),)),), rows=((Cell((Text("d"),)),),), origin=AT),
            Paragraph(inlines=(Emphasis((Link((Text("e"),), "#x"),)),), origin=AT),
            Figure(picture=PICTURE, caption=(Text("f"),), origin=AT),
        ),
        notes=(Note(1, (paragraph("g"),), AT),),
    )

    def loud(inline: Inline, _at: Origin) -> tuple[Inline, ...]:
        return (Text(inline.value.upper()),) if isinstance(inline, Text) else (inline,)

    changed = rewrite(tree, loud)
    assert [each.value for each in texts(changed)] == [each.value.upper() for each in texts(tree)]
    assert rewrite(tree, lambda inline, _at: (inline,)) == tree


def test_rewriting_goes_from_within_outward() -> None:
    tree = Paragraph(inlines=(Emphasis((Text("a"),)),), origin=AT)
    seen: list[str] = []

    def change(inline: Inline, _at: Origin) -> tuple[Inline, ...]:
        seen.append(plain((inline,)))
        return (Text("b"),) if isinstance(inline, Text) else (inline,)

    assert rewrite(tree, change).inlines == (Emphasis((Text("b"),)),)
    assert seen == ["a", "b"]


def test_rewriting_may_give_several_inlines_or_none_for_one() -> None:
    tree = Paragraph(inlines=(Text("ab"), Code("x")), origin=AT)

    def change(inline: Inline, _at: Origin) -> tuple[Inline, ...]:
        return tuple(map(Text, inline.value)) if isinstance(inline, Text) else ()

    assert rewrite(tree, change).inlines == (Text("a"), Text("b"))


def test_rewriting_tells_the_origin_of_the_block() -> None:
    seen: list[Origin] = []

    def change(inline: Inline, at: Origin) -> tuple[Inline, ...]:
        seen.append(at)
        return (inline,)

    rewrite((paragraph("a", 3), paragraph("b", 7)), change)
    assert [at.line for at in seen] == [3, 7]


def test_pictures_are_found_wherever_they_stand() -> None:
    figure = Figure(picture=PICTURE, origin=AT)
    line = Paragraph(inlines=(Text("a"), Link((PICTURE,), "#x")), origin=AT)
    tree = translation(
        front=(figure,),
        sections=(Section(heading("one", 1), (line,)),),
        notes=(Note(1, (figure,), AT),),
    )
    assert list(pictures(tree)) == [PICTURE] * 3


def test_code_in_a_line_counts_as_characters() -> None:
    line = Paragraph(inlines=(Text("a"), Code("b")), origin=AT)
    assert [each.value for each in texts(line)] == ["a", "b"]
    assert list(find(line, Code)) == [Code("b")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Verse(Block):
    """A kind of block that nothing knows."""

    lines: tuple[tuple[Inline, ...], ...]
    inner: Block


VERSE = Verse(
    lines=((Text("a"), Emphasis((Text("b"),))), (Text("c"),)), inner=paragraph("d"), origin=AT
)


def test_a_kind_of_block_that_is_new_is_walked_and_rewritten_by_its_fields() -> None:
    assert [each.value for each in texts(VERSE)] == ["a", "b", "c", "d"]
    changed = rewrite(VERSE, lambda each, _at: (Text("x"),) if isinstance(each, Text) else (each,))
    assert [each.value for each in texts(changed)] == ["x"] * 4
    lines = rewrite_lines(VERSE, lambda line, _place: line[:1])
    assert [each.value for each in texts(lines)] == ["a", "c", "d"]
    marked = rewrite_nodes(VERSE, lambda node, _place: replace(node, segment=7))
    assert (marked.segment, marked.inner.segment) == (7, 7)


@pytest.mark.parametrize(
    ("spans", "parts"),
    [
        ([], [("abcd", False)]),
        ([(0, 1), (1, 2), (3, 4)], [("a", True), ("b", True), ("c", False), ("d", True)]),
    ],
)
def test_a_text_is_divided_at_spans(
    spans: list[tuple[int, int]], parts: list[tuple[str, bool]]
) -> None:
    assert list(divided("abcd", spans)) == parts
    assert list(divided("", [])) == []


def test_what_is_nested_as_deeply_as_the_limit_allows_is_walked_and_rewritten() -> None:
    tree: Block = paragraph("deep")
    for _ in range(Limits().nesting):
        tree = Listing(items=(Item((tree,), AT),), origin=AT)
    stack = len(inspect.stack())
    before = sys.getrecursionlimit()
    sys.setrecursionlimit(stack + 6 * Limits().nesting)
    try:
        assert next(texts(tree)).value == "deep"
        changed = rewrite(tree, lambda inline, _at: (inline, inline))
        assert [each.value for each in texts(changed)] == ["deep", "deep"]
    finally:
        sys.setrecursionlimit(before)


def test_nothing_in_the_middle_can_be_changed() -> None:
    with pytest.raises(FrozenInstanceError):
        paragraph("a").segment = 3  # type: ignore[misc]


@pytest.mark.parametrize(("at", "shown"), [(None, "look"), (Origin("a.txt", 2), "a.txt:2: look")])
def test_a_warning_shows_its_place(at: Origin | None, shown: str) -> None:
    assert str(BuildWarning("look", at)) == shown
