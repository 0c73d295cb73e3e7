"""The face: options, progress, messages, exit codes."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from pipeline import __version__
from pipeline.build import build as build_book
from pipeline.characters import control_in
from pipeline.checks import record
from pipeline.checks.judges import JUDGES, Judge, chosen
from pipeline.cli import faces, main
from pipeline.cli.checking import show
from pipeline.cli.options import ENDING, Limit, Outside, limits_of, listed, words_of
from pipeline.cli.progress import display, tell_warnings
from pipeline.cli.terminal import Terminal
from pipeline.document import EditionKind
from pipeline.errors import UsageError
from pipeline.fonts.offers import described, of_scripts
from pipeline.limits import DEFAULT
from pipeline.output import check as check_output
from pipeline.output import recover as recover_output
from pipeline.output import save as save_output
from pipeline.pdf.imposition import SCHEMES, Binding, pdf_of
from pipeline.pdf.imposition import impose as sheets
from pipeline.settings.profiles import ProfileName, SchemeName
from pipeline.sources import FormatName, Options

__all__ = ["app", "main"]

app = typer.Typer(
    name="pentapla",
    help="One text in many languages becomes HTML, EPUB, PDF and one combined edition.",
    epilog=ENDING,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)

out = Terminal()
err = Terminal(stderr=True)


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
        typer.Option(
            help="Which of html,epub,pdf and svg (the cover). [default: all]", metavar="FORMATS"
        ),
    ] = None,
    editions: Annotated[
        str | None,
        typer.Option(
            help="single (a book a language), combined (all in one). [default: both]",
            metavar="KINDS",
        ),
    ] = None,
    profile: Annotated[
        str | None,
        typer.Option(
            help="What the PDFs are for: screen (PDF/UA-1), archive (PDF/A-2a), print (PDF/X-4); "
            "several with commas. [default: screen]",
            metavar="PROFILES",
        ),
    ] = None,
    impose_: Annotated[
        str | None,
        typer.Option(
            "--impose",
            help="Also sheets to print booklets from: saddle (two pages up, folded and stapled).",
            metavar="SCHEMES",
        ),
    ] = None,
    page_list: Annotated[
        bool, typer.Option("--page-list", help="Let e-books list the pages of the PDF.")
    ] = False,
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
    allow_outside: Outside = False,
    limit: Limit = None,
    check: Annotated[
        bool,
        typer.Option("--check", help="Check what was made, as `pentapla check --quick` does."),
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
    if char := control_in(title):
        raise UsageError(f"--title has the character {char}", cure="write it without")
    options = Options(
        title=title,
        languages=words_of(languages, "--languages"),
        formats=listed(formats, "--formats", FormatName),
        editions=listed(editions, "--editions", EditionKind),
        profiles=listed(profile, "--profile", ProfileName),
        schemes=listed(impose_, "--impose", SchemeName),
        page_list=page_list,
        limits=limits_of(limit),
        outside=allow_outside,
    )
    texts = source or [Path("sources")]
    with display(out, quiet=quiet, verbose=verbose) as (begun, progress):
        report = build_book(
            texts,
            output,
            options,
            workers=jobs,
            begun=begun,
            progress=progress,
        )
    tell_warnings(err, report.warnings, report.book.limits.warnings_shown)
    if not quiet:
        out.print(f"{len(report.files)} files in {output}: open {report.gallery}")
    if check:
        sources = texts[0] if texts[0].is_dir() else texts[0].parent
        _judge(
            [output],
            sources,
            options=options,
            judges=chosen(None, quick=True),
            quiet=quiet,
            verbose=verbose,
        )


@app.command()
def impose(
    file: Annotated[
        list[Path],
        typer.Argument(help="PDF files with pages of one size.", metavar="FILE..."),
    ],
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            help="The folder for the sheets. [default: beside each file]",
            metavar="DIR",
            show_default=False,
        ),
    ] = None,
    scheme: Annotated[
        SchemeName, typer.Option(help="How pages are laid on sheets.")
    ] = SchemeName.SADDLE,
    bind: Annotated[
        Binding | None,
        typer.Option(
            help="The edge that the booklet is bound at. [default: as the file is read]",
            show_default=False,
        ),
    ] = None,
    marks: Annotated[bool, typer.Option("--marks", help="Add crop and fold marks.")] = False,
    back_cover: Annotated[
        bool,
        typer.Option(
            "--back-cover", help="The last page is the back cover: blank pages go before it."
        ),
    ] = False,
    limit: Limit = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Only say what is wrong.")] = False,
) -> None:
    """Lay the pages of PDFs on sheets, two up, for booklets that are folded and stapled.

    NAME.pdf becomes NAME.saddle.pdf. Print it on both sides at actual size, flipped on the short edge; fold
    the pile once and staple it.
    """
    way = SCHEMES[scheme]
    limits = replace(DEFAULT, **limits_of(limit))
    for path in file:
        content = pdf_of(path, limits)
        folder = output or path.parent
        check_output(folder)
        made = sheets(
            content,
            name=path.name,
            binding=bind,
            marks=marks,
            back_cover=back_cover,
            scheme=way,
            limits=limits,
        )
        name = f"{path.stem}.{scheme}.pdf"
        save_output(folder, {name: made.content})
        if not quiet:
            blank = f", {made.blanks} blank" if made.blanks else ""
            out.print(
                f"{(folder / name).as_posix()}: {made.pages} pages{blank} on {made.sheets} sheets, "
                f"bound on the {made.binding}; {way.printing}"
            )


@app.command(name="faces")
def typefaces(
    source: Annotated[
        list[Path] | None,
        typer.Argument(
            help="A folder with the texts, or the files themselves. [default: every script there is]",
            show_default=False,
        ),
    ] = None,
    install: Annotated[
        bool,
        typer.Option(
            "--install",
            help="Install from PyPI, by pip, what is missing and what would look better. Without this nothing "
            "is ever installed.",
        ),
    ] = False,
    languages: Annotated[
        str | None,
        typer.Option(help="Which languages: BCP 47 tags with commas.", metavar="TAGS"),
    ] = None,
    outside: Outside = False,
    limit: Limit = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Only say what is wrong.")] = False,
) -> None:
    """List the typefaces that a book is set in: where each comes from, its size and its licence.

    What is not there is named with its places and with the command that brings it.
    """
    texts = source or []
    options = Options(
        languages=words_of(languages, "--languages"), outside=outside, limits=limits_of(limit)
    )
    if install:
        done = faces.install_for(texts, options)
        if not quiet:
            for each in done:
                out.print(f"installed: {described(each)}")
    needs, offers = faces.of_texts(texts, options) if texts else (None, of_scripts())
    if not quiet:
        for line in (*faces.lines(offers), *faces.ending(needs, offers, texts)):
            out.print(line)
    if install and needs and needs.missing:
        raise needs.missing.error()


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
    judges: Annotated[
        str | None,
        typer.Option(
            help=f"Which judges, with commas: {','.join(each.name for each in JUDGES)}. "
            "[default: all]",
            metavar="NAMES",
            show_default=False,
        ),
    ] = None,
    quick: Annotated[
        bool,
        typer.Option(
            "--quick",
            help="Leave out the judges that take seconds a file: "
            f"{','.join(each.name for each in JUDGES if each.slow)}.",
        ),
    ] = False,
    strict: Annotated[
        bool,
        typer.Option("--strict", help="Also end with 1 where a judge could not judge something."),
    ] = False,
    report: Annotated[
        Path | None,
        typer.Option(
            help="Where check.json and check.html go. [default: beside the books]",
            metavar="DIR",
            show_default=False,
        ),
    ] = None,
    allow_outside: Outside = False,
    limit: Limit = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Only say what is wrong.")] = False,
    verbose: Annotated[
        bool, typer.Option("--verbose", "-v", help="Also say where the texts were found.")
    ] = False,
) -> None:
    """Prove that made books say what their texts say, and are what they claim to be.

    The texts are found by the manifest beside the books. Ends with 1 where a judge found something
    wrong; writes what all judges said into check.json and check.html.
    """
    names = words_of(judges, "--judges")
    _judge(
        path or [Path("output")],
        sources,
        options=Options(limits=limits_of(limit), outside=allow_outside),
        judges=chosen(names, quick=quick),
        strict=strict,
        report=report,
        quiet=quiet,
        verbose=verbose,
    )


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
