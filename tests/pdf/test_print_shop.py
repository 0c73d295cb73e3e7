"""What a print shop gets: boxes, marks, inks and nothing else; and pictures that are fit to be kept."""

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
from PIL import Image, ImageCms

from pipeline.design import inks
from pipeline.errors import MissingLibraryError
from pipeline.pdf.read.content import painted
from pipeline.settings.profiles import ProfileName
from tests.end_to_end.tools import run, tool
from tests.layout.structure import printed, written

MM = 72 / 25.4
WIDTH, HEIGHT = 148 * MM, 210 * MM


def picture(mode: str, form: str, colour: Any) -> bytes:
    out = io.BytesIO()
    Image.new(mode, (40, 20), colour).save(out, form)
    return out.getvalue()


SVG = """\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 50" width="100" height="50">
<defs><linearGradient id="g"><stop offset="0" stop-color="#f00"/>
<stop offset="1" stop-color="blue" stop-opacity="0.5"/></linearGradient></defs>
<rect width="50" height="50" fill="#c03020"/><circle cx="70" cy="25" r="20" fill="url(#g)" opacity="0.5"/>
<path d="M0 0L100 50" stroke="black"/></svg>
"""
TEXT = """\
# Titel

Ein Absatz mit [Verweis](https://example.org/) und `code`, **stark** und *betont*.

## Tafel

| a | b |
|---|---|
| 1 | 2 |

> Zitat

```
code
```

Eine Note[^1].

[^1]: Hier.
"""
PICTURES: dict[str, str | bytes] = {
    "a.png": picture("RGB", "PNG", (200, 30, 30)),
    "b.jpg": picture("RGB", "JPEG", (20, 30, 200)),
    "c.svg": SVG,
    "d.png": picture("RGBA", "PNG", (20, 200, 30, 100)),
    "e.png": picture("L", "PNG", 90),
    "f.jpg": picture("CMYK", "JPEG", (10, 200, 100, 0)),
}
WITH_PICTURES = TEXT + "".join(f"\n![Bild]({name})\n" for name in PICTURES)
ARABIC = "# العنوان\n\nنص قصير جدًّا.\n"


def print_pdf(folder: Path, toml: str = "", text: str = TEXT, **files: str | bytes) -> pikepdf.Pdf:
    given = {"a.de.md": text, "book.toml": toml, **files}
    return pikepdf.open(io.BytesIO(written(folder, given, ProfileName.PRINT, "de")))


# --- boxes and marks --------------------------------------------------------------------------------


def numbers(box: Any) -> list[float]:
    return [float(each) for each in box]


def grown(by: float) -> list[float]:
    return [-by, -by, WIDTH + by, HEIGHT + by]


@pytest.mark.parametrize("marks", [False, True])
@pytest.mark.parametrize("bleed", [0, 3, 5])
def test_the_boxes_of_a_page(tmp_path: Path, bleed: int, marks: bool) -> None:
    toml = f'[print]\nbleed = "{bleed}mm"\nmarks = {str(marks).lower()}\n'
    with print_pdf(tmp_path, toml) as pdf:
        for page in pdf.pages:
            slug = 7 * MM if marks else 0
            assert numbers(page.obj.TrimBox) == pytest.approx(grown(0), abs=0.01)
            assert numbers(page.obj.BleedBox) == pytest.approx(grown(bleed * MM), abs=0.01)
            assert numbers(page.obj.MediaBox) == pytest.approx(grown(bleed * MM + slug), abs=0.01)
            assert "/ArtBox" not in page.obj
            assert "/CropBox" not in page.obj


def lines(page: pikepdf.Page) -> list[tuple[tuple[float, float], tuple[float, float]]]:
    """The lines that are drawn in all inks."""
    found, at, inside = [], (0.0, 0.0), False
    for instruction in pikepdf.parse_content_stream(page):
        operator, operands = str(instruction.operator), instruction.operands
        if operator == "CS":
            inside = str(operands[0]) == "/all"
        elif operator == "SCN" and inside:
            assert [float(each) for each in operands] == [1.0]
        elif operator == "m":
            at = (float(operands[0]), float(operands[1]))
        elif operator == "l" and inside:
            found.append((at, (float(operands[0]), float(operands[1]))))
        elif operator == "Q":
            inside = False
    return found


@pytest.mark.parametrize("bleed", [0, 3])
def test_crop_marks_stand_outside_of_the_bleed_in_all_inks(tmp_path: Path, bleed: int) -> None:
    with print_pdf(tmp_path, f"[print]\nbleed = {bleed}\nmarks = true\n") as pdf:
        for page in pdf.pages:
            found = lines(page)
            assert len(found) == 8
            left, bottom, right, top = grown(bleed * MM)
            media = numbers(page.obj.MediaBox)
            for start, end in found:
                assert start[0] == end[0] or start[1] == end[1]
                # Each points at an edge of the trimmed page.
                along = 0 if start[0] == end[0] else 1
                assert any(start[along] == pytest.approx(edge, abs=0.01)
                           for edge in (grown(0)[along], grown(0)[along + 2]))  # fmt: skip
                for x, y in (start, end):
                    assert not (left + 0.01 < x < right - 0.01 and bottom + 0.01 < y < top - 0.01)
                    assert media[0] < x < media[2]
                    assert media[1] < y < media[3]
            space = page.obj.Resources.ColorSpace.all
            assert [str(each) for each in list(space)[:3]] == ["/Separation", "/All", "/DeviceCMYK"]


def test_without_marks_there_are_none(tmp_path: Path) -> None:
    with print_pdf(tmp_path) as pdf:
        assert all(lines(page) == [] for page in pdf.pages)


@pytest.mark.parametrize(("tag", "edge"), [("de", "left"), ("ar", "right")])
def test_the_field_of_a_cover_runs_over_the_edges_of_its_binding(
    tmp_path: Path, tag: str, edge: str
) -> None:
    files: dict[str, str | bytes] = {f"a.{tag}.md": TEXT if tag == "de" else ARABIC}
    content = written(tmp_path, files, ProfileName.PRINT, tag)
    with pypdfium2.PdfDocument(content) as document:
        shown = document[0].render(scale=1).to_pil().convert("RGB")
    middle = shown.height // 4
    bound, free = (1, shown.width - 2) if edge == "left" else (shown.width - 2, 1)
    assert sum(shown.getpixel((bound, middle))) < 500
    assert sum(shown.getpixel((bound, 1))) < 500, "over the head as well"
    assert sum(shown.getpixel((free, middle))) > 740


# --- inks -------------------------------------------------------------------------------------------


def operations(pdf: pikepdf.Pdf) -> Iterator[tuple[str, list[Any], Any]]:
    """All that is drawn, in pages, forms and patterns, with the resources there."""
    for page in pdf.pages:
        for instruction in pikepdf.parse_content_stream(page):
            yield str(instruction.operator), list(instruction.operands), page.obj.Resources
    for each in pdf.objects:
        inner = isinstance(each, pikepdf.Stream) and (
            each.get("/Subtype") == "/Form" or "/PatternType" in each
        )
        if inner:
            for instruction in pikepdf.parse_content_stream(each):
                yield str(instruction.operator), list(instruction.operands), each.Resources


def spaces(pdf: pikepdf.Pdf) -> Iterator[tuple[str, Any]]:
    """The colour spaces of all pictures, gradients and groups, each with its kind."""
    seen = set()

    def below(value: Any, depth: int = 0) -> Iterator[tuple[str, Any]]:
        if not isinstance(value, pikepdf.Object) or depth > 40:
            return
        if value.is_indirect:
            if value.objgen in seen:
                return
            seen.add(value.objgen)
        if isinstance(value, pikepdf.Array):
            for each in value:
                yield from below(each, depth + 1)
        elif isinstance(value, (pikepdf.Dictionary, pikepdf.Stream)):
            if value.get("/S") == "/Transparency" and "/CS" in value:
                yield "group", value.CS
            if "/ShadingType" in value:
                yield "shading", value.ColorSpace
            if value.get("/Subtype") == "/Image":
                yield "picture", value.ColorSpace
            for _, each in value.items():
                yield from below(each, depth + 1)

    yield from below(pdf.Root)


def test_no_colour_of_screens_is_left_as_it_is(tmp_path: Path) -> None:
    with print_pdf(tmp_path, "[print]\nmarks = true\n", WITH_PICTURES, **PICTURES) as pdf:
        used = set()
        for operator, operands, resources in operations(pdf):
            assert operator not in ("rg", "RG"), operands
            if operator in ("cs", "CS") and str(operands[0]) not in ("/DeviceCMYK", "/Pattern"):
                used.add(str(operands[0]))
                space = resources.ColorSpace[operands[0]]
                assert str(space[0]) in ("/ICCBased", "/Separation")
                if str(space[0]) == "/ICCBased":
                    assert int(space[1].N) == 3
                    assert (
                        ImageCms.ImageCmsProfile(
                            io.BytesIO(space[1].read_bytes())
                        ).profile.xcolor_space
                        == "RGB "
                    )
        assert used == {"/srgb", "/all"}
        found: dict[str, set[str]] = {}
        for kind, space in spaces(pdf):
            name = str(space) if isinstance(space, pikepdf.Name) else str(space[0])
            found.setdefault(kind, set()).add(name)
        assert found["picture"] == {"/ICCBased", "/DeviceGray", "/DeviceCMYK"}
        assert found["shading"] == {"/ICCBased", "/DeviceGray"}
        assert found["group"] <= {"/ICCBased", "/DeviceGray"}
        assert b"/DeviceRGB" not in b"".join(each.unparse() for each in pdf.objects)


def test_a_picture_looks_on_press_paper_as_on_a_screen(tmp_path: Path) -> None:
    """What tells the colours does not change them."""
    seen = []
    for profile in (ProfileName.SCREEN, ProfileName.PRINT):
        files = {
            "a.de.md": "# T\n\n![Bild](a.png)\n\n![Bild](c.svg)\n",
            "book.toml": "[print]\nbleed = 0\n",
            **PICTURES,
        }
        content = written(tmp_path / profile, files, profile, "de")
        with pypdfium2.PdfDocument(content) as document:
            shown = document[2].render(scale=1).to_pil().convert("RGB")
        colours = shown.getcolors(1 << 24) or []
        seen.append({colour for count, colour in colours if count > 200 and sum(colour) < 600})
    for colour in ((200, 30, 30), (192, 48, 32)):
        for colours in seen:
            assert any(
                max(abs(a - b) for a, b in zip(colour, other, strict=True)) <= 2
                for other in colours
            )


def text_inks(pdf: pikepdf.Pdf) -> set[tuple[float, ...]]:
    found = painted(pdf)
    assert {each.space for each in found.texts} == {"/DeviceCMYK"}
    return {each.colour for each in found.texts}


def test_text_is_black_ink_alone_and_accents_are_the_inks_that_were_asked_for(
    tmp_path: Path,
) -> None:
    with print_pdf(tmp_path, "[print.inks]\nde = [80, 20, 60, 30]\n") as pdf:
        assert text_inks(pdf) == {(0, 0, 0, 0), (0, 0, 0, 1), (0.8, 0.2, 0.6, 0.3)}
        body = [each for each in painted(pdf).texts if "Absatz" in each.text]
        assert [each.colour for each in body] == [(0, 0, 0, 1)]
        (cover,) = (each for each in painted(pdf).texts if each.page == 0 and each.text == "Titel")
        assert cover.colour == (0, 0, 0, 0), "bare paper in the field"


def test_in_grey_there_is_black_ink_alone(tmp_path: Path) -> None:
    toml = '[print]\ncolour = "grey"\nmarks = true\n[print.inks]\nde = [80, 20, 60, 30]\n'
    with print_pdf(tmp_path, toml) as pdf:
        for operator, operands, _ in operations(pdf):
            if operator in ("sc", "SC", "scn", "SCN", "k", "K") and len(operands) == 4:
                assert [float(each) for each in operands[:3]] == [0, 0, 0]
        assert len(text_inks(pdf)) == 3


def test_in_grey_pictures_are_grey(tmp_path: Path) -> None:
    toml = '[print]\ncolour = "grey"\n'
    with print_pdf(tmp_path, toml, WITH_PICTURES, **PICTURES) as pdf:
        drawn = {str(space) for kind, space in spaces(pdf) if kind == "picture"}
        assert drawn == {"/DeviceGray"}
        for operator, operands, _ in operations(pdf):
            assert operator not in ("rg", "RG", "cs", "CS") or str(operands[0]) in (
                "/DeviceCMYK",
                "/Pattern",
            )
        red = next(each for each in operations(pdf) if each[0] == "g")
        assert 0 < float(red[1][0]) < 1


# --- the output intent ------------------------------------------------------------------------------


def test_the_press_is_named_and_its_profile_is_in_the_file(tmp_path: Path) -> None:
    own = Path(inks.KNOWN[-1][0]).read_bytes()
    toml = '[print]\nintent = "shop.icc"\ncondition = "FOGRA51"\n'
    with print_pdf(tmp_path, toml, **{"shop.icc": own}) as pdf:
        (intent,) = pdf.Root.OutputIntents
        assert str(intent.S) == "/GTS_PDFX"
        assert str(intent.OutputConditionIdentifier) == "FOGRA51"
        assert str(intent.RegistryName) == "http://www.color.org"
        assert int(intent.DestOutputProfile.N) == 4
        assert intent.DestOutputProfile.read_bytes() == own
        assert str(intent.Info)


def test_a_press_that_nobody_named_is_told_of(tmp_path: Path) -> None:
    made = printed(tmp_path, {"a.de.md": TEXT}, ProfileName.PRINT, "de")
    (warning,) = made.warnings
    assert "[print] intent" in str(warning)
    named = {"a.de.md": TEXT, "shop.icc": Path(inks.KNOWN[-1][0]).read_bytes()}
    made = printed(
        tmp_path / "b",
        {**named, "book.toml": '[print]\nintent = "shop.icc"\n'},
        ProfileName.PRINT,
        "de",
    )
    assert made.warnings == ()


def test_a_book_for_print_has_nothing_that_acts_or_is_tagged(tmp_path: Path) -> None:
    with print_pdf(tmp_path) as pdf:
        assert all("/Annots" not in page.obj for page in pdf.pages)
        for key in ("/StructTreeRoot", "/MarkInfo", "/OpenAction", "/AA", "/AcroForm"):
            assert key not in pdf.Root
        assert pdf.pdf_version == "1.6"
        assert "/ID" in pdf.trailer


def test_a_screen_pdf_has_no_output_intent_and_an_archive_has_srgb(tmp_path: Path) -> None:
    for profile in (ProfileName.SCREEN, ProfileName.ARCHIVE):
        with pikepdf.open(
            io.BytesIO(written(tmp_path / profile, {"a.de.md": TEXT}, profile, "de"))
        ) as pdf:
            assert pdf.pdf_version == "1.7"
            if profile is ProfileName.SCREEN:
                assert "/OutputIntents" not in pdf.Root
                continue
            (intent,) = pdf.Root.OutputIntents
            assert str(intent.S) == "/GTS_PDFA1"
            assert int(intent.DestOutputProfile.N) == 3


# --- pictures for keeping ---------------------------------------------------------------------------


def archived(folder: Path, **files: str | bytes) -> pikepdf.Pdf:
    given = {"a.de.md": WITH_PICTURES, **PICTURES, **files}
    return pikepdf.open(io.BytesIO(written(folder, given, ProfileName.ARCHIVE, "de")))


def test_pictures_for_keeping_are_not_smoothed_and_say_whose_inks_they_are(tmp_path: Path) -> None:
    with archived(tmp_path) as pdf:
        pictures = [each for each in pdf.objects
                    if isinstance(each, pikepdf.Stream) and each.get("/Subtype") == "/Image"]  # fmt: skip
        assert len(pictures) == 6  # one of them how much another is seen through
        assert not any("/Interpolate" in each for each in pictures)
        four = [each.ColorSpace for each in pictures
                if isinstance(each.ColorSpace, pikepdf.Array) and int(each.ColorSpace[1].N) == 4]  # fmt: skip
        assert len(four) == 1


def test_a_picture_in_inks_keeps_the_profile_that_it_brings(tmp_path: Path) -> None:
    profile = Path(inks.KNOWN[-1][0]).read_bytes()
    out = io.BytesIO()
    Image.new("CMYK", (40, 20), (1, 2, 3, 4)).save(out, "JPEG", icc_profile=profile)
    with archived(tmp_path, **{"f.jpg": out.getvalue()}) as pdf:
        (found,) = (
            each for each in pdf.objects if isinstance(each, pikepdf.Stream) and each.get("/N") == 4
        )
        assert found.read_bytes() == profile


def test_without_any_profile_inks_cannot_be_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inks, "KNOWN", ())
    with pytest.raises(MissingLibraryError):
        archived(tmp_path)


# --- streams ----------------------------------------------------------------------------------------


def test_the_end_of_every_stream_is_told_from_its_data(tmp_path: Path) -> None:
    content = written(tmp_path, {"a.de.md": TEXT}, ProfileName.ARCHIVE, "de")
    assert content.count(b"endstream") == content.count(b"\r\nendstream") > 10
    file = tmp_path / "a.pdf"
    file.write_bytes(content)
    said = run([tool("qpdf"), "--check", file])
    assert (said.code, said.err) == (0, ""), said
