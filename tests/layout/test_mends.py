"""The table of what is mended in WeasyPrint is true: rows have tests, and change what they were made for."""

import ast
from collections.abc import Iterator
from contextlib import contextmanager
from types import SimpleNamespace

import pytest

from pipeline.errors import LayoutError
from pipeline.layout.engine import weasyprint
from pipeline.layout.mends import MENDS, Change, Mend, fingerprint, mend, put_in, take_out
from tests.unit_helpers import ROOT

CHANGES = [change for each in MENDS for change in each.changes]


@contextmanager
def without(*names: str) -> Iterator[None]:
    """The libraries without some mends; without any of them where none is named."""
    weasyprint()
    assert set(names) <= {each.name for each in MENDS}
    kept = [each for each in MENDS if names and each.name not in names]
    take_out(MENDS)
    put_in(kept)
    try:
        yield
    finally:
        take_out(kept)
        put_in(MENDS)


def functions() -> list[object]:
    found = [vars(change.holder)[change.name] for change in CHANGES]
    return [getattr(each, "fget", each) for each in found]


@pytest.mark.parametrize("row", MENDS, ids=lambda row: row.name)
def test_the_test_that_a_row_names_is_there(row: Mend) -> None:
    file, _, name = row.test.partition("::")
    tree = ast.parse((ROOT / file).read_text("utf-8"))
    assert name in {each.name for each in tree.body if isinstance(each, ast.FunctionDef)}


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: f"{change.place}.{change.name}")
def test_what_is_changed_is_what_the_change_was_written_for(change: Change) -> None:
    """Where this fails, the library was changed: read the function anew, and the mend beside it."""
    weasyprint()
    assert fingerprint(change) == change.source


def test_mends_can_be_taken_out_and_put_in_again() -> None:
    with without():
        bare = functions()
    with without("text"):
        some = functions()
    with without():
        assert functions() == bare
    changed = [now is not was for now, was in zip(some, bare, strict=True)]
    assert changed == [change not in MENDS[0].changes for change in CHANGES]
    assert all(now is not was for now, was in zip(functions(), bare, strict=True))


def test_another_version_is_refused() -> None:
    with pytest.raises(LayoutError, match=r"WeasyPrint 70\.0"):
        mend(SimpleNamespace(__version__="70.1"))  # type: ignore[arg-type]
