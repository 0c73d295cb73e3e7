"""The judge of PDFs: whole books pass, and whatever is broken in one is found by its rule."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Pdf, String

from pipeline.checks import pdf as judge
from pipeline.checks.pdf.exchange import VERSION
from pipeline.checks.pdf.tree import tree_of
from pipeline.checks.verdicts import Result, Verdict
from pipeline.pdf.read.content import painted as painted_in
from tests.checks.kit import broken_pdf, checked_file, rules

COMBINED = "customers.combined.pdf"
SPANISH = "customers.es.pdf"
ARABIC = "customers.ar.pdf"
TEXT = "BT FONT 9 Tf 1 0 0 1 100 300 Tm <00010002> Tj ET"


def judged(content: bytes, name: str) -> Result:
    [result] = judge.judge([checked_file(content, name)])
    return result


def elements(pdf: Pdf) -> Iterator[Any]:
    """The elements of the structure, from the root down."""

    def below(element: Any) -> Iterator[Any]:
        if isinstance(element, Dictionary) and "/S" in element:
            yield element
        kids = element.get("/K") if isinstance(element, Dictionary) else None
        for kid in kids if isinstance(kids, Array) else [kids]:
            if isinstance(kid, Dictionary):
                yield from below(kid)

    yield from below(pdf.Root.StructTreeRoot)


def of_type(pdf: Pdf, *types: str) -> list[Any]:
    return [each for each in elements(pdf) if each.S in types]


def fonts(pdf: Pdf) -> Iterator[Any]:
    for page in pdf.pages:
        for _, font in page.Resources.Font.items():
            yield font


@pytest.mark.parametrize("name", [COMBINED, SPANISH, ARABIC, "customers.th.pdf"])
def test_a_whole_book_passes(books: Path, name: str) -> None:
    result = judged((books / name).read_bytes(), name)
    assert (result.verdict, result.findings, result.notes) == (Verdict.PASSED, (), ())
    assert result.figures[0] == f"{len(judge.CHECKS)} checks"


def test_a_whole_book_for_the_archive_passes(archive_pdf: bytes) -> None:
    result = judged(archive_pdf, "customers.ar.archive.pdf")
    assert (result.verdict, result.findings) == (Verdict.PASSED, ())


# --- what is broken ---------------------------------------------------------------------------------


def no_language(pdf: Pdf) -> None:
    del pdf.Root.Lang


def other_language(pdf: Pdf) -> None:
    pdf.Root.Lang = String("th")


def arabic_in_no_arabic(pdf: Pdf) -> None:
    """All that is marked as Arabic is marked as Spanish."""
    for each in elements(pdf):
        if each.get("/Lang") == "ar":
            each.Lang = String("es")


def spanish_as_thai(pdf: Pdf) -> None:
    for each in of_type(pdf, "/P"):
        if "/Lang" not in each:
            each.Lang = String("th")


def spanish_as_indonesian(pdf: Pdf) -> None:
    """The script is right, and the language is not."""
    pdf.Root.Lang = String("id")
    for each in elements(pdf):
        if each.get("/Lang") == "es":
            each.Lang = String("id")


def swapped(pdf: Pdf) -> None:
    """Two neighbours among the paragraphs under a heading change places."""
    kids = of_type(pdf, "/H2")[0].P.K
    types = [str(kid.S) if isinstance(kid, Dictionary) else "" for kid in kids]
    at = next(n for n in range(len(types)) if types[n : n + 2] == ["/P", "/P"])
    kids[at], kids[at + 1] = kids[at + 1], kids[at]


def without_a_heading(pdf: Pdf) -> None:
    heading = of_type(pdf, "/H2")[1]
    kids = heading.P.K
    heading.P.K = Array([kid for kid in kids if kid.objgen != heading.objgen])


def backwards(pdf: Pdf) -> None:
    """The letters of every paragraph are said from its last to its first."""
    tree = tree_of(pdf, painted_in(pdf))
    assert tree is not None
    said = iter([block.text for block in tree.blocks() if block.type == "P"])
    for each in of_type(pdf, "/P"):
        each.ActualText = String(next(said)[::-1])


def left_to_right(pdf: Pdf) -> None:
    pdf.Root.ViewerPreferences.Direction = Name.L2R


def large_trim(pdf: Pdf) -> None:
    x, y, u, v = map(float, pdf.pages[1].MediaBox)
    pdf.pages[1].TrimBox = Array([x - 5, y, u, v])


def not_embedded(pdf: Pdf) -> None:
    for font in fonts(pdf):
        descriptor = font.DescendantFonts[0].FontDescriptor
        for key in ("/FontFile2", "/FontFile3"):
            if key in descriptor:
                del descriptor[key]


def whole_font(pdf: Pdf) -> None:
    font = next(fonts(pdf))
    font.BaseFont = Name("/" + str(font.BaseFont).partition("+")[2])


def unreadable_font(pdf: Pdf) -> None:
    del next(fonts(pdf)).ToUnicode


def strange_font(pdf: Pdf) -> None:
    next(fonts(pdf)).BaseFont = Name("/ABCDEF+Comic-Sans")


def short_outline(pdf: Pdf) -> None:
    with pdf.open_outline() as outline:
        del outline.root[0].children[1]


def renamed_entry(pdf: Pdf) -> None:
    with pdf.open_outline() as outline:
        outline.root[0].children[0].title = "Portada"


def entries_swapped(pdf: Pdf) -> None:
    with pdf.open_outline() as outline:
        children = outline.root[0].children
        children[0], children[1] = children[1], children[0]


def file_name_shown(pdf: Pdf) -> None:
    pdf.Root.ViewerPreferences.DisplayDocTitle = False


def other_title(pdf: Pdf) -> None:
    pdf.docinfo["/Title"] = "Untitled"


def untagged_text(pdf: Pdf) -> None:
    page = pdf.pages[2]
    font = next(iter(page.Resources.Font.keys()))
    page.contents_add(TEXT.replace("FONT", font).encode())


def lost_mark(pdf: Pdf) -> None:
    """A paragraph's text is marked, and no element of the structure has it."""
    element = of_type(pdf, "/P")[6]
    element.K = Array([])


def tagged_folios(pdf: Pdf) -> None:
    """What stood in the margins as an artifact becomes a paragraph."""
    document = next(elements(pdf))
    for number, page in enumerate(pdf.pages):
        content, count = [], 0
        for instruction in pikepdf.parse_content_stream(page):
            operands, operator = list(instruction.operands), instruction.operator
            if str(operator) in ("BDC", "BMC") and operands[0] == Name.Artifact:
                mcid = 9000 + 100 * number + count
                count += 1
                operands, operator = [Name.P, Dictionary(MCID=mcid)], pikepdf.Operator("BDC")
                element = pdf.make_indirect(
                    Dictionary(Type=Name.StructElem, S=Name.P, P=document, Pg=page.obj, K=mcid)
                )
                document.K = Array([*list(document.K), element])
            content.append((operands, operator))
        page.Contents = pdf.make_stream(pikepdf.unparse_content_stream(content))


def no_tree(pdf: Pdf) -> None:
    del pdf.Root.StructTreeRoot


Break = Callable[[Pdf], None]


@pytest.mark.parametrize(
    ("name", "change", "rule", "told"),
    [
        (SPANISH, no_language, "document language", "has no language"),
        (SPANISH, other_language, "document language", "begins in es"),
        (COMBINED, arabic_in_no_arabic, "language of a translation", "marked as ar"),
        (COMBINED, arabic_in_no_arabic, "language of a part", "is marked as es and is ar"),
        (SPANISH, spanish_as_thai, "language of a part", "th, which is not written in Latn"),
        (SPANISH, spanish_as_indonesian, "language of a part", "is marked as id and is es"),
        (SPANISH, swapped, "reading order", "at another place"),
        (SPANISH, without_a_heading, "reading order", "no part of the structure says this"),
        (ARABIC, backwards, "reading order", "in another order than they are written in"),
        (ARABIC, left_to_right, "direction", "must be R2L"),
        (COMBINED, large_trim, "page boxes", "reaches out of"),
        (SPANISH, not_embedded, "font embedding", "not embedded"),
        (SPANISH, whole_font, "font subset", "not a subset"),
        (SPANISH, unreadable_font, "font ToUnicode", "which characters"),
        (SPANISH, strange_font, "declared families", "no book declares"),
        (COMBINED, short_outline, "outline", "has no entry"),
        (SPANISH, renamed_entry, "outline", "has no entry"),
        (SPANISH, entries_swapped, "outline", "no heading is here"),
        (SPANISH, file_name_shown, "DisplayDocTitle", "file's name"),
        (SPANISH, other_title, "title", "is not “"),
        (SPANISH, untagged_text, "untagged content", "neither tagged nor an artifact"),
        (SPANISH, lost_mark, "untagged content", "nothing in the structure holds it"),
        (SPANISH, tagged_folios, "artifacts", "running head or a folio"),
        (SPANISH, no_tree, "structure tree", "is not tagged"),
    ],
)  # fmt: skip
def test_what_is_broken_is_found(
    books: Path, name: str, change: Break, rule: str, told: str
) -> None:
    result = judged(broken_pdf((books / name).read_bytes(), change), name)
    assert result.verdict is Verdict.FAILED
    assert any(each.rule == rule and told in str(each) for each in result.findings), [
        str(each) for each in result.findings[:10]
    ]


@pytest.mark.parametrize("content", [b"", b"nonsense", b"%PDF-1.7\nnonsense"])
def test_what_is_no_pdf_has_failed(content: bytes) -> None:
    result = judged(content, SPANISH)
    assert result.verdict is Verdict.FAILED
    assert rules(result) == {"unreadable"}


def test_a_file_without_tags_and_claims_says_what_was_not_judged(books: Path) -> None:
    def bare(pdf: Pdf) -> None:
        del pdf.Root.StructTreeRoot
        del pdf.Root.Metadata

    result = judged(broken_pdf((books / SPANISH).read_bytes(), bare), SPANISH)
    assert result.verdict is Verdict.PASSED
    assert "reading order" in result.notes[0]
    assert result.claims == ()


def test_without_its_texts_only_the_file_is_judged(books: Path) -> None:
    content = (books / SPANISH).read_bytes()
    lone = judge.judge([judge.CheckedFile("a.pdf", checked_file(content, SPANISH).kind, content)])
    assert lone[0].verdict is Verdict.PASSED
    assert lone[0].notes == ("judged without its texts",)


# --- PDF/X-4 ----------------------------------------------------------------------------------------


def test_a_whole_book_for_print_passes(print_pdf: bytes) -> None:
    result = judged(print_pdf, "customers.es.print.pdf")
    assert (result.verdict, result.findings) == (Verdict.PASSED, ())
    assert result.claims == (VERSION,)


def in_xmp(old: bytes, new: bytes) -> Break:
    def change(pdf: Pdf) -> None:
        content = pdf.Root.Metadata.read_bytes()
        assert old in content
        pdf.Root.Metadata.write(content.replace(old, new))

    return change


def untrapped(pdf: Pdf) -> None:
    in_xmp(b"Trapped", b"Caught")(pdf)
    if "/Trapped" in pdf.docinfo:
        del pdf.docinfo["/Trapped"]


def no_intent(pdf: Pdf) -> None:
    del pdf.Root.OutputIntents


def no_profile(pdf: Pdf) -> None:
    del pdf.Root.OutputIntents[0].DestOutputProfile


def screen_profile(pdf: Pdf) -> None:
    profile = pdf.Root.OutputIntents[0].DestOutputProfile
    content = profile.read_bytes()
    profile.write(content[:12] + b"mntr" + content[16:])


def no_trim(pdf: Pdf) -> None:
    del pdf.pages[0].TrimBox


def annotated(pdf: Pdf) -> None:
    note = Dictionary(Type=Name.Annot, Subtype=Name.Text, Rect=Array([100, 100, 120, 120]))
    pdf.pages[1].Annots = Array([pdf.make_indirect(note)])


def scripted(pdf: Pdf) -> None:
    pdf.Root.OpenAction = Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))


def painted(operators: str) -> Break:
    def change(pdf: Pdf) -> None:
        page = pdf.pages[2]
        font = next(iter(page.Resources.Font.keys()))
        page.contents_add(operators.replace("FONT", font).encode())

    return change


@pytest.mark.parametrize(
    ("change", "part", "told"),
    [
        (in_xmp(b"GTS_PDFXVersion", b"Version"), "identity", "GTS_PDFXVersion"),
        (untrapped, "identity", "Trapped"),
        (no_intent, "intent", "there are 0"),
        (no_profile, "intent", "no profile embedded"),
        (screen_profile, "intent", "no printer's"),
        (no_trim, "pages", "no TrimBox"),
        (annotated, "pages", "annotation (Text)"),
        (scripted, "actions", "/JavaScript"),
        (not_embedded, "fonts", "not embedded"),
        (painted("1 0 0 rg 10 10 20 20 re f"), "colours", "DeviceRGB is used"),
        (painted(f"0.7 0.6 0.6 1 k {TEXT}"), "colours", "not in black ink alone"),
    ],
)  # fmt: skip
def test_what_a_printer_would_refuse_is_found(
    print_pdf: bytes, change: Break, part: str, told: str
) -> None:
    # The claim stands in the document's information as well, so that it is still made without the XMP.
    def claimed(pdf: Pdf) -> None:
        change(pdf)
        pdf.docinfo["/GTS_PDFXVersion"] = VERSION

    result = judged(broken_pdf(print_pdf, claimed), "customers.es.print.pdf")
    assert result.verdict is Verdict.FAILED
    assert any(
        each.rule == f"{VERSION} {part}" and told in each.what for each in result.findings
    ), [str(each) for each in result.findings[:10]]


def test_a_transparency_group_that_mixes_in_screen_colours_is_found(print_pdf: bytes) -> None:
    def change(pdf: Pdf) -> None:
        form = pdf.make_stream(b"0 0 0 1 k 0 0 9 9 re f")
        form.Type, form.Subtype, form.BBox = Name.XObject, Name.Form, Array([0, 0, 9, 9])
        form.Group = Dictionary(S=Name.Transparency, CS=Name.DeviceRGB)
        page = pdf.pages[1]
        page.contents_add(f"{page.add_resource(form, Name.XObject)} Do".encode())

    result = judged(broken_pdf(print_pdf, change), "customers.es.print.pdf")
    assert [each.what for each in result.findings] == [
        "DeviceRGB is what a transparency group mixes colours in"
    ]
