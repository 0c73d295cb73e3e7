"""PDF: whether people find the words that stand in it, and whether readers give the text back in order."""

import pytest

from tests.end_to_end import readers
from tests.end_to_end.conftest import Built
from tests.end_to_end.inputs import LANGUAGES, direction, squeezed, units
from tests.end_to_end.test_pdf import recovered, spans
from tests.end_to_end.undoing import undone


@pytest.mark.parametrize("program", readers.SEARCHES)
def test_every_word_is_found_at_every_place(book: Built, edition: str, program: str) -> None:
    """By the reader's own search. Words that are broken with a hyphen are looked for where the reader joins
    their parts: pdf.js does so on one page, pdfium does not. The combined edition has all the words of the
    others on pages of its own, and is asked for one in five."""
    step = 5 if edition == "combined" else 1
    tags = LANGUAGES if edition == "combined" else (edition,)
    texts = {
        tag: (
            [each.text for each in units(book.source(tag)) if each.element != "img"],
            *spans(book, edition)[tag],
        )
        for tag in tags
    }
    found = readers.found(program, book.file(edition, "pdf"), texts, step)
    assert [each for tag in tags for each in found[tag] if each.missing] == []
    assert all(len(found[tag]) > 200 / step for tag in tags)


@pytest.mark.parametrize("program", ["pdftotext -raw", "pypdf"])
def test_the_text_is_given_back(book: Built, edition: str, program: str) -> None:
    file = book.file(edition, "pdf")
    for tag, (first, last) in spans(book, edition).items():
        source = units(book.source(tag))
        got = readers.COPIES[program](file, first, last)
        least = 0.999
        if direction(tag) == "rtl":
            least = 0.99
            got = undone(program, got)
        assert recovered(source, squeezed(got)) >= least, tag
