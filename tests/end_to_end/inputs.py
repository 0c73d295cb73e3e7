"""The two inputs, and what must be found in the books that are made of them."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin

from tests.end_to_end.tools import REPOSITORY

LANGUAGES = ("th", "ar", "id", "de", "es")
AUTONYMS = {
    "th": "ไทย",
    "ar": "العربية",
    "id": "Bahasa Indonesia",
    "de": "Deutsch",
    "es": "Español",
}
FORMATS = ("html", "epub", "pdf")
"""What can be read."""
ENDINGS = (*FORMATS, "cover.svg")
"""What the files of an edition end with, in the order of the manifest."""
EDITIONS = (*LANGUAGES, "combined")

TEXTS = REPOSITORY.parent / "shared" / "texts"
HEADING_LINES = (10, 16, 24, 45, 47, 55, 70, 76, 90, 113)
"""The lines, counted from 0, on which the headings of the bare texts stand, in every language."""


@dataclass(frozen=True, slots=True)
class Input:
    """One folder with the same text in five languages."""

    name: str
    folder: Path
    files: dict[str, str]
    """The file of each language."""
    stem: str
    """What the files that are made begin with."""
    date: str
    headings: int
    heading_lines: tuple[int, ...] | None = None


SAMPLE = Input(
    name="sample",
    folder=REPOSITORY / "sources",
    files={tag: f"customers.{tag}.{'md' if tag == 'de' else 'txt'}" for tag in LANGUAGES},
    stem="customers",
    date="2026-03-02",
    headings=11,
)
BARE = Input(
    name="texts",
    folder=TEXTS,
    files={
        "th": "000_d8ee0c7bbeda79b6.txt",
        "ar": "001_44d808d6bf074fea.txt",
        "id": "002_0c35bdd3dcfdba0c.txt",
        "de": "003_2234855a44435785.txt",
        "es": "004_c04e5aa244bc7e6e.txt",
    },
    stem="texts",
    date="2021-12-24",
    headings=10,
    heading_lines=HEADING_LINES,
)


def direction(tag: str) -> str:
    return "rtl" if tag == "ar" else "ltr"


@dataclass(frozen=True, slots=True)
class Unit:
    """A piece of a source that a reader must find: in which element, and the characters.

    ``element`` is empty where the source does not say (a bare line may be a heading). ``line``
    counts from 0. ``note`` marks what belongs to a footnote.
    """

    element: str
    text: str
    line: int = -1
    note: bool = False


SPACE = re.compile(r"[ \t\r\n\f]+")


def clean(text: str) -> str:
    """NFC, with white space (and no other space: a no-break space is a character) made one."""
    return SPACE.sub(" ", unicodedata.normalize("NFC", text)).strip(" ")


def squeezed(text: str) -> str:
    """The characters alone, for what comes back from a PDF: no spaces, nothing invisible."""
    composed = unicodedata.normalize("NFC", text)
    return "".join(
        char
        for char in composed
        if not char.isspace() and unicodedata.category(char) not in ("Cc", "Cf")
    )


def units(source: Path) -> list[Unit]:
    """What stands in a source, in order."""
    text = source.read_text(encoding="utf-8-sig")
    return list(_marked(text) if source.suffix == ".md" else _bare(text))


def _bare(text: str) -> Iterator[Unit]:
    first = True
    for number, line in enumerate(text.splitlines()):
        if not line.strip():
            continue
        bullet = re.match(r"\s*•\s+", line)
        if bullet:
            yield Unit("li", clean(line[bullet.end() :]), number)
        else:
            yield Unit("h1" if first else "", clean(line), number)
        first = False


def _marked(text: str) -> Iterator[Unit]:
    """Markdown with a front matter that holds the title."""
    _, front, body = text.split("---\n", 2)
    title = re.search(r"^title: *(.+)$", front, re.MULTILINE)
    assert title, "the Markdown source has no title"
    yield Unit("h1", clean(title[1]))
    skipped = text[: len(text) - len(body)].count("\n")
    tokens = MarkdownIt("commonmark").enable("table").use(footnote_plugin).parse(body)
    open_: list[Token] = []
    for token in tokens:
        if token.nesting == 1:
            open_.append(token)
        elif token.nesting == -1:
            open_.pop()
        elif token.type == "inline":
            line = skipped + token.map[0] if token.map else -1
            note = any(each.type == "footnote_open" for each in open_)
            yield from _inline(token, open_, line, note)


def _inline(token: Token, open_: list[Token], line: int, note: bool) -> Iterator[Unit]:
    children = token.children or []
    if len(children) == 1 and children[0].type == "image":
        yield Unit("img", clean(children[0].content), line, note)
        if caption := children[0].attrs.get("title"):
            yield Unit("figcaption", clean(str(caption)), line, note)
        return
    inside = open_[-1]
    # In a list without empty lines the paragraph of an item is hidden.
    element = open_[-2].tag if inside.hidden else inside.tag
    shown = {"softbreak": " ", "hardbreak": " ", "footnote_ref": ""}
    text = "".join(
        shown.get(each.type, each.content)
        for each in children
        if each.type in (*shown, "text", "code_inline", "html_inline")
    )
    yield Unit(element, clean(text), line, note)
