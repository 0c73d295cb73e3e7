"""The text of our PDFs in readers: what is copied, and what is found.

``python -m benchmarks.readers`` builds the PDFs of the sample, and of the five real texts where they are, and
prints for each edition and language the share of the source's characters that come out in order in each reader
(as extracted, and after the arrow with what the reader does to lines from right to left undone), and how many
of the places of its words the searches of pdf.js and pdfium find. ``--built FOLDER`` takes PDFs that were built
before into ``FOLDER/sample`` and ``FOLDER/texts``; ``--single`` leaves the combined edition out.
"""

import argparse
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from pipeline.configuration.options import Options
from pipeline.jobs.build import build
from pipeline.settings.values import FormatName
from tests.end_to_end import readers
from tests.end_to_end.inputs import (
    BARE,
    EDITIONS,
    LANGUAGES,
    SAMPLE,
    Input,
    direction,
    squeezed,
    units,
)
from tests.end_to_end.test_pdf import recovered, spans_of
from tests.end_to_end.undoing import undone


def rows(given: Input, folder: Path, editions: tuple[str, ...]) -> Iterator[list[str]]:
    """A row for each edition and language of an input whose PDFs are in a folder."""
    for edition in editions:
        file = folder / f"{given.stem}.{edition}.pdf"
        tags = LANGUAGES if edition == "combined" else (edition,)
        spans = spans_of(file, tags)
        sources = {tag: units(given.folder / given.files[tag]) for tag in tags}
        shown = {tag: [each.text for each in sources[tag] if each.element != "img"] for tag in tags}
        texts = {tag: (shown[tag], *spans[tag]) for tag in tags}
        found = {name: readers.found(name, file, texts) for name in readers.SEARCHES}
        for tag in tags:
            row = [given.name, edition, tag]
            for program, copy in readers.COPIES.items():
                got = copy(file, *spans[tag])
                share = recovered(sources[tag], squeezed(got))
                cell = f"{share:.2%}"
                if direction(tag) == "rtl":
                    share = recovered(sources[tag], squeezed(undone(program, got)))
                    cell += f" -> {share:.2%}"
                row.append(cell)
            for name in readers.SEARCHES:
                each = found[name][tag]
                wanted = sum(one.wanted for one in each)
                hits = sum(min(one.hits, one.wanted) for one in each)
                broken = sum(one.broken for one in each)
                cell = f"{hits} of {wanted}"
                row.append(cell + (f", {broken} broken" if broken else ""))
                for one in each:
                    if one.missing:
                        print(f"{given.name} {edition} {tag} {name}: {one}", file=sys.stderr)
            yield row


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--built", type=Path)
    parser.add_argument("--single", action="store_true")
    parser.add_argument("--only", default="")
    parser.add_argument("--texts", type=Path, default=BARE.folder)
    asked = parser.parse_args()
    editions = tuple(each for each in EDITIONS if not (asked.single and each == "combined"))
    if asked.only:
        editions = tuple(asked.only.split(","))
    head = ["Input", "Edition", "Text", *readers.COPIES]
    head += [f"found by {name}" for name in readers.SEARCHES]
    print("| " + " | ".join(head) + " |\n" + "|---" * len(head) + "|")
    inputs = (SAMPLE, replace(BARE, folder=asked.texts))
    for given in (each for each in inputs if each.folder.is_dir()):
        with tempfile.TemporaryDirectory(prefix="pentapla-readers-") as made:
            folder = asked.built / given.name if asked.built else Path(made)
            if not asked.built:
                build([given.folder], folder, Options(formats=(FormatName.PDF,)))
            for row in rows(given, folder, editions):
                print("| " + " | ".join(row) + " |", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
