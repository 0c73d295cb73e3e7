"""PDF: whether pdf.js gives the text back."""

import pytest

from tests.end_to_end.conftest import Built
from tests.end_to_end.inputs import direction, squeezed, units
from tests.end_to_end.measure import lost
from tests.end_to_end.pdfjs import Item, as_drawn, in_reading_order, read
from tests.end_to_end.test_pdf import recovered, spans

LEAST = {"ltr": 0.999, "rtl": 0.995}
"""The share of the characters that must come back in order, by the direction of the text."""


def test_pdfjs_gives_the_text_back(book: Built, edition: str) -> None:
    """The real pdf.js (its legacy build, in Node) reads every page, and what it says is the source, but
    for white space, bidi controls and forms of normalisation.

    From left to right its items are taken as they come. From right to left they are put in order a line
    at a time: pdf.js turns each item by itself, so an item is in logical order and the items of a line
    stand as the eye sees them (``tests.end_to_end.pdfjs`` says more). That is done by the places and
    directions of the items alone: the source is not looked at, so no loss can be hidden.
    """
    file = book.file(edition, "pdf")
    pages = read(file)
    poor = []
    for tag, (first, last) in spans(book, edition).items():
        way = direction(tag)
        order = in_reading_order if way == "rtl" else as_drawn
        got = squeezed("\n".join(order(page) for page in pages[first - 1 : last]))
        source = units(book.source(tag))
        pieces = [squeezed(each.text) for each in source if each.element != "img"]
        share = recovered(source, got)
        print(f"{book.input.name} {file.name} {tag} pdf.js: {share:.2%}")  # noqa: T201
        if share < LEAST[way]:
            poor.append(f"{tag}: {share:.2%} of at least {LEAST[way]:.1%}\n{lost(pieces, got)}")
        # Heads, folios and notes come on top; a layer of text that is there twice would be far more.
        wanted = sum(map(len, pieces))
        assert len(got) < 1.25 * wanted, f"{tag}: {len(got)} characters come out, {wanted} went in"
    assert not poor, "\n".join(poor)


def test_a_line_from_right_to_left_is_put_in_reading_order() -> None:
    page = [
        # As the page draws it: the right half of the line, then a name in two faces, then the left.
        Item("قال", 170, 100),
        Item("\N{ARABIC DAMMA}", 198, 103, 0),
        Item("ك", 200, 100),
        Item("وقد", 205, 100),
        Item("Café", 110, 100),
        Item("-", 135, 100),
        Item("Lindner", 138, 100),
        Item("أربعون", 60, 100, ends_line=True),
        Item(" ", 60, 100),
        Item("الساعة", 190, 80),
        Item("9", 180, 80),
        Item("–", 172, 80),
        Item("17", 160, 80),
    ]
    assert in_reading_order(page) == "وقدك\N{ARABIC DAMMA}قالCafé-Lindnerأربعون\nالساعة9–17"


def test_a_mark_that_is_left_over_is_told() -> None:
    with pytest.raises(AssertionError, match="without a letter"):
        in_reading_order([Item("ق", 10, 100), Item("\N{ARABIC DAMMA}", 20, 100)])
