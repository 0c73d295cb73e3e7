"""Fidelity of PDFs whose pages hold several languages: by structure element, and by what is on the pages.

Programs that read such a page mix its columns, so they cannot tell an order. The structure of the file can: it
has an article for each language, and in it every block as one element, on however many pages it stands. So
each language is compared with its article; and of what programs read from the pages, it is asked that every
character of all languages is there as often as the texts have it, whatever its place.

A file without structure (for a press) is judged by the second alone, and a note says so: its lines are those of
the same file for screens.
"""

import io
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

import pikepdf

from pipeline.checks.fidelity.differences import named
from pipeline.checks.fidelity.extraction import HYPHEN, Extract, Opened
from pipeline.checks.fidelity.extras import HYPHENS, company_of
from pipeline.checks.fidelity.printed import Compared, Recovery, recovery
from pipeline.checks.fidelity.units import Unit
from pipeline.checks.fidelity.visible import ink, sideless
from pipeline.checks.pdf.tree import Tree, tree_of
from pipeline.checks.verdicts import Finding
from pipeline.document import Translation
from pipeline.errors import Origin
from pipeline.pdf.read.content import painted

STRUCTURE = "structure"
"""What the report calls the file's own structure, beside the programs."""

ALL = "all languages"

Wanted = Sequence[tuple[Translation, list[Unit]]]


def compare(
    content: bytes, opened: Opened, wanted: Wanted, *, two_covers: bool = False
) -> Compared:
    """Compare a file, which programs have read (``opened``), with the units of its translations, in its order;
    ``two_covers`` says that it is read from both of its ends. Raises :class:`pikepdf.PdfError` where the file
    cannot be read."""
    out = Compared()
    with pikepdf.open(io.BytesIO(content)) as pdf:
        tree = tree_of(pdf, painted(pdf))
    if tree is None:
        out.notes.append(
            "it has no structure that tells an order: its characters were counted, and its order was not judged"
        )
    else:
        _by_structure(tree, wanted, out)
    for each in opened.extracts:
        out.recoveries.append(_counted(each, opened, wanted, out, two_covers=two_covers))
    return out


def _by_structure(tree: Tree, wanted: Wanted, out: Compared) -> None:
    """Compare each translation with its article."""
    articles: dict[int, list[tuple[str, int]]] = {}
    languages: dict[int, str] = {}
    for block in tree.blocks():
        if block.article and not block.is_contents:
            page = block.page if block.page is not None else 0
            shown = "".join(piece.text for piece in block.pieces if piece.shown is not None)
            text = shown if block.type == "Figure" else block.text
            articles.setdefault(block.article, []).append((text, page))
            languages.setdefault(block.article, block.pieces[0].language)
    if len(articles) != len(wanted):
        what = f"the structure has {len(articles)} articles for {len(wanted)} languages"
        out.findings.append(Finding(what))
        out.grave = True
    for number, (translation, units) in enumerate(wanted, start=1):
        if number in languages and languages[number] != translation.tag:
            what = f"the article of {translation.tag} is said to be in “{languages[number]}”"
            out.findings.append(Finding(what, units[0].origin if units else None))
            out.grave = True
        lines = articles.get(number, [])
        pages = len({page for _, page in lines})
        out.recoveries.append(recovery(translation, units, STRUCTURE, lines, pages, out))


def _counted(
    extract: Extract, opened: Opened, wanted: Wanted, out: Compared, *, two_covers: bool
) -> Recovery:
    """Whether a program gives every character as often as the texts have it."""
    starts = [page for _, page in opened.chapters]
    first, last = min(starts, default=0), len(extract.pages) - 1
    if two_covers and starts:
        # What is read from the second cover begins last in the file.
        last = max(starts)
    if opened.forward is not None and opened.forward.program == extract.program:
        extract = opened.forward
    found = Counter(_characters(line for page in extract.pages[first : last + 1] for line in page))
    hoped: Counter[str] = Counter()
    extras: Counter[str] = Counter()
    for translation, units in wanted:
        hoped.update(_characters(unit.drawn for unit in units))
        count = len(extract.pages) - first
        for text, times in company_of(translation, units, count).items():
            for char in text:
                extras[char] += times
    lost, added = hoped - found, found - hoped - extras
    for char in HYPHENS:
        # A hyphen at the end of a line is joined by some programs, and added by layout.
        lost.pop(char, None)
        added.pop(char, None)
    for char, count in sorted(lost.items()):
        what = f"{count} of {hoped[char]} {named(char)} are not there"
        out.findings.append(Finding(what, _where(char, wanted), extract.program))
    whole = hoped.total()
    return Recovery(ALL, extract.program, whole, whole - lost.total(), added.total(), grave=False)


def _characters(lines: Iterable[str]) -> Iterator[str]:
    for line in lines:
        yield from sideless(ink(line.replace(HYPHEN, "-")))


def _where(char: str, wanted: Wanted) -> Origin | None:
    """The first place at which a character stands."""
    for _, units in wanted:
        for unit in units:
            if char in sideless(ink(unit.drawn)):
                return unit.origin
    return None


def figures(found: Compared, wanted: Wanted) -> Mapping[str, list[Recovery]]:
    """What was recovered, by language, and of all languages together."""
    names = [translation.tag for translation, _ in wanted] + [ALL]
    return {
        name: own
        for name in names
        if (own := [each for each in found.recoveries if each.tag == name])
    }
