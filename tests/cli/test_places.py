"""A place is shown by the path that the user knows, from where they stand."""

from pathlib import Path

import pytest

from pipeline.cli.places import places
from pipeline.errors import NamedPath, Origin


@pytest.mark.parametrize(
    ("folder", "shown"),
    [("texts", "texts/de.md:3"), (".", "de.md:3"), ("../other", "../other/de.md:3"),
     ("{here}/texts", "texts/de.md:3"), ("/nowhere", "/nowhere/de.md:3")],
)  # fmt: skip
def test_a_place_in_a_book_is_shown_from_here_where_it_is_below_here(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, folder: str, shown: str
) -> None:
    monkeypatch.chdir(tmp_path)
    assert places(Path(folder.format(here=tmp_path)))(Origin("de.md", 3)) == shown


def test_what_belongs_to_no_book_is_shown_as_it_was_named() -> None:
    assert places(Path("texts"))(NamedPath("output")) == "output"
    assert places(None)(Origin("de.md", 3)) == "de.md:3"
