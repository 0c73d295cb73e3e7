"""The record of a build: what was made of what. Its form is in the README."""

from collections.abc import Sequence
from typing import Any

from pipeline import GENERATOR, output
from pipeline.document import Book, BuildWarning
from pipeline.editions import Edition
from pipeline.epub import write as epub
from pipeline.fonts import Family
from pipeline.jobs.results import Done
from pipeline.manifest import (
    amendment_rows,
    face_rows,
    inference_rows,
    source_rows,
    theme_row,
    warning_rows,
)
from pipeline.settings.values import EditionKind, FormatName, Theme

GALLERY = "index.html"
SCHEMA = 1
"""The version of the manifest's form; see the README."""


def manifest(
    book: Book,
    theme: Theme,
    results: Sequence[tuple[Edition, Done]],
    gallery: bytes,
    warnings: Sequence[BuildWarning],
    families: Sequence[Family] = (),
) -> dict[str, Any]:
    """The manifest: what was made of what, and what was inferred. Its form is in the README."""
    return {
        "schema": SCHEMA,
        "generator": GENERATOR,
        "book": {
            "name": book.name,
            "title": book.title,
            "authors": list(book.authors),
            "publisher": book.publisher,
            "identifier": book.identifier,
            "rights": book.rights,
            "date": book.date,
            "languages": [each.tag for each in book.translations],
        },
        "files": [
            {
                "path": made.name,
                "edition": edition.kind.value,
                "arrangement": (
                    edition.arrangement.value if edition.kind is EditionKind.COMBINED else None
                ),
                "languages": [each.tag for each in edition.languages],
                "format": made.format_name.value,
                "identifier": _identifier(edition, made.format_name),
                "bytes": len(made.content),
                "sha256": output.digest(made.content),
                "pages": made.pages,
                "profile": made.profile.value if made.profile else None,
                "imposed": made.scheme.value if made.scheme else None,
                "blanks_after": made.blanks_after,
            }
            for edition, done in results
            for made in done.files
        ],
        "gallery": {"path": GALLERY, "bytes": len(gallery), "sha256": output.digest(gallery)},
        "theme": theme_row(theme),
        "faces": face_rows(families),
        "sources": source_rows(book),
        "inferences": inference_rows(book),
        "warnings": warning_rows(warnings),
        "amendments": amendment_rows(book),
    }


def _identifier(edition: Edition, form: FormatName) -> str | None:
    """What a file is called in the trade; an e-book always has an identifier."""
    if form is FormatName.EPUB:
        return epub.identifier(edition)
    named = None if form is FormatName.SVG else edition.identifier(form)
    return named.uri if named else None
