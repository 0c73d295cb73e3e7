"""Themes: their numbers, their colours, and templates of a book's own over them."""

import pickle
import re
from pathlib import Path

import pytest

from pipeline.configuration.options import Options
from pipeline.design import themes
from pipeline.design.colour import tint_of, tints
from pipeline.design.themes import Design, Paragraphs, design
from pipeline.errors import ConfigurationError, TemplateError
from pipeline.jobs.build import build
from pipeline.pdf import write as pdf
from pipeline.rendering import web
from pipeline.rendering.environment import environment
from pipeline.rendering.pages import on_screen, pages
from pipeline.settings.values import EditionKind, FormatName, Theme
from tests.design.themed import editions, renderer, theme, write
from tests.unit_helpers import contrast

NAMES = themes.names()
READABLE = 4.5
"""WCAG 2.2, 1.4.3."""
VISIBLE = 3.0
"""WCAG 2.2, 1.4.11."""


def designed(name: str) -> Design:
    return design(Theme(name=name))


def test_there_are_three_themes_and_the_usual_one_is_plain() -> None:
    assert NAMES == ["literary", "plain", "report"]
    assert Theme().name == themes.PLAIN
    assert designed("report").page == "A4"
    assert designed("literary").paragraphs is Paragraphs.INDENT


# --- colours --------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", NAMES)
def test_text_can_be_read_on_every_ground_in_the_light_and_in_the_dark(name: str) -> None:
    for colours in (designed(name).light, designed(name).dark, designed(name).press):
        grounds = [colours[key] for key in ("paper", "field", "raised") if key in colours]
        inks = [colours[key] for key in ("ink", "quiet", "accent", "together") if key in colours]
        for ground in grounds:
            for ink in inks:
                assert contrast(ink, ground) >= READABLE, (ink, ground)
        if "wash" in colours:
            assert contrast(colours["ink"], colours["wash"]) >= READABLE


@pytest.mark.parametrize("count", [2, 5, 12])
@pytest.mark.parametrize("name", NAMES)
def test_every_tint_can_be_read_as_text_and_under_white_text(name: str, count: int) -> None:
    own = designed(name)
    for tint in tints(count, own.shades):
        # As text, and the other way round: a button has the paper's colour on the tint.
        for ground in (
            own.light["paper"],
            own.light["field"],
            own.press["paper"],
            own.press["white"],
        ):
            assert contrast(tint.ink, ground) >= READABLE, (tint.ink, ground)
        for ground in (own.dark["paper"], own.dark["field"]):
            assert contrast(tint.glow, ground) >= READABLE, (tint.glow, ground)
        assert contrast(own.light["ink"], tint.wash) >= READABLE
        assert contrast(tint.ink, tint.wash) >= READABLE


@pytest.mark.parametrize("name", NAMES)
def test_lines_in_an_e_book_are_seen_on_white_and_on_black(name: str, tmp_path: Path) -> None:
    made = renderer(write(tmp_path, name))
    css = str(made.style("epub.css", [], editions(made)["de"]))
    greys = re.findall(r"--(?:accent|line): (#[0-9a-f]{6})", css) + re.findall(
        r"stroke='%23([0-9a-f]{6})'", css
    )
    assert greys
    for grey in greys:
        for ground in ("#ffffff", "#000000"):
            assert contrast("#" + grey.lstrip("#"), ground) >= VISIBLE


def test_a_colour_that_a_book_gives_has_the_theme_s_shades() -> None:
    shades = designed("literary").shades
    assert tint_of("#1f5c4a", shades).ink == "#1f5c4a"
    assert tint_of("#1f5c4a", shades).glow != tint_of("#1f5c4a").glow


# --- every theme, in every format -------------------------------------------------------------------


@pytest.mark.parametrize("name", NAMES)
def test_a_theme_takes_the_place_of_files_that_there_are(name: str) -> None:
    folder = themes.THEMES / name
    known = {each.relative_to(themes.TEMPLATES).as_posix() for each in themes.TEMPLATES.rglob("*")}
    read = "\n".join(file.read_text(encoding="utf-8") for file in folder.rglob("*.css"))
    for file in folder.rglob("*"):
        own = file.relative_to(folder).as_posix()
        if file.is_file() and own != themes.NUMBERS:
            assert own in known or f'"{own}"' in read, own


@pytest.mark.parametrize("name", NAMES)
def test_style_sheets_name_no_side(name: str) -> None:
    """What is on the left in one language is on the right in another. Covers alone have sides: that of the
    binding."""
    for file in (themes.THEMES / name).rglob("theme*.css"):
        sides = r"(margin|padding|border)-(left|right)|(?<![-\w])(left|right):|text-align: (left|right)|float"
        assert not re.search(sides, file.read_text(encoding="utf-8")), file


@pytest.mark.parametrize("name", NAMES)
def test_pages_and_web_pages_are_made_in_every_theme(name: str, tmp_path: Path) -> None:
    made = renderer(write(tmp_path, name))
    for edition in editions(made).values():
        assert pdf.write(made, edition).content.startswith(b"%PDF")
        assert b"</html>" in web.write(made, edition)


def test_a_theme_has_a_page_and_a_size_of_its_own_and_the_book_wins(tmp_path: Path) -> None:
    assert theme(write(tmp_path / "a", "report")).width == 210
    own = theme(write(tmp_path / "b", "report", more='page = "A5"\nbase = "9pt"\n'))
    assert (own.width, own.base) == (148, 9)
    assert theme(write(tmp_path / "c")) == Theme()


def test_only_the_theme_that_justifies_does(tmp_path: Path) -> None:
    css = {}
    for name in NAMES:
        made = renderer(write(tmp_path / name, name))
        css[name] = pages(made, editions(made)["de"], on_screen(made))
    assert "text-align: justify" in css["literary"]
    assert "text-align: justify" not in css["report"]


def test_a_theme_that_there_is_none_of_is_an_error_with_the_nearest(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError) as caught:
        theme(write(tmp_path, "reports"))
    assert caught.value.at is not None
    assert caught.value.at.line == 4
    assert "“report”" in caught.value.cure


# --- templates of a book's own -------------------------------------------------------------------------


def test_a_file_beside_the_book_wins_over_the_theme_and_the_theme_over_ours(tmp_path: Path) -> None:
    made = renderer(write(tmp_path / "theme", "literary"))
    assert "frame-inner" in pages(made, editions(made)["de"], on_screen(made))
    own = {"parts/cover.html": '<section class="cover single">Mine: {{ edition.title }}</section>'}
    made = renderer(write(tmp_path / "own", "literary", own=own))
    markup = pages(made, editions(made)["de"], on_screen(made))
    assert "Mine: Kunden drinnen und draußen" in markup
    assert 'class="frame-inner"' not in markup


def test_rules_of_a_book_s_own_come_last_in_every_style_sheet(tmp_path: Path) -> None:
    made = renderer(write(tmp_path, own={"styles/own.css": "p { color: #123456; }"}))
    edition = editions(made)["de"]
    assert "p { color: #123456; }" in pages(made, edition, on_screen(made))
    assert "p { color: #123456; }" in web.page(made, edition)
    assert "p { color: #123456; }" in web.reader(made, editions(made)["combined"])
    css = str(made.style("epub.css", [], edition))
    assert css.rstrip().endswith("p { color: #123456; }")


def test_a_book_without_templates_is_not_touched_by_another_s(tmp_path: Path) -> None:
    own = renderer(write(tmp_path / "own", own={"styles/own.css": "p { color: #123456; }"}))
    bare = renderer(write(tmp_path / "bare"))
    assert "#123456" in str(own.style("epub.css", [], editions(own)["de"]))
    assert "#123456" not in str(bare.style("epub.css", [], editions(bare)["de"]))


def test_templates_reach_the_workers_with_the_book(tmp_path: Path) -> None:
    folder = write(tmp_path / "in", own={"styles/own.css": "p { color: #123456; }"})
    own = theme(folder)
    assert pickle.loads(pickle.dumps(own)) == own
    options = Options(formats=(FormatName.HTML,), editions=(EditionKind.SINGLE,))
    build([folder], tmp_path / "out", options, workers=2)
    for file in (tmp_path / "out").glob("b.*.html"):
        assert "#123456" in file.read_text(encoding="utf-8")


def test_numbers_of_a_book_s_own_go_over_those_of_the_theme(tmp_path: Path) -> None:
    own = {"theme.toml": 'page = "A6"\n[text]\nparagraphs = "indent"\n[margins]\ninner = 30\n'}
    made = theme(write(tmp_path, "report", own=own))
    found = design(made)
    assert (made.width, found.inner, found.paragraphs) == (105, 30, Paragraphs.INDENT)
    assert found.outer == designed("report").outer


def test_the_digest_of_every_own_file_is_known(tmp_path: Path) -> None:
    (own,) = theme(write(tmp_path, own={"styles/own.css": "p {}"})).overrides
    assert own.name == "styles/own.css"
    assert own.path.endswith("templates/styles/own.css")
    assert len(own.sha256) == 64


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("styles/txet.css", "styles/text.css"),
        ("text.css", "styles/text.css"),
        ("parts/cover.htm", "parts/cover.html"),
        ("themes/plain/theme.toml", "theme.toml"),
    ],
)
def test_a_file_that_takes_the_place_of_none_is_an_error_with_the_nearest(
    tmp_path: Path, name: str, hint: str
) -> None:
    with pytest.raises(ConfigurationError) as caught:
        theme(write(tmp_path, own={name: "x"}))
    assert caught.value.at is not None
    assert caught.value.at.path.endswith(f"templates/{name}")
    assert f"“{hint}”" in caught.value.cure


def test_hidden_files_are_nobody_s_templates(tmp_path: Path) -> None:
    assert not theme(write(tmp_path, own={".DS_Store": "x", "styles/.text.css.swp": "x"})).overrides


@pytest.mark.parametrize(
    ("name", "content", "line", "what"),
    [
        ("parts/imprint.html", "one\ntwo {% if %}\n", 2, "cannot be carried out"),
        ("parts/imprint.html", "one\ntwo\n{{ nobody.knows }}\n", 3, "nobody"),
        ("parts/imprint.html", '{% include "parts/none.html" %}', 1, "parts/none.html"),
        ("styles/own.css", "\np { width: {{ 1 / 0 }}mm }", 2, "division by zero"),
        ("styles/own.css", "{{ ''.__class__.__mro__ }}", 1, "may not do this"),
        ("parts/imprint.html", "{{ plain.__globals__ }}", 1, "may not do this"),
        ("parts/imprint.html", "{{ scene.environment.loader.searchpath }}", 1, "may not do this"),
        (
            "blocks/paragraph.html",
            "{{ scene.environment.compile_templates('x') }}",
            1,
            "may not do",
        ),
    ],
)
def test_a_template_that_fails_is_an_error_with_file_and_line(
    tmp_path: Path, name: str, content: str, line: int, what: str
) -> None:
    made = renderer(write(tmp_path, own={name: content}))
    with pytest.raises(TemplateError) as caught:
        web.page(made, editions(made)["de"])
    assert caught.value.at is not None
    assert caught.value.at.path.endswith(f"templates/{name}")
    assert caught.value.at.line == line
    assert what in caught.value.what
    assert caught.value.cure


def test_values_cannot_be_changed_by_a_template(tmp_path: Path) -> None:
    made = renderer(
        write(tmp_path, own={"styles/own.css": "{{ design.light.update(ink='#ffffff') }}"})
    )
    with pytest.raises(TemplateError):
        web.page(made, editions(made)["de"])
    assert designed("plain").light["ink"] != "#ffffff"


@pytest.mark.parametrize(
    ("content", "line", "cure"),
    [
        ("page = A4", 1, 'key = "value"'),
        ("\n[margins]\niner = 3", 3, "inner"),
        ('[margins]\ninner = "3mm"', 2, "inner = "),
        ('[text]\nparagraphs = "dent"', 2, "paragraphs = "),
        ('[colours.light]\nink = "black"', 2, "ink = "),
        ("[headings]\nsizes = [1, 2]", 2, "sizes = ["),
    ],
)
def test_numbers_that_make_no_sense_are_errors_with_file_and_line(
    tmp_path: Path, content: str, line: int, cure: str
) -> None:
    with pytest.raises(ConfigurationError) as caught:
        theme(write(tmp_path, own={"theme.toml": content}))
    assert caught.value.at is not None
    assert caught.value.at.path.endswith("templates/theme.toml")
    assert caught.value.at.line == line
    assert cure in caught.value.cure


def test_a_build_tells_the_error_and_saves_nothing(tmp_path: Path) -> None:
    folder = write(tmp_path / "in", own={"styles/own.css": "{{ nobody }}"})
    with pytest.raises(TemplateError) as caught:
        build([folder], tmp_path / "out", Options(formats=(FormatName.HTML,)), workers=1)
    assert caught.value.at is not None
    assert caught.value.at.line == 1
    assert not (tmp_path / "out" / "index.html").exists()


def test_our_own_templates_are_not_slowed_by_a_sandbox() -> None:
    assert type(environment(Theme(name="report"))).__name__ == "Environment"


def test_numbers_of_a_book_s_own_show(tmp_path: Path) -> None:
    numbers = '[text]\nparagraphs = "indent"\nhang = 0.2\nleading = 1.1\n'
    bare, own = (
        renderer(write(tmp_path / "a")),
        renderer(write(tmp_path / "b", own={"theme.toml": numbers})),
    )
    before = pages(bare, editions(bare)["de"], on_screen(bare))
    after = pages(own, editions(own)["de"], on_screen(own))
    for rule in (
        "p + p::before",
        ".translation { padding-inline-start: 29.6mm; }",
        "line-height: 1.595;",
    ):
        assert rule not in before
        assert rule in after


def test_the_readme_shows_every_theme_in_small_pictures() -> None:
    root = Path(__file__).resolve().parents[2]
    readme = (root / "README.md").read_text(encoding="utf-8")
    shown = [root / "docs" / "pictures" / f"theme-{name}.png" for name in NAMES]
    for file in shown:
        assert f"(docs/pictures/{file.name})" in readme
    assert sum(file.stat().st_size for file in shown) < 300_000
