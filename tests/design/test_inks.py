"""Which press, and how much of which ink."""

import io
from collections.abc import Mapping
from pathlib import Path

import pytest
from PIL import Image, ImageCms

from pipeline.design import inks
from pipeline.design.colour import Tint, tints
from pipeline.design.inks import Press, palette, press
from pipeline.errors import ConfigurationError, MissingLibraryError
from pipeline.settings.values import Inks, Printing

TINTS: Mapping[str, Tint] = dict(zip(("th", "ar", "de"), tints(3), strict=True))


@pytest.fixture
def machine() -> Press:
    return press(Printing())


def test_the_best_profile_of_this_machine_is_taken_where_none_is_named(machine: Press) -> None:
    first = next(each for each in inks.KNOWN if Path(each[0]).is_file())
    assert machine.profile == Path(first[0]).read_bytes()
    assert machine.condition == first[1]
    assert machine.name
    assert not machine.named
    assert machine.name in machine.warning


def test_the_profile_of_the_print_shop_is_taken_where_it_is_named(tmp_path: Path) -> None:
    file = tmp_path / "shop.icc"
    file.write_bytes(Path(inks.KNOWN[-1][0]).read_bytes())
    for condition, wanted in (("FOGRA51", "FOGRA51"), ("", "Custom")):
        found = press(Printing(intent="shop.icc", profile=file.read_bytes(), condition=condition))
        assert (found.named, found.condition) == (True, wanted)
        assert found.profile == file.read_bytes()


def srgb() -> bytes:
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


@pytest.mark.parametrize(
    ("content", "said"),
    [(b"this is text", "cannot be read"), (b"", "cannot be read"), (srgb(), "is for RGB")],
    ids=["text", "nothing", "a screen's"],
)
def test_what_is_no_profile_of_a_press_is_refused(content: bytes, said: str) -> None:
    with pytest.raises(ConfigurationError, match=said) as caught:
        press(Printing(intent="wrong.icc", profile=content))
    assert "wrong.icc" in caught.value.what
    assert "intent" in caught.value.cure


def test_a_machine_without_any_profile_is_told_how_to_get_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(inks, "KNOWN", (("/nowhere/at-all.icc", "X"),))
    with pytest.raises(MissingLibraryError) as caught:
        press(Printing())
    assert "intent" in caught.value.cure
    assert inks.PACKAGE in caught.value.cure


# --- colours ----------------------------------------------------------------------------------------


def test_inks_are_shares_in_whole_percents(machine: Press) -> None:
    for colour in ("#000000", "#ffffff", "#1f5c4a", "#ff0000"):
        found = machine.ink(colour, Inks.CMYK)
        assert len(found) == 4
        assert all(0 <= part <= 1 and round(part, 2) == part for part in found)
    assert machine.ink("#ffffff", Inks.CMYK) == (0, 0, 0, 0)
    cyan, magenta, yellow, _ = machine.ink("#ff0000", Inks.CMYK)
    assert cyan < 0.1
    assert min(magenta, yellow) > 0.8


def seen(machine: Press, parts: tuple[float, ...]) -> tuple[int, ...]:
    """What an eye sees of some inks on this press."""
    transform = ImageCms.buildTransform(
        ImageCms.ImageCmsProfile(io.BytesIO(machine.profile)),
        ImageCms.createProfile("sRGB"),
        "CMYK",
        "RGB",
        ImageCms.Intent.RELATIVE_COLORIMETRIC,
    )
    dot = Image.new("CMYK", (1, 1), tuple(round(255 * part) for part in parts))
    return tuple(ImageCms.applyTransform(dot, transform).tobytes())


@pytest.mark.parametrize("tag", TINTS)
def test_a_tint_looks_on_paper_as_on_a_screen(machine: Press, tag: str) -> None:
    wanted = TINTS[tag].ink
    parts = tuple(int(wanted[at : at + 2], 16) for at in (1, 3, 5))
    found = seen(machine, machine.ink(wanted, Inks.CMYK))
    assert max(abs(a - b) for a, b in zip(parts, found, strict=True)) <= 16


def test_in_grey_there_is_black_of_the_same_lightness(machine: Press) -> None:
    assert machine.ink("#000000", Inks.GREY) == (0, 0, 0, 1)
    assert machine.ink("#ffffff", Inks.GREY) == (0, 0, 0, 0)
    for tint in TINTS.values():
        *coloured, black = machine.ink(tint.ink, Inks.GREY)
        assert coloured == [0, 0, 0]
        assert 0.5 < black < 0.85


def test_a_palette_has_black_text_bare_paper_and_the_tints(machine: Press) -> None:
    found = palette(machine, Printing(), TINTS)
    assert found.ink == found.quiet == "device-cmyk(0 0 0 1)"
    assert found.paper == found.white == "device-cmyk(0 0 0 0)"
    for value in (found.line, found.field, found.accent):
        assert value.startswith("device-cmyk(0 0 0 0.")
    assert list(found.tints) == list(TINTS)
    inks_of = {each.ink for each in found.tints.values()}
    assert len(inks_of) == 3


def test_inks_that_are_given_win_in_colour_and_not_in_grey(machine: Press) -> None:
    given = (("ar", (80.0, 20.0, 60.0, 30.0)),)
    found = palette(machine, Printing(inks=given), TINTS)
    assert found.tints["ar"].ink == "device-cmyk(0.8 0.2 0.6 0.3)"
    assert found.tints["th"] == palette(machine, Printing(), TINTS).tints["th"]
    grey = palette(machine, Printing(inks=given, colour=Inks.GREY), TINTS)
    for tint in grey.tints.values():
        assert tint.ink.startswith("device-cmyk(0 0 0 ")
        assert tint.wash.startswith("device-cmyk(0 0 0 ")
