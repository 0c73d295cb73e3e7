"""How a build shows itself on a terminal, and in a pipe."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn

from pipeline.document import Book, BuildWarning
from pipeline.errors import Origin, Shown, composed, told
from pipeline.messages import printable

PLACES = 3
"""How many of the places of one warning are named after the first."""

Begun = Callable[[Book, int], None]


@contextmanager
def display(
    out: Console, shown: Shown, *, quiet: bool, verbose: bool
) -> Iterator[tuple[Begun, Callable[[str], None]]]:
    """How a build shows itself: a bar on a terminal, plain lines in a pipe, or nothing. ``shown`` says how
    places are shown."""
    if quiet:
        yield (lambda _book, _count: None), (lambda _name: None)
        return
    if not out.is_terminal:

        def begun(book: Book, _count: int) -> None:
            _tell(out, book, shown, verbose=verbose)

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

        def tell_begun(book: Book, count: int) -> None:
            _tell(out, book, shown, verbose=verbose)
            bar.update(task, description="making books", total=count)

        yield tell_begun, lambda name: bar.update(task, advance=1, description=printable(name))


def _tell(out: Console, book: Book, shown: Shown, *, verbose: bool) -> None:
    """What was read, and in which language."""
    for each in book.translations:
        known = each.provenance
        out.print(
            f"{shown(Origin(known.path))}: {each.language.autonym} ({each.tag}, by {known.language_from}), "
            f"{known.encoding}, {sum(1 for _ in each.walk())} headings"
        )
    if verbose:
        for inference in book.inferences:
            out.print(f"inferred: {composed(inference, shown)}")
        for change in book.amendments:
            out.print(f"{shown(change.at)}: {change.rule}: “{change.before}” → “{change.after}”")
    elif book.amendments:
        out.print(
            f"{len(book.amendments)} changes of typography; --verbose and the manifest list them"
        )


def tell_warnings(err: Console, warnings: Sequence[BuildWarning], shown: Shown, most: int) -> None:
    """Each warning once, with its first places and how many more there are; of different ones not more
    than ``most``. ``shown`` says how places are shown."""
    places: dict[str, list[Origin]] = {}
    for each in warnings:
        found = places.setdefault(each.what, [])
        if each.at is not None:
            found.append(each.at)
    for what, found in list(places.items())[:most]:
        first, more = found[:1], list(dict.fromkeys(found[1:]))
        named = ", ".join(map(shown, more[:PLACES]))
        rest = ", …" if len(more) > PLACES else ""
        plural = "place" if len(more) == 1 else "places"
        after = f" ({len(more)} more {plural}: {named}{rest})" if more else ""
        err.print(f"warning: {told(what, first[0] if first else None, shown)}{after}")
    if len(places) > most:
        err.print(f"warning: {len(places) - most} more; the manifest lists them all")
