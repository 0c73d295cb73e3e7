"""The pictures of arrangements in the README.

``python -m benchmarks.arrangements`` builds the sample in ``sources/`` in every arrangement, as the command
does, and draws some pages of each beside each other: ``docs/pictures/arrangement-NAME.png``.
"""

import io
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pikepdf
import pypdfium2
from PIL import Image

from benchmarks.themes import SOURCES, beside, write
from pipeline.configuration.options import Options
from pipeline.jobs.build import build
from pipeline.settings.arrangements import ArrangementName
from pipeline.settings.values import EditionKind, FormatName

HEIGHT = 420
"""Of a page, in px."""
LARGEST = 600_000
"""All pictures together, in bytes."""


@dataclass(frozen=True, slots=True)
class Shown:
    """Which pages of an arrangement are drawn, counted from 1 (from the end where negative), and of which
    languages the edition is; of all where none are named."""

    pages: tuple[int, ...]
    languages: tuple[str, ...] | None = None


SHOWN: Mapping[ArrangementName, Shown] = {
    ArrangementName.SEQUENCE: Shown((1, 4, 5, 12)),
    ArrangementName.PARALLEL: Shown((4, 5)),
    ArrangementName.FACING: Shown((6, 7), ("de", "ar")),
    ArrangementName.SPREAD: Shown((6, 7)),
    ArrangementName.INTERLEAVED: Shown((5, 6, 7)),
    ArrangementName.TWO_WAY: Shown((1, 6, -6, -1)),
}


def draw(name: ArrangementName) -> Image.Image:
    """Pages of the sample in an arrangement."""
    shown = SHOWN[name]
    options = Options(
        arrangements=(name,),
        editions=(EditionKind.COMBINED,),
        formats=(FormatName.PDF,),
        languages=shown.languages,
    )
    with tempfile.TemporaryDirectory() as folder:
        build([SOURCES], Path(folder), options, workers=1)
        [file] = Path(folder).glob("*.pdf")
        content = file.read_bytes()
    document = pypdfium2.PdfDocument(content)
    pages = []
    for number in shown.pages:
        page = document[number - 1 if number > 0 else len(document) + number]
        pages.append(page.render(scale=HEIGHT / page.get_height()).to_pil().convert("RGB"))
    with pikepdf.open(io.BytesIO(content)) as pdf:
        turns = pdf.Root.get("/ViewerPreferences", {}).get("/Direction", "/L2R")
    return beside(pages[::-1] if turns == "/R2L" else pages)


def main() -> int:
    total = write((f"arrangement-{name}", draw(name)) for name in ArrangementName)
    return int(total > LARGEST)


if __name__ == "__main__":
    sys.exit(main())
