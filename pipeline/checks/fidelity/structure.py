"""Fidelity of a PDF by its own structure: language by language, element by element.

The structure of a file has an article for each language, and in it every block as one element, on however many
pages it stands (PDF/UA-1, 7.1: the structure is that of the text, and not of the pages). So the text of each
language is compared with its article, and each block is asked for as one element.
"""

import io
from collections.abc import Iterator, Sequence
from itertools import accumulate

import pikepdf

from pipeline.checks.fidelity.printed import Compared, recovery
from pipeline.checks.fidelity.units import Unit
from pipeline.checks.fidelity.visible import ink
from pipeline.checks.pdf.tree import Block, Tree, tree_of
from pipeline.checks.verdicts import Finding, UnreadableError
from pipeline.document import Translation
from pipeline.pdf.read.content import painted

STRUCTURE = "structure"
"""What the report calls the file's own structure, beside the programs."""

BEGINNING = 40
"""How many characters of a block a finding quotes."""

Wanted = Sequence[tuple[Translation, list[Unit]]]
"""Translations, in the order of the file, each with what it must hold."""


def opened(content: bytes) -> Tree | None:
    """The structure of a PDF, if it has one. Raises :class:`UnreadableError` where the file cannot be read."""
    try:
        with pikepdf.open(io.BytesIO(content)) as pdf:
            return tree_of(pdf, painted(pdf))
    except pikepdf.PdfError as error:
        raise UnreadableError(str(error)) from error


def compare(tree: Tree, wanted: Wanted, out: Compared) -> None:
    """Compare each translation with its article; what is found goes into ``out``."""
    articles: dict[int, list[Block]] = {}
    for block in tree.blocks():
        if block.article and not block.is_contents:
            articles.setdefault(block.article, []).append(block)
    if len(articles) != len(wanted):
        what = f"the structure has {len(articles)} articles for {len(wanted)} languages"
        out.findings.append(Finding(what))
        out.grave = True
    for number, (translation, units) in enumerate(wanted, start=1):
        blocks = articles.get(number, [])
        if blocks and (said := blocks[0].pieces[0].language) != translation.tag:
            what = f"the article of {translation.tag} is said to be in “{said}”"
            out.findings.append(Finding(what, units[0].origin if units else None))
            out.grave = True
        lines = [(_drawn(each), each.page or 0) for each in blocks]
        pages = len({page for _, page in lines})
        out.recoveries.append(recovery(translation, units, STRUCTURE, lines, pages, out))
        for found in _divided(translation, units, [ink(text) for text, _ in lines]):
            out.findings.append(found)
            out.grave = True


def _drawn(block: Block) -> str:
    """The text of a block without that of pictures in it."""
    return "".join(piece.text for piece in block.pieces if not piece.alternative)


def _divided(
    translation: Translation, units: Sequence[Unit], elements: Sequence[str]
) -> Iterator[Finding]:
    """Blocks that are several elements, or that share one with others. What is not there at all is told by the
    comparison of characters."""
    known = frozenset(elements)
    for unit in units:
        called = "".join(piece.text for piece in unit.pieces if piece.shown)
        wanted = ink(unit.drawn), ink(called)
        if not wanted[0] or known.intersection(wanted):
            continue
        said = f"{translation.tag}: the {unit.kind} “{unit.drawn[:BEGINNING].strip()}…”"
        if count := max(_parts(each, elements) for each in wanted):
            what = f"{said} is {count} elements of the structure instead of one"
            yield Finding(what, unit.origin, STRUCTURE)
        elif any(one in each for each in elements for one in wanted):
            what = f"{said} shares an element of the structure with other text"
            yield Finding(what, unit.origin, STRUCTURE)


def _parts(wanted: str, elements: Sequence[str]) -> int:
    """How many elements that follow each other make up a text together; 0 if none do."""
    for at, first in enumerate(elements):
        if first and wanted.startswith(first):
            for count, joined in enumerate(accumulate(elements[at:]), start=1):
                if joined == wanted:
                    return count
                if not wanted.startswith(joined):
                    break
    return 0
