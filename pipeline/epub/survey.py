"""What stands in the files of an e-book, as far as its accessibility hangs on it.

Everything is looked for in the finished files, as a reading system meets them, and nothing taken from what the
program meant to write.
"""

import io
import posixpath
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import unquote, urldefrag

from lxml import etree
from PIL import Image

PACKAGE = "content.opf"
"""The name of the package document."""

OPF = "{http://www.idpf.org/2007/opf}"
EPUB_TYPE = "{http://www.idpf.org/2007/ops}type"
XHTML = "application/xhtml+xml"
SVG = "image/svg+xml"

MOVING = frozenset(
    ("script", "audio", "video", "iframe", "embed", "object", "canvas", "marquee",
     "animate", "animateMotion", "animateTransform", "animateColor", "set")
)  # fmt: skip
"""Elements of XHTML and SVG that may flash, move or sound."""

MOVING_STYLE = re.compile(r"@keyframes|\b(animation|transition)\b", re.IGNORECASE)

MOVING_KINDS = ("audio/", "video/", "application/javascript", "text/javascript")

ANIMATED = frozenset(("GIF", "PNG", "WEBP"))
"""Kinds of pictures that may hold several frames to be shown one after the other."""

# A reader can change what is set in relative units; lengths of the page keep the text as it is.
FIXED = re.compile(
    r"!\s*important|\b(font|font-size|line-height|letter-spacing|word-spacing)\s*:[^;}]*"
    r"\d(px|pt|pc|cm|mm|in|q|vw|vh)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Survey:
    """What was found in the files of an e-book."""

    pictures: int
    """How many images tell something. The cover is not counted: its title and names stand in the text too,
    so that who does not see it lacks nothing."""
    undescribed: int
    """How many images, the cover among them, have no alternative text."""
    listed: int
    """How many places the list of contents leads to."""
    orderly: bool
    """Whether all pages belong to the reading order and the contents follow it."""
    divided: bool
    """Whether there are headings below the titles, and their levels are those of the contents."""
    transformable: bool
    """Whether no style holds the size or the spacing of the text."""
    pages: int
    """How many places the list of pages leads to."""
    broken: bool
    """Whether there are page breaks and the list of pages leads to every one."""
    still: bool
    """Whether there is nothing that could flash, move or sound."""

    @property
    def readable(self) -> bool:
        """Whether text alone tells all that the book tells."""
        return not self.undescribed


@dataclass(frozen=True, slots=True)
class _Item:
    """One resource of the manifest."""

    name: str
    kind: str
    properties: tuple[str, ...]


def survey(files: Mapping[str, bytes]) -> Survey:
    """What the files of an e-book hold, by their path from the package document's folder."""
    package = _parsed(files[PACKAGE])
    items = {
        str(each.get("id")): _Item(
            unquote(str(each.get("href"))),
            str(each.get("media-type")),
            tuple((each.get("properties") or "").split()),
        )
        for each in package.iter(f"{OPF}item")
    }
    spine = [(items[str(each.get("idref"))], each.get("linear") != "no")
             for each in package.iter(f"{OPF}itemref")]  # fmt: skip
    pages = {each.name: _parsed(files[each.name]) for each in items.values() if each.kind == XHTML}
    covers = {each.name for each in items.values() if "cover-image" in each.properties}
    home = next(each.name for each in items.values() if "nav" in each.properties)
    order = [item.name for item, _ in spine]
    contents = list(_listed(pages[home], home, "toc"))
    places = _places(pages, order)
    images = [
        (_target(name, str(image.get("src")))[0], (image.get("alt") or "").strip())
        for name, page in pages.items()
        for image in page.iter("{*}img")
    ]
    listed_pages = [target for target, _ in _listed(pages[home], home, "page-list")]
    breaks = {
        (name, str(each.get("id")))
        for name, page in pages.items()
        for each in page.iter()
        if each.get("role") == "doc-pagebreak"
    }
    return Survey(
        pictures=sum(source not in covers for source, _ in images),
        undescribed=sum(not alternative for _, alternative in images),
        listed=len(contents),
        orderly=all(linear for _, linear in spine)
        and _rises([places.get(target) for target, _ in contents]),
        divided=_is_divided(pages, contents),
        transformable=_is_transformable(package, pages, items, files),
        pages=len(listed_pages) if set(listed_pages) <= breaks else 0,
        broken=bool(breaks) and breaks <= set(listed_pages),
        still=all(_is_still(each, files[each.name]) for each in items.values()),
    )


def _parsed(content: bytes) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    return etree.fromstring(content, parser)


Target = tuple[str, str]
"""A file and the name of an element in it."""


def _target(base: str, address: str) -> Target:
    file, name = urldefrag(unquote(address))
    return (
        posixpath.normpath(posixpath.join(posixpath.dirname(base), file)) if file else base,
        name,
    )


def _listed(navigation: etree._Element, home: str, kind: str) -> Iterator[tuple[Target, int]]:
    """Where the links of one list of the navigation document lead, with how deep they are nested."""
    for nav in navigation.iter("{*}nav"):
        if nav.get(EPUB_TYPE) == kind:
            for link in nav.iter("{*}a"):
                depth = sum(1 for _ in link.iterancestors("{*}ol"))
                yield _target(home, str(link.get("href"))), depth


def _places(pages: Mapping[str, etree._Element], order: list[str]) -> dict[Target, tuple[int, int]]:
    """How far down the reading order every named element is, and every file."""
    out: dict[Target, tuple[int, int]] = {}
    for number, file in enumerate(order):
        out[file, ""] = (number, -1)
        for at, element in enumerate(pages[file].iter()):
            if name := element.get("id"):
                out[file, name] = (number, at)
    return out


def _rises(places: list[tuple[int, int] | None]) -> bool:
    known = [each for each in places if each is not None]
    return len(known) == len(places) and known == sorted(known)


def _is_divided(pages: Mapping[str, etree._Element], contents: list[tuple[Target, int]]) -> bool:
    """Whether headings are nested as the contents are, and none is more than one below the one before."""
    levels: dict[Target, int] = {}
    for file, page in pages.items():
        before = 0
        for element in page.iter("{*}h1", "{*}h2", "{*}h3", "{*}h4", "{*}h5", "{*}h6"):
            level = int(etree.QName(element).localname[1])
            if before and level > before + 1:
                return False
            # A link to a document without a place in it leads to its first heading.
            if not before:
                levels[file, ""] = level
            before = level
            levels[file, element.get("id") or ""] = level
    below = {
        levels.get(target, 0) - depth for target, depth in contents if levels.get(target, 0) != 1
    }
    return len(below) == 1


def _is_transformable(
    package: etree._Element,
    pages: Mapping[str, etree._Element],
    items: Mapping[str, _Item],
    files: Mapping[str, bytes],
) -> bool:
    fixed = any(
        each.get("property") == "rendition:layout" and (each.text or "").strip() != "reflowable"
        for each in package.iter(f"{OPF}meta")
    )
    styles = [files[each.name].decode() for each in items.values() if each.kind == "text/css"]
    own = [each.get("style") or "" for page in pages.values() for each in page.iter()]
    return not fixed and not any(map(FIXED.search, (*styles, *own)))


def _is_still(item: _Item, content: bytes) -> bool:
    """Whether a resource can neither flash nor move nor sound, as far as this can be told of it."""
    if item.kind.startswith(MOVING_KINDS):
        return False
    if item.kind in (XHTML, SVG):
        return not any(_moves(each) for each in _parsed(content).iter("*"))
    if item.kind == "text/css":
        return not MOVING_STYLE.search(content.decode())
    if item.kind.startswith("image/"):
        with Image.open(io.BytesIO(content)) as image:
            return image.format not in ANIMATED or getattr(image, "n_frames", 1) == 1
    return True


def _moves(element: etree._Element) -> bool:
    name = etree.QName(element).localname
    style = (element.get("style") or "") + (element.text or "" if name == "style" else "")
    return name in MOVING or bool(MOVING_STYLE.search(style))
