"""Where the files of a family come from, and how each becomes one static file a style.

A family may have several sources; the first that is there is used, in the order of its row: Debian's package,
then PyPI's. A file that holds several weights, or several faces, is made into one file a style in a folder of
this process: style sheets cannot name a part of a file, and a layout engine would make the same of it for
every document again.
"""

import atexit
import importlib.util
import struct
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib import metadata
from pathlib import Path

import fontpkg
import uharfbuzz
from fontTools.ttLib import TTCollection, TTFont

from pipeline.languages import FamilyRow
from pipeline.machine import temporary


@dataclass(frozen=True, slots=True)
class Style:
    """One style of a family, in CSS terms."""

    weight: int
    slant: str

    @property
    def key(self) -> str:
        """A short name of the style: its weight, and ``i`` where it is italic (``400``, ``700i``)."""
        return f"{self.weight}{'i' if self.slant == 'italic' else ''}"


REGULAR, BOLD = Style(400, "normal"), Style(700, "normal")
ITALIC, BOLD_ITALIC = Style(400, "italic"), Style(700, "italic")
STYLES = (REGULAR, BOLD, ITALIC, BOLD_ITALIC)


def style_of(*, bold: bool, italic: bool) -> Style:
    """The style of a stretch of text."""
    return Style(BOLD.weight if bold else REGULAR.weight, (ITALIC if italic else REGULAR).slant)


# Google Fonts' packages carry their licence under the first name, others under one of the rest.
LICENCES = ("LICENSE", "OFL", "LICENCE", "COPYING")


class Registry(StrEnum):
    """Who gives a package."""

    DEBIAN = "Debian"
    PYPI = "PyPI"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a style is: a file, and which face of it where the file is a collection."""

    path: Path
    face: str | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """One package that has a family: ``files`` are pairs of a style's key and a path, absolute for Debian and
    inside the package for PyPI; without any, the package tells its own files (fontpkg)."""

    registry: Registry
    package: str
    files: tuple[tuple[str, str], ...] = ()
    face: str | None = None

    @property
    def command(self) -> str:
        """The command that installs it by hand."""
        return f"{'apt-get' if self.registry is Registry.DEBIAN else 'pip'} install {self.package}"

    def place(self, style: Style) -> Place | None:
        """Where the file of a style is; None where the package, or the style, is not there."""
        if self.registry is Registry.PYPI and not self.files:
            try:
                name = self.package.removeprefix("fontpkg-")
                return Place(Path(fontpkg.path(name, style.weight, style.slant)))
            except fontpkg.FontpkgError:
                return None
        named = dict(self.files).get(style.key)
        folder = Path("/") if self.registry is Registry.DEBIAN else _folder(self.package)
        if named is None or folder is None:
            return None
        path = folder / named
        return Place(path, self.face) if path.is_file() else None

    def licence(self) -> str:
        """The text of its licence."""
        if self.registry is Registry.DEBIAN:
            # Debian Policy, section 12.5: every package has it here.
            return Path(f"/usr/share/doc/{self.package}/copyright").read_text(encoding="utf-8")
        distribution = metadata.distribution(self.package)
        files = sorted(
            (file for file in distribution.files or () if file.stem.upper() in LICENCES),
            key=lambda file: (LICENCES.index(file.stem.upper()), len(file.parts), str(file)),
        )
        return Path(str(files[0].locate())).read_text(encoding="utf-8")


def sources(row: FamilyRow) -> tuple[Source, ...]:
    """The sources of a family, in the order in which they are looked for."""
    found = (
        Source(Registry.DEBIAN, row.debian, tuple(row.files.items()), row.face),
        Source(Registry.PYPI, row.package, tuple(row.packaged.items()), row.packaged_face),
    )
    return tuple(each for each in found if each.package)


@cache
def _folder(package: str) -> Path | None:
    """The folder of an installed package, found without importing it."""
    spec = importlib.util.find_spec(package.replace("-", "_"))
    if spec is None or not spec.submodule_search_locations:
        return None
    return Path(next(iter(spec.submodule_search_locations)))


def forget() -> None:
    """Look for packages anew, after some were installed."""
    importlib.invalidate_caches()
    fontpkg.refresh()
    _folder.cache_clear()


# --- one file a style -------------------------------------------------------------------------------


@cache
def characters(place: Place) -> frozenset[int]:
    """The code points that a face has a glyph for."""
    with TTFont(place.path, lazy=True, fontNumber=_number(place)) as font:
        return frozenset(font.getBestCmap())


@cache
def static_file(place: Place, style: Style) -> Path:
    """A file with one face and one style alone: the file itself where that is what it is."""
    path = place.path if place.face is None else _single(place)
    with TTFont(path, lazy=True) as font:
        variable = "fvar" in font
    return _instance(path, style) if variable else path


@cache
def without(path: Path, chars: str) -> Path:
    """A file like another, in which some characters have no glyph: else an engine would take it from there."""
    made = _made() / path.name
    with TTFont(path, recalcTimestamp=False, recalcBBoxes=False) as font:
        for part in font["cmap"].tables:
            if part.isUnicode():
                for char in chars:
                    part.cmap.pop(ord(char), None)
        font.save(made)
    return made


@cache
def _made() -> Path:
    folder = temporary.make()
    atexit.register(temporary.remove, folder)
    return folder


def _instance(path: Path, style: Style) -> Path:
    """One weight of a variable font, its other axes as they are by default."""
    face = uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(path)))
    wanted = uharfbuzz.SubsetInput()
    wanted.keep_everything()
    # PDF holds no outlines of the second version of CFF (ISO 32000-2, table 124).
    wanted.flags |= uharfbuzz.SubsetFlags.DOWNGRADE_CFF2
    wanted.pin_all_axes_to_default(face)
    wanted.pin_axis_location(face, "wght", float(style.weight))
    made = _made() / f"{path.stem.partition('[')[0]}-{style.key}{path.suffix}"
    made.write_bytes(bytes(uharfbuzz.subset(face, wanted).blob.data))
    return made


@cache
def _number(place: Place) -> int:
    if place.face is None:
        return -1
    with TTCollection(place.path, lazy=True) as collection:
        names = [font["name"].getBestFamilyName() for font in collection.fonts]
    return names.index(place.face)


@cache
def _single(place: Place) -> Path:
    """A file of its own with one face of a collection: its tables, byte for byte, under a header.

    https://learn.microsoft.com/typography/opentype/spec/otff#organization-of-an-opentype-font
    """
    content = memoryview(place.path.read_bytes())
    (start,) = struct.unpack_from(">L", content, 12 + 4 * _number(place))
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
    single = _made() / f"{place.path.stem}-{str(place.face).replace(' ', '')}.otf"
    single.write_bytes(b"".join([*directory, *tables]))
    return single
