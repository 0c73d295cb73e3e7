"""Look at the pictures of the visual test set, and approve them.

::

    python -m tests.pictures                      compare all cases, write the report
    python -m tests.pictures compare thai-marks   compare some
    python -m tests.pictures approve thai-marks   take the present pictures of some as approved
    python -m tests.pictures approve              take those of all that are new or differ

``compare`` writes ``tests/.artifacts/pictures/report.html`` with approved, now and the difference beside each
other, failures first, and ends with 1 where one case is not as approved. ``approve`` without names leaves a
picture alone that is as approved within the tolerance, so that another machine does not rewrite them all.
A case that says what is ``wrong`` is not approved before that line is deleted from its file.

To add a case, write ``tests/pictures/cases/NAME.toml`` (the form is in ``cases.py``; copy one of the others),
look at it in the report, and approve it.
"""

import argparse
import sys
from collections.abc import Iterator, Sequence

from pipeline.errors import PentaplaError
from tests.pictures import cases, drawing, report
from tests.pictures.report import APPROVED, Finding, State


def findings(names: Sequence[str]) -> Iterator[Finding]:
    """Look at some cases, or at all."""
    for name in names or cases.names():
        yield finding(name)


def finding(name: str) -> Finding:
    """Draw a case and hold it against its approved picture."""
    one = cases.case(name)
    try:
        present, error = drawing.png_of(name), ""
    except PentaplaError as failure:
        present, error = None, f"{failure} {failure.cure}"
    return report.found(one, present, error)


def approve(names: Sequence[str]) -> list[str]:
    """Save the present pictures of some cases, or of all that are not as approved; what was done."""
    told = []
    APPROVED.mkdir(exist_ok=True)
    for each in findings(names):
        if each.state in (State.FAILS, State.WRONG) or each.case.wrong:
            told.append(f"left out: {each}")
            continue
        assert each.present is not None
        if each.present == each.approved or (not names and each.state is State.ALIKE):
            continue
        (APPROVED / f"{each.case.name}.png").write_bytes(each.present)
        told.append(f"approved: {each.case.name}")
    if not names:
        for file in orphans():
            (APPROVED / f"{file}.png").unlink()
            told.append(f"deleted, there is no such case: {file}")
    return told


def orphans() -> list[str]:
    """Approved pictures of cases that do not exist."""
    return sorted({file.stem for file in APPROVED.glob("*.png")} - set(cases.names()))


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        prog="python -m tests.pictures",
        description="Compare pages with their approved pictures, or approve them.",
    )
    parser.add_argument("what", nargs="?", choices=("compare", "approve"), default="compare")
    parser.add_argument("case", nargs="*", help="names of cases; default: all")
    asked = parser.parse_args(arguments)
    unknown = sorted(set(asked.case) - set(cases.names()))
    if unknown:
        parser.error(f"no such case: {', '.join(unknown)}; there are: {', '.join(cases.names())}")
    if asked.what == "approve":
        told = approve(asked.case)
        sys.stdout.write("\n".join(told or ["all pictures are as approved"]) + "\n")
        return 0
    looked = list(findings(asked.case))
    path = report.write(looked)
    for each in looked:
        if each.state is not State.ALIKE:
            sys.stdout.write(f"{each}\n")
    passed = sum(each.passes for each in looked)
    sys.stdout.write(f"{passed} of {len(looked)} cases pass; report: {path}\n")
    return 0 if passed == len(looked) else 1


if __name__ == "__main__":
    sys.exit(main())
