"""The examples of CONTRIBUTING.md, applied to a copy of the program: each does what the guide says of it."""

import json
import re
import shutil
import subprocess
import sys
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from pipeline.checks.judges import JUDGES
from pipeline.errors import FontError
from pipeline.fonts import REGULAR, families_for
from pipeline.fonts.sources import sources as sources_of
from pipeline.languages import FamilyRow, language, table
from pipeline.readers.formats import reader_for
from pipeline.settings.arrangements import ArrangementName
from tests.unit_helpers import ROOT, book_of, put

GUIDE = ROOT / "CONTRIBUTING.md"
TABLE = "pipeline/languages/languages.toml"

FENCE = re.compile(
    r'^```(?P<kind>\w+) title="(?P<file>[^"]+)"\n(?P<content>.*?)^```$', re.MULTILINE | re.DOTALL
)

IRISH = "An teideal\n\nSeo an chéad alt. TODO: ainm an údair\n"
GOTHIC = "𐌰𐍄𐍄𐌰 𐌿𐌽𐍃𐌰𐍂\n\n𐌸𐌿 𐌹𐌽 𐌷𐌹𐌼𐌹𐌽𐌰𐌼.\n"
GEMTEXT = "# Der Titel\n\nEin Absatz.\n## Der Abschnitt\n* bleibt Text\n"


@dataclass(frozen=True, slots=True)
class Example:
    """A block of code of the guide: rows or a whole file, or (``diff``) the changes of one."""

    kind: str
    file: str
    content: str


EXAMPLES = [Example(**found.groupdict()) for found in FENCE.finditer(GUIDE.read_text("utf-8"))]


def rows(of: str) -> Any:
    """The guide's rows for one part of the table of languages."""
    found: dict[str, Any] = {}
    for each in EXAMPLES:
        if each.file == TABLE and each.kind == "toml":
            found |= tomllib.loads(each.content).get(of, {})
    return found


def apply(example: Example, root: Path) -> None:
    """Change a copy of the program as an example says."""
    file = root / example.file
    if example.kind == "diff":
        content = file.read_text("utf-8")
        for hunk in re.split(r"^@@\n", example.content, flags=re.MULTILINE):
            before, after = side(hunk, " -"), side(hunk, " +")
            assert content.count(before) == 1, f"{example.file} has not, or not once:\n{before}"
            content = content.replace(before, after)
        file.write_text(content, "utf-8")
    elif file.suffix == ".toml":
        with file.open("a", encoding="utf-8") as end:
            end.write("\n" + example.content)
    else:
        assert not file.exists(), f"{example.file} is there: the guide needs another example"
        file.write_text(example.content, "utf-8")


def side(hunk: str, signs: str) -> str:
    """The lines of a change that stand before it (" -") or after it (" +")."""
    return "".join(line[1:] for line in hunk.splitlines(keepends=True) if line[0] in signs)


@dataclass(frozen=True, slots=True)
class Made:
    """A copy of the program with every example in it, and what it made."""

    root: Path
    said: str = ""
    """What the build said beside its result."""

    @property
    def books(self) -> Path:
        return self.root / "books"

    def run(self, *command: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", *command], cwd=self.root, capture_output=True, text=True
        )

    def page(self, tag: str) -> str:
        return (self.books / f"texts.{tag}.html").read_text("utf-8")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """Three books: in a language, a script and a source format that come from the guide."""
    root = tmp_path_factory.mktemp("changed")
    for folder in ("pipeline", "templates"):
        shutil.copytree(ROOT / folder, root / folder, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", root)
    for each in EXAMPLES:
        apply(each, root)
    put(root / "texts", {"a.ga.txt": IRISH, "a.got.txt": GOTHIC, "a.de.gmi": GEMTEXT})
    done = Made(root).run(
        "pipeline", "build", "texts", "--output", "books",
        "--formats", "html", "--editions", "single", "--jobs", "1",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return Made(root, done.stderr)


@pytest.fixture(scope="module")
def verdicts(made: Made) -> dict[tuple[str, str], dict[str, Any]]:
    """What two judges say of these texts and books, by file and judge."""
    done = made.run(
        "pipeline", "check", "books", "--sources", "texts", "--judges", "reading,unfinished"
    )
    assert done.returncode == 1, done.stdout + done.stderr
    report = json.loads((made.books / "check.json").read_text("utf-8"))
    return {
        (file["path"], result["judge"]): result
        for file in report["files"]
        for result in file["results"]
    }


# --- the guide --------------------------------------------------------------------------------------


def test_every_block_of_code_says_which_file_it_is_for() -> None:
    text = GUIDE.read_text("utf-8")
    assert EXAMPLES
    assert text.count("\n```") == 2 * len(EXAMPLES)


def test_every_file_that_the_guide_names_is_there() -> None:
    named = re.findall(r"`([\w./-]+/[\w.-]+)`", FENCE.sub("", GUIDE.read_text("utf-8")))
    made_here = {each.file for each in EXAMPLES if each.kind == "python"}
    assert named
    assert [each for each in named if each not in made_here and not (ROOT / each).exists()] == []


def test_the_program_has_none_of_what_the_examples_add() -> None:
    """Where it has, the guide needs another example: this one proves nothing any more."""
    assert not set(rows("languages")) & set(table().languages)
    assert not set(rows("scripts")) & set(table().scripts)
    assert language("ga").foreign_words
    assert reader_for(Path("a.gmi")) is None
    assert "unfinished" not in {each.name for each in JUDGES}
    assert "level" not in list(ArrangementName)


def test_the_changed_program_is_as_ruff_wants_it(made: Made) -> None:
    changed = sorted({each.file for each in EXAMPLES if each.file.endswith(".py")})
    for command in (("check",), ("format", "--check")):
        done = made.run("ruff", *command, "--no-cache", *changed)
        assert done.returncode == 0, done.stdout


# --- a language -------------------------------------------------------------------------------------


def test_a_language_has_its_own_words_and_no_warning(made: Made) -> None:
    [row] = rows("languages").values()
    assert f">{row['skip']}<" in made.page("ga")
    assert table().languages["en"]["skip"] not in made.page("ga")
    assert "[words.got]" in made.said
    assert "[words.ga]" not in made.said


@pytest.mark.parametrize("part", ["languages", "accessibility"])
def test_the_rows_of_a_language_have_every_key(part: str) -> None:
    assert {tag: set(row) for tag, row in rows(part).items()} == {
        "ga": set(getattr(table(), part)["en"])
    }


# --- a typeface -------------------------------------------------------------------------------------


def test_a_script_is_set_in_its_new_typeface(made: Made) -> None:
    [row] = rows("families").values()
    manifest = json.loads((made.books / "manifest.json").read_text("utf-8"))
    assert (row["name"], row["debian"]) in {
        (each["family"], each["package"]) for each in manifest["faces"]
    }
    embedded = re.compile(rf'@font-face[^}}]*"{row["name"]}"')
    assert embedded.search(made.page("got"))
    assert not embedded.search(made.page("ga"))


def test_without_its_rows_the_script_has_no_typeface(tmp_path: Path) -> None:
    [row] = rows("families").values()
    [source] = sources_of(FamilyRow(**row))
    assert source.place(REGULAR), f"the example needs its typeface: {source.command}"
    with pytest.raises(FontError, match="no typeface is known for"):
        families_for(book_of(tmp_path, {"a.got.txt": GOTHIC}))


# --- a reader ---------------------------------------------------------------------------------------


def test_a_file_of_a_new_format_becomes_a_page(made: Made) -> None:
    found = re.findall(r"<(h1|h2|p)\b[^>]*>(?:<[^>]+>)*([^<]+)", made.page("de"))
    told = [(name, text.strip()) for name, text in found]
    for each in (
        ("h1", "Der Titel"),
        ("p", "Ein Absatz."),
        ("h2", "Der Abschnitt"),
        ("p", "* bleibt Text"),
    ):
        assert each in told


def test_the_judge_of_reading_knows_the_new_format(
    verdicts: dict[tuple[str, str], dict[str, Any]],
) -> None:
    assert verdicts["a.de.gmi", "reading"]["verdict"] == "passed"


# --- a judge ----------------------------------------------------------------------------------------


def test_a_new_judge_finds_what_it_looks_for_and_nothing_else(
    verdicts: dict[tuple[str, str], dict[str, Any]], made: Made
) -> None:
    said = {file: each for (file, judge), each in verdicts.items() if judge == "unfinished"}
    assert {file: each["verdict"] for file, each in said.items()} == {
        "texts.de.html": "passed",
        "texts.ga.html": "failed",
        "texts.got.html": "passed",
    }
    [finding] = said["texts.ga.html"]["findings"]
    assert finding["text"] == "TODO: ainm an údair"
    line = made.page("ga").splitlines()[int(finding["place"].removeprefix("line ")) - 1]
    assert finding["text"] in line


def test_help_names_the_new_judge(made: Made) -> None:
    done = made.run("pipeline", "check", "--help")
    assert "unfinished" in done.stdout


# --- an arrangement ---------------------------------------------------------------------------------


def test_a_new_arrangement_sets_what_says_the_same_at_one_height(made: Made) -> None:
    done = made.run(
        "pipeline", "build", "texts", "--output", "level", "--languages", "ga,de", "--jobs", "1",
        "--editions", "combined", "--formats", "pdf", "--arrange", "level",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    document = pypdfium2.PdfDocument(made.root / "level" / "texts.combined.level.pdf")
    heights: dict[str, tuple[int, float]] = {}
    for number, page in enumerate(document):
        text = page.get_textpage()
        for words in ("Seo an", "Ein Absatz"):
            if found := text.search(words).get_next():
                heights[words] = number, text.get_charbox(found[0])[1]
    gallery = (made.root / "level" / "index.html").read_text("utf-8")
    assert "On facing pages, level" in gallery
    (first, here), (second, there) = heights.values()
    assert second == first + 1
    assert first % 2 == 1, "the first page of a spread is a left one"
    assert abs(here - there) < 1.0
