"""An edition: text, settings, and whether its languages stand alone or together, and how."""

from dataclasses import dataclass

from pipeline.document import Book, Translation
from pipeline.document.identifiers import Identifier
from pipeline.languages import Direction, Language
from pipeline.settings.arrangements import ARRANGEMENTS, ArrangementName
from pipeline.settings.values import DEFAULTS, EditionKind, Settings


@dataclass(frozen=True, slots=True)
class Edition:
    """What is made into files: a selection of a book's translations, and the settings it is made with."""

    book: Book
    kind: EditionKind
    translations: tuple[Translation, ...]
    settings: Settings = DEFAULTS
    arrangement: ArrangementName = ArrangementName.SEQUENCE
    """How the languages of a combined one stand to each other."""

    @property
    def key(self) -> str:
        """The part of a file's name that tells editions of a book apart: a tag, ``combined``, or
        ``combined.`` and an arrangement."""
        if self.kind is EditionKind.SINGLE:
            return self.first.tag
        if self.arrangement is ArrangementName.SEQUENCE:
            return self.kind.value
        return f"{self.kind.value}.{self.arrangement.value}"

    @property
    def rows(self) -> bool:
        """Whether its languages stand in rows: what all of them say of the same, and then of what follows."""
        combined = self.kind is EditionKind.COMBINED
        return combined and ARRANGEMENTS[self.arrangement].rows

    @property
    def first(self) -> Translation:
        """The first of its translations; the edition of one language has no other."""
        return self.translations[0]

    @property
    def title(self) -> str:
        """The title of the edition: of one language, that of the translation; of all languages, the combined
        title of the book, or that of the first translation where it is empty."""
        if self.kind is EditionKind.COMBINED:
            return self.book.combined_title or self.first.called
        return self.first.called

    def identifier(self, form: str) -> Identifier | None:
        """What the edition is called in the trade, in a format (``html``, ``epub``, ``pdf``): its own, or that
        of the book where it is the whole of it.

        One language is called the same whether or not it was built alone. An edition that lacks some of its
        languages is another one, and has none of these.
        """
        if self.incomplete:
            return None
        own = {what: each for key, what, each in self.book.identifiers if key == self.key}
        if found := own.get(form) or own.get(""):
            return found
        every = len(self.translations) == len(self.book.translations) and not self.book.partial
        # Of several arrangements one alone can be the book.
        plain = self.arrangement is ArrangementName.SEQUENCE
        return self.book.whole if every and plain else None

    @property
    def incomplete(self) -> bool:
        """Whether it is to hold all translations, and some were left out."""
        return self.kind is EditionKind.COMBINED and self.book.partial

    @property
    def distinction(self) -> str:
        """What tells it from every other edition of any book; identifiers are computed from it."""
        whole = f"{self.book.identifier or self.book.name}/{self.key}/{self.title}"
        if self.incomplete:
            return f"{whole}/{','.join(each.tag for each in self.translations)}"
        return whole

    @property
    def authors(self) -> tuple[str, ...]:
        """The authors, in the spelling of its language where its text says them."""
        own = self.first.authors if self.kind is EditionKind.SINGLE else ()
        return own or self.book.authors

    @property
    def direction(self) -> Direction:
        """The page progression."""
        if own := ARRANGEMENTS[self.arrangement].progression:
            return own
        if self.kind is EditionKind.COMBINED and self.settings.progression is not None:
            return self.settings.progression
        return self.first.language.direction

    @property
    def languages(self) -> tuple[Language, ...]:
        """The languages of its translations, in order."""
        return tuple(translation.language for translation in self.translations)
