"""A book in forty languages: the right way round, every character drawn, and read back."""

from pathlib import Path

import pytest

from benchmarks.languages import Row, measure, needed, texts
from pipeline import fonts, typography
from pipeline.configuration.options import Options
from pipeline.editions import Edition
from pipeline.languages import language, members, script, table
from pipeline.pdf import write as pdf
from pipeline.rendering import FileNames, Renderer
from pipeline.settings.values import EditionKind
from pipeline.sources import load

TAGS = [path.stem for path in texts()]
RIGHT_TO_LEFT = {"Adlm", "Arab", "Aran", "Hebr", "Nkoo", "Syrc", "Thaa"}


@pytest.fixture(scope="module")
def rows(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Row]:
    """What the combined PDF of all languages gives back, by tag."""
    book = load(texts(), Options(title="Market", languages=tuple(TAGS)))[0]
    book = typography.apply(book)
    edition = Edition(book, EditionKind.COMBINED, book.translations)
    file = tmp_path_factory.mktemp("forty") / "forty.pdf"
    file.write_bytes(pdf.write(Renderer(book, FileNames({})), edition).content)
    return {row.language.tag: row for row in measure(texts(), file)}


def test_there_are_languages_enough_in_scripts_enough() -> None:
    scripts = {language(tag).script.code for tag in TAGS}
    assert len(TAGS) >= 30
    assert len(scripts - {"Latn", "Thai", "Arab"}) >= 20


@pytest.mark.parametrize("tag", TAGS)
def test_a_language_stands_in_the_direction_of_its_script(tag: str) -> None:
    found = language(tag)
    assert (found.direction == "rtl") is (found.script.code in RIGHT_TO_LEFT)


@pytest.mark.parametrize("path", texts(), ids=lambda path: path.stem)
def test_the_face_of_a_script_draws_every_letter(path: Path) -> None:
    found = language(path.stem)
    families, lacking = needed(path.read_text(encoding="utf-8"), found)
    assert not lacking
    assert families[0] == fonts.stack(found.script)[0].name


@pytest.mark.parametrize("tag", TAGS)
def test_the_pdf_gives_a_language_back(rows: dict[str, Row], tag: str) -> None:
    assert rows[tag].best >= 0.97, rows[tag].fidelity


TWO_FACES = ("ha",)
"""Languages with a letter (ƙ) that the face of their script lacks: it comes from the next."""


@pytest.mark.parametrize("tag", sorted(table().languages))
def test_the_words_of_the_frame_have_a_face(tag: str) -> None:
    found = language(tag)
    text = found.autonym + "".join(found.words.values())
    families, lacking = needed(text, found)
    assert not lacking
    assert len(families) == 1 or tag in TWO_FACES


@pytest.mark.parametrize("code", [code for code in table().scripts if code != "default"])
def test_a_script_has_a_face_for_its_letters(code: str) -> None:
    if members(code)[0] not in SPECIMENS:
        pytest.skip("the texts show it")
    families = fonts.stack(script(code))
    lacking = [char for char in SPECIMENS[members(code)[0]] if not fonts.drawable(char, families)]
    assert not lacking


# Letters of scripts in which there is no text.
SPECIMENS = {
    "Syrc": "ܐܒܓܕܗܘܙܚܛܝܟܠܡܢܣܥܦܨܩܪܫܬ܀",
    "Thaa": "ހށނރބޅކއވމފދތލގޏސޑޒޓޔޕޖޗަާިީުޫެޭޮޯް",
    "Nkoo": "ߊߋߌߍߎߏߐߑߒߓߔߕߖߗߘߙߚߛߜߝߞߟߠߡߢߣߤߥߦߧ߀߁߂߃߄߅߆߇߈߉",
    "Adlm": "𞤀𞤁𞤂𞤃𞤄𞤅𞤆𞤇𞤈𞤉𞤢𞤣𞤤𞤥𞤦𞤧𞤨𞤩𞤪𞤫𞥐𞥑𞥒",
    "Tibt": "ཀཁགངཅཆཇཉཏཐདནཔཕབམཙཚཛཝཞཟའཡརལཤསཧཨིེོུ་།",
    "Java": "ꦲꦤꦕꦫꦏꦢꦠꦱꦮꦭꦥꦝꦗꦪꦚꦩꦒꦧꦛꦔꦶꦸꦺꦴ꧀",
    "Mtei": "ꯀꯁꯂꯃꯄꯅꯆꯇꯈꯉꯊꯋꯌꯍꯎꯏꯐ",
    "Olck": "ᱚᱛᱜᱝᱞᱟᱠᱡᱢᱣᱤᱥᱦᱧᱨᱩᱪᱫᱬᱭᱮᱯᱰᱱᱲᱳᱴᱵᱶᱷ᱾",
    "Cher": "ᎠᎡᎢᎣᎤᎥᎦᎧᎨᎩᎪᎫᎬᎭᎮᎯᎰᎱᎲᎳ",
    "Cans": "ᐃᓄᒃᑎᑐᑦᐊᐅᐸᑕᑲᒐᒪᓇᓴᓚᔭᕙᕋᖃᖓ",
    "Tfng": "ⴰⴱⴳⴷⴹⴻⴼⴽⵀⵃⵄⵅⵇⵉⵊⵍⵎⵏⵓⵔⵕⵖⵙⵚⵛⵜⵟⵡⵢⵣⵥ",
    "Mong": "ᠠᠡᠢᠣᠤᠥᠦᠨᠪᠬᠭᠮᠯᠰᠱᠲᠳᠴᠵᠶᠷᠸ",
    "Yiii": "ꆈꌠꉙ",
}


def test_one_face_of_a_collection_is_a_font_file_of_its_own() -> None:
    japanese = fonts.family("noto-serif-cjk-jp")
    simplified = fonts.family("noto-serif-cjk-sc")
    assert japanese.file(fonts.REGULAR) != simplified.file(fonts.REGULAR)
    assert japanese.file(fonts.BOLD).read_bytes()[:4] == b"OTTO"
    assert len(fonts.subset_face(japanese, fonts.REGULAR, "直")) < 20_000


def test_a_manner_of_writing_is_set_as_its_script_and_in_its_own_face() -> None:
    nastaliq, naskh = language("ur-Aran"), language("ur-Arab")
    assert nastaliq.direction == naskh.direction == "rtl"
    assert nastaliq.script.families[0] != naskh.script.families[0]
    assert nastaliq.words == naskh.words == language("ur").words


def test_a_language_in_another_script_takes_no_words_that_its_readers_cannot_read() -> None:
    assert language("pa-Arab").words == language("en").words
    assert language("sr-ME").words == language("sr-Latn").words
    assert language("zh-TW").words == language("zh-Hant").words
    assert language("zh-HK").autonym.startswith("繁體中文")
