"""Covers: how titles are set, and the same cover as a page and as SVG."""

import io
import re
from pathlib import Path
from xml.etree import ElementTree as ET

import pypdfium2
import pytest
from PIL import Image
from playwright.sync_api import Browser

from pipeline.design.themes import names
from pipeline.document import plain
from pipeline.editions import Edition
from pipeline.errors import LayoutError
from pipeline.pdf import write as pdf
from pipeline.pdf.svg import cover
from pipeline.rendering import Renderer
from pipeline.rendering.covers import Composition, compose
from pipeline.typography.breaks import boundaries
from tests.design.themed import TEXTS, editions, renderer, write
from tests.pictures.comparison import compare

SVG = "{http://www.w3.org/2000/svg}"
LONG = (
    "Kunden, die immer wiederkommen: Aufzeichnungen über Freundlichkeit, Vertrauenswürdigkeit und den "
    "guten Ruf eines kleinen Ladens am alten Markt"
)
LONG_THAI = "ลูกค้าที่กลับมาเสมอบันทึกว่าด้วยความเอื้อเฟื้อความไว้วางใจและชื่อเสียงอันดีของร้านเล็กริมตลาดเก่าข้างแม่น้ำ"
TWELVE = ("de", "en", "es", "fr", "id", "it", "nl", "pt", "pl", "sv", "th", "ar")


def drawn_cover(made: Renderer, edition: Edition) -> bytes:
    return cover.write(edition, pdf.write_cover(made, edition).content)


def titled(folder: Path, titles: dict[str, str], theme: str = "plain") -> dict[str, Edition]:
    texts = {tag: f"# {title}\n\n.\n" for tag, title in titles.items()}
    return editions(renderer(write(folder, theme, texts)))


def composed(folder: Path, titles: dict[str, str], theme: str = "plain") -> Composition:
    texts = {tag: f"# {title}\n\n.\n" for tag, title in titles.items()}
    made = renderer(write(folder, theme, texts))
    return compose(made, list(editions(made).values())[-1])


def lines(found: Composition, tag: str) -> list[str]:
    return [plain(line) for line in found.lines[tag]]


# --- how titles are set -------------------------------------------------------------------------------


def test_a_short_title_is_set_large_and_a_long_one_small(tmp_path: Path) -> None:
    short, long = composed(tmp_path / "a", {"de": "Kunden"}), composed(tmp_path / "b", {"de": LONG})
    assert short.size > 1.3 * long.size
    assert len(lines(short, "de")) == 1


def test_lines_are_as_equal_as_they_can_be(tmp_path: Path) -> None:
    found = composed(tmp_path, {"id": "Pelanggan di Dalam, Pelanggan di Luar"})
    assert lines(found, "id") == ["Pelanggan", "di Dalam,", "Pelanggan", "di Luar"]
    both = {"id": "Pelanggan di Dalam, Pelanggan di Luar", "de": "Kunden drinnen und draußen"}
    found = composed(tmp_path / "both", both)
    assert lines(found, "id") == ["Pelanggan di Dalam,", "Pelanggan di Luar"]


@pytest.mark.parametrize("theme", names())
def test_no_line_of_a_long_title_is_left_nearly_empty(tmp_path: Path, theme: str) -> None:
    found = lines(composed(tmp_path, {"de": LONG}, theme), "de")
    assert len(found) > 2
    assert min(map(len, found)) > 0.4 * max(map(len, found))


@pytest.mark.parametrize("theme", names())
def test_nothing_of_a_title_is_lost_but_the_spaces_at_which_lines_end(
    tmp_path: Path, theme: str
) -> None:
    titles = {"de": LONG, "th": LONG_THAI, "ar": "عملاء *الداخل* وعملاء Café Lindner **الخارج**"}
    found = composed(tmp_path, titles, theme)
    assert " ".join(lines(found, "de")) == LONG
    assert "".join(lines(found, "th")) == LONG_THAI
    assert " ".join(lines(found, "ar")) == "عملاء الداخل وعملاء Café Lindner الخارج"


def test_no_line_breaks_inside_a_thai_word(tmp_path: Path) -> None:
    found = lines(composed(tmp_path, {"th": LONG_THAI}), "th")
    ends = {sum(map(len, found[:at])) for at in range(1, len(found))}
    assert len(found) > 2
    assert ends <= set(boundaries(LONG_THAI, "th"))


def test_what_stays_whole_in_the_text_stays_whole_on_the_cover(tmp_path: Path) -> None:
    texts = {"de": "# Vom Preis des Kaffees im Laden von Ruth Lindner am Markt\n\n.\n"}
    folder = write(
        tmp_path, texts=texts, more='[names]\nde = ["Ruth Lindner", "Preis des Kaffees"]\n'
    )
    made = renderer(folder)
    found = lines(compose(made, editions(made)["de"]), "de")
    assert any("Ruth Lindner" in line for line in found)
    assert any("Preis des Kaffees" in line for line in found)


def test_a_word_that_no_line_holds_breaks_and_is_not_lost(tmp_path: Path) -> None:
    word = "Donaudampfschifffahrtsgesellschaftskapitänswitwenrentenauszahlungsstelle" * 3
    edition = titled(tmp_path, {"de": word})["de"]
    made = renderer(tmp_path)
    text = pypdfium2.PdfDocument(pdf.write_cover(made, edition).content)[0].get_textpage()
    assert word in re.sub(r"\s", "", text.get_text_bounded())


def test_all_titles_of_a_cover_have_one_size(tmp_path: Path) -> None:
    short = composed(tmp_path / "a", {"de": "Kunden", "es": "Clientes"})
    both = composed(tmp_path / "b", {"de": LONG, "es": "Clientes"})
    assert both.size < short.size


@pytest.mark.parametrize("theme", names())
@pytest.mark.parametrize("title", ["Kunden!!", LONG])
def test_twelve_titles_stand_on_one_cover(tmp_path: Path, theme: str, title: str) -> None:
    found = {"th": LONG_THAI[:60], "ar": "عملاء الداخل وعملاء الخارج"}
    titles = {tag: found.get(tag, title) for tag in TWELVE}
    made = renderer(
        write(tmp_path, theme, {tag: f"# {each}\n\n.\n" for tag, each in titles.items()})
    )
    edition = editions(made)["combined"]
    content = pdf.write_cover(made, edition).content
    page = pypdfium2.PdfDocument(content)[0]
    text = page.get_textpage()
    boxes = [text.get_rect(at) for at in range(text.count_rects())]
    width, height = page.get_size()
    assert len(boxes) >= 12
    for left, bottom, right, top in boxes:
        assert 0 < left < right < width
        assert 0 < bottom < top < height


# --- as SVG -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("theme", names())
def test_the_svg_is_the_page(tmp_path: Path, theme: str, chromium: Browser) -> None:
    """Drawn by two programs, from outlines and from fonts: the same lines in the same places."""
    made = renderer(write(tmp_path, theme))
    for key, edition in editions(made).items():
        content = drawn_cover(made, edition)
        document = pypdfium2.PdfDocument(pdf.write_cover(made, edition).content)
        width, height = map(round, document[0].get_size())
        page = chromium.new_page(viewport={"width": width, "height": height}, device_scale_factor=2)
        picture = content.decode().partition("?>")[2]
        picture = re.sub(
            r'width="[\d.]+mm" height="[\d.]+mm"', f'width="{width}" height="{height}"', picture
        )
        page.set_content(f"<style>body {{ margin: 0 }} svg {{ display: block }}</style>{picture}")
        shot = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
        page.close()
        drawn = document[0].render(scale=2).to_pil().convert("RGB").resize(shot.size)
        verdict = compare(drawn, shot)
        # Hairlines fall on other pixels in another program; letters and fields do not.
        worst = [spot for spot in verdict.spots if spot.amount > 1.6]
        assert not worst, (key, str(verdict))
        assert len(verdict.spots) < 0.02 * shot.width * shot.height / 900, (key, str(verdict))


@pytest.mark.parametrize("theme", names())
def test_the_svg_needs_no_fonts_and_loads_nothing(tmp_path: Path, theme: str) -> None:
    made = renderer(write(tmp_path, theme))
    root = ET.fromstring(drawn_cover(made, editions(made)["combined"]))
    kinds = {each.tag.removeprefix(SVG) for each in root.iter()}
    assert kinds <= {"svg", "title", "desc", "defs", "clipPath", "path", "g"}
    assert not [
        key for each in root.iter() for key in each.attrib if "href" in key or "style" in key
    ]


def test_the_svg_says_what_it_is_in_its_language_and_direction(tmp_path: Path) -> None:
    made = renderer(write(tmp_path, more='[theme.accents]\nar = "#123456"\n'))
    root = ET.fromstring(drawn_cover(made, editions(made)["ar"]))
    assert (root.get("lang"), root.get("direction"), root.get("role")) == ("ar", "rtl", "img")
    assert (root.get("width"), root.get("height")) == ("148mm", "210mm")
    title, description = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
    assert title is not None
    assert description is not None
    assert title.text == "عملاء الداخل وعملاء الخارج"
    assert "العربية" in (description.text or "")
    assert "#123456" in {each.get("fill") for each in root.iter()}


def test_the_combined_cover_tells_all_titles(tmp_path: Path) -> None:
    made = renderer(write(tmp_path))
    root = ET.fromstring(drawn_cover(made, editions(made)["combined"]))
    description = root.find(f"{SVG}desc")
    assert description is not None
    for text in TEXTS.values():
        assert text.splitlines()[0].removeprefix("# ") in (description.text or "")


def test_the_same_book_gives_the_same_svg(tmp_path: Path) -> None:
    write(tmp_path)
    one, other = renderer(tmp_path), renderer(tmp_path)
    assert drawn_cover(one, editions(one)["de"]) == drawn_cover(other, editions(other)["de"])


def test_a_cover_of_a_book_s_own_comes_out_as_it_is(tmp_path: Path) -> None:
    picture = (
        "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9"
        "awAAAABJRU5ErkJggg=="
    )
    own = {
        "parts/cover.html": f'<section class="cover"><img src="{picture}" alt=""/>'
        '<p style="border: 2pt dashed #00ff00; color: rgba(255, 0, 0, 0.5)">Hallo</p></section>'
    }
    made = renderer(write(tmp_path, own=own))
    root = ET.fromstring(drawn_cover(made, editions(made)["de"]))
    assert len(root.findall(f".//{SVG}image")) == 1
    fills = {each.get("fill"): each.get("fill-opacity") for each in root.iter(f"{SVG}path")}
    assert fills["#ff0000"] == "0.5"
    assert "#00ff00" in {*fills, *(each.get("stroke") for each in root.iter())}


def test_what_svg_cannot_show_is_an_error_and_not_left_out(tmp_path: Path) -> None:
    own = {"styles/own.css": ".cover .field { background: linear-gradient(red, blue); }"}
    made = renderer(write(tmp_path, own=own))
    with pytest.raises(LayoutError) as caught:
        drawn_cover(made, editions(made)["de"])
    assert "gradients" in caught.value.cure
