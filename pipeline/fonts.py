"""From families to files: which faces a book needs, what they can draw, and subsets of them.

Only faces that ``languages.toml`` declares are ever used, each under one family name and style.
"""

import atexit
import io
import struct
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path

import fontpkg
from fontTools import subset
from fontTools import unicodedata as scripts
from fontTools.ttLib import TTCollection, TTFont

from pipeline import temporary
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
from pipeline.languages import Language, Script, script, table, writing_systems


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
# SARA AM into NIKHAHIT and SARA AA (and Lao likewise) before it looks for glyphs, and draws a
# hyphen that does not break as one that does.
SHAPED_FROM = {0x0E33: (0x0E4D, 0x0E32), 0x0EB3: (0x0ECD, 0x0EB2), 0x2011: (0x2010,)}


@dataclass(frozen=True, slots=True)
class Family:
    """A type family: ``key`` is its row in ``languages.toml``, ``name`` its name in style sheets."""

    key: str
    name: str
    package: str
    """The package that its files come in."""
    debian: bool = False
    """Whether that is a package of Debian, and not of PyPI."""

    @property
    def styles(self) -> tuple[Style, ...]:
        """The styles that there is a file for."""
        return tuple(style for style in STYLES if _place(self.key, style) is not None)

    @property
    def install(self) -> str:
        """The command that installs it."""
        return f"{'apt-get' if self.debian else 'pip'} install {self.package}"

    def file(self, style: Style) -> Path:
        """The font file of a style. Raises :class:`FontError` where there is none."""
        found = _place(self.key, style)
        if found is None:
            raise FontError(
                f"the family {self.name} has no style {style.key}",
                cure=f"install its package again: {self.install}",
            )
        return found.path if found.face is None else _single(found.path, found.face)

    def characters(self) -> frozenset[int]:
        """The code points that its regular style can draw."""
        found = _place(self.key, REGULAR)
        return _characters(found) if found else frozenset()

    def licence(self) -> str:
        """The text of its licence."""
        if self.debian:
            # Debian Policy, section 12.5: every package has it here.
            return Path(f"/usr/share/doc/{self.package}/copyright").read_text(encoding="utf-8")
        return (
            resources.files(self.package.replace("-", "_"))
            .joinpath("LICENSE")
            .read_text(encoding="utf-8")
        )


def family(key: str, at: Origin | None = None) -> Family:
    """The family of a row. Raises :class:`FontError` where its package is not installed; ``at`` is
    the text that needs it.
    """
    found = _declared(key)
    if _place(key, REGULAR) is None:
        raise FontError(
            f"the typeface {found.name} is not installed",
            at=at,
            cure=f"install its package: {found.install}",
        )
    return found


@cache
def _declared(key: str) -> Family:
    row = table()["families"][key]
    if "debian" in row:
        return Family(key, row["name"], row["debian"], debian=True)
    return Family(key, row["name"], row["package"])


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a style is: a file, and which face of it where the file is a collection."""

    path: Path
    face: str | None = None


@cache
def _place(key: str, style: Style) -> _Place | None:
    row = table()["families"][key]
    if "files" in row:
        path = Path(row["files"].get(style.key, ""))
        return _Place(path, row.get("face")) if path.is_file() else None
    try:
        name = row["package"].removeprefix("fontpkg-")
        return _Place(Path(fontpkg.path(name, style.weight, style.slant)))
    except fontpkg.FontpkgError:
        return None


@cache
def _characters(place: _Place) -> frozenset[int]:
    number = -1 if place.face is None else _number(place.path, place.face)
    with TTFont(place.path, lazy=True, fontNumber=number) as font:
        return frozenset(font.getBestCmap())


# --- collections ----------------------------------------------------------------------------------
# A style sheet cannot name one face of a collection, so that each face in use becomes a file.


@cache
def _number(path: Path, face: str) -> int:
    with TTCollection(path, lazy=True) as collection:
        names = [font["name"].getBestFamilyName() for font in collection.fonts]
    return names.index(face)


@cache
def _singles() -> Path:
    folder = temporary.make()
    atexit.register(temporary.remove, folder)
    return folder


@cache
def _single(path: Path, face: str) -> Path:
    """A file of its own with one face of a collection: its tables, byte for byte, under a header.

    https://learn.microsoft.com/typography/opentype/spec/otff#organization-of-an-opentype-font
    """
    content = memoryview(path.read_bytes())
    (start,) = struct.unpack_from(">L", content, 12 + 4 * _number(path, face))
    count = struct.unpack_from(">H", content, start + 4)[0]
    at = 12 + 16 * count
    directory, tables = [content[start : start + 12]], []
    for index in range(count):
        tag, checksum, offset, length = struct.unpack_from(
            ">4sLLL", content, start + 12 + 16 * index
        )
        directory.append(memoryview(struct.pack(">4sLLL", tag, checksum, at, length)))
        tables += [content[offset : offset + length], memoryview(bytes(-length % 4))]
        at += length + -length % 4
    single = _singles() / f"{path.stem}-{face.replace(' ', '')}.otf"
    single.write_bytes(b"".join([*directory, *tables]))
    return single


# --- which families a text is set in --------------------------------------------------------------


def is_invisible(char: str) -> bool:
    """Whether a character has no shape of its own: controls, joiners, white space, selectors.

    Shaping sees to them where a face does not have them (HarfBuzz draws default ignorables as nothing and
    makes spaces of every width from the common one), so that they ask nothing of a face.
    """
    return (
        unicodedata.category(char) in ("Cc", "Cf")
        or (unicodedata.category(char) == "Zs" and char != "\u1680")  # Ogham's space is a line
        or "\ufe00" <= char <= "\ufe0f"
        or char == "\u034f"
    )


def stack(writing: Script, at: Origin | None = None) -> tuple[Family, ...]:
    """The families of a script, best first. Raises :class:`FontError` where one is not installed."""
    return tuple(family(key, at) for key in writing.families)


def every_family() -> Iterator[Family]:
    """Every family of the table that is installed."""
    for key in table()["families"]:
        if _place(key, REGULAR) is not None:
            yield _declared(key)


def _made_for(char: str) -> dict[str, Family]:
    """The families of the writing systems that a character belongs to, installed or not, by key."""
    systems = writing_systems(scripts.script(char))
    keys = (key for code in systems for key in script(code).families)
    return {key: _declared(key) for key in keys}


def _other(char: str) -> Family | None:
    """A family for a character that the text's own ones lack: one of the character's script, else
    the first of the table that has it."""
    own = (each for key, each in _made_for(char).items() if _place(key, REGULAR) is not None)
    return next((each for each in (*own, *every_family()) if drawable(char, [each])), None)


def _cure(char: str) -> str:
    missing = [
        each.install for key, each in _made_for(char).items() if _place(key, REGULAR) is None
    ]
    if missing:
        return f"install a typeface for it: {missing[0]}"
    return "write it with another character, or declare a typeface that has it in languages.toml"


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
        chosen = list(out.get(writing.code) or stack(writing, translation.title.origin))
        # What is said of the book as a whole stands in every edition, in the faces of its language.
        places = dict.fromkeys(book.facts, Origin("book.toml")) | _first_places(translation)
        for char, origin in places.items():
            if is_invisible(char) or drawable(char, chosen):
                continue
            other = _other(char)
            if other is None:
                raise FontError(
                    f"no typeface can draw “{char}” (U+{ord(char):04X} "
                    f"{unicodedata.name(char, 'without a name')})",
                    at=origin,
                    cure=_cure(char),
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
    options.drop_tables = [*options.drop_tables, "DSIG", "meta", "Silt"]
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
