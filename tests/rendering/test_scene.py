"""What templates call, and what they make of blocks and inlines."""

from collections.abc import Sequence
from pathlib import Path

import html5lib
import pytest
from lxml import etree

from pipeline import typography
from pipeline.design.page import foots_notes
from pipeline.document import Heading, Picture, block_text
from pipeline.languages import Language, language
from pipeline.rendering.environment import environment
from pipeline.rendering.scene import Scene, Target
from pipeline.settings.values import Theme
from tests.unit_helpers import book_of, put

SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="30" height="20"/>'


def scene(
    folder: Path,
    content: str,
    tag: str = "de",
    target: Target = Target.PAGE,
    fellows: Sequence[tuple[Language, str]] = (),
) -> Scene:
    put(folder, {"a.svg": SVG})
    book = typography.apply(book_of(folder, {f"a.{tag}.md": content}))
    return Scene(
        environment(),
        target,
        book.translations[0],
        lambda name: f"page.html#{name}",
        lambda picture: Path(picture.path).name,
        lambda heading: fellows if heading.level else (),
        foots_notes=target is Target.PRESS and foots_notes(book.translations[0], Theme(), {}),
    )


def shown(folder: Path, content: str, **names: object) -> str:
    """The markup of the first block under the title."""
    found = scene(folder, f"# Titel\n\n{content}", **names)  # type: ignore[arg-type]
    return str(found.block(found.translation.front[0]))


@pytest.mark.parametrize(
    ("content", "markup"),
    [
        ("a & b < c\n", '<p id="de-1">a &amp; b &lt; c</p>'),
        ("<script>x</script>\n", '<p id="de-1">&lt;script&gt;x&lt;/script&gt;</p>'),
        ("*a* **b** ~~c~~ `<d>`\n",
         '<p id="de-1"><em>a</em> <strong>b</strong> <del>c</del> <code>&lt;d&gt;</code></p>'),
        ("a\\\nb\n", '<p id="de-1">a<br/>b</p>'),
        ("am 2021-12-24\n",
         '<p id="de-1">am <time datetime="2021-12-24">2021-12-24</time></p>'),
        ("***\n", '<hr id="de-1"/>'),
        ("[a](https://a.example/?b&c)\n",
         '<p id="de-1"><a href="https://a.example/?b&amp;c">a</a></p>'),
        ('[a](https://a.example "say \\"x\\"")\n',
         '<p id="de-1"><a href="https://a.example" title="say &#34;x&#34;">a</a></p>'),
    ],
)  # fmt: skip
def test_markup_is_well_formed_and_escaped(tmp_path: Path, content: str, markup: str) -> None:
    assert shown(tmp_path, content) == markup


@pytest.mark.parametrize(
    ("content", "tags"),
    [
        ("- a\n- b\n", ["ul", "li", "li"]),
        ("1. a\n2. b\n", ["ol", "li", "li"]),
        ("- a\n\n- b\n", ["ul", "li", "p", "li", "p"]),
        ("> a\n>\n> b\n", ["blockquote", "p", "p"]),
        ("```\na\n```\n", ["pre", "code"]),
        ("![a](a.svg)\n", ["figure", "img"]),
        ('![a](a.svg "b")\n', ["figure", "img", "figcaption"]),
        ("| a |\n|--:|\n| b |\n",
         ["div", "table", "thead", "tr", "th", "tbody", "tr", "td"]),
        ("- a\n  - b\n", ["ul", "li", "p", "ul", "li"]),
    ],
)  # fmt: skip
def test_each_kind_of_block_has_its_elements(tmp_path: Path, content: str, tags: list[str]) -> None:
    root = etree.fromstring(shown(tmp_path, content))
    assert [element.tag for element in root.iter()] == tags


def test_a_list_that_does_not_begin_at_one_says_so(tmp_path: Path) -> None:
    assert etree.fromstring(shown(tmp_path, "4. a\n5. b\n")).get("start") == "4"
    assert etree.fromstring(shown(tmp_path, "0. a\n1. b\n")).get("start") == "0"
    assert etree.fromstring(shown(tmp_path, "1. a\n2. b\n")).get("start") is None


def test_a_picture_has_its_alternative_and_its_size(tmp_path: Path) -> None:
    (picture,) = etree.fromstring(shown(tmp_path, '![a "b" <c>](a.svg)\n')).iter("img")
    assert dict(picture.attrib) == {
        "src": "a.svg", "alt": 'a "b" <c>', "width": "30", "height": "20",
    }  # fmt: skip


def test_code_and_dates_keep_their_direction_in_right_to_left_text(tmp_path: Path) -> None:
    root = etree.fromstring(shown(tmp_path, "نص `x = 1` في 2021-12-24\n", tag="ar"))
    assert [(each.tag, each.get("dir")) for each in root] == [("code", "ltr"), ("time", "ltr")]


def test_headings_have_ranks_that_follow_the_title(tmp_path: Path) -> None:
    found = scene(tmp_path, "# T\n\n## A\n\n### B\n\nx\n")
    headings = [
        str(found.block(block))
        for block in found.translation.blocks()
        if isinstance(block, Heading)
    ]
    assert [markup[:3] for markup in headings] == ["<h1", "<h2", "<h3"]
    assert 'class="title"' in headings[0]


@pytest.mark.parametrize("depth", [5, 6])
def test_no_heading_has_a_rank_beyond_six(tmp_path: Path, depth: int) -> None:
    content = "".join(f"{'#' * level} H{level}\n\n" for level in range(1, depth + 1)) + "x\n"
    content = "---\ntitle: T\n---\n" + content
    found = scene(tmp_path, content)
    deepest = [each.heading for each in found.translation.walk()][-1]
    assert str(found.block(deepest)).startswith("<h6")


def test_every_block_at_the_top_has_a_name_of_its_own(tmp_path: Path) -> None:
    found = scene(tmp_path, "# T\n\na\n\n## A\n\n- b\n- c\n\n> d\n\n| e |\n|---|\n| f |\n")
    page = "".join(str(found.block(block)) for block in found.translation.blocks())
    names = etree.fromstring(f"<x>{page}</x>").xpath("//@id")
    assert names == [f"de-{number}" for number in range(6)]


@pytest.mark.parametrize("content", ["> # Q\n>\n> x\n", "- # Q\n- x\n"])
def test_no_two_elements_have_one_name(tmp_path: Path, content: str) -> None:
    found = scene(tmp_path, f"# T\n\n{content}")
    page = "".join(str(found.block(block)) for block in found.translation.blocks())
    names = etree.fromstring(f"<x>{page}</x>").xpath("//@id")
    assert len(set(names)) == len(names)


def test_a_heading_links_to_its_fellows_in_their_languages(tmp_path: Path) -> None:
    fellows = [(language("ar"), "b.html#ar-1"), (language("th"), "c.html#th-1")]
    found = scene(tmp_path, "# T\n\n## A\n\nx\n", fellows=fellows)
    markup = found.block(found.translation.sections[0].heading)
    links = etree.fromstring(f"<x>{markup}</x>").xpath("//a")
    assert [(a.get("href"), a.get("lang"), a.get("dir"), a.text) for a in links] == [
        ("b.html#ar-1", "ar", "rtl", "العربية"),
        ("c.html#th-1", "th", "ltr", "ไทย"),
    ]
    assert "<a" not in found.block(found.translation.title)


def test_a_label_of_a_link_holds_no_links_notes_breaks_or_pictures(tmp_path: Path) -> None:
    content = "# T\n\n## a [b](https://a.example) *c*[^1] ![d](a.svg)\n\nx\n\n[^1]: n\n"
    found = scene(tmp_path, content)
    assert str(found.label(found.translation.sections[0].heading.inlines)) == "a b <em>c</em> d"


def test_a_link_inside_the_text_goes_to_where_the_document_says(tmp_path: Path) -> None:
    markup = shown(tmp_path, "[a](#ziel)\n\n## Ziel\n\nx\n")
    assert 'href="page.html#de-2"' in markup


@pytest.mark.parametrize("target", [Target.PAGE, Target.EPUB, Target.READER])
def test_a_mark_and_its_note_lead_to_each_other(tmp_path: Path, target: Target) -> None:
    found = scene(tmp_path, "# T\n\nx[^1] y[^1]\n\n[^1]: n\n", target=target)
    mark = str(found.block(found.translation.front[0]))
    assert mark.count('href="page.html#de-note-1"') == 2
    assert 'id="de-noteref-1-1"' in mark
    assert 'id="de-noteref-1-2"' in mark
    notes = environment().get_template("parts/notes.html").render(scene=found, words=found.words)
    assert 'id="de-note-1"' in notes
    assert "page.html#de-noteref-1-1" in notes
    assert "page.html#de-noteref-1-2" in notes


def test_in_print_a_note_stands_at_the_foot_of_its_page(tmp_path: Path) -> None:
    found = scene(tmp_path, "# T\n\nx[^1]\n\n[^1]: n\n", target=Target.PRESS)
    assert found.foots_notes
    assert '<span class="footnote"' in found.block(found.translation.front[0])
    compound = scene(tmp_path / "b", "# T\n\nx[^1]\n\n[^1]: n\n\n    - m\n", target=Target.PRESS)
    assert not compound.foots_notes


@pytest.mark.parametrize(
    ("tag", "target", "attributes"),
    [
        ("ar", Target.PAGE, {"lang": "ar", "dir": "rtl"}),
        ("th", Target.PAGE, {"lang": "th", "dir": "ltr"}),
        ("ar", Target.EPUB, {"lang": "ar", "dir": "rtl", "xml:lang": "ar"}),
    ],
)
def test_an_element_in_a_language_says_language_and_direction(
    tmp_path: Path, tag: str, target: Target, attributes: dict[str, str]
) -> None:
    found = scene(tmp_path, "# T\n\nx\n", target=target)
    markup = f"<i{found.language_attributes(language(tag), 'run')}>x</i>"
    element = html5lib.parseFragment(markup, namespaceHTMLElements=False)[0]
    for name, value in attributes.items():
        assert element.get(name) == value
    assert f"script-{language(tag).script.code.lower()}" in element.get("class").split()


def test_all_characters_of_a_text_are_shown(tmp_path: Path) -> None:
    content = "# T & Co\n\n- a <b>\n  - c\n\n> d *e*\n\n| f | g |\n|---|---|\n| h | i |\n\n`j`\n"
    found = scene(tmp_path, content)
    page = "".join(str(found.block(block)) for block in found.translation.blocks())
    out = "".join(etree.fromstring(f"<x>{page}</x>").itertext())
    every = "".join(block_text(block) for block in found.translation.blocks())
    assert "".join(out.split()) == "".join(every.split())


def test_the_address_of_a_picture_is_for_the_document_to_say(tmp_path: Path) -> None:
    found = scene(tmp_path, "# T\n\n![a](a.svg)\n")
    figure = found.translation.front[0]
    picture = figure.picture  # type: ignore[attr-defined]
    assert isinstance(picture, Picture)
    assert found.source(picture) == "a.svg"


def test_a_table_without_rows_has_a_body(tmp_path: Path) -> None:
    """PDF/UA has no table whose head is all that it has."""
    table = shown(tmp_path, "| a | b |\n|---|---|\n")
    assert "<thead>" not in table
    assert table.count("<tbody>") == 1
    assert "</th>" in table


def test_the_mark_of_a_note_runs_as_what_stands_around_it(tmp_path: Path) -> None:
    content = "# كتاب\n\nOnly English here[^n].\n\nكلام[^n] هنا.\n\n[^n]: ملاحظة\n"
    found = scene(tmp_path, content, tag="ar")
    english, arabic = map(str, map(found.block, found.translation.front))
    assert '<p id="ar-1" class="other-way' in english
    assert '<sup class="note-mark">' in english
    assert '<sup class="note-mark" dir="rtl">' in arabic
