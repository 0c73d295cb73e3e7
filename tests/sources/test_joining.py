"""Drafts of one language become one: nothing is lost, and everything leads where it led."""

from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.document import Heading, Link, NoteMark, block_text, find
from pipeline.errors import DuplicateLanguageError
from pipeline.readers import formats, markdown
from pipeline.readers.draft import Draft
from pipeline.readers.formats import Reader
from pipeline.readers.source import Source
from pipeline.sources import load
from pipeline.sources.joining import join
from tests.unit_helpers import bare, put, source, words_of

ONE = """---
title: Das Buch
author: Anna
---

Vorwort.[^a]

# Erstes

Siehe [hier](#erstes).

[^a]: Die *erste* Note.
"""
TWO = """---
date: 2021-12-24
authors: [Ben, Anna]
---

# Kapitel

Wort.[^a] Noch eins.[^b]

## Erstes

Siehe [dort](#erstes), [oben](#kapitel), [weg](https://example.org/#erstes) und [nie](#nie).

[^a]: Die zweite.[^b]
[^b]: Die dritte, siehe [dort](#erstes).
"""


def draft(content: str, path: str = "a.md") -> Draft:
    return markdown.read(content, source(path))


@pytest.fixture(scope="module")
def joined() -> Draft:
    return join(
        [draft(ONE, "1.md"), draft(TWO, "2.md"), draft("Nachwort.[^a]\n\n[^a]: Vierte.", "3.md")]
    )


def test_one_draft_stays_as_it_is() -> None:
    assert join([draft(ONE)]) == draft(ONE)


def test_blocks_stand_in_order_and_keep_their_origins(joined: Draft) -> None:
    assert words_of(joined.blocks) == [
        "Vorwort.", "Erstes", "Siehe hier.", "Kapitel", "Wort. Noch eins.", "Erstes",
        "Siehe dort, oben, weg und nie.", "Nachwort.",
    ]  # fmt: skip
    assert [str(each.origin) for each in joined.blocks] == [
        "1.md:6", "1.md:8", "1.md:10", "2.md:6", "2.md:8", "2.md:10", "2.md:12", "3.md:1",
    ]  # fmt: skip


def test_the_title_is_that_of_the_first_and_later_ones_are_headings_under_it(joined: Draft) -> None:
    assert joined.title is not None
    assert block_text(joined.title) == "Das Buch"
    levels = [(block_text(each), each.level) for each in find(joined.blocks, Heading)]
    assert levels == [("Erstes", 1), ("Kapitel", 1), ("Erstes", 2)]
    second = join([draft("# Buch\n\nText."), draft(ONE)]).blocks
    levels = [(block_text(each), each.level) for each in find(second, Heading)]
    assert levels == [("Buch", 0), ("Das Buch", 1), ("Erstes", 2)]


def test_headings_without_a_title_keep_their_level() -> None:
    blocks = join([draft("# A\n\n# B"), draft("# C\n\n## D\n\n# E")]).blocks
    assert [each.level for each in find(blocks, Heading)] == [1, 1, 1, 2, 1]


def test_notes_are_numbered_on(joined: Draft) -> None:
    assert [note.number for note in joined.notes] == [1, 2, 3, 4]
    assert [words_of(note.blocks)[0] for note in joined.notes] == [
        "Die erste Note.", "Die zweite.", "Die dritte, siehe dort.", "Vierte.",
    ]  # fmt: skip
    assert [mark.number for mark in find(joined.blocks, NoteMark)] == [1, 2, 3, 4]
    assert [mark.number for mark in find(joined.notes, NoteMark)] == [3]


def test_links_lead_where_they_led(joined: Draft) -> None:
    slugs = [each.slug for each in find(joined.blocks, Heading)]
    assert slugs == ["erstes", "kapitel", "erstes-1"]
    assert [link.target for link in find((*joined.blocks, *joined.notes), Link)] == [
        "#erstes", "#erstes-1", "#kapitel", "https://example.org/#erstes", "#nie", "#erstes-1",
    ]  # fmt: skip


def test_what_is_known_beside_the_blocks_is_kept(joined: Draft) -> None:
    assert (joined.date, joined.authors) == ("2021-12-24", ("Anna", "Ben"))
    one, other = draft("[x](a.md)", "1.md"), replace(draft("[y](b.md)", "2.md"), nfc=False)
    both = join([replace(one, encoding="UTF-8"), other])
    assert [str(at) for _, at in both.warnings] == ["1.md:1", "2.md:1"]
    assert (both.nfc, both.encoding, both.origin) == (False, "UTF-8", one.origin)


def test_bare_texts_are_joined_as_they_are() -> None:
    found = join([bare("Titel\n\nText.\n"), bare("Noch ein Text.\n")])
    assert words_of(found.blocks) == ["Titel", "Text.", "Noch ein Text."]
    assert not found.marked


# --- a file that holds several texts ----------------------------------------------------------------


@pytest.fixture
def sheets(monkeypatch: pytest.MonkeyPatch) -> None:
    """A format whose files hold texts in several languages, each after a line ``== TAG``."""

    def read(found: Source) -> tuple[Draft, ...]:
        parts = (each.partition("\n") for each in found.content.decode().split("== ")[1:])
        return tuple(replace(draft(text, found.path), language=tag) for tag, _, text in parts)

    reader = Reader("sheets", "sheets", (".sheets",), read)
    monkeypatch.setitem(formats._BY_SUFFIX, ".sheets", reader)  # type: ignore[index]


def test_a_file_gives_a_translation_a_language(sheets: None, tmp_path: Path) -> None:
    content = "== de\n# Titel\n\nEins.\n== th\n# ชื่อ\n\nหนึ่ง\n== de\nZwei.\n"
    book = load([put(tmp_path, {"a.sheets": content})])[0]
    assert [each.tag for each in book.translations] == ["de", "th"]
    assert [each.provenance.path for each in book.translations] == ["a.sheets", "a.sheets"]
    assert words_of(book.translations[0].blocks()) == ["Titel", "Eins.", "Zwei."]


def test_two_files_in_one_language_are_still_an_error(sheets: None, tmp_path: Path) -> None:
    folder = put(tmp_path, {"a.sheets": "== de\nEins.\n", "b.sheets": "== de\nZwei.\n"})
    with pytest.raises(DuplicateLanguageError) as caught:
        load([folder])
    assert f"{folder}/b.sheets:1: this file and {folder}/a.sheets are both" in str(caught.value)
