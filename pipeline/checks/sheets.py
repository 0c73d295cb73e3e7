"""The judge of imposed sheets: folded, they are the very pages of the PDF that they were made of.

Every half of every side is held against the page that stands there in printer's order, bound where the
edition's direction asks. What is true of a book (outline, order of the text, claims) is not asked: a pile of
sheets is printed, not read.
"""

import io
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

import pikepdf
from lxml import etree

from pipeline.checks.checked_files import CheckedFile, found, no_file, not_judged
from pipeline.checks.names import JudgeName
from pipeline.checks.pdf import faces, language, view
from pipeline.checks.pdf.opened import Opened, edition_of, shown
from pipeline.checks.regions import NEAR, RESIZED, Pages, View
from pipeline.checks.verdicts import Finding, Result, UnreadableError
from pipeline.editions import Edition
from pipeline.languages import Direction
from pipeline.output import digest
from pipeline.pdf.imposition import SCHEMES, Binding, Scheme, Sheet
from pipeline.pdf.imposition.claims import NAMESPACES
from pipeline.pdf.imposition.geometry import MM, Box

NAME = JudgeName.SHEETS

SIDES = ("left", "right")
SLACK = 0.5
"""By how many pt boxes may be off: programs round them."""

LEFT_OVER = ("/StructTreeRoot", "/MarkInfo", "/Outlines", "/PageLabels", "/Dests", "/Names", "/AcroForm",
             "/OpenAction", "/Threads")  # fmt: skip
"""What in a document catalogue speaks of pages (ISO 32000-1, table 28), which sheets are not."""


class Half(NamedTuple):
    """Half a side of a sheet: the side from 0, the half (0 is left), and the page that must be there,
    from 1."""

    side: int
    half: int
    page: int | None

    @property
    def place(self) -> str:
        """Where it is, in words: the sheet, counted from 1, then front or back, then left or right."""
        face = "back" if self.side % 2 else "front"
        return f"sheet {self.side // 2 + 1}, {face}, {SIDES[self.half]}"


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
    with pikepdf.open(io.BytesIO(content)) as pdf:
        findings = list(_file(Opened(pdf, checked_file), scheme))
    sides = Pages(content)
    try:
        folded = Folded(sides, pages, edition, scheme)
        return [*findings, *folded.findings()], folded.figures
    finally:
        sides.close()


# --- the halves -------------------------------------------------------------------------------------


class Folded:
    """The sides of some sheets, and the pages that they must hold."""

    def __init__(self, sides: Pages, pages: Pages, edition: Edition, scheme: Scheme) -> None:
        rtl = edition.direction is Direction.RTL
        self.sides, self.pages = sides, pages
        self.binding = Binding.RIGHT if rtl else Binding.LEFT
        self.order = scheme.order(len(pages), self.binding)
        self.turned = scheme.order(len(pages), Binding.LEFT if rtl else Binding.RIGHT)
        self._views: dict[tuple[bool, int, int], View] = {}

    @property
    def figures(self) -> tuple[str, ...]:
        """The numbers of sheets, pages and blank pages, and the side of the binding, in words for the
        report."""
        blanks = 4 * len(self.order) - len(self.pages)
        return (
            f"{len(self.order)} sheets",
            f"{len(self.pages)} pages" + (f" and {blanks} blank" if blanks else ""),
            f"bound on the {self.binding}",
        )

    def findings(self) -> Iterator[Finding]:
        """What is wrong with the sheets, in their order."""
        yield from self._boxes()
        halves = list(_halves(self.order))
        wanted = 2 * len(self.order)
        if len(self.sides) != wanted:
            what = f"these sheets have {len(self.sides)} sides and must have {wanted}"
            yield Finding(what, None, "", "number of sheets")
            yield from self._missing()
            return
        wrong = [each for each in halves if not self._holds(each)]
        if wrong and all(self._holds(each) for each in _halves(self.turned)):
            what = f"the booklet is bound on the wrong side: it is read from the {self.binding}"
            yield Finding(what, None, "", "binding side", cure=f"bind it on the {self.binding}")
            return
        for each in wrong:
            yield self._told(each)

    def _boxes(self) -> Iterator[Finding]:
        """The trimmed sheet is two trimmed pages wide, and as high as one."""
        page = self.pages.trim(0)
        for side in range(len(self.sides)):
            trim = self.sides.trim(side)
            off = max(abs(trim.width - 2 * page.width), abs(trim.height - page.height))
            if off > SLACK:
                what = (
                    f"the TrimBox is {_size(trim)} and must be "
                    f"{_size(Box(0, 0, 2 * page.width, page.height))}"
                )
                yield Finding(what, None, _side(side), "page boxes")

    def _holds(self, half: Half) -> bool:
        seen = self._seen(half)
        if half.page is None:
            return seen.is_blank
        return seen.same(self._page(half.page, half.half))

    def _told(self, half: Half) -> Finding:
        """What is wrong with a half that does not hold what it must."""
        seen = self._seen(half)
        if half.page is None:
            what = "this half must be blank"
            return Finding(what, None, half.place, "blank page", shown(seen.text))
        if seen.is_blank:
            return Finding(f"page {half.page} is not here", None, half.place, "missing page")
        for other in range(1, len(self.pages) + 1):
            if other != half.page and seen.same(self._page(other, half.half)):
                what = f"page {other} stands here, and page {half.page} must"
                return Finding(what, None, half.place, "page order")
        return _difference(half, seen, self._page(half.page, half.half))

    def _missing(self) -> Iterator[Finding]:
        """The pages that stand on no half at all."""
        halves = [Half(side, half, None) for side in range(len(self.sides)) for half in (0, 1)]
        for page in range(1, len(self.pages) + 1):
            if not any(self._seen(each).same(self._page(page, each.half)) for each in halves):
                yield Finding(f"page {page} is on no sheet", None, "", "missing page")

    def _seen(self, half: Half) -> View:
        trim = self.sides.trim(half.side)
        bleed = self.sides.bleed(half.side)
        fold = (trim.x0 + trim.x1) / 2
        part = (
            Box(fold, bleed.y0, bleed.x1, bleed.y1)
            if half.half
            else Box(bleed.x0, bleed.y0, fold, bleed.y1)
        )
        return self._view(self.sides, half.side, half.half, part)

    def _page(self, page: int, half: int) -> View:
        """A page as it must be seen on a half: with its bleed, but where it touches the fold."""
        trim, bleed = self.pages.trim(page - 1), self.pages.bleed(page - 1)
        part = (
            Box(trim.x0, bleed.y0, bleed.x1, bleed.y1)
            if half
            else Box(bleed.x0, bleed.y0, trim.x1, bleed.y1)
        )
        return self._view(self.pages, page - 1, half, part)

    def _view(self, pages: Pages, number: int, half: int, part: Box) -> View:
        key = (pages is self.sides, number, half)
        if key not in self._views:
            self._views[key] = pages.view(number, part)
        return self._views[key]


def _halves(order: Sequence[Sheet]) -> Iterator[Half]:
    faces_in_order = (face for sheet in order for face in (sheet.front, sheet.back))
    for side, face in enumerate(faces_in_order):
        for half, page in enumerate(face):
            yield Half(side, half, page)


def _difference(half: Half, seen: View, page: View) -> Finding:
    """How half a side differs from the page that must be on it."""
    rule, what, text = "picture", f"looks otherwise than page {half.page}", ""
    lost, added = page.counts - seen.counts, seen.counts - page.counts
    if lost or added:
        rule = "text of a page"
        told = [
            f"{verb} {count.total()} characters"
            for verb, count in (("lost", lost), ("added", added))
            if count
        ]
        what = f"is not page {half.page}: {' and '.join(told)}"
        text = shown("".join((lost or added).elements()))
    elif abs(seen.share(page) - 1) > RESIZED:
        rule, what = "scale", f"page {half.page} is printed at {seen.share(page):.1%} of its size"
    elif seen.shift(page) > NEAR:
        off = f"{seen.shift(page) / MM:.2f} mm"
        rule, what = "place of a page", f"page {half.page} has text {off} from its place"
    return Finding(what, None, half.place, rule, text)


def _side(side: int) -> str:
    return f"sheet {side // 2 + 1}, {'back' if side % 2 else 'front'}"


def _size(box: Box) -> str:
    return f"{box.width / MM:.1f} × {box.height / MM:.1f} mm"


# --- the file ---------------------------------------------------------------------------------------


def _file(opened: Opened, scheme: Scheme) -> Iterator[Finding]:
    """What does not hang on the pages: how it is printed, what it says of itself, its fonts."""
    for check in CHECKS:
        yield from check(opened)
    yield from _printing(opened, scheme)


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
            yield Finding("there are annotations", None, _side(side), "left over")


def _unscaled(opened: Opened) -> Iterator[Finding]:
    """Nothing enlarges or turns a side as a whole (ISO 32000-1, table 30)."""
    for side, page in enumerate(opened.pdf.pages):
        if float(page.obj.get("/UserUnit", 1)) != 1:
            yield Finding("/UserUnit enlarges this side", None, _side(side), "scale")
        if page.rotation % 360:
            yield Finding("/Rotate turns this side", None, _side(side), "scale")


def _printing(opened: Opened, scheme: Scheme) -> Iterator[Finding]:
    """A viewer offers to print it as it must be printed (ISO 32000-1, table 150)."""
    wanted = {"/PrintScaling": "/None", "/Duplex": scheme.duplex}
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
