"""What ``pentapla impose`` does, once its options are read."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from pipeline.cli.given import limits_of
from pipeline.cli.terminal import Terminal
from pipeline.limits import DEFAULT
from pipeline.output import check, save
from pipeline.pdf.imposition import SCHEMES, Imposed, impose, pdf_of
from pipeline.pdf.imposition.proofs import pictures
from pipeline.settings.profiles import Binding, SchemeName
from pipeline.settings.sheets import SheetSettings

out = Terminal()


def impose_all(
    files: list[Path],
    output: Path | None,
    scheme: SchemeName,
    settings: SheetSettings,
    *,
    bind: Binding | None,
    blanks_after: int | None,
    proof: bool,
    limit: Sequence[str] | None,
    quiet: bool,
) -> None:
    """Lay the pages of each PDF on sheets, in the folder ``output`` or beside it; with ``proof``, also pictures
    of the sheets and of what they become."""
    limits = replace(DEFAULT, **limits_of(limit))
    for path in files:
        content = pdf_of(path, limits)
        folder = output or path.parent
        check(folder)
        made = impose(
            content, name=path.name, binding=bind, blanks_after=blanks_after, scheme=SCHEMES[scheme],
            settings=settings, limits=limits,
        )  # fmt: skip
        stem = f"{path.stem}.{scheme}"
        shown = pictures(made, name=path.name) if proof else {}
        own = {f"{stem}.{name}.png": picture for name, picture in shown.items()}
        save(folder, {f"{stem}.pdf": made.content, **own})
        if not quiet:
            out.print(f"{(folder / stem).as_posix()}.pdf: {_told(made)}")


def _told(made: Imposed) -> str:
    blank = f", {made.blanks} blank" if made.blanks else ""
    smaller = f", at {made.pile.grid.scale:.0%}" if made.pile.grid.scale < 1 else ""
    return (
        f"{made.pages} pages{blank} on {made.sheets} sheets{smaller}, {made.scheme.bound} "
        f"{made.binding}; {made.advice}"
    )
