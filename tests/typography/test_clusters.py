"""No line parts what is one: a letter and its marks, a stack of letters, a letter that closes a syllable."""

import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from itertools import accumulate, pairwise

import pytest
from icu4py.breakers import CharacterBreaker
from playwright.sync_api import Browser

from pipeline.document import Opportunity, Whole, find, plain
from pipeline.languages import language, table
from pipeline.rendering import Renderer
from pipeline.rendering.renderer import FileNames
from pipeline.rendering.scene import Target
from pipeline.typography.breaks import LONGEST, boundaries, opportunities
from tests.typography import layout
from tests.typography.texts import passed
from tests.unit_helpers import ROOT

OWN = {
    # Burmese with words that are in no dictionary: the world's, of learning, of the gods, of English.
    "my": "ကမ္ဘာ့ဥစ္စာနှင့်ဝိဇ္ဇာ့ပညာရပ်များကိုဒေဝတ္တ်ဆရာကြီးကအင်္ဂလိပ်ဘာသာဖြင့်ရေးသားခဲ့သည်ဟုမိတ္တူ့စာရွက်၌တွေ့ရသည်",
    "mnw": "ဘာသာမန်ဂှ်ဒှ်ဘာသာမွဲမဂွံဟီုဗွဲမဂၠိုၚ်ပ္ဍဲဍုၚ်ဗၟာကဵုဍုၚ်သေံတုဲညးမန်တအ်သုၚ်စောဲကၠုၚ်အခိၚ်လ္အေၚ်ဂၠံၚ်",
    "shn": "ၽႃႇသႃႇတႆးပဵၼ်ၽႃႇသႃႇဢၼ်ၵူၼ်းတႆးလၢတ်ႈၵၼ်ၼႂ်းမိူင်းတႆးလႄႈမိူင်းၸိမ်ၵႂႃႇထိုင်မိူင်းထႆးၵူႈပွတ်း",
    "km": "ព្រះរាជាណាចក្រកម្ពុជាមានវប្បធម៌ដ៏ចំណាស់និងប្រាសាទល្បីល្បាញក្នុងពិភពលោកដែលអ្នកទេសចរចូលចិត្តទៅទស្សនា",
    "lo": "ປະຊາຊົນລາວບັນດາເຜົ່າມີວັດທະນະທໍາອັນເກົ່າແກ່ແລະດໍາລົງຊີວິດຢ່າງສະຫງົບສຸກຕາມແຄມແມ່ນໍ້າຂອງ",
    "th": "น้ำใจของผู้คนในหมู่บ้านเล็กๆทำให้นักเดินทางประทับใจและจดจำวันเวลาที่ผ่านไปอย่างรวดเร็ว",
    "tts": "พวกข้อยกินข้าวเหนียวกับส้มตำเป็นประจำแล้วกะไปเฮ็ดนาอยู่แถวบ้านนอกกับพ่อใหญ่แม่ใหญ่",
    "jv": "ꦧꦱꦗꦮꦶꦏꦸꦧꦱꦏꦁꦢꦶꦒꦸꦤꦏꦏꦺꦢꦺꦤꦶꦁꦮꦺꦴꦁꦗꦮꦲꦶꦁꦥꦸꦭꦺꦴꦗꦮ",
    "bo": "བོད་རིགས་ཀྱི་སྐད་ཆ་ནི་རྒྱ་ཆེ་བ་ཞིག་ཡིན་ཞིང་འདི་ནི་ང་ཚོའི་ཡི་གེ་ཡིན།བོད་སྐད་ནི་བོད་མིས་རྒྱ་ཆེར་བེད་སྤྱོད་བྱེད་པའི་སྐད་ཡིག་ཅིག་ཡིན།",
}
SCRIPTS = {"jv": "jv-Java"}
SHARED = ("bn", "gu", "hi", "kn", "km", "lo", "ml", "mr", "my", "ne", "or", "pa", "si", "ta", "te")


def texts() -> dict[str, str]:
    """Running text in every script of the table whose letters form clusters, by language tag."""
    out = {SCRIPTS.get(tag, tag): text for tag, text in OWN.items()}
    for tag in SHARED:
        file = ROOT / "tests" / "languages" / f"{tag}.txt"
        out[tag] = " ".join(file.read_text(encoding="utf-8").split()) + out.get(tag, "")
    return out


TEXTS = texts()


def cuts(text: str, at: int) -> bool:
    """Whether a break at a place in a text would part what is one: written anew, by what is seen."""
    if not 0 < at < len(text) or text[at].isspace() or text[at - 1].isspace():
        return False
    before, after = text[at - 1], text[at]
    if unicodedata.category(after) in ("Mn", "Mc", "Me") or before == "\u200d":
        return True
    if unicodedata.name(before, "").endswith(("VIRAMA", "COENG", "SAKOT", "PANGKON")):
        return unicodedata.category(after) == "Lo"
    if before in "เแโใไເແໂໃໄ" or after in "ะาำະາຳຽឿ":
        return True
    behind = text[at + 1 : at + 3].lstrip("\u1037")[:1]
    return behind in ("\u103a", "\u1039") and after != behind


def cut_lines(lines: Sequence[str], text: str) -> list[str]:
    """The places where lines of a text end and should not."""
    at, out = 0, []
    for line in lines:
        for char in line:
            if char.isspace() or char == "\u200b":
                continue
            while text[at] != char:
                assert text[at].isspace(), (text[at - 5 : at + 5], char)
                at += 1
            at += 1
        if cuts(text, at):
            out.append(text[max(0, at - 6) : at] + "|" + text[at : at + 6])
    assert not text[at:].strip(), "lines are missing"
    return out


@pytest.mark.parametrize("tag", TEXTS)
def test_no_place_is_inside_a_cluster(tag: str) -> None:
    text = TEXTS[tag]
    found = {*boundaries(text, tag), *opportunities(text, tag)}
    assert len(found) > 5
    assert [
        text[max(0, at - 5) : at] + "|" + text[at : at + 5] for at in found if cuts(text, at)
    ] == []
    whole = set(accumulate(map(len, CharacterBreaker(text, tag))))
    assert found <= whole


@pytest.mark.parametrize("tag", [tag for tag in OWN if tag not in ("jv", "bo")])
def test_every_cluster_of_a_text_may_stand_alone_or_not_at_all(tag: str) -> None:
    # Every beginning and every end of the text, as if it were cut there: nothing hangs on what stands around.
    text = OWN[tag]
    for start in range(0, len(text), 7):
        part = text[start:]
        assert [at for at in boundaries(part, tag) if cuts(part, at)] == []


SYLLABLES = [
    ("mnw", "ဘာသာမန်ဟွံသေၚ်", "ဘာ သာ မန် ဟွံ သေၚ်"),
    ("shn", "ၵူၼ်းတႆးၵိၼ်ၶဝ်ႈ", "ၵူၼ်း တႆး ၵိၼ် ၶဝ်ႈ"),
    ("my", "ဒေဝတ္တ်ကမ္ဘာ့သူ", None),
    ("tts", "เฮ็ดนาเแบบไทบ้าน", "เฮ็ดนา เแบบ ไทบ้าน"),
    ("tts", "กะบ่ได้เว้าดอก", "กะ บ่ ได้ เว้าดอก"),
]


@pytest.mark.parametrize(("tag", "text", "wanted"), SYLLABLES)
def test_other_languages_than_the_dictionarys_break_where_a_syllable_is_seen_to_end(
    tag: str, text: str, wanted: str | None
) -> None:
    ends = [0, *boundaries(text, tag), len(text)]
    found = [text[start:end] for start, end in pairwise(ends)]
    if wanted is not None:
        assert found == wanted.split()
    assert not any(word.startswith(("တ္", "မ္")) for word in found[1:])


def test_each_dictionary_is_of_one_language_of_the_table() -> None:
    for script, tag in table().breaks.dictionary.items():
        assert language(tag).script.code == script


def test_what_a_browser_would_take_apart_is_kept_whole() -> None:
    done = passed("သည် ကမ္ဘာ့လူ", "my")
    assert [plain(each.children) for each in find(done.translation, Whole)] == ["ကမ္ဘာ့"]
    assert done.text == "သည် ကမ္ဘာ့လူ"


def test_a_word_of_such_a_script_in_another_text_is_kept_whole_too() -> None:
    done = passed("Das Wort ကမ္ဘာ့ bedeutet etwas.", "de")
    assert "ကမ္ဘာ့" in [plain(each.children) for each in find(done.translation, Whole)]
    assert not list(find(done.translation, Opportunity))


def test_thai_in_a_german_text_still_breaks_between_its_words() -> None:
    done = passed("Der Satz ลูกค้าภายในคือเพื่อนร่วมงาน steht hier.", "de")
    assert not list(find(done.translation, Whole))


def test_what_is_not_sure_is_kept_whole_only_while_it_is_short() -> None:
    done = passed(OWN["km"], "cmo-Khmr")  # Mnong, in Khmer letters
    assert all(len(plain(each.children)) <= LONGEST for each in find(done.translation, Whole))


@pytest.mark.slow
@pytest.mark.parametrize("tag", TEXTS)
def test_no_line_of_print_begins_inside_a_cluster(tag: str) -> None:
    text = " ".join([TEXTS[tag]] * 2)
    done = passed(text, tag)
    made = replace(layout.book(layout.SOURCES[0]), translations=(done.translation,))
    (paragraph,) = [
        each for each in layout.set_lines(made, tag, (105.0, 148.0)) if len(each.text) > 60
    ]
    assert len(paragraph.lines) > 2
    assert cut_lines([line.text for line in paragraph.lines], text) == []
    # Nor stands a line beyond its measure for want of places to break.
    assert min(gap for line in paragraph.lines for gap in line.gaps) > -1


BROKEN = """() => [...document.querySelectorAll('.case p')].map(each => {
  const range = document.createRange(), out = [];
  const walker = document.createTreeWalker(each, NodeFilter.SHOW_TEXT);
  let top = null;
  while (walker.nextNode()) {
    let at = 0;
    for (const char of walker.currentNode.data) {
      range.setStart(walker.currentNode, at);
      range.setEnd(walker.currentNode, at += char.length);
      const box = range.getClientRects()[0];
      if (box && box.width > 0 && (top === null || box.top > top + 12)) { out.push(''); top = box.top; }
      if (out.length) out[out.length - 1] += char;
    }
  }
  return out;
})"""


@pytest.mark.slow
def test_no_line_of_a_browser_begins_inside_a_cluster(chromium: Browser) -> None:
    tags = [SCRIPTS.get(tag, tag) for tag in OWN]
    bodies = []
    for tag in tags:
        done = passed(TEXTS[tag], tag)
        made = replace(layout.book(layout.SOURCES[0]), translations=(done.translation,))
        scene = Renderer(made, FileNames({})).scene(Target.PAGE, done.translation)
        bodies.append(f'<div class="case" lang="{tag}">{scene.blocks(done.blocks)}</div>')
    page = chromium.new_page(viewport={"width": 300, "height": 900})
    try:
        page.set_content(
            "<style>body{width:14em;line-height:3}.whole{white-space:nowrap}</style>"
            + "".join(bodies)
        )
        found = page.evaluate(BROKEN)
    finally:
        page.close()
    for tag, lines in zip(tags, found, strict=True):
        assert len(lines) > 1, tag
        assert cut_lines(lines, TEXTS[tag]) == []
