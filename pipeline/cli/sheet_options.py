"""The options of ``pentapla impose``: how pages are laid on sheets."""

from typing import Annotated

import typer

from pipeline.settings.profiles import Binding, SchemeName
from pipeline.settings.sheets import Flip, LastSignature

Scheme = Annotated[
    SchemeName,
    typer.Option(
        help="How pages are laid on sheets: folded into each other, in signatures, or in reading order."
    ),
]
Bind = Annotated[
    Binding | None,
    typer.Option(
        help="The edge that the booklet is bound at. [default: as the file is read]",
        show_default=False,
    ),
]
Size = Annotated[
    str | None,
    typer.Option(
        help="The paper: A5, A4, A3, A2, SRA3, letter, tabloid, or '320mm 450mm'. "
        "[default: as large as is needed]",
        metavar="SIZE",
        show_default=False,
    ),
]
Margin = Annotated[
    str | None,
    typer.Option(help="What stays white along the edges of the paper.", metavar="MM"),
]
Fit = Annotated[
    bool,
    typer.Option(
        "--fit", help="Make pages smaller that are too large for the paper (n-up always does)."
    ),
]
Turn = Annotated[
    Flip | None,
    typer.Option(
        help="The edge about which the printer turns the sheets. [default: the one that lies left or "
        "right]",
        show_default=False,
    ),
]
Thickness = Annotated[
    str | None,
    typer.Option(
        help="Of the paper, such as 0.1: pages of inner sheets are shifted towards the spine by as much for "
        "every sheet around theirs.",
        metavar="MM",
    ),
]
Folds = Annotated[
    int | None,
    typer.Option(
        help="How often a sheet is folded, 1 to 4: 4, 8, 16 or 32 pages. [default: 1]",
        show_default=False,
    ),
]
Signature = Annotated[
    int | None,
    typer.Option(
        help="perfect: how many pages are folded into each other, 4 to 32. [default: 16, or those of a "
        "sheet where it has more]",
        show_default=False,
    ),
]
Last = Annotated[
    LastSignature | None,
    typer.Option(
        help="perfect: blank pages fill the last signature, or it is smaller. [default: blank]",
        show_default=False,
    ),
]
Mill = Annotated[
    str | None,
    typer.Option(
        help="perfect: what is taken off the spine before it is glued. [default: 3]",
        metavar="MM",
        show_default=False,
    ),
]
Gap = Annotated[
    str | None,
    typer.Option(
        help="Between pages that are cut apart. [default: 6 where sheets are folded more than once, "
        "0 for n-up; twice the bleed at least]",
        metavar="MM",
        show_default=False,
    ),
]
Up = Annotated[
    int | None,
    typer.Option(
        help="n-up: how many pages on a side: 2, 4, 8 or 16. [default: 4]", show_default=False
    ),
]
Marks = Annotated[
    bool, typer.Option("--marks", help="Add crop and fold marks, and collation marks (perfect).")
]
OnlyMarks = Annotated[
    str | None,
    typer.Option(help="Which marks, with commas: crop,fold,collation.", metavar="MARKS"),
]
BackCover = Annotated[
    bool,
    typer.Option("--back-cover", help="The last page is the back cover: blank pages go before it."),
]
BlanksAfter = Annotated[
    int | None,
    typer.Option(
        min=1,
        help="The page after which blank pages go. [default: the last]",
        metavar="PAGE",
        show_default=False,
    ),
]
Proof = Annotated[
    bool,
    typer.Option(
        "--proof",
        help="Also pictures: the sheets as they come out of the printer, and the pages as they are read.",
    ),
]
