"""Imposition: the pages of a finished PDF, laid on sheets in the order a printer needs.

    from pipeline.imposition import Binding, Imposed, impose

:func:`impose` is bytes to bytes; which page goes where is :func:`saddle`, pure arithmetic.
"""

from pipeline.imposition.leaves import pdf_of
from pipeline.imposition.order import SADDLE, SCHEMES, Binding, Face, Scheme, Sheet, saddle
from pipeline.imposition.sheets import Imposed, impose

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
