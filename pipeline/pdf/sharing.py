"""What is drawn on many pages stands in a PDF once.

WeasyPrint draws a picture of a drawing (SVG) anew wherever it stands, as a form of its own (ISO 32000-1 8.10):
the names on the thumb index are on every page. Forms that are the same byte for byte are made one.
"""

from collections.abc import Iterator
from typing import Any


def share(pdf: Any) -> None:
    """Make the forms of ``pdf`` (a pydyf document) that are the same one form."""
    import pydyf  # noqa: PLC0415

    # A form that holds another can only be known to be like its fellow when these have become one.
    while True:
        firsts: dict[bytes, Any] = {}
        same: dict[Any, Any] = {}
        for each in [each for each in pdf.objects if _is_form(each)]:
            first = firsts.setdefault(_content(pdf, each), each.reference)
            if first != each.reference:
                same[each.reference] = first
                # Emptied, not freed: pydyf miscounts the objects after a free one.
                each.stream = []
                each.extra = pydyf.Dictionary()
        if not same:
            return
        for names in _resources(pdf):
            for key, reference in names.items():
                names[key] = same.get(reference, reference)


def _is_form(each: Any) -> bool:
    return bool(hasattr(each, "stream") and each.extra.get("Subtype") == "/Form")


def _content(pdf: Any, form: Any) -> bytes:
    """All that a form is, with its resources, and without its number."""
    import pydyf  # noqa: PLC0415

    extra = pydyf.Dictionary(form.extra)
    resources = extra.pop("Resources", b"")
    if isinstance(resources, bytes) and resources:
        resources = pdf.objects[int(resources.split()[0])].data
    content: bytes = pydyf.Stream(form.stream, extra).data
    return content + bytes(getattr(resources, "data", resources))


def _resources(pdf: Any) -> Iterator[Any]:
    """Every dictionary that names forms."""
    for each in pdf.objects:
        extra = getattr(each, "extra", each)
        if isinstance(extra, dict):
            for holder in (extra, extra.get("Resources")):
                if isinstance(holder, dict) and isinstance(holder.get("XObject"), dict):
                    yield holder["XObject"]
