"""The judges, a row each, and the court that they sit in.

To add a judge, write a function from a :class:`Subject` and the :class:`Reference` to a :class:`Result`
and give it a row: its name, and the kinds of files that it judges.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.checks.case import BOOKS, Kind, Reference, Subject, summon
from pipeline.checks.fidelity import judge as judge_fidelity
from pipeline.checks.reading import judge as judge_reading
from pipeline.checks.verdicts import Report, Result


@dataclass(frozen=True, slots=True)
class Judge:
    name: str
    kinds: frozenset[Kind]
    judge: Callable[[Subject, Reference], Result]


JUDGES: tuple[Judge, ...] = (
    Judge("reading", frozenset({Kind.TEXT}), judge_reading),
    Judge("fidelity", BOOKS, judge_fidelity),
)


def check(
    paths: Sequence[Path],
    sources: Path | None = None,
    *,
    begun: Callable[[int], None] = lambda _count: None,
    progress: Callable[[Result], None] = lambda _result: None,
) -> Report:
    """Let every judge judge what is of its kind among some files, or in a folder of made books, and
    the texts that they were made of.

    ``sources`` is the folder of the texts, where it is known. Raises a
    :class:`~pipeline.errors.PentaplaError` where there is nothing to judge or nothing to judge it by;
    what is wrong with a file is no error but a result.
    """
    results: list[Result] = []
    cases = summon(paths, sources)
    begun(sum(len(subjects) for _, subjects in cases))
    for reference, subjects in cases:
        for subject in subjects:
            for each in JUDGES:
                if subject.kind in each.kinds:
                    result = each.judge(subject, reference)
                    results.append(result)
                    progress(result)
    return Report(tuple(results), tuple(each.folder.as_posix() for each, _ in cases))
