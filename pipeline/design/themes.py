"""Designs: the numbers of a theme, and the files of ours that it, or a book, sets its own in the place of.

A theme is a folder ``templates/themes/NAME``: a ``theme.toml`` with its numbers, laid over those of ``plain``,
and files with the names of files of ``templates/``, each of which replaces that one. A folder ``templates/``
beside the texts of a book goes over both in the same way, file by file, ``theme.toml`` key by key.
"""

import hashlib
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

from pipeline.design.colour import Shades
from pipeline.errors import ConfigurationError, Origin
from pipeline.machine import toml
from pipeline.machine.files import Access, UnreadableError, exists, text_of
from pipeline.settings.values import Override, Theme

# In a checkout templates/ stands beside the package; a wheel carries it inside.
HERE = Path(__file__).resolve().parents[1]
TEMPLATES = next(
    (path for path in (HERE / "templates", HERE.parent / "templates") if path.is_dir()),
    HERE.parent / "templates",
)
THEMES = TEMPLATES / "themes"
NUMBERS = "theme.toml"
"""The file of a theme's numbers."""
FOLDER = "templates"
"""The folder beside the texts whose files go over ours."""
PLAIN = "plain"
"""The theme whose numbers hold where another does not say."""

COLOUR = re.compile(r"#[0-9a-f]{6}")


class Paragraphs(StrEnum):
    """How a paragraph is told from the one before it."""

    SPACE = "space"
    INDENT = "indent"


@dataclass(frozen=True, slots=True)
class CoverBox:
    """Where the title stands on a cover: shares of the page's width and height. ``start`` is the side on
    which the title's lines begin; a band of a combined cover has ``top`` above and below its title."""

    start: float
    width: float
    top: float
    height: float


@dataclass(frozen=True, slots=True)
class Design:
    """The numbers of a theme; margins in mm of an A5 page, with which they grow, sizes in pt."""

    page: str
    base: float
    inner: float
    top: float
    outer: float
    bottom: float
    hang: float
    """How far the text stands in from where headings begin, as a share of the page's width."""
    leading: float
    """Line height, in times that of the script."""
    paragraphs: Paragraphs
    justify: bool
    """Whether print justifies, where the language and the measure allow it."""
    smallest: float
    """The smallest type of a table, for Latin: one that is still too wide in it is turned."""
    headings: tuple[float, ...]
    """Sizes of h1 to h6, in times that of the text."""
    shades: Shades
    light: Mapping[str, str]
    """The colours of web pages in the light, by the names of style sheets."""
    dark: Mapping[str, str]
    press: Mapping[str, str]
    """The colours of pages in a PDF for screens."""
    single: CoverBox
    combined: CoverBox
    largest: float
    """The largest type on the cover of an A5 book, in pt for Latin."""
    weight: int
    """Of titles on covers, as style sheets count."""
    bands: bool
    """Whether the titles of a combined cover stand in bands of one height each, or share one box."""


def names() -> list[str]:
    """The themes there are."""
    return sorted(file.parent.name for file in THEMES.glob(f"*/{NUMBERS}"))


@cache
def design(theme: Theme) -> Design:
    """The numbers of a theme, with a book's own laid over them.

    Raises :class:`ConfigurationError` where a book's ``theme.toml`` cannot be understood.
    """
    layers = [_layer(PLAIN)]
    if theme.name != PLAIN:
        layers.append(_layer(theme.name))
    own = next((each for each in theme.overrides if each.name == NUMBERS), None)
    merged: dict[str, Any] = {}
    for layer in layers:
        _lay(layer, merged)
    if own is not None:
        _lay(_parsed(own, merged), merged)
    return _design(merged)


def templates_of(name: str) -> frozenset[str]:
    """The names of all files that a book may set its own in the place of."""
    folders = (TEMPLATES, THEMES / name)
    found = {
        file.relative_to(folder).as_posix()
        for folder in folders
        for file in folder.rglob("*")
        if file.is_file() and (folder != TEMPLATES or not file.is_relative_to(THEMES))
    }
    return frozenset(found | {NUMBERS})


def overrides(folder: Path, shown: str, name: str, access: Access) -> tuple[Override, ...]:
    """The files of a book's own templates, in the order of their names; ``shown`` is what the folder of the
    texts is called in the book, ``access`` says which files may be read.

    Raises :class:`ConfigurationError` for a file that takes the place of none, for one that is no text, and for
    a file or folder that cannot be read: none is left out in silence.
    """
    root = folder / FOLDER
    if not exists(root):
        return ()
    known = templates_of(name)
    out = []
    prefix = f"{shown.rstrip('/')}/" if shown not in ("", ".") else ""
    for file in _files(root, f"{prefix}{FOLDER}"):
        relative = file.relative_to(root).as_posix()
        path = f"{prefix}{FOLDER}/{relative}"
        if relative not in known:
            near = get_close_matches(relative, sorted(known), n=1, cutoff=0.5)
            same = [each for each in sorted(known) if each.rpartition("/")[2] == file.name]
            hint = next(iter((*same, *near)), None)
            raise ConfigurationError(
                f"there is no template “{relative}” that this file could take the place of",
                at=Origin(path),
                cure=f"did you mean “{hint}”?"
                if hint
                else "name it as the file of Pentapla's templates that it replaces, such as styles/own.css",
            )
        try:
            content = access.read(root, relative, "this template", "text_bytes")
            text = text_of(content)
        except UnreadableError as error:
            raise ConfigurationError(error.what, at=Origin(path), cure=error.cure) from error
        except UnicodeDecodeError as error:
            raise ConfigurationError(
                "this template cannot be read as UTF-8", at=Origin(path), cure="save it as UTF-8"
            ) from error
        out.append(Override(relative, path, text, hashlib.sha256(content).hexdigest()))
    return tuple(out)


def _files(folder: Path, shown: str) -> Iterator[Path]:
    """What stands in a folder and those in it, but for what is hidden, in the order of the names."""
    try:
        found = sorted(folder.iterdir())
    except OSError as error:
        raise ConfigurationError(
            f"the folder of the book's own templates cannot be read: {error.strerror}",
            at=Origin(shown),
            cure="make it a folder that can be read, or delete it",
        ) from error
    for each in found:
        if each.name.startswith("."):
            continue
        if each.is_dir() and not each.is_symlink():
            yield from _files(each, f"{shown}/{each.name}")
        else:
            yield each


# --- theme.toml -----------------------------------------------------------------------------------


@cache
def _layer(name: str) -> Mapping[str, Any]:
    return tomllib.loads((THEMES / name / NUMBERS).read_text(encoding="utf-8"))


def _lay(over: Mapping[str, Any], under: dict[str, Any]) -> None:
    for key, value in over.items():
        if isinstance(value, Mapping):
            _lay(value, under.setdefault(key, {}))
        else:
            under[key] = value


def _parsed(own: Override, known: Mapping[str, Any]) -> Mapping[str, Any]:
    """A book's ``theme.toml``, of which each key is one of ours and has a value of the same kind."""
    data = toml.parse(own.content, own.path)
    for path, value, model in _pairs(data, known, ()):
        key = path[-1]
        at = Origin(own.path, toml.line_of(path, own.content))
        if model is None:
            near = get_close_matches(key, sorted(_keys(known)), n=1)
            raise ConfigurationError(
                f"“{'.'.join(path)}” is not a key of {NUMBERS}",
                at=at,
                cure=f"did you mean “{near[0]}”?"
                if near
                else "see templates/themes/plain/theme.toml",
            )
        if not _alike(value, model):
            raise ConfigurationError(
                f"“{value}” cannot be the value of “{'.'.join(path)}”",
                at=at,
                cure=f"write it in the form of {key} = {_form(model)}",
            )
    return data


def _pairs(
    data: Mapping[str, Any], known: Mapping[str, Any], path: tuple[str, ...]
) -> Iterator[tuple[tuple[str, ...], Any, Any]]:
    """Each value with what stands at its place in our numbers, None where nothing does."""
    for key, value in data.items():
        model = known.get(key)
        if isinstance(value, Mapping) and isinstance(model, Mapping):
            yield from _pairs(value, model, (*path, key))
        else:
            yield (*path, key), value, model


def _keys(known: Mapping[str, Any]) -> Iterator[str]:
    for key, value in known.items():
        yield key
        if isinstance(value, Mapping):
            yield from _keys(value)


def _alike(value: Any, model: Any) -> bool:
    if isinstance(model, list):
        return (
            isinstance(value, list) and len(value) == len(model) and all(map(_alike, value, model))
        )
    if isinstance(model, bool) or isinstance(value, bool):
        return isinstance(model, bool) and isinstance(value, bool)
    if isinstance(model, int | float):
        return isinstance(value, int | float) and 0 <= value < 1000
    if isinstance(model, str) and COLOUR.fullmatch(model):
        return isinstance(value, str) and bool(COLOUR.fullmatch(value.lower()))
    if model in tuple(Paragraphs):
        return value in tuple(Paragraphs)
    return isinstance(model, str) and isinstance(value, str)


def _form(model: Any) -> str:
    if isinstance(model, bool):
        return str(model).lower()
    return f'"{model}"' if isinstance(model, str) else str(model)


def _design(row: Mapping[str, Any]) -> Design:
    margins, text, colours, cover = row["margins"], row["text"], row["colours"], row["cover"]
    shades = {
        key: (value[0], value[1]) for key, value in row["accents"].items() if key != "first_hue"
    }
    return Design(
        page=row["page"],
        base=float(row["base"]),
        inner=margins["inner"],
        top=margins["top"],
        outer=margins["outer"],
        bottom=margins["bottom"],
        hang=text["hang"],
        leading=text["leading"],
        paragraphs=Paragraphs(text["paragraphs"]),
        justify=text["justify"],
        smallest=row["tables"]["smallest"],
        headings=tuple(row["headings"]["sizes"]),
        shades=Shades(first_hue=row["accents"]["first_hue"], **shades),
        light=colours["light"],
        dark=colours["dark"],
        press=colours["press"],
        single=CoverBox(**cover["single"]),
        combined=CoverBox(**cover["combined"]),
        largest=cover["largest"],
        weight=cover["weight"],
        bands=cover["bands"],
    )
