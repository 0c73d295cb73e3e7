"""How translations of one text stand to each other on pages: rows, and which of them a page holds.

Nothing here knows what lays out text. Lengths are in px of CSS, as they were measured.
"""

from pipeline.arrangements.breaking import NoPlaceError, Plan, plan
from pipeline.arrangements.placing import Placed, place
from pipeline.arrangements.rooms import fullest, whites
from pipeline.arrangements.rows import Cell, Line, Lock, Opening, Row
from pipeline.arrangements.widths import even_out, share_out

__all__ = [
    "Cell", "Line", "Lock", "NoPlaceError", "Opening", "Placed", "Plan", "Row", "even_out", "fullest",
    "place", "plan", "share_out", "whites",
]  # fmt: skip
