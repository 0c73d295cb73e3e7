"""Chromium, as a reader has it: one a worker process."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from tests.end_to_end.tools import tool

ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--no-first-run",
    "--disable-component-update",
    "--disable-sync",
)


@contextmanager
def chromium() -> Iterator[Browser]:
    path = tool("chromium", "chromium-browser", "google-chrome")
    with sync_playwright() as playwright:
        # Where the layout engine ran in this process, it left the browser no fonts.
        environment = {key: value for key, value in os.environ.items() if key != "FONTCONFIG_FILE"}
        browser = playwright.chromium.launch(
            executable_path=path, args=list(ARGUMENTS), env=dict(environment)
        )
        try:
            yield browser
        finally:
            browser.close()


@dataclass(slots=True)
class Visit:
    """A page that is open, with everything that it complained of and asked for."""

    page: Page
    complaints: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)


@contextmanager
def visit(
    browser: Browser,
    file: Path,
    *,
    script: bool = True,
    width: int = 1280,
    fragment: str = "",
    motion: bool = True,
) -> Iterator[Visit]:
    """Open a file in a window of its own; at the end the page must have had nothing to complain of."""
    context = browser.new_context(
        java_script_enabled=script,
        viewport={"width": width, "height": 800},
        reduced_motion="no-preference" if motion else "reduce",
    )
    context.set_default_timeout(10_000)
    try:
        page = context.new_page()
        seen = Visit(page)
        page.on("console", lambda said: _note(seen, said.type, said.text))
        page.on("pageerror", lambda error: seen.complaints.append(str(error)))
        page.on("request", lambda request: seen.requests.append(request.url))
        page.goto(file.as_uri() + fragment)
        yield seen
        assert not seen.complaints, f"{file.name} in the browser: {seen.complaints}"
    finally:
        context.close()


def _note(seen: Visit, kind: str, text: str) -> None:
    if kind in ("error", "warning"):
        seen.complaints.append(f"{kind}: {text}")
