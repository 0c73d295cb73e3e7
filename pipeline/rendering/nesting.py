"""How far lists and quotations stand in, one inside the other: what is nested deep stops moving, or it would
leave the page.

Lengths are in em and those of ``styles/text.css``. A narrow screen sees to the rest (``styles/nesting.css``).
"""

from pipeline.document import Block, Listing, Quotation

ROOM = 8.5
"""How far in all of them together may stand: half of a telephone's screen, a third of an A5 page."""

LIST = 1.35
QUOTATION = 3.8
LINE = 1.1
"""What a quotation takes by its line alone, without the space on both of its sides."""

LINES = 2.5
"""How much further in such lines may stand."""


def number_width(listing: Listing) -> float:
    """The room that the numbers of a list need before the text, where it is more than a list has; else 0."""
    if listing.start is None:
        return 0.0
    digits = len(str(listing.start + len(listing.items) - 1))
    return round(0.75 + 0.6 * digits, 2) if digits > 1 else 0.0


def step(block: Block, taken: float) -> tuple[str, float]:
    """The class of a block that stands ``taken`` in, which tells that it stands in less than others of its
    kind, and how far what is inside of it stands in."""
    match block:
        case Listing():
            own = number_width(block) or LIST
            return ("", taken + own) if taken + own <= ROOM else ("deep", taken)
        case Quotation():
            if taken + QUOTATION <= ROOM:
                return "", taken + QUOTATION
            if taken + LINE <= ROOM + LINES:
                return "line", taken + LINE
            return "deep", taken
    return "", taken
