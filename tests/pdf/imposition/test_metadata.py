"""What an imposed file says of itself: all that is still true, nothing that is not."""

import io
import sys

import pikepdf
import pytest

from pipeline.pdf.imposition import impose
from pipeline.pdf.imposition.claims import without_claims
from tests.end_to_end.tools import run
from tests.pdf.imposition.paper import book, saved

XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
 xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"
 xmlns:pdfxid="http://www.npes.org/pdfx/ns/id/" xmlns:pdfx="http://ns.adobe.com/pdfx/1.3/"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:pdfd="http://pdfa.org/declarations/">
<rdf:Description rdf:about="" pdfuaid:part="1"/>
<rdf:Description rdf:about="" pdfaid:part="3" pdfaid:conformance="A" xmp:CreatorTool="A &amp; B"/>
<rdf:Description rdf:about=""><pdfxid:GTS_PDFXVersion>PDF/X-4</pdfxid:GTS_PDFXVersion>
<pdfx:GTS_PDFXConformance>PDF/X-3:2002</pdfx:GTS_PDFXConformance><pdfx:Job>12</pdfx:Job>
<pdfd:declarations><rdf:Bag><rdf:li>http://pdfa.org/declarations#wcag22</rdf:li></rdf:Bag></pdfd:declarations>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">ลูกค้า</rdf:li></rdf:Alt></dc:title>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>"""


def laden() -> pikepdf.Pdf:
    """A book with all that a book can have."""
    pdf = book(5)
    pdf.Root.Lang = "th"
    pdf.Root.MarkInfo = pikepdf.Dictionary(Marked=True)
    pdf.Root.StructTreeRoot = pdf.make_indirect(
        pikepdf.Dictionary(Type=pikepdf.Name.StructTreeRoot, K=[])
    )
    pdf.Root.PageLabels = pikepdf.Dictionary(Nums=[0, pikepdf.Dictionary(S=pikepdf.Name.r)])
    pdf.Root.OutputIntents = [
        pikepdf.Dictionary(
            Type=pikepdf.Name.OutputIntent,
            S=pikepdf.Name.GTS_PDFX,
            OutputConditionIdentifier="FOGRA51",
            DestOutputProfile=pdf.make_stream(b"a profile", N=4),
        )
    ]
    layer = pdf.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.OCG, Name="layer"))
    pdf.Root.OCProperties = pikepdf.Dictionary(
        OCGs=[layer], D=pikepdf.Dictionary(Order=[layer], OFF=[layer])
    )
    pdf.pages[0].Resources.Properties = pikepdf.Dictionary(L=layer)
    pdf.Root.Metadata = pdf.make_stream(
        XMP.encode(), Type=pikepdf.Name.Metadata, Subtype=pikepdf.Name.XML
    )
    pdf.docinfo["/Title"] = "ลูกค้า"
    pdf.docinfo["/CreationDate"] = "D:20260302"
    pdf.docinfo["/GTS_PDFXVersion"] = "PDF/X-3:2002"
    pdf.docinfo["/GTS_PDFXConformance"] = "PDF/X-3:2002"
    pdf.docinfo["/Trapped"] = pikepdf.Name("/False")
    link = pikepdf.Dictionary(
        Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=[0, 0, 9, 9], Border=[0, 0, 0]
    )
    pdf.pages[1].obj.Annots = [pdf.make_indirect(link)]
    pdf.pages[1].obj.StructParents = 0
    with pdf.open_outline() as outline:
        outline.root.append(pikepdf.OutlineItem("chapter", 1))
    pdf.attachments["a.txt"] = pikepdf.AttachedFileSpec(pdf, b"attached")
    return pdf


@pytest.fixture
def made() -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(impose(saved(laden()), name="book.pdf").content))


def test_what_is_still_true_is_kept(made: pikepdf.Pdf) -> None:
    assert made.Root.Lang == "th"
    assert dict(made.docinfo.items()) == {
        "/Title": "ลูกค้า",
        "/CreationDate": "D:20260302",
        "/Trapped": "/False",
    }
    (intent,) = made.Root.OutputIntents
    assert intent.S == "/GTS_PDFX"
    assert intent.OutputConditionIdentifier == "FOGRA51"
    assert intent.DestOutputProfile.read_bytes() == b"a profile"
    packet = made.Root.Metadata.read_bytes().decode()
    assert ">ลูกค้า<" in packet
    assert "A &amp; B" in packet
    assert "12</pdfx:Job>" in packet
    assert packet.startswith("<?xpacket begin")
    assert packet.endswith('<?xpacket end="w"?>')


def test_what_speaks_of_pages_is_dropped(made: pikepdf.Pdf) -> None:
    assert set(made.Root.keys()) == {
        "/Type", "/Pages", "/Lang", "/Metadata", "/OutputIntents", "/OCProperties",
        "/ViewerPreferences",
    }  # fmt: skip
    for page in made.pages:
        assert set(page.obj.keys()) == {
            "/Type", "/Parent", "/MediaBox", "/BleedBox", "/TrimBox", "/Resources", "/Contents",
        }  # fmt: skip
    kinds = {
        str(each.get("/Type"))
        for each in made.objects
        if isinstance(each, pikepdf.Dictionary | pikepdf.Stream)
    }
    assert not kinds & {"/StructTreeRoot", "/StructElem", "/Annot", "/Filespec", "/Outlines"}


def test_layers_stay_the_layers_of_their_content(made: pikepdf.Pdf) -> None:
    (layer,) = made.Root.OCProperties.OCGs
    assert made.Root.OCProperties.D.OFF[0].objgen == layer.objgen
    used = made.pages[0].Resources.XObject.P1.Resources.Properties.L
    assert used.objgen == layer.objgen


@pytest.mark.parametrize("claim", ["pdfua", "pdfa", "npes", "GTS_PDFX", "declarations", "wcag"])
def test_a_claim_is_gone_from_the_metadata_and_from_the_file(claim: str, made: pikepdf.Pdf) -> None:
    assert claim in XMP
    packet = made.Root.Metadata.read_bytes().decode()
    assert claim not in packet.replace("http://ns.adobe.com/pdfx/1.3/", "")
    assert claim not in str(dict(made.docinfo.items()))


def test_a_description_without_claims_is_left_as_it_is() -> None:
    plain = (
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"> a <rdf:li/> b</rdf:RDF>'
    )
    assert without_claims(plain.encode()) == plain.encode()


def test_a_description_of_nothing_but_claims_is_gone() -> None:
    packet = without_claims(XMP.encode())
    assert packet is not None
    assert XMP.count("<rdf:Description") == 3
    assert packet.count(b"<rdf:Description") == 2


@pytest.mark.parametrize(
    "packet",
    [
        b"",
        b"\0\0no xml",
        b'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" pdfuaid:part="1"/>',
        XMP.replace("&amp;", "&").encode(),
        XMP.encode()[:900],
    ],
)
def test_metadata_that_is_no_xml_is_not_handed_on(packet: bytes) -> None:
    pdf = laden()
    pdf.Root.Metadata = pdf.make_stream(packet)
    content = impose(saved(pdf), name="book.pdf").content
    with pikepdf.open(io.BytesIO(content)) as opened:
        assert "/Metadata" not in opened.Root
        assert opened.docinfo["/Title"] == "ลูกค้า"


@pytest.mark.parametrize("key", ["/Metadata", "/Info"])
def test_metadata_of_a_kind_that_they_cannot_be_are_not_handed_on(key: str) -> None:
    pdf = laden()
    holder = pdf.Root if key == "/Metadata" else pdf.trailer
    holder[key] = pdf.make_indirect(pikepdf.Array([12]))
    content = impose(saved(pdf), name="book.pdf").content
    with pikepdf.open(io.BytesIO(content)) as opened:
        assert key not in (opened.Root if key == "/Metadata" else opened.trailer)


PROGRAM = """
import pathlib, sys
from pipeline.pdf.imposition import SCHEMES, impose
from pipeline.pdf.imposition.proofs import pictures
from pipeline.settings.sheets import MarkName, SheetSettings
settings = SheetSettings(marks=tuple(MarkName), thickness=0.1)
content = pathlib.Path(sys.argv[1]).read_bytes()
made = impose(content, name="book.pdf", scheme=SCHEMES["perfect"], settings=settings)
pathlib.Path(sys.argv[2]).write_bytes(b"".join([made.content, *pictures(made, name="book.pdf").values()]))
"""


def test_the_same_file_gives_the_same_bytes_in_any_process(tmp_path) -> None:  # type: ignore[no-untyped-def]
    book_file = tmp_path / "book.pdf"
    book_file.write_bytes(saved(laden()))
    made = []
    for zone, seed in (("UTC", "1"), ("Asia/Bangkok", "2"), ("America/Lima", "3")):
        file = tmp_path / f"{seed}.pdf"
        said = run(
            [sys.executable, "-c", PROGRAM, book_file, file],
            environment={"TZ": zone, "PYTHONHASHSEED": seed},
        )
        assert said.code == 0, said
        made.append(file.read_bytes())
    assert made[0] == made[1] == made[2]


def test_different_books_have_different_identifiers() -> None:
    ids = set()
    for pages in (4, 5):
        content = impose(saved(book(pages)), name="book.pdf").content
        with pikepdf.open(io.BytesIO(content)) as opened:
            ids.add(bytes(opened.trailer.ID[0]))
    assert len(ids) == 2
