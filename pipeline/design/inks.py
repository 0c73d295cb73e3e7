"""Colours on a press: which press, and how much of which ink.

A PDF for print says for which press it was made, by the ICC profile of one (the output intent, ISO 15930-7
6.2.2). The print shop knows which; where the book does not name its profile, one of those that free packages
bring is taken, and the user is told. Text is black ink alone: four inks never lie exactly on each other.
"""

import io
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from PIL import Image, ImageCms

from pipeline.design.colour import Palette, Tint
from pipeline.errors import ConfigurationError, MissingLibraryError
from pipeline.settings.values import Inks, Printing

KNOWN: tuple[tuple[str, str], ...] = (
    ("/usr/share/texlive/texmf-dist/tex/generic/colorprofiles/FOGRA39L_coated.icc", "FOGRA39"),
    ("/usr/share/scribus/profiles/ISOcoated_v2_300_bas.icc", "FOGRA39"),
    ("/usr/share/color/icc/ghostscript/default_cmyk.icc", "Custom"),
)
"""Profiles that free packages bring, the best first, each with the name under which the ICC's registry knows
the printing condition ("Custom" where it does not)."""

PACKAGE = "libgs-common"


@dataclass(frozen=True, slots=True)
class Press:
    """A press, as its profile describes it."""

    profile: bytes = field(repr=False)
    name: str
    """What the profile calls itself."""
    condition: str
    """The printing condition, by the ICC's registry; "Custom" where that does not know it."""
    named: bool
    """Whether the book names it."""

    @property
    def warning(self) -> str:
        """What to know of a press that the book does not name."""
        return (
            f"the PDFs for print are made for “{self.name}”, for want of a better one: ask the print "
            "shop for its ICC profile and name it in book.toml ([print] intent)"
        )

    def ink(self, colour: str, inks: Inks) -> tuple[float, float, float, float]:
        """The inks, each 0 to 1, for ``#rrggbb``: relative colorimetric, rounded to whole percents; in grey
        the black of the same lightness."""
        return _ink(self.profile, colour, inks)


def press(printing: Printing) -> Press:
    """The press that a book is printed on.

    Raises :class:`ConfigurationError` where the profile that the book names is none for four inks,
    :class:`MissingLibraryError` where it names none and there is none.
    """
    if printing.intent:
        return _press(printing.profile, printing.intent, printing.condition or "Custom", named=True)
    for path, condition in KNOWN:
        if Path(path).is_file():
            return _press(Path(path).read_bytes(), path, condition, named=False)
    raise MissingLibraryError(
        "a PDF for print needs the colour profile of a press, and there is none here",
        cure="ask the print shop for its ICC profile and name it in book.toml: [print] intent = "
        f'"FILE.icc"; or, for a first proof: apt-get install {PACKAGE}',
    )


@cache
def _press(content: bytes, path: str, condition: str, *, named: bool) -> Press:
    try:
        profile = ImageCms.ImageCmsProfile(io.BytesIO(content)).profile
    except (OSError, ImageCms.PyCMSError) as error:
        raise ConfigurationError(
            f"the colour profile {path} cannot be read",
            cure='name the ICC profile of a press: [print] intent = "FILE.icc"',
        ) from error
    if profile.xcolor_space.strip() != "CMYK" or profile.device_class.strip() != "prtr":
        raise ConfigurationError(
            f"the colour profile {path} is for {profile.xcolor_space.strip()}, not for four inks",
            cure='name the ICC profile of a press: [print] intent = "FILE.icc"',
        )
    name = str(profile.profile_description or Path(path).stem).strip()
    return Press(content, name, condition, named)


def palette(machine: Press, printing: Printing, tints: Mapping[str, Tint]) -> Palette:
    """The colours of a printed page, as style sheets write them: text black only, paper bare."""
    given = dict(printing.inks)

    def tinted(tag: str, tint: Tint) -> Tint:
        own = tuple(part / 100 for part in given[tag]) if tag in given else None
        ink = (
            own if own and printing.colour is Inks.CMYK else machine.ink(tint.ink, printing.colour)
        )
        wash = machine.ink(tint.wash, printing.colour)
        return Tint(_css(ink), _css(ink), _css(wash))

    return Palette(
        paper=_css((0, 0, 0, 0)),
        white=_css((0, 0, 0, 0)),
        ink=_css((0, 0, 0, 1)),
        quiet=_css((0, 0, 0, 1)),
        line=_css((0, 0, 0, 0.25)),
        field=_css((0, 0, 0, 0.06)),
        accent=_css((0, 0, 0, 0.7)),
        tints={tag: tinted(tag, tint) for tag, tint in tints.items()},
    )


def screen_palette(tints: Mapping[str, Tint], colours: Mapping[str, str]) -> Palette:
    """The colours of a page that is read on a screen: those of a design, and the tints of the languages."""
    return Palette(**colours, tints=tints)


def _css(inks: tuple[float, ...]) -> str:
    """CSS Color 5, section 9."""
    return f"device-cmyk({' '.join(f'{each:g}' for each in inks)})"


@cache
def _ink(profile: bytes, colour: str, inks: Inks) -> tuple[float, float, float, float]:
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    dot = Image.new("RGB", (1, 1), (red, green, blue))
    if inks is Inks.GREY:
        return (0.0, 0.0, 0.0, round(1 - dot.convert("L").tobytes()[0] / 255, 2))
    transform = ImageCms.ImageCmsTransform(
        ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")),
        ImageCms.ImageCmsProfile(io.BytesIO(profile)),
        "RGB",
        "CMYK",
        ImageCms.Intent.RELATIVE_COLORIMETRIC,
    )
    cyan, magenta, yellow, black = (round(part / 255, 2) for part in transform.apply(dot).tobytes())
    return (cyan, magenta, yellow, black)
