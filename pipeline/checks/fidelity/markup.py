"""Fidelity of HTML and EPUB: every character of every unit, in its element, its language and direction.

Nor may there be any text that no source has. What a page adds of its own (navigation, labels, links back)
stands in elements that are marked as frame (:data:`~pipeline.rendering.environment.FRAME`) and are not read;
any other text that is found counts as added.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from lxml import etree, html

from pipeline.checks.fidelity.alignment import differences, longest_rise
from pipeline.checks.fidelity.differences import Stream, ink_count, named, told
from pipeline.checks.fidelity.units import Piece, Unit
from pipeline.checks.verdicts import Finding, UnreadableError
from pipeline.epub.package import XML_LANG, PackageError, opened_package, xml
from pipeline.rendering.environment import CONTINUES, FRAME

NO_TEXT = frozenset(("head", "script", "style", "nav"))
"""Elements of HTML that are no part of the text of a page, whatever stands in them."""

BLOCKS = frozenset(
    ("html", "body", "main", "article", "section", "header", "footer", "div", "p", "h1", "h2", "h3",
     "h4", "h5", "h6", "ul", "ol", "li", "dl", "dt", "dd", "table", "thead", "tbody", "tfoot", "tr",
     "th", "td", "caption", "figure", "figcaption", "blockquote", "pre", "hr", "address", "aside",
     "details", "summary", "form", "fieldset")
)  # fmt: skip
"""Elements that begin and end a line."""

SPACE = " \t\r\n\f"
"""White space of HTML: any of it counts as one space. Other spaces are characters."""

ZERO_WIDTH_SPACE = "\u200b"
"""What an e-book may have between words of a script that writes no spaces, by the book's option."""


@dataclass(frozen=True, slots=True)
class Line:
    """Characters that stand on a line of their own. ``owner`` is the ``id`` of the outermost element around
    them that is the anchor of a unit, ``place`` what a person finds them by; ``manners`` holds the language and
    the direction of each character, such as ``de ltr``."""

    owner: str
    place: str
    text: str
    manners: tuple[str, ...]


@dataclass(slots=True)
class Compared:
    """What came of a comparison: by language, how many characters were wanted and how many came back; and the
    findings."""

    wanted: dict[str, int] = field(default_factory=dict)
    recovered: dict[str, int] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)


def web_lines(content: bytes, owners: frozenset[str]) -> list[Line]:
    """The text of a web page, line by line. Raises :class:`UnreadableError`."""
    try:
        # Without an encoding lxml would guess one.
        root = html.fromstring(content, parser=html.HTMLParser(encoding="utf-8", huge_tree=True))
    except (etree.ParserError, etree.XMLSyntaxError) as error:
        raise UnreadableError(str(error)) from error
    return _Walk(owners).lines(root)


def ebook_lines(content: bytes, owners: frozenset[str]) -> list[Line]:
    """The text of an e-book in the order of its spine, line by line. Raises :class:`UnreadableError`."""
    try:
        package = opened_package(content)
        return [
            line
            for name, _ in package.spine()
            for line in _Walk(owners, name).lines(xml(package.files[name]))
        ]
    except (PackageError, KeyError, etree.XMLSyntaxError) as error:
        raise UnreadableError(str(error) or "it is no e-book") from error


@dataclass(slots=True)
class _Walk:
    """Walks through a tree once and gathers its lines."""

    owners: frozenset[str]
    file: str = ""
    out: list[Line] = field(default_factory=list)
    pieces: list[tuple[str, str]] = field(default_factory=list)
    owner: str = ""
    tag: str = ""
    exact: bool = False

    def lines(self, root: etree._Element) -> list[Line]:
        self._element(root, "", "")
        self._end()
        return self.out

    def _element(self, element: etree._Element, tag: str, direction: str) -> None:
        if not isinstance(element.tag, str):
            return  # a comment
        name = etree.QName(element).localname
        if _is_frame(element, name):
            return
        tag = element.get("lang") or tag
        if (as_xml := element.get(XML_LANG)) is not None and as_xml != tag:
            tag = f"{tag or 'no language'} ({as_xml} as XML)"
        direction = element.get("dir") or direction
        lang_dir = f"{tag} {direction}"
        if name == "sup" and "note-mark" in _classes(element):
            self.pieces.append((f"[{''.join(map(str, element.itertext())).strip()}]", lang_dir))
            return
        if name in BLOCKS:
            self._end()
        outer, exact = self.owner, self.exact
        own = element.get("id") or element.get(CONTINUES) or ""
        if not outer and own in self.owners:
            self.owner = own
        self.exact = exact or name == "pre"
        self.tag = name if name in BLOCKS else self.tag
        self._inside(element, name, tag, direction)
        if name in BLOCKS:
            self._end()
        self.owner, self.exact = outer, exact

    def _inside(self, element: etree._Element, name: str, tag: str, direction: str) -> None:
        lang_dir = f"{tag} {direction}"
        if name == "br":
            self.pieces.append(("\n", lang_dir))
        elif name == "img":
            self.pieces.append((element.get("alt") or "", lang_dir))
        self.pieces.append((element.text or "", lang_dir))
        for child in element:
            self._element(child, tag, direction)
            self.pieces.append((child.tail or "", lang_dir))

    def _end(self) -> None:
        text, manners = settled(self.pieces, exact=self.exact)
        self.pieces = []
        if text:
            place = f"<{self.tag}>" if not self.owner else f"#{self.owner}"
            self.out.append(Line(self.owner, f"{self.file}{place}", text, manners))


def _is_frame(element: etree._Element, name: str) -> bool:
    """Whether an element is no text of the book: by what HTML says of it, or by its mark."""
    return name in NO_TEXT or element.get(FRAME) is not None


def _classes(element: etree._Element) -> list[str]:
    return (element.get("class") or "").split()


def settled(
    pieces: Iterable[tuple[str, str]], *, exact: bool = False
) -> tuple[str, tuple[str, ...]]:
    """Pieces of text, each with its language and direction, as one line, with the language and direction of
    each character. White space becomes one space, unless it is ``exact`` (in code); there is none at the end,
    and none but in code at the beginning."""
    chars: list[str] = []
    manners: list[str] = []
    for text, lang_dir in pieces:
        for char in text:
            if char == ZERO_WIDTH_SPACE:
                continue
            if char in SPACE and not exact:
                if not chars or chars[-1] == " ":
                    continue
                char = " "  # noqa: PLW2901
            chars.append(char)
            manners.append(lang_dir)
    while chars and chars[-1] in SPACE:
        chars.pop()
        manners.pop()
    return "".join(chars), tuple(manners)


# --- comparing --------------------------------------------------------------------------------------


def compare(
    lines: Sequence[Line], translations: dict[str, list[Unit]], *, rows: bool = False
) -> Compared:
    """Compare the lines of a file with the units that it must hold, by language in its order; ``rows`` says
    that it holds what all languages say of a segment before what they say of the next."""
    out = Compared()
    said: dict[str, list[Line]] = {}
    for line in lines:
        said.setdefault(line.owner, []).append(line)
    wanted: dict[str, list[Unit]] = {}
    for tag, units in translations.items():
        out.wanted[tag] = out.recovered[tag] = 0
        for unit in units:
            wanted.setdefault(unit.anchor, []).append(unit)
    for anchor, units in wanted.items():
        _compare(units, said.get(anchor, []), out)
    for line in said.get("", []) if "" not in wanted else ():
        out.findings.append(
            Finding(f"added {named(line.text)}, which no text has", None, line.place)
        )
    order = sorted(wanted, key=lambda name: wanted[name][0].segment) if rows else wanted
    _compare_order(said, {name: at for at, name in enumerate(order)}, wanted, out)
    return out


def _compare(units: Sequence[Unit], lines: Sequence[Line], out: Compared) -> None:
    """Compare the units of one element with the lines in it. Language and direction are compared where the
    characters are the same."""
    settled_units = [settled(_manners(unit.pieces), exact=unit.kind == "code") for unit in units]
    kept = [at for at, (text, _) in enumerate(settled_units) if text]
    if not kept:
        return
    texts = [settled_units[at][0] for at in kept]
    stream = Stream([units[at] for at in kept], [f"{text}\n" for text in texts[:-1]] + [texts[-1]])
    tag = units[0].pieces[0].lang_dir.tag
    ink = ink_count(stream.text)
    found = "\n".join(line.text for line in lines)
    place = lines[0].place if lines else ""
    gaps = differences(stream.text, found)
    lost = sum(ink_count(stream.text[gap.start : gap.end]) for gap in gaps)
    out.wanted[tag] = out.wanted.get(tag, 0) + ink
    out.recovered[tag] = out.recovered.get(tag, 0) + ink - lost
    for gap in gaps:
        at = min(gap.start, len(stream.text) - 1)
        out.findings.append(Finding(told(gap, stream.text, found), stream.origin(at), place))
    if gaps:
        return
    expected = [manners for _, manners in settled_units]
    for unit, line, right in zip((units[at] for at in kept), lines,
                                 (expected[at] for at in kept), strict=True):  # fmt: skip
        _compare_manners(unit, line, right, out)


def _compare_manners(unit: Unit, line: Line, right: tuple[str, ...], out: Compared) -> None:
    if line.manners == right:
        return
    for at, (want, got) in enumerate(zip(right, line.manners, strict=True)):
        if want != got and not line.text[at].isspace():
            end = next(
                (n for n in range(at, len(right)) if (right[n], line.manners[n]) != (want, got)),
                len(right),
            )
            what = f"{named(line.text[at:end])} is marked as {got or 'nothing'} and is {want}"
            out.findings.append(Finding(what, unit.origin, line.place))
            return


def _compare_order(
    said: Mapping[str, Sequence[Line]],
    places: dict[str, int],
    wanted: dict[str, list[Unit]],
    out: Compared,
) -> None:
    """Find elements that stand in another order than their units. The order of the text runs through all
    documents of an e-book; the notes stand at the end of each document and are in order there."""
    files: dict[str, list[str]] = {}
    text: list[str] = []
    for name in (each for each in said if each in places and each):
        files.setdefault(said[name][0].place.partition("#")[0], []).append(name)
        if not wanted[name][0].note:
            text.append(name)
    astray: dict[str, None] = {}
    for names in (text, *files.values()):
        in_order = set(longest_rise([places[name] for name in names]))
        astray |= dict.fromkeys(name for at, name in enumerate(names) if at not in in_order)
    for name in astray:
        unit = wanted[name][0]
        what = f"{named(unit.text)} stands at another place than in the text"
        out.findings.append(Finding(what, unit.origin, f"#{name}"))


def _manners(pieces: Iterable[Piece]) -> Iterator[tuple[str, str]]:
    for piece in pieces:
        yield piece.text, str(piece.lang_dir)
