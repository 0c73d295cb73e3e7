"""PDF: whether people find the words that stand in it, and whether readers give the text back in order."""

from pathlib import Path

import pytest

from tests.end_to_end import readers
from tests.end_to_end.conftest import WITHOUT_TEXTS, built
from tests.end_to_end.inputs import (
    BARE,
    EDITIONS,
    LANGUAGES,
    SAMPLE,
    Input,
    direction,
    squeezed,
    units,
)
from tests.end_to_end.test_pdf import recovered, spans
from tests.end_to_end.undoing import undone

READ = [
    pytest.param(given, edition, id=f"{given.name}-{edition}", marks=marks)
    for given, editions, marks in ((SAMPLE, EDITIONS, ()), (BARE, LANGUAGES, WITHOUT_TEXTS))
    for edition in editions
]
"""The sample shows that the combined edition is read as the others are."""


@pytest.mark.parametrize("program", readers.SEARCHES)
@pytest.mark.parametrize(("given", "edition"), READ)
def test_every_word_is_found_at_every_place(
    given: Input, edition: str, program: str, workshop: Path
) -> None:
    """By the reader's own search. Words that are broken with a hyphen are looked for where the reader joins
    their parts: pdf.js does so on one page, pdfium does not. The combined edition has all the words of the
    others on pages of its own, and is asked for one in five."""
    book = built(given, workshop)
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
@pytest.mark.parametrize(("given", "edition"), READ)
def test_the_text_is_given_back(given: Input, edition: str, program: str, workshop: Path) -> None:
    book = built(given, workshop)
    file = book.file(edition, "pdf")
    for tag, (first, last) in spans(book, edition).items():
        source = units(book.source(tag))
        got = readers.COPIES[program](file, first, last)
        least = 0.999
        if direction(tag) == "rtl":
            least = 0.99
            got = undone(program, got)
        assert recovered(source, squeezed(got)) >= least, tag
