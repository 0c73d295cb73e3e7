"""What the manifest says of the texts: rows that other programs may build on.

Their form is in the README. What it says of the files that were made is put together in ``build``.
"""

from collections.abc import Sequence
from typing import Any

from pipeline.document import Book, BuildWarning, Translation, block_text
from pipeline.fonts import Family
from pipeline.output import digest
from pipeline.settings.values import Theme


def source_rows(book: Book) -> list[dict[str, Any]]:
    """Each text: which file, in which language, how that is known, and its headings."""
    return [_source(each) for each in book.translations]


def theme_row(theme: Theme) -> dict[str, Any]:
    """The theme, and which of its templates the book's own took the place of."""
    return {
        "name": theme.name,
        "overrides": [{"name": each.name, "sha256": each.sha256} for each in theme.overrides],
    }


def face_rows(families: Sequence[Family]) -> list[dict[str, Any]]:
    """The typefaces, by the files that they were taken from: two machines with other files make other bytes."""
    return [
        {
            "family": each.name,
            "package": each.package,
            "files": [
                {"name": path.name, "sha256": digest(path.read_bytes())}
                for path in dict.fromkeys(each.original(style) for style in each.styles)
            ],
        }
        for each in families
    ]


def inference_rows(book: Book) -> list[str]:
    """What was guessed, in words."""
    return list(book.inferences)


def warning_rows(warnings: Sequence[BuildWarning]) -> list[dict[str, Any]]:
    """What the user should know of."""
    return [
        {
            "what": warning.what,
            "path": warning.at.path if warning.at else None,
            "line": warning.at.line if warning.at else None,
        }
        for warning in warnings
    ]


def amendment_rows(book: Book) -> list[dict[str, Any]]:
    """Every change that the passes of typography made to characters of the texts."""
    return [
        {
            "path": each.at.path,
            "line": each.at.line,
            "rule": each.rule,
            "before": each.before,
            "after": each.after,
            "count": each.count,
        }
        for each in book.amendments
    ]


def _source(translation: Translation) -> dict[str, Any]:
    known = translation.provenance
    return {
        "path": known.path,
        "language": translation.tag,
        "language_from": known.language_from,
        "script": translation.language.script.code,
        "direction": translation.language.direction.value,
        "bytes": known.size,
        "sha256": known.sha256,
        "encoding": known.encoding,
        "nfc": known.nfc,
        "title": {
            "text": block_text(translation.title),
            "line": translation.title.origin.line,
        },
        "date": translation.date,
        "headings": [
            {
                "line": section.heading.origin.line,
                "level": section.heading.level,
                "segment": section.heading.segment,
                "text": block_text(section.heading),
            }
            for section in translation.walk()
        ],
    }
