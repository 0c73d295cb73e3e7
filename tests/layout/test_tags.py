"""The structure tree: every element of the markup once, in logical order, with all that it must say."""

import io
import re
import unicodedata
from itertools import pairwise

import pikepdf
import pytest
from PIL import Image

from pipeline import typography
from pipeline.checks.fidelity.units import Unit, units
from pipeline.document import Book
from pipeline.editions import Edition
from pipeline.pdf import write as writer
from pipeline.rendering import FileNames, Renderer
from pipeline.settings.values import EditionKind
from pipeline.sources import load
from tests.layout.structure import Element, Opened, Piece, marked, opened, written
from tests.layout.test_text import page
from tests.unit_helpers import ROOT


def png() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (40, 20), (200, 30, 30)).save(out, "PNG")
    return out.getvalue()


GERMAN = """\
---
title: Das Buch
lang: de
---

Veröffentlicht: 2026-03-02

Ein Absatz mit **stark**, *betont*, `code` und ~~weg~~, ein [Verweis](https://example.org/) und שלום darin.

## Listen

- eins
- zwei
  - innen
  - noch

3. drei
4. vier

## Tafel

| Name |   | Zahl |
|------|---|-----:|
| a    |   | 1    |
| b    | x |      |

> Ein Zitat steht hier.

```
code = 1
```

### Bild

![Ein rotes Feld](red.png "Die Unterschrift")

![](red.png)

Noch ein Satz[^n] mit einer Note, die zweimal gerufen wird[^n].

[^n]: Die Note sagt mehr.
"""

ARABIC = """\
# الكتاب

تحتاج كل مؤسسة إلى من يعرف عملاءها (12 شخصًا) ويسأل عنهم في ISO 9001 كل يوم قبل أن يسلّم عمله، وهذا السطر يطول
حتى ينكسر مرّة أخرى. كَتَبَ **سرًّا** قصّةً.

## العنوان

- أولًا
- ثانيًا
"""

HEBREW = """\
# הספר

כל ארגון צריך מישהו שמכיר את הלקוחות שלו (12 אנשים) ושואל עליהם לפי ISO 9001 בכל יום לפני שהוא מוסר את העבודה.

## הכותרת

שָׁלוֹם עוֹלָם.
"""

TRIMMED = str.maketrans("", "", "\u00ad\u2060\u200e\u200f\u061c\u2066\u2067\u2068\u2069")


def squeezed(text: str) -> str:
    """The characters alone, without white space and what is invisible."""
    return "".join(unicodedata.normalize("NFC", text).translate(TRIMMED).split())


def normal(text: str) -> str:
    return " ".join(text.split())


@pytest.fixture(scope="module")
def german(tmp_path_factory: pytest.TempPathFactory) -> Opened:
    folder = tmp_path_factory.mktemp("german")
    return opened(written(folder, {"a.de.md": GERMAN, "red.png": png()}, tag="de"))


@pytest.fixture(scope="module")
def three(tmp_path_factory: pytest.TempPathFactory) -> Opened:
    """A combined edition in two directions and three scripts."""
    files: dict[str, str | bytes] = {
        "a.de.md": GERMAN, "a.ar.md": ARABIC, "a.he.md": HEBREW, "red.png": png(),
        "book.toml": 'languages = ["de", "ar", "he"]\ntitle = "Drei"\n',
    }  # fmt: skip
    return opened(written(tmp_path_factory.mktemp("three"), files))


@pytest.fixture(scope="module")
def article(german: Opened) -> Element:
    return german.root.the("Art")


# --- types ------------------------------------------------------------------------------------------


def test_headings_have_their_levels_and_none_is_skipped(german: Opened) -> None:
    headings = german.root.all("H1", "H2", "H3", "H4", "H5", "H6", "H")
    assert [(each.type, normal(each.text)) for each in headings] == [
        ("H1", "Inhalt"), ("H1", "Das Buch"), ("H2", "Listen"), ("H2", "Tafel"), ("H3", "Bild"),
    ]  # fmt: skip
    levels = [int(each.type[1]) for each in headings]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_lists_have_labels_bodies_and_numbering(article: Element) -> None:
    outer, inner, numbered = article.all("L")
    assert [str(each.attributes["/ListNumbering"]) for each in (outer, inner, numbered)] == [
        "/Disc", "/Disc", "/Decimal",
    ]  # fmt: skip
    assert all(str(each.attributes["/O"]) == "/List" for each in (outer, inner, numbered))
    for each in (outer, inner, numbered):
        assert each.types == ["LI", "LI"]
        assert all(item.types == ["Lbl", "LBody"] for item in each.elements)
    labels = [normal(item.the("Lbl").text) for item in numbered.elements]
    assert labels == ["3.", "4."]
    assert [item.the("LBody").text for item in numbered.elements] == ["drei", "vier"]
    assert inner.parent is outer.elements[1].elements[1], "a nested list stands in the item's body"
    assert normal(outer.elements[1].all("Lbl")[0].text) == "•"


def test_a_table_has_its_rows_and_every_cell_in_its_place(article: Element) -> None:
    table = article.the("Table")
    assert table.types == ["THead", "TBody"]
    rows = table.all("TR")
    assert [row.types for row in rows] == [["TH", "TD", "TH"], ["TD"] * 3, ["TD"] * 3]
    assert [[normal(cell.text) for cell in row.elements] for row in rows] == [
        ["Name", "", "Zahl"], ["a", "", "1"], ["b", "x", ""],
    ]  # fmt: skip
    for head in table.all("TH"):
        assert (str(head.attributes["/O"]), str(head.attributes["/Scope"])) == ("/Table", "/Column")


def test_a_picture_has_its_text_and_its_bounds(german: Opened, article: Element) -> None:
    figure = article.the("Figure")
    assert figure.alternative == "Ein rotes Feld"
    assert str(figure.attributes["/O"]) == "/Layout"
    left, bottom, right, top = map(float, figure.attributes["/BBox"])
    assert right - left == pytest.approx(2 * (top - bottom), rel=0.01)
    (piece,) = figure.pieces()
    x, y, u, v = map(float, german.pdf.pages[piece.page].mediabox)
    assert x < left < right < u
    assert y < bottom < top < v
    assert article.the("Caption").text == "Die Unterschrift"
    assert figure.parent is article.the("Caption").parent


def test_a_picture_that_only_adorns_is_an_artifact(german: Opened) -> None:
    pictures = 0
    for number, each in enumerate(german.pdf.pages):
        inside: list[tuple[str, object]] = []
        for instruction in pikepdf.parse_content_stream(each):
            match str(instruction.operator):
                case "BMC" | "BDC":
                    rest = instruction.operands[1:]
                    inside.append(
                        (str(instruction.operands[0]), rest[0].get("/MCID") if rest else None)
                    )
                case "EMC":
                    inside.pop()
                case "Do" if inside and inside[-1][0] == "/Artifact":
                    pictures += 1
                    assert inside[-1][1] is None, f"page {number}"
    assert pictures == 1


def test_quotation_code_and_emphasis_say_what_they_are(german: Opened, article: Element) -> None:
    assert [each.type for each in article.the("BlockQuote").elements] == ["P"]
    assert [each.text for each in article.all("Code")] == ["code", "code = 1"]
    assert article.the("Strong").text == "stark"
    assert article.the("Em").text == "betont"
    roles = {key: str(value) for key, value in german.tree.RoleMap.items()}
    assert roles == {"/Em": "/Span", "/Strong": "/Span"}


STANDARD = {
    "Document", "Art", "Sect", "Div", "BlockQuote", "Caption", "TOC", "TOCI", "P", "H1", "H2", "H3",
    "H4", "H5", "H6", "L", "LI", "Lbl", "LBody", "Table", "TR", "TH", "TD", "THead", "TBody", "Span",
    "Note", "Reference", "Code", "Link", "Figure",
}  # fmt: skip


def test_every_type_is_one_of_pdf_or_has_a_role(three: Opened) -> None:
    roles = {key[1:]: str(value)[1:] for key, value in three.tree.RoleMap.items()}
    for each in three.root.walk():
        assert roles.get(each.type, each.type) in STANDARD


def test_contents_are_a_toc_with_references(german: Opened) -> None:
    outer = german.root.all("TOC")[0]
    assert outer.types == ["TOCI", "TOCI"]
    first, second = outer.elements
    assert first.types == ["Reference"]
    assert second.types == ["Reference", "TOC"]
    for entry, said in zip(outer.all("TOCI"), ("Listen", "Tafel", "Bild"), strict=True):
        (reference,) = (each for each in entry.elements if each.type == "Reference")
        (link,) = reference.elements
        assert link.type == "Link"
        assert link.text.startswith(said)
        assert link.text.removeprefix(said).strip().isdecimal(), "the folio belongs to the entry"


def test_a_note_follows_what_refers_to_it(german: Opened, article: Element) -> None:
    note = article.the("Note")
    assert note.parent is not None
    siblings = note.parent.elements
    at = siblings.index(note)
    assert siblings[at - 1].type == "Reference"
    assert normal(siblings[at - 1].text) == "1"
    assert note.types[0] == "Lbl"
    assert normal(note.elements[0].text) == "1."
    assert normal(note.text) == "1. Die Note sagt mehr."
    assert siblings[at + 1].type == "Link", "the second call leads to the note"
    names = german.tree.IDTree.Names
    assert str(names[0]) == str(note.object.ID)
    assert names[1].objgen == note.object.objgen


# --- links ------------------------------------------------------------------------------------------

LONG = (
    "a link that is so long that it has to be broken over two lines or even three of them, and on"
)


def test_a_link_over_several_lines_is_one_element_with_one_annotation_a_line() -> None:
    body = (
        f"<h1>T</h1><p>Go to <a href='https://example.org/'>{LONG} <em>and</em> <b>on</b></a>.</p>"
        "<p><a href='https://example.org/b'>b</a></p>"
    )
    found = opened(page(body, pdf_tags=True))
    link, short = found.root.all("Link")
    lines = {round(float(each.object.Rect[1])) for each in link.annotations()}
    assert len(lines) == len(list(link.annotations())) == 2
    assert squeezed(link.text) == squeezed(f"{LONG} and on")
    assert {str(each.object.Contents) for each in link.annotations()} == {f"{LONG} and on"}
    (only,) = short.annotations()
    assert str(only.object.Contents) == "b"
    assert len(found.pdf.pages[0].Annots) == 3, "no annotation stands on another"


def test_every_annotation_belongs_to_a_link_and_says_what_it_is(german: Opened) -> None:
    held = {
        each.object.objgen: each.page
        for link in german.root.all("Link")
        for each in link.annotations()
    }
    there = {
        each.objgen: number
        for number, sheet in enumerate(german.pdf.pages)
        for each in sheet.get("/Annots", ())
    }
    assert held == there
    assert there
    for sheet in german.pdf.pages:
        for each in sheet.get("/Annots", ()):
            assert str(each.Contents)
            assert int(each.F) & 4, "annotations are printed"
        assert "/Annots" not in sheet or str(sheet.Tabs) == "/S", "tabs go by the structure"


# --- pages ------------------------------------------------------------------------------------------


def test_an_element_over_a_page_break_is_one_element() -> None:
    words = " ".join(f"word{number}" for number in range(900))
    found = opened(page(f"<h1>T</h1><p>{words}</p><ul><li>{words}</li></ul>", pdf_tags=True))
    paragraph, body = found.root.the("P"), found.root.the("LBody")
    for element in (paragraph, body):
        pages = [piece.page for piece in element.pieces()]
        assert len(set(pages)) > 1
        assert pages == sorted(pages)
        assert element.text.replace("-", "").split()[0] == "word0"
        assert squeezed(element.text) == squeezed(words)
    marks = [kid for kid in paragraph.object.K if isinstance(kid, pikepdf.Dictionary)]
    assert marks, "content on another page than the element's says on which"
    assert all(kid.Type == "/MCR" and kid.Pg.objgen != paragraph.object.Pg.objgen for kid in marks)
    assert [each.text for each in found.root.all("Lbl")] == ["• "]


def test_a_repeated_table_head_is_read_once() -> None:
    rows = "".join(f"<tr><td>{number}</td><td>x</td></tr>" for number in range(80))
    head = "<thead><tr><th>Left</th><th scope=row>Right</th></tr></thead>"
    found = opened(page(f"<h1>T</h1><table>{head}<tbody>{rows}</tbody></table>", pdf_tags=True))
    assert len(found.pdf.pages) > 1
    table = found.root.the("Table")
    assert table.types == ["THead", "TBody"]
    assert [each.text for each in table.all("TH")] == ["Left", "Right"]
    assert [str(each.attributes["/Scope"]) for each in table.all("TH")] == ["/Column", "/Row"]
    assert len(table.all("TR")) == 81
    for sheet in list(found.pdf.pages)[1:]:
        assert any(tag == "Artifact" and not rest for _, tag, rest in marked(sheet))


def test_heads_folios_and_leaders_are_artifacts(german: Opened) -> None:
    kinds: set[tuple[str, str]] = set()
    for sheet in german.pdf.pages:
        for _, tag, rest in marked(sheet):
            if tag == "Artifact" and "/Type" in rest:
                kinds.add((str(rest["/Type"]), str(rest.get("/Subtype", ""))))
    assert kinds == {("/Pagination", "/Header"), ("/Pagination", "/Footer")}
    assert ". ." not in german.root.text, "no leader is read"


def test_sequences_do_not_nest_in_each_other() -> None:
    """The line under a word is an artifact of WeasyPrint's within the word's content."""
    body = "<h1>T</h1><p>a <u>b <a href='#c'>c</a></u> <del>d</del></p><p id=c dir=rtl lang=ar>سرًّا <u>كَتَبَ</u>"
    found = opened(page(body, pdf_tags=True))
    for sheet in found.pdf.pages:
        open_: list[str] = []
        for instruction in pikepdf.parse_content_stream(sheet):
            operator = str(instruction.operator)
            if operator in ("BMC", "BDC"):
                tag = str(instruction.operands[0])
                content = operator == "BDC" and "/MCID" in instruction.operands[1]
                assert not (open_ and (tag == "/Artifact" or content)), (open_, tag)
                open_.append(tag)
            elif operator == "EMC":
                open_.pop()
            elif operator in ("Tj", "TJ", "f", "S", "Do"):
                assert open_, f"{operator} stands in no sequence"


def walk_both_ways(found: Opened) -> int:
    """Every mark has an element, every element its marks, and the way back is the same; how many."""
    numbers = found.tree.ParentTree.Nums
    rows = {int(key): value for key, value in zip(numbers[::2], numbers[1::2], strict=True)}
    held: dict[tuple[int, int], Element] = {}
    for element in found.root.walk():
        for kid in element.kids:
            if isinstance(kid, Piece):
                assert (kid.page, kid.mcid) not in held, "a mark in two elements"
                held[kid.page, kid.mcid] = element
    drawn = set()
    for number, sheet in enumerate(found.pdf.pages):
        assert int(sheet.StructParents) in rows
        row = rows[int(sheet.StructParents)]
        for _, _, rest in marked(sheet):
            if "/MCID" in rest:
                key = (number, int(rest["/MCID"]))
                assert key not in drawn, "a mark twice on a page"
                drawn.add(key)
                assert row[key[1]].objgen == held[key].object.objgen
        here = {mcid for page_, mcid in held if page_ == number}
        assert all(each is None or at in here for at, each in enumerate(row.as_list()))
    assert drawn == set(held)
    notes = 0
    for element in found.root.walk():
        assert element.parent is None or element.object.P.objgen == element.parent.object.objgen
        for kid in element.annotations():
            notes += 1
            owner = rows[int(kid.object.StructParent)]
            assert kid.object.objgen in [
                each.Obj.objgen
                for each in owner.K
                if isinstance(each, pikepdf.Dictionary) and "/Obj" in each
            ]
            on = found.pdf.pages[kid.page].Annots
            assert kid.object.objgen in [each.objgen for each in on]
    assert int(found.tree.ParentTreeNextKey) > max(rows)
    assert notes
    return len(drawn)


@pytest.mark.parametrize("which", ["german", "three"])
def test_marks_and_elements_know_each_other(which: str, request: pytest.FixtureRequest) -> None:
    assert walk_both_ways(request.getfixturevalue(which)) > 40


# --- languages and directions -----------------------------------------------------------------------


def test_a_language_is_said_where_it_changes_and_nowhere_else(three: Opened) -> None:
    assert str(three.pdf.Root.Lang) == three.root.own_language == "de"
    for each in three.root.walk():
        if each.parent is not None and each.own_language is not None:
            assert each.own_language != each.parent.language, each.text
    articles = three.root.all("Art")
    assert [each.language for each in articles] == ["de", "ar", "he"]
    assert [each.own_language for each in articles] == [None, "ar", "he"]


def test_runs_of_other_scripts_say_their_language() -> None:
    body = "<h1>T</h1><p>one <span lang=ar dir=rtl>سرًّا</span> two <em lang=de>drei</em></p>"
    found = opened(page(body, pdf_tags=True))
    paragraph = found.root.the("P")
    assert [(each.type, each.own_language) for each in paragraph.elements] == [
        ("Span", "ar"), ("Em", "de"),
    ]  # fmt: skip
    assert paragraph.own_language is None


def test_all_that_is_said_of_right_to_left_text_is_in_logical_order(three: Opened) -> None:
    for tag, text in (("ar", ARABIC), ("he", HEBREW)):
        (own,) = (each for each in three.root.all("Art") if each.language == tag)
        (heading, *_), paragraphs = own.all("H1"), own.all("P")
        lines = [line for line in re.sub(r"(?<=\S)\n(?=\S)", " ", text).splitlines() if line]
        assert squeezed(heading.text) == squeezed(lines[0].removeprefix("# "))
        assert squeezed(paragraphs[0].text) == squeezed(lines[1].replace("*", ""))
        assert len(list(paragraphs[0].pieces())) > 1, "the paragraph has several lines"
        # Readers turn what they say around once more.
        assert not [each.said for each in own.walk() if each.said and each.said.strip()]


def test_a_hyphen_that_nobody_wrote_is_not_read() -> None:
    words = "Donaudampfschifffahrtsgesellschaft Kundenzufriedenheit well-known"
    found = opened(page(f"<h1>T</h1><p lang=de>{words}</p>", pdf_tags=True))
    paragraph = found.root.the("P")
    drawn = [piece.drawn for piece in paragraph.pieces()]
    assert any(each.rstrip().endswith(("\u2010", "-")) for each in drawn), "no word was broken"
    assert squeezed(paragraph.text) == squeezed(words)


# --- whole texts ------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def sample() -> tuple[Book, Opened]:
    folder = ROOT / "sources"
    book = typography.apply(load([folder])[0])
    edition = Edition(book, EditionKind.COMBINED, book.translations)
    renderer = Renderer(book, FileNames({}), folder=folder)
    return book, opened(writer.write(renderer, edition).content)


BLOCKS = ("P", "H1", "H2", "H3", "H4", "LBody", "TH", "TD", "Figure", "Caption", "Note")


def spoken(article: Element) -> list[tuple[str, str]]:
    """What each block says, with its type, notes apart from what they stand in."""

    def own(element: Element) -> str:
        if element.said is not None:
            return element.said
        parts = []
        for kid in element.content:
            if isinstance(kid, Piece):
                parts.append(kid.drawn)
            elif kid.type not in ("Lbl", "Reference", "L", *BLOCKS):
                parts.append(own(kid))
        return "".join(parts)

    out = []
    for each in article.walk():
        if each.type in BLOCKS:
            text = squeezed(each.alternative or own(each))
            if text:
                out.append((each.type, text))
    return out


KINDS = {
    "title": {"H1"}, "heading": {"H2", "H3", "H4"}, "paragraph": {"P"}, "item": {"LBody"},
    "picture": {"Figure"}, "caption": {"Caption"}, "head": {"TH"}, "cell": {"TD"}, "note": {"Note"},
}  # fmt: skip


def text_of(unit: Unit) -> str:
    return squeezed(unit.text)


@pytest.mark.parametrize("tag", ["th", "ar", "id", "de", "es"])
def test_the_structure_says_the_whole_text_block_by_block(
    sample: tuple[Book, Opened], tag: str
) -> None:
    book, found = sample
    (translation,) = (each for each in book.translations if each.tag == tag)
    (own,) = (each for each in found.root.all("Art") if each.language == tag)
    said = spoken(own)
    wanted = [each for each in units(translation) if text_of(each)]
    main = [(each.kind, text_of(each)) for each in wanted if not each.note]
    notes = [text_of(each) for each in wanted if each.note]
    read = [each for each in said if each[0] != "Note"]
    assert [text for _, text in read] == [text for _, text in main]
    for (type_, _), (kind, text) in zip(read, main, strict=True):
        assert type_ in KINDS[kind], text
    assert [text for type_, text in said if type_ == "Note"] == notes


def test_the_sample_is_whole(sample: tuple[Book, Opened]) -> None:
    assert walk_both_ways(sample[1]) > 1000
    assert [each.language for each in sample[1].root.all("Art")] == ["th", "ar", "id", "de", "es"]
