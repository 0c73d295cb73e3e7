"""The judge of PDFs on texts of which the sample has nothing."""

from dataclasses import replace
from pathlib import Path

import pytest

from pipeline import typography
from pipeline.checks import pdf as judge
from pipeline.checks.pdf import order
from pipeline.checks.subjects import Reference
from pipeline.checks.verdicts import Result, Verdict
from pipeline.sources import load_all
from tests.checks.kit import checked_file
from tests.layout.structure import written
from tests.layout.test_tags import png


def judged(folder: Path, content: str) -> Result:
    """What the judge says of a German text, set."""
    made = written(folder, {"a.de.md": content, "red.png": png()}, tag="de")
    loaded = load_all([folder])
    reference = Reference(
        folder,
        loaded.book,
        typography.apply(loaded.book),
        loaded.drafts,
        loaded.configuration.settings,
    )
    [result] = judge.judge([replace(checked_file(made, "x.de.pdf"), reference=reference)])
    return result


ENDNOTES = """\
# Der Garten

## Am ![Tor](red.png) vorbei

Wer ![Uhr](red.png) fragt, geht weiter[^a].

[^a]: Wer hier war:

    - der Wind
    - der Regen
"""


def test_notes_at_the_end_and_pictures_in_lines_are_known(tmp_path: Path) -> None:
    result = judged(tmp_path, ENDNOTES)
    assert (result.verdict, result.findings) == (Verdict.PASSED, ())


def test_more_headings_with_the_same_letters_than_are_looked_at(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(order, "MOST", 4)
    headings = [f"## Weg {number}\n\nEr geht um {number * 7} Uhr los.\n" for number in range(1, 15)]
    result = judged(tmp_path, "# Wege\n\n" + "\n".join(headings))
    assert (result.verdict, result.findings) == (Verdict.PASSED, ())
