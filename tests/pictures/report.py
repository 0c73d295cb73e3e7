"""What an eye needs to judge: approved, now and the difference beside each other, in one HTML file."""

import io
from base64 import b64encode
from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum
from html import escape
from pathlib import Path

from PIL import Image, ImageChops, ImageDraw, ImageOps

from tests.pictures.cases import HERE, Case
from tests.pictures.comparison import TILE, Spot, Verdict, compare
from tests.pictures.drawing import opened

APPROVED = HERE / "approved"
ARTIFACTS = HERE.parent / ".artifacts" / "pictures"
REPORT = ARTIFACTS / "report.html"

ZOOM = 2
"""How much larger a difference is shown than it is."""


class State(IntEnum):
    """How a case stands, worst first."""

    FAILS = 0
    DIFFERS = 1
    NEW = 2
    WRONG = 3
    ALIKE = 4


TITLES = {
    State.FAILS: "cannot be built",
    State.DIFFERS: "differs from what was approved",
    State.NEW: "not approved yet",
    State.WRONG: "known to be wrong: no picture is approved",
    State.ALIKE: "as approved",
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One case, looked at."""

    case: Case
    approved: bytes | None
    present: bytes | None
    verdict: Verdict | None = None
    error: str = ""

    @property
    def state(self) -> State:
        if self.case.wrong and self.approved is None:
            return State.WRONG
        if self.present is None:
            return State.FAILS
        if self.verdict is None:
            return State.NEW
        return State.ALIKE if self.verdict.alike else State.DIFFERS

    @property
    def passes(self) -> bool:
        return self.state in (State.ALIKE, State.WRONG)

    def __str__(self) -> str:
        detail = self.error or self.case.wrong or ""
        if self.state is State.DIFFERS:
            detail = str(self.verdict)
        return f"{self.case.name}: {TITLES[self.state]}" + (f" ({detail})" if detail else "")


def approved(name: str) -> bytes | None:
    """The approved picture of a case, if there is one."""
    file = APPROVED / f"{name}.png"
    return file.read_bytes() if file.is_file() else None


def found(case: Case, present: bytes | None, error: str = "") -> Finding:
    """Hold the present picture of a case against the approved one."""
    before = approved(case.name)
    verdict = compare(opened(before), opened(present)) if before and present else None
    return Finding(case, before, present, verdict, error)


def difference(before: Image.Image, after: Image.Image, spots: Iterable[Spot]) -> Image.Image:
    """Red: ink that is gone. Blue: ink that is new. Grey: ink that stayed. Frames: where it counts."""
    size = (max(before.width, after.width), max(before.height, after.height))
    sheets = [Image.new("L", size, 255) for _ in range(2)]
    for sheet, picture in zip(sheets, (before, after), strict=True):
        sheet.paste(picture.convert("L"), (0, 0))
    old, new = sheets
    both = ImageChops.lighter(old, new).point(lambda value: 255 - (255 - value) // 3)
    # In multiplication, what is missing from one channel is seen in the others' colour.
    gone = ImageChops.invert(ImageChops.subtract(new, old))
    come = ImageChops.invert(ImageChops.subtract(old, new))
    shown = Image.merge(
        "RGB",
        (
            ImageChops.multiply(both, come),
            ImageChops.multiply(ImageChops.multiply(both, come), gone),
            ImageChops.multiply(both, gone),
        ),
    )
    frames = ImageDraw.Draw(shown)
    for spot in spots:
        frames.rectangle(
            (spot.left - 2, spot.top - 2, spot.left + TILE + 1, spot.top + TILE + 1),
            outline=(230, 120, 0),
        )
    return shown


def write(findings: Iterable[Finding], path: Path = REPORT) -> Path:
    """Save the report on some cases, the worst first."""
    ordered = sorted(findings, key=lambda each: (each.state, each.case.name))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(page(ordered), encoding="utf-8")
    return path


def page(findings: Iterable[Finding]) -> str:
    findings = list(findings)
    counts = ", ".join(
        f"{count} {TITLES[state]}"
        for state in State
        if (count := sum(each.state is state for each in findings))
    )
    return PAGE.format(counts=escape(counts), cases="\n".join(map(_section, findings)))


def _section(finding: Finding) -> str:
    figures = [_figure("approved", finding.approved), _figure("now", finding.present)]
    if finding.state is State.DIFFERS and finding.approved and finding.present:
        assert finding.verdict is not None
        shown = difference(opened(finding.approved), opened(finding.present), finding.verdict.spots)
        figures.append(
            _figure("difference", _png(ImageOps.scale(shown, ZOOM, Image.Resampling.NEAREST)))
        )
    notes = [finding.case.about]
    if finding.state is State.DIFFERS:
        notes.append(str(finding.verdict))
    notes += [note for note in (finding.case.wrong, finding.error) if note]
    return SECTION.format(
        name=escape(finding.case.name),
        state=finding.state.name.lower(),
        title=escape(TITLES[finding.state]),
        notes="".join(f"<p>{escape(note)}</p>" for note in notes),
        figures="".join(figures),
        opened="" if finding.state is State.ALIKE else " open",
    )


def _figure(title: str, png: bytes | None) -> str:
    if png is None:
        return f"<figure><figcaption>{title}: none</figcaption></figure>"
    source = b64encode(png).decode()
    return (
        f'<figure><figcaption>{title}</figcaption><img alt="{title}" '
        f'src="data:image/png;base64,{source}"></figure>'
    )


def _png(picture: Image.Image) -> bytes:
    stream = io.BytesIO()
    picture.save(stream, "PNG", optimize=True)
    return stream.getvalue()


PAGE = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>Pictures</title>
<style>
body {{ font: 15px/1.5 system-ui, sans-serif; margin: 1.5rem; background: #8a8f98; color: #111; }}
h1 {{ font-size: 1.3rem; }}
details {{ background: #fff; border-left: .5rem solid #2e7d4f; margin-block: 1rem; padding: .6rem 1rem; }}
.fails, .differs {{ border-color: #c62828; }}
.new {{ border-color: #1565c0; }}
.wrong {{ border-color: #e08a00; }}
summary {{ cursor: pointer; font-weight: 600; }}
p {{ margin: .3rem 0; max-width: 70em; }}
.row {{ display: flex; flex-wrap: wrap; gap: 1rem; background: #c4c8cf; padding: 1rem; }}
figure {{ margin: 0; }}
figcaption {{ font-size: .85em; }}
img {{ display: block; max-width: 100%; }}
</style>
</head>
<body>
<h1>Pictures: {counts}</h1>
<p>In a difference red ink is gone and blue ink is new; frames show where it counts.</p>
{cases}
</body>
</html>
"""

SECTION = """<details class="{state}"{opened}>
<summary>{name}: {title}</summary>
{notes}
<div class="row">{figures}</div>
</details>"""
