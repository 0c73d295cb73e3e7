"""Soft hyphens rule the words that they stand in, and no others; WeasyPrint still needs our help with that."""

from collections.abc import Iterator
from typing import Any

import pypdfium2
import pytest

from pipeline.layout.engine import silence, weasyprint
from tests.layout.test_mends import without
from tests.layout.test_text import FACES, FONTS, bare

SOFT = "\u00ad"

TEXTS = {
    "de": (
        "Die Gemeindeverwaltung veröffentlicht Ausschreibungsunterlagen vierteljährlich, und wer sich "
        "beteiligen möchte, findet Ansprechpartnerinnen in der Wirtschaftsförderungsabteilung nebenan; "
        "Rückfragen beantworten Sachbearbeiter gewissenhaft und erstaunlich schnell."
    ),
    "id": (
        "Pemerintah kabupaten mempertanggungjawabkan penyelenggaraan pembangunan berkelanjutan, sedangkan "
        "masyarakat menyelenggarakan pertemuan pertanggungjawaban bersama perwakilan perusahaan setempat."
    ),
    "es": (
        "La administración municipal comercializa extraordinariamente productos agroalimentarios, mientras "
        "los ayuntamientos responsabilizan a los representantes correspondientes de la internacionalización."
    ),
}
WIDTHS = (90, 120, 150, 200)


def lines(text: str, tag: str, width: int) -> list[str]:
    """The lines of a paragraph as they are drawn in a column of some px."""
    document = rendered(text, tag, width)
    return [
        "".join(box.text for box in line.descendants() if hasattr(box, "text"))
        for line in _lines(document.pages[0]._page_box)
    ]


def rendered(text: str, tag: str, width: int) -> Any:
    markup = (
        f"<style>{FACES} @page {{ size: {width}px 2000px; margin: 0 }} body {{ margin: 0 }}"
        "p { font: 12px/16px Spectral; margin: 0; hyphens: auto; hyphenate-limit-chars: 6 3 3;"
        f'hyphenate-character: "-" }}</style><body lang={tag}><p>{text}'
    )
    with silence("the page"):
        return weasyprint().HTML(string=markup).render(font_config=FONTS.configuration)


def _lines(box: Any) -> Iterator[Any]:
    from weasyprint.formatting_structure import boxes

    if isinstance(box, boxes.LineBox):
        yield box
        return
    for child in getattr(box, "children", ()):
        yield from _lines(child)


def softened(text: str, at: int) -> str:
    """The text with soft hyphens in its word number ``at``, after every second letter."""
    words = text.split()
    word = words[at]
    words[at] = SOFT.join(word[start : start + 2] for start in range(0, len(word), 2))
    return " ".join(words)


def whole_words(broken: list[str]) -> set[int]:
    """The numbers of the words that no line ends in or right before."""
    out, number = set(), 0
    for line in broken:
        words = line.split()
        inside = range(number + 1, number + len(words) - (1 if line.rstrip().endswith("-") else 0))
        out |= set(inside)
        number += len(words) - (1 if line.rstrip().endswith("-") else 0)
    return out


@pytest.mark.parametrize("tag", TEXTS)
@pytest.mark.parametrize("width", WIDTHS)
def test_soft_hyphens_in_a_word_leave_other_lines_alone(tag: str, width: int) -> None:
    plain = lines(TEXTS[tag], tag, width)
    assert any(line.endswith("-") for line in plain)
    at = next(iter(sorted(whole_words(plain), reverse=True)))
    soft = lines(softened(TEXTS[tag], at), tag, width)
    assert [line.replace(SOFT, "") for line in soft] == plain


@pytest.mark.parametrize("tag", TEXTS)
@pytest.mark.parametrize("width", WIDTHS)
def test_a_word_with_soft_hyphens_breaks_at_these_alone(tag: str, width: int) -> None:
    words = TEXTS[tag].split()
    longest = max(range(len(words)), key=lambda at: len(words[at]))
    for before in range(0, longest + 1, 3):
        text = softened(" ".join(words[before:]), longest - before)
        drawn = lines(text, tag, width)
        torn = [line for line in drawn if line.endswith("-")]
        for line in torn:
            last = line[:-1].split()[-1]
            if SOFT in last:
                assert last.endswith(SOFT), drawn
        assert "".join("".join(line.removesuffix("-") for line in drawn).split()) == "".join(
            text.split()
        )


def test_columns_are_as_narrow_as_soft_hyphens_let_them_be() -> None:
    narrow = lines("Wirt\u00adschafts\u00adför\u00adde\u00adrung und Ausschreibung", "de", 60)
    assert all(len(line) < 14 for line in narrow), narrow


def test_what_comes_out_of_a_pdf_is_the_text() -> None:
    text = softened(TEXTS["de"], 10)
    content = rendered(text, "de", 150).write_pdf()
    document = pypdfium2.PdfDocument(content)
    found = "".join(page.get_textpage().get_text_range() for page in document)
    document.close()
    assert bare(found).replace(SOFT, "").replace("-", "") == bare(text).replace(SOFT, "").replace(
        "-", ""
    )


def test_the_library_does_not_yet_do_without() -> None:
    plain = lines(TEXTS["de"], "de", 120)
    soft = softened(TEXTS["de"], max(whole_words(plain)))
    with without("hyphens"):
        assert [line.replace(SOFT, "") for line in lines(soft, "de", 120)] != plain
