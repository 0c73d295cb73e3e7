"""All files of a build, or none; and nothing of what stood there is lost."""

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.errors import OutputError
from pipeline.output import as_json, check, digest, save
from tests.unit_helpers import put

OLD = {"a.html": "old a", "b.html": "old b", "other.txt": "mine"}


def tree(folder: Path) -> dict[str, str]:
    """Every file below a folder, hidden ones too."""
    return {
        each.relative_to(folder).as_posix(): each.read_text("utf-8")
        for each in sorted(folder.rglob("*"))
        if each.is_file()
    }


class Vanishing(dict[str, bytes]):
    """Files of which one is announced and never written: its move fails, whoever is asking."""

    def __init__(self, files: dict[str, bytes], ghost: str, after: str) -> None:
        super().__init__(files)
        self.ghost, self.after = ghost, after

    def __iter__(self) -> Iterator[str]:
        for name in self.keys():
            yield name
            if name == self.after:
                yield self.ghost


def test_files_are_written_and_others_are_left_alone(tmp_path: Path) -> None:
    put(tmp_path, OLD)
    save(tmp_path, {"a.html": b"new a", "c.html": b"new c"})
    assert tree(tmp_path) == {**OLD, "a.html": "new a", "c.html": "new c"}


def test_a_folder_is_made_with_its_parents(tmp_path: Path) -> None:
    save(tmp_path / "one" / "two", {"a.html": b"a"})
    assert tree(tmp_path) == {"one/two/a.html": "a"}


def test_a_failed_write_leaves_everything_as_it_was(tmp_path: Path) -> None:
    put(tmp_path, OLD)
    with pytest.raises(OutputError):
        save(tmp_path, {"a.html": b"new a", "no/such/folder.html": b"x"})
    assert tree(tmp_path) == OLD
    assert sorted(each.name for each in tmp_path.iterdir()) == sorted(OLD)


@pytest.mark.parametrize("ghost", ["never.html", "b.html"])
def test_a_failed_move_puts_back_what_stood_before(tmp_path: Path, ghost: str) -> None:
    put(tmp_path, OLD)
    files = Vanishing({"a.html": b"new a", "new.html": b"new", "z.html": b"z"}, ghost, "new.html")
    with pytest.raises(OutputError):
        save(tmp_path, files)
    assert tree(tmp_path) == OLD
    assert sorted(each.name for each in tmp_path.iterdir()) == sorted(OLD)


def test_a_folder_under_the_name_of_a_file_is_not_deleted(tmp_path: Path) -> None:
    put(tmp_path, OLD)
    put(tmp_path / "index.html", {"mine.txt": "precious"})
    before = tree(tmp_path)
    with pytest.raises(OutputError):
        save(tmp_path, {"a.html": b"new a", "index.html": b"new"})
    assert tree(tmp_path) == before


def test_a_file_in_place_of_the_folder_is_an_error_that_names_it(tmp_path: Path) -> None:
    put(tmp_path, {"taken": "a file"})
    for act in (lambda: check(tmp_path / "taken"), lambda: save(tmp_path / "taken", {"a": b""})):
        with pytest.raises(OutputError) as caught:
            act()
        assert caught.value.at is not None
        assert caught.value.at.path.endswith("taken")
        assert "--output" in caught.value.cure
    assert tree(tmp_path) == {"taken": "a file"}


def test_a_folder_below_a_file_cannot_be_written(tmp_path: Path) -> None:
    put(tmp_path, {"taken": "a file"})
    with pytest.raises(OutputError):
        check(tmp_path / "taken" / "below" / "it")


def test_checking_makes_nothing(tmp_path: Path) -> None:
    check(tmp_path / "to" / "come")
    check(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_files_can_be_read_by_a_web_server(tmp_path: Path) -> None:
    save(tmp_path, {"a.html": b"a"})
    assert (tmp_path / "a.html").stat().st_mode & 0o777 == 0o644


def test_json_is_readable_and_ends_with_a_line_feed() -> None:
    found = as_json({"title": "ไทย", "b": 1})
    assert found.endswith(b"}\n")
    assert "ไทย" in found.decode()
    assert json.loads(found) == {"title": "ไทย", "b": 1}
    assert list(json.loads(found)) == ["title", "b"]


def test_a_digest_is_sha_256() -> None:
    assert digest(b"abc") == hashlib.sha256(b"abc").hexdigest()
