"""A drawing with its text as outlines, and the words of a drawing."""

import copy
import math
import re
from base64 import b64decode, b64encode
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote_to_bytes

from lxml import etree

from pipeline import drawings
from pipeline.fonts.pens import Pen, Point
from pipeline.lettering.cascade import LAYOUT, PAINT, Cascade, attribute, local
from pipeline.lettering.curves import curve_of
from pipeline.lettering.faces import Faces
from pipeline.lettering.layout import laid_out
from pipeline.lettering.letters import LISTS, Lettered, lettered, texts
from pipeline.lettering.shaping import Cluster
from pipeline.limits import Limits
from pipeline.machine.files import UnreadableError

GROUP, PATH = f"{{{drawings.NAMESPACE}}}g", f"{{{drawings.NAMESPACE}}}path"
NO_LONGER = frozenset(
    (*LISTS, "textLength", "lengthAdjust", "startOffset", "method", "spacing", "side")
)
"""Attributes that only text has."""
LYING = frozenset(("", "horizontal-tb", "lr", "lr-tb", "rl", "rl-tb"))
"""Writing modes (CSS Writing Modes 4, section 3.2; SVG 1.1) whose lines are horizontal."""
AS_OUTLINES = "turn its text into outlines (paths) in your drawing program"
THICK = 0.06
"""How thick the lines along text are, in em."""
LINES_AT = {"underline": -0.12, "overline": 0.78, "line-through": 0.26}
"""How high above its baseline, in em."""
SPACES = re.compile(r"\s+")


def words(content: bytes, subject: str, limits: Limits) -> str:
    """What the texts of a drawing say, a line each.

    ``subject`` is what messages call the drawing, which was inspected before
    (:func:`pipeline.drawings.inspect`). Raises :class:`~pipeline.machine.files.UnreadableError` for
    text that cannot be drawn as it is meant.
    """
    if not _may_say(content):
        return ""
    root = drawings.parsed(content).getroot()
    said = list(_words(root, subject))
    number = sum(map(len, said))
    if number > limits.paragraph_characters:
        found = limits.exceeded("paragraph_characters", f"the text of {subject}", number)
        raise UnreadableError(found.what, found.cure, large=True)
    return "\n".join(said)


def _may_say(content: bytes) -> bool:
    # In any encoding that writes letters of ASCII as such, with zeros between them or not.
    return b"text" in content.replace(b"\0", b"") or b"data:image/svg" in content


def _words(root: Any, subject: str) -> Iterator[str]:
    cascade = Cascade(root)
    for element in texts(root):
        found = lettered(element, cascade)
        if not found.letters:
            continue
        said = _said(found)
        _demand_known(found, root, subject, said)
        if said:
            yield said
    for _, _, inner in _inside(root):
        yield from _words(drawings.parsed(inner).getroot(), subject)


def _said(found: Lettered) -> str:
    """The words of a text. Between two pieces that are told to stand apart there is a space."""
    out = []
    for index, letter in enumerate(found.letters):
        apart = {"x", "y"} & letter.place.keys() and index
        out.append(" " if apart and letter.slot != found.letters[index - 1].slot else "")
        out.append(letter.char)
    return SPACES.sub(" ", "".join(out)).strip()


def _demand_known(found: Lettered, root: Any, subject: str, said: str) -> None:
    modes = {letter.style["writing-mode"] for letter in found.letters}
    if modes - LYING:
        raise UnreadableError(f"{subject} has text in vertical lines (“{said[:40]}”)", AS_OUTLINES)
    roads = {letter.path for letter in found.letters if letter.path is not None}
    if any(curve_of(road, root) is None for road in roads):
        raise UnreadableError(
            f"{subject} has text along a path that is not in it (“{said[:40]}”)", AS_OUTLINES
        )


def outlined(content: bytes, faces: Faces) -> bytes:
    """A drawing whose text is outlines in the faces of a book; as it is where it has no text."""
    if not _may_say(content):
        return content
    root = drawings.parsed(content).getroot()
    if not _outline(root, faces):
        return content
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True)


def _outline(root: Any, faces: Faces) -> bool:
    """Turn all text below a root into outlines; whether there was any."""
    cascade = Cascade(root)
    found = [lettered(element, cascade) for element in texts(root)]
    placed = [laid_out(each, root, faces) if each.letters else [] for each in found]
    # All of it is laid out before any of it is gone: one text may run along a path inside another's group.
    for each, clusters in zip(found, placed, strict=True):
        _replace(each, clusters, cascade)
    changed = bool(found)
    for element, key, inner in list(_inside(root)):
        held = drawings.parsed(inner).getroot()
        if _outline(held, faces):
            made = b64encode(etree.tostring(held, encoding="UTF-8", xml_declaration=True))
            element.set(key, f"data:image/svg+xml;base64,{made.decode('ascii')}")
            changed = True
    return changed


def _inside(root: Any) -> Iterator[tuple[Any, str, bytes]]:
    """The drawings that a drawing holds as pictures, with the attributes that they stand in."""
    for element in root.iter("{*}image", "{*}feImage"):
        for key, value in element.attrib.items():
            if etree.QName(str(key)).localname != "href":
                continue
            match = drawings.DATA_URL.fullmatch(str(value).strip())
            if match is None:
                continue
            content = unquote_to_bytes(match["data"])
            if match["parameters"].lower().replace(" ", "").endswith(";base64"):
                content = b64decode(re.sub(rb"\s", b"", content) + b"==", validate=False)
            if drawings.is_drawing(content):
                yield element, str(key), content


# --- into the tree ----------------------------------------------------------------------------------


def _replace(text: Lettered, clusters: list[Cluster], cascade: Cascade) -> None:
    """Put paths in the places of a text's pieces, and groups in those of its elements."""
    element = text.element
    by_slot: dict[int, list[Cluster]] = {}
    for cluster in clusters:
        by_slot.setdefault(text.letters[cluster.begin].slot, []).append(cluster)
    paths = {
        (slot.owner, slot.after): _path(by_slot[number], cascade, slot.owner)
        for number, slot in enumerate(text.slots)
        if number in by_slot
    }
    group = _group(element, paths, cascade)
    said = _said(text)
    if said and group.get("aria-label") is None and group.get("aria-hidden") is None:
        group.set("role", "img")
        group.set("aria-label", said)
    group.tail = element.tail
    parent = element.getparent()
    if local(parent) == "clipPath":
        _clip(parent, element, group)
    else:
        parent.replace(element, group)


def _group(element: Any, paths: dict[tuple[Any, Any], Any], cascade: Cascade) -> Any:
    is_link, is_along = local(element) == "a", local(element) == "textPath"
    group = etree.Element(element.tag if is_link else GROUP, nsmap=element.nsmap)
    for key, value in element.attrib.items():
        if not _is_only_of_text(str(key)) and not (is_along and _leads(str(key))):
            group.set(key, value)
    style = attribute(cascade.declared(element))
    if style:
        group.set("style", style)
    if (element, None) in paths:
        group.append(paths[element, None])
    for child in element:
        if local(child) in ("title", "desc"):
            group.append(copy.deepcopy(child))
            group[-1].tail = None
        elif local(child) in ("tspan", "textPath", "a"):
            group.append(_group(child, paths, cascade))
        if (element, child) in paths:
            group.append(paths[element, child])
    return group


def _is_only_of_text(name: str) -> bool:
    return name == "style" or name in NO_LONGER or name in LAYOUT


def _leads(name: str) -> bool:
    """Whether an attribute says which path a text runs along."""
    return etree.QName(name).localname in ("href", "path")


def _clip(parent: Any, element: Any, group: Any) -> None:
    """What a <clipPath> may hold are shapes, and no groups (CSS Masking 1, section 5.1)."""
    at = parent.index(element)
    parent.remove(element)
    for path in reversed(list(group.iter(PATH))):
        if group.get("transform"):
            path.set("transform", group.get("transform"))
        parent.insert(at, path)


def _path(clusters: list[Cluster], cascade: Cascade, owner: Any) -> Any:
    size = max(cluster.scale * cluster.font.face.upem for cluster in clusters)
    pen = _PathData(max(0, min(8, math.ceil(3 - math.log10(size or 1.0)))))
    for cluster in clusters:
        for glyph, x, y in cluster.glyphs:
            pen.place(cluster, x, y)
            cluster.font.draw_glyph_with_pen(glyph, pen)
    style = cascade.style(owner)
    for line in dict.fromkeys(style.lines):
        for cluster in clusters:
            pen.rule(cluster, LINES_AT[line] * style.size, THICK * style.size)
    path = etree.Element(PATH)
    path.set("d", "".join(pen.parts))
    if cascade.has_sheets:
        # Rules for paths mean those that the drawing had before.
        path.set("style", ";".join(f"{name}:{style[name]}" for name in PAINT if style[name]))
    return path


class _PathData(Pen):
    """Writes glyphs as path data, each in its place."""

    def __init__(self, digits: int) -> None:
        self.digits = digits
        self.parts: list[str] = []
        self.matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)

    def place(self, cluster: Cluster, x: float, y: float) -> None:
        """Where the next glyph stands: ``x`` and ``y`` in units of its font, from the place of its cluster."""
        scale, wide = cluster.scale, cluster.scale * cluster.stretch
        cos, sin = math.cos(cluster.turn), math.sin(cluster.turn)
        self.matrix = (
            wide * cos, wide * sin, scale * sin, -scale * cos,
            cluster.x + x * wide * cos + y * scale * sin,
            cluster.y + x * wide * sin - y * scale * cos,
        )  # fmt: skip

    def rule(self, cluster: Cluster, above: float, thick: float) -> None:
        """A line along a cluster, ``above`` its baseline, in px."""
        scale = cluster.scale
        self.place(cluster, 0, 0)
        wide, low, high = cluster.advance / scale, above / scale, (above + thick) / scale
        self.add("M", ((0.0, low),))
        for point in ((wide, low), (wide, high), (0.0, high)):
            self.add("L", (point,))
        self.closePath()

    def _number(self, value: float) -> str:
        written = f"{value:.{self.digits}f}"
        written = written.rstrip("0").rstrip(".") if "." in written else written
        return "0" if written == "-0" else written

    def add(self, command: str, points: tuple[Point, ...]) -> None:
        a, b, c, d, e, f = self.matrix
        numbers = [
            self._number(value)
            for x, y in points
            for value in (a * x + c * y + e, b * x + d * y + f)
        ]
        self.parts.append(command + " ".join(numbers))
