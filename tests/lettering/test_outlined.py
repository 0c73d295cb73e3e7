"""Text of drawings as outlines: every letter stands where SVG says, in the faces of the book.

Places are measured on the paths themselves.
"""

import base64
from pathlib import Path
from typing import Any

import pytest
from fontTools.misc.transform import Transform
from fontTools.pens.boundsPen import BoundsPen
from fontTools.svgLib.path import parse_path
from lxml import etree

from pipeline.errors import MarkupError, Origin
from pipeline.fonts import code_families, emoji_family, stack
from pipeline.languages import language, script
from pipeline.lettering import outlined
from pipeline.lettering.faces import Faces
from pipeline.limits import DEFAULT, Limits
from pipeline.readers.images import inspect
from tests.unit_helpers import put, source

SVG = "{http://www.w3.org/2000/svg}"
AT = Origin("a.md", 5)
Box = tuple[float, float, float, float]


def faces(tag: str = "de") -> Faces:
    stacks = {code: stack(script(code)) for code in ("Latn", "Arab", "Thai")}
    return Faces(language(tag), stacks, code_families(), emoji_family())


def drawing(inner: str, more: str = "") -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="200" height="100" {more}>\n{inner}\n</svg>'
    )


def drawn(inner: str, tag: str = "de", more: str = "") -> Any:
    """The root of a drawing whose text was made outlines; there is no other text in it."""
    root = etree.fromstring(outlined(drawing(inner, more).encode(), faces(tag)))
    assert not [each for each in root.iter() if each.tag in {f"{SVG}text", f"{SVG}tspan"}]
    return root


def paths(root: Any) -> list[Any]:
    return list(root.iter(f"{SVG}path"))


def box(path: Any) -> Box:
    pen = BoundsPen(None)
    parse_path(path.get("d"), pen)
    assert pen.bounds
    return pen.bounds


def boxes(inner: str, tag: str = "de", more: str = "") -> list[Box]:
    return [box(each) for each in paths(drawn(inner, tag, more))]


def one(inner: str, tag: str = "de", more: str = "") -> Box:
    (found,) = boxes(inner, tag, more)
    return found


def shape(inner: str, tag: str = "de") -> str:
    """The outlines of a text with their left upper corner at 0, to compare with others."""
    (path,) = paths(drawn(inner, tag))
    left, top, _, _ = box(path)
    from fontTools.pens.svgPathPen import SVGPathPen
    from fontTools.pens.transformPen import TransformPen

    pen = SVGPathPen(None, ntos=lambda value: f"{value:.0f}")
    parse_path(path.get("d"), TransformPen(pen, Transform(dx=-left, dy=-top).scale(1)))
    return pen.getCommands()


# --- scripts ----------------------------------------------------------------------------------------


def test_words_from_right_to_left_are_joined_and_in_order() -> None:
    name, unit = boxes(
        '<text y="50" font-size="40"><tspan>مسار</tspan><tspan fill="red"> km</tspan></text>'
    )
    assert name[2] < unit[0], "from left to right the unit stands behind it"
    name, unit = boxes(
        '<text y="50" x="190" direction="rtl" font-size="40"><tspan>مسار</tspan><tspan> km</tspan></text>'
    )
    assert unit[2] < name[0]
    whole = one('<text y="50" font-size="40">مسار</text>')
    apart = one('<text y="50" font-size="40">م\u200cس\u200cا\u200cر</text>')
    assert whole[2] - whole[0] < 0.9 * (apart[2] - apart[0]), "letters that join are narrower"


def test_a_word_in_two_colours_stays_joined() -> None:
    red, rest = boxes(
        '<text y="50" font-size="40"><tspan fill="red">ب</tspan><tspan>يت</tspan></text>', "ar"
    )
    assert rest[2] <= red[0] + 2, "the first letter stands at the right"
    alone = one('<text y="50" font-size="40">ب</text>', "ar")
    assert red[2] - red[0] < alone[2] - alone[0], "it has the form of a beginning"


def test_marks_stand_on_their_letters() -> None:
    bare = one('<text y="50" font-size="40">ทน</text>', "th")
    marked = one('<text y="50" font-size="40">ที่น</text>', "th")
    assert marked[2] == pytest.approx(bare[2], abs=1)
    assert marked[1] < bare[1] - 10, "above"


def test_each_script_has_its_own_face() -> None:
    latin = shape('<text y="50" font-size="40">Maß</text>')
    assert shape('<text y="50" font-size="40">Maß</text>', "ar") == latin
    assert shape('<text y="50" font-size="40" font-family="Helvetica">Maß</text>') == latin


def test_code_has_letters_of_one_width() -> None:
    def width(text: str, family: str) -> float:
        found = one(f'<text y="50" font-size="40" style="font-family:{family}">|{text}|</text>')
        return found[2] - found[0]

    for family in ("monospace", "'Courier New', serif", "Consolas"):
        assert width("iiii", family) == pytest.approx(width("MMMM", family), abs=0.1)
    assert width("iiii", "Georgia") < width("MMMM", "Georgia") / 2


def test_weight_and_slant_are_those_of_the_faces() -> None:
    kinds = {
        shape(f'<text y="50" font-size="40" style="{style}">Hand</text>')
        for style in ("", "font-weight:600", "font-style:italic", "font:italic bold 40px Arial")
    }
    assert len(kinds) == 4
    assert shape('<text y="50" font-size="40" font-style="italic">🦔</text>') == shape(
        '<text y="50" font-size="40">🦔</text>'
    ), "what has no slanted face is not slanted"


def test_emoji_are_drawn_whole() -> None:
    one_sign = one('<text y="50" font-size="40">👩‍🌾</text>')
    assert one_sign[2] - one_sign[0] < 60


# --- places -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("anchor", "direction", "part"),
    [
        ("start", "ltr", 0.0),
        ("middle", "ltr", 0.5),
        ("end", "ltr", 1.0),
        ("start", "rtl", 1.0),
        ("middle", "rtl", 0.5),
        ("end", "rtl", 0.0),
    ],
)
def test_anchors(anchor: str, direction: str, part: float) -> None:
    for text in ("Haus", "بيت"):
        left, _, right, _ = one(
            f'<text x="100" y="50" font-size="20" text-anchor="{anchor}" direction="{direction}">{text}</text>'
        )
        assert left + part * (right - left) == pytest.approx(100, abs=1.5)


def test_space_between_tags_moves_nothing() -> None:
    plain, spaced = (
        one(f'<text text-anchor="middle" font-size="20">{inner}</text>')
        for inner in (
            '<tspan x="50%" y="50">Haus</tspan>',
            '\n  <tspan x="50%" y="50">Haus</tspan>\n ',
        )
    )
    assert plain == spaced
    assert (plain[0] + plain[2]) / 2 == pytest.approx(100, abs=1.5)


def test_lines_of_spans_and_their_shifts() -> None:
    first, second, third = boxes(
        '<text font-size="20" y="20"><tspan x="10">Hof</tspan><tspan x="10" dy="1.5em">Hof</tspan>'
        '<tspan dx="5" dy="-30">Hof</tspan></text>'
    )
    assert second[1] - first[1] == pytest.approx(30, abs=0.1)
    assert second[0] == first[0]
    assert third[1] == pytest.approx(first[1], abs=0.1)
    assert third[0] > second[2] + 4


def test_lists_place_letter_by_letter_and_turn_them() -> None:
    upright = one('<text x="10 60 110" y="50" font-size="20">HHH</text>')
    assert upright[0] == pytest.approx(10, abs=2)
    assert upright[2] == pytest.approx(110 + 16, abs=2)
    turned = one('<text x="100" y="50" font-size="40" rotate="90">l</text>')
    assert turned[2] - turned[0] > 2 * (turned[3] - turned[1])


@pytest.mark.parametrize("adjust", ["spacing", "spacingAndGlyphs"])
@pytest.mark.parametrize("text", ["Hallenbad", "المسبح"])
def test_text_has_the_length_that_it_is_told(text: str, adjust: str) -> None:
    left, _, right, _ = one(
        f'<text x="10" y="50" font-size="20" textLength="150" lengthAdjust="{adjust}">{text}</text>'
    )
    assert right - left == pytest.approx(150, abs=12)


def test_text_follows_a_path_and_all_of_it_stays_on_it() -> None:
    text = "Einmal um den ganzen See"
    road = '<path id="road" d="M10 90 V10" fill="none"/>'
    along = f'<text font-size="12"><textPath href="#road">{text}</textPath></text>'
    _, upward = boxes(road.replace('V10"', 'V10 M0 0z"') + along)
    assert upward[3] - upward[1] > 60
    assert upward[2] - upward[0] < 15
    assert 8 <= upward[1] <= upward[3] <= 91
    _, ending = boxes(
        road + along.replace("<textPath", '<textPath startOffset="100%" text-anchor="end"')
    )
    assert 8 <= ending[1] <= ending[3] <= 91


def test_raised_and_lowered_text() -> None:
    for style, lower in (
        ("baseline-shift:super", False),
        ("baseline-shift:sub", True),
        ("dominant-baseline:central", True),
        ("dominant-baseline:hanging", True),
        ("dominant-baseline:text-after-edge", False),
    ):
        moved = one(f'<text y="50"><tspan style="{style}">H</tspan></text>')
        assert (moved[3] > 50.5) is lower, style


def test_letters_stand_apart_but_those_that_join() -> None:
    def width(text: str, spacing: int) -> float:
        found = one(f'<text y="50" style="letter-spacing:{spacing}px">{text}</text>')
        return found[2] - found[0]

    assert width("fini", 10) - width("fini", 0) > 28
    assert width("بيت", 10) == pytest.approx(width("بيت", 0))


def test_a_percentage_is_of_the_nearest_frame() -> None:
    assert one('<text x="50%" y="50%" font-size="2">I</text>', more='viewBox="0 0 20 10"')[0] == (
        pytest.approx(10, abs=0.2)
    )


# --- paint ------------------------------------------------------------------------------------------


def test_style_sheets_colour_text_and_not_its_outlines() -> None:
    root = drawn(
        "<style>text.a { fill: navy } .b tspan { fill: teal !important } path { fill: none; stroke: lime }"
        " @media print { #c { fill: red } } @media speech { #c { fill: gold } }</style>"
        '<text y="9" class="a">eins</text><text y="9" class="b"><tspan fill="red">zwei</tspan></text>'
        '<text y="9" id="c">drei</text><path d="M0 0h9"/>'
    )
    one_, two, three, old = paths(root)
    assert "fill:navy" in one_.get("style")
    assert "fill:teal" in two.get("style")
    assert "fill:red" in three.get("style")
    assert all("stroke:none" in each.get("style") for each in (one_, two, three))
    assert old.get("style") is None


def test_what_is_no_style_of_text_stays_with_its_words() -> None:
    root = drawn(
        '<text id="t" class="k" transform="rotate(9)" x="1" y="9" font-family="Arial" fill="red" '
        'style="opacity:.5;font-weight:bold">Wort <tspan font-size="30">groß</tspan>'
        "<title>Hinweis</title></text>"
    )
    (group,) = (each for each in root.iter(f"{SVG}g") if each.get("id") == "t")
    assert dict(group.attrib) == {
        "id": "t",
        "class": "k",
        "transform": "rotate(9)",
        "fill": "red",
        "style": "opacity:.5",
        "role": "img",
        "aria-label": "Wort groß",
    }
    assert group.findtext(f"{SVG}title") == "Hinweis"


def test_lines_along_text_are_drawn() -> None:
    plain = one('<text y="50" font-size="20">Nest</text>')
    for line, edge in (("underline", 3), ("overline", 1)):
        lined = one(f'<text y="50" font-size="20" text-decoration="{line}">Nest</text>')
        assert lined[edge] != plain[edge]


def test_a_clip_holds_shapes_and_no_groups() -> None:
    root = drawn(
        '<clipPath id="c"><text x="9" y="50" transform="scale(2)">Fenster</text></clipPath>'
    )
    (clip,) = root.iter(f"{SVG}clipPath")
    assert [(each.tag, each.get("transform")) for each in clip] == [(f"{SVG}path", "scale(2)")]


def test_a_drawing_inside_a_drawing_is_drawn_likewise() -> None:
    inner = base64.b64encode(drawing('<text y="50">drinnen</text>').encode()).decode()
    root = drawn(f'<image width="9" height="9" href="data:image/svg+xml;base64,{inner}"/>')
    (image,) = root.iter(f"{SVG}image")
    held = base64.b64decode(image.get("href").partition(",")[2])
    assert b"drinnen" in held
    assert b"<text" not in held
    assert b"<path" in held


def test_a_drawing_without_text_is_as_it_was() -> None:
    content = drawing('<rect id="text" width="9" height="9"/>').encode()
    assert outlined(content, faces()) == content


# --- what is said, and what is refused -----------------------------------------------------------


def said(folder: Path, inner: str, limits: Limits = DEFAULT) -> str:
    put(folder, {"a.svg": drawing(inner)})
    return inspect(source("a.md", folder, limits), "a.svg", "a.svg", AT).words


def test_the_words_of_a_drawing(tmp_path: Path) -> None:
    assert said(
        tmp_path,
        "<title>Plan</title><!-- text --><defs><text id='w'>Tor</text></defs>"
        "<text> Erste \n <tspan>Halle</tspan> <!-- leer -->  West<tspan x='0' y='9'>oben</tspan></text>"
        "<text style='display:none'>nie</text><text style='text-transform:uppercase'>groß</text>",
    ).splitlines() == ["Tor", "Erste Halle West oben", "GROSS"]
    assert said(tmp_path, "<rect width='9' height='9'/>") == ""


REFUSED = {
    "vertical": ("<text style='writing-mode: vertical-rl'>Turm</text>", "Turm"),
    "old vertical": ("<g writing-mode='tb'><text>Turm</text></g>", "Turm"),
    "along nothing": ("<text><textPath href='#weg'>Pfad</textPath></text>", "Pfad"),
    "along what is no path": (
        "<path id='weg' d='hin'/><text><textPath href='#weg'>Pfad</textPath></text>",
        "Pfad",
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_text_that_cannot_be_drawn_as_it_is_meant(tmp_path: Path, name: str) -> None:
    inner, word = REFUSED[name]
    with pytest.raises(MarkupError, match=word) as caught:
        said(tmp_path, inner)
    assert caught.value.at == AT
    assert "a.svg" in caught.value.what
    assert "outlines" in caught.value.cure


def test_endless_text_is_refused(tmp_path: Path) -> None:
    with pytest.raises(MarkupError, match="paragraph_characters"):
        said(tmp_path, f"<text>{'lang ' * 30}</text>", Limits(paragraph_characters=100))


ODD = (
    "<style>text{font:bold 1.2em/1 'A B',serif} text:hover{} :is({</style><text y='9'>Stil</text>",
    "<text x='a' y='' dx=',' rotate='x' textLength='-1' font-size='-4'>krumm</text>",
    "<text x='1e3' y='9' font-size='0'>nichts</text>",
    "<text/><text> </text><text><tspan/></text>",
    "<text>\u202e\u2066Zeichen\u2069</text><text>\u0301</text>",
    "<text y='9'>a<a href='#x'>Verweis</a><text>innen</text></text>",
)


@pytest.mark.parametrize("inner", ODD)
def test_odd_text_is_drawn_or_left_out_but_never_raises(inner: str, tmp_path: Path) -> None:
    said(tmp_path, inner)
    assert outlined(drawing(inner).encode(), faces()) == outlined(drawing(inner).encode(), faces())
