"""WeasyPrint 70.0, corrected: where addresses may break, and how wide the columns of tables are.

1. **Addresses.** WeasyPrint takes a word that is wider than its line apart wherever the line is full, only at
   the start of a line, and after it has tried to hyphenate it. What is set with ``hyphens: none`` and
   ``overflow-wrap: break-word`` breaks here at the places of :mod:`pipeline.typography.addresses`, on any line.
   It is measured with a ZERO WIDTH SPACE at each place, and drawn without: none comes out of the PDF.
2. **Columns.** The narrowest that WeasyPrint lets a column be is its longest syllable, and what is left over
   goes to columns by how much text is in them: a column of short words is hyphenated for the sake of a long
   one. Here each column first has room for its longest word, or for :data:`READABLE` of it, then for all of it,
   those first that need least (:func:`shares`); where there is no room for that, all have room for syllables.
   How wide a table must be to be read with ease is noted on it as ``at_ease``, for :mod:`layout.fit`.
3. **Pictures in cells.** They scale to nothing, by the rules of CSS; here a column keeps some room for them.
"""

from collections.abc import Sequence
from contextvars import ContextVar
from itertools import pairwise
from typing import Any

from pipeline.typography.addresses import places
from pipeline.typography.breaks import opportunities
from pipeline.typography.characters import ZERO_WIDTH_SPACE

READABLE = 5.0
"""The width of a column that is read with ease however long its words are, in em of its table: ten letters."""

PICTURE = 4.0
"""The width that a column keeps for a picture which is wider, in em."""


# --- addresses --------------------------------------------------------------------------------------


def is_address(style: Any) -> bool:
    """Whether text is to break as an address does."""
    return bool(style["hyphens"] == "none" and style["overflow_wrap"] == "break-word")


def split_address(
    original: Any,
    text: str,
    style: Any,
    context: Any,
    max_width: float | None,
    spacing: float,
    is_line_start: bool = True,
    minimum: bool = False,
) -> Any:
    """The first line of a text, in the form in which WeasyPrint gives it (``original``)."""
    at = places(text) if max_width is not None and is_address(style) else ()
    if not at or not style["font_size"]:
        return original(text, style, context, max_width, spacing, is_line_start, minimum)
    ends = (0, *at, len(text))
    marked = ZERO_WIDTH_SPACE.join(text[start:end] for start, end in pairwise(ends))
    resume = original(marked, style, context, max_width, spacing, is_line_start, minimum)[2]
    if resume is None:
        return original(text, style, context, None, spacing)
    taken = len(marked.encode()[:resume].decode())
    # As many characters less as marks stand among those taken.
    taken -= sum(1 for number, place in enumerate(at) if place + number < taken)
    line = text[:taken]
    shown = line if style["white_space"] == "pre-wrap" else line.rstrip(" ")
    layout, length, _, width, height, baseline = original(shown, style, context, None, spacing)
    end = len(line.encode())
    return layout, length, None if taken >= len(text) else end, width, height, baseline


# --- columns ----------------------------------------------------------------------------------------

_whole = ContextVar("_whole", default=False)
"""Whether the narrowest a text can be is taken to be its longest word, and not its longest syllable."""


def narrowest(
    original: Any,
    text: str,
    style: Any,
    context: Any,
    max_width: float | None,
    *rest: Any,
    **named: Any,
) -> Any:
    """The first line of a text at its narrowest (``original``); one word where whole words are measured."""
    if not _whole.get() or max_width is None or not style["font_size"]:
        return original(text, style, context, max_width, *rest, **named)
    ends = opportunities(text, style["lang"] or "und")
    first = text[: ends[0]] if ends else text
    layout, length, _, width, height, baseline = original(
        first.rstrip(), style, context, None, rest[0] if rest else 0
    )
    resume = len(first.encode())
    return layout, length, resume if resume < len(text.encode()) else None, width, height, baseline


def least_width(original: Any, box: Any, outer: bool = True) -> Any:
    """How narrow a picture may be (``original``), with room kept for it where whole words are measured."""
    least = original(box, outer)
    if not _whole.get():
        return least
    natural = box.replacement.get_intrinsic_size(1, box.style["font_size"])[0] or 0
    return max(least, min(natural, PICTURE * box.style["font_size"]))


def lay_out_table(original: Any, context: Any, wrapper: Any, containing_block: Any) -> None:
    """Give columns room for whole words first, and let WeasyPrint (``original``) share out what is left."""
    from weasyprint.layout.preferred import table_and_columns_preferred_widths  # noqa: PLC0415

    table = wrapper.get_wrapped_table()
    if table not in context.tables:
        broken = table_and_columns_preferred_widths(context, wrapper, outer=False)
        both = context.tables.pop(table)
        before = _whole.set(True)  # the measuring functions are not ours to hand it to
        try:
            whole = table_and_columns_preferred_widths(context, wrapper, outer=False)[2]
        finally:
            _whole.reset(before)
        least, most = broken[2], broken[3]
        room = containing_block[0] - broken[0] + sum(least)
        readable = READABLE * table.style["font_size"] + _padding(table)
        wanted = [max(pair) for pair in zip(whole, least, strict=True)]
        eased = [max(low, min(high, readable)) for low, high in zip(least, wanted, strict=True)]
        table.at_ease = sum(eased) + broken[0] - sum(least)
        widths = shares(shares(least, eased, room), wanted, room)
        grown = sum(widths) - sum(least)
        context.tables[table] = {
            outer: (
                row[0] + grown,
                max(row[1], row[0] + grown),
                widths,
                [max(pair) for pair in zip(widths, most, strict=True)],
                *row[4:],
            )
            for outer, row in both.items()
        }
    original(context, wrapper, containing_block)


def _padding(table: Any) -> float:
    """What the first cell of a table has beside its text, in px."""
    for group in table.children:
        for row in group.children:
            for cell in row.children:
                return sum(
                    side.value if side.unit == "px" else 0.0
                    for side in (cell.style["padding_left"], cell.style["padding_right"])
                )
    return 0.0


def shares(least: Sequence[float], wanted: Sequence[float], room: float) -> list[float]:
    """Widths of columns between the least that they need and what they want, which together take at most
    ``room``: where it is not enough for all, those that want least more get it whole."""
    left = room - sum(least)
    if left <= 0:
        return list(least)
    order = sorted(range(len(least)), key=lambda at: wanted[at] - least[at])
    widths = list(least)
    for rank, at in enumerate(order):
        given = min(wanted[at] - least[at], left / (len(order) - rank))
        widths[at] += given
        left -= given
    return widths
