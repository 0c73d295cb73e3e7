"""The judge of imposed sheets: what was imposed passes, and whatever is broken in it is found by its rule."""

import io
import json
import re
import shutil
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Pdf

from pipeline.checks import sheets
from pipeline.checks.case import load_cases
from pipeline.checks.checked_files import CheckedFile, checked_file
from pipeline.checks.judges import check, chosen
from pipeline.checks.verdicts import Result, Verdict
from pipeline.configuration.options import Options
from pipeline.jobs.build import build
from pipeline.pdf.imposition import SCHEMES, Binding, impose
from pipeline.settings.profiles import ProfileName, SchemeName
from pipeline.settings.sheets import Flip, LastSignature, MarkName, SheetSettings
from pipeline.settings.values import EditionKind, FormatName
from tests.checks.kit import SOURCES, broken_pdf, rules, shared, with_content
from tests.end_to_end.tools import alone

SPANISH = "customers.es.saddle.pdf"
PRINT = "customers.es.print.saddle.pdf"
ARABIC = "customers.ar.saddle.pdf"
UA = (
    b'<rdf:Description xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" rdf:about="">'
    b"<pdfuaid:part>1</pdfuaid:part></rdf:Description></rdf:RDF>"
)
DECLARED = (
    b'<rdf:Description xmlns:pdfd="http://pdfa.org/declarations/" rdf:about="">'
    b"<pdfd:declarations>WCAG 2.2</pdfd:declarations></rdf:Description></rdf:RDF>"
)


@pytest.fixture(scope="module")
def booklets(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two directions, for the screen and for print, with their sheets; made once."""
    folder = shared(tmp_path_factory)
    with alone(folder / "booklets.lock"):
        if not (folder / "booklets").exists():
            options = Options(
                languages=("es", "ar"),
                formats=(FormatName.PDF,),
                editions=(EditionKind.SINGLE,),
                profiles=(ProfileName.SCREEN, ProfileName.PRINT),
                schemes=tuple(SchemeName),
            )
            build([SOURCES], folder / "booklets", options, workers=1)
    return folder / "booklets"


def laid(folder: Path, name: str) -> CheckedFile:
    """An imposed file as a check of it alone lays it before the court."""
    [(reference, subjects)] = load_cases([folder / name], SOURCES)
    [subject] = [each for each in subjects if each.name == name]
    return checked_file(subject, reference)


def judged(folder: Path, name: str, content: bytes | None = None) -> Result:
    before = laid(folder, name)
    [result] = sheets.judge([before if content is None else with_content(before, content)])
    return result


@pytest.mark.parametrize(
    ("name", "figures"),
    [
        (SPANISH, ("3 sheets", "9 pages and 3 blank", "bound on the left")),
        (PRINT, ("3 sheets", "9 pages and 3 blank", "bound on the left")),
        (ARABIC, ("3 sheets", "10 pages and 2 blank", "bound on the right")),
        ("customers.ar.print.saddle.pdf", ("3 sheets", "10 pages and 2 blank", "bound on the right")),
    ],
)  # fmt: skip
def test_sheets_that_were_imposed_pass(booklets: Path, name: str, figures: tuple[str, ...]) -> None:
    result = judged(booklets, name)
    assert (result.verdict, result.findings, result.notes) == (Verdict.PASSED, (), ())
    assert result.figures == figures


@pytest.mark.parametrize(
    ("name", "figures"),
    [
        ("customers.es.perfect.pdf", ("4 sheets", "9 pages and 7 blank", "bound on the left")),
        ("customers.ar.print.perfect.pdf", ("4 sheets", "10 pages and 6 blank", "bound on the right")),
        ("customers.es.print.n-up.pdf", ("2 sheets", "9 pages and 7 blank", "read from the left")),
        ("customers.ar.n-up.pdf", ("2 sheets", "10 pages and 6 blank", "read from the right")),
    ],
)  # fmt: skip
def test_sheets_of_every_scheme_pass(booklets: Path, name: str, figures: tuple[str, ...]) -> None:
    result = judged(booklets, name)
    assert (result.verdict, result.findings, result.figures) == (Verdict.PASSED, (), figures)


@cache
def unchanged(folder: Path, name: str) -> CheckedFile:
    """An imposed file of a folder that nobody changes."""
    return laid(folder, name)


def imposed(
    folder: Path,
    tag: str,
    scheme: SchemeName,
    asked: SheetSettings,
    made: SheetSettings | None = None,
    change: Callable[[Pdf], None] | None = None,
    **options: Any,
) -> Result:
    """What is judged of the sheets of a print PDF that were made by some settings, where ``asked`` is what
    ``book.toml`` asks for."""
    flat = folder / f"customers.{tag}.print.pdf"
    sheets_of = impose(
        flat.read_bytes(), name=flat.name, scheme=SCHEMES[scheme], settings=made or asked, **options
    )
    before = unchanged(folder, f"customers.{tag}.print.{scheme}.pdf")
    assert before.reference is not None
    settings = before.reference.settings
    settings = replace(settings, printing=replace(settings.printing, sheets=asked))
    content = broken_pdf(sheets_of.content, change) if change else sheets_of.content
    given = replace(
        with_content(before, content), reference=replace(before.reference, settings=settings)
    )
    [result] = sheets.judge([given])
    return result


CREEP = SheetSettings(thickness=0.3, marks=tuple(MarkName), flip=Flip.LONG)
FOLDED = SheetSettings(folds=3, thickness=0.1, marks=tuple(MarkName), last=LastSignature.SMALLER)
SMALL = SheetSettings(size=(210.0, 297.0), margin=6, gap=4, up=8)


@pytest.mark.parametrize(
    ("tag", "scheme", "asked"),
    [
        ("es", SchemeName.SADDLE, CREEP),
        ("ar", SchemeName.SADDLE, replace(CREEP, folds=2, size=(320.0, 450.0))),
        ("ar", SchemeName.PERFECT, FOLDED),
        ("es", SchemeName.PERFECT, replace(CREEP, signature=8, size=(297.0, 210.0), fit=True)),
        ("ar", SchemeName.N_UP, SMALL),
        ("es", SchemeName.N_UP, replace(SMALL, up=2, flip=Flip.LONG)),
    ],
)
def test_sheets_pass_as_they_are_asked_for(
    booklets: Path, tag: str, scheme: SchemeName, asked: SheetSettings
) -> None:
    result = imposed(booklets, tag, scheme, asked)
    assert (result.verdict, result.findings) == (Verdict.PASSED, ())


@pytest.mark.parametrize(
    ("scheme", "asked", "made", "rule"),
    [
        (SchemeName.SADDLE, CREEP, replace(CREEP, thickness=0.0), "page boxes"),
        (SchemeName.SADDLE, CREEP, replace(CREEP, thickness=0.1), "place of a page"),
        (SchemeName.SADDLE, CREEP, replace(CREEP, flip=Flip.SHORT), "printing"),
        (SchemeName.PERFECT, FOLDED, replace(FOLDED, folds=1), "number of sheets"),
        (SchemeName.PERFECT, SheetSettings(signature=12), SheetSettings(signature=4), "page order"),
        (SchemeName.N_UP, SMALL, replace(SMALL, size=(297.0, 420.0)), "page boxes"),
    ],
)
def test_sheets_that_were_made_otherwise_are_found(
    booklets: Path, scheme: SchemeName, asked: SheetSettings, made: SheetSettings, rule: str
) -> None:
    result = imposed(booklets, "es", scheme, asked, made)
    assert result.verdict is Verdict.FAILED
    assert rule in rules(result), [str(each) for each in result.findings]


def page_gone(pdf: Pdf) -> None:
    """Page 8 is on no sheet."""
    rewritten(pdf, 0, lambda text: text.replace("/P8 Do", ""))


def on_its_feet(pdf: Pdf) -> None:
    """A page that must stand on its head does not."""

    def turned(text: str) -> str:
        return re.sub(r"-1 0 0 -1 (\S+) (\S+) cm", _upright, text, count=1)

    rewritten(pdf, 0, turned)


def _upright(found: re.Match[str]) -> str:
    x, y = float(found[1]) - 419.528, float(found[2]) - 595.276
    return f"1 0 0 1 {x} {y} cm"


@pytest.mark.parametrize(
    ("change", "rule"), [(on_its_feet, "place of a page"), (page_gone, "missing page")]
)
def test_what_is_broken_in_a_signature_is_found_where_it_is(
    booklets: Path, change: Callable[[Pdf], None], rule: str
) -> None:
    result = imposed(booklets, "es", SchemeName.PERFECT, FOLDED, change=change)
    assert [(each.rule, each.place) for each in result.findings] == [
        (rule, f"sheet 1, front, row 1, column {1 if rule == 'place of a page' else 2}")
    ]


@pytest.mark.parametrize("scheme", [SchemeName.PERFECT, SchemeName.N_UP])
def test_sheets_of_every_scheme_are_bound_as_the_text_is_read(
    booklets: Path, scheme: SchemeName
) -> None:
    result = imposed(booklets, "ar", scheme, SheetSettings(), binding=Binding.LEFT)
    assert [each.rule for each in result.findings] == ["binding side"]


def test_blank_pages_that_stand_inside_the_book_are_found(booklets: Path) -> None:
    result = imposed(booklets, "es", SchemeName.SADDLE, SheetSettings(), blanks_after=4)
    assert {"page order", "blank page", "missing page"} <= rules(result)


def test_sheets_are_judged_by_no_judge_of_books(booklets: Path) -> None:
    report = check([booklets / SPANISH], SOURCES, judges=chosen(None, quick=True))
    [file] = [each for each in report.files if each.file == SPANISH]
    assert (file.kind, file.claims) == ("sheets", ())
    assert [(each.judge, each.verdict) for each in file.results] == [
        ("links", Verdict.PASSED),
        ("sheets", Verdict.PASSED),
    ]
    assert report.exit_code == 0


# --- what is broken ---------------------------------------------------------------------------------


def contents(pdf: Pdf, side: int) -> str:
    return bytes(pdf.pages[side].Contents.read_bytes()).decode()


def rewritten(pdf: Pdf, side: int, change: Callable[[str], str]) -> None:
    before = contents(pdf, side)
    after = change(before)
    assert after != before, before
    pdf.pages[side].Contents = pdf.make_stream(after.encode())


def forms(pdf: Pdf, side: int) -> Any:
    return pdf.pages[side].Resources.XObject


def form(pdf: Pdf, page: int) -> Any:
    """The form that a page of the book became."""
    for side in pdf.pages:
        if f"/P{page}" in side.Resources.XObject:
            return side.Resources.XObject[f"/P{page}"]
    raise AssertionError(page)


def pages_swapped(pdf: Pdf) -> None:
    """Page 4 and page 8 (each is on a left half) stand in each other's place."""
    one, other = forms(pdf, 3), forms(pdf, 4)
    assert "/P4" in one
    assert "/P8" in other
    four, eight = one["/P4"], other["/P8"]
    one["/P4"], other["/P8"] = eight, four


def sides_swapped(pdf: Pdf) -> None:
    """Two sheets in each other's place."""
    pages = list(pdf.pages)
    order = [*pages[2:4], *pages[0:2], *pages[4:]]
    for at, page in enumerate(order):
        pdf.pages[at] = page


def page_missing(pdf: Pdf) -> None:
    rewritten(pdf, 3, lambda text: text.replace("/P4 Do", ""))


def sheet_missing(pdf: Pdf) -> None:
    del pdf.pages[4:6]


def blank_filled(pdf: Pdf) -> None:
    """Something is drawn where a blank page must be; it is no text."""
    rewritten(pdf, 0, lambda text: f"0.5 g 60 200 40 40 re f\n{text}")


def in_glyphs(pdf: Pdf, page: int, change: Callable[[bytes], bytes]) -> None:
    """Change the first piece of text of a page that has three glyphs, the first two of them different."""
    target = form(pdf, page)
    done = False
    out: list[tuple[list[Any], Any]] = []
    for instruction in pikepdf.parse_content_stream(target):
        operands = list(instruction.operands)
        if str(instruction.operator) == "TJ" and not done:
            pieces = list(operands[0])
            at = next(n for n, each in enumerate(pieces) if isinstance(each, pikepdf.String))
            glyphs = bytes(pieces[at])
            if len(glyphs) >= 6 and glyphs[0:2] != glyphs[2:4]:
                pieces[at] = pikepdf.String(change(glyphs))
                operands[0] = Array(pieces)
                done = True
        out.append((operands, instruction.operator))
    assert done
    target.write(pikepdf.unparse_content_stream(out))


def letter_changed(pdf: Pdf) -> None:
    """One glyph of page 5 becomes another one."""
    in_glyphs(pdf, 5, lambda glyphs: glyphs[2:4] + glyphs[2:])


def letters_exchanged(pdf: Pdf) -> None:
    """Two neighbours change places: the same letters, and another word."""
    in_glyphs(pdf, 5, lambda glyphs: glyphs[2:4] + glyphs[:2] + glyphs[4:])


def line_drawn(pdf: Pdf) -> None:
    """A line through page 5, which changes no letter."""
    page = form(pdf, 5)
    page.write(page.read_bytes() + b"\nq 0 G 2 w 40 300 m 200 300 l S Q")


def scaled(pdf: Pdf) -> None:
    """Page 4 is made to fit, as printer drivers do."""
    rewritten(pdf, 3, lambda text: re.sub(r"1 0 0 1 (\S+ \S+ cm\n/P4)", r".97 0 0 .97 \1", text))


def moved(pdf: Pdf) -> None:
    """Page 4 stands half a millimetre too high."""

    def up(text: str) -> str:
        return re.sub(
            r"(1 0 0 1 \S+) (\S+) (cm\n/P4)",
            lambda match: f"{match[1]} {float(match[2]) + 1.5} {match[3]}",
            text,
        )

    rewritten(pdf, 3, up)


def narrow(pdf: Pdf) -> None:
    x, y, u, v = map(float, pdf.pages[2].TrimBox)
    pdf.pages[2].TrimBox = Array([x + 10, y, u - 10, v])


def unit(pdf: Pdf) -> None:
    pdf.pages[2].UserUnit = 2


def turned(pdf: Pdf) -> None:
    pdf.pages[1].Rotate = 180


def in_packet(packet: bytes) -> Callable[[Pdf], None]:
    def claimed(pdf: Pdf) -> None:
        before = pdf.Root.Metadata.read_bytes()
        assert b"</rdf:RDF>" in before, before
        pdf.Root.Metadata.write(before.replace(b"</rdf:RDF>", packet))

    return claimed


def claimed_as_before(pdf: Pdf) -> None:
    pdf.trailer.Info["/GTS_PDFXVersion"] = pikepdf.String("PDF/X-4")


def with_outline(pdf: Pdf) -> None:
    pdf.Root.Outlines = pdf.make_indirect(Dictionary(Type=Name.Outlines, Count=0))


def with_note(pdf: Pdf) -> None:
    note = Dictionary(Type=Name.Annot, Subtype=Name.Text, Rect=[0, 0, 9, 9])
    pdf.pages[0].Annots = Array([pdf.make_indirect(note)])


def not_embedded(pdf: Pdf) -> None:
    for _, font in form(pdf, 5).Resources.Font.items():
        descriptor = font.DescendantFonts[0].FontDescriptor
        for key in ("/FontFile2", "/FontFile3"):
            if key in descriptor:
                del descriptor[key]


def shrunk_to_fit(pdf: Pdf) -> None:
    del pdf.Root.ViewerPreferences.PrintScaling


def flipped_on_the_long_edge(pdf: Pdf) -> None:
    pdf.Root.ViewerPreferences.Duplex = Name.DuplexFlipLongEdge


def other_language(pdf: Pdf) -> None:
    pdf.Root.Lang = pikepdf.String("th")


def no_title(pdf: Pdf) -> None:
    del pdf.trailer.Info["/Title"]


BROKEN: tuple[tuple[str, Callable[[Pdf], None], str], ...] = (
    (SPANISH, pages_swapped, "page order"),
    (PRINT, pages_swapped, "page order"),
    (SPANISH, sides_swapped, "page order"),
    (SPANISH, page_missing, "missing page"),
    (SPANISH, sheet_missing, "number of sheets"),
    (SPANISH, sheet_missing, "missing page"),
    (SPANISH, blank_filled, "blank page"),
    (SPANISH, letter_changed, "text of a page"),
    (PRINT, letter_changed, "text of a page"),
    (SPANISH, letters_exchanged, "picture"),
    (SPANISH, line_drawn, "picture"),
    (SPANISH, scaled, "scale"),
    (SPANISH, moved, "place of a page"),
    (SPANISH, narrow, "page boxes"),
    (SPANISH, unit, "scale"),
    (SPANISH, turned, "scale"),
    (SPANISH, in_packet(UA), "claims"),
    (SPANISH, in_packet(DECLARED), "claims"),
    (PRINT, claimed_as_before, "claims"),
    (SPANISH, with_outline, "left over"),
    (SPANISH, with_note, "left over"),
    (SPANISH, not_embedded, "font embedding"),
    (SPANISH, shrunk_to_fit, "printing"),
    (SPANISH, flipped_on_the_long_edge, "printing"),
    (SPANISH, other_language, "document language"),
    (SPANISH, no_title, "title"),
)


@pytest.mark.parametrize(
    ("name", "change", "rule"),
    BROKEN,
    ids=[f"{change.__name__}-{rule}-{name.split('.')[2]}" for name, change, rule in BROKEN],
)
def test_what_is_broken_is_found(
    booklets: Path, name: str, change: Callable[[Pdf], None], rule: str
) -> None:
    result = judged(booklets, name, broken_pdf((booklets / name).read_bytes(), change))
    assert result.verdict is Verdict.FAILED
    assert rule in rules(result), [str(each) for each in result.findings]
    assert result.notes == ("the file is not as it was made: it was changed since",)


def test_a_change_is_told_where_it_is_and_nowhere_else(booklets: Path) -> None:
    content = (booklets / SPANISH).read_bytes()
    places = {
        pages_swapped: ["sheet 2, back, left", "sheet 3, front, left"],
        page_missing: ["sheet 2, back, left"],
        letter_changed: ["sheet 3, front, right"],
        scaled: ["sheet 2, back, left"],
    }
    for change, wanted in places.items():
        result = judged(booklets, SPANISH, broken_pdf(content, change))
        assert [each.place for each in result.findings] == wanted, change
    swapped = judged(booklets, SPANISH, broken_pdf(content, pages_swapped))
    assert [each.what for each in swapped.findings] == [
        "page 8 stands here, and page 4 must",
        "page 4 stands here, and page 8 must",
    ]
    lost = judged(booklets, SPANISH, broken_pdf(content, sheet_missing))
    assert sorted(each.what for each in lost.findings if each.rule == "missing page") == [
        f"page {page} is on no sheet" for page in (5, 6, 7, 8)
    ]
    fitted = judged(booklets, SPANISH, broken_pdf(content, scaled))
    assert fitted.findings[0].what == "page 4 is printed at 97.0% of its size"


@pytest.mark.parametrize(
    ("flat", "name", "binding", "must"),
    [
        ("customers.es.pdf", SPANISH, Binding.RIGHT, "left"),
        ("customers.ar.pdf", ARABIC, Binding.LEFT, "right"),
        ("customers.es.print.pdf", PRINT, Binding.RIGHT, "left"),
    ],
)
def test_a_booklet_that_is_bound_on_the_wrong_side_is_found(
    booklets: Path, flat: str, name: str, binding: Binding, must: str
) -> None:
    made = impose((booklets / flat).read_bytes(), name=flat, binding=binding)
    result = judged(booklets, name, made.content)
    assert result.verdict is Verdict.FAILED
    assert [(each.rule, each.cure) for each in result.findings] == [
        ("binding side", f"bind it on the {must}")
    ]


def test_a_claim_that_is_left_has_been_judged(booklets: Path) -> None:
    content = broken_pdf((booklets / SPANISH).read_bytes(), in_packet(UA))
    result = judged(booklets, SPANISH, content)
    assert result.claims == ("PDF/UA-1",)
    assert [each.what for each in result.findings] == [
        "it claims to be PDF/UA-1, and sheets are not"
    ]


def test_the_sheets_of_another_book_are_not_these(booklets: Path) -> None:
    result = judged(booklets, SPANISH, (booklets / ARABIC).read_bytes())
    assert result.verdict is Verdict.FAILED
    assert "text of a page" in rules(result)


@pytest.mark.parametrize("content", [b"", b"nonsense"])
def test_what_is_no_pdf_fails(booklets: Path, content: bytes) -> None:
    result = judged(booklets, SPANISH, content)
    assert (result.verdict, rules(result)) == (Verdict.FAILED, {"unreadable"})


# --- what they are held against ---------------------------------------------------------------------


@pytest.fixture
def copy(booklets: Path, tmp_path: Path) -> Path:
    return shutil.copytree(booklets, tmp_path / "output")


def test_without_the_pdf_that_they_were_made_of_sheets_are_not_judged(copy: Path) -> None:
    (copy / "customers.es.pdf").unlink()
    result = judged(copy, SPANISH)
    assert result.verdict is Verdict.NOT_JUDGED
    assert result.notes == (
        (
            "customers.es.pdf, which these sheets were made of, cannot be read: "
            "the file is not there"
        ),
    )
    (copy / "customers.es.pdf").write_bytes(b"nonsense")
    [note] = judged(copy, SPANISH).notes
    assert note.startswith("customers.es.pdf, which these sheets were made of, is no PDF")


def test_where_the_manifest_names_no_such_pdf_sheets_are_not_judged(copy: Path) -> None:
    file = copy / "manifest.json"
    manifest = json.loads(file.read_text(encoding="utf-8"))
    manifest["files"] = [each for each in manifest["files"] if each["path"] != "customers.es.pdf"]
    file.write_text(json.dumps(manifest), encoding="utf-8")
    result = judged(copy, SPANISH)
    assert result.verdict is Verdict.NOT_JUDGED
    assert result.notes == ("the manifest names no PDF that these sheets were made of",)


def test_a_scheme_that_nobody_knows_is_not_judged(booklets: Path) -> None:
    before = laid(booklets, SPANISH)
    assert before.subject is not None
    strange = replace(before, subject=replace(before.subject, imposed="flag"))
    [result] = sheets.judge([strange])
    assert result.verdict is Verdict.NOT_JUDGED
    assert result.notes == ("nobody knows the scheme “flag”",)


def test_a_pdf_that_was_changed_since_is_told(copy: Path) -> None:
    file = copy / "customers.es.pdf"
    with pikepdf.open(io.BytesIO(file.read_bytes())) as pdf:
        pdf.save(file)
    result = judged(copy, SPANISH)
    assert result.verdict is Verdict.PASSED
    assert result.notes == (
        "customers.es.pdf, which it is held against, was changed since it was made",
    )


def test_sheets_that_are_not_there_have_failed(copy: Path) -> None:
    (copy / SPANISH).unlink()
    report = check([copy / SPANISH], SOURCES, judges=chosen(("sheets",), quick=False))
    [result] = [each for each in report.results if each.file == SPANISH]
    assert (result.verdict, rules(result)) == (Verdict.FAILED, {"unreadable"})
