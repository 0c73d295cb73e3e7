"""What a PDF says of itself: XMP, page labels, how a viewer opens it.

XMP is ISO 16684-1. The claims stand in it as their standards want: PDF/UA-1 (ISO 14289-1, 5), PDF/A-2
(ISO 19005-2, 6.6.4; what XMP does not know of has its schema described, 6.6.2.3.3), PDF/X-4 (ISO 15930-7,
6.3). The information dictionary says the same.
"""

import datetime
import uuid
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from lxml import etree

from pipeline import GENERATOR
from pipeline.calendar import moment
from pipeline.document import Book, label_text
from pipeline.editions import Edition
from pipeline.languages import Direction
from pipeline.settings.profiles import Profile, Standard

NAMESPACES = {
    "x": "adobe:ns:meta/",
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
    "pdfaProperty": "http://www.aiim.org/pdfa/ns/property#",
}

CLAIMS: Mapping[Standard, Mapping[str, str]] = {
    Standard.UA_1: {"pdfuaid:part": "1"},
    Standard.A_2A: {"pdfaid:part": "2", "pdfaid:conformance": "A"},
    Standard.X_4: {"pdfxid:GTS_PDFXVersion": "PDF/X-4"},
}
"""How each claim is written."""

BEGIN = '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>\n'.encode()
END = b'\n<?xpacket end="r"?>'
# Both are fixed by ISO 16684-1, 7.3.2.

NAMESPACE = uuid.uuid5(uuid.NAMESPACE_URL, "urn:pentapla:pdf")


def describe(pdf: Any, edition: Edition, profile: Profile, labels: Sequence[str]) -> None:
    """Write all of it into ``pdf`` (a pydyf document); ``labels`` are the folios of its pages."""
    import pydyf  # noqa: PLC0415

    packet = xmp(edition, profile)
    # 19005-2, 6.6.2.1: what has no PDF at hand reads it as well.
    stream = pydyf.Stream([packet], {"Type": "/Metadata", "Subtype": "/XML"}, compress=False)
    pdf.add_object(stream)
    pdf.catalog["Metadata"] = stream.reference
    pdf.info.clear()
    for key, value in {
        "Title": edition.title,
        "Author": ", ".join(edition.authors),
        "Creator": GENERATOR,
        "Producer": GENERATOR,
    }.items():
        if value:
            pdf.info[key] = pydyf.String(value)
    for key, when in zip(("CreationDate", "ModDate"), _moments(edition.book), strict=True):
        pdf.info[key] = pydyf.String(when.strftime("D:%Y%m%d%H%M%SZ"))
    if Standard.X_4 in profile.claims:
        pdf.info["Trapped"] = "/False"
        pdf.info["GTS_PDFXVersion"] = pydyf.String("PDF/X-4")
    pdf.catalog["Lang"] = pydyf.String(edition.first.tag)
    # ISO 32000-1, table 150.
    direction = "/R2L" if edition.direction is Direction.RTL else "/L2R"
    pdf.catalog["ViewerPreferences"] = pydyf.Dictionary(
        {"Direction": direction, "DisplayDocTitle": "true"}
    )
    pdf.catalog["PageLabels"] = _page_labels(labels)


def _moments(book: Book) -> tuple[datetime.datetime, datetime.datetime]:
    """When a book was made, and when it was last corrected."""
    return moment(book.date), moment(book.modified or book.date)


def allow_printing(pdf: Any) -> None:
    """Annotations are part of the page (the flag Print, ISO 32000-1 12.5.3; ISO 19005-2, 6.3.2)."""
    for each in pdf.objects:
        if isinstance(each, dict) and each.get("Type") == "/Annot":
            each["F"] = 4


def xmp(edition: Edition, profile: Profile) -> bytes:
    """The XMP packet of an edition in a profile."""
    created, date = (each.strftime("%Y-%m-%dT%H:%M:%SZ") for each in _moments(edition.book))
    book = edition.book
    root = etree.Element(_name("x:xmpmeta"), nsmap={"x": NAMESPACES["x"]})
    about = etree.SubElement(
        etree.SubElement(root, _name("rdf:RDF"), nsmap={"rdf": NAMESPACES["rdf"]}),
        _name("rdf:Description"),
        {_name("rdf:about"): ""},
        nsmap={key: value for key, value in NAMESPACES.items() if key not in {"x", "rdf"}},
    )
    for claim in profile.claims:
        for name, value in CLAIMS[claim].items():
            _say(about, name, value)
    titles = [("x-default", edition.title)]
    titles += [(each.tag, label_text(each.title.inlines)) for each in edition.translations]
    _many(about, "dc:title", "rdf:Alt", titles)
    _many(about, "dc:creator", "rdf:Seq", ((None, each) for each in edition.authors))
    _many(about, "dc:publisher", "rdf:Bag", [(None, book.publisher)])
    _many(about, "dc:rights", "rdf:Alt", [("x-default", book.rights)])
    _many(about, "dc:language", "rdf:Bag", ((None, each.tag) for each in edition.languages))
    if named := edition.identifier("pdf"):
        _say(about, "dc:identifier", named.uri)
    _say(about, "dc:format", "application/pdf")
    _say(about, "xmp:CreatorTool", GENERATOR)
    _say(about, "xmp:CreateDate", created)
    for name in ("xmp:ModifyDate", "xmp:MetadataDate"):
        _say(about, name, date)
    # Of what it is the rendition, and which: the same on every build of the same book.
    whole = edition.distinction
    _say(about, "xmpMM:DocumentID", uuid.uuid5(NAMESPACE, whole).urn)
    _say(about, "xmpMM:InstanceID", uuid.uuid5(NAMESPACE, f"{whole}/{profile.name}/{date}").urn)
    _say(about, "xmpMM:VersionID", "1")
    _say(about, "xmpMM:RenditionClass", "default")
    _say(about, "pdf:Producer", GENERATOR)
    if Standard.X_4 in profile.claims:
        _say(about, "pdf:Trapped", "False")
    if Standard.A_2A in profile.claims and Standard.UA_1 in profile.claims:
        _describe_schema(about)
    etree.cleanup_namespaces(root)
    return BEGIN + bytes(etree.tostring(root, encoding="utf-8", pretty_print=True)) + END


def _describe_schema(about: etree._Element) -> None:
    """PDF/A knows nothing of PDF/UA: what its one property means."""
    bag = etree.SubElement(
        etree.SubElement(about, _name("pdfaExtension:schemas")), _name("rdf:Bag")
    )
    schema = _resource(bag, "rdf:li")
    _say(schema, "pdfaSchema:schema", "PDF/UA Universal Accessibility Schema")
    _say(schema, "pdfaSchema:namespaceURI", NAMESPACES["pdfuaid"])
    _say(schema, "pdfaSchema:prefix", "pdfuaid")
    properties = etree.SubElement(schema, _name("pdfaSchema:property"))
    part = _resource(etree.SubElement(properties, _name("rdf:Seq")), "rdf:li")
    _say(part, "pdfaProperty:name", "part")
    _say(part, "pdfaProperty:valueType", "Integer")
    _say(part, "pdfaProperty:category", "internal")
    _say(
        part, "pdfaProperty:description", "Indicates, which part of ISO 14289 standard is followed"
    )


def _resource(parent: etree._Element, name: str) -> etree._Element:
    return etree.SubElement(parent, _name(name), {_name("rdf:parseType"): "Resource"})


def _say(parent: etree._Element, name: str, value: str) -> None:
    etree.SubElement(parent, _name(name)).text = value


def _many(
    parent: etree._Element, name: str, kind: str, values: Iterable[tuple[str | None, str]]
) -> None:
    told = [(language, value) for language, value in values if value]
    if not told:
        return
    array = etree.SubElement(etree.SubElement(parent, _name(name)), _name(kind))
    for language, value in told:
        item = etree.SubElement(array, _name("rdf:li"))
        item.text = value
        if language is not None:
            item.set("{http://www.w3.org/XML/1998/namespace}lang", language)


def _name(name: str) -> str:
    prefix, _, local = name.partition(":")
    return f"{{{NAMESPACES[prefix]}}}{local}"


def _page_labels(labels: Sequence[str]) -> Any:
    """Page labels (ISO 32000-1 12.4.2) that are the folios as printed. A run of numbers in Latin digits is
    one row; digits that PDF has no style for are given page by page."""
    import pydyf  # noqa: PLC0415

    rows = pydyf.Array()
    expected = ""
    for page, label in enumerate(labels):
        latin = label.isascii() and label.isdecimal()
        if not latin or label != expected:
            row: dict[str, Any] = (
                {"S": "/D", "St": int(label)} if latin else {"P": pydyf.String(label)}
            )
            rows.extend((page, pydyf.Dictionary(row)))
        expected = str(int(label) + 1) if latin else ""
    return pydyf.Dictionary({"Nums": rows})
