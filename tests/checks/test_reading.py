"""What the readers made of a file, proved against the file."""

from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.checks.reading import Read, markdown, plain_text
from pipeline.document import Inline, Text, Translation, block_text, rewrite
from pipeline.errors import Origin
from pipeline.readers.decoding import decode
from pipeline.readers.source import opened
from tests.unit_helpers import book_of

PLAIN = """A Title

1. wake up, which takes
   longer in winter
2. get up

Prices:
• apples 2
• pears – 3

- no list
He said so.
"""

MARKED = """---
title: "A title, & more"
author: Anna
---

# Over *all*

Words with a [link](https://example.org/a(b)c "Tip 7"), `code` and **bold**[^b]. Snake\\_case, &auml;.

> Quoted
> - item

3. three
4. four

```python
def f(x): return [x](y)
```

| A | B |
|---|:-:|
| a1 | b1[^a] |

[^a]: Second note.

[^b]: First note.

    It goes on.

A [reference][there] and <https://auto.example/x>.

[there]: https://example.org/there "Tip 9"

The end.
"""


def translation(folder: Path, name: str, text: str) -> Translation:
    return book_of(folder, {name: text}).translations[0]


def without(node: Translation, text: str) -> Translation:
    """The translation as a reader would make it that drops some characters."""

    def change(inline: Inline, _at: Origin) -> tuple[Inline, ...]:
        if isinstance(inline, Text):
            return (Text(inline.value.replace(text, "")),)
        return (inline,)

    changed = rewrite(node, change)
    assert changed != node
    return changed


def said(found: Read) -> str:
    return "\n".join(map(str, found.findings))


def test_every_character_of_a_plain_text_is_there(tmp_path: Path) -> None:
    found = plain_text(PLAIN, translation(tmp_path, "a.en.txt", PLAIN))
    assert (found.recovered, said(found)) == (found.wanted, "")


@pytest.mark.parametrize(("lost", "line"), [("longer ", 4), ("2", 8), ("He said so.", 12)])
def test_what_a_reader_of_plain_text_drops_is_found(tmp_path: Path, lost: str, line: int) -> None:
    read = without(translation(tmp_path, "a.en.txt", PLAIN), lost)
    found = plain_text(PLAIN, read)
    assert found.recovered < found.wanted
    assert f"a.en.txt:{line}: lost" in said(found)


def test_what_a_reader_of_plain_text_adds_is_found(tmp_path: Path) -> None:
    read = translation(tmp_path, "a.en.txt", PLAIN)
    title = replace(read.title, inlines=(Text("A Title and a half"),))
    assert "added “andahalf”" in said(plain_text(PLAIN, replace(read, title=title))).replace(
        "8 characters ", ""
    )


def test_a_title_from_the_files_name_is_no_addition(tmp_path: Path) -> None:
    text = "• one\n• two\n"
    found = plain_text(text, translation(tmp_path, "list.en.txt", text))
    assert said(found) == ""
    assert "file's name" in found.note


def test_every_letter_of_markdown_is_there_but_those_of_markup(tmp_path: Path) -> None:
    found = markdown(MARKED, translation(tmp_path, "a.en.md", MARKED))
    assert (found.recovered, said(found)) == (found.wanted, "")
    assert found.wanted > 120


@pytest.mark.parametrize("lost", ["Quoted", "three", "b1", "It goes on", "ink", "The end"])
def test_what_a_reader_of_markdown_drops_is_found(tmp_path: Path, lost: str) -> None:
    found = markdown(MARKED, without(translation(tmp_path, "a.en.md", MARKED), lost))
    assert found.recovered < found.wanted
    line = MARKED[: MARKED.index(lost)].count("\n") + 1
    assert f"a.en.md:{line}: lost" in said(found)


@pytest.mark.parametrize("suffix", ["txt", "md"])
@pytest.mark.parametrize("end", ["\x85", "\u2028", "\u2029", "\v", "\f", "\r"])
def test_other_line_ends_lose_nothing(tmp_path: Path, suffix: str, end: str) -> None:
    title = {"txt": "A Title", "md": "# A Title"}[suffix]
    content = end.join([title, "", "One line", "and the next.", "", "The end."])
    book = book_of(tmp_path, {f"de.{suffix}": content})
    (translation,) = book.translations
    decoded = decode(opened(tmp_path / f"de.{suffix}", f"de.{suffix}")).text
    found = (markdown if suffix == "md" else plain_text)(decoded, translation)
    assert found.findings == []
    assert found.recovered == found.wanted
    characters = "".join(block_text(block) for block in translation.blocks())
    assert not set(characters) & set("\x85\u2028\u2029\v\f\r")


def test_a_title_from_the_files_name_is_no_addition_to_markdown(tmp_path: Path) -> None:
    text = "# One\n\nWords.\n\n# Two\n\nMore words.\n"
    found = markdown(text, translation(tmp_path, "hills.en.md", text))
    assert (said(found), found.recovered) == ("", found.wanted)


def test_captions_between_short_words_are_markup(tmp_path: Path) -> None:
    (tmp_path / "p.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>', encoding="utf-8"
    )
    text = '# T\n\n![a](p.svg "one")\n\n![b](p.svg)\n\n![c](p.svg "one more")\n\nEnd.\n'
    found = markdown(text, translation(tmp_path, "a.en.md", text))
    assert (said(found), found.recovered) == ("", found.wanted)
