"""Books with drawings that hold text: the same outlines in HTML, EPUB and PDF, which check passes."""

import re
import zipfile
from base64 import b64decode
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from pipeline.errors import FontError
from pipeline.fonts import needs_of
from tests.end_to_end.browser import visit
from tests.end_to_end.tools import pentapla
from tests.unit_helpers import book_of, put

PLAN = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 240 120">
<style>text { font: 18px Verdana, sans-serif; fill: #114 }</style>
<rect x="1" y="1" width="238" height="118" fill="none" stroke="#888"/>
<text x="120" y="30" text-anchor="middle">Bäckerei <tspan font-weight="bold">Süd</tspan></text>
<text x="228" y="62" direction="rtl">مخبز الجنوب</text>
<text x="12" y="100">ร้านขนมปังใต้</text>
</svg>"""
WORDS = ("Bäckerei", "مخبز", "ร้านขนมปังใต้")


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the books of a shop's plan."""
    folder = tmp_path_factory.mktemp("shop")
    put(
        folder / "in",
        {
            "plan.svg": PLAN,
            "a.de.md": "# Laden\n\n![Ein Grundriss](plan.svg)\n\nUnd so ![klein](plan.svg) im Satz.\n",
            "a.ar.md": "# دكان\n\n![مخطط](plan.svg)\n\nوهكذا ![صغير](plan.svg) في الجملة.\n",
        },
    )
    out = folder / "out"
    done = pentapla("build", folder / "in", "-o", out, "--editions", "single")
    assert done.code == 0, done.err
    return folder


def test_all_formats_hold_the_same_outlines(shop: Path) -> None:
    for tag in ("de", "ar"):
        page = (shop / f"out/in.{tag}.html").read_text(encoding="utf-8")
        (url, *others) = re.findall(r'src="data:image/svg\+xml;base64,([^"]+)"', page)
        assert set(others) == {url}
        drawing = b64decode(url).decode()
        assert "<text" not in drawing
        assert all(word in drawing for word in WORDS), "as names of what is drawn"
        with zipfile.ZipFile(shop / f"out/in.{tag}.epub") as archive:
            (name,) = (each for each in archive.namelist() if each.endswith(".svg"))
            assert archive.read(name).decode() == drawing


def test_check_passes_them(shop: Path) -> None:
    done = pentapla(
        "check", shop / "out", "--sources", shop / "in", "--judges", "fidelity,links,pdf,epubcheck"
    )
    assert done.code == 0, done.out


def test_browsers_draw_them(shop: Path, chromium: Browser) -> None:
    with visit(chromium, shop / "out/in.ar.html") as seen:
        dark = seen.page.evaluate(
            """async () => {
                const image = document.querySelector("figure img");
                await image.decode();
                const canvas = document.createElement("canvas");
                [canvas.width, canvas.height] = [480, 240];
                const pen = canvas.getContext("2d", { willReadFrequently: true });
                pen.drawImage(image, 0, 0, 480, 240);
                const rows = [[20, 70], [80, 140], [150, 220]];
                return rows.map(([from, to]) => {
                    const data = pen.getImageData(8, from, 464, to - from).data;
                    return data.filter((value, at) => at % 4 === 3 && value > 128).length;
                });
            }"""
        )
    assert all(each > 300 for each in dark), f"every line of text is drawn: {dark}"


def test_what_no_face_draws_is_told_with_all_else(tmp_path: Path) -> None:
    book = book_of(
        tmp_path,
        {
            "plan.svg": PLAN.replace("Süd", "\U00012000"),
            "a.md": "---\nlang: de\n---\n# Laden\n\nText \U00012001.\n\n![Plan](plan.svg)\n",
        },
    )
    missing = needs_of(book).missing
    assert missing
    error = missing.error()
    assert isinstance(error, FontError)
    assert "\U00012000" in error.what
    assert "\U00012001" in error.what
    assert ":8" in error.what
