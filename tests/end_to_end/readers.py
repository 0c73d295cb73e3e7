"""What readers of PDF make of the text: what they give when it is copied, and what they find when it is
searched for.

:data:`COPIES` holds what each program gives of some pages, in the order in which it gives it. :func:`found`
counts how often a reader finds each word in the type area of some pages; running heads, page numbers, the
cover and the contents repeat words, and are not counted.

Searches are those that people make: pdf.js (Firefox) with its own find controller, pdfium (Chrome) with its own
search, neither by case. pdf.js ignores marks (accents, Thai vowels above the letter, Arabic vowels) in what it
searches and in what it searches for, so the text with which its hits are compared is without them too
(:func:`unmarked`). pdfium ignores none.
"""

import ctypes
import json
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path

import pymupdf
import pypdf
import pypdfium2
from icu4py.breakers import WordBreaker
from pypdfium2 import raw

from pipeline.checks.fidelity.extraction import HYPHEN, Field, field, open_pdf
from pipeline.settings.values import Theme
from pipeline.typography.breaks import boundaries
from tests.end_to_end import pdfjs
from tests.end_to_end.tools import node, node_package, run, tool

EXCEPTIONS = frozenset("\u0e3a")
"""Marks that pdf.js does not ignore, of those in the scripts of these texts (its DIACRITICS_EXCEPTION)."""


# --- what is copied -------------------------------------------------------------------------------


def poppler(file: Path, first: int, last: int, *options: str) -> str:
    pages = ("-f", str(first), "-l", str(last))
    said = run([tool("pdftotext"), *pages, *options, "-enc", "UTF-8", file, "-"])
    assert (said.code, said.err) == (0, ""), said
    return said.out


def poppler_raw(file: Path, first: int, last: int) -> str:
    """In the order of the file."""
    return poppler(file, first, last, "-raw")


def pdfium(file: Path, first: int, last: int) -> str:
    with pypdfium2.PdfDocument(file) as document:
        return "\n".join(
            document[number - 1].get_textpage().get_text_bounded()
            for number in range(first, last + 1)
        )


def mupdf(file: Path, first: int, last: int) -> str:
    with pymupdf.open(file) as document:
        return "\n".join(document[number - 1].get_text() for number in range(first, last + 1))


def firefox(file: Path, first: int, last: int) -> str:
    pages = _items(file, file.stat().st_mtime_ns)[first - 1 : last]
    return "\n".join(pdfjs.as_drawn(page) for page in pages)


@cache
def _items(file: Path, _changed: int) -> list[list[pdfjs.Item]]:
    return pdfjs.read(file)


def by_pypdf(file: Path, first: int, last: int) -> str:
    reader = pypdf.PdfReader(file)
    return "\n".join(reader.pages[at].extract_text() for at in range(first - 1, last))


COPIES: Mapping[str, Callable[[Path, int, int], str]] = {
    "pdftotext": poppler,
    "pdftotext -raw": poppler_raw,
    "MuPDF": mupdf,
    "pdf.js": firefox,
    "pdfium": pdfium,
    "pypdf": by_pypdf,
}
"""The text of some pages (the first and the last, from 1), by program."""


# --- what is found --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Place:
    """Where a hit begins: the page, from 0, and the point on it, in pt from its lower left corner."""

    page: int
    x: float
    y: float


def in_firefox(file: Path, words: Sequence[str]) -> list[list[Place]]:
    """The hits of each word on all pages, by the find controller of pdf.js."""
    script = Path(__file__).with_name("finding.mjs")
    # The controller makes a new expression for each word on each page: it is compiled, or interpreted, once.
    command = [node(), "--no-regexp-tier-up", script, node_package("pdfjs-dist"), file]
    said = run(command, given=json.dumps(words))
    assert (said.code, said.err) == (0, ""), said
    return [[Place(**place) for place in places] for places in json.loads(said.out)]


def in_chrome(file: Path, words: Sequence[str]) -> list[list[Place]]:
    """The hits of each word on all pages, by the search of pdfium."""
    found: list[list[Place]] = [[] for _ in words]
    x, y = ctypes.c_double(), ctypes.c_double()
    with pypdfium2.PdfDocument(file) as document:
        for number, page in enumerate(document):
            text = page.get_textpage()
            for at, word in enumerate(words):
                search = text.search(word)
                while (hit := search.get_next()) is not None:
                    raw.FPDFText_GetCharOrigin(text, hit[0], x, y)
                    found[at].append(Place(number, x.value, y.value))
                search.close()
    return found


SEARCHES: Mapping[str, Callable[[Path, Sequence[str]], list[list[Place]]]] = {
    "pdf.js": in_firefox,
    "pdfium": in_chrome,
}


def unmarked(text: str) -> str:
    """A text as pdf.js compares it: decomposed, without marks, in lower case."""
    bare = (
        char
        for char in unicodedata.normalize("NFD", text)
        if char in EXCEPTIONS or not unicodedata.category(char).startswith("M")
    )
    return "".join(bare).lower()


JOINS: Mapping[str, bool] = {"pdf.js": True, "pdfium": False}
"""Whether a search finds a word that is broken with a hyphen at the end of a line."""

AS_COMPARED: Mapping[str, Callable[[str], str]] = {
    "pdf.js": unmarked,
    "pdfium": lambda text: unicodedata.normalize("NFC", text).lower(),
}
"""A text as each reader compares it with what is searched for."""


def words(texts: Iterable[str], tag: str) -> list[str]:
    """The different words of some texts, in order: as ICU finds them, which knows the words of Thai, without
    punctuation."""
    seen: dict[str, None] = {}
    for text in texts:
        for part in WordBreaker(text, tag):
            for word in (
                re.findall(r"[^\W_](?:[^\W_]|[\u0300-\u036f\u064b-\u0655\u0670])*", part)
                if (not _is_thai(part))
                else [part]
            ):
                seen[word] = None
    return list(seen)


def _unbroken(text: str, tag: str) -> Iterator[str]:
    """The stretches of a text within which no line ends: where a line may end between two words with nothing
    written between them, nobody finds what spans both."""
    ends = [0, *boundaries(text, tag), len(text)] if _is_thai(text) else [0, len(text)]
    for start, end in pairwise(ends):
        yield text[start:end]


def _is_thai(text: str) -> bool:
    return any("\u0e00" <= char <= "\u0e7f" for char in text)


@dataclass(frozen=True, slots=True)
class Found:
    """How often a word stands in a text, and how often a reader finds it there."""

    word: str
    wanted: int
    broken: int
    """In how many of these places it is broken with a hyphen so that the reader cannot find it."""
    hits: int

    @property
    def missing(self) -> int:
        return max(self.wanted - self.broken - self.hits, 0)


def found(
    program: str,
    file: Path,
    texts: Mapping[str, tuple[Sequence[str], int, int]],
    step: int = 1,
) -> dict[str, list[Found]]:
    """What a program finds of the words of the texts in a file, of each or of one in ``step``; a text has its
    pieces, and its first and last page, from 1."""
    asked = {tag: words(pieces, tag)[::step] for tag, (pieces, _, _) in texts.items()}
    every = list(dict.fromkeys(word for each in asked.values() for word in each))
    hits = dict(zip(every, SEARCHES[program](file, every), strict=True))
    compared = AS_COMPARED[program]
    inside = field(Theme())
    joins = JOINS[program]
    out = {}
    for tag, (pieces, first, last) in texts.items():
        broken = [
            tuple(map(compared, parts))
            for parts, over in _broken_words(file, first, last)
            if over or not joins
        ]
        whole = "\n".join(compared(part) for piece in pieces for part in _unbroken(piece, tag))
        out[tag] = [
            Found(
                word,
                whole.count(compared(word)),
                sum(
                    (start + end).count(compared(word))
                    - start.count(compared(word))
                    - end.count(compared(word))
                    for start, end in broken
                ),
                sum(
                    first <= place.page + 1 <= last and _holds(inside, place)
                    for place in hits[word]
                ),
            )
            for word in asked[tag]
        ]
    return out


def _broken_words(file: Path, first: int, last: int) -> Iterator[tuple[tuple[str, str], bool]]:
    """The two parts of each word that is broken with a hyphen at the end of a line, and whether the second
    stands on another page, where nobody looks for it."""
    extract = open_pdf(file.read_bytes(), Theme()).extracts[0]
    lines = [
        (line.strip(), page)
        for page in range(first - 1, last)
        for line in extract.pages[page]
        if line.strip()
    ]
    for (line, page), (following, other) in pairwise(lines):
        if line.endswith((HYPHEN, "-")):
            start = line[:-1].split()[-1:]
            yield ("".join(start), following.split()[0].rstrip(HYPHEN)), page != other


def _holds(inside: Field, place: Place) -> bool:
    down = Theme().height / 25.4 * 72 - place.y
    return inside.left <= place.x <= inside.right and inside.top <= down <= inside.bottom
