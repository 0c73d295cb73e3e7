"""The language of a PDF and of every part of it (WCAG 2.2, 3.1.1 and 3.1.2; ISO 14289-1 7.2).

A validator sees that there is a ``/Lang``; only the book knows whether it is the right one.
"""

from collections.abc import Iterator, Sequence

from pipeline.checks.pdf.opened import Opened, letters, shown
from pipeline.checks.pdf.tree import Spoken
from pipeline.checks.verdicts import Finding
from pipeline.errors import UnknownLanguageError
from pipeline.languages import language, members, script_counts

SURE = 12
"""From how many letters on it is no chance that a text stands in one translation and in no other."""


def document(opened: Opened) -> Iterator[Finding]:
    """The document's language is one of the edition's: the first."""
    said = str(opened.pdf.Root.get("/Lang", ""))
    if not said:
        yield Finding("the document has no language", None, "", "document language")
    elif opened.tags and said != opened.tags[0]:
        what = f"the document's language is {said}, and the edition begins in {opened.tags[0]}"
        yield Finding(what, None, "", "document language")


def parts(opened: Opened) -> Iterator[Finding]:
    """Every part is in the language that holds for it."""
    tree = opened.tree
    if tree is None:
        return
    used = {piece.language for piece in tree.spoken}
    for tag in opened.tags:
        if tag not in used:
            what = f"nothing in the structure is marked as {tag}, which this edition holds"
            yield Finding(what, None, "", "language of a translation")
    known = {tag: letters("".join(unit.text for unit in opened.units[tag])) for tag in opened.tags}
    edition = opened.edition
    said = map(edition.book.facts_in, edition.translations) if edition else ()
    names = letters("".join(said))
    for block in tree.blocks():
        for tag in dict.fromkeys(piece.language for piece in block.pieces):
            pieces = [piece for piece in block.pieces if piece.language == tag]
            if _is_own_frame(opened, pieces, known):
                continue
            if what := _wrong(tag, pieces, known, names):
                place = f"page {block.page + 1}" if block.page is not None else ""
                text = shown("".join(piece.text for piece in pieces))
                yield Finding(
                    what, None, f"{place} {block.type}".strip(), "language of a part", text
                )


def _is_own_frame(opened: Opened, pieces: Sequence[Spoken], known: dict[str, str]) -> bool:
    """Whether some text is in no translation of a book that has templates of its own: then these may say
    anything, in whatever language they declare."""
    if opened.edition is None or not opened.edition.settings.theme.overrides:
        return False
    text = letters("".join(piece.text for piece in pieces))
    return not any(text in whole for whole in known.values())


def _wrong(tag: str, pieces: Sequence[Spoken], known: dict[str, str], names: str) -> str:
    """What is wrong with the language of some text; empty where it is right. The names of persons and
    houses (``names``) are of no language (WCAG 2.2, 3.1.2)."""
    text = letters("".join(piece.text for piece in pieces))
    if not text:
        return ""
    if not tag:
        return "no language holds for this text"
    try:
        wanted = language(tag)
    except UnknownLanguageError:
        return f"{tag} is no language"
    in_own = text in known.get(tag, "")
    others = [each for each, whole in known.items() if each != tag and text in whole]
    if others and not in_own and len(text) >= SURE:
        return f"is marked as {tag} and is {' or '.join(others)}"
    counts = script_counts(text)
    fitting = sum(counts[code] for code in members(wanted.script.code))
    # A name in another script may stand in a text: who wrote the text says that it belongs there.
    if counts and 2 * fitting < counts.total() and not in_own and text not in names:
        code = counts.most_common(1)[0][0]
        return f"is marked as {tag}, which is not written in {code}"
    return ""
