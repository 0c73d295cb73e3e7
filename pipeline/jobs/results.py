"""From the results of tasks to the files of an edition."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pipeline.document import BuildWarning
from pipeline.editions import Edition
from pipeline.jobs.plan import Job, Task, file_name, pdf_name, tasks_of, thumbnail_of
from pipeline.jobs.tasks import Cover, Ebook, Typeset
from pipeline.settings.profiles import ProfileName, SchemeName
from pipeline.settings.values import FormatName


@dataclass(frozen=True, slots=True)
class Made:
    """One finished file."""

    name: str
    format_name: FormatName
    content: bytes
    pages: int | None = None
    profile: ProfileName | None = None
    """What a PDF was made for."""
    scheme: SchemeName | None = None
    """How its pages are imposed on sheets."""
    blanks_after: int | None = None
    """The page after which blank ones stand on sheets, where that is not the last."""


@dataclass(frozen=True, slots=True)
class Done:
    """What came of an edition: its files, in the order in which they were asked for, the cover as a thumbnail,
    and what to know of them."""

    key: str
    files: tuple[Made, ...]
    thumbnail: bytes
    warnings: tuple[BuildWarning, ...] = ()


def done(job: Job, edition: Edition, results: Mapping[Task, Any]) -> Done:
    """An edition all of whose tasks are done."""
    files: list[Made] = []
    warnings: list[BuildWarning] = []
    for form in job.formats:
        for task in tasks_of(form, job, edition):
            files.extend(files_of(form, edition, task, results[task]))
            warnings.extend(getattr(results[task], "warnings", ()))
    return Done(edition.key, tuple(files), results[thumbnail_of(edition.key)], tuple(warnings))


def files_of(form: FormatName, edition: Edition, task: Task, result: Any) -> Iterator[Made]:
    """The files in a format that the result of a task gives."""
    match result:
        case Typeset():
            profile = task.profile or ProfileName.SCREEN
            name = pdf_name(edition, profile)
            yield Made(name, form, result.content, result.pages, profile)
            for scheme, sheets in result.sheets.items():
                name = pdf_name(edition, profile, scheme)
                yield Made(
                    name, form, sheets.content, sheets.sides, profile, scheme, sheets.blanks_after
                )
        case Cover():
            yield Made(file_name(edition, form), form, result.drawing or b"")
        case Ebook():
            yield Made(file_name(edition, form), form, result.content)
        case _:
            yield Made(file_name(edition, form), form, result)
