"""PDFs for reading, keeping and printing are what they say that they are: the judges' word on all of them."""

import json
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from pipeline.checks.checked_files import CheckedFile
from pipeline.checks.claims import claims_of
from pipeline.checks.programs import page_validation, verapdf
from pipeline.checks.subjects import Kind
from pipeline.checks.verdicts import Result
from tests.end_to_end.conftest import AVAILABLE, PURPOSED, WITHOUT_TEXTS, built, purposes
from tests.end_to_end.inputs import BARE, EDITIONS, SAMPLE, Input
from tests.end_to_end.tools import once, pentapla

INPUTS = [
    pytest.param(SAMPLE, id=SAMPLE.name),
    pytest.param(BARE, id=BARE.name, marks=WITHOUT_TEXTS),
]
EDITIONS_OF = {"screen": EDITIONS, "archive": PURPOSED, "print": PURPOSED}
JUDGED = [
    pytest.param(given, profile, edition, id=f"{given.name}-{profile}-{edition}", marks=marks)
    for given, marks in ((SAMPLE, ()), (BARE, WITHOUT_TEXTS))
    for profile in ("screen", "archive")
    for edition in EDITIONS_OF[profile]
]
CLAIMS = {"screen": ["PDF/UA-1"], "archive": ["PDF/A-2a", "PDF/UA-1"], "print": ["PDF/X-4"]}


def file(given: Input, profile: str, edition: str, workshop: Path) -> Path:
    if profile == "screen":
        return built(given, workshop).file(edition, "pdf")
    return purposes(given, workshop) / f"{given.stem}.{edition}.{profile}.pdf"


def checked_file(path: Path) -> CheckedFile:
    content = path.read_bytes()
    return CheckedFile(path.name, Kind.PDF, content, claims_of(content, Kind.PDF))


def told(result: Result) -> list[Any]:
    words = [*result.notes, *map(str, result.findings)]
    return [result.verdict.name, list(result.claims), list(result.figures), words]


@pytest.fixture(scope="module")
def verdicts(workshop: Path) -> dict[str, list[Any]]:
    """veraPDF's word on every PDF of both inputs that it knows a claim of, in one Java machine."""

    def judge() -> dict[str, list[Any]]:
        files = [
            file(given, profile, edition, workshop)
            for given in AVAILABLE
            for profile in ("screen", "archive")
            for edition in EDITIONS_OF[profile]
        ]
        said = verapdf.judge([checked_file(each) for each in files])
        return {each.name: told(result) for each, result in zip(files, said, strict=True)}

    found: dict[str, list[Any]] = once(workshop, "verapdf", judge)
    return found


@pytest.mark.parametrize(("given", "profile", "edition"), JUDGED)
def test_verapdf_finds_every_claim_kept(
    verdicts: dict[str, list[Any]], workshop: Path, given: Input, profile: str, edition: str
) -> None:
    path = file(given, profile, edition, workshop)
    verdict, claims, figures, words = verdicts[path.name]
    assert (verdict, sorted(claims), words) == ("PASSED", CLAIMS[profile], [])
    assert int(figures[1].split()[0]) > 5000, "checks"


@pytest.mark.parametrize(("given", "profile", "edition"), JUDGED)
def test_page_validation_agrees(workshop: Path, given: Input, profile: str, edition: str) -> None:
    (result,) = page_validation.judge([checked_file(file(given, profile, edition, workshop))])
    verdict, claims, _, words = told(result)
    assert (verdict, sorted(claims), words) == ("PASSED", CLAIMS[profile], [])


@pytest.mark.parametrize("given", INPUTS)
def test_our_own_checks_pass_what_is_kept_and_printed(
    workshop: Path, tmp_path: Path, given: Input
) -> None:
    folder = purposes(given, workshop)
    done = pentapla(
        "check", folder, "--sources", given.folder, "--judges", "pdf", "--report", tmp_path, "-q",
    )  # fmt: skip
    assert done.code == 0, done
    report = json.loads((tmp_path / "check.json").read_text("utf-8"))
    judged = {each["path"]: each for each in report["files"] if each["kind"] == "pdf"}
    assert len(judged) == 2 * len(PURPOSED)
    for name, each in judged.items():
        assert sorted(each["claims"]) == CLAIMS[name.split(".")[-2]]
        (result,) = (one for one in each["results"] if one["judge"] == "pdf")
        assert (result["verdict"], result["findings"]) == ("passed", []), name


@pytest.mark.parametrize("edition", PURPOSED)
@pytest.mark.parametrize("given", INPUTS)
def test_the_same_pages_serve_every_purpose(workshop: Path, given: Input, edition: str) -> None:
    """What differs is what a file is told about, not what is read in it."""
    counts, labels = set(), set()
    for profile in CLAIMS:
        with pikepdf.open(file(given, profile, edition, workshop)) as pdf:
            counts.add(len(pdf.pages))
            labels.add(pdf.Root.PageLabels.unparse(resolved=True))
            boxes = {tuple(float(part) for part in page.trimbox) for page in pdf.pages}
            assert len(boxes) == 1
    assert len(counts) == 1
    assert len(labels) == 1
