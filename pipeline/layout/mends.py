"""What is mended in WeasyPrint, and in pydyf, which writes its files: one table.

A mend changes functions of the libraries: each is wrapped in a function of ours, which is given the function
as it was and then its arguments. All of this uses internals, and was tested with one version. With another,
:func:`mend` raises an error: without the mends books would look right and be unsearchable, and nobody would
notice.

At an upgrade ``tests/layout/test_mends.py`` tells which of the functions are no longer what they were when
they were changed. The test that a row names fails without its mend: where it no longer does, the library can do
without.
"""

import inspect
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import wraps
from hashlib import sha256
from importlib import import_module
from types import ModuleType
from typing import Any

from pipeline.errors import LayoutError
from pipeline.layout import (
    codes,
    hyphens,
    lines,
    measure,
    painting,
    sideways,
    streams,
    styles,
    tags,
    text,
)

VERSION = "70.0"

INLINE, PREFERRED = "weasyprint.layout.inline", "weasyprint.layout.preferred"


@dataclass(frozen=True, slots=True)
class Change:
    """A function of a library that is changed: its module (for a method with the class after a colon), its
    name, what stands in its place, and the :func:`fingerprint` of what it was when the change was written."""

    place: str
    name: str
    function: Callable[..., Any]
    source: str

    @property
    def holder(self) -> Any:
        """The module or the class that has the function."""
        module, _, name = self.place.partition(":")
        found = import_module(module)
        return getattr(found, name) if name else found


@dataclass(frozen=True, slots=True)
class Mend:
    """What is changed for one reason. ``test`` fails without it; ``issue`` is where the library's developers
    speak of it, as far as is known."""

    name: str
    reason: str
    test: str
    changes: tuple[Change, ...]
    issue: str = ""


MENDS: tuple[Mend, ...] = (
    Mend(
        "text",
        "A glyph has one text, the first it was seen with, so that what is copied, searched or read aloud is "
        "wrong; marks and runs come in an order in which nobody reads them.",
        "tests/layout/test_text.py::test_a_page_gives_back_its_text",
        (
            Change("weasyprint.draw.text", "draw_first_line", text.draw_first_line, "1bb8eae6d88e"),
            Change("weasyprint.pdf.fonts:Font", "clean", codes.clean, "794f0211f184"),
            Change("weasyprint.pdf.fonts", "_build_vector_font_dictionary",
                   codes.build_vector_font_dictionary, "aa6eea312c6e"),
        ),
        "https://github.com/Kozea/WeasyPrint/issues/2841",
    ),
    Mend(
        "hyphens",
        "One soft hyphen turns the dictionary off for all lines before it, and is taken for a place in words "
        "that are far from it.",
        "tests/layout/test_hyphens.py::test_soft_hyphens_in_a_word_leave_other_lines_alone",
        (
            Change("weasyprint.text.line_break", "split_first_line", hyphens.split_first_line, "39ad1016863c"),
            Change(INLINE, "split_first_line", hyphens.split_first_line, "39ad1016863c"),
            Change(PREFERRED, "split_first_line", hyphens.split_first_line, "39ad1016863c"),
        ),
    ),
    Mend(
        "addresses",
        "A word wider than its line is broken wherever the line is full, and at the start of a line alone; an "
        "address has places of its own.",
        "tests/layout/test_bounds.py::test_not_one_character_is_added",
        (
            Change(INLINE, "split_first_line", measure.split_address, "39ad1016863c"),
            Change(PREFERRED, "split_first_line", measure.split_address, "39ad1016863c"),
        ),
    ),
    Mend(
        "columns",
        "The narrowest column holds a syllable, and pictures in cells scale to nothing: columns of short words "
        "are hyphenated for the sake of a long one.",
        "tests/layout/test_columns.py::test_a_short_column_keeps_its_words_whole",
        (
            Change(PREFERRED, "split_first_line", measure.narrowest, "39ad1016863c"),
            Change(PREFERRED, "replaced_min_content_width", measure.least_width, "8bb691c13180"),
            Change("weasyprint.layout.table", "auto_table_layout", measure.lay_out_table, "8ce6f1e31a00"),
        ),
    ),
    Mend(
        "lines",
        "A justified line from right to left that ends before an element is moved by the space that it loses, "
        "and stands off the margin.",
        "tests/layout/test_lines.py::test_every_justified_line_begins_at_the_margin",
        (Change(INLINE, "remove_last_whitespace", lines.remove_last_whitespace, "53f0c79c9fbb"),),
    ),
    Mend(
        "said",
        "A part of a text does not know which characters it stands for, without a hyphen of the layout and "
        "with the space at which the line was broken.",
        "tests/layout/test_tags.py::test_a_hyphen_that_nobody_wrote_is_not_read",
        (Change(INLINE, "split_text_box", lines.split_text_box, "8c564329599e"),),
    ),
    Mend(
        "sideways",
        "There is neither writing-mode nor page-orientation: tables too wide for a page cannot be turned.",
        "tests/layout/test_sideways.py::test_turned_upright_they_are_read_line_by_line",
        (
            Change("weasyprint.layout.page", "page_height", sideways.page_height, "71a0230377c0"),
            Change("weasyprint.layout.page", "make_page", sideways.make_page, "656f183328e8"),
        ),
        "https://github.com/Kozea/WeasyPrint/issues/577",
    ),
    Mend(
        "painting",
        "Markers of lists are painted after all text of their page, and read there.",
        "tests/layout/test_painting.py::test_a_marker_is_painted_before_its_item",
        (
            Change("weasyprint.stacking", "_dispatch", painting.dispatch, "003563d2565b"),
            Change("weasyprint.draw", "draw_block_level", painting.draw_block_level, "3de9ec3ad4aa"),
        ),
        "https://github.com/Kozea/WeasyPrint/issues/2715",
    ),
    Mend(
        "tags",
        "The structure tree is made of boxes: an element over two pages is two, running heads are read as "
        "text, no language but the document's is given.",
        "tests/layout/test_tags.py::test_an_element_over_a_page_break_is_one_element",
        (Change("weasyprint.pdf", "add_tags", tags.add_tags, "f0e74575b0ba"),),
        "https://github.com/Kozea/WeasyPrint/issues/2902",
    ),
    Mend(
        "streams",
        "The end of a stream's data cannot be told where its last byte is a carriage return.",
        "tests/pdf/test_print_shop.py::test_the_end_of_every_stream_is_told_from_its_data",
        (Change("pydyf:Stream", "data", streams.data, "bdc2bc513f28"),),
    ),
    Mend(
        "styles",
        "A style sheet is read anew for each document: a third of the time of a short one.",
        "tests/layout/test_styles.py::test_the_second_document_is_the_same",
        (Change("weasyprint:CSS", "__init__", styles.read, "8263e6979a38"),),
    ),
)  # fmt: skip


def mend(library: ModuleType) -> None:
    """Put all mends into WeasyPrint and pydyf; once a process.

    Raises :class:`LayoutError` where it is not the version that they were made for.
    """
    if library.__version__ != VERSION:
        raise LayoutError(
            f"WeasyPrint {library.__version__} is installed; Pentapla mends the text in PDF files in "
            f"WeasyPrint {VERSION}, and cannot vouch for another",
            cure=f"pip install weasyprint=={VERSION}",
        )
    put_in(MENDS)


def put_in(mends: Sequence[Mend]) -> None:
    """Change the functions that some mends name, in their order: a later change wraps an earlier one."""
    for change in _changes(mends):
        _put(change, _wrapped(change.function, _function(change)))


def take_out(mends: Sequence[Mend]) -> None:
    """Undo :func:`put_in` of the same mends: for the tests, which ask what the libraries do without them."""
    for change in reversed(_changes(mends)):
        _put(change, _function(change).__wrapped__)


def fingerprint(change: Change) -> str:
    """What tells the source text of a function as the library has it from any other."""
    source = inspect.getsource(inspect.unwrap(_function(change)))
    return sha256(source.encode()).hexdigest()[:12]


def _changes(mends: Iterable[Mend]) -> list[Change]:
    return [change for each in mends for change in each.changes]


def _function(change: Change) -> Any:
    found = vars(change.holder)[change.name]
    return found.fget if isinstance(found, property) else found


def _put(change: Change, function: Any) -> None:
    is_property = isinstance(vars(change.holder)[change.name], property)
    setattr(change.holder, change.name, property(function) if is_property else function)


def _wrapped(by: Callable[..., Any], function: Any) -> Any:
    @wraps(function)
    def wrapper(*arguments: Any, **named: Any) -> Any:
        return by(function, *arguments, **named)

    return wrapper
