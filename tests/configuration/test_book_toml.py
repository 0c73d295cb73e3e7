"""book.toml: what it may say, and where it is wrong."""

from pathlib import Path

import pytest
from PIL import ImageCms

from pipeline.configuration.book_toml import read_configuration
from pipeline.configuration.options import Configuration, Options
from pipeline.design import inks
from pipeline.errors import ConfigurationError, Origin
from pipeline.languages import Direction
from pipeline.settings.profiles import ProfileName, SchemeName
from pipeline.settings.sheets import Flip, LastSignature, MarkName, SheetSettings
from pipeline.settings.values import (
    EbookSettings,
    EditionKind,
    EmbeddedFonts,
    FormatName,
    Inks,
    Printing,
    Settings,
)
from tests.unit_helpers import put


def settings(folder: Path, content: str | bytes) -> Configuration:
    return read_configuration(put(folder, {"book.toml": content}), "texts")


def refused(folder: Path, content: str | bytes) -> ConfigurationError:
    with pytest.raises(ConfigurationError) as caught:
        settings(folder, content)
    return caught.value


def test_without_a_file_the_defaults_count(tmp_path: Path) -> None:
    found = read_configuration(tmp_path, "texts")
    assert found == Configuration()
    assert found.formats == tuple(FormatName)
    assert found.editions == tuple(EditionKind)
    assert (found.settings.theme.width, found.settings.theme.height) == (148, 210)


def test_an_empty_file_says_nothing_more(tmp_path: Path) -> None:
    assert settings(tmp_path, "") == Configuration(origin=Origin("texts/book.toml"))


@pytest.mark.parametrize(
    ("content", "key", "value"),
    [
        ('name = "my-book"', "name", "my-book"),
        ('name = "book_2.1"', "name", "book_2.1"),
        ('title = " A title "', "title", "A title"),
        ('author = "Anna"', "authors", ("Anna",)),
        ('author = ["Anna", "Ben"]', "authors", ("Anna", "Ben")),
        ('authors = ["Anna"]', "authors", ("Anna",)),
        ('publisher = "P"', "publisher", "P"),
        ('identifier = "urn:x:1"', "identifier", "urn:x:1"),
        ('rights = "CC BY 4.0"', "rights", "CC BY 4.0"),
        ("date = 2026-03-02", "date", "2026-03-02"),
        ('date = "2026-03-02"', "date", "2026-03-02"),
        ('date = "2026-03"', "date", "2026-03"),
        ("date = 2026", "date", "2026"),
        ('languages = ["TH", "pt_br"]', "languages", ("th", "pt-BR")),
        ('pivot = "de"', "pivot", "de"),
        ('direction = "rtl"', "settings", Settings(progression=Direction.RTL)),
        ('formats = ["pdf", "html"]', "formats", (FormatName.PDF, FormatName.HTML)),
        ("formats = []", "formats", tuple(FormatName)),
        ('editions = ["single"]', "editions", (EditionKind.SINGLE,)),
        ('[outline]\n"11" = 1\n"A heading" = 2', "outline", {"11": 1, "A heading": 2}),
        ('[files]\n"one.txt" = "TH"', "files", {"one.txt": "th"}),
        ('[words.sw]\ncontents = "Yaliyomo"', "words", {"sw": {"contents": "Yaliyomo"}}),
        ("page_list = true", "settings", Settings(ebook=EbookSettings(page_list=True))),
        (
            'fonts = "whole"',
            "settings",
            Settings(ebook=EbookSettings(fonts=EmbeddedFonts.WHOLE)),
        ),
        (
            '[accessibility]\ncertifier = " Haus "\nreport = "https://example.org/r"',
            "settings",
            Settings(ebook=EbookSettings(certifier="Haus", report="https://example.org/r")),
        ),
    ],
)
def test_every_key_is_understood(tmp_path: Path, content: str, key: str, value: object) -> None:
    found = settings(tmp_path, content)
    assert getattr(found, key) == value
    others = {
        name
        for name in Configuration.__dataclass_fields__
        if name not in (key, "origin", "outline_lines")
    }
    assert all(getattr(found, name) == getattr(Configuration(), name) for name in others)


@pytest.mark.parametrize(
    ("page", "width", "height"),
    [
        ("A5", 148, 210),
        ("a4", 210, 297),
        ("letter", 215.9, 279.4),
        ("148mm 210mm", 148, 210),
        ("10cm x 15cm", 100, 150),
        ("5in 8in", 127, 203.2),
        ("120mm x 6in", 120, 152.4),
    ],
)
def test_a_page_has_a_name_or_two_lengths(
    tmp_path: Path, page: str, width: float, height: float
) -> None:
    theme = settings(tmp_path, f'[theme]\npage = "{page}"').settings.theme
    assert theme.width == pytest.approx(width)
    assert theme.height == pytest.approx(height)


@pytest.mark.parametrize(("base", "size"), [("11", 11), ('"11pt"', 11), ("10.5", 10.5)])
def test_the_base_size_is_a_number_or_a_length(tmp_path: Path, base: str, size: float) -> None:
    assert settings(tmp_path, f"[theme]\nbase = {base}").settings.theme.base == pytest.approx(size)


def test_accents_are_colours_by_language(tmp_path: Path) -> None:
    found = settings(tmp_path, '[theme.accents]\nTH = "#1F5C7A"')
    assert found.settings.theme.accents == (("th", "#1f5c7a"),)


@pytest.mark.parametrize(
    ("row", "part"),
    [
        ('titel = "x"', "did you mean “title”?"),
        ("wholly = 1", "known keys"),
        ('name = "My Book"', "small letters"),
        ('name = "../up"', "small letters"),
        ('name = ""', "small letters"),
        ("title = 5", "in quotes"),
        ("publisher = true", "in quotes"),
        ("identifier = 978", "in quotes"),
        ("rights = []", "in quotes"),
        ("author = 5", "author ="),
        ("authors = [5]", "authors ="),
        ('date = "yesterday"', "2026-03-02"),
        ('languages = "th"', "languages ="),
        ('languages = ["xx"]', "BCP 47"),
        ('pivot = "xx"', "BCP 47"),
        ("pivot = 5", "BCP 47"),
        ('direction = "up"', "ltr, rtl"),
        ('formats = ["doc"]', "html, epub, pdf"),
        ('formats = "html"', "formats ="),
        ('editions = ["all"]', "single, combined"),
        ("theme = 5", "[theme]"),
        ("accessibility = 5", "[accessibility]"),
        ('accessibility = {certifer = "x"}', "did you mean “certifier”?"),
        ("accessibility = {certifier = true}", "in quotes"),
        ('accessibility = {certifier = "x", report = "r.html"}', "https://"),
        ('accessibility = {report = "https://example.org"}', "certifier ="),
        ('page_list = "yes"', "page_list = true"),
        ('fonts = "none"', "subset, whole"),
        ("outline = 5", "[outline]"),
        ('files = "x"', "[files]"),
    ],
)
def test_a_wrong_value_is_an_error_with_file_line_and_cure(
    tmp_path: Path, row: str, part: str
) -> None:
    error = refused(tmp_path, f"# a comment\n\n{row}\n")
    assert str(error.at) == "texts/book.toml:3"
    assert part in error.cure


@pytest.mark.parametrize(
    ("section", "row", "part"),
    [
        ("theme", 'page = "A99"', "A5"),
        ("theme", 'page = "10mm 10mm"', "A5"),
        ("theme", 'page = "148mm"', "A5"),
        ("theme", "page = 5", "A5"),
        ("theme", "base = 50", "10pt"),
        ("theme", "base = 0", "10pt"),
        ("theme", "base = nan", "10pt"),
        ("theme", "base = true", "10pt"),
        ("theme", 'base = "large"', "10pt"),
        ("theme", 'pages = "A5"', "did you mean “page”?"),
        ("theme.accents", 'th = "blue"', "#1f5c7a"),
        ("theme.accents", "th = 5", "#1f5c7a"),
        ("theme.accents", 'xx = "#1f5c7a"', "BCP 47"),
        ("outline", '"11" = "one"', "11 = 1"),
        ("outline", '"11" = true', "11 = 1"),
        ("files", '"a.txt" = 5', "BCP 47"),
        ("files", '"a.txt" = "xx"', "BCP 47"),
        ("words", 'sw = "x"', "[words.sw]"),
        ("words.sw", 'content = "x"', "did you mean “contents”?"),
        ("words.xx", 'contents = "x"', "BCP 47"),
    ],
)
def test_a_wrong_value_in_a_table_is_an_error_with_file_and_a_line_of_that_table(
    tmp_path: Path, section: str, row: str, part: str
) -> None:
    error = refused(tmp_path, f"# a comment\n\n[{section}]\n{row}\n")
    assert error.at is not None
    assert error.at.path == "texts/book.toml"
    assert error.at.line in (3, 4)
    assert part in error.cure


@pytest.mark.parametrize(
    ("content", "line"),
    [
        ("title = x", 1),
        ('title = "x"\nauthor = "y\n', 2),
        ('title = "x"\n\ntitle = "y"\n', 3),
        ("[theme\n", 1),
    ],
)
def test_what_is_not_toml_is_an_error_with_its_line(
    tmp_path: Path, content: str, line: int
) -> None:
    error = refused(tmp_path, content)
    assert str(error.at) == f"texts/book.toml:{line}"
    assert error.cure


def test_a_file_that_is_not_utf_8_is_an_error(tmp_path: Path) -> None:
    error = refused(tmp_path, 'title = "Größe"'.encode("latin-1"))
    assert error.at is not None
    assert error.at.path == "texts/book.toml"
    assert "UTF-8" in error.cure


@pytest.mark.parametrize("path", ["", "."])
def test_here_is_not_shown(tmp_path: Path, path: str) -> None:
    put(tmp_path, {"book.toml": "title = 5"})
    with pytest.raises(ConfigurationError) as caught:
        read_configuration(tmp_path, path)
    assert str(caught.value.at) == "book.toml:1"


def test_an_option_wins_over_the_file_and_what_is_not_given_stays() -> None:
    found = Configuration(name="n", title="t", languages=("th",), formats=(FormatName.PDF,))
    assert found.with_options(Options()) == found
    changed = found.with_options(
        Options(languages=("de",), formats=(FormatName.HTML,), editions=(EditionKind.SINGLE,))
    )
    assert (changed.languages, changed.formats, changed.editions) == (
        ("de",),
        (FormatName.HTML,),
        (EditionKind.SINGLE,),
    )
    assert (changed.name, changed.title) == ("n", "t")


def test_a_title_that_is_given_as_an_option_names_the_files_too() -> None:
    found = Configuration(name="n", title="t").with_options(Options(title="Other"))
    assert (found.name, found.title) == (None, "Other")


@pytest.mark.parametrize(
    ("content", "line"),
    [('title = "x"\nauthor = "y', 2), ('title = "x"\n\ntitle = "y"', 3)],
)
def test_a_mistake_at_the_end_has_its_line(tmp_path: Path, content: str, line: int) -> None:
    assert str(refused(tmp_path, content).at) == f"texts/book.toml:{line}"


# --- what PDFs are for, and how they are printed -----------------------------------------------------


def test_pdfs_are_for_screens_and_not_imposed_where_nothing_is_said(tmp_path: Path) -> None:
    found = settings(tmp_path, "")
    assert (found.profiles, found.schemes) == ((ProfileName.SCREEN,), ())
    assert found.settings.printing == Printing()
    assert (found.settings.printing.bleed, found.settings.printing.marks) == (3.0, False)


def test_profiles_and_schemes_keep_their_order_and_come_once(tmp_path: Path) -> None:
    found = settings(tmp_path, 'profiles = ["print", "screen", "print"]\nimpose = ["saddle"]')
    assert found.profiles == (ProfileName.PRINT, ProfileName.SCREEN)
    assert found.schemes == (SchemeName.SADDLE,)
    changed = found.with_options(Options(profiles=(ProfileName.ARCHIVE,)))
    assert (changed.profiles, changed.schemes) == ((ProfileName.ARCHIVE,), (SchemeName.SADDLE,))


@pytest.mark.parametrize(
    ("bleed", "length"),
    [("3", 3.0), ("0", 0.0), ("2.5", 2.5), ('"5mm"', 5.0), ('"0.5 cm"', 5.0), ('"0.125in"', 3.175)],
)
def test_a_bleed_is_in_millimetres_or_has_its_unit(
    tmp_path: Path, bleed: str, length: float
) -> None:
    found = settings(tmp_path, f"[print]\nbleed = {bleed}").settings.printing
    assert found.bleed == pytest.approx(length)


def test_what_the_print_shop_asks_for_is_read(tmp_path: Path) -> None:
    put(tmp_path, {"shop.icc": Path(inks.KNOWN[-1][0]).read_bytes()})
    found = settings(
        tmp_path,
        """\
[print]
bleed = "5mm"
marks = true
colour = "grey"
intent = "shop.icc"
condition = "FOGRA51"
[print.inks]
ar = [80, 20.5, 60, 0]
""",
    ).settings.printing
    assert found == Printing(
        bleed=5.0,
        marks=True,
        colour=Inks.GREY,
        intent="shop.icc",
        profile=Path(inks.KNOWN[-1][0]).read_bytes(),
        condition="FOGRA51",
        inks=(("ar", (80.0, 20.5, 60.0, 0.0)),),
    )


def test_how_pages_are_laid_on_sheets_is_read(tmp_path: Path) -> None:
    found = settings(
        tmp_path,
        """\
[print.sheets]
size = "SRA3"
margin = "5mm"
fit = true
flip = "long"
marks = ["crop", "collation"]
thickness = 0.1
folds = 2
signature = 24
last = "smaller"
mill = "2mm"
gap = "1cm"
up = 16
""",
    ).settings.printing.sheets
    assert found == SheetSettings(
        size=(320.0, 450.0),
        margin=5.0,
        fit=True,
        flip=Flip.LONG,
        marks=(MarkName.CROP, MarkName.COLLATION),
        thickness=0.1,
        folds=2,
        signature=24,
        last=LastSignature.SMALLER,
        mill=2.0,
        gap=10.0,
        up=16,
    )
    own = settings(tmp_path, '[print.sheets]\nsize = "12in x 18in"').settings.printing.sheets
    assert own == SheetSettings(size=(pytest.approx(304.8), pytest.approx(457.2)))
    assert settings(tmp_path, "").settings.printing.sheets == SheetSettings()


@pytest.mark.parametrize(
    ("content", "line", "said"),
    [
        ('size = "A44"', 2, "not a size of paper"),
        ('size = "10mm 10mm"', 2, "between 50 and 2000 mm"),
        ("size = 210", 2, "not a size of paper"),
        ("margin = -1", 2, "margin of 0 to 50 mm"),
        ("gap = nan", 2, "gap of 0 to 100 mm"),
        ("mill = 11", 2, "depth of 0 to 10 mm"),
        ("thickness = 80", 2, "thickness of 0 to 1 mm"),
        ('flip = "head"', 2, "short, long"),
        ('marks = ["cut"]', 2, "crop, fold, collation"),
        ("folds = 5", 2, "one of 1, 2, 3, 4"),
        ("folds = true", 2, "one of 1, 2, 3, 4"),
        ("signature = 6", 2, "one of 4, 8"),
        ("signature = 36", 2, "one of 4, 8"),
        ("folds = 3\nsignature = 24", 3, "no whole number of sheets of 16 pages"),
        ("up = 3", 2, "one of 2, 4, 8, 16"),
        ("up = 4.0", 2, "one of 2, 4, 8, 16"),
        ('last = "none"', 2, "blank, smaller"),
        ('mill = 0\nmarks = ["collation"]', 3, "milled off the spine"),
        ("paper = 1", 2, "“print.sheets.paper”"),
    ],
)
def test_sheets_that_nobody_could_fold_are_refused(
    tmp_path: Path, content: str, line: int, said: str
) -> None:
    error = refused(tmp_path, f"[print.sheets]\n{content}")
    assert error.at is not None
    assert (error.at.line, said in error.what) == (line, True), error.what
    assert error.cure


@pytest.mark.parametrize(
    ("content", "line", "said"),
    [
        ('profiles = ["paper"]', 1, "screen, archive, print"),
        ('profiles = "print"', 1, "list of texts"),
        ('\nimpose = ["fold"]', 2, "saddle"),
        ("[print]\nbleed = 11", 2, "0 to 10 mm"),
        ('[print]\nbleed = "3"', 2, "0 to 10 mm"),
        ("[print]\nbleed = -1", 2, "0 to 10 mm"),
        ("[print]\nbleed = true", 2, "0 to 10 mm"),
        ('[print]\nmarks = "yes"', 2, "true or false"),
        ('[print]\ncolour = "rgb"', 2, "cmyk, grey"),
        ("[print]\ncondition = 51", 2, "is a text"),
        ("[print]\nintent = 51", 2, "is a text"),
        ('[print]\n\nintent = "missing.icc"', 3, "“missing.icc” is not there"),
        ('[print]\nintent = "."', 2, "“.” is a folder"),
        ('[print]\nintent = "text.icc"', 2, "text.icc cannot be read"),
        ('[print]\nintent = "screen.icc"', 2, "screen.icc is for RGB"),
        ("[print]\nblead = 3", 2, "“print.blead”"),
        ("print = 3", 1, "[print] is a table"),
        ("[print]\ninks = 3", 2, "[print.inks] is a table"),
        ("[print.inks]\nar = [1, 2, 3]", 2, "four inks in percent"),
        ("[print.inks]\nar = [1, 2, 3, 101]", 2, "four inks in percent"),
        ('[print.inks]\nar = "#1f5c4a"', 2, "four inks in percent"),
        ("[print.inks]\nxx = [1, 2, 3, 4]", 2, "xx"),
    ],
)
def test_what_no_print_shop_could_print_is_refused(
    tmp_path: Path, content: str, line: int, said: str
) -> None:
    screen = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    put(tmp_path, {"text.icc": "this is text", "screen.icc": screen})
    error = refused(tmp_path, content)
    assert str(error.at) == f"texts/book.toml:{line}"
    assert said in error.what + error.cure
    assert str(tmp_path) not in error.what, "the file is called as the user called it"


# --- known to be wrong --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "line"),
    [
        ('title = "x"\ntheme.accents = "x"', 2),
        ('title = "x"\nwords = 5', 2),
    ],
)
def test_a_value_in_place_of_a_table_is_an_error(tmp_path: Path, content: str, line: int) -> None:
    assert str(refused(tmp_path, content).at) == f"texts/book.toml:{line}"


@pytest.mark.parametrize("date", ["2021-13", "2021-02-30", "0000-00-00"])
def test_a_day_that_no_calendar_has_is_an_error(tmp_path: Path, date: str) -> None:
    assert str(refused(tmp_path, f'date = "{date}"').at) == "texts/book.toml:1"


def test_a_byte_order_mark_is_no_mistake(tmp_path: Path) -> None:
    assert settings(tmp_path, b'\xef\xbb\xbftitle = "x"').title == "x"


@pytest.mark.parametrize(
    ("content", "line"),
    [
        ('title = "x"\n[words.de]\ntitle = "y"', 3),
        ('title = "x"\ntheme.base = 50', 2),
        ('title = "x"\ntheme = { base = 50 }', 2),
    ],
)
def test_the_line_is_that_of_the_key_however_it_is_written(
    tmp_path: Path, content: str, line: int
) -> None:
    assert str(refused(tmp_path, content).at) == f"texts/book.toml:{line}"


def test_a_signature_has_at_least_the_pages_of_a_sheet(tmp_path: Path) -> None:
    for folds, pages in ((1, 16), (3, 16), (4, 32)):
        found = settings(tmp_path, f"[print.sheets]\nfolds = {folds}\n").settings.printing.sheets
        assert found.signature == pages
