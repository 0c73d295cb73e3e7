"""What the tests of the judges share: books that are whole, and ways to break them."""

import io
import os
import zipfile
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path

import pikepdf
import pytest

from pipeline import typography
from pipeline.checks.checked_files import CheckedFile
from pipeline.checks.claims import claims_of
from pipeline.checks.subjects import Kind, Reference, Subject
from pipeline.checks.verdicts import Result
from pipeline.editions import Edition
from pipeline.pdf import write as writer
from pipeline.rendering import FileNames, Renderer
from pipeline.settings.profiles import PROFILES, ProfileName
from pipeline.settings.values import EditionKind
from pipeline.sources import load_all
from tests.end_to_end.inputs import LANGUAGES
from tests.end_to_end.tools import alone
from tests.unit_helpers import ROOT

SOURCES = ROOT / "sources"


def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that all workers of a run share."""
    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "checked"
    folder.mkdir(exist_ok=True)
    return folder


@cache
def reference() -> Reference:
    """The texts of these books, read as a check reads them."""
    loaded = load_all([SOURCES])
    return Reference(
        SOURCES,
        loaded.book,
        typography.apply(loaded.book),
        loaded.drafts,
        loaded.configuration.settings,
    )


def profiled(folder: Path, tag: str, profile: ProfileName) -> bytes:
    """The single edition of a language in another profile, made once."""
    file = folder / f"{tag}.{profile}.pdf"
    with alone(folder / "profiled.lock"):
        if not file.exists():
            book = reference().book
            only = tuple(each for each in book.translations if each.tag == tag)
            edition = Edition(book, EditionKind.SINGLE, only)
            made = writer.write(
                Renderer(book, FileNames({}), folder=SOURCES), edition, PROFILES[profile]
            )
            file.write_bytes(made.content)
    return file.read_bytes()


def checked_file(content: bytes, name: str, folder: Path | None = None) -> CheckedFile:
    """A file before the court, as a check lays it there; ``NAME.EDITION.KIND`` tells what it is."""
    _, key, *_, form = name.split(".")
    kind = Kind(form)
    single = key != EditionKind.COMBINED
    subject = Subject(
        name, (folder or Path()) / name, kind, (key,) if single else LANGUAGES, "",
        "single" if single else "combined",
    )  # fmt: skip
    return CheckedFile(name, kind, content, claims_of(content, kind), "", subject, reference())


def rules(result: Result) -> set[str]:
    return {finding.rule for finding in result.findings}


# --- breaking ---------------------------------------------------------------------------------------

Change = Callable[[pikepdf.Pdf], None]


def broken_pdf(content: bytes, change: Change) -> bytes:
    """A PDF that somebody has changed."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        change(pdf)
        out = io.BytesIO()
        pdf.save(out)
    return out.getvalue()


def broken_epub(content: bytes, name: str, old: str, new: str) -> bytes:
    """An e-book in a file of which some characters were replaced; without ``old`` the file is left out."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as before, zipfile.ZipFile(out, "w") as after:
        assert name in before.namelist(), before.namelist()
        for each in before.infolist():
            data = before.read(each)
            if each.filename == name:
                if not old:
                    continue
                assert old in data.decode(), f"{old!r} does not stand in {name}"
                data = data.decode().replace(old, new, 1).encode()
            after.writestr(each, data)
    return out.getvalue()


def with_content(checked_file: CheckedFile, content: bytes) -> CheckedFile:
    """The same file with other bytes."""
    return replace(checked_file, content=content, claims=claims_of(content, checked_file.kind))
