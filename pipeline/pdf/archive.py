"""What a PDF for keeping must not have in its pictures (PDF/A-2, ISO 19005-2): smoothing that is left to the
viewer (6.2.8), inks of which nobody says whose they are (6.2.4.3)."""

import io
from typing import Any

from PIL import Image

from pipeline.design.inks import press
from pipeline.settings.values import Printing


def prepare(pdf: Any, printing: Printing) -> None:
    """Make the pictures of ``pdf`` (a pydyf document) fit to be kept.

    A picture in four inks is told by the profile that it brings, else by the press of the book. Raises
    :class:`~pipeline.errors.MissingLibraryError` where there is neither.
    """
    import pydyf  # noqa: PLC0415

    for picture in [each for each in pdf.objects if _is_picture(each)]:
        picture.extra.pop("Interpolate", None)
        if picture.extra.get("ColorSpace") == "/DeviceCMYK":
            (data,) = picture.stream
            with Image.open(io.BytesIO(data.data)) as opened:
                content = opened.info.get("icc_profile") or press(printing).profile
            profile = pydyf.Stream([content], pydyf.Dictionary({"N": 4}), compress=True)
            pdf.add_object(profile)
            picture.extra["ColorSpace"] = pydyf.Array(["/ICCBased", profile.reference])


def _is_picture(value: Any) -> bool:
    return bool(hasattr(value, "stream") and value.extra.get("Subtype") == "/Image")
