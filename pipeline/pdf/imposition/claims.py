"""What a file says of itself, without the standards that it no longer keeps.

An imposed file has no structure tree and its pages are sheets: what was true of the book (PDF/UA,
PDF/A, PDF/X, and declarations about any other standard) is not true of it.
"""

from lxml import etree

NAMESPACES = frozenset(
    {
        "http://www.aiim.org/pdfua/ns/id/",
        "http://www.aiim.org/pdfa/ns/id/",
        "http://www.aiim.org/pdfa/ns/extension/",
        "http://www.aiim.org/pdfe/ns/id/",
        "http://www.npes.org/pdfx/ns/id/",
        "http://www.npes.org/pdfvt/ns/id/",
        "http://pdfa.org/declarations/",
    }
)
"""XMP schemas that do nothing but claim: ISO 14289-1 section 5, ISO 19005-1 section 6.7, ISO 24517-1,
ISO 15930-7, ISO 16612-2, and the PDF Association's PDF Declarations."""

KEYS = frozenset({"GTS_PDFXVersion", "GTS_PDFXConformance"})
"""Claims of PDF/X-1 and X-3 (ISO 15930-1 and -3): keys of the information dictionary, which XMP
repeats among those that anybody may add."""

_ABOUT = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about"
_DESCRIPTION = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}Description"


def without_claims(xmp: bytes) -> bytes | None:
    """An XMP packet less every claim; all else as it was.

    ``None`` where the packet is no well-formed XML: what it claims cannot be known, and nobody who
    reads it would know either.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    try:
        root = etree.fromstring(xmp.strip(b"\0 \t\r\n"), parser)
    except etree.XMLSyntaxError:
        return None
    for element in list(root.iter(etree.Element)):
        for name in [name for name in element.attrib if _claims(str(name))]:
            del element.attrib[name]
        parent = element.getparent()
        if parent is not None and (_claims(str(element.tag)) or _is_bare(element)):
            parent.remove(element)
    etree.cleanup_namespaces(root)
    return etree.tostring(root.getroottree(), encoding="utf-8")


def _claims(name: str) -> bool:
    qualified = etree.QName(name)
    return qualified.namespace in NAMESPACES or qualified.localname in KEYS


def _is_bare(element: etree._Element) -> bool:
    """A description that describes nothing: its last attribute was a claim."""
    return element.tag == _DESCRIPTION and len(element) == 0 and set(element.attrib) <= {_ABOUT}
