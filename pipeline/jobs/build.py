"""The plan of a build, and how it is carried out: read this first.

Sources become a book, the book is a set of editions, each edition is a set of files; then the gallery
and the manifest; and at the very end, when all of it is there, it is saved.
"""

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

from pipeline import GENERATOR, output, typography
from pipeline.calendar import moment
from pipeline.checks import editing
from pipeline.checks.certificate import certify_epub
from pipeline.checks.conformance import confirm
from pipeline.checks.verdicts import Verdict
from pipeline.configuration.options import Options
from pipeline.document import Book, BuildWarning
from pipeline.editions import Edition
from pipeline.epub import write as epub
from pipeline.errors import MachineError, UsageError
from pipeline.fonts import Family
from pipeline.jobs.processes import in_processes
from pipeline.layout.engine import weasyprint
from pipeline.machine import memory
from pipeline.machine.failures import as_error
from pipeline.manifest import (
    amendment_rows,
    face_rows,
    inference_rows,
    source_rows,
    theme_row,
    warning_rows,
)
from pipeline.pdf import raster
from pipeline.pdf import write as pdf
from pipeline.pdf.imposition import SCHEMES, impose
from pipeline.pdf.svg import cover
from pipeline.pdf.write import Printed
from pipeline.rendering import FileNames, Renderer, html, web
from pipeline.rendering.web import THUMBNAIL, ShelfRow
from pipeline.settings.profiles import PROFILES, ProfileName, SchemeName
from pipeline.settings.values import DEFAULTS, EditionKind, FormatName, Settings, Theme
from pipeline.sources import load_all

GALLERY = "index.html"
COVER = "cover"
"""What the name of a cover's file has before its format."""
SCHEMA = 1
"""The version of the manifest's form; see the README."""


@dataclass(frozen=True, slots=True)
class Job:
    """One edition and the formats to make of it. It names the edition and does not hold it: a worker
    process has the book already."""

    kind: EditionKind
    tags: tuple[str, ...]
    formats: tuple[FormatName, ...]
    profiles: tuple[ProfileName, ...] = (ProfileName.SCREEN,)
    schemes: tuple[SchemeName, ...] = ()

    @property
    def count(self) -> int:
        """How many files it makes."""
        pdfs = len(self.profiles) * (1 + len(self.schemes))
        return sum(pdfs if form is FormatName.PDF else 1 for form in self.formats)

    def edition(self, book: Book, settings: Settings = DEFAULTS) -> Edition:
        """The edition of this book that the job names: its translations are those whose tags the job has."""
        chosen = tuple(each for each in book.translations if each.tag in self.tags)
        return Edition(book, self.kind, chosen, settings)


def file_name(edition: Edition, form: FormatName, *parts: str) -> str:
    """The name of the file of an edition in a format; ``parts`` tell files of one format apart."""
    what = (COVER,) if form is FormatName.SVG else tuple(filter(None, parts))
    return ".".join((edition.book.name, edition.key, *what, form))


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


@dataclass(frozen=True, slots=True)
class Done:
    """What a job gave: its files, and the cover as a thumbnail."""

    key: str
    files: tuple[Made, ...]
    thumbnail: bytes
    warnings: tuple[BuildWarning, ...] = ()


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

    ``workers`` is how many editions are made at a time, by default one a processor.
    ``begun`` is told the book and the number of files to come, ``progress`` the name of each file when
    it is made. Raises a :class:`~pipeline.errors.PentaplaError` for anything that can go wrong;
    what stood in ``folder`` then still stands.
    """
    output.check(folder)
    loaded = load_all(source, options)
    wanted = loaded.configuration
    settings = wanted.settings
    book = typography.apply(loaded.book, settings.typography)
    editing.assure(loaded.drafts, book)
    moment(book.date)  # a wrong SOURCE_DATE_EPOCH is known before anything is made
    jobs = plan(book, wanted.formats, wanted.editions, wanted.profiles, wanted.schemes)
    names = FileNames(
        {
            (edition.key, form): _first_name(edition, form, job)
            for job in jobs
            for edition in [job.edition(book, settings)]
            for form in job.formats
        }
    )
    renderer = Renderer(
        book, names, settings
    )  # what no face can draw is known before any process starts
    begun(book, sum(job.count for job in jobs))
    results: dict[str, Done] = {}
    count = min(workers or os.cpu_count() or 1, len(jobs))
    for done in _carry_out(jobs, renderer, names, count):
        results[done.key] = done
        for made in done.files:
            progress(made.name)
    ordered = [
        (edition, results[edition.key]) for edition in (job.edition(book, settings) for job in jobs)
    ]
    rows = [_shelf_row(edition, done) for edition, done in ordered]
    gallery = web.gallery(renderer, _combined_first(rows)).encode()
    files = {made.name: made.content for _, done in ordered for made in done.files}
    files[GALLERY] = gallery
    warnings = (
        *book.warnings,
        *dict.fromkeys(each for _, done in ordered for each in done.warnings),
    )
    files[output.MANIFEST] = output.as_json(
        manifest(book, settings.theme, ordered, gallery, warnings, renderer.needs.families())
    )
    output.save(folder, files)
    return Report(book, settings, tuple(files), folder / GALLERY, warnings)


def _first_name(edition: Edition, form: FormatName, job: Job) -> str:
    """The file that others link to where an edition has several in a format."""
    suffix = PROFILES[job.profiles[0]].suffix if form is FormatName.PDF else ""
    return file_name(edition, form, suffix)


def plan(
    book: Book,
    formats: Sequence[FormatName],
    editions: Sequence[EditionKind],
    profiles: Sequence[ProfileName] = (ProfileName.SCREEN,),
    schemes: Sequence[SchemeName] = (),
) -> tuple[Job, ...]:
    """The editions of a book: one a language, and one with all of them where there are several.

    Raises :class:`UsageError` where what is asked for leaves nothing to make.
    """
    what = (tuple(formats), tuple(profiles), tuple(schemes))
    jobs = []
    if EditionKind.SINGLE in editions:
        jobs = [Job(EditionKind.SINGLE, (each.tag,), *what) for each in book.translations]
    if EditionKind.COMBINED in editions and len(book.translations) > 1:
        tags = tuple(each.tag for each in book.translations)
        jobs.append(Job(EditionKind.COMBINED, tags, *what))
    if not jobs:
        raise UsageError(
            "a combined edition takes two languages or more, and there is one",
            cure="ask for --editions single, or add a text in another language",
        )
    return tuple(jobs)


# --- carrying out ---------------------------------------------------------------------------------


def _ready(book: Book, names: FileNames, settings: Settings) -> Callable[[Job], Done]:
    """What makes the editions of a book, ready in this process."""
    return partial(carry_out, Renderer(book, names, settings))


def _carry_out(
    jobs: Sequence[Job], renderer: Renderer, names: FileNames, count: int
) -> Iterator[Done]:
    book = renderer.book
    # The longest first, so that no processor waits at the end.
    named = [
        (f"the edition {job.edition(book, renderer.settings).key}", job)
        for job in sorted(jobs, key=lambda job: -len(job.tags))
    ]
    if count > 1:
        yield from in_processes(partial(_ready, book, names, renderer.settings), named, count)
        return
    for name, job in named:
        try:
            yield carry_out(renderer, job)
        except Exception as error:
            raise as_error(error, name) from error


def carry_out(renderer: Renderer, job: Job) -> Done:
    """Make all files of one edition.

    Raises :class:`~pipeline.errors.ConformanceError` where a PDF is not what it claims to be,
    :class:`~pipeline.errors.MachineError` where the edition takes more memory than it may.
    """
    edition = job.edition(renderer.book, renderer.settings)
    limits = renderer.settings.limits
    weasyprint()  # a library whose import is ended half-way serves no later build of this process
    try:
        with memory.watched(limits.edition_memory):
            return _made(renderer, edition, job)
    except memory.TooMuchError:
        found = limits.exceeded("edition_memory", f"the edition {edition.key}", verb="takes")
        raise MachineError(found.what, cure=found.cure) from None


def _made(renderer: Renderer, edition: Edition, job: Job) -> Done:
    """All files of one edition."""
    settings = renderer.settings
    printed = _printed(renderer, edition, job)
    screen = printed.get(ProfileName.SCREEN)
    if screen is None and settings.ebook.page_list and FormatName.EPUB in job.formats:
        screen = pdf.write(renderer, edition)  # for its folios
    first_page = (screen or pdf.write_cover(renderer, edition)).content
    made: list[Made] = []
    warnings: list[BuildWarning] = []
    for form in job.formats:
        name = file_name(edition, form)
        match form:
            case FormatName.HTML:
                made.append(Made(name, form, html.write(renderer, edition)))
            case FormatName.EPUB:
                image = raster.first_page(first_page, width=epub.cover_size(settings.theme)[0])
                places = screen.places if screen and settings.ebook.page_list else None
                content = epub.write(
                    renderer, edition, image, certified=bool(settings.ebook.certifier), pages=places
                )
                if settings.ebook.certifier:
                    # The very bytes that claim it are judged; where they do not pass, others are made.
                    certificate = certify_epub(content, name)
                    if certificate.verdict is not Verdict.PASSED:
                        content = epub.write(renderer, edition, image, pages=places)
                        reasons = "; ".join(certificate.reasons)
                        warnings.append(
                            BuildWarning(f"{name} makes no claim of accessibility: {reasons}")
                        )
                made.append(Made(name, form, content))
            case FormatName.SVG:
                made.append(Made(name, form, cover.write(renderer, edition)))
            case FormatName.PDF:
                for profile, each in printed.items():
                    confirmed, doubts = _confirmed(renderer, edition, profile, each)
                    made.extend(_pdfs(edition, profile, confirmed, job))
                    warnings.extend((*confirmed.warnings, *map(BuildWarning, doubts)))
    thumbnail = raster.first_page(first_page, width=THUMBNAIL)
    return Done(edition.key, tuple(made), thumbnail, tuple(warnings))


def _printed(renderer: Renderer, edition: Edition, job: Job) -> dict[ProfileName, Printed]:
    if FormatName.PDF not in job.formats:
        return {}
    return {each: pdf.write(renderer, edition, PROFILES[each]) for each in job.profiles}


def _confirmed(
    renderer: Renderer, edition: Edition, name: ProfileName, printed: Printed
) -> tuple[Printed, tuple[str, ...]]:
    """The PDF with its claims where a judge confirmed them, else one that makes none, and why."""
    profile = PROFILES[name]
    file = file_name(edition, FormatName.PDF, profile.suffix)
    confirmation = confirm(printed.content, file)
    if confirmation.confirmed:
        return printed, ()
    plain = pdf.write(renderer, edition, replace(profile, claims=()))
    return plain, (
        f"{file} does not say which standard it follows: {'; '.join(confirmation.reasons)}",
    )


def _pdfs(edition: Edition, profile: ProfileName, printed: Printed, job: Job) -> Iterator[Made]:
    """The PDF of an edition in a profile, and what it gives when imposed."""
    suffix = PROFILES[profile].suffix
    name = file_name(edition, FormatName.PDF, suffix)
    yield Made(name, FormatName.PDF, printed.content, printed.pages, profile)
    for scheme in job.schemes:
        sheets = file_name(edition, FormatName.PDF, suffix, scheme)
        imposed = impose(
            printed.content, name=name, scheme=SCHEMES[scheme], limits=edition.settings.limits
        )
        yield Made(sheets, FormatName.PDF, imposed.content, 2 * imposed.sheets, profile, scheme)


# --- the gallery and the manifest -------------------------------------------------------------------


def _shelf_row(edition: Edition, done: Done) -> ShelfRow:
    # Of several PDFs the first: the shelf offers each format once, and shows the cover itself.
    firsts: dict[FormatName, Made] = {}
    for made in done.files:
        if made.format_name is not FormatName.SVG:
            firsts.setdefault(made.format_name, made)
    files = tuple((form, made.name, len(made.content)) for form, made in firsts.items())
    return ShelfRow(edition, done.thumbnail, files)


def _combined_first(rows: Sequence[ShelfRow]) -> list[ShelfRow]:
    return sorted(rows, key=lambda row: row.edition.kind is not EditionKind.COMBINED)


def _identifier(edition: Edition, form: FormatName) -> str | None:
    """What a file is called in the trade; an e-book always has an identifier."""
    if form is FormatName.EPUB:
        return epub.identifier(edition)
    named = None if form is FormatName.SVG else edition.identifier(form)
    return named.uri if named else None


def manifest(
    book: Book,
    theme: Theme,
    results: Sequence[tuple[Edition, Done]],
    gallery: bytes,
    warnings: Sequence[BuildWarning],
    families: Sequence[Family] = (),
) -> dict[str, Any]:
    """The manifest: what was made of what, and what was inferred. Its form is in the README."""
    return {
        "schema": SCHEMA,
        "generator": GENERATOR,
        "book": {
            "name": book.name,
            "title": book.title,
            "authors": list(book.authors),
            "publisher": book.publisher,
            "identifier": book.identifier,
            "rights": book.rights,
            "date": book.date,
            "languages": [each.tag for each in book.translations],
        },
        "files": [
            {
                "path": made.name,
                "edition": edition.kind.value,
                "languages": [each.tag for each in edition.languages],
                "format": made.format_name.value,
                "identifier": _identifier(edition, made.format_name),
                "bytes": len(made.content),
                "sha256": output.digest(made.content),
                "pages": made.pages,
                "profile": made.profile.value if made.profile else None,
                "imposed": made.scheme.value if made.scheme else None,
            }
            for edition, done in results
            for made in done.files
        ],
        "gallery": {"path": GALLERY, "bytes": len(gallery), "sha256": output.digest(gallery)},
        "theme": theme_row(theme),
        "faces": face_rows(families),
        "sources": source_rows(book),
        "inferences": inference_rows(book),
        "warnings": warning_rows(book, warnings),
        "amendments": amendment_rows(book),
    }
