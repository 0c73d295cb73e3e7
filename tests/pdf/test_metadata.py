"""What a PDF says of itself: claims, dates, titles, languages, and the names of its pages."""

import io
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pytest
from lxml import etree

from pipeline import GENERATOR
from pipeline.checks.claims import pdf_claims
from pipeline.settings.profiles import ProfileName
from tests.layout.structure import printed, written

PREFIXES = {
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "dc": "http://purl.org/dc/elements/1.1/",
    "xmp": "http://ns.adobe.com/xap/1.0/",
    "xmpMM": "http://ns.adobe.com/xap/1.0/mm/",
    "pdf": "http://ns.adobe.com/pdf/1.3/",
    "pdfaid": "http://www.aiim.org/pdfa/ns/id/",
    "pdfuaid": "http://www.aiim.org/pdfua/ns/id/",
    "pdfxid": "http://www.npes.org/pdfx/ns/id/",
    "pdfaExtension": "http://www.aiim.org/pdfa/ns/extension/",
    "pdfaSchema": "http://www.aiim.org/pdfa/ns/schema#",
}
LANG = "{http://www.w3.org/XML/1998/namespace}lang"

GERMAN = "---\ntitle: Das Buch\nlang: de\ndate: 2021-12-24\n---\n\nEin Satz.\n\n## Eins\n\nNoch ein Satz.\n"
ARABIC = "# الكتاب\n\nنص قصير.\n\n## واحد\n\nنص آخر.\n"
THAI = "# หนังสือ\n\nข้อความสั้น\n\n## หนึ่ง\n\nข้อความ\n"
TOML = """\
title = "Drei & mehr"
author = ["Anna", "Béla"]
publisher = "Haus"
identifier = "urn:isbn:9783161484100"
rights = "CC BY 4.0"
date = 2021-12-24
languages = ["de", "ar", "th"]
"""
FILES: dict[str, str | bytes] = {
    "a.de.md": GERMAN, "a.ar.md": ARABIC, "a.th.md": THAI, "book.toml": TOML,
}  # fmt: skip


class Said:
    """The XMP packet of a PDF."""

    def __init__(self, content: bytes) -> None:
        with pikepdf.open(io.BytesIO(content)) as pdf:
            stream = pdf.Root.Metadata
            self.filtered = "/Filter" in stream
            self.packet = stream.read_bytes()
            self.claims = {each.name for each in pdf_claims(pdf)}
            self.info = {key: str(value) for key, value in pdf.docinfo.items()}
            self.language = str(pdf.Root.Lang)
            self.preferences = dict(pdf.Root.ViewerPreferences.items())
        self.root = etree.fromstring(self.packet)

    def all(self, path: str) -> list[str]:
        return [str(each) for each in self.root.xpath(path, namespaces=PREFIXES)]

    def the(self, name: str) -> str:
        (found,) = self.all(f"//{name}/text()")
        return found

    def items(self, name: str, kind: str) -> list[str]:
        return self.all(f"//{name}/rdf:{kind}/rdf:li/text()")


@pytest.fixture(scope="module", params=list(ProfileName))
def said(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Said]:
    yield Said(written(tmp_path_factory.mktemp("book"), FILES, request.param))


CLAIMS = {
    ProfileName.SCREEN: {"PDF/UA-1"},
    ProfileName.ARCHIVE: {"PDF/A-2a", "PDF/UA-1"},
    ProfileName.PRINT: {"PDF/X-4"},
}


@pytest.mark.parametrize("profile", ProfileName)
def test_a_file_claims_what_its_profile_says_and_nothing_else(
    tmp_path: Path, profile: ProfileName
) -> None:
    found = Said(written(tmp_path, {"a.de.md": GERMAN}, profile, "de"))
    assert found.claims == CLAIMS[profile]
    described = found.all("//pdfaSchema:prefix/text()")
    assert described == (["pdfuaid"] if profile is ProfileName.ARCHIVE else [])
    if profile is ProfileName.PRINT:
        assert found.the("pdf:Trapped") == "False"
        assert (found.info["/Trapped"], found.info["/GTS_PDFXVersion"]) == ("/False", "PDF/X-4")
        assert found.the("xmpMM:VersionID") == "1"
        assert found.the("xmpMM:RenditionClass") == "default"


def test_the_packet_is_xml_that_programs_without_pdf_can_read(said: Said) -> None:
    assert not said.filtered
    assert said.packet.startswith(
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>'.encode()
    )
    assert said.packet.rstrip().endswith(b'<?xpacket end="r"?>')


def test_titles_stand_in_every_language(said: Said) -> None:
    items = said.root.xpath("//dc:title/rdf:Alt/rdf:li", namespaces=PREFIXES)
    assert [(each.get(LANG), each.text) for each in items] == [
        ("x-default", "Drei & mehr"), ("de", "Das Buch"), ("ar", "الكتاب"), ("th", "หนังสือ"),
    ]  # fmt: skip
    assert said.items("dc:language", "Bag") == ["de", "ar", "th"]
    assert said.language == "de"


def test_who_made_the_book_is_told_twice_and_the_same(said: Said) -> None:
    assert said.items("dc:creator", "Seq") == ["Anna", "Béla"]
    assert said.items("dc:publisher", "Bag") == ["Haus"]
    assert said.items("dc:rights", "Alt") == ["CC BY 4.0"]
    assert said.the("dc:identifier") == "urn:isbn:9783161484100"
    assert said.the("pdf:Producer") == said.info["/Producer"] == GENERATOR
    assert said.the("xmp:CreatorTool") == said.info["/Creator"] == GENERATOR
    assert said.info["/Title"] == "Drei & mehr"
    assert said.info["/Author"] == "Anna, Béla"


def test_dates_are_the_book_s(said: Said) -> None:
    for name in ("xmp:CreateDate", "xmp:ModifyDate", "xmp:MetadataDate"):
        assert said.the(name) == "2021-12-24T00:00:00Z"
    assert said.info["/CreationDate"] == said.info["/ModDate"] == "D:20211224000000Z"


def test_a_correction_has_a_date_of_its_own(tmp_path: Path) -> None:
    text = {"a.de.md": GERMAN, "book.toml": "date = 2021-12-24\nmodified = 2022-02-03"}
    found = Said(written(tmp_path, text, tag="de"))
    assert found.the("xmp:CreateDate") == "2021-12-24T00:00:00Z"
    assert found.the("xmp:ModifyDate") == "2022-02-03T00:00:00Z"
    dates = (found.info["/CreationDate"], found.info["/ModDate"])
    assert dates == ("D:20211224000000Z", "D:20220203000000Z")


def test_dates_are_those_that_are_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1577934245")
    found = Said(written(tmp_path, {"a.de.md": GERMAN}, tag="de"))
    assert found.the("xmp:ModifyDate") == "2020-01-02T03:04:05Z"
    assert found.info["/ModDate"] == "D:20200102030405Z"


def test_every_edition_and_profile_has_its_own_identifiers(tmp_path: Path) -> None:
    made = {
        (tag, profile): Said(written(tmp_path / f"{tag}{profile}", FILES, profile, tag))
        for tag, profile in (
            ("de", ProfileName.SCREEN), ("de", ProfileName.PRINT), ("ar", ProfileName.SCREEN),
        )
    }  # fmt: skip
    document, instance = (
        {key: each.the(f"xmpMM:{name}") for key, each in made.items()}
        for name in ("DocumentID", "InstanceID")
    )
    german = document["de", ProfileName.SCREEN]
    assert german == document["de", ProfileName.PRINT] != document["ar", ProfileName.SCREEN]
    assert len(set(instance.values())) == 3
    assert not set(instance.values()) & set(document.values())


@pytest.mark.parametrize(("tag", "direction"), [("de", "/L2R"), ("ar", "/R2L")])
def test_a_viewer_is_told_title_language_and_direction(
    tmp_path: Path, tag: str, direction: str
) -> None:
    found = Said(written(tmp_path, FILES, tag=tag))
    assert (found.language, str(found.preferences["/Direction"])) == (tag, direction)
    assert found.preferences["/DisplayDocTitle"]


def test_a_book_of_which_nothing_is_known_says_nothing_empty(tmp_path: Path) -> None:
    found = Said(written(tmp_path, {"a.de.md": "# Titel\n\nEin Satz.\n"}, tag="de"))
    for name in ("dc:creator", "dc:publisher", "dc:rights", "dc:identifier"):
        assert found.all(f"//{name}") == []
    assert "/Author" not in found.info
    assert found.info["/CreationDate"] == "D:20000101000000Z"


# --- page labels ------------------------------------------------------------------------------------


def labels(content: bytes) -> list[str]:
    """The label of each page, as a viewer makes it (ISO 32000-1 12.4.2)."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        numbers = pdf.Root.PageLabels.Nums
        rows = {int(key): row for key, row in zip(numbers[::2], numbers[1::2], strict=True)}
        out, start = [], 0
        for page in range(len(pdf.pages)):
            start = max(key for key in rows if key <= page)
            row = rows[start]
            number = int(row.get("/St", 1)) + page - start if "/S" in row else ""
            assert str(row.get("/S", "/D")) == "/D"
            out.append(f"{row.get('/P', '')}{number}")
        return out


@pytest.mark.parametrize(
    ("tag", "digits", "wanted"),
    [
        ("de", "as-is", "0123456789"),
        ("th", "as-is", "0123456789"),
        ("th", "native", "๐๑๒๓๔๕๖๗๘๙"),
        ("ar", "native", "٠١٢٣٤٥٦٧٨٩"),
    ],
)
def test_pages_are_called_by_their_folios(
    tmp_path: Path, tag: str, digits: str, wanted: str
) -> None:
    name = f"a.{tag}.md"
    toml = f'digits = "{digits}"\n[theme]\npage = "A6"\n'
    files = {name: f"{FILES[name]!s}\n{' '.join(['Wort'] * 1500)}\n", "book.toml": toml}
    made = printed(tmp_path, files, tag=tag)
    numbers = ["".join(wanted[int(digit)] for digit in str(page + 1)) for page in range(made.pages)]
    assert len(numbers) > 9
    assert labels(made.content) == list(made.labels) == numbers


def test_pages_of_a_combined_edition_are_called_as_their_language_counts(tmp_path: Path) -> None:
    made = printed(tmp_path, {**FILES, "book.toml": TOML + 'digits = "native"\n'})
    assert labels(made.content) == list(made.labels)
    kinds = ["".join(made.labels).count(digit) > 0 for digit in ("1", "٧", "๙")]
    assert kinds == [True, True, True], made.labels
    for anchor, label in made.places.items():
        tag = anchor.partition("-")[0]
        if anchor.endswith("-0"):
            assert label.isascii() is (tag == "de"), (anchor, label)
