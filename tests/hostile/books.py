"""Books that are checked, and PDFs that are imposed."""

import hashlib
import json
import os
import zipfile
import zlib
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf

from tests.hostile.row import GOOD, Row

CHECK = ("check", "out", "--sources", "texts", "--quick")
IMPOSE = ("impose", "texts/a.pdf", "-o", "out")


def rows() -> Iterator[Row]:
    yield from imposed()
    yield from laid()
    yield from manifests()
    yield from checked()


def pdf(
    pages: int = 4, change: Callable[[pikepdf.Pdf], None] | None = None, **options: Any
) -> bytes:
    made = pikepdf.new()
    for _ in range(pages):
        made.add_blank_page(page_size=(300, 400))
    if change is not None:
        change(made)
    buffer = BytesIO()
    made.save(buffer, **options)
    return buffer.getvalue()


def imposed() -> Iterator[Row]:
    def row(name: str, content: bytes, *codes: int) -> Row:
        return Row(f"impose: {name}", {"a.pdf": content}, frozenset(codes), command=IMPOSE)

    def bomb(made: pikepdf.Pdf) -> None:
        once = zlib.compress(bytes(3 * 10**9 // 1000) * 1, 9)
        twice = zlib.compress(once * 400, 9)
        made.pages[0].Contents = pikepdf.Stream(
            made, twice, Filter=[pikepdf.Name.FlateDecode, pikepdf.Name.FlateDecode]
        )

    def boxes(box: list[float]) -> Callable[[pikepdf.Pdf], None]:
        def change(made: pikepdf.Pdf) -> None:
            for page in made.pages:
                page.obj.MediaBox = pikepdf.Array(
                    [pikepdf.Object.parse(str(x).encode()) for x in box]
                )

        return change

    def nested(made: pikepdf.Pdf) -> None:
        tree = made.Root.Pages
        for _ in range(2000):
            tree = made.make_indirect(
                pikepdf.Dictionary(Type=pikepdf.Name.Pages, Kids=[tree], Count=4)
            )
        made.Root.Pages = tree

    yield row("a good one", pdf(), 0)
    yield row("nothing in it", b"", 15)
    yield row("a text", b"kein PDF", 15)
    yield row("half of one", pdf(40)[:300], 15)
    yield row("no pages", pdf(0), 15)
    yield row("a password", pdf(encryption=pikepdf.Encryption(owner="o", user="u")), 15)
    yield row("a page of no size", pdf(change=boxes([0, 0, 0, 0])), 15)
    yield row("a page of a light year", pdf(change=boxes([0, 0, 10**15, 10**15])), 0, 15)
    yield row("a page that lies backwards", pdf(change=boxes([300, 400, 0, 0])), 0, 15)
    yield row("pages 2,000 deep", pdf(change=nested), 0, 15, 18, 21)
    yield row(
        "lists 3,000 deep",
        pdf().replace(b"/Type /Catalog", b"/Type /Catalog /X " + b"[" * 3000 + b"]" * 3000),
        0,
        15,
        18,
    )
    yield row("content that unpacks to a gigabyte", pdf(change=bomb), 0, 15, 18)
    yield Row("impose: not there", {}, frozenset({3}), command=IMPOSE)
    yield Row("impose: a folder", {}, frozenset({3}), command=("impose", "texts"))
    yield Row(
        "impose: a device", {}, frozenset({3, 15, 18}), command=("impose", "/dev/zero", "-o", "out")
    )

    def fifo(around: Path) -> None:
        os.mkfifo(around / "texts" / "a.pdf")

    yield Row("impose: a FIFO", {}, frozenset({3}), command=IMPOSE, arrange=fifo)
    yield Row("impose: into a file", {"a.pdf": pdf()}, frozenset({12}),
              command=("impose", "texts/a.pdf", "-o", "secret/secret.txt"))  # fmt: skip

    def dashed(around: Path) -> None:
        (around / "texts" / os.fsdecode(b"-\xff\x1b.pdf")).write_bytes(b"x")

    yield Row("impose: a name of orders", {}, frozenset({15}), ("-\\xff\\x1b.pdf",), arrange=dashed,
              command=("impose", "--", os.fsdecode(b"-\xff\x1b.pdf")), where="texts")  # fmt: skip


def laid() -> Iterator[Row]:
    for what, options in {
        "paper without end": ("--size", "1e9mm 1e9mm"),
        "thicker than any": ("--thickness", "inf"),
        "a margin that is no number": ("--margin", "nan"),
        "no folds": ("--folds", "-1"),
        "a signature without end": ("--signature", "9" * 400),
    }.items():
        yield Row(f"impose: {what}", {"a.pdf": pdf()}, frozenset({2}), command=(*IMPOSE, *options))
    for side in ("1" + 30 * "0" + ".5", "0.001", "14401"):

        def sized(made: pikepdf.Pdf, side: str = side) -> None:
            for page in made.pages:
                page.obj.MediaBox = pikepdf.Object.parse(f"[0 0 {side} 400]".encode())

        yield Row(f"impose: proofs of pages {side} pt wide", {"a.pdf": pdf(change=sized)},
                  frozenset({0, 15}), command=(*IMPOSE, "--proof"))  # fmt: skip


PAGE = b'<!DOCTYPE html><html lang="de"><title>x</title><body><p>Ein Absatz.</p></body></html>'


def manifest(books: dict[str, bytes]) -> dict[str, Any]:
    """A manifest of some books of the one good text."""

    def digest(content: bytes) -> str:
        return hashlib.sha256(content).hexdigest()

    return {
        "schema": 1, "book": {"title": "", "languages": ["de"]},
        "files": [
            {"path": name, "edition": "single", "languages": ["de"], "format": name.rpartition(".")[2],
             "bytes": len(content), "sha256": digest(content), "pages": None, "profile": None, "imposed": None}
            for name, content in books.items()
        ],
        "sources": [{"path": "a.de.txt", "language": "de", "sha256": digest(GOOD.encode())}],
        "amendments": [],
    }  # fmt: skip


def _standing(books: dict[str, bytes], content: bytes) -> Callable[[Path], None]:
    def arrange(around: Path) -> None:
        for name, book in books.items():
            (around / "out" / name).write_bytes(book)
        (around / "out" / "manifest.json").write_bytes(content)

    return arrange


def manifests() -> Iterator[Row]:
    def row(name: str, content: bytes | Any, *codes: int) -> Row:
        data = content if isinstance(content, bytes) else json.dumps(content).encode()
        return Row(f"manifest: {name}", {"a.de.txt": GOOD}, frozenset(codes or (1, 2, 3)), command=CHECK,
                   arrange=_standing({"x.de.html": PAGE}, data))  # fmt: skip

    good = manifest({"x.de.html": PAGE})
    first = good["files"][0]
    yield row("no JSON", b"{")
    yield row("nothing in it", b"")
    yield row("not UTF-8", b'{"a": "\xff"}')
    yield row("100,000 deep", b"[" * 100_000)
    yield row("a number of 10,000 digits", b'{"files": ' + b"9" * 10_000 + b"}")
    for what, value in (("a number", 5), ("a list", []), ("nothing", None), ("a text", "x")):
        yield row(f"it is {what}", value)
        for key in ("book", "files", "sources"):
            yield row(f"“{key}” is {what}", {**good, key: value})
        yield row(f"“amendments” are {what}", {**good, "amendments": value}, 0, 1, 2, 3)
        yield row(f"a path is {what}", {**good, "files": [{**first, "path": value}]})
        yield row(f"a digest is {what}", {**good, "files": [{**first, "sha256": value}]})
    for path in (
        "../secret/secret.txt",
        "/etc/passwd",
        "a\0b.html",
        "x" * 5000,
        "\x1b[31m.html",
        "",
        ".",
        "-x.html",
    ):
        yield row(f"the path {path[:20]!r}", {**good, "files": [{**first, "path": path}]})
    yield row(
        "a text elsewhere",
        {**good, "sources": [{**good["sources"][0], "path": "../secret/secret.txt"}]},
    )
    yield row("a format that there is not", {**good, "files": [{**first, "format": "\x1b[31m"}]})
    yield row(
        "languages that there are not",
        {**good, "book": {"title": "", "languages": ["\x1bxx"]}},
        1,
        2,
        3,
        6,
    )
    yield row("a file twice", {**good, "files": [first, first]})
    yield Row("manifest: not there", {"a.de.txt": GOOD}, frozenset({3}), command=CHECK)
    yield Row(
        "manifest: of a folder that is not there",
        {},
        frozenset({2, 3}),
        command=("check", "nowhere"),
    )

    def journal(content: str) -> Callable[[Path], None]:
        def arrange(around: Path) -> None:
            (around / "out" / ".pentapla-x" / "new").mkdir(parents=True)
            (around / "out" / ".pentapla-x" / "journal.json").write_text(content)
            (around / "out" / ".pentapla-x" / "new" / "b.html").write_text("was left")

        return arrange

    yield Row("save: one that was cut short is finished", {"a.de.txt": GOOD}, frozenset({0}),
              arrange=journal('{"do": "finish", "names": ["b.html"], "kept": []}'))  # fmt: skip


def epub(members: dict[str, bytes]) -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def checked() -> Iterator[Row]:
    def row(name: str, file: str, content: bytes, *codes: int) -> Row:
        data = json.dumps(manifest({file: content})).encode()
        return Row(f"check: {name}", {"a.de.txt": GOOD}, frozenset(codes or (1, 18)), command=CHECK,
                   arrange=_standing({file: content}, data))  # fmt: skip

    yield row("a page of another text", "x.de.html", PAGE)
    yield row("a page of nothing", "x.de.html", b"")
    yield row("a page of bytes", "x.de.html", bytes(range(256)) * 10)
    yield row("a page 5,000 deep", "x.de.html", b"<div>" * 5000)
    yield row("a page 200,000 deep", "x.de.html", b"<b>" * 200_000)
    yield row("a page of orders to terminals", "x.de.html", b"<p>\x1b[31mRot\x07 \xe2\x80\xae</p>")
    yield row(
        "a page with another base",
        "x.de.html",
        b'<base href="http://localhost:9/"><a href="a.html">x</a>',
    )
    yield row(
        "a page of a thousand links", "x.de.html", b'<a href="file:///etc/passwd">x</a>' * 1000
    )
    yield row("an e-book of nothing", "x.de.epub", b"")
    yield row("an e-book that is no ZIP", "x.de.epub", b"PK\x03\x04" + bytes(100))
    yield row("an e-book without members", "x.de.epub", epub({}))
    yield row(
        "an e-book that leads out",
        "x.de.epub",
        epub({"../../x": b"x", "/etc/x": b"x", "mimetype": b"x"}),
    )
    yield row(
        "an e-book of deep XML",
        "x.de.epub",
        epub({"META-INF/container.xml": b"<a>" * 20_000, "mimetype": b"application/epub+zip"}),
    )
    yield row(
        "an e-book of entities",
        "x.de.epub",
        epub(
            {
                "mimetype": b"application/epub+zip",
                "META-INF/container.xml": b'<!DOCTYPE a [<!ENTITY b "'
                + b"x" * 10_000
                + b'">]><a>'
                + b"&b;" * 9999
                + b"</a>",
            }
        ),
    )
    yield row("an e-book that unpacks to three gigabytes", "x.de.epub",
              epub({"mimetype": b"application/epub+zip", "x.xhtml": bytes(30_000_000)})
              .replace(struct_size(30_000_000), struct_size(3_000_000_000)))  # fmt: skip
    yield row("a PDF of nothing", "x.de.pdf", b"")
    yield row("a PDF of bytes", "x.de.pdf", bytes(range(256)) * 10)
    yield row("half a PDF", "x.de.pdf", pdf(20)[:200])
    yield row(
        "a PDF with a password", "x.de.pdf", pdf(encryption=pikepdf.Encryption(owner="o", user="u"))
    )
    yield row("a PDF of empty pages", "x.de.pdf", pdf())
    yield row("a drawing that is none", "x.de.svg", b"<svg><g>", 1, 0)
    yield row(
        "a drawing of entities",
        "x.de.svg",
        b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/hostname">]><svg>&b;</svg>',
        1,
        0,
    )

    def removed(around: Path) -> None:
        _standing({}, json.dumps(manifest({"x.de.html": PAGE})).encode())(around)

    yield Row(
        "check: a book that is not there",
        {"a.de.txt": GOOD},
        frozenset({1}),
        command=CHECK,
        arrange=removed,
    )

    def fifo(around: Path) -> None:
        removed(around)
        os.mkfifo(around / "out" / "x.de.html")

    yield Row(
        "check: a book that is a FIFO",
        {"a.de.txt": GOOD},
        frozenset({1}),
        command=CHECK,
        arrange=fifo,
    )


def struct_size(number: int) -> bytes:
    return number.to_bytes(4, "little")
