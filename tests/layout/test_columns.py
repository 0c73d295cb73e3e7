"""A column of short words stays whole beside one of long ones; WeasyPrint still needs our help with that."""

from tests.layout.test_hyphens import lines
from tests.layout.test_mends import without

LONG = "Wirtschaftsförderungsabteilungsleiterinnen und Ausschreibungsunterlagen " * 6
TABLE = (
    "<table style='width: 100%'><tr><td style='hyphens: auto'>Rückfragen"
    f"<td style='hyphens: auto'>{LONG}</table>"
)


def test_a_short_column_keeps_its_words_whole() -> None:
    assert "Rückfragen" in lines(TABLE, "de", 200)


def test_the_library_does_not_yet_do_without() -> None:
    with without("columns"):
        assert "Rückfragen" not in lines(TABLE, "de", 200)
