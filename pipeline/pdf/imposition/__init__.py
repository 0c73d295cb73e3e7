"""Imposition: the pages of a finished PDF, laid on sheets in the order a printer needs.

    from pipeline.pdf.imposition import SCHEMES, Imposed, impose

:func:`impose` is bytes to bytes. Which page goes where is pure arithmetic (``order``), and so is where on the
sheet that is (``grid``, ``placing``); ``schemes`` is the table of all there are.
"""

from pipeline.pdf.imposition.leaves import pdf_of
from pipeline.pdf.imposition.schemes import SADDLE, SCHEMES, Scheme
from pipeline.pdf.imposition.sheets import Imposed, impose
from pipeline.settings.profiles import Binding

__all__ = ["SADDLE", "SCHEMES", "Binding", "Imposed", "Scheme", "impose", "pdf_of"]
