"""The commands and their options.

Help and the version are asked for often, so nothing heavy is imported here: what a command does stands in
:mod:`pipeline.cli.work`.
"""

from pathlib import Path
from typing import Annotated

import typer

from pipeline import __version__
from pipeline.checks.names import SLOW, JudgeName
from pipeline.cli import sheet_options as sheet
from pipeline.cli.options import ENDING, Limit, Outside, Texts
from pipeline.settings.profiles import SchemeName

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


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"pentapla {__version__}")
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
    source: Texts = None,
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
    arrange: Annotated[
        str | None,
        typer.Option(
            help="How languages stand to each other in combined editions: sequence (one after the other), "
            "parallel (columns side by side), facing (two, on facing pages), spread (columns over two facing "
            "pages), interleaved (paragraph under paragraph), two-way (from two covers, by direction); "
            "several with commas. [default: sequence]",
            metavar="ARRANGEMENTS",
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
    sheets: Annotated[
        str | None,
        typer.Option(
            "--impose",
            help="Also sheets to print: saddle (folded and stapled), perfect (signatures, glued), n-up "
            "(several pages on a side); several with commas. How, say the keys of [print.sheets] in "
            "book.toml.",
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
            help="How many files at a time. [default: one a processor]",
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
    from pipeline.cli import work

    work.build(
        source or [Path("sources")],
        output,
        work.options(
            title=title, languages=languages, formats=formats, editions=editions, arrange=arrange,
            profile=profile,
            impose=sheets, page_list=page_list, limit=limit, outside=allow_outside,
        ),
        jobs=jobs, check=check, quiet=quiet, verbose=verbose,
    )  # fmt: skip


@app.command()
def align(
    source: Texts = None,
    output: Annotated[
        Path, typer.Option("--output", "-o", help="The file for the report.", metavar="FILE")
    ] = Path("alignment.html"),
    languages: Annotated[
        str | None,
        typer.Option(
            help="Which languages, in which order: BCP 47 tags with commas.", metavar="TAGS"
        ),
    ] = None,
    allow_outside: Outside = False,
    limit: Limit = None,
    quiet: Annotated[
        bool, typer.Option("--quiet", "-q", help="Say nothing but warnings and errors.")
    ] = False,
) -> None:
    """Show which passage of each text says what the others say, side by side, before books are made of them.

    The report is one HTML file. It marks what is a guess, and where a text has nothing beside the others; what
    is wrong can be settled under [[align]] in book.toml.
    """
    from pipeline.cli import work

    options = work.options(languages=languages, limit=limit, outside=allow_outside)
    work.align(source or [Path("sources")], output, options, quiet=quiet)


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
    scheme: sheet.Scheme = SchemeName.SADDLE,
    bind: sheet.Bind = None,
    size: sheet.Size = None,
    margin: sheet.Margin = None,
    fit: sheet.Fit = False,
    flip: sheet.Turn = None,
    thickness: sheet.Thickness = None,
    folds: sheet.Folds = None,
    signature: sheet.Signature = None,
    last: sheet.Last = None,
    mill: sheet.Mill = None,
    gap: sheet.Gap = None,
    up: sheet.Up = None,
    marks: sheet.Marks = False,
    only_marks: sheet.OnlyMarks = None,
    back_cover: sheet.BackCover = False,
    blanks_after: sheet.BlanksAfter = None,
    proof: sheet.Proof = False,
    limit: Limit = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Only say what is wrong.")] = False,
) -> None:
    """Lay the pages of PDFs on sheets: booklets that are folded and stapled (saddle), signatures that are glued
    (perfect), several pages on a side in reading order (n-up).

    NAME.pdf becomes NAME.SCHEME.pdf; with --proof also NAME.SCHEME.sheets.png and NAME.SCHEME.spreads.png.
    Print it on both sides at actual size; what to do with the sheets is told. To fold a sheet, lay it with page
    1 underneath; fold the half on the side of the binding over the other, and the upper half over the lower, by
    turns, so that the last fold is the spine.
    """
    from pipeline.cli.given import sheets_of
    from pipeline.cli.imposing import impose_all

    settings = sheets_of(
        {
            "size": size, "margin": margin, "fit": fit, "flip": flip, "thickness": thickness,
            "folds": folds, "signature": signature, "last": last, "mill": mill, "gap": gap, "up": up,
        },
        marks=marks, only_marks=only_marks,
    )  # fmt: skip
    impose_all(
        file, output, scheme, settings,
        bind=bind, blanks_after=-1 if back_cover else blanks_after, proof=proof, limit=limit, quiet=quiet,
    )  # fmt: skip


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
    from pipeline.cli import work

    options = work.options(languages=languages, limit=limit, outside=outside)
    work.faces(source or [], options, install=install, quiet=quiet)


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
            help=f"Which judges, with commas: {','.join(JudgeName)}. [default: all]",
            metavar="NAMES",
            show_default=False,
        ),
    ] = None,
    quick: Annotated[
        bool,
        typer.Option(
            "--quick",
            help="Leave out the judges that take seconds a file: "
            f"{','.join(each for each in JudgeName if each in SLOW)}.",
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
    from pipeline.cli import work

    work.check(
        path or [Path("output")], sources, judges,
        options=work.options(limit=limit, outside=allow_outside),
        quick=quick, strict=strict, report=report, quiet=quiet, verbose=verbose,
    )  # fmt: skip
