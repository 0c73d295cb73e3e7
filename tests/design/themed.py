"""Small books in themes, for the tests of covers and themes."""

import json
from collections.abc import Mapping
from pathlib import Path

from pipeline import typography
from pipeline.editions import Edition
from pipeline.rendering import FileNames, Renderer
from pipeline.settings.values import EditionKind, Theme
from pipeline.sources import load

TEXTS = {
    "de": "# Kunden drinnen und draußen\n\nPublished: 2026-03-02\n\n## Wer kommt\n\n"
    "Ein Absatz.\n\nNoch einer.\n",
    "th": "# ลูกค้าในบ้าน ลูกค้านอกบ้าน\n\n## ใครมา\n\nย่อหน้าแรก\n\nย่อหน้าที่สอง\n",
    "ar": "# عملاء الداخل وعملاء الخارج\n\n## من يأتي\n\nفقرة أولى.\n\nفقرة ثانية.\n",
}


def write(
    folder: Path,
    theme: str = "plain",
    texts: Mapping[str, str] = TEXTS,
    own: Mapping[str, str] | None = None,
    more: str = "",
) -> Path:
    """The sources of a book in a theme, with templates of its own by name, and ``more`` of [theme]."""
    folder.mkdir(parents=True, exist_ok=True)
    for tag, text in texts.items():
        (folder / f"b.{tag}.md").write_text(text, encoding="utf-8")
    settings = (
        f'name = "b"\nlanguages = {json.dumps(list(texts))}\n[theme]\nname = "{theme}"\n{more}'
    )
    (folder / "book.toml").write_text(settings, encoding="utf-8")
    for name, content in (own or {}).items():
        file = folder / "templates" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(content, encoding="utf-8")
    return folder


def theme(folder: Path) -> Theme:
    return load([folder])[1].settings.theme


def renderer(folder: Path) -> Renderer:
    book, wanted = load([folder])
    return Renderer(
        typography.apply(book, wanted.settings.typography),
        FileNames({}),
        wanted.settings,
        folder=folder,
    )


def editions(made: Renderer) -> dict[str, Edition]:
    """Every edition of a book, by its key."""
    translations = made.book.translations
    singles = [
        Edition(made.book, EditionKind.SINGLE, (each,), made.settings) for each in translations
    ]
    every = [*singles, Edition(made.book, EditionKind.COMBINED, translations, made.settings)]
    return {
        each.key: each for each in every if each.kind is EditionKind.SINGLE or len(translations) > 1
    }
