"""Blocks that run the other way than their text: which they are, and how every format shows them."""

import zipfile
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
from lxml import etree, html

from pipeline.configuration.options import Options
from pipeline.document import Heading, Listing, Paragraph, Quotation, Table, Text
from pipeline.errors import Origin
from pipeline.jobs.build import build
from pipeline.languages import Direction
from pipeline.typography.other_way import other_way
from tests.typography.eyes import characters
from tests.typography.texts import passed

PHRASES = """# Kleines Heft

## مرحبا يا أصدقاء!

| Deutsch | Arabisch |
|---|---|
| Wie geht es? | كيف الحال؟ بخير. |
| Hilfe! | النجدة! |

> لا أفهم هذا الكلام. ببطء!

1. نعم.
2. لا، أبدا!

- Guten Tag.
- صباح الخير!

Ein Satz mit كتاب darin.

```
يا ليل، متى غدك؟
```

### שלום, עולם!

Absatz.
"""


@pytest.mark.parametrize(
    ("text", "base", "wanted"),
    [
        ("مرحبا!", "ltr", "rtl"),
        ("Hello, world!", "rtl", "ltr"),
        ("مرحبا a", "ltr", None),
        ("2026 – 12!", "rtl", None),
        ("١٢ كلمة.", "ltr", "rtl"),
        ("Hallo", "ltr", None),
        ("ไทย!", "rtl", "ltr"),
        ("", "rtl", None),
    ],
)
def test_a_text_runs_the_other_way_where_all_its_letters_do(
    text: str, base: str, wanted: str | None
) -> None:
    found = other_way(text, Direction(base))
    assert (found and found.direction.value) == wanted


def test_amounts_and_addresses_are_no_words() -> None:
    table, price, address, name = passed(
        "| الوزن | الصنف |\n|---|---|\n| 1 kg | تفاح |\n| 3 | خبز |\n\n5 GB\n\nhttps://example.org/a\n\nHello!\n",
        "ar",
    ).blocks
    assert isinstance(table, Table)
    assert [[bool(cell.other_way) for cell in row] for row in table.rows] == [[False, False]] * 2
    assert (price.other_way, address.other_way) == (None, None)
    assert name.other_way is not None


def test_letters_tell_script_and_language_where_they_can() -> None:
    hebrew, arabic = other_way("שלום", Direction.LTR), other_way("سلام", Direction.LTR)
    assert hebrew and hebrew.language and hebrew.language.tag == "he"
    assert arabic and arabic.script and (arabic.script.code, arabic.language) == ("Arab", None)


def test_compound_blocks_run_the_other_way_as_wholes_or_part_by_part() -> None:
    blocks = passed(
        PHRASES.replace("# Kleines Heft\n\n", "").replace("## ", "").replace("#", ""), "de"
    ).blocks
    (table,) = [each for each in blocks if isinstance(each, Table)]
    assert table.other_way is None
    assert [[bool(cell.other_way) for cell in row] for row in table.rows] == [[False, True]] * 2
    (quotation,) = [each for each in blocks if isinstance(each, Quotation)]
    assert quotation.other_way
    assert [inner.other_way for inner in quotation.blocks] == [None], "said once, not twice"
    ordered, bulleted = [each for each in blocks if isinstance(each, Listing)]
    assert ordered.other_way
    assert bulleted.other_way is None
    assert [bool(item.blocks[0].other_way) for item in bulleted.items] == [False, True]
    mixed = [each for each in blocks if isinstance(each, Paragraph) and "Satz" in str(each)]
    assert mixed[0].other_way is None


def test_the_name_of_a_heading_of_the_other_way_is_isolated_in_other_lines() -> None:
    own = other_way("سلام", Direction.LTR)
    heading = Heading(inlines=(Text("سلام!"),), level=1, origin=Origin("a.md", 1), other_way=own)
    (run,) = heading.line
    assert run.direction is Direction.RTL  # type: ignore[attr-defined]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("phrases")
    (folder / "in").mkdir()
    (folder / "in" / "heft.de.md").write_text(PHRASES, encoding="utf-8")
    build([folder / "in"], folder / "out", Options(), workers=1)
    return folder / "out"


WHERE = {
    "مرحبا يا أصدقاء!": "rtl",
    "Deutsch": "ltr",
    "Arabisch": "ltr",
    "النجدة!": "rtl",
    "لا أفهم هذا الكلام. ببطء!": "rtl",
    "نعم.": "rtl",
    "Guten Tag.": "ltr",
    "صباح الخير!": "rtl",
    "يا ليل، متى غدك؟": "rtl",
    "שלום, עולם!": "rtl",
}


def _directions(roots: list[Any]) -> dict[str, set[str]]:
    """By its words, the directions that hold where a text stands: in the text, the contents, the title."""
    out: dict[str, set[str]] = {}
    for root in roots:
        for element in root.iter("*"):
            words = (element.text or "").strip()
            if words in WHERE and not str(element.tag).endswith("title"):
                at = element
                while at is not None and not at.get("dir"):
                    at = at.getparent()
                out.setdefault(words, set()).add(at.get("dir"))
    return out


def test_a_web_page_and_an_ebook_show_each_block_in_its_direction(made: Path) -> None:
    wanted = {words: {direction} for words, direction in WHERE.items()}
    page = html.fromstring((made / "in.de.html").read_text(encoding="utf-8"))
    assert _directions([page]) == wanted
    with zipfile.ZipFile(made / "in.de.epub") as archive:
        names = [name for name in archive.namelist() if name.endswith(".xhtml")]
        roots = [etree.fromstring(archive.read(name)) for name in names]
    assert _directions(roots) == wanted
    lists = page.findall(".//article//ol") + page.findall(".//article//ul")
    directions = [
        each.get("dir") for each in lists if each.getparent().tag != "nav" and each.get("class")
    ]
    assert directions.count("rtl") == 1


def test_a_pdf_has_headings_of_the_other_way_in_contents_bookmarks_and_structure(
    made: Path,
) -> None:
    with pikepdf.open(made / "in.de.pdf") as pdf, pdf.open_outline() as outline:
        title = outline.root[0]
        assert title.children[0].title == "مرحبا يا أصدقاء!"
        languages = {
            str(each.get("/Lang"))
            for each in pdf.objects
            if isinstance(each, pikepdf.Dictionary)
            and each.get("/Type") == "/StructElem"
            and "/Lang" in each
        }
    assert "he" in languages


def test_marks_at_the_end_of_lines_of_the_other_way_stand_at_their_left_end(made: Path) -> None:
    with pypdfium2.PdfDocument(made / "in.de.pdf") as document:
        seen = 0
        for number in range(1, len(document)):
            rows: dict[float, list[tuple[float, str]]] = {}
            for char, x, y, _ in characters(document[number]):
                if not char.isspace() and char != "•":
                    rows.setdefault(round(y), []).append((x, char))
            for row in rows.values():
                arabic = [x for x, char in row if "\u0590" < char < "\u06ff"]
                marks = [x for x, char in row if char == "!"]
                if len(arabic) > 5 and len(marks) == 1:
                    seen += 1
                    assert marks[0] < min(arabic)
    assert seen >= 5, "cells, headings, quotation, items"
