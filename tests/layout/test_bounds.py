"""Nothing stands off the paper: measured on the boxes of the layout, and again on the finished PDF."""

import io
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pypdfium2.raw as raw
import pytest
from PIL import Image

from pipeline.layout.measure import shares
from pipeline.pdf.write import Printed
from pipeline.settings.profiles import ProfileName
from tests.layout.structure import printed

PT = 72 / 25.4
INNER, TOP, OUTER, BOTTOM = (16 * PT, 18 * PT, 20 * PT, 25 * PT)
"""The margins of the plain theme on A5, in pt."""
INK = 2.0
"""How far ink may reach beyond the width of its letter, in pt."""

ADDRESS = (
    "https://archiv.stadtbuecherei.example/sammlungen/handschriften/blatt-17/ansicht.html"
    "?fassung=verbessert&sprache=de-AT&seite=204#unterer_rand_links"
)
KEY = "c0ffee" * 14
HEADS = {
    "de": "Ansprechstelle Zuständigkeiten Sprechstundenzeiten Rufnummernverzeichnis Zahlungsbedingungen "
    "Lieferbedingungen Kündigungsfristen Gewährleistung Versicherungsschutz Rückgaberecht "
    "Bearbeitungsgebühr Zusatzvereinbarungen",
    "ar": "الجهة الاختصاص المواعيد الهاتف الدفع التسليم الإلغاء الضمان التأمين الإرجاع الرسوم ملاحظات",
    "th": "หน่วยงาน หน้าที่รับผิดชอบ เวลาให้คำปรึกษา หมายเลขโทรศัพท์ เงื่อนไขการชำระเงิน การจัดส่ง "
    "ระยะเวลาบอกเลิก การรับประกัน ความคุ้มครอง สิทธิคืนสินค้า ค่าธรรมเนียม ข้อตกลงเพิ่มเติม",
    "fi": "Yhteyspiste Vastuualueet Vastaanottoajat Puhelinnumeroluettelo Maksuehtosopimukset "
    "Toimitusehdot Irtisanomisajat Takuutodistukset Vakuutusturva Palautusoikeudet "
    "Käsittelymaksut Lisäsopimukset",
}


def picture(width: int, height: int) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (width, height), (120, 60, 30)).save(out, "PNG")
    return out.getvalue()


def table(tag: str, columns: int, rows: int = 3) -> str:
    heads = (HEADS[tag].split() * 2)[:columns]
    lines = [heads, ["---"] * columns, *([heads[::-1]] * rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines) + "\n"


def everything(tag: str, title: str) -> str:
    """A book with all that ever ran off a page; most of it is no prose, and so of any language."""
    return f"""\
# {title}

{title} {ADDRESS} {title}, [{ADDRESS}]({ADDRESS}) {title}.[^1]

## {ADDRESS}

- {ADDRESS}
- {KEY}

> {KEY}

| {title} | {title} |
|---|---|
| {title} | {ADDRESS} |
| ![{title}](wide.png) | `{KEY}` |

```
\tif condition {{ return find("{ADDRESS}", "{KEY}") }}

  kept   blanks
```

{title} ![{title}](wide.png) {title}.

![{title}](tall.png "{title} {ADDRESS}")

198. {title}
199. {title}
200. {title}

{table(tag, 5)}

{table(tag, 9)}

{table(tag, 12, rows=14)}

{title}

[^1]: {ADDRESS}
"""


TITLES = {
    "de": "Wohnraumförderungsbestimmungen",
    "ar": "أحكام دعم السكن",
    "th": "ข้อกำหนดการสนับสนุนที่อยู่อาศัย",
    "fi": "Asumistukihakemuslomakkeet",
}
PICTURES: dict[str, str | bytes] = {
    "wide.png": picture(1800, 700),
    "tall.png": picture(700, 2200),
}


@pytest.fixture(scope="module", params=sorted(TITLES))
def book(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Printed:
    tag = str(request.param)
    folder = tmp_path_factory.mktemp(tag)
    return printed(
        folder, {f"a.{tag}.md": everything(tag, TITLES[tag]), **PICTURES}, ProfileName.SCREEN, tag
    )


def pages(content: bytes) -> Iterator[pypdfium2.PdfPage]:
    document = pypdfium2.PdfDocument(content)
    try:
        yield from document
    finally:
        document.close()


def sides(number: int, width: float, *, rtl: bool) -> tuple[float, float]:
    """The left and the right of the text area of a page."""
    right_hand = (number % 2 == 0) if rtl else (number % 2 == 1)
    left, right = (INNER, OUTER) if right_hand else (OUTER, INNER)
    return left, width - right


def ink(page: pypdfium2.PdfPage) -> Iterator[tuple[str, float, float, float, float]]:
    """The characters and pictures of a page: what, left, bottom, right, top, in pt."""
    text = page.get_textpage()
    for at in range(text.count_chars()):
        left, bottom, right, top = text.get_charbox(at)
        if right > left and top > bottom:
            yield text.get_text_range(at, 1), left, bottom, right, top
    for each in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE]):
        yield ("picture", *each.get_bounds())


def is_rtl(book: Printed) -> bool:
    """Whether the letters on the cover are Arabic ones."""
    cover, *_ = [page.get_textpage().get_text_bounded() for page in pages(book.content)]
    return any("\u0620" <= char <= "\u064a" for char in cover)


def test_no_letter_and_no_picture_of_the_pdf_is_off_its_text_area(book: Printed) -> None:
    seen, pictures = 0, 0
    rtl = is_rtl(book)
    document = pypdfium2.PdfDocument(book.content)
    for number, page in enumerate(document, start=1):
        if number == 1:
            continue  # the cover has no margins
        _, _, width, height = page.get_mediabox()  # as the page lies, however it is shown
        low, high = sides(number, width, rtl=rtl)
        for what, left, bottom, right, top in ink(page):
            place = f"{what!r} on page {number}: {left:.0f} {bottom:.0f} {right:.0f} {top:.0f}"
            assert low - INK <= left, place
            assert right <= high + INK, place
            assert bottom >= 0, place
            assert top <= height, place
            if bottom < BOTTOM - INK:  # what is below the text is a folio
                assert what.isdecimal(), place
            seen += 1
            pictures += what == "picture"
    document.close()
    assert seen > 2000
    assert pictures == 3


def test_a_tall_picture_stands_on_one_page_with_its_caption(book: Printed) -> None:
    document = pypdfium2.PdfDocument(book.content)
    (text,) = [
        page.get_textpage().get_text_bounded()
        for page in document
        for each in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE])
        if (bounds := each.get_bounds())[3] - bounds[1] > 60 * PT
        and bounds[2] - bounds[0] < bounds[3] - bounds[1]
    ]
    document.close()
    assert "unterer" in text or "rand" in text, text
    assert "seite" in text


def test_the_check_has_nothing_to_say(book: Printed) -> None:
    assert book.warnings == ()


def test_not_one_character_is_added(book: Printed) -> None:
    text = "".join(page.get_textpage().get_text_bounded() for page in pages(book.content))
    assert "\u200b" not in text
    whole = "".join(text.split())
    if not is_rtl(book):  # pdfium turns the pieces of an address around in text from right to left
        assert whole.count(ADDRESS) >= 6
        assert whole.count(KEY) >= 4


@pytest.mark.parametrize("tag", ["de", "ar", "th"])
def test_numbers_of_a_list_have_room_before_the_text(tmp_path: Path, tag: str) -> None:
    """Two digits or three, and lists in quotations and in other lists."""
    word = TITLES[tag].split()[0]
    plain = "\n".join(f"{number}. {word}" for number in range(1, 13))
    long = "\n".join(f"{number}. {word}" for number in range(98, 103))
    inside = "\n".join(f"    {number}. {word}" for number in range(8, 12))
    quoted = long.replace("\n", "\n> ")
    text = f"# {word}\n\n{plain}\n\n{word}\n\n{long}\n\n> {quoted}\n\n- {word}\n{inside}\n"
    assert printed(tmp_path, {f"a.{tag}.md": text}, ProfileName.SCREEN, tag).warnings == ()


def test_letters_that_are_no_words_break_where_their_clusters_end(tmp_path: Path) -> None:
    """The dictionary knows no place in them, and proposes some that part a syllable."""
    letters = "".join(chr(code) for code in range(0x0E01, 0x0E2F) if code not in (0x0E24, 0x0E26))
    word = TITLES["th"].split()[0]
    row = f"| {word} | {word} |\n|---|---|\n| {letters * 3} | {word} |"
    text = f"# {word}\n\n{word} {letters * 6} {word}\n\n{row}\n\n- {letters * 4}\n"
    assert printed(tmp_path, {"a.th.md": text}, ProfileName.SCREEN, "th").warnings == ()


# --- the check ---------------------------------------------------------------------------------------


def test_what_stands_out_is_told_with_file_and_line(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "a.de.md": "# Titel\n\nEin Absatz.\n\nNoch einer, der breiter ist als alles.\n\n"
        "![Ein Plan](plan.png)\n\n| a | b |\n|---|---|\n| c | *d* |\n",
        "plan.png": picture(300, 200),
        "templates/styles/own.css": ".translation p + p { width: 150mm; }\n"
        ".translation figure img { margin-left: 80mm; }\ntd em { position: relative; left: -9mm; }\n",
    }
    (tmp_path / "templates" / "styles").mkdir(parents=True)
    made = printed(tmp_path, files, ProfileName.SCREEN, "de")
    told = {(each.at.line if each.at else None): each.what for each in made.warnings}
    assert set(told) == {7, 9}
    assert "the picture “Ein Plan” stands" in told[7]
    assert "mm out of the text area; make the picture smaller" in told[7]
    assert "out of its cell; shorten" in told[9]
    assert all(
        str(each.at).endswith(f"a.de.md:{line}")
        for line, each in zip((7, 9), made.warnings, strict=True)
    )


def test_a_text_that_is_wider_than_its_page_is_told_of(tmp_path: Path) -> None:
    (tmp_path / "templates" / "styles").mkdir(parents=True)
    files: dict[str, str | bytes] = {
        "a.de.md": "# Titel\n\n" + "Wort " * 60 + "\n",
        "templates/styles/own.css": ".translation p { white-space: nowrap; }\n",
    }
    (warning,) = printed(tmp_path, files, ProfileName.SCREEN, "de").warnings
    assert warning.at is not None
    assert warning.at.line == 3
    assert "mm out of the text area" in warning.what


def test_a_running_head_off_the_page_is_told_of(tmp_path: Path) -> None:
    (tmp_path / "templates" / "styles").mkdir(parents=True)
    files: dict[str, str | bytes] = {
        "a.de.md": "# Titel\n\n## " + "Sehr lange Worte " * 12 + "\n\n" + "Absatz.\n\n" * 60,
        "templates/styles/own.css": "@page text-de:left { @top-left { white-space: nowrap; } }\n"
        "@page text-de:right { @top-right { white-space: nowrap; } }\n",
    }
    warnings = printed(tmp_path, files, ProfileName.SCREEN, "de").warnings
    assert [each for each in warnings if "in a margin" in each.what]


# --- columns -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("least", "wanted", "room", "expected"),
    [
        ([10, 10], [20, 100], 130, [20, 100]),
        ([10, 10], [20, 100], 60, [20, 40]),
        ([10, 10], [20, 100], 24, [12, 12]),
        ([10, 10], [20, 100], 15, [10, 10]),
    ],
)
def test_columns_share_the_room(
    least: list[float], wanted: list[float], room: float, expected: list[float]
) -> None:
    assert shares(least, wanted, room) == pytest.approx(expected)
