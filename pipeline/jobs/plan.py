"""The plan of a build: which editions there are, which files are made of each, and by which tasks in which
order."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from pipeline.design.page import arranged_edition
from pipeline.document import Book
from pipeline.editions import Edition
from pipeline.epub.write import cover_size
from pipeline.errors import UsageError
from pipeline.rendering import FileNames
from pipeline.rendering.web import THUMBNAIL
from pipeline.settings.arrangements import ARRANGEMENTS, ArrangementName
from pipeline.settings.profiles import PROFILES, ProfileName, SchemeName
from pipeline.settings.values import DEFAULTS, EditionKind, FormatName, Settings

COVER = "cover"
"""What the name of a cover's file has before its format."""


@dataclass(frozen=True, slots=True)
class Job:
    """One edition and the formats to make of it. It names the edition and does not hold it."""

    kind: EditionKind
    tags: tuple[str, ...]
    formats: tuple[FormatName, ...]
    profiles: tuple[ProfileName, ...] = (ProfileName.SCREEN,)
    schemes: tuple[SchemeName, ...] = ()
    arrangement: ArrangementName = ArrangementName.SEQUENCE

    @property
    def count(self) -> int:
        """How many files it makes."""
        pdfs = len(self.profiles) * (1 + len(self.schemes))
        return sum(pdfs if form is FormatName.PDF else 1 for form in self.formats)

    def edition(self, book: Book, settings: Settings = DEFAULTS) -> Edition:
        """The edition of this book that the job names: its translations are those whose tags the job has."""
        chosen = tuple(each for each in book.translations if each.tag in self.tags)
        return arranged_edition(book, self.kind, chosen, settings, self.arrangement)


def plan(
    book: Book,
    formats: Sequence[FormatName],
    editions: Sequence[EditionKind],
    profiles: Sequence[ProfileName] = (ProfileName.SCREEN,),
    schemes: Sequence[SchemeName] = (),
    arrangements: Sequence[ArrangementName] = (ArrangementName.SEQUENCE,),
) -> tuple[Job, ...]:
    """The editions of a book: one a language, and one an arrangement with all of them where there are several.
    Of an arrangement the formats are made that it has.

    Raises :class:`UsageError` where what is asked for leaves nothing to make, and where an arrangement is not
    for these languages.
    """
    how = (tuple(profiles), tuple(schemes))
    jobs = []
    if EditionKind.SINGLE in editions:
        jobs = [
            Job(EditionKind.SINGLE, (each.tag,), tuple(formats), *how) for each in book.translations
        ]
    if EditionKind.COMBINED in editions and len(book.translations) > 1:
        tags = tuple(each.tag for each in book.translations)
        for name in arrangements:
            _demand_languages(name, book)
            own = tuple(each for each in formats if each in ARRANGEMENTS[name].formats)
            if own:
                jobs.append(Job(EditionKind.COMBINED, tags, own, *how, name))
        if not jobs:
            raise UsageError(
                f"of {' and '.join(arrangements)} there is no {', '.join(formats)}",
                cure="ask for --formats pdf, or add --arrange sequence, which has all formats",
            )
    if not jobs:
        raise UsageError(
            "a combined edition takes two languages or more, and there is one",
            cure="ask for --editions single, or add a text in another language",
        )
    return tuple(jobs)


def _demand_languages(name: ArrangementName, book: Book) -> None:
    """Whether an arrangement is for the languages of a book."""
    row, count = ARRANGEMENTS[name], len(book.translations)
    there = {each.language.direction for each in book.translations}
    if row.directions - there:
        raise UsageError(
            f"{name} is for languages from left to right and from right to left, and all of these run one way",
            cure="add a language of the other direction, or ask for another arrangement",
        )
    if count < row.least or (row.most is not None and count > row.most):
        counted = f"{row.least} languages" + (
            " or more" if row.most is None else f" to {row.most}" if row.most > row.least else ""
        )
        raise UsageError(
            f"{name} ({row.says}) takes {counted}, and there are {count}",
            cure="choose languages (--languages), or ask for another arrangement",
        )


def file_name(edition: Edition, form: FormatName, *parts: str) -> str:
    """The name of the file of an edition in a format; ``parts`` tell files of one format apart."""
    what = (COVER,) if form is FormatName.SVG else tuple(filter(None, parts))
    return ".".join((edition.book.name, edition.key, *what, form))


def pdf_name(edition: Edition, profile: ProfileName, *parts: str) -> str:
    """The name of the PDF of an edition in a profile."""
    return file_name(edition, FormatName.PDF, PROFILES[profile].suffix, *parts)


def linked(jobs: Sequence[Job], editions: Sequence[Edition]) -> FileNames:
    """The files that others may link to: where an edition has several in a format, the first."""
    return FileNames(
        {
            (edition.key, form): pdf_name(edition, job.profiles[0])
            if form is FormatName.PDF
            else file_name(edition, form)
            for job, edition in zip(jobs, editions, strict=True)
            for form in job.formats
        }
    )


# --- tasks ------------------------------------------------------------------------------------------


class Kind(StrEnum):
    """A kind of task; see :mod:`pipeline.jobs.tasks`."""

    TYPESET = "typeset"
    COVER = "cover"
    EPUB = "epub"
    HTML = "html"
    PICTURE = "picture"


@dataclass(frozen=True, slots=True)
class Task:
    """Something to make of the edition ``key``; ``after`` are the tasks whose results it takes, in order."""

    kind: Kind
    key: str
    profile: ProfileName | None = None
    """What a PDF is for."""
    width: int = 0
    """Of a picture, in px."""
    after: tuple["Task", ...] = ()


def cover_of(key: str) -> Task:
    """The cover of an edition."""
    return Task(Kind.COVER, key)


def thumbnail_of(key: str) -> Task:
    """The picture of an edition's cover on the shelf."""
    return Task(Kind.PICTURE, key, width=THUMBNAIL, after=(cover_of(key),))


def tasks_of(form: FormatName, job: Job, edition: Edition) -> tuple[Task, ...]:
    """The tasks that give the files of an edition in a format. An e-book that lists the pages of the PDF is
    made after it."""
    key, settings = edition.key, edition.settings
    match form:
        case FormatName.PDF:
            return tuple(Task(Kind.TYPESET, key, each) for each in job.profiles)
        case FormatName.HTML:
            return (Task(Kind.HTML, key),)
        case FormatName.SVG:
            return (cover_of(key),)
    width, _ = cover_size(settings.theme)
    image = Task(Kind.PICTURE, key, width=width, after=(cover_of(key),))
    paged = (Task(Kind.TYPESET, key, ProfileName.SCREEN),) if settings.ebook.page_list else ()
    return (Task(Kind.EPUB, key, after=(image, *paged)),)


def tasks(jobs: Sequence[Job], editions: Sequence[Edition]) -> list[Task]:
    """All tasks of some jobs, each once, the longest first."""
    found: dict[Task, int] = {}
    for job, edition in zip(jobs, editions, strict=True):
        waiting = [thumbnail_of(edition.key)]
        for form in job.formats:
            waiting.extend(tasks_of(form, job, edition))
        while waiting:
            task = waiting.pop()
            found[task] = len(job.tags)
            waiting.extend(task.after)
    order = list(Kind)
    return sorted(
        found, key=lambda task: (-found[task], order.index(task.kind), task.key, task.width)
    )
