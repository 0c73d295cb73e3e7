"""What ``[[align]]`` in book.toml settles, and what is wrong with it."""

from pathlib import Path

import pytest

from pipeline.document import block_text
from pipeline.errors import ConfigurationError
from pipeline.sources import load_all
from tests.unit_helpers import put, text_of

ENGLISH = text_of(
    "The title", "First of all, we met.", "Then we went home.", "Then we slept.", "It was late."
)
GERMAN = text_of("Der Titel", "Zuerst trafen wir uns.", "Dann gingen wir heim.", "Es war spät.")


def loaded(folder: Path, said: str) -> dict[str, dict[str, int]]:
    """The segments of two texts by what they say, where ``book.toml`` says this."""
    put(folder, {"a.en.txt": ENGLISH, "a.de.txt": GERMAN, "book.toml": said})
    return {
        each.tag: {block_text(block): block.segment for block in each.blocks()}
        for each in load_all([folder]).book.translations
    }


@pytest.mark.parametrize(
    "name", ['"Then we slept."', '"Then  we s"', "7"], ids=["all", "beginning", "line"]
)
def test_a_block_is_named_by_its_beginning_or_its_line(tmp_path: Path, name: str) -> None:
    found = loaded(tmp_path, f'[[align]]\nen = {name}\nde = "Dann"\n')
    assert found["en"]["Then we slept."] == found["de"]["Dann gingen wir heim."]
    assert found["en"]["Then we went home."] < found["de"]["Dann gingen wir heim."]


def test_several_blocks_stand_beside_one(tmp_path: Path) -> None:
    found = loaded(tmp_path, '[[align]]\nen = ["Then we w", "Then we s"]\nde = "Dann"\n')
    number = found["de"]["Dann gingen wir heim."]
    assert found["en"]["Then we went home."] == found["en"]["Then we slept."] == number
    assert found["en"]["It was late."] == found["de"]["Es war spät."] == number + 1


def test_an_empty_list_says_that_there_is_nothing(tmp_path: Path) -> None:
    found = loaded(tmp_path, '[[align]]\nen = "It was"\nde = []\n')
    assert found["en"]["It was late."] not in found["de"].values()


def test_a_guess_that_is_settled_is_told_no_more(tmp_path: Path) -> None:
    put(tmp_path, {"a.en.txt": ENGLISH, "a.de.txt": GERMAN})
    before = load_all([tmp_path])
    assert before.doubts
    entries = (
        '[[align]]\nen = "First"\nde = "Zuerst"\n'
        '[[align]]\nen = "Then we w"\nde = "Dann"\n'
        '[[align]]\nen = "It was"\nde = "Es war"\n'
        '[[align]]\nen = "Then we s"\nde = []\n'
    )
    put(tmp_path, {"book.toml": entries})
    after = load_all([tmp_path])
    assert after.doubts == ()
    assert after.book.warnings == (), "nor a gap that is meant"


PAIR = '[[align]]\nen = "Then we went"\nde = "Dann"\n\n'


@pytest.mark.parametrize(
    ("said", "line", "what"),
    [
        ('[[align]]\nde = "Dann"\nen = "Than"\n', 3, "no block begins with “Than” in a.en.txt"),
        ('[[align]]\nde = "Dann"\nen = 4\n', 3, "no block begins on line 4 of a.en.txt"),
        ('[[align]]\nen = "Then"\nde = "Dann"\n', 2, "2 blocks begin with “Then”: a.en.txt:5, a.en"),
        ('[[align]]\nen = "The t"\nde = "Dann"\n', 2, "a.en.txt:1 is the title"),
        ('[[align]]\nen = ["First", "It"]\nde = "Dann"\n', 2, "do not follow each other"),
        (PAIR + '[[align]]\nen = 5\nde = "Es"\n', 6, "named by the entry at book.toml:2, too"),
        (PAIR + '[[align]]\nde = "Zue"\nen = "It"\n', 7, "comes later in de and earlier in en"),
        ('[[align]]\nen = "Then we s"\nfr = "Puis"\n', 3, "the book has no text in fr"),
        ('[[align]]\nen = "Then we s"\n', 1, "names blocks of several languages"),
        ('[[align]]\nen = []\nde = []\n', 1, "names blocks of several languages"),
        ('[[align]]\nen = 1.5\nde = "Dann"\n', 2, "neither how a block begins nor the number"),
        ('align = 3\n', 1, "names blocks of several languages"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_with_its_line_and_the_cure(
    tmp_path: Path, said: str, line: int, what: str
) -> None:
    with pytest.raises(ConfigurationError) as caught:
        loaded(tmp_path, said)
    assert what in caught.value.what
    assert caught.value.cure
    assert caught.value.at is not None
    assert (caught.value.at.path, caught.value.at.line) == ("book.toml", line)
