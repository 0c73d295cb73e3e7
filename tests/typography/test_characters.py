"""Characters that few faces have: a text with them is set in its own faces, and keeps them where it can."""

import io
from dataclasses import replace

import pypdfium2
import pytest

from pipeline.editions import Edition
from pipeline.pdf import write as pdf
from pipeline.rendering import Renderer
from pipeline.rendering.renderer import FileNames
from pipeline.rendering.scene import Target
from pipeline.settings.values import EditionKind
from tests.typography import layout
from tests.typography.texts import passed

RARE = "a\u202fb 1\u20112 c\u2060d e\u2009f g\u200ah i\u2003j k\u2007l m\u205fn o\u00adp q\u200br"

FACES = {"de": {"Spectral"}, "th": {"Sarabun", "Spectral"}, "ar": {"Amiri", "Spectral"}}


@pytest.fixture(params=FACES)
def made(request: pytest.FixtureRequest) -> Renderer:
    code = "`1\u20112`\n\n    3\u20114\n"
    done = passed(f"{RARE}\n\n**{RARE}**\n\n{code}", request.param)
    book = replace(layout.book(layout.SOURCES[0]), translations=(done.translation,), title="A")
    return Renderer(book, FileNames({}))


def test_print_needs_no_other_face_and_misses_no_glyph(made: Renderer) -> None:
    (translation,) = made.book.translations
    edition = Edition(made.book, EditionKind.SINGLE, (translation,))
    printed = pdf.write(made, edition)
    with pypdfium2.PdfDocument(io.BytesIO(printed.content)) as document:
        text = "".join(page.get_textpage().get_text_bounded() for page in document)
    assert "\ufffd" not in text
    for pair in ("ab", "ef", "gh", "ij"):
        assert pair[0] in text
    for ends in ("12", "34"):  # pdfium turns signs around in text from right to left
        assert any("\u2010".join(order) in text for order in (ends, ends[::-1]))
    assert made.family_names <= FACES[translation.tag] | {"Source Code Pro"}


@pytest.mark.parametrize("target", [Target.PAGE, Target.READER, Target.EPUB])
def test_elsewhere_the_characters_stay(made: Renderer, target: Target) -> None:
    (translation,) = made.book.translations
    scene = made.scene(target, translation)
    shown = str(scene.inline(translation.front[0].inlines))  # type: ignore[attr-defined]
    for char in "\u202f\u2011\u2060\u2009\u200a\u2003\u2007\u205f\u00ad\u200b":
        assert char in shown


def test_in_print_a_hyphen_that_does_not_break_is_one_that_is_held() -> None:
    done = passed(" ".join(["E\u2011Mail\u2011Adresse"] * 40), "de")
    book = replace(layout.book(layout.SOURCES[0]), translations=(done.translation,))
    (paragraph,) = [
        each
        for each in layout.set_lines(book, "de", (105.0, 148.0))
        if each.text.startswith("E\u2010\u2060Mail")
    ]
    assert len(paragraph.lines) > 8
    assert all(line.text.strip().endswith("Adresse") for line in paragraph.lines)
