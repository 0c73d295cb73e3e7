"""A case: a small book in one file, and which of its pages to look at.

``cases/NAME.toml`` holds the texts in Markdown, by language tag, and says what an eye should look for::

    about = "what must be right on this page"
    wrong = "what is not right yet"  # only as long as the product has a fault
    show = "text"            # or "cover", or "front": contents and language page
    most = 1                 # at most so many pages
    page = "100mm 100mm"     # as in book.toml
    base = "12pt"

    [texts]
    th = '''
    # the title

    a paragraph
    '''

    [book]                   # anything else that book.toml may hold
    typography = "locale"

A case with one text becomes a single edition, one with several a combined edition in the order of the file.
"""

import json
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pipeline.settings.values import EditionKind

HERE = Path(__file__).resolve().parent
CASES = HERE / "cases"


@dataclass(frozen=True, slots=True)
class Case:
    """One file of ``cases/``."""

    name: str
    about: str
    texts: Mapping[str, str]
    wrong: str = ""
    """What the product does wrong here, as long as it does: such a case has no approved picture."""
    show: str = "text"
    most: int = 1
    page: str = "100mm 100mm"
    base: str = "12pt"
    book: Mapping[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.show not in ("text", "cover", "front"):
            raise ValueError(f"{self.name}: show is “text”, “cover” or “front”, not “{self.show}”")
        if not self.texts:
            raise ValueError(f"{self.name}: there is no text under [texts]")

    @property
    def kind(self) -> EditionKind:
        return EditionKind.SINGLE if len(self.texts) == 1 else EditionKind.COMBINED

    def write(self, folder: Path) -> None:
        """Put the sources of the book into a folder, as a user has them."""
        for tag, text in self.texts.items():
            (folder / f"case.{tag}.md").write_text(text.lstrip("\n"), encoding="utf-8")
        theme = {"page": self.page, "base": self.base, **self.book.get("theme", {})}
        settings = {"name": "case", "languages": list(self.texts), **self.book, "theme": theme}
        (folder / "book.toml").write_text("\n".join(_lines(settings)), encoding="utf-8")


def _lines(table: Mapping[str, Any], path: tuple[str, ...] = ()) -> Iterator[str]:
    """A table of TOML: every text, number and list of JSON is one of TOML too."""
    if path:
        yield f"[{'.'.join(path)}]"
    for key, value in table.items():
        if not isinstance(value, dict):
            yield f"{json.dumps(key)} = {json.dumps(value, ensure_ascii=False)}"
    for key, value in table.items():
        if isinstance(value, dict):
            yield from _lines(value, (*path, json.dumps(key)))


def read(file: Path) -> Case:
    """The case of a file. Raises :class:`ValueError` or :class:`TypeError` for what is not one."""
    return Case(name=file.stem, **tomllib.loads(file.read_text(encoding="utf-8")))


def names() -> list[str]:
    """The names of all cases."""
    return sorted(file.stem for file in CASES.glob("*.toml"))


def case(name: str) -> Case:
    """A case by name. Raises :class:`ValueError` where there is none."""
    file = CASES / f"{name}.toml"
    if not file.is_file():
        raise ValueError(f"there is no case “{name}”; the cases are: {', '.join(names())}")
    return read(file)
