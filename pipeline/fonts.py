"""From families to files: which faces a book needs, what they can draw, and subsets of them.

Only faces that ``languages.toml`` declares are ever used, each under one family name and style.
"""

import io
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path

import fontpkg
from fontTools import subset
from fontTools.ttLib import TTFont

from pipeline.document import (
    Block,
    Book,
    Item,
    Note,
    Section,
    Translation,
    texts,
)
from pipeline.errors import FontError, Origin
from pipeline.languages import Language, Script, script, table


@dataclass(frozen=True, slots=True)
class Style:
    """One style of a family, in CSS terms."""

    weight: int
    slant: str

    @property
    def key(self) -> str:
        return f"{self.weight}{'i' if self.slant == 'italic' else ''}"


REGULAR, BOLD = Style(400, "normal"), Style(700, "normal")
ITALIC, BOLD_ITALIC = Style(400, "italic"), Style(700, "italic")
STYLES = (REGULAR, BOLD, ITALIC, BOLD_ITALIC)

# Shaping takes some characters apart; a subset that lacks the parts loses the whole. HarfBuzz splits
# SARA AM into NIKHAHIT and SARA AA (and Lao likewise) before it looks for glyphs.
SHAPED_FROM = {0x0E33: (0x0E4D, 0x0E32), 0x0EB3: (0x0ECD, 0x0EB2)}


@dataclass(frozen=True, slots=True)
class Family:
    """A type family: ``key`` is its row in ``languages.toml``, ``name`` its name in style sheets."""

    key: str
    name: str
    package: str

    @property
    def styles(self) -> tuple[Style, ...]:
        """The styles that there is a file for."""
        return tuple(style for style in STYLES if _file(self.key, style) is not None)

    def file(self, style: Style) -> Path:
        """The font file of a style. Raises :class:`FontError` where there is none."""
        found = _file(self.key, style)
        if found is None:
            raise FontError(
                f"the family {self.name} has no style {style.key}",
                cure=f"install the package {self.package} again",
            )
        return found

    def characters(self) -> frozenset[int]:
        """The code points that its regular style can draw."""
        return _characters(str(self.file(REGULAR)))

    def licence(self) -> str:
        """The text of its licence."""
        return (
            resources.files(self.package.replace("-", "_"))
            .joinpath("LICENSE")
            .read_text(encoding="utf-8")
        )


@cache
def family(key: str) -> Family:
    """The family of a row. Raises :class:`FontError` where its package is not installed."""
    row = table()["families"][key]
    found = Family(key, row["name"], row["package"])
    if _file(key, REGULAR) is None:
        raise FontError(
            f"the typeface {found.name} is not installed",
            cure=f"install its package: pip install {found.package}",
        )
    return found


@cache
def _file(key: str, style: Style) -> Path | None:
    row = table()["families"][key]
    try:
        name = row["package"].removeprefix("fontpkg-")
        return Path(fontpkg.path(name, style.weight, style.slant))
    except fontpkg.FontpkgError:
        return None


@cache
def _characters(path: str) -> frozenset[int]:
    with TTFont(path, lazy=True) as font:
        return frozenset(font.getBestCmap())


# --- which families a text is set in --------------------------------------------------------------


def is_invisible(char: str) -> bool:
    """Whether a character has no shape of its own: controls, joiners, white space, selectors.

    Shaping takes them out where a face does not have them (HarfBuzz draws default ignorables as
    nothing), so that they ask nothing of a face.
    """
    return (
        unicodedata.category(char) in ("Cc", "Cf")
        or char in " \u00a0\t\n"
        or "\ufe00" <= char <= "\ufe0f"
        or char == "\u034f"
    )


def stack(writing: Script) -> tuple[Family, ...]:
    """The families of a script, best first."""
    return tuple(family(key) for key in writing.families)


def every_family() -> Iterator[Family]:
    """Every family of the table that is installed."""
    for key in table()["families"]:
        if _file(key, REGULAR) is not None:
            yield family(key)


def drawable(char: str, families: Iterable[Family]) -> bool:
    code = ord(char)
    if any(code in each.characters() for each in families):
        return True
    parts = SHAPED_FROM.get(code) or tuple(map(ord, unicodedata.normalize("NFD", char)))
    return parts != (code,) and any(
        all(part in each.characters() for part in parts) for each in families
    )


def families_for(book: Book) -> dict[str, tuple[Family, ...]]:
    """For every script of a book the families it is set in: its own, then whatever else a character
    of its texts needs.

    Raises :class:`FontError` naming file, line and character where no declared face can draw it.
    """
    out: dict[str, tuple[Family, ...]] = {}
    for translation in book.translations:
        writing = translation.language.script
        chosen = list(out.get(writing.code, stack(writing)))
        for char, origin in _first_places(translation).items():
            if is_invisible(char) or drawable(char, chosen):
                continue
            other = next((each for each in every_family() if drawable(char, [each])), None)
            if other is None:
                raise FontError(
                    f"no typeface can draw “{char}” (U+{ord(char):04X} "
                    f"{unicodedata.name(char, 'without a name')})",
                    at=origin,
                    cure="write it with another character, or declare a typeface that has it in "
                    "languages.toml",
                )
            chosen.append(other)
        out[writing.code] = tuple(chosen)
    return out


def _first_places(translation: Translation) -> dict[str, Origin]:
    """Every character of a translation, with the place where it stands first."""
    places: dict[str, Origin] = {}

    def walk(node: object, near: Origin) -> None:
        if isinstance(node, tuple):
            for child in node:
                walk(child, near)
            return
        near = getattr(node, "origin", near)
        match node:
            case Section():
                walk((node.heading, node.blocks, node.sections), near)
            case Item(blocks=blocks) | Note(blocks=blocks):
                walk(blocks, near)
            case Block() if inner := getattr(node, "blocks", None) or getattr(node, "items", None):
                walk(inner, near)
            case Block():
                for text in texts(node):
                    for char in text.value:
                        places.setdefault(char, near)
                if value := getattr(node, "value", None):
                    for char in value:
                        places.setdefault(char, near)

    start = Origin(translation.provenance.path, 1)
    walk((translation.title, translation.front, translation.sections, translation.notes), start)
    return places


# --- subsets ----------------------------------------------------------------------------------------


def subset_face(
    font: Family, style: Style, characters: Iterable[str], *, flavour: str | None = None
) -> bytes:
    """A face reduced to some characters, shaping rules included, as TrueType or (``flavour``) WOFF2.

    The same input gives the same bytes: the font's own dates are kept.
    """
    codes = set(map(ord, characters))
    for code in tuple(codes):
        codes.update(SHAPED_FROM.get(code, ()))
        codes.update(map(ord, unicodedata.normalize("NFD", chr(code))))
    options = subset.Options()
    options.layout_features = ["*"]
    options.name_IDs = ["*"]
    options.notdef_outline = True
    options.recalc_timestamp = False
    options.flavor = flavour
    options.drop_tables = [*options.drop_tables, "DSIG", "meta"]
    loaded = subset.load_font(str(font.file(style)), options, dontLoadGlyphNames=False)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=codes)
    subsetter.subset(loaded)
    stream = io.BytesIO()
    subset.save_font(loaded, stream, options)
    loaded.close()
    return stream.getvalue()


def script_of(language: Language) -> Script:
    return script(language.script.code)
