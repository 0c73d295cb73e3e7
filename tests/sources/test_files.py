"""Which files a book is read from, and what each is called in it."""

from pathlib import Path

import pytest

from pipeline.document import pictures
from pipeline.errors import MissingSourceError
from pipeline.sources import folder_of, load
from pipeline.sources.files import files
from tests.unit_helpers import put, text_of

GERMAN = text_of("Titel", "Ein Satz, der lang genug ist, um ein Absatz zu sein.")
THAI = text_of("ชื่อเรื่อง", "ข้อความนี้ยาวพอที่จะเป็นย่อหน้าธรรมดาของเนื้อหาเท่านั้น")


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to stand in, with texts in two folders."""
    put(tmp_path / "work" / "a", {"x.de.txt": GERMAN, "book.toml": 'title = "T"\n'})
    put(tmp_path / "work" / "b", {"x.de.txt": GERMAN, "y.th.txt": THAI})
    monkeypatch.chdir(tmp_path / "work")
    return tmp_path / "work"


@pytest.mark.parametrize(
    ("named", "folder", "identities"),
    [
        (["b"], "b", ["x.de.txt", "y.th.txt"]),
        (["b/y.th.txt"], "b", ["y.th.txt"]),
        (["b/y.th.txt", "b/../b/x.de.txt"], "b", ["y.th.txt", "x.de.txt"]),
        (["a/x.de.txt", "b/x.de.txt"], ".", ["a/x.de.txt", "b/x.de.txt"]),
        (["../work/a/x.de.txt", "b/y.th.txt"], ".", ["a/x.de.txt", "b/y.th.txt"]),
    ],
)
def test_an_identity_is_the_path_from_the_folder_that_holds_all_texts(
    here: Path, named: list[str], folder: str, identities: list[str]
) -> None:
    for names in (named, [f"{here}/{each}" for each in named]):
        found = files([Path(each) for each in names])
        assert [found.identity(each) for each in found.texts] == identities
        assert found.folder.resolve() == (here / folder).resolve()
    assert folder_of([Path(each) for each in named]) == Path(folder)


def test_a_book_is_the_same_wherever_somebody_stands(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawing = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9"/></svg>'
    put(here / "b" / "pictures", {"a.svg": drawing})
    put(here / "b", {"x.de.txt": "", "x.de.md": "# T\n\n![Plan](pictures/a.svg)\n\n[weg](y.md)\n"})
    (here / "b" / "x.de.txt").unlink()
    from_here = load([Path("b")])[0]
    assert [each.provenance.path for each in from_here.translations] == ["x.de.md", "y.th.txt"]
    assert str(here) not in repr(from_here)
    assert [each.path for each in pictures(from_here.translations[0])] == ["pictures/a.svg"]
    assert load([here / "b"])[0] == from_here
    monkeypatch.chdir(here / "a")
    assert load([Path("../b")])[0] == from_here


def test_a_book_of_two_folders_has_the_settings_beside_its_first_text(here: Path) -> None:
    book, settings = load([Path("a/x.de.txt"), Path("b/y.th.txt")])
    assert (book.name, book.title) == ("t", "T")
    assert [each.provenance.path for each in book.translations] == ["a/x.de.txt", "b/y.th.txt"]
    assert str(settings.origin) == "a/book.toml"


def test_a_cure_names_every_format(here: Path) -> None:
    put(here, {"a.docx": "x"})
    with pytest.raises(MissingSourceError) as caught:
        files([here / "a.docx"])
    assert caught.value.cure == "save it as plain text (.txt) or Markdown (.md)"
