"""How pages are laid on sheets of paper: what a printer, a folder and a binder need to be told.

Which schemes there are is :class:`~pipeline.settings.profiles.SchemeName`; what each does is the table of
:mod:`pipeline.pdf.imposition`.
"""

from dataclasses import dataclass
from enum import StrEnum

UPS = (2, 4, 8, 16)
"""How many pages n-up may lay on a side."""
SIGNATURES = tuple(range(4, 33, 4))
"""How many pages a signature may have."""
MOST_FOLDS = 4
"""Thicker piles than those of 32 pages a sheet no folder takes."""


class Flip(StrEnum):
    """The edge of the sheet about which a printer turns it before it prints the back."""

    SHORT = "short"
    LONG = "long"


class MarkName(StrEnum):
    """A kind of mark: where to cut, where to fold, and, on the spine of each signature, in which order they
    are gathered."""

    CROP = "crop"
    FOLD = "fold"
    COLLATION = "collation"


class LastSignature(StrEnum):
    """What becomes of a last signature that its pages do not fill: blank pages fill it, or it has fewer
    sheets."""

    BLANK = "blank"
    SMALLER = "smaller"


@dataclass(frozen=True, slots=True)
class SheetSettings:
    """What is asked of sheets; lengths in mm. A scheme takes what concerns it."""

    size: tuple[float, float] | None = None
    """Width and height of the paper, either way round; None: as large as is needed."""
    margin: float = 0.0
    """What stays white along the edges of the paper."""
    fit: bool = False
    """Whether pages that are too large for the paper are made smaller."""
    flip: Flip | None = None
    """How the printer turns sheets; None: as one turns a leaf, about the edge that lies left or right."""
    marks: tuple[MarkName, ...] = ()
    thickness: float = 0.0
    """The thickness of one sheet: by so much less does each fold reach out that lies in another."""
    folds: int = 1
    """How often a sheet is folded: it then has 4, 8, 16 or 32 pages."""
    signature: int = 16
    """How many pages of a book are folded into each other before they are gathered (perfect)."""
    last: LastSignature = LastSignature.BLANK
    mill: float | None = None
    """What is taken off the spine before it is glued (perfect); None: what the scheme takes."""
    gap: float | None = None
    """Between pages that are cut apart; None: what the scheme takes. Never less than twice the bleed."""
    up: int = 4
    """How many pages lie on a side (n-up)."""

    @property
    def on_sheet(self) -> int:
        """How many pages a folded sheet has."""
        return 2 << self.folds
