"""The trial of languages: a page in each, and how much of it comes back out of the PDF.

``python -m benchmarks.languages`` builds every text of ``tests/languages`` into HTML, EPUB and PDF,
measures the PDFs, and writes ``docs/languages.md`` anew. The texts are short and of one shape: a
morning at a market, with a title, a date, a heading and a list.
"""

import shutil
import subprocess
import sys
import tempfile
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache
from pathlib import Path

import pypdfium2
import pyphen

from pipeline import fonts
from pipeline.configuration.options import Options
from pipeline.jobs.build import build
from pipeline.languages import Language, language, members, script, script_counts, table
from pipeline.settings.values import EditionKind

ROOT = Path(__file__).resolve().parents[1]
TEXTS = ROOT / "tests" / "languages"
REPORT = ROOT / "docs" / "languages.md"

ZERO_WIDTH_SPACE = "\u200b"
NOT_READ = frozenset("\u00ad\u2060\ufeff") | {ZERO_WIDTH_SPACE}
"""Characters that steer line breaks and that nobody reads."""
BIDI_CONTROLS = frozenset(
    "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
)

Extractor = Callable[[Path, int, int], str]
"""From a PDF, a first page and the page after the last, counted from 0, to text."""


# --- what comes back ------------------------------------------------------------------------------


@cache
def poppler(path: Path, *options: str) -> list[str]:
    """The text of each page of a PDF: pdftotext reads all of it at once, with a form feed after each page."""
    command = ["pdftotext", *options, "-enc", "UTF-8", str(path), "-"]
    done = subprocess.run(command, check=True, capture_output=True)
    return done.stdout.decode().split("\f")


def pdftotext(path: Path, start: int, stop: int) -> str:
    return "".join(poppler(path)[start:stop])


def pdftotext_raw(path: Path, start: int, stop: int) -> str:
    return "".join(poppler(path, "-raw")[start:stop])


def pdfium(path: Path, start: int, stop: int) -> str:
    document = pypdfium2.PdfDocument(path)
    try:
        return "\n".join(
            document[at].get_textpage().get_text_bounded() for at in range(start, stop)
        )
    finally:
        document.close()


def pymupdf(path: Path, start: int, stop: int) -> str:
    import pymupdf as library

    with library.open(path) as document:  # type: ignore[no-untyped-call]
        return "\n".join(document[at].get_text() for at in range(start, stop))


def extractors() -> dict[str, Extractor]:
    """What reads the text of a PDF here, by name."""
    found: dict[str, Extractor] = {"pdfium": pdfium}
    if shutil.which("pdftotext"):
        found = {"pdftotext": pdftotext, "pdftotext -raw": pdftotext_raw, **found}
    try:
        import pymupdf as _  # noqa: F401
    except ImportError:
        return found
    return {**found, "PyMuPDF": pymupdf}


def read_characters(text: str) -> str:
    """What of a text is read: NFC, without white space, bidi controls and break opportunities.

    The bullets of lists are left out: a style sheet draws them and the source only means them.
    """
    return "".join(
        char
        for char in unicodedata.normalize("NFC", text)
        if not char.isspace() and char not in BIDI_CONTROLS | NOT_READ and char != "•"
    )


def recovered(source: str, extracted: str) -> float:
    """The share of a source's characters that stand in an extracted text, in the same order."""
    own, found = read_characters(source), read_characters(extracted)
    matcher = SequenceMatcher(None, own, found, autojunk=False)
    return sum(block.size for block in matcher.get_matching_blocks()) / len(own)


# --- a trial --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Row:
    """What was found of one language."""

    language: Language
    families: tuple[str, ...]
    """The families that draw its text."""
    lacking: str
    """Characters that none of them has."""
    fidelity: Mapping[str, float]
    """The share of the source that comes back, by extractor."""

    @property
    def best(self) -> float:
        return max(self.fidelity.values())


def texts() -> list[Path]:
    return sorted(TEXTS.glob("*.txt"))


def needed(source: str, writing: Language) -> tuple[tuple[str, ...], str]:
    """The families that draw a text, and the characters that none of them draws."""
    stack = fonts.stack(writing.script)
    stack = (*stack, *(each for each in fonts.every_family() if each not in stack))
    used: dict[str, None] = {}
    lacking = []
    own = set(members(writing.script.code))
    for char in dict.fromkeys(source):
        if fonts.is_invisible(char) or char == "•":
            continue
        family = next((each for each in stack if fonts.drawable(char, [each])), None)
        if family is None:
            lacking.append(char)
        elif set(script_counts(char)) & own:
            used[family.name] = None
    return tuple(used), "".join(lacking)


def pages(pdf: Path) -> list[tuple[int, int]]:
    """The first page of each translation of a combined edition and the page after its last: its
    bookmarks of the first level, in the order of the book."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        starts = [mark.get_dest().get_index() for mark in document.get_toc() if mark.level == 0]
        return list(zip(starts, [*starts[1:], len(document)], strict=True))
    finally:
        document.close()


def measure(sources: Iterable[Path], pdf: Path) -> list[Row]:
    """The rows of some texts, in the order of the combined edition that was made of them."""
    rows = []
    readers = extractors()
    for path, (start, stop) in zip(sources, pages(pdf), strict=True):
        source = path.read_text(encoding="utf-8")
        writing = language(path.stem)
        families, lacking = needed(source, writing)
        fidelity = {
            name: recovered(source, read(pdf, start, stop)) for name, read in readers.items()
        }
        rows.append(Row(writing, families, lacking, fidelity))
    return rows


def run(folder: Path) -> list[Row]:
    """Build the combined book of all texts into a folder, in every format, and measure its PDF."""
    options = Options(title="Market", languages=tuple(path.stem for path in texts()),
                      editions=(EditionKind.COMBINED,))  # fmt: skip
    report = build(texts(), folder, options)
    (pdf,) = (folder / name for name in report.files if name.endswith(".pdf"))
    return measure(texts(), pdf)


# --- the report -----------------------------------------------------------------------------------


INTRODUCTION = """\
# Languages

One page in each language, built and read back: the share of the source's characters that come out
of the PDF in order, in percent. White space, invisible controls and the bullets of lists do not count.
By default, pdftotext puts lines into an order of its own by where they stand on the page, and on short
pages takes paragraphs for columns; with `-raw` it keeps the order of the file, which is the visual one
where lines run from right to left.
`python -m benchmarks.languages` writes this page anew.

Direction, face and size hang on the script, so that a language without a row here is set like the
others of its script. “Words” tells whether the words of the frame (contents, notes, cover…) are
known; where they are not, they stand in English until `book.toml` gives them.

Books in Latin, Cyrillic, Thai and Arabic script need no more than Pentapla installs, and for most others it
brings a face that stands in. The faces below are better, and are what was measured: `pentapla faces` lists
all of them, and installs those that PyPI has.

Urdu is set in Naskh. The tag `ur-Aran` sets it in Nastaliq. Its face draws dots and letters apart; each letter
is one glyph in the file all the same, so that it can be searched and copied like any other."""


def digits(counter: str) -> str:
    zeros = {style: system for system, style in table().digits.items()}
    return str(zeros.get(counter, "latn"))


def report(rows: Iterable[Row]) -> str:
    """The page about languages, in Markdown."""
    found = sorted(rows, key=lambda row: (row.language.script.code, row.language.tag))
    names = list(found[0].fidelity)
    head = ["Tag", "Name", "Script", "Direction", "Face", "Package", "Digits", *names, "Words"]
    lines = [
        *INTRODUCTION.splitlines(),
        "",
        "| " + " | ".join(head) + " |",
        "|" + "---|" * len(head),
    ]
    by_name = {row.name: row for row in table().families.values()}
    for row in found:
        packages = dict.fromkeys(
            by_name[name].debian or by_name[name].package for name in row.families
        )
        cells = [
            f"`{row.language.tag}`",
            row.language.autonym,
            row.language.script.code,
            row.language.direction.value,
            ", ".join(row.families),
            ", ".join(packages),
            digits(row.language.counter),
            *(f"{row.fidelity[name] * 100:.1f}" for name in names),
            "no" if row.language.foreign_words else "yes",
        ]
        lines.append("| " + " | ".join(cells) + " |")
    with_words = list(table().languages)
    lines += [
        "",
        f"{len(found)} languages in {len({row.language.script.code for row in found})} scripts. "
        f"The words of the frame are known in {len(with_words)} languages: "
        + ", ".join(f"{language(tag).autonym} (`{tag}`)" for tag in sorted(with_words))
        + ".",
        "",
        *hyphenation(),
        "",
        "## Scripts with a face",
        "",
        "| Script | Direction | Face | Package | Styles |",
        "|---|---|---|---|---|",
    ]
    for code in sorted(table().scripts):
        if code != "default":
            lines.append(_script_line(code))
    return "\n".join(lines) + "\n"


HYPHENATION = """\
## Hyphenation in print

Words of Latin, Cyrillic and Greek script are divided at the ends of lines by the dictionaries of Pyphen, which
are LibreOffice's. A word that holds soft hyphens is divided at these alone, in any language.

- With a dictionary: {known}.
- Without one: {unknown}. Their words are not divided, and their lines not justified; where a long word leaves a
  line half empty, soft hyphens in the text divide it. In web pages and e-books, browsers and reading systems
  divide words by what they know themselves."""


def hyphenation() -> list[str]:
    """The section about the languages of the table whose scripts divide words with a hyphen, in Markdown."""
    tags = [tag for tag in sorted(table().languages) if language(tag).script.hyphenate]
    known, unknown = (
        ", ".join(
            f"{language(tag).autonym} (`{tag}`)"
            for tag in tags
            if bool(pyphen.language_fallback(tag)) is wanted
        )
        for wanted in (True, False)
    )
    return HYPHENATION.format(known=known, unknown=unknown).splitlines()


def _script_line(code: str) -> str:
    writing = script(code)
    family = fonts.stack(writing)[0]
    styles = " ".join(style.key for style in family.styles)
    return f"| {code} | {writing.direction.value} | {family.name} | {family.package} | {styles} |"


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="pentapla-languages-") as folder:
        rows = run(Path(folder))
    for row in rows:
        if row.lacking:
            sys.stderr.write(f"{row.language.tag}: no face for {row.lacking}\n")
    REPORT.write_text(report(rows), encoding="utf-8")
    sys.stdout.write(f"{REPORT.relative_to(ROOT)}: {len(rows)} languages\n")
    return int(any(row.lacking for row in rows))


if __name__ == "__main__":
    sys.exit(main())
