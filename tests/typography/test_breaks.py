"""Where lines break in scripts without spaces between words."""

from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from pipeline.document import Opportunity, Whole, find, plain
from pipeline.rendering import Renderer
from pipeline.rendering.renderer import FileNames
from pipeline.rendering.scene import Target
from pipeline.settings.values import Settings, TypographySettings, WordBreaks
from pipeline.typography.breaks import boundaries
from tests.typography import layout
from tests.typography.layout import Set
from tests.typography.texts import passed

A6 = (105.0, 148.0)
REPEAT = "\u0e46"

THAI = [
    pytest.param(folder, page, id=f"{folder.name}-{'a6' if page else 'a5'}")
    for folder in layout.SOURCES
    for page in (None, A6)
]


def wrong_breaks(found: Set, locale: str) -> list[str]:
    """Places where a line ends inside a word, with what stands around them."""
    at, wrong = 0, []
    text = found.text.replace("\u200b", "")
    allowed = set(boundaries(text, locale))
    for line in found.lines[:-1]:
        for char in line.text.replace("\u200b", ""):
            if char.isspace():
                continue
            while text[at] != char:
                assert text[at].isspace(), (text[at - 5 : at + 5], char)
                at += 1
            at += 1
        if not 0 < at < len(text) or text[at].isspace() or text[at - 1].isspace():
            continue
        if (
            all("\u0e00" <= each <= "\u17ff" for each in text[at - 1 : at + 1])
            and at not in allowed
        ):
            wrong.append(f"{text[at - 12 : at]}|{text[at : at + 12]}")
    return wrong


@pytest.mark.parametrize(("folder", "page"), THAI)
def test_no_thai_line_ends_inside_a_word(folder: Path, page: tuple[float, float] | None) -> None:
    sets = layout.pages(folder, "th", page)
    assert sum(len(each.lines) for each in sets) > 150
    assert [bad for each in sets for bad in wrong_breaks(each, "th")] == []


@pytest.mark.parametrize(("folder", "page"), THAI)
def test_no_thai_line_begins_with_the_mark_of_repetition(
    folder: Path, page: tuple[float, float] | None
) -> None:
    lines = [line.text for each in layout.pages(folder, "th", page) for line in each.lines]
    assert any(REPEAT in line for line in lines)
    assert [line for line in lines if line.lstrip().startswith(REPEAT)] == []


SAMPLES = {
    "th": "ลูกค้าภายในคือเพื่อนร่วมงานที่ทำงานในองค์กรเดียวกันและต้องการผลงานของเรา",
    "lo": "ພາສາລາວເປັນພາສາທາງການຂອງປະເທດລາວແລະມີຜູ້ເວົ້າຫຼາຍລ້ານຄົນໃນໂລກ",
    "km": "ភាសាខ្មែរជាភាសាផ្លូវការរបស់ប្រទេសកម្ពុជាហើយមានអ្នកនិយាយច្រើនលាននាក់",
    "my": "မြန်မာဘာသာစကားသည်မြန်မာနိုင်ငံ၏ရုံးသုံးဘာသာစကားဖြစ်ပြီးလူများစွာပြောကြသည်",
}


@pytest.mark.parametrize("tag", SAMPLES)
def test_words_of_every_such_script_break_in_print(tag: str) -> None:
    done = passed((SAMPLES[tag] * 4 + "\n\n") * 2, tag)
    made = replace(layout.book(layout.SOURCES[0]), translations=(done.translation,))
    paragraphs = [each for each in layout.set_lines(made, tag) if each.tag == "p" and each.lines]
    long = [each for each in paragraphs if len(each.lines) > 2]
    assert len(long) == 2
    for each in long:
        assert wrong_breaks(each, tag) == []


@pytest.mark.parametrize(
    ("wanted", "between"),
    [(WordBreaks.NONE, ""), (WordBreaks.ZWSP, "\u200b"), (WordBreaks.WBR, "<wbr/>")],
)
@pytest.mark.parametrize("tag", SAMPLES)
def test_an_ebook_has_the_breaks_that_are_asked_for(
    tag: str, wanted: WordBreaks, between: str
) -> None:
    text = SAMPLES[tag]
    done = passed(text, tag, TypographySettings(word_breaks=wanted))
    ends = [0, *boundaries(text, tag), len(text)]
    assert len(ends) > 8
    words = [text[start:end] for start, end in pairwise(ends)]
    made = replace(layout.book(layout.SOURCES[0]), translations=(done.translation,))
    settings = Settings(typography=TypographySettings(word_breaks=wanted))
    scene = Renderer(made, FileNames({}), settings).scene(Target.EPUB, done.translation)
    assert scene.inline(done.blocks[0].inlines) == between.join(words)  # type: ignore[attr-defined]
    assert done.text == text, "the text itself does not change"


def test_a_name_of_the_books_list_stays_whole() -> None:
    habits = TypographySettings(names=(("th", ("ร่วมงานที่",)),))
    done = passed(f"{SAMPLES['th']} และ ร่วมงานที่", "th", habits)
    wholes = list(find(done.translation, Whole))
    assert [plain(each.children) for each in wholes] == ["ร่วมงานที่"] * 2
    assert all(not list(find(each, Opportunity)) for each in wholes)
    assert done.text == f"{SAMPLES['th']} และ ร่วมงานที่"


def test_a_name_in_a_script_with_spaces_stays_whole_too() -> None:
    done = passed(
        "Das New York von heute.", "de", TypographySettings(names=(("de", ("New York",)),))
    )
    assert [plain(each.children) for each in find(done.translation, Whole)] == ["New York"]


def test_a_name_stays_whole_in_print() -> None:
    name = "เพื่อนร่วมงานที่ทำงานในองค์กร"
    done = passed((SAMPLES["th"] * 6), "th", TypographySettings(names=(("th", (name,)),)))
    made = replace(layout.book(layout.SOURCES[0]), translations=(done.translation,))
    found = [each for each in layout.set_lines(made, "th", A6) if name in each.text]
    assert found
    for each in found:
        assert sum(line.text.count(name) for line in each.lines) == each.text.count(name) == 6


def test_a_mark_of_repetition_stays_with_the_word_before_its_space() -> None:
    done = passed("เด็กเล่นมาก ๆ แล้ว", "th")
    assert [plain(each.children) for each in find(done.translation, Whole)] == [" ๆ"]
