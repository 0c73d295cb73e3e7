"""How a check shows itself: a table on a terminal, plain lines in a pipe."""

from pathlib import Path

from rich.console import Console
from rich.table import Table

from pipeline.checks.judges import check
from pipeline.checks.verdicts import Report, Result, Verdict


def show(out: Console, paths: list[Path], sources: Path | None, *, quiet: bool) -> Report:
    """Check files and print what each judge says of each, with every finding under it; with ``quiet``
    only what failed."""

    def tell(result: Result) -> None:
        if not quiet or result.verdict is Verdict.FAILED:
            out.print("  ".join(_row(result)))
            _tell_details(out, result)

    if quiet or not out.is_terminal:
        return check(paths, sources, progress=tell)
    with out.status("checking"):
        report = check(paths, sources)
    table = Table("file", "judge", "", "", box=None)
    for result in report.results:
        table.add_row(*_row(result), style="red" if result.verdict is Verdict.FAILED else None)
    out.print(table)
    for result in report.results:
        if result.findings or result.notes:
            out.print(f"{result.file}, {result.judge}:")
            _tell_details(out, result)
    return report


def _row(result: Result) -> tuple[str, str, str, str]:
    return result.file, result.judge, result.verdict.value, "; ".join(result.figures)


def _tell_details(out: Console, result: Result) -> None:
    for note in result.notes:
        out.print(f"    note: {note}")
    for finding in result.findings:
        out.print(f"    {finding}")
