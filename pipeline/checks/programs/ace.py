"""The judge of e-books' accessibility: Ace by DAISY (EPUB Accessibility 1.1, and WCAG by axe-core) in
Node and Chromium, over all of them in one process. Every violation fails a book, minor ones too, but of what
the specification only recommends.
"""

import json
import shutil
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from pipeline.checks.checked_files import CheckedFile, found, not_judged
from pipeline.checks.claims import Family
from pipeline.checks.names import JudgeName
from pipeline.checks.programs import running
from pipeline.checks.verdicts import Finding, Result

NAME = JudgeName.ACE
PACKAGE = "@daisy/ace-core"
BROWSER_STARTS_WITHIN = "60000"
"""In ms. Ace's own 5 s are too few for a browser on a machine that is busy."""
ATTEMPTS = 3
"""How often a book is asked about that Ace has no report of: now and then the browser loses a page while it
opens it, or ends with all of Ace, which says nothing of the book."""
RECOMMENDED = {
    "metadata-accessibilitysummary": "it has no summary of its accessibility, which the specification "
    "recommends (EPUB Accessibility 1.1, 2.2): nobody has written the sentences of one in its language",
}
"""Ace's rules that ask for more than the specification demands, and what is told instead of a failure."""
HTML_KEPT = 200
"""How many characters of the markup that a finding is about are shown."""


def judge(checked_files: Sequence[CheckedFile]) -> list[Result]:
    """Ace's word on some e-books, in their order."""
    with running.workshop([each.content or b"" for each in checked_files], ".epub") as files:
        try:
            said = _run(files)
        except (running.MissingError, running.BrokenError) as error:
            return [not_judged(each, NAME, str(error)) for each in checked_files]
        return [_result(each, file, said) for each, file in zip(checked_files, files, strict=True)]


def _run(files: Sequence[Path]) -> str:
    """Have a report written beside each file; the last words of the program."""
    home = files[0].parent
    environment = {
        "PUPPETEER_EXECUTABLE_PATH": _unconfined(running.browser(), home),
        # Ace keeps its settings and logs, and the browser its profile, in the user's folders.
        "HOME": str(home),
        "XDG_CONFIG_HOME": str(home / "config"),
        "XDG_CACHE_HOME": str(home / "cache"),
        "TMPDIR": str(home),
        "ACE_TIMEOUT_INITIAL": BROWSER_STARTS_WITHIN,
    }
    modules, node = running.node_modules(), running.node()
    if modules and node and (modules / PACKAGE).is_dir():
        driver = running.DRIVERS / "ace_all.cjs"
        said, left = "", list(files)
        for _ in range(ATTEMPTS):
            done = running.run([node, driver, modules, *left], environment=environment)
            said = f"exit code {done.code}: {done.last_words}"
            left = [each for each in files if not _report(each).is_file()]
            if not left:
                break
        return said
    command = shutil.which("ace")
    if command is None:
        raise running.MissingError(
            "Ace by DAISY is not installed: ./run test sets it up, or npm install -g @daisy/ace"
        )
    said = ""
    for file in files:
        folder = file.with_name(f"{file.name}.report")
        done = running.run([command, "--force", "-o", folder, file], environment=environment)
        said = done.last_words
        if (folder / "report.json").is_file():
            (folder / "report.json").rename(_report(file))
    return said


def _unconfined(browser: str, folder: Path) -> str:
    """Chromium without its sandbox, which it does not start in for root, and with no fonts or pages
    but those of the machine."""
    script = folder / "browser"
    script.write_text(f'#!/bin/sh\nexec "{browser}" --no-sandbox "$@"\n', encoding="utf-8")
    script.chmod(0o755)
    return str(script)


def _report(file: Path) -> Path:
    return file.with_name(f"{file.name}.json")


def _result(checked_file: CheckedFile, file: Path, said: str) -> Result:
    try:
        report = json.loads(_report(file).read_text(encoding="utf-8"))
        release = report["earl:assertedBy"]["doap:release"]["doap:revision"]
        outcome = report["earl:result"]["earl:outcome"]
    except (OSError, ValueError, KeyError):
        error = file.with_name(f"{file.name}.error")
        why = error.read_text(encoding="utf-8") if error.is_file() else said
        why = " ".join(why.replace(str(file), checked_file.name).split())[:HTML_KEPT]
        return not_judged(checked_file, NAME, f"Ace wrote no report: {why or 'it said nothing'}")
    violations = sorted(_findings(report), key=str)
    findings = [each for each in violations if each.rule not in RECOMMENDED]
    if outcome != "pass" and not violations:
        findings = [Finding(f"Ace's outcome is “{outcome}”, without a reason", rule="outcome")]
    return found(
        checked_file,
        NAME,
        findings,
        figures=(f"Ace {release}",),
        notes=tuple(RECOMMENDED[each.rule] for each in violations if each.rule in RECOMMENDED),
        claims=checked_file.claims_in(Family.EPUB_ACCESS),
    )


def _findings(report: Mapping[str, Any]) -> Iterator[Finding]:
    """A finding a violation; each document of the book has its own list of them."""
    for document in report["assertions"]:
        place = str(document["earl:testSubject"]["url"]).lstrip("/")
        for each in document["assertions"]:
            test, result = each["earl:test"], each["earl:result"]
            if result["earl:outcome"] != "fail":
                continue
            css = (result.get("earl:pointer") or {}).get("css") or [""]
            what = " ".join(str(result["dct:description"]).split())
            yield Finding(
                f"{test['earl:impact']}: {what}",
                None,
                f"{place} {css[0]}".strip(),
                str(test["dct:title"]),
                " ".join(str(result.get("html") or "").split())[:HTML_KEPT],
                str((test.get("help") or {}).get("dct:description") or ""),
            )
