"""Every failure can be told apart by a script and carried between processes."""

import pickle
from pathlib import Path

import pytest

from pipeline import errors
from pipeline.errors import (
    Argument,
    CatalogueUnit,
    NamedPath,
    Origin,
    PentaplaError,
    SheetCell,
    composed,
    in_book,
    within,
)
from pipeline.messages import Message

KINDS = sorted(
    (
        each
        for each in vars(errors).values()
        if isinstance(each, type) and issubclass(each, PentaplaError) and each is not PentaplaError
    ),
    key=lambda kind: kind.__name__,
)


def test_no_two_kinds_of_failure_share_an_exit_code() -> None:
    codes = [kind.exit_code for kind in KINDS]
    assert len(KINDS) >= 10
    assert len(set(codes)) == len(codes)


@pytest.mark.parametrize("kind", KINDS)
def test_an_exit_code_is_none_that_shells_use_for_something_else(kind: type[PentaplaError]) -> None:
    assert kind.exit_code > 1, "1 is any other failure, 0 is none"
    assert kind.exit_code < 64


@pytest.mark.parametrize("kind", [PentaplaError, *KINDS])
def test_pickling_keeps_what_at_and_cure(kind: type[PentaplaError]) -> None:
    back = pickle.loads(pickle.dumps(kind("broke", at=Origin("a.txt", 3), cure="mend it")))
    assert type(back) is kind
    assert (back.what, back.at, back.cure) == ("broke", Origin("a.txt", 3), "mend it")
    assert str(back) == "a.txt:3: broke"


@pytest.mark.parametrize(
    ("at", "shown"),
    [
        (None, "broke"),
        (Origin("a.txt"), "a.txt: broke"),
        (Origin("a.txt", 1), "a.txt:1: broke"),
    ],
)
def test_a_failure_shows_where_it_happened(at: Origin | None, shown: str) -> None:
    assert str(PentaplaError("broke", at=at)) == shown


PLACES = {
    "a.txt": Origin("a.txt"),
    "a.txt:12": Origin("a.txt", 12),
    "a: b.xlsx:Prices 2026!AB7": Origin("a: b.xlsx", SheetCell("Prices 2026", 7, "AB")),
    "a.po:unit menu:file#open": Origin("a.po", CatalogueUnit("menu:file#open")),
}


@pytest.mark.parametrize("shown", PLACES)
def test_a_place_is_a_line_a_cell_a_unit_or_a_whole_file(shown: str) -> None:
    at = PLACES[shown]
    assert str(at) == shown
    assert at.line == (12 if shown.endswith(":12") else None)
    assert Origin.unpacked(at.packed()) == at


def test_a_failure_says_the_folder_of_its_book_to_a_program(tmp_path: Path) -> None:
    def fail(at: Origin) -> None:
        what = Message("this file and ", Origin("b.txt"), " differ")
        raise PentaplaError(what, at=at, cure=Message("run: look ", Argument(".")))

    folder = tmp_path / "my book"
    for at, shown in ((Origin("a.txt", 2), f"{folder}/a.txt:2"), (NamedPath("out"), "out")):
        with pytest.raises(PentaplaError) as caught, in_book(folder), in_book(Path("inner")):
            fail(at)
        error = pickle.loads(pickle.dumps(caught.value))
        assert error.folder == Path("inner"), "the innermost knows best"
        error.folder = folder
        assert str(error) == f"{shown}: this file and {folder}/b.txt differ"
        assert error.told(within(folder))[1] == f"run: look '{folder}'"
        assert error.what == "this file and b.txt differ"
        assert error.told(str) == (f"{at}: {error.what}", "run: look .")


def test_a_message_keeps_its_places_when_it_is_put_together_and_carried() -> None:
    inner = Message.joined(", ", (Origin("a.txt", number) for number in (1, 2)))
    whole = pickle.loads(pickle.dumps(Message("see ", inner, "; or not")))
    assert whole == "see a.txt:1, a.txt:2; or not"
    assert composed(whole, within(Path("texts"))) == "see texts/a.txt:1, texts/a.txt:2; or not"
    assert Message.joined(", ", ()) == ""


def test_origins_sort_by_file_then_line() -> None:
    assert sorted([Origin("a", 1), Origin("a")]) == [Origin("a"), Origin("a", 1)]
    cells = [SheetCell("s", 1, "B"), SheetCell("s", 2, "A"), SheetCell("s", 10, "A")]
    unsorted = [Origin("a", each) for each in (cells[2], cells[0], cells[1])]
    assert [each.place for each in sorted(unsorted)] == cells
    unsorted = [Origin("b", 1), Origin("a", 10), Origin("a", 2)]
    assert sorted(unsorted) == [Origin("a", 2), Origin("a", 10), Origin("b", 1)]
