"""Reading pages: elements, the characters in them, and the language and direction they are in."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import html5lib
from lxml import etree

from tests.end_to_end.inputs import Unit, clean

XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
EPUB_TYPE = "{http://www.idpf.org/2007/ops}type"

BLOCKS = frozenset(
    ("h1", "h2", "h3", "h4", "h5", "h6", "p", "li", "td", "th", "figcaption", "pre", "dt", "dd")
)
FURNITURE = (
    "self::nav or self::script or self::style"
    " or contains(concat(' ', @class, ' '), ' fellows ')"
    " or contains(concat(' ', @class, ' '), ' imprint ')"
    " or contains(concat(' ', @class, ' '), ' note-mark ')"
    " or contains(concat(' ', @class, ' '), ' back ')"
    " or contains(concat(' ', @class, ' '), ' skip ')"
    " or (self::h2 and contains(concat(' ', ../@class, ' '), ' notes '))"
)
"""What a page adds to its text: navigation, links to fellows, marks of notes and ways back."""


def html(content: bytes) -> etree._Element:
    """The root of a web page. Any mistake in it is an error (html5lib's strict mode)."""
    parser = html5lib.HTMLParser(
        strict=True, tree=html5lib.getTreeBuilder("lxml"), namespaceHTMLElements=False
    )
    return parser.parse(content).getroot()


def xhtml(content: bytes) -> etree._Element:
    """The root of a page of an e-book, with plain names."""
    root = etree.fromstring(content)
    for element in root.iter(etree.Element):
        element.tag = etree.QName(element).localname
    return root


@dataclass(frozen=True, slots=True)
class Found(Unit):
    """A piece of a page, with the language and the direction that hold for it."""

    lang: str = ""
    xml_lang: str = ""
    direction: str = ""

    @property
    def level(self) -> int:
        """Of a heading; 0 for everything else."""
        return int(self.element[1]) if re.fullmatch("h[1-6]", self.element) else 0


def found(root: etree._Element) -> list[Found]:
    """The pieces of text below an element, in order, without furniture."""
    return list(_found(root))


def _found(element: etree._Element) -> Iterator[Found]:
    for each in _kept(element):
        if each.tag == "img":
            yield _piece(each, each.get("alt", ""))
        elif each.tag in BLOCKS and (text := clean(_own(each))):
            yield _piece(each, text)


def _piece(element: etree._Element, text: str) -> Found:
    note = bool(element.xpath("ancestor::*[@role='doc-endnotes' or @class='notes']"))
    return Found(
        element.tag, clean(text), note=note,
        lang=nearest(element, "lang"), xml_lang=nearest(element, XML_LANG),
        direction=nearest(element, "dir"),
    )  # fmt: skip


def _kept(element: etree._Element) -> Iterator[etree._Element]:
    """Every element below, in order, that is no furniture and stands in none."""
    for child in element.iterchildren(etree.Element):
        if not child.xpath(FURNITURE):
            yield child
            yield from _kept(child)


def _own(element: etree._Element) -> str:
    """The characters of a block, without those of the blocks in it."""
    parts = [element.text or ""]
    for child in element.iterchildren():
        if isinstance(child.tag, str) and child.tag not in BLOCKS and not child.xpath(FURNITURE):
            parts.append(" " if child.tag == "br" else _own(child))
        parts.append(child.tail or "")
    return "".join(parts)


def text_of(element: etree._Element) -> str:
    return clean(str(element.xpath("string()")))


def nearest(element: etree._Element, attribute: str) -> str:
    """An attribute of an element or of the nearest one around it that has it."""
    for each in (element, *element.iterancestors()):
        if (value := each.get(attribute)) is not None:
            return str(value)
    return ""


def identifiers(root: etree._Element) -> list[str]:
    return [str(each) for each in root.xpath("//@id")]


def headings(root: etree._Element) -> list[etree._Element]:
    return list(
        root.xpath(".//*[self::h1 or self::h2 or self::h3 or self::h4 or self::h5 or self::h6]")
    )


def jumps(root: etree._Element) -> list[str]:
    """Headings that are more than one level below the one before."""
    level, out = 0, []
    for each in headings(root):
        now = int(each.tag[1])
        if now > level + 1:
            out.append(f"h{level} to {each.tag}: {text_of(each)}")
        level = now
    return out
