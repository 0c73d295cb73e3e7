"""Pages are chosen for all columns at once: nothing lost, nothing too high, and no cheaper way."""

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.arrangements import (
    Cell,
    Line,
    Lock,
    NoPlaceError,
    Opening,
    Row,
    even_out,
    fullest,
    place,
    plan,
    share_out,
    whites,
)
from pipeline.arrangements.breaking import _ways
from pipeline.arrangements.rows import State, start_of

LINE = 10.0
EM = 8.0


def cell(count: int, *, gap: float = 5.0, notes: float = 0.0, leading: float = LINE) -> Cell:
    """A paragraph of some lines; ``notes`` is the height of a note that its first line calls."""
    lines = tuple(
        Line(at * leading, (at + 1) * leading, at * leading + leading * 0.8, (at + 1) * 40,
             notes=notes if at == 0 else 0.0, used=190.0)
        for at in range(count)
    )  # fmt: skip
    ends = tuple(end for end in range(1, count + 1) if end == count or 2 <= end <= count - 2)
    return Cell(lines, ends, gap)


def row(*counts: int | None, heading: int = 0, **named: object) -> Row:
    """A row of paragraphs of so many lines; None for a column that lacks it."""
    cells = tuple(None if count is None else cell(count) for count in counts)
    return Row(cells, heading=heading, keeps=heading > 0, **named)  # type: ignore[arg-type]


counts = st.one_of(st.none(), st.integers(1, 14))


@st.composite
def texts(draw: st.DrawFn, most: int = 12) -> list[Row]:
    """Rows of one to three columns."""
    columns = draw(st.integers(1, 3))
    rows = []
    for _ in range(draw(st.integers(1, most))):
        own = draw(st.lists(counts, min_size=columns, max_size=columns))
        if all(each is None for each in own):
            own[0] = 1
        heading = draw(st.sampled_from([0, 0, 0, 2]))
        rows.append(row(*[1 if heading and each else each for each in own], heading=heading))
    return rows


openings = st.builds(
    Opening,
    room=st.sampled_from([160.0, 200.0, 330.0]),
    em=st.just(EM),
    rule=st.just(6.0),
    lock=st.sampled_from(Lock),
)


@given(texts(), openings)
@settings(max_examples=150, deadline=None)
def test_every_line_stands_on_one_page_and_none_below_its_foot(
    rows: list[Row], opening: Opening
) -> None:
    found = plan(rows, opening)
    seen: dict[tuple[int, int], list[int]] = {}
    for number, (begins, ends) in enumerate(found.pages):
        placed = place(rows, begins, ends, opening, last=number == len(found.pages) - 1)
        assert placed
        for at in {each.column for each in placed}:
            own = sorted((each for each in placed if each.column == at), key=lambda one: one.row)
            bottoms = []
            for each in own:
                each_cell = rows[each.row].cells[at]
                assert each_cell is not None
                bottoms.append(each.top + each_cell.height(each.start, each.end))
                seen.setdefault((each.row, at), []).extend(range(each.start, each.end))
            assert bottoms[-1] <= opening.room + 1e-6
            assert all(
                above <= below.top + 1e-6 for above, below in zip(bottoms, own[1:], strict=False)
            )
    for number, each in enumerate(rows):
        for at, own_cell in enumerate(each.cells):
            wanted = list(range(own_cell.count)) if own_cell else []
            assert seen.get((number, at), []) == wanted


@given(texts(), openings)
@settings(max_examples=100, deadline=None)
def test_rows_begin_level_and_no_line_stands_alone(rows: list[Row], opening: Opening) -> None:
    found = plan(rows, opening)
    for begins, ends in found.pages:
        baselines: dict[int, set[float]] = {}
        for each in place(rows, begins, ends, opening, last=True):
            own = rows[each.row].cells[each.column]
            assert own is not None
            if opening.lock is Lock.ROWS:
                baselines.setdefault(each.row, set()).add(
                    round(each.top + own.ascent(each.start), 6)
                )
            if each.end < own.count:
                assert each.end in own.ends
                assert each.end - each.start >= 2
        assert all(len(each) == 1 for each in baselines.values())


@pytest.mark.parametrize(("lines", "level"), [(6, True), (7, False)])
def test_headings_stand_level_where_spaces_need_not_stretch_much(lines: int, level: bool) -> None:
    """Three spaces stretch by 0.6 em each at most, which is more than a line and less than two."""
    rows = [row(5, lines), row(4, 4), row(1, 1, heading=2), row(3, 3)]
    opening = Opening(400.0, EM, lock=Lock.SECTIONS)
    found = plan(rows, opening)
    [(begins, ends)] = found.pages
    heads = {each.top for each in place(rows, begins, ends, opening) if each.row == 2}
    assert (len(heads) == 1) == level


def test_a_page_has_as_many_lines_as_leave_the_least_white() -> None:
    """Passages of seven lines that cannot be divided: 30 lines hold four of them, and so do 29."""
    whole = Row((replace(cell(7, gap=0.0), ends=(7,)),) * 2)
    opening = Opening(305.0, EM, lock=Lock.SECTIONS)
    found, lower = fullest([whole] * 12, opening)
    assert len(found.pages) == len(plan([whole] * 12, opening).pages) == 3
    assert lower.room == 295.0
    assert whites([whole] * 12, found, lower) == pytest.approx((15 / 295, 15 / 295))


@given(texts(), openings)
@settings(max_examples=50, deadline=None)
def test_a_lower_page_is_never_whiter(rows: list[Row], opening: Opening) -> None:
    opening = replace(opening, lock=Lock.SECTIONS)
    before = plan(rows, opening)
    found, lower = fullest(rows, opening)
    assert sum(whites(rows, found, lower)) <= sum(whites(rows, before, opening)) + 1e-9
    assert opening.room - 2 * LINE - 1e-9 <= lower.room <= opening.room
    assert len(found.pages) <= len(before.pages) + 1


@given(texts(most=5), st.sampled_from([90.0, 160.0]))
@settings(max_examples=60, deadline=None)
def test_no_other_way_is_cheaper(rows: list[Row], room: float) -> None:
    opening = Opening(room, EM)
    try:
        found = plan(rows, opening)
    except NoPlaceError:
        return
    end = (len(rows), (0,) * len(rows[0].cells))
    known: dict[State, float] = {}

    def cheapest(state: State) -> float:
        if state == end:
            return 0.0
        if state not in known:
            known[state] = min(
                cost + cheapest(after) for after, cost in _ways(rows, state, opening)
            )
        return known[state]

    assert found.cost == pytest.approx(cheapest(start_of(rows)))
    assert all(here[1] == there[0] for here, there in pairwise(found.pages))


def test_a_paragraph_of_many_pages_is_divided_by_what_it_says() -> None:
    long = Row((cell(60), cell(40, leading=15.0), cell(90, leading=6.0)))
    found = plan([long], Opening(200.0, EM))
    assert len(found.pages) > 2
    for _, (number, used) in found.pages[:-1]:
        assert number == 0
        shares = [
            each.share(end) for each, end in zip(long.cells, used, strict=True) if each is not None
        ]
        assert max(shares) - min(shares) <= 0.1


def test_a_heading_is_not_parted_from_its_text() -> None:
    rows = [row(13, 12), row(1, 1, heading=2), row(6, 6), row(9, 9)]
    found = plan(rows, Opening(170.0, EM))
    assert all(ends != (2, (0, 0)) for _, ends in found.pages)


def test_notes_take_their_room_at_the_foot_of_their_own_column() -> None:
    plain, noted = cell(8), cell(8, notes=50.0)
    rows = [Row((plain, noted)), row(6, 6)]
    opening = Opening(150.0, EM, rule=6.0)
    found = plan(rows, opening)
    assert found.pages[0][1] == (1, (0, 0))
    assert plan([Row((plain, plain)), row(6, 6)], opening).pages[0][1] != (1, (0, 0))


def test_what_cannot_be_divided_and_is_too_high_is_named() -> None:
    tall = Cell((Line(0.0, 400.0, 10.0, 1),), (1,))
    with pytest.raises(NoPlaceError) as caught:
        plan([row(3, 3), Row((tall, cell(2)))], Opening(200.0, EM))
    assert caught.value.row == 1


def test_a_page_begins_again_with_the_head_of_its_table() -> None:
    lines = tuple(
        Line(at * 30.0, at * 30.0 + 30.0, at * 30.0 + 8, at, head=20.0) for at in range(6)
    )
    table = Cell(lines, tuple(range(1, 7)))
    assert table.height(0, 2) == 60.0
    assert table.height(2, 4) == 80.0
    found = plan([Row((table,))], Opening(100.0, EM))
    assert [ends[1][0] for _, ends in found.pages[:2]] == [3, 5]


def test_columns_run_evenly_when_the_long_one_is_wider() -> None:
    rows = [Row((cell(20), cell(10))) for _ in range(10)]
    widths = share_out(rows, (200.0, 200.0), 80.0)
    assert sum(widths) == pytest.approx(400.0)
    assert widths[0] > 240.0
    assert min(widths) >= 80.0


def test_columns_of_two_pages_are_equally_high_and_those_of_the_fuller_page_fill_it() -> None:
    rows = [Row((cell(12 + n % 5), cell(8 + n % 3), cell(9 + n % 4))) for n in range(30)]
    widths = even_out(rows, [[0, 1], [2]], (200.0, 200.0, 200.0), 80.0)
    assert 385.0 < sum(widths[:2]) <= 400.0 + 1e-6
    assert widths[0] > widths[1] + 40.0
    assert 180.0 < widths[2] <= 200.0 + 1e-6
    wide = even_out(rows, [[0, 1], [2]], (100.0, 100.0, 200.0), 80.0)
    assert wide[2] < 130.0
    assert min(wide) >= 80.0
