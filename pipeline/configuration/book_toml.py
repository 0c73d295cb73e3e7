"""What ``book.toml`` asks for.

Parsed here, once; behind this door there are no strings that may be wrong.
"""

import re
from dataclasses import dataclass, replace
from difflib import get_close_matches
from pathlib import Path

from pipeline.calendar import normal_date
from pipeline.configuration.identity import Identity
from pipeline.configuration.options import Configuration
from pipeline.configuration.values import FILE
from pipeline.design import themes
from pipeline.design.inks import press
from pipeline.errors import ConfigurationError, Origin
from pipeline.languages import Direction, language
from pipeline.limits import TABLE, Limits, parsed
from pipeline.machine import toml
from pipeline.machine.files import Access, UnreadableError, exists, text_of
from pipeline.settings.profiles import ProfileName, SchemeName
from pipeline.settings.values import (
    Calendar,
    Conventions,
    DateForm,
    Digits,
    EbookSettings,
    EditionKind,
    EmbeddedFonts,
    FormatName,
    Inks,
    Override,
    Printing,
    Settings,
    Theme,
    TypographySettings,
    WordBreaks,
)

WIDEST_BLEED = 10.0
"""In mm: more is a mistake of units."""
COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
ADDRESS = re.compile(r"https?://[^\s<>\"]+")
LENGTH = re.compile(r"(?P<number>\d+(\.\d+)?)\s*(?P<unit>mm|cm|in|pt)")
IN_MM = {"mm": 1.0, "cm": 10.0, "in": 25.4, "pt": 25.4 / 72}
IN_PT = {"pt": 1.0, "mm": 72 / 25.4}
PAGES = {"a4": (210.0, 297.0), "a5": (148.0, 210.0), "a6": (105.0, 148.0), "b5": (176.0, 250.0),
         "letter": (215.9, 279.4), "digest": (139.7, 215.9)}  # fmt: skip
SMALLEST, LARGEST = 70.0, 600.0
"""The narrowest and the longest side of a page, in mm, in which a page can still be composed."""


def read_configuration(folder: Path, path: str, access: Access | None = None) -> Configuration:
    """What is asked for in a folder's ``book.toml``; the defaults where there is none. ``access`` says which
    files may be read; by default, those in the folder.

    Raises :class:`ConfigurationError` with the file and line.
    """
    access = access or Access((folder,))
    shown = f"{path.rstrip('/')}/{FILE}" if path not in ("", ".") else FILE
    if not exists(folder / FILE):
        return replace(_Door({}, "", shown, folder, access).configuration(), origin=None)
    try:
        content = text_of(access.read(folder, FILE, "the file", "text_bytes"))
        data = toml.parse(content, shown)
    except UnreadableError as error:
        raise ConfigurationError(error.what, at=Origin(shown), cure=error.cure) from error
    except UnicodeDecodeError as error:
        raise ConfigurationError(
            "the file is not UTF-8", at=Origin(shown), cure="save it as UTF-8"
        ) from error
    return _Door(data, content, shown, folder, access).configuration()


@dataclass(frozen=True, slots=True)
class _Door(Identity):
    """Takes raw values, one key at a time, and lets none through that is not understood."""

    folder: Path
    access: Access

    def configuration(self) -> Configuration:
        known = {
            "name", "title", "author", "authors", "publisher", "identifier", "rights", "date", "modified",
            "identifiers",
            "languages", "pivot", "direction", "formats", "editions", "theme", "outline", "files",
            "words", "typography", "dates", "calendar", "digits", "thai_breaks", "names",
            "accessibility", "fonts", "page_list", "profiles", "impose", "print", "limits",
        }  # fmt: skip
        self._only(self.data, known, "")
        authors, sort_names = self._authors()
        name = self._text("name")
        if name is not None and not re.fullmatch(r"[a-z0-9][a-z0-9._-]*", name):
            raise self._bad("name", f"“{name}” cannot be the name of files",
                            "use small letters a to z, digits and hyphens")  # fmt: skip
        return Configuration(
            origin=Origin(self.path),
            name=name,
            title=self._text("title"),
            authors=authors,
            sort_names=sort_names,
            publisher=self._text("publisher") or "",
            identifier=self._identifier(),
            identifiers=self._identifiers(),
            rights=self._text("rights") or "",
            date=self._date("date"),
            modified=self._date("modified"),
            languages=tuple(
                self._tag(tag, "languages")
                for tag in self._texts("languages", self.data.get("languages", []))
            ),
            pivot=self._tag(self.data["pivot"], "pivot") if "pivot" in self.data else None,
            formats=self._choices("formats", FormatName),
            editions=self._choices("editions", EditionKind),
            profiles=self._choices("profiles", ProfileName, (ProfileName.SCREEN,)),
            schemes=self._choices("impose", SchemeName, ()),
            outline=self._mapping("outline", int),
            outline_lines={key: self.line(key, "outline") for key in self._mapping("outline", int)},
            files={
                key: self._tag(tag, "files") for key, tag in self._mapping("files", str).items()
            },
            words=self._words(),
            settings=Settings(
                theme=self._theme(),
                typography=self._typography(),
                ebook=self._ebook(),
                printing=self._printing(),
                progression=self._choice("direction", Direction),
                limits=self._limits(),
            ),
        )

    def _typography(self) -> TypographySettings:
        names = self.data.get("names", {})
        if not isinstance(names, dict):
            raise self._bad("names", "[names] is a table of lists", 'write [names] th = ["…"]')
        found = TypographySettings(
            names=tuple((self._tag(tag, "names"), self._texts(tag, names[tag])) for tag in names)
        )
        for key, field_name, kind in (
            ("typography", "conventions", Conventions),
            ("dates", "dates", DateForm),
            ("calendar", "calendar", Calendar),
            ("digits", "digits", Digits),
            ("thai_breaks", "word_breaks", WordBreaks),
        ):
            if key in self.data:
                found = replace(found, **{field_name: self._choice(key, kind)})
        return found

    def _ebook(self) -> EbookSettings:
        claims = self.data.get("accessibility", {})
        self._only(claims, {"certifier", "report"}, "accessibility.")
        for key, value in claims.items():
            if not isinstance(value, str):
                raise self._bad(key, f"“{key}” is a text", f'write {key} = "…", in quotes',
                                "accessibility")  # fmt: skip
        found = EbookSettings(
            certifier=claims.get("certifier", "").strip(), report=claims.get("report", "").strip()
        )
        if found.report and not ADDRESS.fullmatch(found.report):
            raise self._bad("report", f"“{found.report}” is not the address of a page",
                            'write report = "https://…"', "accessibility")  # fmt: skip
        if found.report and not found.certifier:
            raise self._bad("report", "a report has a certifier, and none is named",
                            'add certifier = "…" under [accessibility]', "accessibility")  # fmt: skip
        if "fonts" in self.data:
            found = replace(found, fonts=self._choice("fonts", EmbeddedFonts))
        pages = self.data.get("page_list", False)
        if not isinstance(pages, bool):
            raise self._bad("page_list", "“page_list” is true or false", "write page_list = true")
        return replace(found, page_list=pages)

    def _printing(self) -> Printing:
        row = self.data.get("print", {})
        self._only(row, {"bleed", "marks", "colour", "intent", "condition", "inks"}, "print.")
        found = Printing()
        if "bleed" in row:
            found = replace(found, bleed=self._bleed(row["bleed"]))
        marks = row.get("marks", False)
        if not isinstance(marks, bool):
            raise self._bad("marks", "“marks” is true or false", "write marks = true", "print")
        if "colour" in row:
            found = replace(found, colour=self._one("colour", row["colour"], Inks))
        for key in ("intent", "condition"):
            if not isinstance(row.get(key, ""), str):
                raise self._bad(key, f"“{key}” is a text", f'write {key} = "…"', "print")
        intent = row.get("intent", "")
        profile = self._profile(intent) if intent else b""
        inks = row.get("inks", {})
        self._only(inks, set(inks) if isinstance(inks, dict) else set(), "print.inks.")
        return replace(
            found,
            marks=marks,
            intent=intent,
            profile=profile,
            condition=row.get("condition", ""),
            inks=tuple((self._tag(tag, tag), self._four(tag, inks[tag])) for tag in inks),
        )

    def _profile(self, intent: str) -> bytes:
        """The colour profile of the press."""
        try:
            content = self.access.read(self.folder, intent, f"“{intent}”", "picture_bytes")
        except UnreadableError as error:
            raise self._bad("intent", error.what, error.cure, "print") from error
        try:
            press(Printing(intent=intent, profile=content))
        except ConfigurationError as error:
            raise self._bad("intent", error.what, error.cure, "print") from error
        return content

    def _bleed(self, value: object) -> float:
        if isinstance(value, int | float) and not isinstance(value, bool):
            length = float(value)
        else:
            found = LENGTH.fullmatch(str(value).lower())
            length = float(found["number"]) * IN_MM[found["unit"]] if found else -1.0
        if not 0 <= length <= WIDEST_BLEED:
            raise self._bad("bleed", f"“{value}” is not a bleed of 0 to {WIDEST_BLEED:.0f} mm",
                            'write bleed = "3mm"', "print")  # fmt: skip
        return length

    def _four(self, tag: str, value: object) -> tuple[float, float, float, float]:
        if (
            isinstance(value, list)
            and len(value) == 4
            and all(isinstance(x, int | float) and 0 <= x <= 100 for x in value)
        ):
            cyan, magenta, yellow, black = map(float, value)
            return (cyan, magenta, yellow, black)
        raise self._bad(tag, f"“{value}” is not four inks in percent",
                        f"write {tag} = [80, 20, 60, 30]", "inks")  # fmt: skip

    def _theme(self) -> Theme:
        row = self.data.get("theme", {})
        self._only(row, {"name", "page", "base", "accents"}, "theme.")
        name = row.get("name", themes.PLAIN)
        if name not in themes.names():
            near = get_close_matches(str(name), themes.names(), n=1)
            hint = f"did you mean “{near[0]}”? " if near else ""
            raise self._bad("name", f"there is no theme “{name}”",
                            f"{hint}The themes are: {', '.join(themes.names())}", "theme")  # fmt: skip
        theme = Theme(name=name, overrides=self._overrides(name))
        design = themes.design(theme)
        page, base = row.get("page", design.page), row.get("base", design.base)
        width, height = self._page(str(page))
        theme = replace(theme, width=width, height=height, base=self._base(base))
        accents = row.get("accents", {})
        if not isinstance(accents, dict):
            raise self._bad(
                "accents", "[theme.accents] is a table", 'write ar = "#1f5c4a" under it'
            )
        for tag, colour in accents.items():
            if not isinstance(colour, str) or not COLOUR.fullmatch(colour):
                raise self._bad(tag, f"“{colour}” is not a colour", 'write it as "#1f5c7a"')
        return replace(
            theme,
            accents=tuple((self._tag(tag, "accents"), accents[tag].lower()) for tag in accents),
        )

    def _overrides(self, name: str) -> tuple[Override, ...]:
        """The book's own templates, which stand beside this file."""
        return themes.overrides(self.folder, self.path.removesuffix(FILE), name, self.access)

    def _page(self, value: str) -> tuple[float, float]:
        if size := PAGES.get(value.lower()):
            return size
        parts = [LENGTH.fullmatch(part) for part in value.lower().replace("x", " ").split()]
        if len(parts) == 2 and all(parts):
            sides = [float(p["number"]) * IN_MM[p["unit"]] for p in parts if p]
            if all(SMALLEST <= side <= LARGEST for side in sides):
                return sides[0], sides[1]
        raise self._bad(
            "page",
            f"“{value}” is not a page size between {SMALLEST:.0f} and {LARGEST:.0f} mm",
            'write "A5", or two lengths, such as "148mm 210mm"',
            "theme",
        )

    def _base(self, value: object) -> float:
        if isinstance(value, int | float) and not isinstance(value, bool):
            size = float(value)
        else:
            found = LENGTH.fullmatch(str(value).lower())
            size = float(found["number"]) * IN_PT.get(found["unit"], 0) if found else 0.0
        if not 6 <= size <= 30:
            raise self._bad(
                "base",
                f"“{value}” is not a size between 6 and 30 pt",
                'write base = "10pt"',
                "theme",
            )
        return size

    def _words(self) -> dict[str, dict[str, str]]:
        out: dict[str, dict[str, str]] = {}
        table = self.data.get("words", {})
        if not isinstance(table, dict):
            raise self._bad("words", "[words] holds a table a language", "write [words.fr]")
        for tag, words in table.items():
            if not isinstance(words, dict):
                raise self._bad(tag, "[words] holds a table a language", "write [words.fr]")
            known = set(language("en").words)
            self._only(words, known, f"words.{tag}.")
            out[self._tag(tag, tag)] = {str(k): str(v) for k, v in words.items()}
        return out

    def _limits(self) -> Limits:
        row = self.data.get("limits", {})
        self._only(row, set(TABLE), "limits.")
        found = {}
        for key, raw in row.items():
            try:
                found[key] = parsed(key, raw)
            except ValueError as error:
                raise self._bad(
                    key, str(error), f"write {key} = a whole number from 1", "limits"
                ) from error
        return replace(Limits(), **found)

    def _date(self, key: str) -> str | None:
        value = self.data.get(key)
        if value is None:
            return None
        text = value.isoformat() if hasattr(value, "isoformat") else str(value)
        date = normal_date(text)
        if date is None:
            raise self._bad(key, f"“{text}” is not a date", "write it as 2026-03-02")
        return date
