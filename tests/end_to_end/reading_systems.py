"""Reading systems for e-books, run in Chromium as their applications run them."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, Route

from tests.end_to_end.tools import node_package

SYSTEMS = ("epubjs", "foliate")
"""Those that ``systems/`` has a module of."""

SITE = "https://reader.test"
"""Where the browser believes to be: every address of it is answered by the test."""

WIDTH, HEIGHT = 380, 560
"""A window as a phone has it, in px."""

SCRIPTS = Path(__file__).with_name("systems")


@dataclass(frozen=True, slots=True)
class Seen:
    """A block of text of which the window shows the first letter (``begins``) or the last (``ends``)."""

    section: int
    at: int
    """Which block of the section it is."""
    begins: bool
    ends: bool
    side: float
    """Where its first letter stands: 0 at the left of the window, 1 at the right."""
    tag: str
    frame: str | None
    text: str
    language: str
    direction: str


@dataclass(frozen=True, slots=True)
class Reader:
    """A reading system with a book open in it."""

    page: Page
    direction: str
    """Which way its pages turn."""
    contents: list[dict[str, str]]
    """What it takes for the contents, without levels: rows of ``title`` and ``href``."""
    sections: int

    def go(self, href: str) -> None:
        """Open what a row of the contents names."""
        self.page.evaluate("href => reader.go(href)", href)

    def next(self) -> bool:
        """A page on; false where there is none."""
        return bool(self.page.evaluate("() => reader.next()"))

    def choose(self, href: str) -> None:
        """Follow a link of a document that is shown."""
        self.page.evaluate("href => reader.choose(href)", href)

    def note(self, href: str) -> str:
        """The text of the note that a mark opens over the text."""
        return str(self.page.evaluate("href => reader.note(href)", href))

    def seen(self) -> list[Seen]:
        """What the window shows, in reading order."""
        rows = self.page.evaluate("() => reader.seen()")
        return [Seen(section, **each) for section, blocks in rows for each in blocks]

    def count(self) -> dict[int, dict[str, int]]:
        """How many blocks and pictures there are in the documents that are shown, by section."""
        return dict(self.page.evaluate("() => reader.count()"))

    def links(self) -> list[dict[str, Any]]:
        """The links inside the book of the documents that are shown."""
        return [each for _, found in self.page.evaluate("() => reader.links()") for each in found]


@contextmanager
def reading(browser: Browser, system: str, book: Path) -> Iterator[Reader]:
    """Open an e-book in a reading system; at the end it must have had nothing to complain of."""
    context = browser.new_context(viewport={"width": WIDTH, "height": HEIGHT})
    context.set_default_timeout(20_000)
    errors: list[str] = []
    try:
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.route("**/*", lambda route: _answer(route, book))
        page.goto(f"{SITE}/")
        opened = page.evaluate(
            """async (system) => {
                const { open } = await import(`/systems/${system}.mjs`);
                window.reader = await open('/book.epub', document.getElementById('book'));
                return [reader.direction, reader.contents, reader.sections];
            }""",
            system,
        )
        yield Reader(page, *opened)
        assert not errors, f"{system} complains of {book.name}: {errors}"
    finally:
        context.close()


def _answer(route: Route, book: Path) -> None:
    """Nothing is fetched: the page, the book, our scripts and those of the reading systems are files."""
    address = route.request.url
    if address.startswith(("blob:", "data:")):
        return route.continue_()
    if not address.startswith(f"{SITE}/"):
        return route.abort()
    path = address.removeprefix(f"{SITE}/")
    if not path:
        style = f"body {{ margin: 0 }} #book {{ width: {WIDTH}px; height: {HEIGHT}px }}"
        return route.fulfill(
            body=f"<!DOCTYPE html><title>Reader</title><style>{style}</style><div id=book></div>",
            content_type="text/html",
        )
    if path == "book.epub":
        return route.fulfill(path=book, content_type="application/epub+zip")
    package, _, inner = path.partition("/")
    file = SCRIPTS / inner if package == "systems" else node_package(package) / inner
    return route.fulfill(path=file, content_type="text/javascript")
