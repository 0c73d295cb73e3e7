"""What is judged, and by what: the files of a manifest, and the texts that they were made of.

The texts are read again from the sources, by the same reader and the same passes as when the books
were made; that they are the same texts is proved by their digests in the manifest.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from pipeline import output, typography
from pipeline.document import Book, Translation
from pipeline.errors import MissingSourceError, Origin, UsageError
from pipeline.manifest import amendment_rows
from pipeline.readers.draft import Draft
from pipeline.sources import Options, load_all


class Kind(StrEnum):
    """What a judge may be asked to judge."""

    TEXT = "text"
    """A text that books were made of."""
    HTML = "html"
    EPUB = "epub"
    PDF = "pdf"
    SHEETS = "sheets"
    """A PDF whose pages were imposed on sheets: it is printed, and not read."""
    COVER = "svg"
    """A cover as a picture: its type is outlines, which say nothing."""
    GALLERY = "gallery"
    """The page that leads to the books."""


BOOKS = frozenset({Kind.HTML, Kind.EPUB, Kind.PDF})


@dataclass(frozen=True, slots=True)
class Subject:
    """One file that is judged. ``tags`` are the languages in it, in order; ``digest`` is what the
    manifest says of it, and ``edition`` which kind of edition it is of (empty for what is none)."""

    name: str
    path: Path
    kind: Kind
    tags: tuple[str, ...]
    digest: str
    edition: str = ""
    listed: str = ""
    """The manifest's name for it: that of a text is told from where one stands, and this never is."""
    imposed: str = ""
    """The scheme by which its pages lie on sheets; empty where they do not."""
    made_of: "Subject | None" = None
    """The PDF whose pages those are; None where the manifest names none."""

    def content(self) -> bytes:
        return self.path.read_bytes()


@dataclass(frozen=True, slots=True)
class Reference:
    """What a file is judged by: the book as its sources say it (``read``), as the passes of typography
    made it (``book``), and what the readers made of each text (``drafts``, in the book's order)."""

    folder: Path
    read: Book
    book: Book
    drafts: tuple[Draft, ...] = ()

    def translations(self, subject: Subject) -> list[Translation]:
        """The translations that a file holds, in its order."""
        known = {each.tag: each for each in self.book.translations}
        return [known[tag] for tag in subject.tags]


def summon(
    paths: Sequence[Path], sources: Path | None
) -> list[tuple[Reference, tuple[Subject, ...]]]:
    """What some paths mean: for each folder its texts and the files that are asked for, or all."""
    wanted: dict[Path, set[str]] = {}
    for path in paths:
        folder, name = (path, "") if path.is_dir() else (path.parent, path.name)
        wanted.setdefault(folder, set()).add(name)
    return [_case(folder, names - {""}, sources) for folder, names in wanted.items()]


def _case(
    folder: Path, names: set[str], sources: Path | None
) -> tuple[Reference, tuple[Subject, ...]]:
    manifest = _manifest(folder)
    rows = manifest["files"]
    gallery = manifest.get("gallery") or {}
    known = {row["path"] for row in rows} | {gallery.get("path")}
    if strange := sorted(names - known):
        raise UsageError(
            f"{(folder / strange[0]).as_posix()} is none of the books that "
            f"{(folder / output.MANIFEST).as_posix()} speaks of",
            cure="name the folder, or HTML, EPUB and PDF files in it",
        )
    place = _texts(manifest, folder, sources)
    reference = _reference(manifest, place)
    subjects = [
        Subject(
            each.provenance.path,
            place / row["path"],
            Kind.TEXT,
            (each.tag,),
            str(row["sha256"]),
            listed=row["path"],
        )
        for each, row in zip(reference.read.translations, manifest["sources"], strict=True)
    ]
    subjects += [_book(row, rows, folder) for row in rows if not names or row["path"] in names]
    if gallery and (not names or gallery["path"] in names):
        place_of_gallery = folder / gallery["path"]
        subjects.append(
            Subject(gallery["path"], place_of_gallery, Kind.GALLERY, (), str(gallery["sha256"]))
        )
    return reference, tuple(subjects)


def _book(row: Mapping[str, Any], rows: Sequence[Mapping[str, Any]], folder: Path) -> Subject:
    """A file of the manifest."""
    imposed = str(row.get("imposed") or "")
    return Subject(
        row["path"],
        folder / row["path"],
        Kind.SHEETS if imposed else Kind(row["format"]),
        tuple(row["languages"]),
        str(row["sha256"]),
        str(row.get("edition", "")),
        imposed=imposed,
        made_of=_flat(row, rows, folder) if imposed else None,
    )


def _flat(
    row: Mapping[str, Any], rows: Sequence[Mapping[str, Any]], folder: Path
) -> Subject | None:
    """The PDF of the same edition in the same profile whose pages do not lie on sheets."""
    same = ("edition", "languages", "format", "profile")
    for each in rows:
        if not each.get("imposed") and all(each.get(key) == row.get(key) for key in same):
            return _book(each, rows, folder)
    return None


def _manifest(folder: Path) -> dict[str, Any]:
    file = folder / output.MANIFEST
    cure = "name a folder that `pentapla build` made, or files in it; or build again"
    try:
        found = json.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise MissingSourceError(
            "there is no manifest here, and nothing that tells what was made of what",
            at=Origin(folder.as_posix()),
            cure=cure,
        ) from error
    except ValueError as error:
        raise UsageError(f"{file.as_posix()} is not a manifest: {error}", cure=cure) from error
    try:
        rows = [*found["files"], *found["sources"]]
        complete = all(row["sha256"] and row["path"] for row in rows) and bool(found["sources"])
    except (TypeError, KeyError):
        complete = False
    if not complete:
        raise UsageError(
            f"{file.as_posix()} does not say which texts these books were made of: it is from an "
            "earlier version",
            cure="build again",
        )
    return dict(found)


# --- the texts --------------------------------------------------------------------------------------


def _texts(manifest: dict[str, Any], folder: Path, sources: Path | None) -> Path:
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
        at=Origin(folder.as_posix()),
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


def _missing(manifest: dict[str, Any], place: Path) -> str:
    """What a folder lacks of the texts of a manifest, in words; empty where all are there."""
    absent, changed = [], []
    for row in manifest["sources"]:
        try:
            content = (place / row["path"]).read_bytes()
        except OSError:
            absent.append(row["path"])
            continue
        if output.digest(content) != row["sha256"]:
            changed.append(row["path"])
    if changed:
        return f"{', '.join(changed)} changed since"
    return f"no {absent[0]}" if absent else ""


def _reference(manifest: dict[str, Any], place: Path) -> Reference:
    files = [place / row["path"] for row in manifest["sources"]]
    tags = tuple(manifest["book"]["languages"])
    loaded = load_all(files, Options(title=manifest["book"]["title"] or None, languages=tags))
    book = typography.apply(loaded.book)
    if amendment_rows(book) != manifest.get("amendments", []):
        raise MissingSourceError(
            "book.toml asks for another typography than these books have",
            at=Origin(place.as_posix()),
            cure="build again",
        )
    return Reference(place, loaded.book, book, loaded.drafts)
