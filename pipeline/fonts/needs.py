"""Which families a book is set in, and what none of them can draw: all of it at once."""

import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import partial

from babel import Locale
from fontTools import unicodedata as scripts

from pipeline.document import Book, Code, CodeBlock, Picture, Text, Translation, find, placed
from pipeline.errors import Argument, FontError, Origin
from pipeline.fonts.coverage import drawn_by, draws_emoji, is_invisible
from pipeline.fonts.emoji import holds_emoji, parts
from pipeline.fonts.families import (
    Family,
    choices,
    chosen,
    code_families,
    declared,
    emoji_family,
    every_family,
    made_for,
    standing_in,
)
from pipeline.fonts.sources import Registry
from pipeline.messages import Message

SHOWN_PLACES, SHOWN_CHARACTERS = 3, 12
"""How many places, and how many characters, of one kind a message lists."""

FACTS = Origin("book.toml")
"""Where what is said of the book as a whole stands."""


@dataclass(slots=True)
class Places:
    """Where something stands: how many times, and its first lines."""

    count: int = 0
    first: list[Origin] = field(default_factory=list)

    def add(self, origin: Origin, count: int = 1) -> None:
        """Count ``count`` more occurrences at a line. Of all lines, only the first few are kept."""
        self.count += count
        if len(self.first) < SHOWN_PLACES and origin not in self.first:
            self.first.append(origin)

    def join(self, other: "Places") -> None:
        """Take in what is known of something else."""
        for origin in other.first:
            self.add(origin, 0)
        self.count += other.count

    def said(self) -> Message:
        """The first lines, and how many times it is in all where that is more."""
        times = f" ({self.count} times)" if self.count > len(self.first) else ""
        return Message(Message.joined(", ", self.first), times)


@dataclass(slots=True)
class Characters:
    """The characters of a translation, each with where it stands; emoji whole, and those of code apart, as
    they are drawn by other faces."""

    text: dict[str, Places] = field(default_factory=dict)
    code: dict[str, Places] = field(default_factory=dict)
    emoji: dict[str, Places] = field(default_factory=dict)

    def add(self, value: str, origin: Origin, *, code: bool = False) -> None:
        """Note the characters of a text and the line that it comes from; ``code`` says that it is set as code.
        An emoji is noted whole, and among the emoji, in code too."""
        into = self.code if code else self.text
        if not holds_emoji(value):
            self._count(into, value, origin)
            return
        for part, is_emoji in parts(value):
            if is_emoji:
                self.emoji.setdefault(part, Places()).add(origin)
            else:
                self._count(into, part, origin)

    @staticmethod
    def _count(into: dict[str, Places], value: str, origin: Origin) -> None:
        for char, number in Counter(value).items():
            into.setdefault(char, Places()).add(origin, number)


@dataclass(slots=True)
class Missing:
    """What no family draws: characters by the family that would draw them, or that a language is set in;
    by None what no family of the table has."""

    groups: dict[str | None, dict[str, Places]] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.groups)

    def add(self, char: str, places: Places, own: str | None = None) -> None:
        """Note a character that no family draws; ``own`` is a missing family of its text."""
        # Signs that several scripts share belong to each of them.
        systems = sorted(scripts.script_extension(char))
        known = [each.key for system in systems for each in made_for(system) if not each.there]
        # One typeface is enough for what several have: kanji and kana, Han of one language beside another.
        wanted = next((key for key in known if key in self.groups), next(iter(known), own))
        self.groups.setdefault(wanted, {}).setdefault(char, Places()).join(places)

    def add_family(self, key: str, origin: Origin) -> None:
        """Note a family that a language is set in, and that is not there."""
        self.groups.setdefault(key, {}).setdefault("", Places()).add(origin, 0)

    def families(self) -> tuple[Family, ...]:
        """The families that would mend it."""
        return tuple(declared(key) for key in self.groups if key is not None)

    def error(self) -> FontError:
        """All of it as one error."""
        every = {char: at for group in self.groups.values() for char, at in group.items()}
        first = min(origin for places in every.values() for origin in places.first)
        chars = [char for char in every if char]
        if len(chars) == 1 and len(self.groups) == 1:
            what = f"no typeface that is installed can draw {_named(chars[0])}"
        else:
            # On one line: on a terminal a message has no other.
            kinds = [Message(_titled(key), _listed(group)) for key, group in self.groups.items()]
            number = f"{len(chars)} characters of this book" if chars else "this book"
            what = Message(
                f"no typeface that is installed can draw {number}: ", Message.joined("; ", kinds)
            )
        return FontError(what, at=first, cure=cure(self.families(), None in self.groups))


def cure(families: Iterable[Family], undrawable: bool = False) -> Message:
    """What mends it where families are missing: one command for those that PyPI has, one for Debian's."""
    by_pip: list[Family] = []
    by_apt: list[Family] = []
    for each in families:
        (by_pip if from_pypi(each) else by_apt).append(each)
    steps: list[str] = []
    if by_pip:
        steps.append(Message("run: pentapla faces ", Argument("."), " --install"))
    if by_apt:
        packages = dict.fromkeys(
            source.package
            for each in by_apt
            for source in [each.from_registry(Registry.DEBIAN)]
            if source
        )
        steps.append(f"run as root: apt-get install {' '.join(packages)}")
    if undrawable:
        steps.append(
            "write what no typeface draws with other characters, or declare a typeface that has it in "
            "languages.toml"
        )
    return Message.joined("; ", steps)


def from_pypi(family: Family) -> Family | None:
    """The best that PyPI has of a family and those that stand in for it."""
    return next((each for each in choices(family.key) if each.from_registry(Registry.PYPI)), None)


def _named(char: str) -> str:
    codes = " ".join(f"U+{ord(each):04X}" for each in char)
    name = unicodedata.name(char, "without a name") if len(char) == 1 else "an emoji"
    return f"“{char}” ({codes} {name})"


def _titled(key: str | None) -> str:
    if key is None:
        return "no typeface is known for "
    return f"{declared(key).name} is not installed: "


def _listed(group: dict[str, Places]) -> Message:
    together = Places()
    for places in group.values():
        together.join(places)
    together.first.sort()
    chars = [char for char in group if char]
    if not chars:
        return together.said()
    names = Counter(_script(char) for char in chars)
    shown = " ".join(chars[:SHOWN_CHARACTERS])
    if len(chars) <= SHOWN_PLACES:
        shown = ", ".join(map(_named, chars))
    more = f" and {len(chars) - SHOWN_CHARACTERS} more" if len(chars) > SHOWN_CHARACTERS else ""
    return Message(f"{shown}{more} [{', '.join(names)}]: ", together.said())


def _script(char: str) -> str:
    code = scripts.script(char[0])
    return str(Locale("en").scripts.get(code, code))


# --- a book -------------------------------------------------------------------------------------------


@dataclass(slots=True)
class Needs:
    """What a book is set in: for every script its families, its own, then whatever else a character of its
    texts needs; those of code and of emoji, where it has any; and what is missing."""

    stacks: dict[str, tuple[Family, ...]]
    code: tuple[Family, ...]
    emoji: Family | None
    missing: Missing

    def families(self) -> tuple[Family, ...]:
        """All families, each once."""
        every = [each for stack in self.stacks.values() for each in stack]
        return tuple(dict.fromkeys([*every, *self.code, *filter(None, [self.emoji])]))


def needs_of(book: Book) -> Needs:
    """What a book is set in and what is missing for it; looks at every character, and raises nothing."""
    code = code_families() if any(find(book.translations, (Code, CodeBlock))) else ()
    needs = Needs({}, code, None, Missing())
    for translation in book.translations:
        writing = translation.language.script
        families = list(needs.stacks.get(writing.code, ()))
        for key in () if families else writing.families:
            if chosen(key).there:
                families.append(chosen(key))
            else:
                needs.missing.add_family(key, translation.title.origin)
        found = characters_of(translation, book.facts_in(translation))
        own = next((key for key in writing.families if not chosen(key).there), None)
        _complete(found, families, needs, own)
        needs.stacks[writing.code] = tuple(dict.fromkeys(families))
    return needs


def _complete(found: Characters, families: list[Family], needs: Needs, own: str | None) -> None:
    """Add to some families whatever draws what they lack; ``own`` is one of the text's that is missing."""
    missing = partial(needs.missing.add, own=own)
    for sequence, places in found.emoji.items():
        emoji = emoji_family()
        if draws_emoji(sequence, emoji):
            needs.emoji = emoji
        else:
            for char in sequence:
                _add(char, places, families, (), missing)
    for char, places in found.text.items():
        _add(char, places, families, (), missing)
    for char, places in found.code.items():
        _add(char, places, families, needs.code, missing)
    if needs.emoji and found.emoji and needs.emoji not in families:
        families.append(needs.emoji)  # for where a title stands without markup: in a running head


def _add(
    char: str,
    places: Places,
    families: list[Family],
    before: tuple[Family, ...],
    missing: Callable[[str, Places], None],
) -> None:
    if is_invisible(char) or drawn_by(char, (*before, *families)):
        return
    made = (*standing_in(char, families), *made_for(scripts.script(char)))
    own = (each for each in made if each.there)
    other = next((each for each in (*own, *every_family()) if drawn_by(char, (each,))), None)
    if other is None:
        missing(char, places)
    else:
        families.append(other)


def families_for(book: Book) -> dict[str, tuple[Family, ...]]:
    """For every script of a book the families it is set in.

    Raises :class:`FontError` naming file, line and characters, all of them, where no face can draw some.
    """
    needs = needs_of(book)
    if needs.missing:
        raise needs.missing.error()
    return needs.stacks


def characters_of(translation: Translation, facts: str) -> Characters:
    """Every character of a translation, with the places where it stands, and those of the ``facts``: what is
    said of the book as a whole stands in every edition, in the faces of its language."""
    found = Characters()
    found.add(facts, FACTS)
    for node, at in placed(translation, Origin(translation.provenance.path, 1)):
        match node:
            case Text(value):
                found.add(value, at)
            case Code(value) | CodeBlock(value=value):
                found.add(value, at, code=True)
            case Picture(words=words):
                found.add(words, at)
    return found
