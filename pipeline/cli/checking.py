"""How a check shows itself: a table on a terminal, file by judge, and plain lines in a pipe."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.table import Table
from rich.text import Text

from pipeline.checks.judges import JUDGES, Judge, check
from pipeline.checks.verdicts import Report, Result, Verdict
from pipeline.cli.places import places
from pipeline.configuration.options import Options
from pipeline.errors import composed

STYLES = {
    Verdict.PASSED: "green",
    Verdict.FAILED: "bold red",
    Verdict.NOT_JUDGED: "yellow",
    Verdict.NO_CLAIM: "dim",
}
SHOWN = 100
"""How many findings of one judge of one file are told: nobody reads more."""
LEFT_OUT = "left out"
"""What stands in the table where a judge was not asked."""


def show(
    out: Console,
    paths: list[Path],
    sources: Path | None,
    *,
    quiet: bool,
    options: Options | None = None,
    judges: Sequence[Judge] = JUDGES,
    strict: bool = False,
) -> Report:
    """Check files and print what each judge says of each, with every finding under it; with ``quiet``
    only what failed (and, where the check is ``strict``, what was not judged)."""
    loud = {Verdict.FAILED, Verdict.NOT_JUDGED} if strict else {Verdict.FAILED}

    def tell(result: Result) -> None:
        if not quiet or result.verdict in loud:
            out.print("  ".join(_row(result)))
            _tell_details(out, result)

    if quiet or not out.is_terminal:
        return check(paths, sources, options=options, judges=judges, strict=strict, progress=tell)
    with out.status("checking") as status:
        report = check(
            paths,
            sources,
            options=options,
            judges=judges,
            strict=strict,
            progress=lambda result: status.update(f"checking: {result.judge}, {_named(result)}"),
        )
    out.print(table(report))
    for result in report.results:
        if result.findings or result.notes:
            out.print(f"{_named(result)}, {result.judge}: {'; '.join(result.figures)}".rstrip(": "))
            _tell_details(out, result)
    return report


def table(report: Report) -> Table:
    """What each judge says of each file. A judge that was left out has its column all the same; one that
    has nothing to do with a file leaves its place empty."""
    columns = [each.name for each in JUDGES]
    columns += sorted({each.judge for each in report.results} - set(columns))
    kinds = {each.name: each.kinds for each in JUDGES}
    made = Table("file", *columns, box=None, pad_edge=False)
    for file in report.files:
        said = {each.judge: each.verdict for each in file.results}
        cells = []
        for name in columns:
            if name in said:
                cells.append(Text(said[name].value, style=STYLES[said[name]]))
            elif name in report.left_out and file.kind in kinds[name]:
                cells.append(Text(LEFT_OUT, style="dim"))
            else:
                cells.append(Text())
        made.add_row(_named(file.results[0]) if file.results else file.file, *cells)
    return made


def _named(result: Result) -> str:
    """The file that was judged; a text by its path from here."""
    return composed(result.file, places(result.folder))


def _row(result: Result) -> tuple[str, str, str, str]:
    return _named(result), result.judge, result.verdict.value, "; ".join(result.figures)


def _tell_details(out: Console, result: Result) -> None:
    for note in result.notes:
        out.print(f"    note: {note}")
    # The same is told once.
    shown = places(result.folder)
    counts = Counter((finding.told(shown), finding.cure) for finding in result.findings)
    for (said, cure), count in list(counts.items())[:SHOWN]:
        out.print(f"    {said}" + (f" ({count} times)" if count > 1 else ""))
        if cure:
            out.print(f"        cure: {cure}")
    if len(counts) > SHOWN:
        out.print(f"    … and {len(counts) - SHOWN} more, which check.json lists")
