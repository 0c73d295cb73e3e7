"""SVG: what a drawing must not hold, how large it is, and how much it draws.

A drawing is a program for whoever shows it: it may run scripts, load files and addresses, and repeat itself
without end. Books hold drawings that only draw. References are looked for wherever SVG 2 and CSS know them:
``href`` in any namespace, ``url()`` and its kin in attributes and style sheets, ``@import``, style sheets named
before the root, and the same again in pictures that a drawing holds inside itself.
"""

import binascii
import math
import re
from base64 import b64decode
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import unquote_to_bytes

import tinycss2  # type: ignore[import-untyped]
from lxml import etree

from pipeline.errors import brief
from pipeline.limits import Limits
from pipeline.machine.files import UnreadableError

NAMESPACE = "http://www.w3.org/2000/svg"
XHTML = "http://www.w3.org/1999/xhtml"
XML_BASE = "{http://www.w3.org/XML/1998/namespace}base"
FORBIDDEN = frozenset(
    ("script", "foreignObject", "handler", "iframe", "object", "embed", "audio", "video")
)
"""Elements that act, or hold something other than a drawing."""
ANIMATIONS = frozenset(("set", "animate", "animateMotion", "animateTransform", "animateColor"))
LENGTH = re.compile(r"\s*(\d+(?:\.\d+)?)\s*(?:px)?\s*")
USUAL_SIZE = (300, 150)
"""CSS 2.2, section 10.3.2: the size in px of what has none of its own."""
LARGEST = 100_000
"""The longest side of a drawing, in its own units; the largest paper is a tenth of that in px."""
FARTHEST = 10_000_000
"""How far from its origin the box of a drawing may lie."""
NESTED = 3
"""How many drawings may be inside each other."""
DATA_URL = re.compile(
    r"data:(?P<type>[\w.+/-]*)(?P<parameters>(?:;[^,;]*)*),(?P<data>.*)", re.DOTALL | re.IGNORECASE
)
RASTER = re.compile(r"image/(png|jpe?g|gif|webp)", re.IGNORECASE)
LOADING = frozenset(("url", "src", "image", "image-set", "-webkit-image-set", "cross-fade"))
"""CSS functions whose strings are addresses."""
PLAIN_DRAWING = "export it as a plain drawing, with its pictures embedded"
EXPORT_AGAIN = "export it again from your drawing program"
LOADS = re.compile(r"url|src|image|cross-fade|import|\\", re.IGNORECASE)
"""What stands in every style that loads something."""
PUBLIC = re.compile(r'<!DOCTYPE\s+svg\s+PUBLIC\s+"-//W3C//DTD SVG [^"]*"\s+"[^"]*"\s*>')
"""The declaration that most drawing programs write, which says nothing more."""

Raster = Callable[[bytes, str, Limits], None]
"""Looks at a raster picture: its bytes, what messages call it, the limits."""


def is_drawing(content: bytes) -> bool:
    """Whether a file is SVG, as its beginning has it."""
    begin = content[:4096].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    return begin.startswith(b"<") and (b"<svg" in begin or b":svg" in begin)


def inspect(
    content: bytes, subject: str, limits: Limits, raster: Raster, nested: int = 0
) -> tuple[int, int]:
    """The width and height of a drawing, in px.

    ``subject`` is what messages call it; ``raster`` looks at pictures inside it. Raises
    :class:`~pipeline.machine.files.UnreadableError` for one that acts, loads something, or is beyond a limit.
    """
    return _Drawing(subject, limits, raster, nested).inspect(content)


def plain(content: bytes) -> bytes:
    """A drawing as books hold it: as it is, or, where it declares entities, defaults or an encoding of its own,
    which not everybody reads alike, written out in UTF-8 without them."""
    tree = parsed(content)
    info = tree.docinfo
    if (info.encoding or "UTF-8").upper() in ("UTF-8", "ASCII", "US-ASCII") and (
        not info.doctype or PUBLIC.search(content[:4096].decode("utf-8", "replace"))
    ):
        return content
    return etree.tostring(tree.getroot(), encoding="UTF-8", xml_declaration=True)


def sized(content: bytes, width: int, height: int) -> bytes:
    """A drawing whose root says how large it is, for the layout engine, which stops at one that does not."""
    tree = parsed(content)
    root = tree.getroot()
    if all(LENGTH.fullmatch(root.get(key, "")) for key in ("width", "height")):
        return content
    if not root.get("viewBox"):
        return content
    root.set("width", str(width))
    root.set("height", str(height))
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True)


def parsed(content: bytes) -> Any:
    """The tree of a drawing. Raises what lxml raises where it is not well-formed."""
    # Entities of the file itself are written out, within the bounds that the parser sets; others are not read.
    parser = etree.XMLParser(
        resolve_entities="internal",  # type: ignore[arg-type]
        no_network=True,
        load_dtd=False,
    )
    return etree.ElementTree(etree.fromstring(content, parser))


class _Drawing:
    """One drawing, looked at."""

    def __init__(self, subject: str, limits: Limits, raster: Raster, nested: int) -> None:
        self.subject = subject
        self.limits = limits
        self.raster = raster
        self.nested = nested

    def inspect(self, content: bytes) -> tuple[int, int]:
        # Before there is a tree, which takes far more room than its file.
        if content.count(b"<") > 3 * self.limits.drawing_elements:
            raise self._exceeded("drawing_elements", None)
        try:
            tree = parsed(content)
        except (etree.XMLSyntaxError, ValueError, LookupError) as error:
            said = str(getattr(error, "msg", "") or error)
            raise self._refused(f"is not well-formed SVG: {said}", EXPORT_AGAIN) from error
        root = tree.getroot()
        self._root(root)
        elements = self._elements(root)
        for element in elements:
            self._element(element)
        self._expansion(root, elements)
        return self._size(root)

    # --- what it may not hold -----------------------------------------------------------------

    def _root(self, root: Any) -> None:
        name = etree.QName(root)
        if name.localname != "svg":
            raise self._refused(
                "is no drawing but a document with one in it", "save the drawing alone, as SVG"
            )
        if name.namespace != NAMESPACE:
            raise self._refused(
                "does not say that it is SVG, and browsers show nothing of it",
                f'write <svg xmlns="{NAMESPACE}" …>',
            )
        for before in root.itersiblings(preceding=True):
            if isinstance(before, etree._ProcessingInstruction) and before.target != "xpacket":  # noqa: SLF001
                raise self._refused("names a style sheet", PLAIN_DRAWING)

    def _elements(self, root: Any) -> list[Any]:
        """All elements, and whether they are not too many, nor too deep."""
        out = []
        level = 0
        for event, node in etree.iterwalk(root, events=("start", "end", "pi", "comment")):
            if event == "end":
                level -= 1
            elif event == "pi" and str(node.target).lower() == "xml-stylesheet":
                raise self._refused("names a style sheet", PLAIN_DRAWING)
            elif event == "start":
                level += 1
                out.append(node)
                if level > self.limits.drawing_levels:
                    raise self._exceeded("drawing_levels", None)
                if len(out) > self.limits.drawing_elements:
                    raise self._exceeded("drawing_elements", None)
        return out

    def _element(self, element: Any) -> None:
        name = etree.QName(element)
        if name.localname in FORBIDDEN or name.namespace == XHTML:
            raise self._refused(
                f"holds a <{name.localname}>, which books do not run",
                "export it as a plain drawing",
            )
        for child in element:
            if isinstance(child, etree._Entity):  # noqa: SLF001 - it has no other name
                raise self._refused(
                    f"refers to something outside itself ({child.text})", PLAIN_DRAWING
                )
        if name.localname in ANIMATIONS and _animates_reference(element):
            raise self._refused("changes what it refers to while it is shown", PLAIN_DRAWING)
        for key, raw in element.attrib.items():
            own, value = etree.QName(str(key)), str(raw)
            if own.namespace is None and own.localname.lower().startswith("on"):
                raise self._refused(f"runs a script ({own.localname})", PLAIN_DRAWING)
            if own.localname in ("href", "src") or key == XML_BASE:
                self._address(value)
            elif LOADS.search(value):
                self._style(tinycss2.parse_component_value_list(value), value)
        if name.localname == "style":
            text = "".join(element.itertext())
            self._style(tinycss2.parse_component_value_list(text), text)

    def _style(self, tokens: list[Any], text: str) -> None:
        """Whether a style refers to nothing outside; walked without recursion, as it may be nested deeply."""
        waiting: list[tuple[Any, bool]] = [(token, False) for token in reversed(tokens)]
        while waiting:
            token, loads = waiting.pop()
            if token.type == "at-keyword" and token.lower_value == "import":
                raise self._refused("imports a style sheet", PLAIN_DRAWING)
            if token.type == "url" or (token.type == "string" and loads):
                self._address(token.value)
            elif token.type == "function":
                inner = loads or token.lower_name in LOADING
                waiting.extend((each, inner) for each in reversed(token.arguments))
            elif hasattr(token, "content"):
                waiting.extend((each, loads) for each in reversed(token.content))
            elif token.type == "error" and "url" in text.lower():
                raise self._refused("has a style that cannot be read", EXPORT_AGAIN)

    def _address(self, value: str) -> None:
        """Whether an address is one inside the drawing, or a picture that is sound itself."""
        value = value.strip()
        if value.startswith("#") or not value:
            return
        found = DATA_URL.fullmatch(value)
        if found is None:
            raise self._refused(f"loads “{brief(value)}” from elsewhere", PLAIN_DRAWING)
        media_type = found["type"].lower()
        if media_type.startswith(("font/", "application/font", "application/x-font")):
            return
        content = self._content(found)
        inside = f"a picture inside {self.subject}"
        if is_drawing(content):
            if self.nested >= NESTED:
                raise self._refused("has drawings inside drawings", PLAIN_DRAWING)
            inspect(content, inside, self.limits, self.raster, self.nested + 1)
        elif RASTER.fullmatch(media_type):
            self.raster(content, inside, self.limits)
        else:
            raise self._refused(
                f"holds something of the kind {media_type or 'text'}", PLAIN_DRAWING
            )

    def _content(self, found: re.Match[str]) -> bytes:
        raw = unquote_to_bytes(found["data"])
        if not found["parameters"].lower().replace(" ", "").endswith(";base64"):
            return raw
        try:
            return b64decode(re.sub(rb"\s", b"", raw) + b"==", validate=False)
        except binascii.Error as error:
            raise self._refused("holds a picture that is damaged", EXPORT_AGAIN) from error

    # --- how much it draws --------------------------------------------------------------------

    def _expansion(self, root: Any, elements: list[Any]) -> None:
        """How many elements are drawn, each repetition counted, and how deep they lie in each other."""
        by_id: dict[str, Any] = {}
        for element in elements:
            by_id.setdefault(element.get("id", ""), element)
        done: dict[Any, tuple[int, int]] = {}
        begun: set[Any] = set()
        waiting = [root]
        while waiting:
            element = waiting[-1]
            if element in done:
                waiting.pop()
                continue
            parts = [*((each, 1) for each in element.iterchildren("*")), *_repeats(element, by_id)]
            if element not in begun:
                begun.add(element)
                for part, _ in parts:
                    if part in begun and part not in done:
                        raise self._refused("draws a part of itself inside that part", EXPORT_AGAIN)
                    if part not in done:
                        waiting.append(part)
                continue
            count = 1 + sum(times * done[part][0] for part, times in parts)
            depth = 1 + max((done[part][1] for part, _ in parts), default=0)
            if count > self.limits.drawing_elements:
                raise self._exceeded("drawing_elements", count)
            if depth > self.limits.drawing_levels:
                raise self._exceeded("drawing_levels", depth)
            done[element] = count, depth
            waiting.pop()

    # --- how large it is ----------------------------------------------------------------------

    def _size(self, root: Any) -> tuple[int, int]:
        box = root.get("viewBox")
        numbers: list[float] = []
        if box is not None:
            try:
                numbers = [float(each) for each in box.replace(",", " ").split()]
            except ValueError:
                numbers = []
            if not _is_box(numbers):
                raise self._refused(
                    f"has a viewBox in which nothing can be drawn: “{box[:60]}”",
                    'write four numbers, the last two above 0, such as viewBox="0 0 300 200"',
                )
        sizes = [LENGTH.fullmatch(root.get(key, "")) for key in ("width", "height")]
        if all(sizes):
            width, height = (float(size[1]) for size in sizes if size)
        elif numbers:
            width, height = numbers[2:]
        else:
            width, height = USUAL_SIZE
        if not (0 < width <= LARGEST and 0 < height <= LARGEST):
            raise self._refused(
                f"is {width:g} wide and {height:g} high, which no page can show",
                f"write a width and a height between 0 and {LARGEST}",
            )
        return max(1, round(width)), max(1, round(height))

    # --- what is said -------------------------------------------------------------------------

    def _refused(self, what: str, cure: str) -> UnreadableError:
        return UnreadableError(f"{self.subject} {what}", cure)

    def _exceeded(self, key: str, measured: int | None) -> UnreadableError:
        found = self.limits.exceeded(key, self.subject, measured)
        return UnreadableError(found.what, found.cure, large=True)


def _is_box(numbers: list[float]) -> bool:
    """Whether four numbers are a box in which something can be drawn."""
    return (
        len(numbers) == 4
        and all(map(math.isfinite, numbers))
        and all(abs(each) <= FARTHEST for each in numbers[:2])
        and all(0 < each <= LARGEST for each in numbers[2:])
    )


def _animates_reference(element: Any) -> bool:
    name = str(element.get("attributeName", "")).rpartition(":")[2].lower()
    return name in ("href", "src", "style") or name.startswith("on")


REFERENCE = re.compile(r"url\(\s*['\"]?#([^'\")\s]+)['\"]?\s*\)", re.IGNORECASE)
DRAWN_BY_REFERENCE = frozenset(
    ("use", "pattern", "linearGradient", "radialGradient", "filter", "feImage", "textPath", "tref")
)
MARKERS = ("marker", "marker-start", "marker-mid", "marker-end")
NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)")


def _repeats(element: Any, by_id: dict[str, Any]) -> Iterator[tuple[Any, int]]:
    """The elements that one draws beside its children, each with how often: by <use>, as a pattern, a mask, a
    marker at every corner, or an heir of a gradient."""
    for key, raw in element.attrib.items():
        name, value = etree.QName(str(key)).localname, str(raw)
        if name == "href" and value.strip().startswith("#"):
            drawn = etree.QName(element).localname in DRAWN_BY_REFERENCE
            if drawn and (target := by_id.get(value.strip()[1:])) is not None:
                yield target, 1
        elif "(" in value:
            marked = name in MARKERS or (name == "style" and "marker" in value)
            corners = _corners(element) if marked else 1
            for found in REFERENCE.findall(value):
                if (target := by_id.get(found)) is not None:
                    yield target, corners


def _corners(element: Any) -> int:
    """At most so many corners a path has."""
    path = f"{element.get('d', '')} {element.get('points', '')}"
    return max(1, len(NUMBER.findall(path)))
