"""The judge of editing: whatever a pass does to a text, it is caught, unless it is listed."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline import typography
from pipeline.checks import editing
from pipeline.checks.amended import leads
from pipeline.checks.editing import compare
from pipeline.configuration.options import Options
from pipeline.document import (
    Amendment,
    Block,
    Code,
    CodeBlock,
    Date,
    Figure,
    Inline,
    Link,
    Picture,
    Section,
    Text,
    Translation,
    rewrite,
)
from pipeline.errors import LostTextError, Origin
from pipeline.jobs.build import build
from pipeline.settings.values import Conventions, DateForm, Digits, FormatName, TypographySettings
from pipeline.sources import Loaded, load_all
from tests.checks import kit
from tests.unit_helpers import put

PIXEL = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>'
TEXT = """\
---
title: Der Kanal
author: Ida Rabe
---

Datum: 2026-03-02

Im Hafen lag ein Kahn, und "niemand" wusste, wem er gehörte. Siehe [die Liste](https://example.org/liste
"alle Kähne") und `kahn --alle`[^eins].

## Am Ufer

- erstens das Tau
- zweitens der Anker

| Kahn | Länge |
|------|-------|
| Emma | 12 m  |
| Otto | 15 m  |

![Ein schwarzes Quadrat](bild.svg "Der Kahn bei Nacht")

> Wer rudert, kommt an.

```
kahn = "Emma"
```

[^eins]: So steht es im Buch der Schleuse.
"""

LOCALE = TypographySettings(
    conventions=Conventions.LOCALE, dates=DateForm.LONG, digits=Digits.NATIVE
)


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Loaded:
    return read(tmp_path_factory.mktemp("editing"), TEXT)


def read(folder: Path, text: str, name: str = "a.de.md") -> Loaded:
    return load_all([put(folder, {name: text, "bild.svg": PIXEL})])


def found_in(loaded: Loaded, change: Callable[[Translation], Translation]) -> list[str]:
    """What the judge says where a pass of that kind has been at work."""
    book = typography.apply(loaded.book)
    changed = change(book.translations[0])
    assert changed != book.translations[0], "the pass did nothing"
    found = compare(loaded.drafts[0], changed, replace(book, translations=(changed,)))
    return [str(each) for each in found.findings]


def inlines(change: Callable[[Inline], tuple[Inline, ...]]) -> Callable[[Translation], Translation]:
    return lambda translation: rewrite(translation, lambda inline, _at: change(inline))


def words(before: str, after: str) -> Callable[[Translation], Translation]:
    """Other characters in the text."""

    def change(inline: Inline) -> tuple[Inline, ...]:
        if isinstance(inline, Text | Code):
            return (replace(inline, value=inline.value.replace(before, after)),)
        return (inline,)

    return inlines(change)


def with_field(kind: type, **values: object) -> Callable[[Translation], Translation]:
    """Other values in the fields of a kind of inline."""
    return inlines(lambda each: (replace(each, **values),) if isinstance(each, kind) else (each,))


def blocks(
    change: Callable[[tuple[Block, ...]], tuple[Block, ...]],
) -> Callable[[Translation], Translation]:
    """Other blocks in the section."""

    def apply(translation: Translation) -> Translation:
        (section,) = translation.sections
        return replace(translation, sections=(Section(section.heading, change(section.blocks)),))

    return apply


def each_block(kind: type, **values: object) -> Callable[[Translation], Translation]:
    return blocks(
        lambda found: tuple(
            replace(each, **values) if isinstance(each, kind) else each for each in found
        )
    )


def swapped(inline: Inline) -> tuple[Inline, ...]:
    if isinstance(inline, Text):
        return (Text(inline.value.replace("lag ein Kahn", "ein Kahn lag")),)
    return (inline,)


INJECTED: dict[str, tuple[Callable[[Translation], Translation], str]] = {
    "a word is dropped": (words("niemand", ""), "lost 7 characters “niemand”"),
    "a letter is dropped": (words("Tau", "Tu"), "lost “a”"),
    "a word is doubled": (words("Anker", "Anker Anker"), "added 6 characters"),
    "a word is changed": (words("Otto", "Anna"), "“Otto"),
    "words are swapped": (inlines(swapped), "lag"),
    "a space is dropped": (words("ein Kahn", "einKahn"), "U+0020 SPACE"),
    "code loses an option": (words(" --alle", ""), "--alle"),
    "the title is changed": (words("Der Kanal", "Ein Kanal"), "a.de.md:2"),
    "the heading is dropped": (words("Am Ufer", ""), "Am Ufer"),
    "the note is changed": (words("Schleuse", "Burg"), "a.de.md:29: "),
    "a call of a note is dropped": (
        inlines(lambda each: () if each.kind == "note_mark" else (each,)),
        "lost the note",
    ),
    "notes are dropped": (lambda each: replace(each, notes=()), "Buch der Schleuse"),
    "the picture is dropped": (
        blocks(lambda found: tuple(each for each in found if not isinstance(each, Figure))),
        "Der Kahn bei Nacht",
    ),
    "an alternative text is emptied": (
        each_block(Figure, picture=Picture("bild.svg", "", "image/svg+xml")),
        "lost the alternative of a picture",
    ),
    "a caption is dropped": (each_block(Figure, caption=()), "Der Kahn bei Nacht"),
    "a link leads elsewhere": (
        with_field(Link, target="https://example.org/"),
        "lost the target of a link",
    ),
    "a link loses its title": (with_field(Link, title=""), "lost the title of a link"),
    "code is changed": (each_block(CodeBlock, value="kahn = 1\n"), "Emma"),
    "a date is another": (with_field(Date, iso="2026-03-03"), "marked as the date"),
    "a block is dropped": (blocks(lambda found: found[1:]), "lost"),
    "a block is doubled": (blocks(lambda found: (*found, found[-1])), "added"),
    "blocks are swapped": (blocks(lambda found: found[::-1]), "stands at another place"),
    "all blocks are dropped": (blocks(lambda _found: ()), "lost"),
    "a block comes from nowhere": (
        blocks(lambda found: (*found, replace(found[-1], origin=Origin("a.de.md", 99)))),
        "which was not read",
    ),
    "an author is dropped": (lambda each: replace(each, authors=()), "authors"),
    "the day is another": (lambda each: replace(each, date="2020-01-01"), "the date is"),
}


@pytest.mark.parametrize("name", INJECTED)
def test_whatever_a_pass_does_is_caught(loaded: Loaded, name: str) -> None:
    change, says = INJECTED[name]
    found = found_in(loaded, change)
    assert found
    assert any(says in each for each in found), found


def test_a_loss_is_told_with_its_place(loaded: Loaded) -> None:
    (found,) = found_in(loaded, words("zweitens der", "zweitens"))
    assert ":14: lost 4 characters “der ” in “zweitens [der ]Anker” [editing]" in found


@pytest.mark.parametrize(
    "settings", [TypographySettings(), LOCALE], ids=["as it is", "as in its locale"]
)
def test_what_the_passes_do_is_right(loaded: Loaded, settings: TypographySettings) -> None:
    book = typography.apply(loaded.book, settings)
    assert bool(book.amendments) is (settings is LOCALE)
    editing.assure(loaded.drafts, book)
    found = compare(loaded.drafts[0], book.translations[0], book)
    assert found.kept == found.wanted > 200


def test_what_is_listed_and_was_not_done_is_caught(loaded: Loaded) -> None:
    book = typography.apply(loaded.book, LOCALE)
    for at in range(len(book.amendments)):
        fewer = book.amendments[:at] + book.amendments[at + 1 :]
        with pytest.raises(LostTextError):
            editing.assure(loaded.drafts, replace(book, amendments=fewer))
        more = (*book.amendments, replace(book.amendments[at], before="x", after="y"))
        with pytest.raises(LostTextError):
            editing.assure(loaded.drafts, replace(book, amendments=more))


def test_a_loss_beside_changes_that_are_listed_is_caught(loaded: Loaded) -> None:
    book = typography.apply(loaded.book, LOCALE)
    for change in (words("wusste", ""), words("ein Kahn", "Kahn ein"), words("wem", "wem wem")):
        changed = change(book.translations[0])
        assert changed != book.translations[0]
        with pytest.raises(LostTextError):
            editing.assure(loaded.drafts, replace(book, translations=(changed,)))


def test_a_text_without_a_title_is_named_after_its_file(tmp_path: Path) -> None:
    first = "Dieser Absatz ist länger als jede Überschrift, und so nimmt ihn niemand dafür. " * 4
    without_title = read(tmp_path, f"{first}\n\nEin zweiter Absatz.\n", "hafen.de.txt")
    book = typography.apply(without_title.book)
    assert book.inferences
    editing.assure(without_title.drafts, book)
    with pytest.raises(LostTextError, match="hafen"):
        editing.assure(without_title.drafts, replace(book, inferences=()))


def test_a_build_whose_passes_lose_text_ends_and_writes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = put(tmp_path / "in", {"a.de.txt": "Titel\n\nEin Satz von der Küste.\n"})

    def careless(
        translation: Translation, _settings: TypographySettings, _listed: object
    ) -> Translation:
        return words("Küste", "See")(translation)

    monkeypatch.setattr(typography, "PASSES", (*typography.PASSES, careless))
    with pytest.raises(LostTextError, match="Küst") as caught:
        build([texts], tmp_path / "out", Options(formats=(FormatName.HTML,)), workers=1)
    assert caught.value.at is not None
    assert caught.value.at.line == 3
    assert caught.value.exit_code == LostTextError.exit_code != 1
    assert not (tmp_path / "out").exists() or not any((tmp_path / "out").iterdir())


def test_the_sample_is_judged_whole() -> None:
    reference = kit.reference()
    book = reference.book
    for draft, translation in zip(reference.drafts, book.translations, strict=True):
        found = compare(draft, translation, book)
        assert not found.findings
        assert found.kept == found.wanted > 5000


# --- amendments -------------------------------------------------------------------------------------


def amended(before: str, after: str, count: int = 1) -> Amendment:
    return Amendment(Origin("a", 1), "rule", before, after, count)


@pytest.mark.parametrize(
    ("read", "amendments", "made", "right"),
    [
        ("a b", [], "a b", True),
        ("a b", [], "ab", False),
        ('"a"', [amended('"a', "„a"), amended('a"', "a“")], "„a“", True),
        ('"a"', [amended('"a', "„a")], "„a“", False),
        ("A12 12", [amended("12", "١٢")], "A12 ١٢", True),
        ("A12 12", [amended("12", "١٢")], "١٢ A12", False),
        ("1 1 1", [amended("1", "١", 2)], "1 ١ ١", True),
        ("1 1 1", [amended("1", "١", 2)], "١ ١ ١", False),
        # One pass after the other at the same place.
        ("12 %", [amended("12 %", "12\u00a0%"), amended("12\u00a0%", "١٢٪")], "١٢٪", True),
        # What is no text is one character to an amendment.
        ("a 2026-03-02 - b", [amended("a \ufffc - b", "a \ufffc – b")], "a 2026-03-02 – b", True),
        # Nothing is sought over the end of a line of the block.
        ("a\x1eb", [amended("\ufffcb", "\ufffcc")], "a\x1ec", True),
        ("a b", [amended("x", "y")], "a b", False),
    ],
)
def test_amendments_lead_to_what_they_say_and_nothing_else(
    read: str, amendments: list[Amendment], made: str, right: bool
) -> None:
    assert leads(read, amendments, made) is right


@pytest.mark.parametrize("line", ["« «", "« »", "«\u00a0 »", '" "', "« a »"])
def test_marks_with_nothing_between_them_are_told_as_they_are_changed(
    line: str, tmp_path: Path
) -> None:
    loaded = read(tmp_path, f"Titel\n\nHaus {line} Haus\n", "a.de.txt")
    editing.assure(loaded.drafts, typography.apply(loaded.book, LOCALE))


MANY = "12 A12 " * 40


def test_a_line_with_too_many_ways_to_try_has_to_add_up() -> None:
    # Every second 12 becomes x, and then all others y: which of them, only the last character tells.
    changes = [*[amended("12", "x2")] * 40, *[amended("12", "y2")] * 40]
    made = "x2 Ay2 " * 40
    assert leads(MANY, changes, made)
    for wrong in (made[:-7], made + "x2 Ay2 ", made.replace("A", "", 1), made.replace("x", "z", 1)):
        assert not leads(MANY, changes, wrong)
    swapped_ = made.replace("x2 Ay2 x2 Ay2", "Ax2 y2 x2 Ay2", 1)
    assert swapped_ != made
    assert not leads(MANY, changes, swapped_)


PIECES = (
    '"',
    "'",
    " ",
    " - ",
    "...",
    "12",
    "1,5 %",
    "2026-03-02",
    "Haus",
    "l'eau",
    "(",
    ")",
    "?",
    "«",
    "»",
)


@given(
    st.lists(st.sampled_from(PIECES), min_size=1, max_size=25).map("".join),
    st.sampled_from(("de", "fr", "es", "ar", "th", "en", "de-CH", "ru", "fa")),
)
@settings(max_examples=60, deadline=None)
def test_no_text_that_the_passes_change_is_called_wrong(line: str, tag: str) -> None:
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        loaded = load_all([put(Path(folder), {f"a.{tag}.txt": f"Titel\n\nHaus {line} Haus\n"})])
    book = typography.apply(loaded.book, LOCALE)
    editing.assure(loaded.drafts, book)
