"""What the tests of passes share: one paragraph of Markdown, passed over as a book asks."""

from dataclasses import dataclass

from pipeline import typography
from pipeline.document import Amendment, Block, Book, Heading, Text, Translation, block_text
from pipeline.document.book import Provenance
from pipeline.errors import Origin
from pipeline.languages import language
from pipeline.readers import markdown
from pipeline.settings.values import TypographySettings
from tests.unit_helpers import source


@dataclass(frozen=True)
class Passed:
    """A text after all passes."""

    translation: Translation
    amendments: tuple[Amendment, ...]

    @property
    def blocks(self) -> tuple[Block, ...]:
        return self.translation.front

    @property
    def text(self) -> str:
        return "\n".join(map(block_text, self.blocks))


def translation_of(content: str, tag: str) -> Translation:
    draft = markdown.read(content, source(f"a.{tag}.md"))
    return Translation(
        language=language(tag),
        title=Heading(inlines=(Text("A"),), level=0, origin=Origin(f"a.{tag}.md", 1)),
        front=draft.blocks,
        sections=(),
        provenance=Provenance(f"a.{tag}.md", "UTF-8", "name"),
        notes=draft.notes,
    )


def passed(content: str, tag: str, settings: TypographySettings | None = None) -> Passed:
    book = Book(
        name="a",
        title="",
        translations=(translation_of(content, tag),),
    )
    done = typography.apply(book, settings or TypographySettings())
    return Passed(done.translations[0], done.amendments)
