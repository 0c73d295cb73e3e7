"""What stands in the files of an e-book, as far as its accessibility hangs on it.

Everything is looked for in the finished files, as a reading system meets them, and nothing taken from what the
program meant to write.
"""

import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import unquote

from lxml import etree
from PIL import Image

from pipeline.epub.package import OPF, SVG, XHTML, Item, Package, resolved, xml

EPUB_TYPE = "{http://www.idpf.org/2007/ops}type"

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


def survey(package: Package) -> Survey:
    """What the files of an e-book hold."""
    manifest = package.manifest
    spine = list(package.spine())
    pages = {
        name: xml(package.files[name])
        for name, item in manifest.items()
        if item.media_type == XHTML
    }
    covers = {name for name, item in manifest.items() if "cover-image" in item.properties}
    home = next(name for name, item in manifest.items() if "nav" in item.properties)
    order = [name for name, _ in spine]
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
        transformable=_is_transformable(package, pages),
        pages=len(listed_pages) if set(listed_pages) <= breaks else 0,
        broken=bool(breaks) and breaks <= set(listed_pages),
        still=all(_is_still(each, package.files[name]) for name, each in manifest.items()),
    )


Target = tuple[str, str]
"""A file and the name of an element in it."""


def _target(base: str, address: str) -> Target:
    return resolved(base, address), unquote(address.partition("#")[2])


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


def _is_transformable(package: Package, pages: Mapping[str, etree._Element]) -> bool:
    fixed = any(
        each.get("property") == "rendition:layout" and (each.text or "").strip() != "reflowable"
        for each in package.root.iter(f"{OPF}meta")
    )
    styles = [
        package.files[name].decode()
        for name, each in package.manifest.items()
        if each.media_type == "text/css"
    ]
    own = [each.get("style") or "" for page in pages.values() for each in page.iter()]
    return not fixed and not any(map(FIXED.search, (*styles, *own)))


def _is_still(item: Item, content: bytes) -> bool:
    """Whether a resource can neither flash nor move nor sound, as far as this can be told of it."""
    if item.media_type.startswith(MOVING_KINDS):
        return False
    if item.media_type in (XHTML, SVG):
        return not any(_moves(each) for each in xml(content).iter("*"))
    if item.media_type == "text/css":
        return not MOVING_STYLE.search(content.decode())
    if item.media_type.startswith("image/"):
        with Image.open(io.BytesIO(content)) as image:
            return image.format not in ANIMATED or getattr(image, "n_frames", 1) == 1
    return True


def _moves(element: etree._Element) -> bool:
    name = etree.QName(element).localname
    style = (element.get("style") or "") + (element.text or "" if name == "style" else "")
    return name in MOVING or bool(MOVING_STYLE.search(style))
