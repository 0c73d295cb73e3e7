"""The style of a drawing's elements: presentation attributes, style sheets and ``style``, in the order in which
they go over each other (CSS Cascading 4, section 6; SVG 2, section 6.6)."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import cssselect2
import tinycss2  # type: ignore[import-untyped]
from lxml import etree

from pipeline.drawings import NAMESPACE

INHERITED = {
    "font-family": "", "font-weight": "400", "font-style": "normal", "text-anchor": "start",
    "direction": "ltr", "writing-mode": "horizontal-tb", "dominant-baseline": "auto", "white-space": "",
    "text-transform": "none", "text-orientation": "mixed",
}  # fmt: skip
"""What text inherits, and where nobody says otherwise. Sizes and spaces are lengths: see :class:`Style`."""
PAINT = {
    "fill": "black", "fill-opacity": "1", "fill-rule": "nonzero", "stroke": "none", "stroke-width": "1",
    "stroke-opacity": "1", "stroke-linecap": "butt", "stroke-linejoin": "miter", "stroke-miterlimit": "4",
    "stroke-dasharray": "none", "stroke-dashoffset": "0", "visibility": "visible",
}  # fmt: skip
"""How shapes are painted, inherited likewise."""
OWN = ("baseline-shift", "alignment-baseline", "text-decoration", "text-decoration-line", "display")
"""What is not inherited."""
SPACINGS = ("letter-spacing", "word-spacing")
LAYOUT = frozenset(
    ("font", "font-family", "font-style", "font-weight", "font-stretch", "font-variant", "font-kerning",
     "font-feature-settings", "font-variation-settings", "font-size-adjust", "text-anchor", "direction",
     "unicode-bidi", "writing-mode", "glyph-orientation-vertical", "text-orientation", "dominant-baseline",
     "alignment-baseline", "baseline-shift", "letter-spacing", "word-spacing", "white-space", "line-height",
     "text-decoration", "text-decoration-line", "text-transform", "text-align", "inline-size",
     "shape-inside", "text-indent", "word-wrap", "text-rendering")
)  # fmt: skip
"""What means nothing any more where text is outlines. The size stays: lengths in em go by it."""

PX = {
    "": 1.0,
    "px": 1.0,
    "pt": 96 / 72,
    "pc": 16.0,
    "in": 96.0,
    "cm": 96 / 2.54,
    "mm": 96 / 25.4,
    "q": 96 / 101.6,
}
NUMBER = re.compile(
    r"\s*([-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?)\s*(px|pt|pc|in|cm|mm|q|em|rem|ex|ch|%|)\s*",
    re.IGNORECASE,
)
NAMED_SIZES = {
    "xx-small": 9.6, "x-small": 12.0, "small": 14.2, "medium": 16.0, "large": 19.2, "x-large": 24.0,
    "xx-large": 32.0,
}  # fmt: skip
"""CSS Fonts 4, section 2.5: in px."""
SHORTHAND = re.compile(
    r"(?P<before>.*?)\s*(?P<size>(?:\d*\.)?\d+(?:px|pt|pc|in|cm|mm|q|em|rem|ex|%)|(?:xx?-)?(?:small|large)|medium)"
    r"(?:\s*/\s*\S+)?\s+(?P<family>.+)",
    re.IGNORECASE | re.DOTALL,
)
MEDIA = frozenset(("", "all", "screen", "print"))
SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def length(value: str | None, size: float, whole: float) -> float | None:
    """A length in px; ``size`` is that of the type, ``whole`` what percentages are of. None where it is no
    length."""
    found = NUMBER.fullmatch(value or "")
    if found is None:
        return None
    number, unit = float(found[1]), found[2].lower()
    if unit == "%":
        return number * whole / 100
    if unit in ("em", "ex", "ch"):
        return number * size * (1.0 if unit == "em" else 0.5)
    return number * (16.0 if unit == "rem" else PX[unit])


@dataclass(frozen=True, slots=True)
class Style:
    """What holds for an element: ``values`` of properties, the size of its type and its spaces in px."""

    values: Mapping[str, str]
    size: float = 16.0
    letter_spacing: float = 0.0
    word_spacing: float = 0.0
    preserves: bool = False
    """Whether its spaces are kept as they are written."""
    lines: tuple[str, ...] = ()
    """The lines along its text: of its own, and of those that it stands in."""

    def __getitem__(self, name: str) -> str:
        return self.values.get(name, "")

    @property
    def bold(self) -> bool:
        """Whether the text is bold: ``bold``, ``bolder``, or a weight of 600 and more."""
        weight = self["font-weight"]
        return weight in ("bold", "bolder") or (weight.isdecimal() and int(weight) >= 600)

    @property
    def slanted(self) -> bool:
        """Whether the text is italic or oblique."""
        return self["font-style"].startswith(("italic", "oblique"))


@dataclass(frozen=True, slots=True)
class _Declaration:
    name: str
    value: str
    important: bool


class Cascade:
    """The styles of all elements of a drawing."""

    def __init__(self, root: Any) -> None:
        self._matcher = cssselect2.Matcher()
        self.has_sheets = False
        for element in root.iter("{*}style"):
            self._read(tinycss2.parse_stylesheet("".join(element.itertext()), True, True))
        self._wrapped: dict[Any, Any] = {}
        if self.has_sheets:
            tree = cssselect2.ElementWrapper.from_xml_root(root)
            self._wrapped = {each.etree_element: each for each in tree.iter_subtree()}
        self._styles: dict[Any, Style] = {}

    def _read(self, rules: list[Any]) -> None:
        for rule in rules:
            if rule.type == "at-rule" and rule.lower_at_keyword == "media" and rule.content:
                asked = tinycss2.serialize(rule.prelude).lower().split(",")
                if any(each.strip() in MEDIA for each in asked):
                    self._read(tinycss2.parse_rule_list(rule.content, True, True))
            elif rule.type == "qualified-rule":
                try:
                    selectors = cssselect2.compile_selector_list(rule.prelude)
                except cssselect2.SelectorError:
                    continue  # browsers leave such a rule out too
                declarations = tuple(_declarations(rule.content))
                for selector in selectors:
                    self._matcher.add_selector(selector, declarations)
                    self.has_sheets = True

    def declared(self, element: Any) -> Iterator[tuple[str, str]]:
        """The properties that style sheets and ``style`` give to an element, the winning ones last."""
        every: list[_Declaration] = []
        if element in self._wrapped:
            for _, _, pseudo, declarations in sorted(
                self._matcher.match(self._wrapped[element]), key=lambda each: each[:2]
            ):
                every.extend(() if pseudo else declarations)
        every.extend(_declarations(element.get("style", "")))
        for important in (False, True):
            for each in every:
                if each.important is important:
                    yield each.name, each.value

    def style(self, element: Any) -> Style:
        """The style of an element."""
        line = [element]
        while line[-1] not in self._styles and line[-1].getparent() is not None:
            line.append(line[-1].getparent())
        for each in reversed(line):
            if each not in self._styles:
                above = self._styles.get(each.getparent(), Style({**INHERITED, **PAINT}))
                self._styles[each] = self._computed(each, above)
        return self._styles[element]

    def _computed(self, element: Any, above: Style) -> Style:
        given: dict[str, str] = {}
        for key, value in element.attrib.items():
            if not str(key).startswith("{"):
                given[str(key)] = str(value).strip()
        for name, value in self.declared(element):
            given.pop(name, None)
            given[name] = value
        given = dict(_expanded(given))
        values = {key: value for key, value in above.values.items() if key not in OWN}
        for name, value in given.items():
            known = name in INHERITED or name in PAINT or name in OWN
            if known and value not in ("inherit", "unset", ""):
                initial = {**INHERITED, **PAINT}.get(name, "")
                values[name] = initial if value == "initial" else value
        size = _size(given.get("font-size"), above.size)
        letter, word = (
            _spacing(given.get(name), size, before)
            for name, before in zip(
                SPACINGS, (above.letter_spacing, above.word_spacing), strict=True
            )
        )
        preserves = {"preserve": True, "default": False}.get(element.get(SPACE), above.preserves)
        if given.get("white-space"):
            preserves = given["white-space"].startswith(("pre", "break-spaces"))
        drawn = (
            f"{values.pop('text-decoration', '')} {values.pop('text-decoration-line', '')}".split()
        )
        lines = (*above.lines, *(each for each in drawn if each in LINES))
        return Style(values, size, letter, word, preserves, lines)


LINES = frozenset(("underline", "overline", "line-through"))


def _declarations(content: Any) -> Iterator[_Declaration]:
    for each in tinycss2.parse_blocks_contents(content, True, True):
        if each.type == "declaration":
            value = tinycss2.serialize(each.value).strip()
            yield _Declaration(each.lower_name, value, bool(each.important))


def _expanded(given: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """The properties with the shorthand ``font`` taken apart (CSS Fonts 4, section 2.7)."""
    for name, value in given.items():
        found = SHORTHAND.fullmatch(value) if name == "font" else None
        if found is None:
            yield name, value
            continue
        before = found["before"].lower().split()
        weights = [each for each in before if each.isdecimal() or each in ("bold", "bolder")]
        slants = [each for each in before if each in ("italic", "oblique")]
        yield "font-weight", weights[0] if weights else "400"
        yield "font-style", slants[0] if slants else "normal"
        yield "font-size", found["size"]
        yield "font-family", found["family"]


def _size(value: str | None, above: float) -> float:
    if value in ("larger", "smaller"):
        return above * (1.2 if value == "larger" else 1 / 1.2)
    named = NAMED_SIZES.get((value or "").lower())
    found = named if named is not None else length(value, above, above)
    return above if found is None or found < 0 else found


def _spacing(value: str | None, size: float, above: float) -> float:
    if value == "normal":
        return 0.0
    found = length(value, size, size)
    return above if found is None else found


def attribute(pairs: Iterator[tuple[str, str]]) -> str:
    """Properties as a ``style`` attribute, without those that only text has."""
    kept = ((name, value) for name, value in dict(pairs).items() if name not in LAYOUT)
    # What begins with a hyphen is a note of a drawing program to itself.
    return ";".join(f"{name}:{value}" for name, value in kept if not name.startswith("-"))


def local(element: Any) -> str:
    """The name of an element of SVG; nothing for others."""
    if not isinstance(element.tag, str):
        return ""
    name = etree.QName(element)
    return str(name.localname) if name.namespace == NAMESPACE else ""
