"""Imposition: the pages of a finished PDF, laid on sheets in the order a printer needs.

    from pipeline.pdf.imposition import Binding, Imposed, impose

:func:`impose` is bytes to bytes; which page goes where is :func:`saddle`, pure arithmetic.
"""

from pipeline.pdf.imposition.leaves import pdf_of
from pipeline.pdf.imposition.order import SADDLE, SCHEMES, Face, Scheme, Sheet, saddle
from pipeline.pdf.imposition.sheets import Imposed, impose
from pipeline.settings.profiles import Binding

__all__ = [
    "SADDLE",
    "SCHEMES",
    "Binding",
    "Face",
    "Imposed",
    "Scheme",
    "Sheet",
    "impose",
    "pdf_of",
    "saddle",
]
