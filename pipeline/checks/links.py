"""The judge of links: every target inside the books exists, and nothing is fetched from elsewhere.

A hyperlink to another site is a reader's choice and allowed; a picture, a style sheet or a face from
there would be a request that tells somebody that the book was opened.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pikepdf
from lxml import etree, html

from pipeline.checks.checked_files import CheckedFile, found, no_file
from pipeline.checks.names import JudgeName
from pipeline.checks.pdf.links import findings_in as pdf_findings
from pipeline.checks.subjects import Kind
from pipeline.checks.verdicts import Finding, Result
from pipeline.epub.package import SVG, XHTML, Package, PackageError, opened_package, resolved, xml

NAME = JudgeName.LINKS

FETCHED: Mapping[str, tuple[str, ...]] = {
    "img": ("src", "srcset"), "source": ("src", "srcset"), "script": ("src",), "iframe": ("src",),
    "embed": ("src",), "object": ("data",), "video": ("src", "poster"), "audio": ("src",),
    "track": ("src",), "input": ("src",), "image": ("href",), "use": ("href",), "feimage": ("href",),
    "frame": ("src",), "body": ("background",),
}  # fmt: skip
"""The attributes of elements that make a reader fetch something, by themselves."""

FETCHING_LINKS = frozenset(
    ("stylesheet", "icon", "preload", "prefetch", "modulepreload", "preconnect", "dns-prefetch",
     "manifest", "apple-touch-icon", "mask-icon", "pronunciation")
)  # fmt: skip
"""The relations of ``link`` that do; the others name something."""

XLINK = "{http://www.w3.org/1999/xlink}href"
XML_BASE = "{http://www.w3.org/XML/1998/namespace}base"

FOLLOWED: Mapping[str, tuple[str, ...]] = {
    "a": ("href", XLINK), "area": ("href",), "link": ("href",),
    "content": ("src",),
}  # fmt: skip
"""The attributes that lead somewhere when a reader asks; ``content`` is a point of an NCX."""

NAMED_BY = ("aria-labelledby", "aria-describedby", "aria-controls", "aria-owns", "for", "headers")
"""Attributes that name other elements of the document."""

LEADING = frozenset(("http", "https", "mailto", "tel"))
"""Where a hyperlink may lead outside of the books."""

URL = re.compile(r"""url\(\s*(?:"([^"]*)"|'([^']*)'|([^)"'\s]*))\s*\)""", re.IGNORECASE)
IMPORT = re.compile(r"""@import\s+(?:"([^"]*)"|'([^']*)')""", re.IGNORECASE)
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
MIMETYPE, META = "mimetype", "META-INF/"
DRIVE = re.compile(r"[A-Za-z]:")
XHTML_TYPES = (XHTML, SVG, "application/x-dtbncx+xml")


def judge(checked_files: Sequence[CheckedFile]) -> list[Result]:
    """The links of some files, in their order."""
    return [_judge(each) for each in checked_files]


def _judge(checked_file: CheckedFile) -> Result:
    try:
        count, findings = _JUDGES[checked_file.kind](checked_file)
    except UNREADABLE as error:
        return no_file(checked_file, NAME, checked_file.kind.upper(), error)
    return found(checked_file, NAME, findings, figures=(f"{count} links",))


UNREADABLE = (etree.ParserError, etree.XMLSyntaxError, PackageError, pikepdf.PdfError, KeyError)


@dataclass(frozen=True, slots=True)
class Link:
    """An address in a document. ``fetched`` where a reader gets it without being asked."""

    address: str
    place: str
    fetched: bool


# --- documents --------------------------------------------------------------------------------------


def links_in(root: etree._Element) -> Iterator[Link]:
    """All addresses in a page: of elements, and of the style sheets and style attributes in it."""
    for element in root.iter(etree.Element):
        name = etree.QName(element).localname.lower()
        place = f"<{name}>"
        for address in _fetched_by(element, name):
            yield Link(address, place, fetched=True)
        for key in FOLLOWED.get(name, ()):
            if (target := element.get(key)) is not None:
                yield Link(target, place, fetched=_is_fetched(element, name))


def _is_fetched(element: etree._Element, name: str) -> bool:
    return name == "link" and not FETCHING_LINKS.isdisjoint(
        (element.get("rel") or "").lower().split()
    )


def _fetched_by(element: etree._Element, name: str) -> Iterator[str]:
    """What a reader fetches for an element without being asked."""
    for attribute in FETCHED.get(name, ()):
        for key in (attribute, XLINK) if attribute == "href" else (attribute,):
            if (value := element.get(key)) is not None:
                yield from _candidates(value) if attribute == "srcset" else [value]
    css = element.get("style") or ""
    if name == "style":
        css += "".join(map(str, element.itertext()))
    yield from css_addresses(css)


def _candidates(srcset: str) -> list[str]:
    """The addresses of a ``srcset``; a data address has commas of its own."""
    return [part.split()[0] for part in re.split(r",\s+", srcset) if part.split()]


def css_addresses(css: str) -> Iterator[str]:
    """The addresses in a style sheet; a namespace's name is none."""
    plain = re.sub(r"@namespace[^;]*;", "", COMMENT.sub("", css))
    for pattern in (IMPORT, URL):
        for match in pattern.finditer(plain):
            yield next((group for group in match.groups() if group is not None), "")


def identifiers(root: etree._Element) -> list[str]:
    """The names that a link may lead to."""
    anchors = [each.get("name") for each in root.iter("{*}a")]
    return [*_ids(root), *(each for each in anchors if each)]


def _ids(root: etree._Element) -> list[str]:
    return [name for each in root.iter(etree.Element) if (name := each.get("id"))]


def _names(root: etree._Element) -> Iterator[Finding]:
    """Elements that are named and are not there, or are there twice; and what makes all links lead elsewhere
    than they say, or a page lead elsewhere by itself."""
    for element in root.iter(etree.Element):
        name = etree.QName(element).localname.lower()
        base = element.get("href") if name == "base" else element.get(XML_BASE)
        if base is not None:
            what = "this makes every link of the page lead elsewhere than it says"
            yield Finding(what, None, f"<{name}>", "base address", base[:200])
        if name == "meta" and (element.get("http-equiv") or "").lower() == "refresh":
            what = "this makes the page lead elsewhere by itself"
            yield Finding(what, None, f"<{name}>", "refresh", (element.get("content") or "")[:200])
    known = Counter(_ids(root))
    for name in sorted(name for name, count in known.items() if count > 1):
        yield Finding("this name is given to several elements", None, f"#{name}", "duplicate id")
    for attribute in NAMED_BY:
        for element in root.iter(etree.Element):
            for name in (element.get(attribute) or "").split():
                if name not in known:
                    what = f"{attribute} names an element that is not there"
                    yield Finding(what, None, f"<{element.tag}>", "missing target", name)


# --- HTML -------------------------------------------------------------------------------------------


def _html(checked_file: CheckedFile) -> tuple[int, list[Finding]]:
    return _alone(checked_file, _page(checked_file.content or b""))


def _cover(checked_file: CheckedFile) -> tuple[int, list[Finding]]:
    return _alone(checked_file, xml(checked_file.content or b""))


def _alone(checked_file: CheckedFile, root: etree._Element) -> tuple[int, list[Finding]]:
    """A document that needs no other to be whole."""
    folder = checked_file.subject.path.parent if checked_file.subject else None
    findings = list(_names(root))
    names: dict[Path | None, frozenset[str]] = {None: frozenset(identifiers(root))}
    links = list(links_in(root))
    for link in links:
        if what := _wrong_in_html(link, folder, names):
            findings.append(Finding(what[1], None, link.place, what[0], link.address[:200]))
    return len(links), findings


def _wrong_in_html(
    link: Link, folder: Path | None, names: dict[Path | None, frozenset[str]]
) -> tuple[str, str] | None:
    """The rule that a link of a page breaks, and how; None where it is right."""
    if (wrong := _wrong_outside(link)) is not None:
        return wrong or None
    path, _, fragment = link.address.partition("#")
    file = folder / unquote(path) if folder and path else None
    if path and file is None:
        return None  # judged by itself, a page has no neighbours
    if file and not file.is_file():
        return "missing target", "leads to a file that is not there"
    if file and fragment and file not in names:
        names[file] = frozenset(identifiers(_page(file.read_bytes())))
    if fragment and unquote(fragment) not in names[file]:
        return "missing target", "leads to a place that is not there"
    return None


def _page(content: bytes) -> etree._Element:
    return html.fromstring(content, parser=html.HTMLParser(encoding="utf-8", huge_tree=True))


def _wrong_outside(link: Link) -> tuple[str, str] | tuple[()] | None:
    """What is wrong with an address that is no relative one: nothing (an empty tuple), or the rule and
    how it is broken; None where the address is relative, and must be looked up."""
    parts = urlsplit(link.address)
    if not parts.scheme and not parts.netloc:
        return None
    if parts.scheme == "data" and link.fetched:
        return ()
    if link.fetched:
        return "external request", "is fetched from elsewhere"
    if parts.scheme in LEADING:
        return ()
    return "strange address", "leads to an address that no book should have"


# --- EPUB -------------------------------------------------------------------------------------------


def _epub(checked_file: CheckedFile) -> tuple[int, list[Finding]]:
    package = opened_package(checked_file.content or b"")
    findings: list[Finding] = []
    roots = {
        name: xml(package.files[name])
        for name, item in package.manifest.items()
        if item.media_type in XHTML_TYPES and name in package.files
    }
    names = {name: frozenset(identifiers(root)) for name, root in roots.items()}
    count = 0
    for absent in [each for each in package.manifest if each not in package.files]:
        told = "the package lists a file that is not in the book"
        findings.append(Finding(told, None, package.name, "missing target", absent))
    findings += _wrong_members(package)
    for name, links in _epub_links(package, roots):
        for link in links:
            count += 1
            if what := _wrong_in_epub(name, link, package, names):
                place = f"{name} {link.place}".strip()
                findings.append(Finding(what[1], None, place, what[0], link.address[:200]))
    for name, root in roots.items():
        findings += [
            Finding(each.what, None, f"{name} {each.place}", each.rule, each.text)
            for each in _names(root)
        ]
    return count, findings


def _wrong_members(package: Package) -> Iterator[Finding]:
    """Files of the archive that a reading system could not find, or would put elsewhere when it unpacks them
    (OCF 3.3, 4.2.2 and 4.2.3)."""
    known = {MIMETYPE, package.name, *package.manifest}
    for name, count in Counter(package.names).items():
        if count > 1:
            what = "this name is given to several files of the archive"
            yield Finding(what, None, name, "duplicate file")
        if name.startswith("/") or DRIVE.match(name) or "\\" in name or ".." in name.split("/"):
            what = "this name leads out of the book when it is unpacked"
            yield Finding(what, None, name, "strange name")
        elif name not in known and not name.startswith(META) and not name.endswith("/"):
            what = "the package does not list this file of the archive"
            yield Finding(what, None, name, "unlisted file")


def _epub_links(
    package: Package, roots: Mapping[str, etree._Element]
) -> Iterator[tuple[str, list[Link]]]:
    for name, root in roots.items():
        yield name, list(links_in(root))
    for name, item in package.manifest.items():
        if item.media_type == "text/css" and name in package.files:
            css = package.files[name].decode("utf-8", "replace")
            yield name, [Link(each, "", fetched=True) for each in css_addresses(css)]


def _wrong_in_epub(
    name: str, link: Link, package: Package, names: Mapping[str, frozenset[str]]
) -> tuple[str, str] | None:
    if (wrong := _wrong_outside(link)) is not None:
        return wrong or None
    target = resolved(name, link.address)
    fragment = unquote(link.address.partition("#")[2])
    if target not in package.files:
        return "missing target", "leads to a file that is not in the book"
    if target not in package.manifest:
        return "missing target", "leads to a file that the package does not list"
    if fragment and fragment not in names.get(target, frozenset()):
        return "missing target", "leads to a place that is not there"
    return None


# --- PDF --------------------------------------------------------------------------------------------


def _pdf(checked_file: CheckedFile) -> tuple[int, list[Finding]]:
    return pdf_findings(checked_file.content or b"")


_JUDGES: Mapping[Kind, Callable[[CheckedFile], tuple[int, list[Finding]]]] = {
    Kind.HTML: _html,
    Kind.GALLERY: _html,
    Kind.COVER: _cover,
    Kind.EPUB: _epub,
    Kind.PDF: _pdf,
    Kind.SHEETS: _pdf,
}
