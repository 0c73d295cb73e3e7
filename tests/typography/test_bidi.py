"""Direction: what the eye sees of every line in the table, by the algorithm, in print, in a browser."""

from functools import cached_property
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from pipeline.languages import language
from pipeline.rendering.scene import Target
from pipeline.typography.tokens import recognise
from tests.typography import eyes
from tests.typography.eyes import Case, Lines, Sheet

CASES = eyes.cases()
each_case = pytest.mark.parametrize(
    ("number", "case"), list(enumerate(CASES)), ids=[case.name for case in CASES]
)


class Views:
    """The table, seen in three ways; each way once."""

    def __init__(self, folder: Path, browser: Browser) -> None:
        self.folder = folder
        self.browser = browser
        self.sheet = Sheet(CASES)

    @cached_property
    def bodies(self) -> list[str]:
        return self.sheet.bodies(Target.PAGE)

    @cached_property
    def printed(self) -> list[Lines]:
        markup = self.sheet.document(Target.PRESS, "press.css")
        return eyes.in_print(eyes.print_out(markup), len(CASES))

    @cached_property
    def browsed(self) -> list[Lines]:
        file = self.folder / "lines.html"
        file.write_text(self.sheet.document(Target.PAGE, "screen.css"), encoding="utf-8")
        return eyes.in_browser(self.browser, file, len(CASES))


@pytest.fixture(scope="module")
def views(tmp_path_factory: pytest.TempPathFactory, chromium: Browser) -> Views:
    return Views(tmp_path_factory.mktemp("lines"), chromium)


def test_the_table_has_every_case_once() -> None:
    names = [case.name for case in CASES]
    assert len(names) >= 60
    assert len(set(names)) == len(names)


@pytest.mark.parametrize(
    "odd",
    ["1-", "1:2", "a", "a.b@", "A.", "/a", "1-2=3", "http://", "+49 ", "و-5", "030 ", "(0", "055-"],
)
def test_no_text_takes_for_ever(odd: str) -> None:
    # Ten thousand times a thing that nearly is a token: what goes back and forth does not come to an end.
    assert all(each.end > each.start for each in recognise(odd * 10_000, language("ar")))


@each_case
def test_the_algorithm_orders_the_markup_as_expected(views: Views, number: int, case: Case) -> None:
    if len(case.expected) > 1 and case.width < 100:
        pytest.skip("where the line breaks, layout decides")
    assert eyes.by_algorithm(views.bodies[number], rtl=case.rtl) == case.expected


@each_case
def test_print_shows_it_as_expected(views: Views, number: int, case: Case) -> None:
    expected = case.expected
    if case.marker:
        expected[0] = expected[0] + case.marker if case.rtl else case.marker + expected[0]
    assert views.printed[number] == [line.translate(eyes.ONE_TO_PDFIUM) for line in expected]


@each_case
def test_a_browser_shows_it_as_expected(views: Views, number: int, case: Case) -> None:
    assert views.browsed[number] == case.expected
