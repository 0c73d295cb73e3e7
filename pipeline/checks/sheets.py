"""The judge of imposed sheets: folded and cut, they are the very pages of the PDF that they were made of.

Every page that comes out is held against the one that must be there, bound where the edition's direction
asks (:mod:`pipeline.checks.booklets`). What is true of a book (outline, order of the text, claims) is not
asked: a pile of sheets is printed, not read.
"""

import io
from collections.abc import Callable, Iterator, Sequence

import pikepdf
from lxml import etree

from pipeline.checks.booklets import Booklet, name_of
from pipeline.checks.checked_files import CheckedFile, found, no_file, not_judged
from pipeline.checks.names import JudgeName
from pipeline.checks.pdf import faces, language, view
from pipeline.checks.pdf.opened import Opened, edition_of
from pipeline.checks.regions import Pages
from pipeline.checks.verdicts import Finding, Result, UnreadableError
from pipeline.editions import Edition
from pipeline.output import digest
from pipeline.pdf.imposition import SCHEMES, Scheme
from pipeline.pdf.imposition.claims import NAMESPACES

NAME = JudgeName.SHEETS

LEFT_OVER = ("/StructTreeRoot", "/MarkInfo", "/Outlines", "/PageLabels", "/Dests", "/Names", "/AcroForm",
             "/OpenAction", "/Threads")  # fmt: skip
"""What in a document catalogue speaks of pages (ISO 32000-1, table 28), which sheets are not."""


def judge(checked_files: Sequence[CheckedFile]) -> list[Result]:
    """Hold each imposed file against the PDF that it was made of."""
    return [_judge(each) for each in checked_files]


def _judge(checked_file: CheckedFile) -> Result:
    edition, subject = edition_of(checked_file), checked_file.subject
    if edition is None or subject is None or subject.made_of is None:
        return not_judged(
            checked_file, NAME, "the manifest names no PDF that these sheets were made of"
        )
    if subject.imposed not in SCHEMES:
        return not_judged(checked_file, NAME, f"nobody knows the scheme “{subject.imposed}”")
    original = subject.made_of
    try:
        flat = original.content()
        pages = Pages(flat)
    except OSError as error:
        why = f"{original.name}, which these sheets were made of, cannot be read: {error.strerror}"
        return not_judged(checked_file, NAME, why)
    except UnreadableError as error:
        why = f"{original.name}, which these sheets were made of, is no PDF: {error}"
        return not_judged(checked_file, NAME, why)
    notes = []
    if digest(checked_file.content or b"") != subject.digest:
        notes.append("the file is not as it was made: it was changed since")
    if digest(flat) != original.digest:
        notes.append(f"{original.name}, which it is held against, was changed since it was made")
    try:
        findings, figures = _compared(checked_file, pages, edition, SCHEMES[subject.imposed])
    except (pikepdf.PdfError, UnreadableError, etree.XMLSyntaxError) as error:
        return no_file(checked_file, NAME, "PDF", error)
    finally:
        pages.close()
    return found(
        checked_file, NAME, findings, figures=figures, notes=notes, claims=checked_file.claims
    )


def _compared(
    checked_file: CheckedFile, pages: Pages, edition: Edition, scheme: Scheme
) -> tuple[list[Finding], tuple[str, ...]]:
    """What is wrong with the sheets of some pages, and their figures."""
    content = checked_file.content or b""
    sides = Pages(content)
    try:
        subject = checked_file.subject
        after = subject.blanks_after if subject else None
        booklet = Booklet(sides, pages, edition, scheme, after)
        with pikepdf.open(io.BytesIO(content)) as pdf:
            findings = list(_file(Opened(pdf, checked_file), booklet.duplex))
        return [*findings, *booklet.findings()], booklet.figures
    finally:
        sides.close()


# --- the file ---------------------------------------------------------------------------------------


def _file(opened: Opened, duplex: str) -> Iterator[Finding]:
    """What does not hang on the pages: how it is printed, what it says of itself, its fonts."""
    for check in CHECKS:
        yield from check(opened)
    yield from _printing(opened, duplex)


def _claims(opened: Opened) -> Iterator[Finding]:
    """Sheets are no book that any standard speaks of."""
    for claim in opened.claims:
        yield Finding(f"it claims to be {claim.name}, and sheets are not", None, "", "claims")
    said = {claim.family for claim in opened.claims}
    names = [name for name in opened.xmp if name[1:].partition("}")[0] in NAMESPACES]
    if names and not said:
        yield Finding("a claim is left in the XMP", None, "/Metadata", "claims", names[0])


def _left_over(opened: Opened) -> Iterator[Finding]:
    for key in LEFT_OVER:
        if key in opened.pdf.Root:
            what = "this speaks of pages that are none in this file"
            yield Finding(what, None, "catalog", "left over", key)
    for side, page in enumerate(opened.pdf.pages):
        if len(page.obj.get("/Annots", ())):
            yield Finding("there are annotations", None, name_of(side), "left over")


def _unscaled(opened: Opened) -> Iterator[Finding]:
    """Nothing enlarges or turns a side as a whole (ISO 32000-1, table 30)."""
    for side, page in enumerate(opened.pdf.pages):
        if float(page.obj.get("/UserUnit", 1)) != 1:
            yield Finding("/UserUnit enlarges this side", None, name_of(side), "scale")
        if page.rotation % 360:
            yield Finding("/Rotate turns this side", None, name_of(side), "scale")


def _printing(opened: Opened, duplex: str) -> Iterator[Finding]:
    """A viewer offers to print it as it must be printed (ISO 32000-1, table 150)."""
    wanted = {"/PrintScaling": "/None", "/Duplex": duplex}
    for key, value in wanted.items():
        said = str(opened.preferences.get(key, ""))
        if said != value:
            what = f"{key} is {said or 'not said'} and must be {value}"
            yield Finding(what, None, "/ViewerPreferences", "printing")


CHECKS: tuple[Callable[[Opened], Iterator[Finding]], ...] = (
    view.title,
    language.document,
    view.boxes,
    faces.check,
    _claims,
    _left_over,
    _unscaled,
)
