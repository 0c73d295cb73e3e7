"""A build, from a folder of texts to a folder of books: read this first.

Texts become a book, the book is a set of editions, each edition is a set of files, which tasks make
(:mod:`pipeline.jobs.tasks`); then the gallery and the manifest; and at the very end, when all of it is there,
it is saved.
"""

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline import output, typography
from pipeline.calendar import moment
from pipeline.checks import editing
from pipeline.configuration.options import Options
from pipeline.document import Book, BuildWarning
from pipeline.editions import Edition
from pipeline.errors import in_book
from pipeline.jobs.plan import Task, linked, plan, tasks, tasks_of
from pipeline.jobs.record import GALLERY, manifest
from pipeline.jobs.results import Done, Made, done, files_of
from pipeline.jobs.workshop import carry_out, workshop
from pipeline.rendering import Renderer, web
from pipeline.rendering.web import ShelfRow
from pipeline.settings.values import EditionKind, FormatName, Settings
from pipeline.sources import folder_of, load_all


@dataclass(frozen=True, slots=True)
class Report:
    """What a build made, for the face to tell."""

    book: Book
    settings: Settings
    files: tuple[str, ...]
    gallery: Path
    warnings: tuple[BuildWarning, ...] = ()
    """What to know of the texts and of what was made of them."""


Progress = Callable[[str], None]


def build(
    source: Sequence[Path],
    folder: Path,
    options: Options | None = None,
    *,
    workers: int | None = None,
    begun: Callable[[Book, int], None] = lambda _book, _count: None,
    progress: Progress = lambda _name: None,
) -> Report:
    """Make every edition of the texts in ``source`` and save them in ``folder``.

    ``workers`` is how many tasks are done at a time, by default one a processor.
    ``begun`` is told the book and the number of files to come, ``progress`` the name of each file when
    it is made. Raises a :class:`~pipeline.errors.PentaplaError` for anything that can go wrong;
    what stood in ``folder`` then still stands.
    """
    with in_book(folder_of(source)):
        return _build(source, folder, options, workers, begun, progress)


def _build(
    source: Sequence[Path],
    folder: Path,
    options: Options | None,
    workers: int | None,
    begun: Callable[[Book, int], None],
    progress: Progress,
) -> Report:
    output.check(folder)
    loaded = load_all(source, options)
    wanted, settings = loaded.configuration, loaded.configuration.settings
    book = typography.apply(loaded.book, settings.typography)
    editing.assure(loaded.drafts, book)
    moment(book.date)  # a wrong SOURCE_DATE_EPOCH is known before anything is made

    jobs = plan(
        book,
        wanted.formats,
        wanted.editions,
        wanted.profiles,
        wanted.schemes,
        wanted.arrangements,
    )
    editions = [job.edition(book, settings) for job in jobs]
    names = linked(jobs, editions)
    # What no face can draw is known before any task.
    renderer = Renderer(book, names, settings, folder=loaded.folder)
    begun(book, sum(job.count for job in jobs))

    every = tasks(jobs, editions)
    owners = {
        task: (form, edition)
        for job, edition in zip(jobs, editions, strict=True)
        for form in job.formats
        for task in tasks_of(form, job, edition)
    }
    results: dict[Task, Any] = {}
    count = min(workers or os.cpu_count() or 1, len(every))
    for task, result in carry_out(
        workshop(jobs, book, settings, names, loaded.folder), every, count
    ):
        results[task] = result
        if task in owners:
            for made in files_of(*owners[task], task, result):
                progress(made.name)

    finished = [
        (edition, done(job, edition, results)) for job, edition in zip(jobs, editions, strict=True)
    ]
    gallery = web.gallery(renderer, _shelf(finished)).encode()
    warnings = _warnings(book, finished)
    files = {made.name: made.content for _, each in finished for made in each.files}
    files[GALLERY] = gallery
    files[output.MANIFEST] = output.as_json(
        manifest(book, settings.theme, finished, gallery, warnings, renderer.needs.families())
    )
    output.save(folder, files)
    return Report(book, settings, tuple(files), folder / GALLERY, warnings)


def _warnings(book: Book, finished: Sequence[tuple[Edition, Done]]) -> tuple[BuildWarning, ...]:
    """What to know of the texts, and then of what was made of them, each once."""
    told = dict.fromkeys(warning for _, each in finished for warning in each.warnings)
    return (*book.warnings, *told)


def _shelf(finished: Sequence[tuple[Edition, Done]]) -> list[ShelfRow]:
    """The editions as the gallery shows them, the combined one first."""
    rows = [_shelf_row(edition, each) for edition, each in finished]
    return sorted(rows, key=lambda row: row.edition.kind is not EditionKind.COMBINED)


def _shelf_row(edition: Edition, finished: Done) -> ShelfRow:
    # Of several PDFs the first: the shelf offers each format once, and shows the cover itself.
    firsts: dict[FormatName, Made] = {}
    for made in finished.files:
        if made.format_name is not FormatName.SVG:
            firsts.setdefault(made.format_name, made)
    files = tuple((form, made.name, len(made.content)) for form, made in firsts.items())
    return ShelfRow(edition, finished.thumbnail, files)
