"""What a check leaves behind: ``check.json`` for programs, ``check.html`` for people.

Both are the same for the same files and judges: no time, no place of this machine. They say of each file
which bytes were judged, so that a report of other bytes is known for what it is. They are no part of the
books: the gallery does not lead to them, and a later build leaves them where they are.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pipeline import GENERATOR, output
from pipeline.checks.verdicts import Finding, Judged, Report, Result, Verdict, worst
from pipeline.rendering.environment import environment

JSON = "check.json"
PAGE = "check.html"
SCHEMA = 1
"""The version of the form of ``check.json``; see the README."""


def save(report: Report, folder: Path) -> None:
    """Write both into a folder, or none. Raises :class:`~pipeline.errors.OutputError`."""
    form = as_data(report)
    output.save(folder, {JSON: output.as_json(form), PAGE: as_page(form).encode()})


def as_data(report: Report) -> dict[str, Any]:
    """The report as ``check.json`` has it; files by name, judges in the order of their table."""
    files = sorted(report.files, key=lambda each: (each.file, each.kind))
    return {
        "schema": SCHEMA,
        "generator": GENERATOR,
        "judges": list(report.judges),
        "left_out": list(report.left_out),
        "strict": report.strict,
        "exit_code": report.exit_code,
        "summary": {each.name.lower(): report.count(each) for each in Verdict},
        "files": [_file(each) for each in files],
    }


def _file(judged: Judged) -> dict[str, Any]:
    return {
        "path": judged.file,
        "kind": judged.kind,
        "sha256": judged.digest or None,
        "claims": list(judged.claims),
        "verdict": _word(worst([each.verdict for each in judged.results])),
        "results": [_result(each) for each in judged.results],
    }


def _result(result: Result) -> dict[str, Any]:
    return {
        "judge": result.judge,
        "verdict": _word(result.verdict),
        "claims": list(result.claims),
        "figures": list(result.figures),
        "notes": list(result.notes),
        "findings": [_finding(each) for each in result.findings],
    }


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "rule": finding.rule or None,
        "what": finding.what,
        "place": finding.place or None,
        "path": finding.at.path if finding.at else None,
        "line": finding.at.line if finding.at else None,
        "text": finding.text or None,
        "cure": finding.cure or None,
    }


def _word(verdict: Verdict) -> str:
    return verdict.name.lower().replace("_", " ")


def as_page(form: Mapping[str, Any]) -> str:
    """The same as a page."""
    names = list(form["judges"])
    names += sorted(
        {each["judge"] for file in form["files"] for each in file["results"]} - set(names)
    )
    return environment().get_template("frames/check.html").render(report=form, columns=names)
