"""The face: options, progress, messages, exit codes."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import Annotated, TypeVar

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn

from pipeline import __version__
from pipeline.build import build as build_book
from pipeline.checks.telling import show
from pipeline.document import Book, EditionKind
from pipeline.errors import PentaplaError, UsageError
from pipeline.sources import FormatName, Options

app = typer.Typer(
    name="pentapla",
    help="One text in many languages becomes HTML, EPUB, PDF and one combined edition.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)

out = Console(highlight=False, markup=False, soft_wrap=True)
err = Console(stderr=True, highlight=False, markup=False, soft_wrap=True)

Kind = TypeVar("Kind", bound=StrEnum)


def _version(wanted: bool) -> None:
    if wanted:
        out.print(f"pentapla {__version__}")
        raise typer.Exit


@app.callback()
def common(
    _version_: Annotated[
        bool,
        typer.Option(
            "--version", callback=_version, is_eager=True, help="Print the version and leave."
        ),
    ] = False,
) -> None:
    """One text in many languages becomes HTML, EPUB, PDF and one combined edition."""


@app.command()
def build(
    source: Annotated[
        list[Path] | None,
        typer.Argument(
            help="A folder with the texts, one file a language, or the files themselves. "
            "[default: sources]",
            show_default=False,
        ),
    ] = None,
    output: Annotated[
        Path, typer.Option("--output", "-o", help="Where the books go.", metavar="DIR")
    ] = Path("output"),
    languages: Annotated[
        str | None,
        typer.Option(
            help="Which languages, in which order: BCP 47 tags with commas, such as th,ar,de.",
            metavar="TAGS",
        ),
    ] = None,
    formats: Annotated[
        str | None,
        typer.Option(help="Which of html,epub,pdf. [default: all]", metavar="FORMATS"),
    ] = None,
    editions: Annotated[
        str | None,
        typer.Option(
            help="single (a book a language), combined (all in one). [default: both]",
            metavar="KINDS",
        ),
    ] = None,
    title: Annotated[
        str | None,
        typer.Option(help="The title of the book as a whole; the files are named after it."),
    ] = None,
    jobs: Annotated[
        int | None,
        typer.Option(
            "--jobs",
            "-j",
            min=1,
            help="How many editions at a time. [default: one a processor]",
            show_default=False,
        ),
    ] = None,
    check: Annotated[
        bool, typer.Option("--check", help="Check what was made, as `pentapla check` does.")
    ] = False,
    quiet: Annotated[
        bool, typer.Option("--quiet", "-q", help="Say nothing but warnings and errors.")
    ] = False,
    verbose: Annotated[
        bool,
        typer.Option(
            "--verbose", "-v", help="Also say what was inferred from the texts, and every change."
        ),
    ] = False,
) -> None:
    """Make books of the texts in a folder.

    What can be given here can also stand in a file book.toml beside the texts; an option wins.
    """
    options = Options(
        title=title,
        languages=_words(languages, "--languages"),
        formats=_listed(formats, "--formats", FormatName),
        editions=_listed(editions, "--editions", EditionKind),
    )
    texts = source or [Path("sources")]
    with _display(quiet=quiet, verbose=verbose) as (begun, progress):
        report = build_book(
            texts,
            output,
            options,
            workers=jobs,
            begun=begun,
            progress=progress,
        )
    for warning in report.book.warnings:
        err.print(f"warning: {warning}")
    if not quiet:
        out.print(f"{len(report.files)} files in {output}: open {report.gallery}")
    if check:
        sources = texts[0] if texts[0].is_dir() else texts[0].parent
        _judge([output], sources, quiet=quiet, verbose=verbose)


@app.command()
def check(
    path: Annotated[
        list[Path] | None,
        typer.Argument(
            help="A folder with made books, or some of the HTML, EPUB and PDF files in one. "
            "[default: output]",
            show_default=False,
        ),
    ] = None,
    sources: Annotated[
        Path | None,
        typer.Option(
            help="The folder of the texts. [default: where they are found: sources beside the books "
            "or here, the folder around the books, this one, the books' own]",
            metavar="DIR",
            show_default=False,
        ),
    ] = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Only say what is wrong.")] = False,
    verbose: Annotated[
        bool, typer.Option("--verbose", "-v", help="Also say where the texts were found.")
    ] = False,
) -> None:
    """Prove that made books say what their texts say: every character, in its order.

    The texts are found by the manifest beside the books. Ends with 1 where something was lost.
    """
    _judge(path or [Path("output")], sources, quiet=quiet, verbose=verbose)


def _judge(paths: list[Path], sources: Path | None, *, quiet: bool, verbose: bool) -> None:
    """Check files and say what came of it. Leaves with 1 where a judge failed one."""
    report = show(out, paths, sources, quiet=quiet)
    if verbose:
        for folder in report.texts:
            out.print(f"texts: {folder}")
    if not quiet:
        out.print(report.summary)
    if report.exit_code:
        raise typer.Exit(report.exit_code)


def _words(value: str | None, option: str) -> tuple[str, ...] | None:
    """The values of an option that takes several, with commas between them."""
    if value is None:
        return None
    words = dict.fromkeys(word.strip() for word in value.split(",") if word.strip())
    if not words:
        raise UsageError(f"{option} is empty", cure="leave the option out, or name something")
    return tuple(words)


def _listed(value: str | None, option: str, kind: type[Kind]) -> tuple[Kind, ...] | None:
    words = _words(value, option)
    if words is None:
        return None
    try:
        return tuple(kind(word) for word in words)
    except ValueError as error:
        allowed = ", ".join(kind)
        raise UsageError(f"{option}: {error}", cure=f"use one or more of: {allowed}") from error


Begun = Callable[[Book, int], None]


@contextmanager
def _display(*, quiet: bool, verbose: bool) -> Iterator[tuple[Begun, Callable[[str], None]]]:
    """How a build shows itself: a bar on a terminal, plain lines in a pipe, or nothing."""
    if quiet:
        yield (lambda _book, _count: None), (lambda _name: None)
        return
    if not out.is_terminal:

        def begun(book: Book, _count: int) -> None:
            _tell(book, verbose=verbose)

        yield begun, lambda name: out.print(f"made {name}")
        return
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
    )
    with Progress(*columns, console=out, transient=True) as bar:
        task = bar.add_task("reading", total=None)

        def begun_(book: Book, count: int) -> None:
            _tell(book, verbose=verbose)
            bar.update(task, description="making books", total=count)

        yield begun_, lambda name: bar.update(task, advance=1, description=name)


def _tell(book: Book, *, verbose: bool) -> None:
    """What was read, and in which language."""
    for each in book.translations:
        known = each.provenance
        out.print(
            f"{known.path}: {each.language.autonym} ({each.tag}, by {known.language_from}), "
            f"{known.encoding}, {sum(1 for _ in each.walk())} headings"
        )
    if verbose:
        for inference in book.inferences:
            out.print(f"inferred: {inference}")
        for change in book.amendments:
            out.print(f"{change.at}: {change.rule}: “{change.before}” → “{change.after}”")
    elif book.amendments:
        out.print(
            f"{len(book.amendments)} changes of typography; --verbose and the manifest list them"
        )


def main() -> None:
    """Run the command and leave with the exit code of what happened."""
    try:
        app()
    except PentaplaError as error:
        err.print(f"error: {error}")
        if error.cure:
            err.print(f"  cure: {error.cure}")
        sys.exit(error.exit_code)
    except KeyboardInterrupt:
        err.print("stopped; nothing was written")
        sys.exit(130)
