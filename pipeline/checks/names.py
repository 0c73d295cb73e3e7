"""The names of the judges, as they are asked for and told."""

from enum import StrEnum


class JudgeName(StrEnum):
    """In the order in which they are asked."""

    READING = "reading"
    EDITING = "editing"
    FIDELITY = "fidelity"
    LINKS = "links"
    PDF = "pdf"
    SHEETS = "sheets"
    PAGE_VALIDATION = "page-validation"
    VERAPDF = "verapdf"
    EPUBCHECK = "epubcheck"
    ACE = "ace"


SLOW = frozenset((JudgeName.VERAPDF, JudgeName.EPUBCHECK, JudgeName.ACE))
"""Those that start a program of another language, and take seconds a file."""
