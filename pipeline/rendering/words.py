"""The words of the frame as documents show them: marked as what they are, where a language has none of its own
and they stand in English (WCAG 2.2, 3.1.2)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from markupsafe import Markup, escape

from pipeline.languages import Language, Script


@dataclass(frozen=True, slots=True)
class FrameWords(Mapping[str, str]):
    """The words of the frame around a text in ``language``, by the keys of ``languages.toml``: each as it is,
    and as an element shows it. ``xml`` tells whether documents are XML, where an element says its language
    twice."""

    language: Language
    xml: bool = False

    def __getitem__(self, key: str) -> str:
        return self.language.words[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self.language.words)

    def __len__(self) -> int:
        return len(self.language.words)

    def language_of(self, key: str) -> Language:
        """The language that a word is in."""
        return self.language.language_of(key)

    def shown(self, key: str, inside: str | None = None) -> Markup:
        """A word in the text of a document, marked where it is not in the language of the text, or stands in an
        element labelled with a word (``inside``) that is not."""
        own, around = self.language_of(key), self.language_of(inside) if inside else self.language
        return self._marked(self[key], own, plain=own == around == self.language)

    def name(self, language: Language) -> Markup:
        """What a language is called in itself, in an element of that language."""
        own = language.language_of("name")
        return self._marked(language.autonym, own, language.script, plain=own == language)

    def label(self, key: str) -> Markup:
        """The attribute that labels an element with a word, and that which says in what language it does."""
        labelled = Markup(' aria-label="{}"').format(self[key])
        return labelled + self._other(key, self.language_of(key))

    def hint(self, key: str) -> Markup:
        """The attribute that shows a word to whoever points at an element with the label ``key``."""
        return Markup(' title="{}"').format(self[key])

    def data(self, key: str) -> Markup:
        """The attribute that gives a word to a script, and that which says in what language it is."""
        given = Markup(' data-{}="{}"').format(key, self[key])
        other = self.language_of(key)
        if other == self.language:
            return given
        return given + Markup(' data-{}-lang="{}"').format(key, other.tag)

    def resume(self, key: str) -> Markup:
        """The attribute that returns to the language of the text inside an element with the label ``key``."""
        return self._other(key, self.language)

    def title(self, key: str) -> str:
        """A word as a part of the title of a document, which is in one language: empty if it is in another."""
        return self[key] if self.language_of(key) == self.language else ""

    def _marked(
        self, word: str, own: Language, around: Script | None = None, *, plain: bool
    ) -> Markup:
        if plain:
            return escape(word)
        # Sizes of runs are relative to the script around them.
        around = around or self.language.script
        return Markup('<span{} dir="{}" class="run {} in-{}">{}</span>').format(
            self._lang(own), own.direction, own.script.css, around.css, word
        )

    def _other(self, key: str, language: Language) -> Markup:
        own = self.language_of(key) == self.language
        return Markup("") if own else self._lang(language)

    def _lang(self, language: Language) -> Markup:
        xml = Markup(' xml:lang="{}"').format(language.tag) if self.xml else ""
        return Markup(' lang="{}"{}').format(language.tag, xml)
