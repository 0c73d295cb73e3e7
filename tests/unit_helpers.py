"""What several unit tests share: folders of texts, drafts, and the characters of blocks."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from coloraide import Color

from pipeline.configuration.options import Options
from pipeline.document import Block, Book, Heading, Paragraph, Text, Translation, block_text
from pipeline.errors import Origin
from pipeline.languages import language
from pipeline.limits import DEFAULT, Limits
from pipeline.machine.files import Access
from pipeline.readers import markdown, text
from pipeline.readers.draft import Draft
from pipeline.readers.source import Source
from pipeline.sources import load
from pipeline.structure import Member

ROOT = Path(__file__).resolve().parents[1]

SENTENCE = "This sentence is long enough to be nothing but a paragraph of running text."


def put(folder: Path, files: Mapping[str, str | bytes]) -> Path:
    """Write files into a folder, as UTF-8 where they are not bytes; the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        data = content if isinstance(content, bytes) else content.encode()
        (folder / name).write_bytes(data)
    return folder


def book_of(folder: Path, files: Mapping[str, str | bytes], options: Options | None = None) -> Book:
    """The book of a folder with these files."""
    return load([put(folder, files)], options)[0]


def source(path: str, folder: Path | None = None, limits: Limits = DEFAULT) -> Source:
    """A source, for readers that are given its characters."""
    folder = folder or Path()
    return Source(path, b"", folder, Access((folder,), limits=limits))


def bare(content: str, path: str = "a.txt") -> Draft:
    """What the reader of bare text makes of some characters."""
    return text.read(content, source(path))


def marked(content: str, folder: Path | None = None) -> Draft:
    """What the reader of Markdown makes of some characters."""
    return markdown.read(content, source("a.md", folder))


def member(content: str, tag: str, path: str | None = None) -> Member:
    """A bare text with its language."""
    return Member(language(tag), bare(content, path or f"a.{tag}.txt"))


def marked_member(content: str, tag: str) -> Member:
    """A Markdown text with its language."""
    return Member(language(tag), markdown.read(content, source(f"a.{tag}.md")))


def words_of(blocks: Iterable[Block]) -> list[str]:
    """The characters of each block."""
    return [block_text(block) for block in blocks]


def lines_of(blocks: Iterable[Block]) -> list[int | None]:
    """The line of each block."""
    return [block.origin.line for block in blocks]


def outline_of(translation: Translation) -> list[tuple[str, int]]:
    """The headings of a translation and their levels, in reading order."""
    return [(block_text(section.heading), section.heading.level) for section in translation.walk()]


def text_of(*parts: str) -> str:
    """A bare text of blocks with empty lines between them."""
    return "\n\n".join(parts) + "\n"


def paragraph(value: str, line: int = 1) -> Paragraph:
    return Paragraph(inlines=(Text(value),), origin=Origin("a.txt", line))


def heading(value: str, level: int, line: int = 1) -> Heading:
    return Heading(inlines=(Text(value),), level=level, origin=Origin("a.txt", line))


def segments_of(blocks: Sequence[Block]) -> list[int]:
    return [block.segment for block in blocks]


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours (WCAG 2.2, definition of contrast ratio)."""
    return Color(one).contrast(other, method="wcag21")
