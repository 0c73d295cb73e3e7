"""The pictures of arrangements in the README.

``python -m benchmarks.arrangements`` builds the sample in ``sources/`` in every arrangement, as the command
does, and draws some pages of each beside each other: ``docs/pictures/arrangement-NAME.png``.
"""

import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pikepdf
import pypdfium2
from PIL import Image

from benchmarks.themes import PICTURES, ROOT, SOURCES, beside, png
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


def draw(name: ArrangementName, folder: Path) -> Image.Image:
    """Pages of the sample in an arrangement, which is built in a folder."""
    shown = SHOWN[name]
    options = Options(
        arrangements=(name,),
        editions=(EditionKind.COMBINED,),
        formats=(FormatName.PDF,),
        languages=shown.languages,
    )
    build([SOURCES], folder, options, workers=1)
    [file] = folder.glob("*.pdf")
    document = pypdfium2.PdfDocument(file)
    pages = []
    for number in shown.pages:
        page = document[number - 1 if number > 0 else len(document) + number]
        pages.append(page.render(scale=HEIGHT / page.get_height()).to_pil().convert("RGB"))
    with pikepdf.open(file) as pdf:
        turns = pdf.Root.get("/ViewerPreferences", {}).get("/Direction", "/L2R")
    return beside(pages[::-1] if turns == "/R2L" else pages)


def main() -> int:
    PICTURES.mkdir(parents=True, exist_ok=True)
    total = 0
    for name in ArrangementName:
        with tempfile.TemporaryDirectory() as folder:
            content = png(draw(name, Path(folder)))
        file = PICTURES / f"arrangement-{name}.png"
        file.write_bytes(content)
        total += len(content)
        print(f"{file.relative_to(ROOT)}: {len(content)} bytes")
    return int(total > LARGEST)


if __name__ == "__main__":
    sys.exit(main())
