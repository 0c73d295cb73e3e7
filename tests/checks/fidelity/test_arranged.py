"""PDFs whose pages hold several languages, laid beside texts: what is lost, split, moved or said in another
language is told with its place."""

from pathlib import Path

import pikepdf
import pytest

from pipeline.checks.fidelity import arranged, structure
from pipeline.checks.fidelity.extraction import open_pdf
from pipeline.checks.fidelity.printed import Compared
from pipeline.checks.fidelity.units import units
from pipeline.configuration.options import Options
from pipeline.design.page import arranged as arranged_theme
from pipeline.jobs.build import build
from pipeline.settings.arrangements import ArrangementName
from pipeline.settings.values import EditionKind, FormatName, Theme
from tests.unit_helpers import book_of, put

GERMAN = """# Die Brücke

Am Morgen geht der alte Postbote langsam über die Brücke.

Unter ihm fließt ruhig das Wasser, und niemand spricht ein Wort.

## Der Abend

- Ein Brief aus Lima
- Ein Paket aus Quito

Zuletzt zündet er die Lampe an und liest.
"""
ARABIC = """# الجسر

في الصباح يعبر ساعي البريد العجوز الجسر ببطء.

تحته يجري الماء هادئا ولا أحد يقول كلمة.

## المساء

- رسالة من ليما
- طرد من كيتو

وأخيرا يشعل المصباح ويقرأ.
"""


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """Both texts, side by side."""
    root = tmp_path_factory.mktemp("bridge")
    texts = put(root / "texts", {"b.de.md": GERMAN, "b.ar.md": ARABIC})
    options = Options(
        arrangements=(ArrangementName.PARALLEL,), editions=(EditionKind.COMBINED,),
        formats=(FormatName.PDF,), languages=("de", "ar"),
    )  # fmt: skip
    build([texts], root / "books", options, workers=1)
    return next((root / "books").glob("*.parallel.pdf")).read_bytes()


def compare(
    folder: Path,
    content: bytes,
    german: str = GERMAN,
    arabic: str = ARABIC,
    names: tuple[str, str] = ("de", "ar"),
) -> Compared:
    """The file laid beside texts, which may be others than it was made of."""
    first, second = names
    book = book_of(folder, {f"b.{first}.md": german, f"b.{second}.md": arabic})
    ordered = [next(each for each in book.translations if each.tag == tag) for tag in names]
    theme = arranged_theme(Theme(), ArrangementName.PARALLEL, 2)
    opened = open_pdf(content, theme)
    assert not opened.missing
    wanted = [(each, units(each)) for each in ordered]
    found = arranged.compare(opened, wanted)
    if tree := structure.opened(content):
        structure.compare(tree, wanted, found)
    return found


def by_structure(found: Compared) -> dict[str, tuple[int, int]]:
    """What is lost and what is too much by the structure, by language."""
    return {
        each.tag: (each.wanted - each.recovered, each.added)
        for each in found.recoveries
        if each.program == structure.STRUCTURE
    }


def said(found: Compared) -> str:
    return "\n".join(map(str, found.findings))


def test_what_the_texts_say_is_there(tmp_path: Path, printed: bytes) -> None:
    found = compare(tmp_path, printed)
    assert by_structure(found) == {"de": (0, 0), "ar": (0, 0)}
    assert said(found) == ""
    assert not found.grave


@pytest.mark.parametrize(
    ("old", "new", "tag"),
    [
        ("alte Postbote", "alte müde Postbote", "de"),
        ("ruhig das", "ruhigq das", "de"),
        ("ساعي البريد", "ساعي البريد الطيب", "ar"),
    ],
)
def test_what_is_lost_is_told_in_its_language_with_its_line(
    tmp_path: Path, printed: bytes, old: str, new: str, tag: str
) -> None:
    found = compare(tmp_path, printed, GERMAN.replace(old, new), ARABIC.replace(old, new))
    lost = by_structure(found)
    assert lost.pop(tag)[0] == len(new.replace(" ", "")) - len(old.replace(" ", ""))
    assert list(lost.values()) == [(0, 0)]
    line = next(
        n
        for n, text in enumerate((GERMAN if tag == "de" else ARABIC).split("\n"), 1)
        if old in text
    )
    assert f"b.{tag}.md:{line}" in said(found)


def test_what_nobody_wrote_is_told(tmp_path: Path, printed: bytes) -> None:
    found = compare(tmp_path, printed, GERMAN.replace(" und liest", ""))
    assert by_structure(found) == {"de": (0, len("undliest")), "ar": (0, 0)}
    assert "undliest" in said(found).replace(" ", "")


def test_paragraphs_that_changed_places_are_told(tmp_path: Path, printed: bytes) -> None:
    one, two = (
        each for each in GERMAN.split("\n\n") if each.startswith(("Am Morgen", "Unter ihm"))
    )
    swapped = GERMAN.replace(one, "X").replace(two, one).replace("X", two)
    found = compare(tmp_path, printed, swapped)
    assert by_structure(found)["de"][0] > 40
    assert by_structure(found)["ar"] == (0, 0)


def test_a_paragraph_that_is_two_elements_is_told(tmp_path: Path, printed: bytes) -> None:
    joined = GERMAN.replace("Brücke.\n\nUnter", "Brücke. Unter")
    found = compare(tmp_path, printed, joined)
    assert "Am Morgen" in said(found)
    assert "is 2 elements of the structure instead of one" in said(found)
    assert "b.de.md:3" in said(found)
    assert found.grave


def test_paragraphs_that_are_one_element_are_told(tmp_path: Path, printed: bytes) -> None:
    parted = GERMAN.replace("Wasser, und", "Wasser,\n\nund")
    found = compare(tmp_path, printed, parted)
    assert said(found).count("shares an element of the structure with other text") == 2
    assert found.grave


def test_languages_that_changed_places_are_told(tmp_path: Path, printed: bytes) -> None:
    found = compare(tmp_path, printed, ARABIC, GERMAN, names=("ar", "de"))
    assert found.grave
    assert "the article of ar is said to be in “de”" in said(found)


def test_without_structure_characters_are_counted(tmp_path: Path, printed: bytes) -> None:
    bare = tmp_path / "bare.pdf"
    whole = tmp_path / "whole.pdf"
    whole.write_bytes(printed)
    with pikepdf.open(whole) as pdf:
        del pdf.Root.StructTreeRoot
        pdf.save(bare)
    found = compare(tmp_path / "a", bare.read_bytes())
    assert by_structure(found) == {}
    assert said(found) == ""
    found = compare(tmp_path / "b", bare.read_bytes(), GERMAN.replace("Lima", "Limq"))
    assert "are not there" in said(found)
    assert "b.de.md" in said(found)
