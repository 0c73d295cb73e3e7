"""A row of the table: what is tried, and how it may end."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pipeline import errors
from tests.forks.client import Trial
from tests.forks.server import GOOD

BUILT = 0
ANY = frozenset(range(23)) - {errors.InternalError.exit_code}
"""Every way to end but by a mistake of ours."""

Files = Mapping[str, str | bytes]


@dataclass(frozen=True, slots=True)
class Row:
    """``files`` lie in ``texts``; ``arrange`` may do more, with the folder around as its argument. ``codes``
    are the exit codes that are right; ``says`` stands in the message of a failure; ``keeps`` are words of the
    text that the page of a build has."""

    name: str
    files: Files = field(default_factory=dict)
    codes: frozenset[int] = ANY
    says: tuple[str, ...] = ()
    keeps: tuple[str, ...] = ()
    command: tuple[str, ...] = ("build", "texts", "-o", "out", "--formats", "html", "-j", "1")
    arrange: Callable[[Path], None] | None = None
    environment: Mapping[str, str] = field(default_factory=dict)
    limits: Mapping[str, int] = field(default_factory=dict)
    """Limits of the process, by the names of the module ``resource``."""
    closed: tuple[int, ...] = ()
    """Which of the standard streams are closed."""
    afresh: bool = False
    """Whether the interpreter itself is to start under these circumstances."""
    orders: bool = False
    """Whether the command is told to write for a terminal, or in signs that look like orders to one."""
    where: str = ""
    """The folder that the command runs in, in the folder around."""

    def trial(self, around: Path) -> Trial:
        """What is run, in a folder."""
        return Trial(
            self.command, str(around), str(around / self.where), self.environment, self.limits, self.closed,
            self.afresh,
        )  # fmt: skip


def text(name: str, content: str | bytes, *codes: int, **more: object) -> Row:
    """A row of one bare text."""
    return Row(f"text: {name}", {"a.de.txt": content}, _codes(codes), **more)  # type: ignore[arg-type]


def marked(name: str, content: str | bytes, *codes: int, **more: object) -> Row:
    """A row of one text in Markdown."""
    return Row(f"Markdown: {name}", {"a.de.md": content}, _codes(codes), **more)  # type: ignore[arg-type]


def settings(name: str, content: str | bytes, *codes: int, **more: object) -> Row:
    """A row of a ``book.toml`` beside a good text."""
    files = {"a.de.txt": GOOD, "book.toml": content}
    return Row(f"book.toml: {name}", files, _codes(codes), **more)  # type: ignore[arg-type]


def template(name: str, path: str, content: str | bytes, *codes: int, **more: object) -> Row:
    """A row of a template beside a good text."""
    files = {"a.de.txt": GOOD, f"templates/{path}": content}
    return Row(f"template: {name}", files, _codes(codes), **more)  # type: ignore[arg-type]


def picture(name: str, file: str, content: bytes | str, *codes: int, **more: object) -> Row:
    """A row of a picture in a Markdown text."""
    files = {"a.de.md": f"# T\n\nDavor.\n\n![Bild]({file})\n\nDanach.\n", file: content}
    return Row(f"picture: {name}", files, _codes(codes), **more)  # type: ignore[arg-type]


def _codes(codes: tuple[int, ...]) -> frozenset[int]:
    return frozenset(codes) or ANY
