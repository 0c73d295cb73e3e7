"""Web pages for everybody: no mistake in the markup, no violation of WCAG 2.2 AA that axe-core finds."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from pipeline.checks import record
from pipeline.checks.judges import check, chosen
from pipeline.checks.programs import running
from tests.checks.kit import shared
from tests.end_to_end import markup
from tests.end_to_end.tools import alone

TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")
PAGES = ("index.html", "customers.combined.html", "customers.es.html", "customers.ar.html",
         "customers.th.html", record.PAGE)  # fmt: skip
RUN = """tags => axe.run(document, {runOnly: {type: "tag", values: tags}, resultTypes: ["violations"]})"""


@pytest.fixture(scope="module")
def axe() -> str:
    modules = running.node_modules()
    if modules is None or not (modules / "axe-core").is_dir():
        pytest.fail("these tests need axe-core: ./run test sets it up", pytrace=False)
    return (modules / "axe-core" / "axe.min.js").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def pages(books: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The pages of a book, and the report of its check."""
    folder = shared(tmp_path_factory) / "report"
    with alone(folder.with_suffix(".lock")):
        if not folder.exists():
            record.save(check([books], judges=chosen(("links", "pdf"), quick=True)), folder)
    return {name: (folder if name == record.PAGE else books) / name for name in PAGES}


def violations(
    chromium: Browser, axe: str, file: Path, *, scheme: Any = "light", width: int = 1280
) -> list[str]:
    """What axe-core finds in a page, each with the elements that it is about."""
    context = chromium.new_context(color_scheme=scheme, viewport={"width": width, "height": 900})
    try:
        page = context.new_page()
        page.goto(file.as_uri())
        page.evaluate(axe)
        found = page.evaluate(RUN, list(TAGS))
    finally:
        context.close()
    assert found["passes"], "axe-core looked at nothing"
    return [
        f"{each['id']}: {[node['target'] for node in each['nodes'][:5]]}"
        for each in found["violations"]
    ]


@pytest.mark.parametrize("name", PAGES)
def test_there_is_no_mistake_in_the_markup(pages: dict[str, Path], name: str) -> None:
    root = markup.html(pages[name].read_bytes())
    assert len(markup.identifiers(root)) == len(set(markup.identifiers(root)))


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", PAGES)
def test_no_page_shuts_anybody_out(
    chromium: Browser, axe: str, pages: dict[str, Path], name: str, scheme: str
) -> None:
    for width in (1280, 400):
        assert violations(chromium, axe, pages[name], scheme=scheme, width=width) == []


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        ('<html lang="es"', "<html", "html-has-lang"),
        ("</main>", '<img src="data:image/png;base64,AA=="></main>', "image-alt"),
        ("--ink: #23211e", "--ink: #b0aca6", "color-contrast"),
    ],
)
def test_what_is_broken_is_found(
    chromium: Browser, axe: str, books: Path, tmp_path: Path, old: str, new: str, rule: str
) -> None:
    page = (books / "customers.es.html").read_text(encoding="utf-8")
    assert old in page
    file = tmp_path / "page.html"
    file.write_text(page.replace(old, new, 1), encoding="utf-8")
    assert [each.partition(":")[0] for each in violations(chromium, axe, file)] == [rule]
