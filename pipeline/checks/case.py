"""What is judged, and by what: the files of a manifest, and the texts that they were made of.

The texts are read again from the sources, by the same reader and the same passes as when the books
were made; that they are the same texts is proved by their digests in the manifest.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import Any

from pipeline import output, typography
from pipeline.checks.subjects import Kind, Reference, Subject
from pipeline.configuration.options import Options
from pipeline.errors import MissingSourceError, NamedPath, Origin, UsageError
from pipeline.machine import files
from pipeline.manifest import amendment_rows
from pipeline.messages import Message
from pipeline.settings.arrangements import ArrangementName
from pipeline.settings.values import EditionKind
from pipeline.sources import load_all


def load_cases(
    paths: Sequence[Path], sources: Path | None, options: Options | None = None
) -> list[tuple[Reference, tuple[Subject, ...]]]:
    """What some paths mean: for each folder its texts and the files that are asked for, or all. ``options``
    say which files may be read, and how much of them."""
    wanted: dict[Path, set[str]] = {}
    for path in paths:
        folder, name = (path, "") if path.is_dir() else (path.parent, path.name)
        wanted.setdefault(folder, set()).add(name)
    return [
        _case(folder, names - {""}, sources, options or Options())
        for folder, names in wanted.items()
    ]


def _case(
    folder: Path, names: set[str], sources: Path | None, options: Options
) -> tuple[Reference, tuple[Subject, ...]]:
    manifest = _manifest(folder)
    rows, gallery = manifest.files, manifest.gallery
    known = {row.path for row in (*rows, *gallery)}
    if strange := sorted(names - known):
        raise UsageError(
            f"{(folder / strange[0]).as_posix()} is none of the books that "
            f"{(folder / output.MANIFEST).as_posix()} speaks of",
            cure="name the folder, or HTML, EPUB and PDF files in it",
        )
    place = _texts(manifest, folder, sources)
    reference = _reference(manifest, place, options)
    subjects = [
        Subject(
            Message(Origin(each.provenance.path)),
            place / row.path,
            Kind.TEXT,
            (each.tag,),
            row.sha256,
        )
        for each, row in zip(reference.read.translations, manifest.sources, strict=True)
    ]
    subjects += [_book(row, rows, folder) for row in rows if not names or row.path in names]
    subjects += [
        Subject(row.path, folder / row.path, Kind.GALLERY, (), row.sha256)
        for row in gallery
        if not names or row.path in names
    ]
    return reference, tuple(subjects)


def _book(row: "_Row", rows: Sequence["_Row"], folder: Path) -> Subject:
    """A file of the manifest."""
    # The PDF of the same edition in the same profile whose pages do not lie on sheets.
    flat = (each for each in rows if row.imposed and not each.imposed and each.kin == row.kin)
    return Subject(
        row.path,
        folder / row.path,
        Kind.SHEETS if row.imposed else Kind(row.format),
        row.languages,
        row.sha256,
        row.edition,
        row.arrangement,
        imposed=row.imposed,
        blanks_after=row.blanks_after,
        made_of=next((_book(each, rows, folder) for each in flat), None),
    )


@dataclass(frozen=True, slots=True)
class _Row:
    """What a manifest says of a file, as far as it is read here."""

    path: str
    sha256: str
    format: str = ""
    languages: tuple[str, ...] = ()
    edition: str = ""
    arrangement: str = ""
    profile: str = ""
    imposed: str = ""
    blanks_after: int | None = None

    @property
    def kin(self) -> tuple[object, ...]:
        """What it shares with the same pages on sheets."""
        return self.edition, self.arrangement, self.languages, self.format, self.profile


@dataclass(frozen=True, slots=True)
class _Manifest:
    """What a manifest says; ``gallery`` is one row, or none."""

    title: str
    languages: tuple[str, ...]
    files: tuple[_Row, ...]
    sources: tuple[_Row, ...]
    gallery: tuple[_Row, ...]
    amendments: list[Any]


def _manifest(folder: Path) -> _Manifest:
    file = folder / output.MANIFEST
    cure = "name a folder that `pentapla build` made, or files in it; or build again"
    try:
        content = files.read(file, file.as_posix(), "text_bytes")
    except files.UnreadableError as error:
        raise MissingSourceError(
            f"there is no manifest here, and nothing that tells what was made of what: {error.what}",
            at=NamedPath(folder.as_posix()),
            cure=cure,
        ) from error
    try:
        found = json.loads(content.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise UsageError(f"{file.as_posix()} is not a manifest: {error}", cure=cure) from error
    if what := _wrong_in(found):
        raise UsageError(
            f"{file.as_posix()} does not say which texts these books were made of: {what}",
            cure="build again",
        )
    return _Manifest(
        found["book"].get("title") or "",
        tuple(found["book"]["languages"]),
        tuple(map(_row, found["files"])),
        tuple(map(_row, found["sources"])),
        (_row(found["gallery"]),) if found.get("gallery") else (),
        found.get("amendments", []),
    )


def _row(row: Mapping[str, Any]) -> _Row:
    keys = ("format", "edition", "arrangement", "profile", "imposed")
    words = {key: str(row.get(key) or "") for key in keys}
    own = tuple(row["languages"]) if _are_words(row.get("languages")) else ()
    after = row.get("blanks_after")
    return _Row(row["path"], row["sha256"], languages=own, blanks_after=after, **words)


def _wrong_in(manifest: Any) -> str:
    """What is wrong with the form of a manifest, as far as it is read here; empty where nothing is."""
    if not isinstance(manifest, dict):
        return "it is no table"
    book = manifest.get("book")
    if not isinstance(book, dict) or not _are_words(book.get("languages")):
        return "“book” names no languages"
    if not isinstance(book.get("title") or "", str):
        return "the title of “book” is no text"
    if not isinstance(manifest.get("amendments", []), list):
        return "“amendments” is no list"
    return _wrong_in_rows(manifest, book["languages"])


def _wrong_in_rows(manifest: Mapping[str, Any], languages: Sequence[str]) -> str:
    """What is wrong with the rows of files and of texts."""
    for key in ("files", "sources"):
        rows = manifest.get(key)
        if not isinstance(rows, list) or not rows:
            return f"it has no “{key}”"
        for row in rows:
            if what := _wrong_in_row(row):
                return f"a row of “{key}” {what}"
    for row in manifest["files"]:
        if row.get("format") not in list(Kind) or not _are_words(row.get("languages")):
            return f"“{row['path']}” has no format that is known, or no languages"
        if not set(row["languages"]) <= set(languages):
            return f"“{row['path']}” is in languages that the book has not"
        if row.get("edition", "") not in ("", *EditionKind):
            return f"“{row['path']}” is of no kind of edition"
        if (row.get("arrangement") or "") not in ("", *ArrangementName):
            return f"“{row['path']}” is arranged in no way that is known"
        after = row.get("blanks_after")
        if after is not None and (not isinstance(after, int) or isinstance(after, bool)):
            return f"“{row['path']}” has blank pages after a page that has no number"
    if len(manifest["sources"]) != len(languages):
        return "it has not one of “sources” for each language"
    gallery = manifest.get("gallery")
    return f"“gallery” {what}" if gallery and (what := _wrong_in_row(gallery)) else ""


def _wrong_in_row(row: Any) -> str:
    """What is wrong with a row about a file. Its path leads to a file of the folder, and nowhere else."""
    if not isinstance(row, dict):
        return "is no table"
    path, digest = row.get("path"), row.get("sha256")
    if not isinstance(path, str) or not isinstance(digest, str) or not path or not digest:
        return "has no path or no digest"
    pure = PurePosixPath(path)
    if pure.is_absolute() or ".." in pure.parts or "\0" in path:
        return f"leads out of its folder: “{path}”"
    return ""


def _are_words(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(each, str) for each in value)


# --- the texts --------------------------------------------------------------------------------------


def _texts(manifest: _Manifest, folder: Path, sources: Path | None) -> Path:
    """The folder that holds the very texts of a manifest."""
    places = [sources] if sources else list(dict.fromkeys(_places(folder.resolve())))
    missing: dict[Path, str] = {}
    for place in places:
        missing[place] = _missing(manifest, place)
        if not missing[place]:
            return place
    looked = "; ".join(f"{_shown(place)}: {what}" for place, what in missing.items())
    raise MissingSourceError(
        f"the texts that these books were made of are not to be found ({looked})",
        at=NamedPath(folder.as_posix()),
        cure="name their folder with --sources; where a text was changed since, build again",
    )


def _shown(place: Path) -> str:
    try:
        return place.resolve().relative_to(Path.cwd()).as_posix()
    except ValueError:
        return place.as_posix()


def _places(folder: Path) -> Iterator[Path]:
    """Where texts may be when nobody says."""
    yield folder.parent / "sources"
    yield Path("sources").resolve()
    yield folder.parent
    yield Path.cwd()
    yield folder


def _missing(manifest: _Manifest, place: Path) -> str:
    """What a folder lacks of the texts of a manifest, in words; empty where all are there."""
    absent, changed = [], []
    for row in manifest.sources:
        try:
            content = files.read(place / row.path, row.path, "text_bytes")
        except files.UnreadableError:
            absent.append(row.path)
            continue
        if output.digest(content) != row.sha256:
            changed.append(row.path)
    if changed:
        return f"{', '.join(changed)} changed since"
    return f"no {absent[0]}" if absent else ""


def _reference(manifest: _Manifest, place: Path, options: Options) -> Reference:
    texts = list(dict.fromkeys(place / row.path for row in manifest.sources))
    asked = replace(options, title=manifest.title or None, languages=manifest.languages)
    loaded = load_all(texts, asked)
    settings = loaded.configuration.settings
    book = typography.apply(loaded.book, settings.typography)
    if amendment_rows(book) != manifest.amendments:
        raise MissingSourceError(
            "book.toml asks for another typography than these books have",
            at=NamedPath(place.as_posix()),
            cure="build again",
        )
    return Reference(place, loaded.book, book, loaded.drafts, settings)
