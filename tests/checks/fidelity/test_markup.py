"""Web pages laid beside their text: characters, languages, directions, order, and nothing else."""

from pathlib import Path

import pytest

from pipeline import typography
from pipeline.checks.fidelity import markup as pages
from pipeline.checks.fidelity.markup import Compared
from pipeline.checks.fidelity.units import units
from pipeline.editions import Edition
from pipeline.rendering import FileNames, Renderer, web
from pipeline.settings.values import EditionKind
from tests.unit_helpers import book_of

TEXT = """# العنوان

الفقرة الأولى فيها كلمة Apple Inc ومدينة Αθήνα ورقم -5 و`code x` أيضًا[^n].

- عنصر
- عنصر آخر

```
a  b
```

| أ | ب |
|---|---|
| ج | د |

الفقرة الأخيرة.
سطر ثانٍ.

[^n]: ملاحظة.
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Edition]:
    folder: Path = tmp_path_factory.mktemp("texts")
    book = typography.apply(book_of(folder, {"a.ar.md": TEXT}))
    edition = Edition(book, EditionKind.SINGLE, book.translations)
    return web.page(Renderer(book, FileNames({})), edition), edition


def compare(markup: str, edition: Edition) -> Compared:
    wanted = {each.tag: units(each) for each in edition.translations}
    owners = frozenset(unit.anchor for each in wanted.values() for unit in each)
    return pages.compare(pages.web_lines(markup.encode(), owners), wanted)


def said(found: Compared) -> str:
    return "\n".join(map(str, found.findings))


def test_a_page_says_what_its_text_says(made: tuple[str, Edition]) -> None:
    found = compare(*made)
    assert said(found) == ""
    assert found.recovered == found.wanted
    assert found.wanted["ar"] > 100


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("الأولى", "الأول", "a.ar.md:3, #ar-1: lost “ى” (U+0649"),
        ("سطر ثانٍ", "سطر ثاٍ", "a.ar.md:17"),
        ("a  b", "a b", "lost “ ”"),
        ("عنصر آخر", "عنصرآخر", "lost “ ”"),
        ("ج</td>", "ج</td><td>زائد</td>", "added 5 characters “زائد⏎”"),
        ("عنصر آخر</li>", "عنصر آخر</li><li>\ufffd</li>", "U+FFFD REPLACEMENT CHARACTER"),
        ("</article>", "<p>اشتر كتبنا!</p></article>", "which no text has"),
        ("</article>", "tail</article>", "which no text has"),
        ("</article>", '<p class="imprint">Mehr!</p></article>', "which no text has"),
        ('lang="el"', 'lang="fr"', "is marked as fr ltr and is el ltr"),
        (">1</a></sup>", ">2</a></sup>", "“1” (U+0031 DIGIT ONE) became “2”"),
        ("<code dir=\"ltr\">code x", "<code>code x", "is marked as ar rtl and is ar ltr"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_found(
    made: tuple[str, Edition], before: str, after: str, told: str
) -> None:
    markup, edition = made
    head, article, tail = markup.partition("<article>")
    assert before in tail
    assert told in said(compare(head + article + tail.replace(before, after, 1), edition))


def test_what_is_marked_as_frame_is_no_text(made: tuple[str, Edition]) -> None:
    markup, edition = made
    framed = '<div data-frame="advertisement"><p>اشتر كتبنا!</p></div></article>'
    assert not compare(markup.replace("</article>", framed), edition).findings
    hidden = markup.replace('<p id="ar-1"', '<p data-frame="x" id="ar-1"')
    assert "lost" in said(compare(hidden, edition))


def test_a_page_in_the_wrong_language_is_found(made: tuple[str, Edition]) -> None:
    markup, edition = made
    assert "is marked as fa rtl and is ar rtl" in said(
        compare(markup.replace('lang="ar"', 'lang="fa"'), edition)
    )
    assert "is marked as ar ltr and is ar rtl" in said(
        compare(markup.replace('lang="ar" dir="rtl" class="set', 'dir="ltr" class="set'), edition)
    )


def test_elements_in_each_others_place_are_found(made: tuple[str, Edition]) -> None:
    markup, edition = made
    first = markup[markup.index('<p id="ar-1"') :].partition("</p>")[0] + "</p>"
    last = markup[markup.index('<p id="ar-5"') :].partition("</p>")[0] + "</p>"
    swapped = markup.replace(first, "@@").replace(last, first).replace("@@", last)
    assert "stands at another place" in said(compare(swapped, edition))


def test_white_space_is_one_space_but_in_code() -> None:
    text, manners = pages.settled([(" a \n", "x"), (" b\u200b", "y"), ("\u00a0c ", "x")])
    assert text == "a b\u00a0c"
    assert "".join(manners) == "xxyxx"
    assert pages.settled([(" a  b\n", "x")], exact=True)[0] == " a  b"
