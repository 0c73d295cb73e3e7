"""Options that several commands have."""

from pathlib import Path
from typing import Annotated

import typer

ENDING = (
    "Every error says what, where and the cure, and has an exit code of its own (see the README). "
    "A mistake in Pentapla itself is told in one line, too; with --verbose, or with "
    "PENTAPLA_TRACEBACK=1 in the environment, its traceback is shown."
)
"""What the help ends with."""

Limit = Annotated[
    list[str] | None,
    typer.Option(
        help="Allow more, or less, of something: a key of [limits] and its value (several times).",
        metavar="KEY=VALUE",
        show_default=False,
    ),
]


Texts = Annotated[
    list[Path] | None,
    typer.Argument(
        help="A folder with the texts, one file a language, or the files themselves. "
        "[default: sources]",
        show_default=False,
    ),
]
Outside = Annotated[
    bool,
    typer.Option(
        "--allow-outside",
        help="Read pictures and linked texts that lie outside the folder of the book, too: for books "
        "that you trust.",
    ),
]
