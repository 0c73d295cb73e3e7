"""The command ``align``: one file, and what it says."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from pipeline.cli.commands import app
from pipeline.errors import OutputError, PentaplaError, UsageError
from tests.unit_helpers import put, text_of

ENGLISH = text_of("The title", "It was late in 1987.", "Then we went home on foot, all of us.")
GERMAN = text_of("Der Titel", "Dann gingen wir alle zusammen zu Fuß heim.")


def test_the_report_is_one_file_and_the_warnings_are_told(tmp_path: Path) -> None:
    texts = put(tmp_path / "texts", {"a.en.txt": ENGLISH, "a.de.txt": GERMAN})
    made = tmp_path / "out" / "beside.html"
    found = CliRunner().invoke(app, ["align", str(texts), "--output", str(made)])
    assert found.exit_code == 0, found.output
    assert [each.name for each in made.parent.iterdir()] == ["beside.html"]
    assert "nothing here" in made.read_text(encoding="utf-8")
    assert "3 segments in 2 languages" in found.output
    assert "a.en.txt:3 has no counterpart after" in found.output.replace("\n", " ")


def test_quietly_it_says_nothing_but_warnings(tmp_path: Path) -> None:
    texts = put(tmp_path / "texts", {"a.en.txt": ENGLISH, "a.de.txt": ENGLISH})
    found = CliRunner().invoke(app, ["align", str(texts), "-o", str(tmp_path / "a.html"), "-q"])
    assert (found.exit_code, found.output) == (0, "")


def test_in_a_folder_the_report_has_its_usual_name(tmp_path: Path) -> None:
    texts = put(tmp_path / "texts", {"a.en.txt": ENGLISH, "a.de.txt": GERMAN})
    found = CliRunner().invoke(app, ["align", str(texts), "-o", str(tmp_path), "-q"])
    assert found.exit_code == 0
    assert (tmp_path / "alignment.html").is_file()


@pytest.mark.parametrize(
    ("place", "kind"), [("texts/a.en.txt", UsageError), ("texts/a.en.txt/a.html", OutputError)]
)
def test_a_text_is_never_overwritten(tmp_path: Path, place: str, kind: type[PentaplaError]) -> None:
    put(tmp_path / "texts", {"a.en.txt": ENGLISH, "a.de.txt": GERMAN})
    found = CliRunner().invoke(app, ["align", str(tmp_path / "texts"), "-o", str(tmp_path / place)])
    assert isinstance(found.exception, kind)
    assert found.exception.what
    assert (tmp_path / "texts" / "a.en.txt").read_text(encoding="utf-8") == ENGLISH
