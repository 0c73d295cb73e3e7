"""Identifiers of publications: how they are written, and their check digits."""

import pytest

from pipeline.document.identifiers import Identifier, identified


@pytest.mark.parametrize(
    ("text", "uri", "shown"),
    [
        ("978-3-16-148410-0", "urn:isbn:9783161484100", "ISBN 978-3-16-148410-0"),
        ("9783161484100", "urn:isbn:9783161484100", "ISBN 9783161484100"),
        ("urn:isbn:978-0-306-40615-7", "urn:isbn:9780306406157", "ISBN 978-0-306-40615-7"),
        ("ISBN 979-10-90636-07-1", "urn:isbn:9791090636071", "ISBN 979-10-90636-07-1"),
        ("ISBN-13: 978 3 16 148410 0", "urn:isbn:9783161484100", "ISBN 978 3 16 148410 0"),
        ("3-16-148410-X", "urn:isbn:316148410X", "ISBN 3-16-148410-X"),
        ("isbn:0306406152", "urn:isbn:0306406152", "ISBN 0306406152"),
    ],
)
def test_an_isbn_is_stored_as_a_urn_and_shown_as_it_was_given(
    text: str, uri: str, shown: str
) -> None:
    assert identified(text) == Identifier(uri, shown)


@pytest.mark.parametrize("text", ["urn:uuid:0b1c", "https://doi.org/10.1/x", "Nr. 7", "1234567890"])
def test_anything_else_stays_as_it_is(text: str) -> None:
    assert identified(text) == Identifier(text, text)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("978-3-16-148410-1", "it would be 0"),
        ("urn:isbn:3161484101", "it would be X"),
        ("ISBN 0-306-40615-3", "it would be 2"),
        ("978-3-16-14841-0", "has 12"),
        ("urn:isbn:9773161484101", "begins with 978 or 979"),
        ("ISBN 03064X6152", "X stands at the end"),
        ("urn:isbn:unknown", "digits and hyphens alone"),
    ],
)
def test_what_means_to_be_an_isbn_and_is_none_is_refused(text: str, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        identified(text)
