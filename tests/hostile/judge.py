"""What holds for every row, however it ends."""

import re
from pathlib import Path

from tests.forks import End
from tests.hostile.row import BUILT, Row
from tests.unit_helpers import put

SECRET = "the words of a file that is none of the book's"
STOOD = {"index.html": "what stood here", "mine.txt": "mine"}
ORDERS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
LONGEST = 60_000
"""Of all that a command says; a message has two thousand characters."""


def lay_out(row: Row, around: Path) -> None:
    """Put what a row needs into the folder ``around``."""
    (around / "secret").mkdir()
    put(around / "secret", {"secret.txt": SECRET})
    put(around / "out", STOOD)
    (around / "temporary").mkdir()
    (around / "texts").mkdir()
    for name, content in row.files.items():
        file = around / "texts" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(
            content if isinstance(content, bytes) else content.encode("utf-8", "surrogatepass")
        )
    if row.arrange is not None:
        row.arrange(around)


def judge(row: Row, end: End, around: Path, before: set[str]) -> None:
    """``before`` is what stood in the folder of the books."""
    said = end.out + end.err
    assert "Traceback" not in said, said[-3000:]
    assert "From cffi callback" not in said
    assert end.code in row.codes, (end.code, said[-2000:])
    assert not end.wrote
    assert not end.asked
    assert len(said) < LONGEST, said[:1000]
    assert row.orders or not ORDERS.search(said), "a terminal would obey this"
    assert not list((around / "temporary").iterdir()), "temporary files are left"
    stands = {each.name: each for each in (around / "out").iterdir()}
    assert not [name for name in stands if name.startswith(".")], "something is left half done"
    assert stands["mine.txt"].read_text() == "mine"
    index = stands["index.html"].read_text("utf-8")
    if end.code != BUILT and "build" in row.command:
        assert index == STOOD["index.html"], "what stood there still stands"
        assert set(stands) == before
    if end.code > 1:
        _message(row, end)
    pages = "".join(
        each.read_text("utf-8", "replace")
        for name, each in stands.items()
        if name.endswith(".html") and each.is_file()
    )
    assert SECRET not in pages + said
    if end.code == BUILT and "build" in row.command:
        for words in row.keeps:
            assert words in pages, words


def _message(row: Row, end: End) -> None:
    """A failure says what, where, and the cure."""
    if 2 in row.closed:
        return
    if "Usage:" in end.err:  # the library of options has a form of its own
        return
    assert "error: " in end.err
    assert "\n  cure: " in end.err
    for words in row.says:
        assert words in end.err, (words, end.err)
