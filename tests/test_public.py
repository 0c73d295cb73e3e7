"""What programs may import from the package, and what that costs."""

import subprocess
import sys
import tomllib
from importlib.metadata import entry_points
from pathlib import Path

import pytest

import pipeline
from pipeline.cli import main
from tests.unit_helpers import ROOT, put

NAMES = ("Options", "PentaplaError", "Report", "build", "check", "impose", "load")


@pytest.mark.parametrize("name", NAMES)
def test_each_public_name_is_there(name: str) -> None:
    assert getattr(pipeline, name).__name__ == name
    assert f"`{name}`" in (pipeline.__doc__ or "")


def test_there_is_no_other_name() -> None:
    with pytest.raises(AttributeError, match="no attribute 'biuld'"):
        _ = pipeline.biuld


def test_nothing_is_imported_before_it_is_asked_for() -> None:
    program = (
        "import sys, pipeline; print(sorted(m for m in sys.modules if m.startswith('pipeline')))"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True)
    assert done.stdout.strip() == "['pipeline']"


@pytest.mark.parametrize("asked", ["--version", "--help"])
def test_help_and_the_version_start_nothing_heavy(asked: str) -> None:
    program = (
        "import sys; from pipeline.cli import main; sys.argv = ['pentapla', sys.argv[1]]\n"
        "try: main()\nfinally: print(*sorted(sys.modules), file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, asked], cwd=ROOT, capture_output=True, text=True
    )
    loaded = set(done.stderr.split())
    assert "typer" in loaded
    assert not loaded & {"weasyprint", "lxml.etree", "PIL", "babel", "pikepdf", "pipeline.document"}


def test_a_program_makes_checks_and_imposes_a_book(tmp_path: Path) -> None:
    texts = put(tmp_path / "texts", {"a.de.md": "# Titel\n\nEin Absatz.\n"})
    report = pipeline.build([texts], tmp_path / "books", pipeline.Options(), workers=1)
    assert "texts.de.pdf" in report.files
    content = (tmp_path / "books" / "texts.de.pdf").read_bytes()
    assert pipeline.impose(content, name="texts.de.pdf").sheets == 1
    book, _ = pipeline.load([texts])
    assert [each.tag for each in book.translations] == ["de"]
    with pytest.raises(pipeline.PentaplaError):
        pipeline.load([tmp_path / "nowhere"])


def test_the_command_is_there() -> None:
    """As it was installed, and as it would be."""
    (installed,) = entry_points(group="console_scripts", name="pentapla")
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["scripts"]
    assert installed.value == declared["pentapla"]
    assert installed.load() is main
    done = subprocess.run(
        [Path(sys.executable).with_name("pentapla"), "--version"], capture_output=True, text=True
    )
    assert (done.returncode, done.stdout, done.stderr) == (
        0,
        f"pentapla {pipeline.__version__}\n",
        "",
    )
