"""What a file says of itself: the standards that it claims to conform to.

Read from the file, never from what made it: PDF/A, PDF/UA and PDF/X from the XMP metadata
(ISO 19005-2 6.6.4, ISO 14289-1 5, ISO 15930-7 6.2), an e-book's from ``dcterms:conformsTo`` in its
package document (EPUB Accessibility 1.1, section 4.2).
"""

import io
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

import pikepdf
from lxml import etree

from pipeline.checks.subjects import Kind
from pipeline.checks.verdicts import Finding
from pipeline.epub.package import DC_TERMS, PackageError, opened_package

UA = "http://www.aiim.org/pdfua/ns/id/"
PDFA = "http://www.aiim.org/pdfa/ns/id/"
PDFX = "http://www.npes.org/pdfx/ns/id/"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
EPUB_ACCESSIBILITY = "EPUB Accessibility 1.1 - WCAG 2.2 Level AA"
ACCESSIBILITY = ("EPUB Accessibility ", "http://www.idpf.org/epub/a11y/")
"""How a claim of accessibility begins, of versions 1.1 and 1.0."""


class Family(StrEnum):
    """Standards that a judge knows or does not know, with all their levels."""

    UA = "PDF/UA"
    ARCHIVE = "PDF/A"
    PRINT = "PDF/X"
    EPUB_ACCESS = "EPUB Accessibility"
    OTHER = "other"


@dataclass(frozen=True, slots=True, order=True)
class Claim:
    """One claim: ``name`` as people know it, ``flavour`` as validators of PDF do (``ua1``, ``2a``)."""

    family: Family
    name: str
    flavour: str = ""


def claims_of(content: bytes, kind: Kind) -> tuple[Claim, ...]:
    """The claims that a file makes, sorted. A file that cannot be read claims nothing: other judges say
    what is wrong with it."""
    read = READERS.get(kind)
    return tuple(sorted(set(read(content)))) if read else ()


# --- PDF --------------------------------------------------------------------------------------------


def _pdf(content: bytes) -> Iterator[Claim]:
    try:
        with pikepdf.open(io.BytesIO(content)) as pdf:
            yield from pdf_claims(pdf)
    except (pikepdf.PdfError, etree.XMLSyntaxError):
        return


def pdf_claims(pdf: pikepdf.Pdf) -> Iterator[Claim]:
    """The claims of an open PDF. Raises :class:`lxml.etree.XMLSyntaxError` where its XMP is broken."""
    said = xmp(pdf)
    if part := said.get(f"{{{UA}}}part"):
        yield Claim(Family.UA, f"PDF/UA-{part}", f"ua{part}")
    if part := said.get(f"{{{PDFA}}}part"):
        level = said.get(f"{{{PDFA}}}conformance", "").lower()
        yield Claim(Family.ARCHIVE, f"PDF/A-{part}{level}", f"{part}{level}")
    if version := said.get(f"{{{PDFX}}}GTS_PDFXVersion") or info(pdf).get("/GTS_PDFXVersion", ""):
        yield Claim(Family.PRINT, version)


def info(pdf: pikepdf.Pdf) -> dict[str, str]:
    """The document information dictionary (ISO 32000-1 14.3.3), as text."""
    found = pdf.trailer.get("/Info")
    return {key: str(value) for key, value in found.items()} if found is not None else {}


def xmp(pdf: pikepdf.Pdf) -> Mapping[str, str]:
    """The simple properties of a PDF's XMP packet by their full names, written as elements or as
    attributes (ISO 16684-1 7.4)."""
    packet = pdf.Root.get("/Metadata")
    if not isinstance(packet, pikepdf.Stream):
        return {}
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    root = etree.fromstring(packet.read_bytes().strip(b"\x00 \r\n\t"), parser)
    found: dict[str, str] = {}
    for description in root.iter(f"{{{RDF}}}Description"):
        found |= {str(name): str(value) for name, value in description.attrib.items()}
        for each in description.iterchildren(etree.Element):
            if not len(each) and each.text:
                found[str(each.tag)] = each.text.strip()
    return found


# --- EPUB -------------------------------------------------------------------------------------------


def _epub(content: bytes) -> Iterator[Claim]:
    for _, said in _conformances(content):
        known = said == EPUB_ACCESSIBILITY
        yield Claim(Family.EPUB_ACCESS if known else Family.OTHER, said)


def unanswered(content: bytes, kind: Kind) -> Iterator[Finding]:
    """The claims of accessibility that an e-book makes and nobody answers for: who certifies one is named
    with it (EPUB Accessibility 1.1, section 4.3.2)."""
    if kind is not Kind.EPUB:
        return
    for element, said in _conformances(content):
        if not said.startswith(ACCESSIBILITY):
            continue
        refined = ("", f"#{element.get('id')}")
        answered = [
            meta
            for meta in element.getroottree().iter("{*}meta")
            if meta.get("property") == "a11y:certifiedBy"
            and (meta.get("refines") or "") in refined
            and _text(meta)
        ]
        if not answered:
            yield Finding(
                "it claims to be accessible, and nobody answers for it",
                None,
                "package document",
                "a11y:certifiedBy",
                said,
                "name a certifier in [accessibility] of book.toml, and build again",
            )


def _conformances(content: bytes) -> Iterator[tuple[etree._Element, str]]:
    """What an e-book says that it conforms to, with the elements that say so."""
    try:
        package = opened_package(content).root
    except PackageError:
        return
    names = ("dcterms:conformsTo", f"{DC_TERMS}conformsTo")
    for meta in package.iter("{*}meta"):
        if meta.get("property") in names:
            yield meta, _text(meta)
    for link in package.iter("{*}link"):
        if link.get("rel") in names:
            yield link, str(link.get("href"))


def _text(element: etree._Element) -> str:
    return "".join(map(str, element.itertext())).strip()


READERS: Mapping[Kind, Callable[[bytes], Iterator[Claim]]] = {
    Kind.PDF: _pdf,
    Kind.SHEETS: _pdf,
    Kind.EPUB: _epub,
}
