"""Physical declarations before logical ones, in the style sheets of e-books.

E-readers with old engines know no logical properties, no fragmentation properties without a prefix and no
custom properties, and leave out what they do not know. What they would leave out gets a declaration before it
that says the same in words that they know; engines that know both take the later one.

Which side a line begins on is known of a document and not of a style sheet, so there is a style sheet for each
direction of text. What runs the other way in a document comes in rules of its own.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from typing import Any, NamedTuple

import tinycss2  # type: ignore[import-untyped]

from pipeline.languages import Direction

AXIS = {"block-start": "top", "block-end": "bottom"}
SIDES = {
    Direction.LTR: {"inline-start": "left", "inline-end": "right"},
    Direction.RTL: {"inline-start": "right", "inline-end": "left"},
}
"""What the edges of a block are in lines from the top to the bottom (CSS Logical Properties 1, section 2)."""

LINES = frozenset(
    ("none", "hidden", "dotted", "dashed", "solid", "double", "groove", "ridge", "inset", "outset")
)
"""The styles of a border (CSS Backgrounds 3, section 3.2)."""

LOGICAL = re.compile(
    r"(?P<family>margin|padding|border|inset)-(?P<axis>block|inline)(-(?P<edge>start|end))?(?P<part>-[a-z]+)?"
)
"""CSS Logical Properties 1, section 4."""

BREAKS: Mapping[str, Sequence[str]] = {
    "break-before": ("page-break-before", "-webkit-column-break-before"),
    "break-after": ("page-break-after", "-webkit-column-break-after"),
    "break-inside": ("page-break-inside", "-webkit-column-break-inside"),
}
"""What fragmentation was called (CSS Fragmentation 3, section 3.4); the values that matter are the same."""

BREAK_VALUES = ("auto", "avoid")

BLOCKS = frozenset(("media", "supports", "container"))
"""The at-rules that hold rules."""

Declarations = list[tuple[str, str]]


class _Setting(NamedTuple):
    """The direction of a text, and the selectors of what texts stand in."""

    direction: Direction
    around: Sequence[str]


def with_fallbacks(css: str, direction: Direction, around: Sequence[str] = (".set",)) -> str:
    """A style sheet for documents whose text runs in ``direction``, with a physical declaration before each
    logical one; ``around`` are the selectors of what texts stand in. Whatever cannot be read as rules with
    declarations stays as it is."""
    rules = tinycss2.parse_stylesheet(css, skip_whitespace=True)
    known = {
        each.name: _text(each.value)
        for rule in rules
        if rule.type == "qualified-rule" and _text(rule.prelude) in ("html", ":root")
        for each in _declarations(rule) or ()
        if each.name.startswith("--")
    }
    return "\n".join(_rules(rules, _Setting(direction, around), known)) + "\n"


def _rules(rules: Sequence[Any], setting: _Setting, known: Mapping[str, str]) -> Iterator[str]:
    for rule in rules:
        if rule.type == "at-rule" and rule.lower_at_keyword in BLOCKS and rule.content is not None:
            inner = tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True)
            inside = "\n".join(_rules(inner, setting, known))
            yield f"@{rule.at_keyword}{tinycss2.serialize(rule.prelude)}{{\n{inside}\n}}"
        elif rule.type == "qualified-rule" and (own := _declarations(rule)) is not None:
            yield from _rule(_text(rule.prelude), own, setting, known)
        else:
            yield rule.serialize()


def _rule(
    selectors: str, own: Sequence[Any], setting: _Setting, known: Mapping[str, str]
) -> Iterator[str]:
    """A rule with what goes before its declarations; and, where it has sides that depend on the direction, the
    rules for what runs the other way, and for what in that runs this way again."""
    direction = setting.direction
    said: list[str] = []
    for each in own:
        important = " !important" if each.important else ""
        value = _text(each.value)
        plain = re.sub(r"var\((--[\w-]+)\)", lambda found: known.get(found[1], found[0]), value)
        for name, text in before(each.name, plain, direction):
            said.append(f"{name}: {text}{important};")
        if plain != value and not is_logical(each.name, value):
            said.append(f"{each.name}: {plain}{important};")
        said.append(f"{each.name}: {value}{important};")
    yield f"{selectors} {{ {' '.join(said)} }}"
    sided = [each for each in own if _is_sided(each.name)]
    if not sided:
        return
    other = Direction.LTR if direction is Direction.RTL else Direction.RTL
    for inner, chain in ((other, (other,)), (direction, (other, direction))):
        turned = " ".join(
            f"{name}: {text}{' !important' if each.important else ''};"
            for each in sided
            for name, text in _both_sides(each.name, _text(each.value), inner)
        )
        if turned and (inside := ", ".join(_inside(selectors, chain, setting.around))):
            yield f"{inside} {{ {turned} }}"


def before(name: str, value: str, direction: Direction) -> Declarations:
    """What says the same as a declaration to an old engine, in text that runs in ``direction``."""
    if name == "text-align" and value in ("start", "end"):
        return [(name, SIDES[direction][f"inline-{value}"])]
    if name in BREAKS:
        return [(old, value) for old in BREAKS[name]] if value in BREAK_VALUES else []
    found = LOGICAL.fullmatch(name)
    if not found:
        return []
    axis, edge, part = found["axis"], found["edge"], found["part"] or ""
    sides = {**AXIS, **SIDES[direction]}
    if edge:
        return [(_physical(found["family"], sides[f"{axis}-{edge}"], part), value)]
    values = _parts(value) if found["family"] != "border" or part else [value]
    if not 1 <= len(values) <= 2:
        return []
    return [
        (_physical(found["family"], sides[f"{axis}-{each}"], part), text)
        for each, text in (("start", values[0]), ("end", values[-1]))
    ]


def is_logical(name: str, value: str) -> bool:
    """Whether a declaration is one that old engines leave out."""
    return bool(LOGICAL.fullmatch(name)) or (name == "text-align" and value in ("start", "end"))


def _is_sided(name: str) -> bool:
    found = LOGICAL.fullmatch(name)
    return bool(found and found["axis"] == "inline" and found["edge"])


def _both_sides(name: str, value: str, direction: Direction) -> Declarations:
    """A side that depends on the direction, and the other one as it is without: there the rule for the
    document has set what is for this one. Colours of borders are left to rules for all sides."""
    found = LOGICAL.fullmatch(name)
    assert found  # noqa: S101 - _is_sided asked
    family, part, edge = found["family"], found["part"] or "", f"inline-{found['edge']}"
    sides = SIDES[direction]
    right = sides[edge]
    wrong = next(side for side in sides.values() if side != right)
    if family != "border":
        nothing = "auto" if family == "inset" else "0"
        return [(_physical(family, wrong, ""), nothing), (_physical(family, right, ""), value)]
    if part:
        return [] if part == "-color" else [(f"border-{right}{part}", value)]
    out = [(f"border-{wrong}-width", "0")]
    for each in _parts(value):
        if each in LINES:
            out.append((f"border-{right}-style", each))
        elif re.match(r"[\d.]|thin$|medium$|thick$", each):
            out.append((f"border-{right}-width", each))
    return out


def _physical(family: str, side: str, part: str) -> str:
    return side if family == "inset" else f"{family}-{side}{part}"


def _inside(selectors: str, chain: Sequence[Direction], around: Sequence[str]) -> Iterator[str]:
    """Some selectors for what stands in elements of some directions, one in the other, inside a text; or has
    the last of these directions itself. Selectors that begin outside of a text have none."""
    *outer, last = (f"[dir={each}]" for each in chain)
    for each, text in product(_listed(selectors), around):
        if re.match(r"\.set\b|html\b|body\b|:root\b", each):
            continue
        inside = " ".join((text, *outer))
        yield f"{inside} {last} {each}"
        stem = re.fullmatch(r"(.*?)((?:::?[\w-]+(?:\([^()]*\))?)*)", each, re.DOTALL)
        assert stem  # noqa: S101 - both parts may be empty
        yield f"{inside} {stem[1]}{last}{stem[2]}"


def _listed(selectors: str) -> list[str]:
    """The members of a list of selectors."""
    groups: list[list[Any]] = [[]]
    for token in tinycss2.parse_component_value_list(selectors):
        if token.type == "literal" and token.value == ",":
            groups.append([])
        else:
            groups[-1].append(token)
    return [_text(each) for each in groups]


def _parts(value: str) -> list[str]:
    return [
        token.serialize()
        for token in tinycss2.parse_component_value_list(value)
        if token.type not in ("whitespace", "comment")
    ]


def _declarations(rule: Any) -> list[Any] | None:
    """The declarations of a rule; None where there is anything else in it."""
    found = tinycss2.parse_blocks_contents(rule.content, skip_comments=True, skip_whitespace=True)
    return found if all(each.type == "declaration" for each in found) else None


def _text(tokens: Sequence[Any]) -> str:
    return str(tinycss2.serialize(tokens)).strip()
