"""A PDF that is open, and what it must say: what every check of a PDF is given."""

import unicodedata
from collections.abc import Mapping
from functools import cached_property
from typing import Any

import pikepdf

from pipeline.checks.checked_files import CheckedFile
from pipeline.checks.claims import Claim, Family, xmp
from pipeline.checks.fidelity.units import Unit, units
from pipeline.checks.pdf.tree import Tree, tree_of
from pipeline.design.page import arranged_edition
from pipeline.document import Translation
from pipeline.editions import Edition
from pipeline.pdf.imposition.geometry import Box
from pipeline.pdf.read.content import Painted, painted
from pipeline.settings.arrangements import ArrangementName
from pipeline.settings.values import EditionKind


class Opened:
    """A PDF and its edition. Pages, structure and metadata are read once, when a check asks first."""

    def __init__(self, pdf: pikepdf.Pdf, checked_file: CheckedFile) -> None:
        self.pdf = pdf
        self.claims: tuple[Claim, ...] = checked_file.claims
        self.edition = edition_of(checked_file)

    @cached_property
    def painted(self) -> Painted:
        """All that the pages show: texts in the order in which they are drawn, and colour spaces."""
        return painted(self.pdf)

    @cached_property
    def tree(self) -> Tree | None:
        """The structure tree (ISO 32000-1 14.7); None where the file is not tagged."""
        return tree_of(self.pdf, self.painted)

    @cached_property
    def xmp(self) -> Mapping[str, str]:
        """The simple properties of the XMP packet by their full names; none where there is no packet.

        Raises :class:`lxml.etree.XMLSyntaxError` where the packet is not well-formed.
        """
        return xmp(self.pdf)

    @property
    def preferences(self) -> dict[str, Any]:
        """How a viewer is to open the file (ISO 32000-1 12.2)."""
        found = self.pdf.Root.get("/ViewerPreferences")
        return dict(found.items()) if found is not None else {}

    @cached_property
    def units(self) -> Mapping[str, tuple[Unit, ...]]:
        """What each translation of the edition must say, by tag, in order."""
        translations = self.edition.translations if self.edition else ()
        return {each.tag: tuple(units(each)) for each in translations}

    @property
    def translations(self) -> tuple[Translation, ...]:
        """The translations of the edition, in order; none where the edition is not known."""
        return self.edition.translations if self.edition else ()

    @property
    def tags(self) -> tuple[str, ...]:
        """The language tags of the translations, in order."""
        return tuple(each.tag for each in self.translations)

    def claims_any(self, *families: Family) -> bool:
        """Whether the file makes a claim of one of these families."""
        return any(claim.family in families for claim in self.claims)


def box(page: pikepdf.Object, name: str) -> Box | None:
    """A box of a page (or the ``/Rect`` of an annotation), its own or inherited; None where it has none."""
    holder: pikepdf.Object | None = page
    while holder is not None:
        if name in holder:
            return Box.of(float(each) for each in holder[name])
        holder = holder.get("/Parent")
    return None


def edition_of(checked_file: CheckedFile) -> Edition | None:
    """The edition that a file is made of; None where nothing is known of it but its bytes."""
    subject, reference = checked_file.subject, checked_file.reference
    if subject is None or reference is None:
        return None
    kind = EditionKind(subject.edition) if subject.edition else EditionKind.SINGLE
    name = ArrangementName(subject.arrangement or ArrangementName.SEQUENCE)
    own = tuple(reference.translations(subject))
    return arranged_edition(reference.book, kind, own, reference.settings, name)


def letters(text: str) -> str:
    """The letters and marks of a text, without what tells its lines, notes and lists apart: spaces,
    hyphens, digits, signs. Ligatures and presentation forms become what they stand for."""
    plain = unicodedata.normalize("NFKC", text)
    return "".join(char for char in plain if unicodedata.category(char)[0] in "LM")


def shown(text: str, limit: int = 60) -> str:
    """A text as a finding shows it: on one line, and not too long."""
    line = " ".join(text.split())
    return line if len(line) <= limit else line[: limit - 1] + "…"
