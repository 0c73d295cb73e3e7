"""The most likely beads, and how sure they are."""

from collections.abc import Iterator
from math import exp, isclose, log

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.structure import beads
from pipeline.structure.beads import BLOCKS, GOES_ON, Bead, Weight, thread

ODDS = st.lists(st.lists(st.floats(-8, 8), min_size=5, max_size=5), min_size=5, max_size=5)


def of(odds: list[list[float]]) -> Weight:
    """What a table of single pairs says of several: the mean."""

    def weight(first: int, last: int, start: int, stop: int) -> float:
        cells = [odds[i][j] for i in range(first, last) for j in range(start, stop)]
        return sum(cells) / len(cells)

    return weight


def ways(rows: int, columns: int) -> Iterator[list[tuple[int, int, int, int]]]:
    """Every way there is."""
    if rows == columns == 0:
        yield []
    for down, right in BLOCKS:
        if down <= rows and right <= columns:
            for before in ways(rows - down, columns - right):
                yield [*before, (rows - down, rows, columns - right, columns)]


def said(way: list[tuple[int, int, int, int]], weight: Weight) -> float:
    total, before = 0.0, (0, 0)
    for a, b, c, d in way:
        move = (b - a, d - c)
        goes_on = 0 in move and move == before
        total += GOES_ON if goes_on else BLOCKS[move]
        total += weight(a, b, c, d) if all(move) else 0.0
        before = move
    return total


@given(ODDS, st.integers(0, 3), st.integers(0, 4))
def test_the_best_of_all_ways_is_found_and_its_share_told(
    odds: list[list[float]], rows: int, columns: int
) -> None:
    weight = of(odds)
    total, found = thread(rows, columns, weight, BLOCKS)
    every = {tuple(way): said(way, weight) for way in ways(rows, columns)}
    whole = sum(map(exp, every.values()))
    assert isclose(total, log(whole), abs_tol=1e-9)
    assert isclose(every[tuple(each.place for each in found)], max(every.values()), abs_tol=1e-9)
    for each in found:
        share = sum(exp(said) for way, said in every.items() if each.place in way) / whole
        assert isclose(each.confidence, share, abs_tol=1e-9)


def diagonal(first: int, last: int, start: int, stop: int) -> float:
    """Only what stands at the same place, but for three that are missing among the columns, is alike."""
    if last - first > 1 or stop - start > 1:
        return -20.0
    return 9.0 if start == (first if first < 40 else first - 3) and not 40 <= first < 43 else -9.0


@pytest.mark.parametrize("few", [0, 10**9])
def test_sure_pairs_in_a_row_are_not_searched_and_found_all_the_same(
    few: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(beads, "FEW", few)
    _, found = thread(100, 97, diagonal, BLOCKS)
    alone = [each for each in found if each.first == each.last]
    assert [each.begin for each in alone] == [40, 41, 42]
    assert len(found) == 100


def test_a_way_far_from_the_diagonal_is_found() -> None:
    def weight(first: int, last: int, start: int, stop: int) -> float:
        if last - first > 1 or stop - start > 1:
            return -20.0
        return 3.0 if start == first - 50 else -9.0  # not so sure that the search is left out

    _, found = thread(100, 100, weight, BLOCKS)
    assert [each for each in found if each.end > each.begin and each.last > each.first] == [
        Bead(50 + k, 51 + k, k, k + 1, each.confidence)
        for k, each in enumerate(
            each for each in found if each.end > each.begin and each.last > each.first
        )
    ]
    assert sum(each.end > each.begin and each.last > each.first for each in found) == 50
