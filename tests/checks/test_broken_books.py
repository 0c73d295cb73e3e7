"""Whatever is laid before the judges: a verdict, or an error with its cure, and never a traceback."""

import io
import json
import os
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from pipeline.checks.judges import check, chosen
from pipeline.checks.verdicts import Report, Verdict
from pipeline.configuration.options import Options
from pipeline.errors import MissingSourceError, PentaplaError, UsageError
from tests.checks.kit import SOURCES

PDF, EPUB, HTML = "customers.es.pdf", "customers.es.epub", "customers.es.html"
QUICK = chosen(None, quick=True)


@pytest.fixture
def copy(books: Path, tmp_path: Path) -> Path:
    return shutil.copytree(books, tmp_path / "output")


def judged(folder: Path, name: str) -> Report:
    return check([folder / name], SOURCES, judges=QUICK)


def locked(content: bytes) -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(content)) as pdf:
        pdf.save(out, encryption=pikepdf.Encryption(owner="a", user="b"))
    return out.getvalue()


def encrypted_members(content: bytes) -> bytes:
    """An archive whose members all say that they are encrypted."""
    out = bytearray(content)
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = out.find(mark)
        while place >= 0:
            out[place + at] |= 1
            place = out.find(mark, place + 4)
    return bytes(out)


def unknown_compression(content: bytes) -> bytes:
    out = bytearray(content)
    for mark, at in ((b"PK\x03\x04", 8), (b"PK\x01\x02", 10)):
        place = out.find(mark)
        while place >= 0:
            out[place + at] = 97
            place = out.find(mark, place + 4)
    return bytes(out)


def empty_archive(_content: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w"):
        pass
    return out.getvalue()


def no_catalog(content: bytes) -> bytes:
    with pikepdf.open(io.BytesIO(content)) as pdf:
        pdf.Root.Pages = pikepdf.Dictionary()
        out = io.BytesIO()
        pdf.save(out)
    return out.getvalue()


BROKEN = {
    "an encrypted PDF": (PDF, locked),
    "half a PDF": (PDF, lambda content: content[: len(content) // 2]),
    "a PDF of nothing": (PDF, lambda _content: b""),
    "a PDF without pages": (PDF, no_catalog),
    "an e-book that is encrypted": (EPUB, encrypted_members),
    "an e-book in an unknown compression": (EPUB, unknown_compression),
    "an e-book with nothing in it": (EPUB, empty_archive),
    "half an e-book": (EPUB, lambda content: content[: len(content) // 2]),
    "a page of nothing": (HTML, lambda _content: b""),
    "a deep page": (HTML, lambda _content: b"<div>" * 100_000 + b"a"),
    "a page of NUL": (HTML, lambda _content: b"\x00" * 1000),
}


@pytest.mark.parametrize("what", BROKEN)
def test_a_broken_file_fails(copy: Path, what: str) -> None:
    name, change = BROKEN[what]
    (copy / name).write_bytes(change((copy / name).read_bytes()))
    report = judged(copy, name)
    verdicts = {each.judge: each.verdict for each in report.results if each.file == name}
    assert verdicts["fidelity"] is Verdict.FAILED
    assert report.exit_code == 1


@pytest.mark.parametrize("what", ["gone", "a folder", "a FIFO", "a link to nowhere"])
def test_a_file_that_is_none_fails(copy: Path, what: str) -> None:
    file = copy / HTML
    file.unlink()
    if what == "a folder":
        file.mkdir()
    elif what == "a FIFO":
        os.mkfifo(file)
    elif what == "a link to nowhere":
        file.symlink_to(copy / "nowhere")
    report = check([copy], SOURCES, judges=chosen(("fidelity", "links"), quick=True))
    verdicts = [each.verdict for each in report.results if each.file == HTML]
    assert verdicts == [Verdict.FAILED, Verdict.FAILED]


def changed(path: list[str | int], value: Any) -> Any:
    def change(manifest: Any) -> Any:
        if not path:
            return value
        place = manifest
        for key in path[:-1]:
            place = place[key]
        place[path[-1]] = value
        return manifest

    return change


WRONG: tuple[tuple[list[str | int], Any], ...] = (
    ([], []), ([], "a"), ([], None), (["files"], None), (["files"], "a"), (["files"], [1]),
    (["files"], {}), (["files", 0, "path"], 7), (["files", 0, "path"], "../x.html"),
    (["files", 0, "path"], "/etc/passwd"), (["files", 0, "path"], "a\0b"), (["files", 0, "sha256"], 7),
    (["files", 0, "format"], "exe"), (["files", 0, "format"], []), (["files", 0, "languages"], "es"),
    (["files", 0, "languages"], [7]), (["files", 0, "languages"], ["xx"]), (["files", 0, "edition"], "x"),
    (["sources"], []), (["sources", 0], None), (["sources", 0, "path"], ["a"]), (["book"], None),
    (["book", "languages"], 7), (["book", "languages"], ["es"]), (["book", "title"], 7),
    (["gallery"], "a"), (["gallery", "path"], "../a.html"), (["amendments"], 7),
)  # fmt: skip


@pytest.mark.parametrize(("path", "value"), WRONG, ids=lambda each: repr(each)[:40])
def test_a_manifest_of_another_form_is_an_error(
    copy: Path, path: list[str | int], value: Any
) -> None:
    file = copy / "manifest.json"
    manifest = changed(path, value)(json.loads(file.read_text(encoding="utf-8")))
    file.write_text(json.dumps(manifest), encoding="utf-8")
    with pytest.raises(PentaplaError) as caught:
        check([copy], SOURCES, judges=QUICK)
    assert "manifest.json" in str(caught.value)
    assert caught.value.cure


@pytest.mark.parametrize("content", [b"[" * 100_000, b"\xff\xfe", b"", b"{"])
def test_a_manifest_that_is_none_is_an_error(copy: Path, content: bytes) -> None:
    (copy / "manifest.json").write_bytes(content)
    with pytest.raises(UsageError):
        check([copy], SOURCES, judges=QUICK)


def test_a_manifest_that_is_a_folder_is_an_error(copy: Path) -> None:
    (copy / "manifest.json").unlink()
    (copy / "manifest.json").mkdir()
    with pytest.raises(MissingSourceError):
        check([copy], SOURCES, judges=QUICK)


def packed(content: bytes) -> bytes:
    """A PDF with a stream that unpacks to thirty million bytes."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        pdf.Root["/Much"] = pdf.make_stream(b" " * 30_000_000)
        out = io.BytesIO()
        pdf.save(out)
        return out.getvalue()


def swollen(content: bytes) -> bytes:
    """An e-book with a member that unpacks to thirty million bytes."""
    out = io.BytesIO(content)
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("EPUB/much.xhtml", bytes(30_000_000))
    return out.getvalue()


@pytest.mark.parametrize(("name", "change"), [(PDF, packed), (EPUB, swollen)])
def test_a_file_that_unpacks_to_too_much_is_shown_to_no_judge(
    copy: Path, name: str, change: Callable[[bytes], bytes]
) -> None:
    (copy / name).write_bytes(change((copy / name).read_bytes()))
    options = Options(limits={"unpacked_bytes": 15_000_000})
    report = check([copy / name], SOURCES, options=options, judges=QUICK)
    results = [each for each in report.results if each.file == name]
    assert len(results) >= 2
    assert {each.verdict for each in results} == {Verdict.FAILED}
    assert all("unpacked_bytes" in each.findings[0].what for each in results)
