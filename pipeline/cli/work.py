"""What the commands do, once their options are read."""

from collections.abc import Sequence
from pathlib import Path

import typer

from pipeline.characters import control_in
from pipeline.checks import record
from pipeline.checks.judges import Judge, chosen
from pipeline.cli import faces as typefaces
from pipeline.cli.checking import show
from pipeline.cli.given import limits_of, listed, words_of
from pipeline.cli.places import places
from pipeline.cli.progress import display, tell_warnings
from pipeline.cli.terminal import Terminal
from pipeline.configuration.options import Options
from pipeline.errors import UsageError, in_book
from pipeline.fonts.offers import described, of_scripts
from pipeline.jobs.build import build as build_book
from pipeline.output import check as check_output
from pipeline.output import recover as recover_output
from pipeline.output import save as save_output
from pipeline.rendering import alignment
from pipeline.sources import folder_of, load_all

ALIGNMENT = "alignment.html"
"""What the report of an alignment is called in a folder."""

out = Terminal()
err = Terminal(stderr=True)


def options(
    *,
    title: str | None = None,
    languages: str | None = None,
    formats: str | None = None,
    editions: str | None = None,
    profile: str | None = None,
    impose: str | None = None,
    arrange: str | None = None,
    page_list: bool = False,
    limit: Sequence[str] | None = None,
    outside: bool = False,
) -> Options:
    """Options as values. Raises :class:`~pipeline.errors.UsageError`, which names the one that is wrong."""
    if char := control_in(title):
        raise UsageError(f"--title has the character {char}", cure="write it without")
    return Options(
        title=title,
        languages=words_of(languages, "--languages"),
        formats=listed(formats, "--formats", "formats"),
        editions=listed(editions, "--editions", "editions"),
        profiles=listed(profile, "--profile", "profiles"),
        schemes=listed(impose, "--impose", "impose"),
        arrangements=listed(arrange, "--arrange", "arrange"),
        page_list=page_list,
        limits=limits_of(limit),
        outside=outside,
    )


def build(
    texts: list[Path],
    output: Path,
    options: Options,
    *,
    jobs: int | None,
    check: bool,
    quiet: bool,
    verbose: bool,
) -> None:
    """Make the books of some texts in a folder, tell what was made, and ``check`` it."""
    shown = places(folder_of(texts))
    with display(out, shown, quiet=quiet, verbose=verbose) as (begun, progress):
        report = build_book(texts, output, options, workers=jobs, begun=begun, progress=progress)
    tell_warnings(err, report.warnings, shown, report.settings.limits.warnings_shown)
    if not quiet:
        out.print(f"{len(report.files)} files in {output}: open {report.gallery}")
    if check:
        _judge(
            [output], folder_of(texts), options=options, judges=chosen(None, quick=True),
            quiet=quiet, verbose=verbose,
        )  # fmt: skip


def align(texts: list[Path], output: Path, options: Options, *, quiet: bool) -> None:
    """Write the report of how some texts are aligned into the file ``output``, or into a folder."""
    if output.is_dir():
        output /= ALIGNMENT
    if output.suffix.lower() not in (".html", ".htm"):
        raise UsageError(
            f"--output: the report is HTML, and “{output.name}” is not called so",
            cure=f"let its name end in .html, such as {output.name}.html",
        )
    check_output(output.parent)
    loaded = load_all(texts, options)
    book, limits = loaded.book, loaded.configuration.settings.limits
    lines = alignment.lines_of(book, loaded.doubts)
    save_output(output.parent, {output.name: alignment.page(book, loaded.doubts).encode()})
    tell_warnings(err, book.warnings, places(folder_of(texts)), limits.warnings_shown)
    if not quiet:
        certain, guessed, gaps = (
            sum(getattr(line, name) for line in lines) for name in ("certain", "guessed", "open")
        )
        out.print(
            f"{len(lines)} segments in {len(book.translations)} languages: {certain} certain, "
            f"{guessed} with a guess, {gaps} with a gap"
        )
        out.print(f"written: {output.as_posix()}")


def faces(texts: list[Path], options: Options, *, install: bool, quiet: bool) -> None:
    """List the typefaces of some texts, or of every script, and ``install`` what is missing first.

    Raises :class:`~pipeline.errors.FontError` where something is still missing then.
    """
    if install:
        done = typefaces.install_for(texts, options)
        if not quiet:
            for each in done:
                out.print(f"installed: {described(each)}")
    needs, offers = typefaces.of_texts(texts, options) if texts else (None, of_scripts())
    if not quiet:
        for line in (*typefaces.lines(offers), *typefaces.ending(needs, offers, texts)):
            out.print(line)
    if install and needs and needs.missing:
        with in_book(folder_of(texts)):
            raise needs.missing.error()


def check(
    paths: list[Path],
    sources: Path | None,
    judges: str | None,
    *,
    options: Options,
    quick: bool,
    strict: bool,
    report: Path | None,
    quiet: bool,
    verbose: bool,
) -> None:
    """Have the judges that are named judge some files. Leaves with 1 where one failed a file."""
    names = words_of(judges, "--judges")
    _judge(
        paths, sources, options=options, judges=chosen(names, quick=quick), strict=strict,
        report=report, quiet=quiet, verbose=verbose,
    )  # fmt: skip


def _judge(
    paths: list[Path],
    sources: Path | None,
    *,
    options: Options,
    judges: Sequence[Judge],
    quiet: bool,
    verbose: bool,
    strict: bool = False,
    report: Path | None = None,
) -> None:
    """Check files, say what came of it, and write it down in the folder ``report``, or beside the first
    of them. Leaves with 1 where a judge failed one."""
    first = paths[0] if paths[0].is_dir() else paths[0].parent
    place = report or first
    check_output(place)
    for path in paths:
        recover_output(path if path.is_dir() else path.parent)
    found = show(out, paths, sources, options=options, judges=judges, strict=strict, quiet=quiet)
    record.save(found, place)
    if verbose:
        for folder in found.texts:
            out.print(f"texts: {folder}")
    if not quiet:
        out.print(found.summary)
        out.print(f"written: {(place / record.PAGE).as_posix()}, {record.JSON}")
    if found.exit_code:
        raise typer.Exit(found.exit_code)
