"""What there is of typefaces, and what there could be: for a book, or for every script."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from babel import Locale

from pipeline.document import Book
from pipeline.fonts.families import Family, choices, chosen
from pipeline.fonts.needs import Needs
from pipeline.fonts.sources import Registry, Source
from pipeline.languages import DEFAULT, script, table


@dataclass(frozen=True, slots=True)
class Offer:
    """One typeface that something is set in: ``family`` is what is used, ``best`` what would be used if it
    were installed."""

    what: str
    """What is set in it, in words: a language, a script, code, emoji."""
    family: Family
    best: Family

    @property
    def stands_in(self) -> bool:
        """Whether the family that is used is another than the best, and is there."""
        return self.family.there and self.family != self.best


def of_book(book: Book, needs: Needs) -> tuple[Offer, ...]:
    """The typefaces of a book: those of its languages, then whatever else its characters need."""
    found: dict[Family, Offer] = {}
    for each in book.translations:
        for key in each.language.script.families:
            what = f"{each.language.autonym} ({each.tag})"
            _note(found, what, key)
    for family in needs.missing.families():
        found.setdefault(chosen(family.key), Offer("words in other scripts", family, family))
    for stack in needs.stacks.values():
        for family in stack:
            found.setdefault(family, Offer("words and signs in the text", family, family))
    for family in needs.code:
        found[family] = Offer("code", family, family)
    if needs.emoji:
        found[needs.emoji] = Offer("emoji", needs.emoji, needs.emoji)
    return tuple(found.values())


def of_scripts() -> tuple[Offer, ...]:
    """The first typeface of every script of the table, and those of code and emoji."""
    rows = table()
    names = Locale("en").scripts
    offers = []
    for code, row in rows.scripts.items():
        if code != DEFAULT and not row.like:
            key = script(code).families[0]
            offers.append(Offer(f"{names.get(code, code)} ({code})", chosen(key), choices(key)[0]))
    keys = [("code", key) for key in rows.code.families]
    for what, key in (*keys, ("emoji", rows.emoji)):
        offers.append(Offer(what, chosen(key), choices(key)[0]))
    return tuple(offers)


def _note(found: dict[Family, Offer], what: str, key: str) -> None:
    family = chosen(key)
    known = found.get(family)
    if known is None:
        found[family] = Offer(what, family, choices(key)[0])
    elif what not in known.what.split(", "):
        found[family] = Offer(f"{known.what}, {what}", family, known.best)


def wanted(offers: Iterable[Offer]) -> tuple[Source, ...]:
    """The packages of PyPI that would give some offers better typefaces than there are, or any at all."""
    return tuple(dict.fromkeys(source for offer in offers for source in _better(offer)))


def _better(offer: Offer) -> Iterator[Source]:
    for each in choices(offer.best.key):
        if each.there:
            return
        source = each.from_registry(Registry.PYPI)
        if source:
            yield source
            return


def described(source: Source) -> str:
    """A package in words: where from, how large, under which licence."""
    row = table().packages[source.package]
    return f"{source.package} from {source.registry}, {row.megabytes} MB, {row.licence}"
