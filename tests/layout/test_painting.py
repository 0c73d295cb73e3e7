"""Markers of lists are read with their items; and WeasyPrint still needs our help with that."""

import re

import pytest

from tests.layout.test_mends import without
from tests.layout.test_text import bare, by_mupdf, page

LISTS = (
    "<style>ul{list-style-type:disc}</style><ul><li>eins<li><p>zwei</p><p>drei</p><ul><li>vier</ul></ul><p>danach</p>"
    "<ol><li>eine<li>andere</ol><table><tr><td><ul><li>Zelle</ul></table><p>Ende"
)
ORDER = "•eins•zweidrei•vierdanach1.eine2.andere•ZelleEnde"


def read(pdf: bytes) -> str:
    return bare(by_mupdf(pdf))


def test_a_marker_is_painted_before_its_item() -> None:
    assert read(page(LISTS)) == ORDER


@pytest.mark.parametrize("text", ["بيت <b>كبير</b>", "بيت"])
def test_a_marker_is_painted_before_its_item_from_right_to_left(text: str) -> None:
    found = read(page(f"<ul lang=ar dir=rtl><li>{text}<li>{text}</ul>"))
    plain = re.sub("<.*?>| ", "", text)
    assert found.count(plain) == 2
    assert "••" not in found


def test_the_library_does_not_yet_do_without() -> None:
    with without("painting"):
        pdf = page(LISTS)
    assert read(pdf).endswith("••••1.2.•") or "••" in read(pdf)
