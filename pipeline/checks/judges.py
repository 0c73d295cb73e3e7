"""The judges, a row each, and how they are asked.

To add a judge, write a function from the :class:`~pipeline.checks.checked_files.CheckedFile` values to a
:class:`~pipeline.checks.verdicts.Result` each and give it a row: its name (of :mod:`pipeline.checks.names`),
the kinds of files that it judges, and the claims that it is asked about (a file that makes none of them is
not shown to it).
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from pipeline.checks import editing, links, pdf, sheets
from pipeline.checks.case import load_cases
from pipeline.checks.checked_files import CheckedFile, JudgeAll, checked_file, found, with_content
from pipeline.checks.claims import Family, unanswered
from pipeline.checks.conformance import settled
from pipeline.checks.fidelity.judge import judge as judge_fidelity
from pipeline.checks.names import SLOW, JudgeName
from pipeline.checks.programs import ace, epubcheck, page_validation, verapdf
from pipeline.checks.reading import judge as judge_reading
from pipeline.checks.subjects import BOOKS, Kind, Reference, Subject
from pipeline.checks.verdicts import Finding, Judged, Report, Result, Verdict
from pipeline.configuration.options import Options
from pipeline.errors import PentaplaError, UsageError, in_book
from pipeline.output import digest

CLAIMS = "claims"
"""The name under which it is told which claims were judged, and which were not."""

CURE = "build it again; or hold it against the file that was made"


@dataclass(frozen=True, slots=True)
class Judge:
    """A judge: its name, the kinds of files that it judges, and the function that judges them."""

    name: str
    kinds: frozenset[Kind]
    judge: JudgeAll
    families: frozenset[Family] = frozenset()
    """The claims that it is asked about; empty where it needs none."""

    @property
    def slow(self) -> bool:
        """Whether it takes seconds a file."""
        return self.name in SLOW

    def judges(self, checked_file: CheckedFile) -> bool:
        """Whether it judges files of this kind."""
        return checked_file.kind in self.kinds

    def is_asked(self, checked_file: CheckedFile) -> bool:
        """Whether a file makes a claim that this judge is asked about."""
        return not self.families or bool(checked_file.claims_in(*self.families))


def _with_texts(name: str, judge: Callable[[Subject, Reference], Result]) -> JudgeAll:
    """A judge that knows the texts, and is shown one file after the other that can be read."""

    def judge_all(checked_files: Sequence[CheckedFile]) -> list[Result]:
        results = []
        for each in checked_files:
            if each.subject is not None and each.reference is not None:
                with in_book(each.reference.folder):
                    results.append(judge(each.subject, each.reference))
        return results

    return with_content(name, judge_all)


_CLAIMED = frozenset((Family.UA, Family.ARCHIVE))

JUDGES: tuple[Judge, ...] = (
    Judge(JudgeName.READING, frozenset({Kind.TEXT}), _with_texts("reading", judge_reading)),
    Judge(editing.NAME, frozenset({Kind.TEXT}), _with_texts(editing.NAME, editing.judge)),
    Judge(JudgeName.FIDELITY, BOOKS, _with_texts("fidelity", judge_fidelity)),
    Judge(links.NAME, BOOKS | {Kind.SHEETS, Kind.COVER, Kind.GALLERY},
          with_content(links.NAME, links.judge)),
    Judge(pdf.NAME, frozenset({Kind.PDF}), with_content(pdf.NAME, pdf.judge)),
    Judge(sheets.NAME, frozenset({Kind.SHEETS}), with_content(sheets.NAME, sheets.judge)),
    Judge(page_validation.NAME, frozenset({Kind.PDF}),
          with_content(page_validation.NAME, page_validation.judge), _CLAIMED),
    Judge(verapdf.NAME, frozenset({Kind.PDF}),
          with_content(verapdf.NAME, verapdf.judge), _CLAIMED),
    Judge(epubcheck.NAME, frozenset({Kind.EPUB}),
          with_content(epubcheck.NAME, epubcheck.judge)),
    Judge(ace.NAME, frozenset({Kind.EPUB}), with_content(ace.NAME, ace.judge)),
)  # fmt: skip


def chosen(names: Sequence[str] | None, *, quick: bool) -> tuple[Judge, ...]:
    """The judges of some names, in the order of the table; all where there are none.

    ``quick`` leaves the slow ones out. Raises :class:`~pipeline.errors.UsageError` for a name that no
    judge has, and where nobody is left.
    """
    known = {each.name: each for each in JUDGES}
    if strange := [name for name in names or () if name not in known]:
        raise UsageError(
            f"there is no judge “{strange[0]}”", cure=f"use one or more of: {', '.join(known)}"
        )
    wanted = tuple(each for each in JUDGES if not names or each.name in names)
    wanted = tuple(each for each in wanted if not (quick and each.slow))
    if not wanted:
        raise UsageError("every judge that is asked for is a slow one", cure="leave --quick out")
    return wanted


def check(
    paths: Sequence[Path],
    sources: Path | None = None,
    *,
    options: Options | None = None,
    judges: Sequence[Judge] = JUDGES,
    strict: bool = False,
    begun: Callable[[int], None] = lambda _count: None,
    progress: Callable[[Result], None] = lambda _result: None,
) -> Report:
    """Let judges judge what is of their kind among some files, or in a folder of made books, and the
    texts that they were made of.

    ``sources`` is the folder of the texts, where it is known, and ``options`` are those of the build that
    say what may be read; in a ``strict`` check the exit code also
    tells of what was not judged. Raises a :class:`~pipeline.errors.PentaplaError` where there is
    nothing to judge or nothing to judge it by; what is wrong with a file is no error but a result.
    """
    cases = load_cases(paths, sources, options)
    checked_files = [
        checked_file(each, reference) for reference, subjects in cases for each in subjects
    ]
    begun(len(checked_files))
    results: dict[int, list[Result]] = {at: [] for at in range(len(checked_files))}
    for judge in judges:
        for at, said in _ask(judge, checked_files):
            result = _in_texts(said, checked_files[at])
            results[at].append(result)
            if result.judge != page_validation.NAME:
                progress(result)
    for at, each in enumerate(checked_files):
        for place, result in enumerate(results[at]):
            if result.judge == page_validation.NAME:
                results[at][place] = settled(result, results[at])
                progress(results[at][place])
        for said in _claims_judged(each, results[at]):
            result = _in_texts(said, each)
            results[at].append(result)
            progress(result)
    return Report(
        tuple(_judged(each, results[at]) for at, each in enumerate(checked_files)),
        tuple(each.folder.as_posix() for each, _ in cases),
        tuple(each.name for each in judges),
        tuple(each.name for each in JUDGES if each not in judges),
        strict,
    )


def _in_texts(result: Result, checked_file: CheckedFile) -> Result:
    """A result that says which folder the texts are in."""
    reference = checked_file.reference
    return replace(result, folder=reference.folder) if reference else result


def _ask(judge: Judge, checked_files: Sequence[CheckedFile]) -> Iterator[tuple[int, Result]]:
    """What a judge says of the files that it judges, each with its number."""
    shown: list[tuple[int, CheckedFile]] = []
    for at, each in enumerate(checked_files):
        if not judge.judges(each):
            continue
        if each.content is None or judge.is_asked(each):
            shown.append((at, each))
        else:
            yield at, Result(each.name, judge.name, Verdict.NO_CLAIM)
    said = _said(judge, [each for _, each in shown])
    yield from zip((at for at, _ in shown), said, strict=True)


def _said(judge: Judge, checked_files: Sequence[CheckedFile]) -> list[Result]:
    """A judge's word on some files. What brings it down is no book, and has failed: a file that is judged may
    be anything, and every library that reads one has errors of its own."""
    if not checked_files:
        return []
    try:
        return judge.judge(checked_files)
    except PentaplaError:
        raise
    except (Exception, RecursionError, MemoryError) as error:
        if len(checked_files) > 1:
            return [result for each in checked_files for result in _said(judge, [each])]
        what = f"this is no {checked_files[0].kind.upper()} that can be read: {_named(error)}"
        return [found(checked_files[0], judge.name, [Finding(what, rule="unreadable", cure=CURE)])]


def _named(error: BaseException) -> str:
    return f"{type(error).__name__}: {error}" if str(error) else type(error).__name__


def _claims_judged(checked_file: CheckedFile, results: Sequence[Result]) -> Iterator[Result]:
    """Which judge judged which claim of a file. A claim that none did has not passed, and one that nobody
    answers for has failed."""
    if not checked_file.claims:
        return
    figures, notes = [], []
    for claim in checked_file.claims:
        by = [each.judge for each in results if claim.name in each.claims]
        if by:
            figures.append(f"{claim.name}: {', '.join(by)}")
        else:
            notes.append(f"nobody judged the claim “{claim.name}”")
    findings = tuple(unanswered(checked_file.content or b"", checked_file.kind))
    verdict = Verdict.NOT_JUDGED if notes else Verdict.PASSED
    yield Result(
        checked_file.name, CLAIMS, Verdict.FAILED if findings else verdict,
        tuple(figures), tuple(notes), findings,
        claims=tuple(each.name for each in checked_file.claims),
    )  # fmt: skip


def _judged(checked_file: CheckedFile, results: Sequence[Result]) -> Judged:
    return Judged(
        checked_file.name,
        checked_file.kind.value,
        digest(checked_file.content) if checked_file.content is not None else "",
        tuple(each.name for each in checked_file.claims),
        tuple(results),
    )
