"""WeasyPrint 70.0, made quicker: a style sheet that it has just read is not read again.

Of a short document, reading its style sheet takes more time than anything else; and the pages of an edition,
what is laid out again because something did not fit, and its cover have the same. What WeasyPrint makes of a
sheet, it only looks at from then on, as it does with its own, which all documents share: the last few of a book
are kept with its faces (:class:`Kept`), each with what it puts into a document besides (rules of pages, counter
styles, faces).

A wrong value is warned of when it is first met, and never again. So what is kept is forgotten where there was a
warning: the next document hears it too.
"""

from collections import OrderedDict
from dataclasses import dataclass, field
from typing import Any

KEPT = 4
"""How many sheets are kept: one of a book in forty languages takes tens of megabytes."""


@dataclass(slots=True)
class _Faces:
    """Takes the place of the document's configuration of fonts, and notes which faces a sheet declares."""

    configuration: Any
    declared: list[Any] = field(default_factory=list)

    def add_font_face(self, descriptors: Any, fetcher: Any) -> Any:
        self.declared.append(descriptors)
        return self.configuration.add_font_face(descriptors, fetcher)


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A sheet, and what it puts into a document."""

    made: Any
    page_rules: list[Any]
    counters: dict[str, Any]
    faces: list[Any]


class Kept(OrderedDict[tuple[Any, ...], _Sheet]):
    """The last style sheets of a book, by what they say."""

    def keep(self, key: tuple[Any, ...], sheet: _Sheet) -> None:
        """Keep one more, and let go of the one that was not asked for the longest."""
        self[key] = sheet
        while len(self) > KEPT:
            self.popitem(last=False)


def read(original: Any, sheet: Any, *arguments: Any, **given: Any) -> None:
    """Make ``sheet`` the style sheet that is ``given``, as WeasyPrint does (``original``)."""
    rules, counters, layers = (given.get(key) for key in ("page_rules", "counter_style", "layers"))
    kept: Kept | None = getattr(given.get("font_config"), "kept", None)
    if (
        kept is None
        or rules is None
        or counters is None
        or layers is None
        or not given.get("string")
    ):
        original(sheet, *arguments, **given)
        return
    key = (given["string"], given.get("base_url"), given.get("media_type"))
    if known := kept.get(key):
        kept.move_to_end(key)
        rules.extend(known.page_rules)
        counters.update(known.counters)
        for face in known.faces:
            given["font_config"].add_font_face(face, given["url_fetcher"])
        sheet.base_url, sheet.matcher = known.made.base_url, known.made.matcher
        sheet.page_rules, sheet.layers = rules, layers
        return
    start, before = len(rules), dict(counters)
    faces = _Faces(given["font_config"])
    original(sheet, *arguments, **{**given, "font_config": faces})
    # Colour profiles and layers are part of a document, and Pentapla's own sheets have none.
    if not given["color_profiles"] and not layers:
        added = {name: each for name, each in counters.items() if before.get(name) is not each}
        kept.keep(key, _Sheet(sheet, rules[start:], added, faces.declared))
