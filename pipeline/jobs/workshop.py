"""Carrying out tasks: one after the other in this process, or several at a time in others."""

from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any

from pipeline.document import Book
from pipeline.editions import Edition
from pipeline.errors import MachineError, PentaplaError
from pipeline.jobs import tasks
from pipeline.jobs.inputs import (
    Places,
    alone,
    digest,
    for_covers,
    for_paper,
    for_readers,
    for_screens,
    made_with,
    neutral,
)
from pipeline.jobs.plan import Job, Kind, Task, file_name, pdf_name
from pipeline.jobs.processes import in_processes
from pipeline.jobs.tasks import (
    CoverInputs,
    Ebook,
    EpubInputs,
    HtmlInputs,
    PictureInputs,
    Studio,
    Typeset,
    TypesetInputs,
)
from pipeline.layout.engine import weasyprint
from pipeline.machine import memory
from pipeline.machine.failures import as_error
from pipeline.rendering import FileNames
from pipeline.rendering.renderer import tints_of
from pipeline.settings.profiles import PROFILES, ProfileName
from pipeline.settings.values import FormatName, Settings

Inputs = TypesetInputs | CoverInputs | PictureInputs | EpubInputs | HtmlInputs
Order = tuple[Task, tuple[Any, ...]]
"""A task and the results that it takes."""

DO: Mapping[type[Inputs], Callable[[Any, Studio], Any]] = {
    TypesetInputs: tasks.typeset,
    CoverInputs: tasks.cover,
    PictureInputs: tasks.picture,
    EpubInputs: tasks.epub,
    HtmlInputs: tasks.html,
}


@dataclass(slots=True)
class Workshop:
    """The editions of a book, ready to be made: each without places, which are kept beside it."""

    jobs: Mapping[str, Job]
    editions: Mapping[str, Edition]
    places: Places
    pages: FileNames
    """The web pages that others may link to."""
    studio: Studio = field(default_factory=Studio)

    def inputs(self, task: Task, parts: Sequence[Any] = ()) -> Inputs:
        """All that a task depends on; ``parts`` are the results of those that it comes after."""
        edition, job = self.editions[task.key], self.jobs[task.key]
        match task.kind:
            case Kind.TYPESET:
                profile = task.profile or ProfileName.SCREEN
                schemes = job.schemes if profile in job.profiles else ()
                name = pdf_name(edition, profile)
                return TypesetInputs(name, for_paper(edition), PROFILES[profile], schemes)
            case Kind.COVER:
                return CoverInputs(for_covers(edition), FormatName.SVG in job.formats)
            case Kind.PICTURE:
                return PictureInputs(parts[0].page, task.width)
            case Kind.EPUB:
                name = file_name(edition, FormatName.EPUB)
                places = parts[1].places if len(parts) > 1 else None
                return EpubInputs(name, for_readers(edition), parts[0], places)
            case Kind.HTML:
                return HtmlInputs(for_screens(edition), self.pages)

    def digest(self, task: Task, parts: Sequence[Any] = ()) -> str:
        """That of all that decides what a task gives: its inputs, the faces, and what draws them."""
        inputs = self.inputs(task, parts)
        if isinstance(inputs, PictureInputs):
            return digest((inputs, made_with()))
        families = self.studio.renderer(inputs.edition).needs.families()
        return digest((inputs, made_with(families)))

    def carry_out(self, order: Order) -> Any:
        """Do a task.

        Raises :class:`~pipeline.errors.MachineError` where it takes more memory than an edition may, and what
        the task raises, with the real places of what is wrong.
        """
        task, parts = order
        limits = self.editions[task.key].settings.limits
        inputs = self.inputs(task, parts)
        if task.kind not in (Kind.HTML, Kind.PICTURE):
            weasyprint()  # a library whose import is ended half-way serves no later build of this process
        try:
            with memory.watched(limits.edition_memory):
                made = DO[type(inputs)](inputs, self.studio)
        except memory.TooMuchError:
            found = limits.exceeded("edition_memory", called(task), verb="takes")
            raise MachineError(found.what, cure=found.cure) from None
        except PentaplaError as error:
            raise self.places.error(error) from error.__cause__
        if isinstance(made, Typeset | Ebook):
            made = replace(made, warnings=tuple(map(self.places.warning, made.warnings)))
        return made


def called(task: Task) -> str:
    """What messages call a task by."""
    return f"the edition {task.key}"


def workshop(
    jobs: Sequence[Job], book: Book, settings: Settings, names: FileNames, folder: Path
) -> Workshop:
    """The editions of some jobs, ready to be made; ``folder`` is that of the book."""
    bare, places = neutral(book, folder)
    editions = [alone(each.edition(bare, settings)) for each in jobs]
    html = {key: name for key, name in names.names.items() if key[1] == FormatName.HTML}
    return Workshop(
        {each.key: job for job, each in zip(jobs, editions, strict=True)},
        {each.key: each for each in editions},
        places,
        FileNames(html),
        Studio(places.pictures, tints_of(book, settings.theme)),
    )


def carry_out(made_in: Workshop, wanted: Sequence[Task], count: int) -> Iterator[tuple[Task, Any]]:
    """Do some tasks, ``count`` at a time, each as soon as those that it comes after are done; each with its
    result, as it comes.

    Raises the :class:`~pipeline.errors.PentaplaError` of the first that fails.
    """
    results: dict[Task, Any] = {}
    later = list(wanted)
    waiting: deque[tuple[str, Order]] = deque()

    def call_up() -> None:
        """What has all its parts may be done."""
        for task in [each for each in later if all(one in results for one in each.after)]:
            later.remove(task)
            waiting.append((called(task), (task, tuple(results[one] for one in task.after))))

    call_up()
    for (task, _), result in _done(made_in, waiting, count):
        results[task] = result
        call_up()
        yield task, result


def _done(
    made_in: Workshop, waiting: "deque[tuple[str, Order]]", count: int
) -> Iterator[tuple[Order, Any]]:
    if count > 1:
        yield from in_processes(partial(_ready, made_in), waiting, count)
        return
    while waiting:
        name, order = waiting.popleft()
        try:
            made = made_in.carry_out(order)
        except Exception as error:
            raise as_error(error, name) from error
        yield order, made


def _ready(made_in: Workshop) -> Callable[[Order], Any]:
    """What does tasks, ready in this process."""
    return made_in.carry_out
