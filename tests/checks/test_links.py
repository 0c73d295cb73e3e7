"""The judge of links: a target that is missing and a request to elsewhere are found, wherever they stand."""

import io
import zipfile
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Pdf, String

from pipeline.checks import links
from pipeline.checks.checked_files import CheckedFile
from pipeline.checks.subjects import Kind, Subject
from pipeline.checks.verdicts import Result, Verdict
from tests.checks.kit import Change, broken_epub, broken_pdf, checked_file, rules


def judged(content: bytes, name: str, folder: Path | None = None) -> Result:
    [result] = links.judge([checked_file(content, name, folder)])
    return result


@pytest.mark.parametrize("edition", ["es", "ar", "combined"])
@pytest.mark.parametrize("form", ["html", "epub", "pdf"])
def test_whole_books_pass(books: Path, edition: str, form: str) -> None:
    name = f"customers.{edition}.{form}"
    result = judged((books / name).read_bytes(), name, books)
    assert (result.verdict, result.findings) == (Verdict.PASSED, ())
    assert int(result.figures[0].split()[0]) >= 10


def test_the_whole_gallery_passes_and_one_that_leads_nowhere_fails(books: Path) -> None:
    content = (books / "index.html").read_bytes()
    subject = Subject("index.html", books / "index.html", Kind.GALLERY, (), "")
    whole = CheckedFile("index.html", Kind.GALLERY, content, subject=subject)
    broken = CheckedFile(
        "index.html", Kind.GALLERY, content.replace(b"customers.ar.epub", b"customers.xx.epub"),
        subject=subject,
    )  # fmt: skip
    first, second = links.judge([whole, broken])
    assert (first.verdict, first.findings) == (Verdict.PASSED, ())
    assert "customers.xx.epub" in {each.text for each in second.findings}


@pytest.mark.parametrize(
    ("added", "rule"),
    [
        ("<image href='http://example.org/a.png'/>", "external request"),
        ("<style>@import 'http://example.org/a.css';</style>", "external request"),
        ("<g", "unreadable"),
    ],
)
def test_a_cover_that_is_not_whole_in_itself_fails(books: Path, added: str, rule: str) -> None:
    name = "customers.ar.cover.svg"
    content = (books / name).read_bytes()
    assert judged(content, name).verdict is Verdict.PASSED
    broken = content.replace(b"</svg>", added.encode() + b"</svg>")
    assert {each.rule for each in judged(broken, name).findings} == {rule}


PAGE = "<!DOCTYPE html><html lang=es><head><title>a</title>{head}</head><body id=top>{body}</body></html>"
MISSING, REQUEST = "missing target", "external request"


@pytest.mark.parametrize(
    ("head", "body", "rule"),
    [
        ("", '<a href="#nowhere">a</a>', MISSING),
        ("", '<a href="customers.xx.html">a</a>', MISSING),
        ("", '<a href="customers.es.html#nowhere">a</a>', MISSING),
        ("", '<p aria-labelledby="nowhere">a</p>', MISSING),
        ("", '<p id="top">a</p>', "duplicate id"),
        ("", '<a href="javascript:alert(1)">a</a>', "strange address"),
        ("", '<img src="https://example.org/a.png" alt="">', REQUEST),
        ("", '<img src="//example.org/a.png" alt="">', REQUEST),
        ("", '<img srcset="data:image/png;base64,AA== 1x, http://example.org/a.png 2x" alt="">', REQUEST),
        ("", '<img src="cover.png" alt="">', MISSING),
        ("", '<video poster="http://example.org/a.png"></video>', REQUEST),
        ("", "<p style=\"background: url('http://example.org/a.png')\">a</p>", REQUEST),
        ("", "<svg><image href='http://example.org/a.png'/></svg>", REQUEST),
        ('<link rel="stylesheet" href="https://example.org/a.css">', "", REQUEST),
        ('<link rel="preconnect" href="https://example.org">', "", REQUEST),
        ('<base href="https://example.org/">', "", "base address"),
        ('<meta http-equiv="Refresh" content="0; url=https://example.org/">', "", "refresh"),
        ('<style>@import "https://example.org/a.css";</style>', "", REQUEST),
        ("<style>@font-face{src:url(https://example.org/a.woff2)}</style>", "", REQUEST),
        ('<script src="https://example.org/a.js"></script>', "", REQUEST),
    ],
)  # fmt: skip
def test_what_is_wrong_in_a_page_is_found(books: Path, head: str, body: str, rule: str) -> None:
    content = PAGE.format(head=head, body=body).encode()
    result = judged(content, "customers.es.html", books)
    assert result.verdict is Verdict.FAILED
    assert rules(result) == {rule}, [str(each) for each in result.findings]


def test_what_is_allowed_in_a_page_passes(books: Path) -> None:
    body = (
        '<a href="https://example.org/">a</a><a href="mailto:a@example.org">b</a><a href="#top">c</a>'
        '<a href="customers.ar.html">d</a><img src="data:image/png;base64,AA==" alt="">'
    )
    head = (
        '<link rel="alternate" hreflang="ar" href="customers.ar.html">'
        "<style>/* url(http://example.org/) */ p { background: url(data:,) }</style>"
    )
    result = judged(PAGE.format(head=head, body=body).encode(), "customers.es.html", books)
    assert (result.verdict, result.findings) == (Verdict.PASSED, ())


@pytest.mark.parametrize(
    ("name", "old", "new", "rule"),
    [
        ("EPUB/es.xhtml", "</body>", '<p><a href="#nowhere">a</a></p></body>', MISSING),
        ("EPUB/es.xhtml", "</body>", '<p><a href="ar.xhtml#nowhere">a</a></p></body>', MISSING),
        ("EPUB/es.xhtml", "</body>", '<p><a href="xx.xhtml">a</a></p></body>', MISSING),
        ("EPUB/es.xhtml", "</body>", '<p><img src="http://example.org/a" alt=""/></p></body>', REQUEST),
        ("EPUB/ar.xhtml", "", "", MISSING),
    ],
)  # fmt: skip
def test_what_is_wrong_in_an_e_book_is_found(
    books: Path, name: str, old: str, new: str, rule: str
) -> None:
    book = "customers.combined.epub"
    content = broken_epub((books / book).read_bytes(), name, old, new)
    result = judged(content, book)
    assert result.verdict is Verdict.FAILED
    assert rule in rules(result), [str(each) for each in result.findings]


def lost_names(pdf: Pdf) -> None:
    del pdf.Root.Names.Dests


def strange_page(pdf: Pdf) -> None:
    """The first item of the outline leads to a page that is not in the file."""
    loose = pdf.make_indirect(Dictionary(Type=Name.Page))
    pdf.Root.Outlines.First.Dest = Array([loose, Name.Fit])


def annotate(pdf: Pdf, **entries: pikepdf.Object) -> None:
    link = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([10, 10, 20, 20]), **entries)
    pdf.pages[1].Annots = Array([pdf.make_indirect(link)])


def nameless(pdf: Pdf) -> None:
    annotate(pdf, Dest=String("nowhere"))


def launching(pdf: Pdf) -> None:
    annotate(pdf, A=Dictionary(S=Name.Launch, F=String("a.exe")))


def local(pdf: Pdf) -> None:
    annotate(pdf, A=Dictionary(S=Name.URI, URI=String("file:///etc/passwd")))


def aimless(pdf: Pdf) -> None:
    annotate(pdf)


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        (lost_names, MISSING),
        (strange_page, MISSING),
        (nameless, MISSING),
        (aimless, MISSING),
        (launching, "strange action"),
        (local, "strange address"),
    ],
)
def test_what_is_wrong_in_a_pdf_is_found(books: Path, change: Change, rule: str) -> None:
    name = "customers.es.pdf"
    result = judged(broken_pdf((books / name).read_bytes(), change), name)
    assert result.verdict is Verdict.FAILED
    assert rules(result) == {rule}, [str(each) for each in result.findings]


@pytest.mark.parametrize("name", ["a.es.epub", "a.es.pdf"])
def test_what_cannot_be_read_has_failed(name: str) -> None:
    result = judged(b"nonsense", name)
    assert result.verdict is Verdict.FAILED
    assert rules(result) == {"unreadable"}


@pytest.mark.parametrize(
    ("name", "rule"),
    [
        ("../outside.txt", "strange name"),
        ("EPUB/../../outside.txt", "strange name"),
        ("/etc/outside.txt", "strange name"),
        ("C:/outside.txt", "strange name"),
        ("EPUB\\outside.txt", "strange name"),
        ("EPUB/nobody-lists-me.xhtml", "unlisted file"),
        ("EPUB/content.opf", "duplicate file"),
    ],
)
@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_member_that_no_book_should_have_is_found(books: Path, name: str, rule: str) -> None:
    out = io.BytesIO((books / "customers.es.epub").read_bytes())
    with zipfile.ZipFile(out, "a") as archive:
        again = archive.read(name) if name in archive.namelist() else b"x"
        archive.writestr(name, again)
    found = judged(out.getvalue(), "customers.es.epub")
    assert rule in {each.rule for each in found.findings}, found.findings
