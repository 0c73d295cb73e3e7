"""What ``book.toml`` says of who wrote a book and of what its editions are called in the trade."""

from dataclasses import dataclass
from typing import Any

from pipeline.configuration.values import Values
from pipeline.document.identifiers import URI, Identifier, identified
from pipeline.settings.values import FormatName

COMBINED = "combined"
"""The key of the edition of all languages."""

FORMATS = (FormatName.HTML, FormatName.EPUB, FormatName.PDF)
"""The formats that can have an identifier each."""

Names = tuple[str, ...]
Pairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Identity(Values):
    """Takes the names of authors and the identifiers of editions."""

    def _authors(self) -> tuple[Names, Pairs]:
        """The names of the authors, and pairs of a name and what it is sorted by, where that is said."""
        key = "author" if "author" in self.data else "authors"
        value = self.data.get("authors", self.data.get("author", []))
        rows = value if isinstance(value, list) else [value]
        names, sorted_by = [], []
        for row in rows:
            if isinstance(row, dict):
                self._only(row, {"name", "sort"}, f"{key}.")
            named: dict[str, Any] = {"name": row} if isinstance(row, str) else row
            if not isinstance(named, dict) or not all(
                isinstance(each, str) and each.strip()
                for each in (named.get("name"), *named.values())
            ):
                raise self._bad(
                    key,
                    f"“{key}” is a name, or a list of names",
                    f'write {key} = "Ruth Lindner", or {key} = {{ name = "Ruth Lindner", sort = '
                    '"Lindner, Ruth" }',
                )
            names.append(named["name"])
            if "sort" in named:
                sorted_by.append((named["name"], named["sort"].strip()))
        return tuple(names), tuple(sorted_by)

    def _identifier(self) -> str:
        """The identifier of the book as a whole, as it is written; one that means to be an ISBN is one."""
        text = self._text("identifier") or ""
        self._parsed("identifier", text, None)
        return text

    def _identifiers(self) -> tuple[tuple[str, str, Identifier], ...]:
        """The identifiers of editions: rows of a tag (or ``combined``), a format (empty for all), and what they
        are called."""
        table = self.data.get("identifiers", {})
        self._only(table, set(table) if isinstance(table, dict) else set(), "identifiers.")
        out: list[tuple[str, str, Identifier]] = []
        for key, value in table.items():
            edition = key if key == COMBINED else self._tag(key, key)
            if isinstance(value, dict):
                self._only(value, set(FORMATS), f"identifiers.{key}.")
            rows = value if isinstance(value, dict) else {"": value}
            for form, text in rows.items():
                place, within = (form, key) if form else (key, "identifiers")
                if not isinstance(text, str):
                    raise self._bad(
                        place, f"“{place}” is a text", f'write {place} = "978-…"', within
                    )
                found = self._parsed(place, text, within)
                if found.uri == found.shown and not URI.fullmatch(text):
                    raise self._bad(place, f"“{text}” is neither an ISBN nor a URI",
                                   f'write {place} = "978-…", or a URI such as urn:uuid:…', within)  # fmt: skip
                for other, _, known in out:
                    if other != edition and known.uri == found.uri:
                        raise self._bad(place, f"{found.shown} is given to {other} and to {edition}",
                                       "give every edition an identifier of its own", within)  # fmt: skip
                out.append((edition, form, found))
        return tuple(out)

    def _parsed(self, key: str, text: str, table: str | None) -> Identifier:
        try:
            return identified(text)
        except ValueError as error:
            raise self._bad(key, str(error), "write it as the agency for ISBN gave it, such as "
                                f'{key} = "978-3-16-148410-0"', table) from error  # fmt: skip
