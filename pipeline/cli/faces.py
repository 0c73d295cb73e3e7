"""What ``pentapla faces`` says: which typefaces a book, or each script, is set in, and what would be better."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from pipeline import typography
from pipeline.cli.places import places
from pipeline.configuration.options import Options
from pipeline.fonts.install import install
from pipeline.fonts.needs import Needs, needs_of
from pipeline.fonts.offers import Offer, described, of_book, of_scripts, wanted
from pipeline.fonts.sources import Registry, Source
from pipeline.sources import folder_of, load

ROUNDS = 3
"""How often is looked again: a typeface that was installed may show what else is missing."""


def of_texts(
    source: Sequence[Path], options: Options | None = None
) -> tuple[Needs, tuple[Offer, ...]]:
    """What the texts of a folder need. Raises what :func:`~pipeline.sources.load` raises."""
    book, configuration = load(source, options)
    book = typography.apply(book, configuration.settings.typography)
    needs = needs_of(book)
    return needs, of_book(book, needs)


def lines(offers: Sequence[Offer]) -> Iterator[str]:
    """One line an offer: what is set in it, its name, where it comes from, and what would be better."""
    for offer in offers:
        yield f"{offer.what}: {_said(offer)}"


def _said(offer: Offer) -> str:
    if offer.family.source is None:
        ways = " or ".join(_ways(offer))
        return f"{offer.best.name} is not installed ({ways})"
    used = f"{offer.family.name} ({described(offer.family.source)})"
    if not offer.stands_in:
        return used
    return f"{used}, in place of {offer.best.name} ({' or '.join(_ways(offer))})"


def _ways(offer: Offer) -> Iterator[str]:
    for source in wanted([offer]):
        yield f"--install: {described(source)}"
    debian = offer.best.from_registry(Registry.DEBIAN)
    if debian:
        yield f"apt-get install: {described(debian)}"


def install_for(source: Sequence[Path], options: Options | None = None) -> tuple[Source, ...]:
    """Install from PyPI what the texts of a folder, or without any all scripts, are set in best.

    Raises :class:`~pipeline.errors.FontError` where pip cannot, and where something is still missing then.
    """
    installed: dict[Source, None] = {}
    for _ in range(ROUNDS):
        offers = of_texts(source, options)[1] if source else of_scripts()
        more = [each for each in wanted(offers) if each not in installed]
        if not more:
            break
        install(more)
        installed.update(dict.fromkeys(more))
    return tuple(installed)


def ending(needs: Needs | None, offers: Sequence[Offer], source: Sequence[Path]) -> Iterator[str]:
    """What is to be done, where something is."""
    if needs and needs.missing:
        said, cure = needs.missing.error().told(places(folder_of(source)))
        yield f"missing: {said}"
        yield f"  cure: {cure}"
    elif wanted(offers) and source:
        first = next(iter(source))
        yield f"nothing is missing; for better typefaces run: pentapla faces {first} --install"
    elif source:
        yield "nothing is missing"
