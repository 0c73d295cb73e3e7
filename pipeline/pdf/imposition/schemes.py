"""The schemes of imposition: one table."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from pipeline.pdf.imposition.order import Order, n_up, perfect, saddle
from pipeline.settings.profiles import SchemeName
from pipeline.settings.sheets import SheetSettings


@dataclass(frozen=True, slots=True)
class Scheme:
    """A way of imposing pages; lengths in mm.

    ``folded`` says whether sheets are folded: pages then meet in pairs at the spine; ``gathered``, whether
    they are in signatures, and else all in one. ``mill`` is what is taken off the spine, if anything is,
    and ``gap`` what stays between pages that are cut apart, where the settings do not say. ``shrinks`` says
    whether pages are made smaller to fit on the paper without being asked for. ``bound`` and ``then`` are
    words for a person: what becomes of the sheets; ``often``, what becomes of those that are folded more
    than once.
    """

    name: SchemeName
    order: Order
    folded: bool
    gathered: bool
    mill: float | None
    gap: float
    shrinks: bool
    bound: str
    then: str
    often: str = ""

    def cells(self, settings: SheetSettings) -> int:
        """How many pages stand on a side."""
        return settings.on_sheet // 2 if self.folded else settings.up

    def in_each(self, settings: SheetSettings, sheets: int) -> int:
        """How many of some sheets are folded into each other."""
        return settings.signature // settings.on_sheet if self.gathered else sheets

    def advice(self, settings: SheetSettings) -> str:
        """What a person does with sheets that are printed."""
        return (
            self.often.format(folds=settings.folds)
            if settings.folds > 1 and self.often
            else self.then
        )

    def milled(self, settings: SheetSettings) -> float:
        """What is taken off the spine, in mm."""
        if self.mill is None or settings.mill is None:
            return self.mill or 0.0
        return settings.mill

    def between(self, settings: SheetSettings) -> float:
        """What is between pages that are cut apart, in mm, if their bleed does not take more."""
        return self.gap if settings.gap is None else settings.gap


SADDLE = Scheme(
    SchemeName.SADDLE,
    saddle,
    folded=True,
    gathered=False,
    mill=None,
    gap=6.0,
    shrinks=False,
    bound="bound on the",
    then="fold the pile once, staple",
    often="fold each sheet {folds} times, lay them into each other, staple, trim",
)
PERFECT = Scheme(
    SchemeName.PERFECT,
    perfect,
    folded=True,
    gathered=True,
    mill=3.0,
    gap=6.0,
    shrinks=False,
    bound="bound on the",
    then="fold signature by signature, gather, mill and glue the spine, trim",
    often="fold each sheet {folds} times, gather, mill and glue the spine, trim",
)
N_UP = Scheme(
    SchemeName.N_UP,
    n_up,
    folded=False,
    gathered=False,
    mill=None,
    gap=0.0,
    shrinks=True,
    bound="read from the",
    then="read, or cut apart",
)

SCHEMES: Mapping[str, Scheme] = MappingProxyType(
    {scheme.name.value: scheme for scheme in (SADDLE, PERFECT, N_UP)}
)
"""Every scheme there is, by name."""
