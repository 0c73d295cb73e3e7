"""Texts, bare and in Markdown."""

import os
import socket
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.hostile.judge import SECRET
from tests.hostile.row import GOOD, Row, marked, text

DEEP_BULLETS = "Titel\n\n" + "".join(f"{' ' * level}• Punkt {level}\n" for level in range(1200))
AFTER = "\nDanach ein Absatz.\n\n## Ein Kapitel\n\nDas Ende.\n"
ALL = ("build", "texts", "-o", "out", "-j", "1")


def rows() -> Iterator[Row]:
    yield from bare()
    yield from in_markdown()
    yield from front_matters()
    yield from notes()
    yield from names()


def bare() -> Iterator[Row]:
    yield text("empty", "", 4)
    yield text("spaces alone", " \n\t\n \n", 4)
    yield text("a byte order mark alone", b"\xef\xbb\xbf", 4)
    yield text("NUL", b"Titel\n\nVor \x00 nach.\n")
    yield text("Latin-1", "Titel\n\nStraße\n".encode("latin-1"), 5, says=("a.de.txt:3",))
    yield text("UTF-16 cut short", "Titel\n\nText".encode("utf-16")[:-1], 5)
    yield text("UTF-16 without a mark", "Titel\n\nText\n".encode("utf-16-le"))
    yield text("UTF-32", "Titel\n\nText\n".encode("utf-32"))
    yield text("half a character", b"Titel\n\n\xed\xa0\x80\n", 5)
    yield text("an overlong character", b"Titel\n\n\xc0\xaf\n", 5)
    yield text("a picture", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20, 5)
    yield text("orders to terminals", "Titel\n\nRot: \x1b[31m und \x07 und \x9b5m.\n")
    yield text("characters that are none", "Titel\n\n\ufffe \uffff \U0010fffe\n")
    yield text(
        "characters of nobody", "Titel\n\n\ue000 \U000f0000 \u0378\n", 11, says=("a.de.txt:3",)
    )
    yield text("marks without letters", "Titel\n\n" + "\u0301" * 200 + "\n")
    yield text("zalgo", "Titel\n\n" + ("a" + "\u0301\u0316" * 40) * 30 + "\n")
    yield text("nothing that is seen", "Titel\n\n\u200b\u200c\u200d\u2060\ufeff\n")
    yield text("a line of a megabyte", "Titel\n\n" + "wort " * 220_000, 18, says=("a.de.txt:3",))
    yield text("a title of a megabyte", "Wort " * 220_000 + "\n\nText.\n", 18)
    yield text(
        "a word of 20,000 letters", "Titel\n\n" + "a" * 20_000 + "\n", 18, says=("word_characters",)
    )
    yield text("too large", GOOD + "Noch ein Absatz.\n\n" * 1000, 18,
               command=("build", "texts", "-o", "out", "--limit", "text_bytes=5kB"))  # fmt: skip
    yield text("1,200 bullets in each other", DEEP_BULLETS, 18, says=("a.de.txt:53", "nesting"))
    yield text("one bullet a thousand spaces in", "Titel\n\n• a\n" + " " * 1000 + "• b\n", 0)
    for name, sign in (("embeddings", "\u202b"), ("isolates", "\u2067"), ("overrides", "\u202e"),
                       ("both ways", "\u202a\u202b"), ("of their own", "\u2068")):  # fmt: skip
        yield text(f"125 directions in each other, {name}", f"Titel\n\nA {sign * 125} b\n", 18,
                   says=("a.de.txt:3",))  # fmt: skip
    yield text("ends of directions alone", "Titel\n\n" + "\u202c\u2069" * 500 + " Wort\n", 0)
    yield text("a title alone", "Titel\n", 0, keeps=("Titel",))
    yield text(
        "empty lines without end",
        "Titel\n" + "\n" * 100_000 + "Das Ende.\n",
        0,
        keeps=("Das Ende.",),
    )
    yield text("old line ends", "Titel\r\rEin Absatz.\r\rDas Ende.\r", 0, keeps=("Das Ende.",))
    yield text(
        "separators of Unicode",
        "Titel\u2029Absatz\u2028Zeile\u2029Das Ende.",
        0,
        keeps=("Das Ende.",),
    )
    yield text("numbers that are too large", "Titel\n\n" + "9" * 5000 + ". x\n\nDas Ende.\n")
    yield text("a date that is none", "Titel\n\nDatum: 9999-99-99\n\nText.\n")
    yield text(
        "markup that is text", "Titel\n\n<script>alert(1)</script>\n", 0, keeps=("&lt;script&gt;",)
    )
    yield text(
        "braces of templates", "Titel\n\n{{ 7 * 7 }} {% include 'x' %}\n", 0, keeps=("{{ 7 * 7 }}",)
    )


def in_markdown() -> Iterator[Row]:
    fourteen = "".join(f"{'  ' * level}- Punkt {level}\n" for level in range(14))
    deepest = "".join(f"{'  ' * level}- Punkt {level}\n" for level in range(50))
    yield marked("a list 14 deep", f"# T\n\n{fourteen}{AFTER}", 0,
                 keeps=("Punkt 13", "Danach ein Absatz.", "Das Ende."))  # fmt: skip
    yield marked("a list at the limit, in all formats", f"# T\n\n{deepest}{AFTER}", 0,
                 keeps=("Punkt 49", "Das Ende."), command=ALL)  # fmt: skip
    yield marked(
        "quotations 20 deep", f"# T\n\n{'>' * 20} tief\n{AFTER}", 0, keeps=("tief", "Das Ende.")
    )
    yield marked("quotations at the limit, in all formats", f"# T\n\n{'>' * 50} tief\n{AFTER}", 0,
                 keeps=("tief", "Das Ende."), command=ALL)  # fmt: skip
    yield marked("markup at the limit, in all formats", f"# T\n\n{'*' * 100}tief{'*' * 100}\n{AFTER}", 0,
                 keeps=("tief", "Das Ende."), command=ALL)  # fmt: skip
    for levels in (51, 200, 3000):
        yield marked(
            f"a list {levels} deep",
            "# T\n\n" + "- " * levels + f"x\n{AFTER}",
            18,
            says=("a.de.md:3",),
        )
        yield marked(
            f"quotations {levels} deep",
            f"# T\n\n{'>' * levels} x\n{AFTER}",
            18,
            says=("a.de.md:3",),
        )
    yield marked(
        "3,000 asterisks", f"# T\n\n{'*' * 3000}x{'*' * 3000}\n{AFTER}", 18, says=("a.de.md:3",)
    )
    yield marked(
        "3,000 asterisks alone", f"# T\n\na {'*' * 3000}x\n{AFTER}", 18, says=("a.de.md:3",)
    )
    for name, line in (
        ("brackets", "[" * 3000), ("pictures begun", "![" * 3000), ("notes begun", "^[" * 2000),
        ("backticks", "`" * 3001), ("less-than signs", "<" * 3000), ("ampersands", "&" * 3000),
        ("links in each other", "[" * 400 + "x" + "](http://a.b)" * 400),
        ("tildes", "~~a " * 600), ("underscores", "_a *b " * 300), ("backslashes", "\\" * 3000),
    ):  # fmt: skip
        yield marked(f"{name} without end", f"# T\n\na {line}\n{AFTER}", 0, 18, 10)
    yield marked("HTML", "# T\n\n<script>alert(1)</script>\n\n<img src=x onerror=alert(1)>\n", 0,
                 keeps=("&lt;script&gt;",))  # fmt: skip
    yield marked(
        "links that run scripts",
        "# T\n\n[a](javascript:alert(1)) [b](vbscript:x) [c](data:text/html,x)\n",
        0,
    )
    yield marked(
        "a link to a file", "# T\n\n[a](file:///etc/passwd) [b](/etc/passwd) [c](\\\\host\\x)\n", 0
    )
    yield marked("a link of a megabyte", f"# T\n\n[a](http://a.b/{'x' * 90_000})\n")
    yield marked(
        "a thousand links that lead nowhere", "# T\n\n" + "[a](b.md)\n\n" * 1000, 0, says=()
    )
    yield marked(
        "links with data", "# T\n\n" + f"[a](data:image/png;base64,{'A' * 5000})\n\n" * 20, 0
    )
    yield marked("an address that is none", "# T\n\n[a](http://[::1) [b](http://%zz) <http://[x>\n")
    for target in (
        "/etc/hostname",
        "../secret/secret.txt",
        "../../../../etc/passwd",
        "/dev/zero",
        "/dev/stdin",
        "a%00b.png",
        "x" * 5000 + ".png",
        "",
        ".",
        "texts",
        "https://example.org/a.png",
        "//host/a.png",
        "data:image/png;base64,AAAA",
        "file:///etc/passwd",
        "folder",
        "fifo.png",
        "loop.png",
        "%2e%2e/secret/secret.txt",
        "~/a.png",
        "C:\\a.png",
    ):
        yield marked(f"a picture at {target[:40] or 'nothing'}", f"# T\n\n![Bild]({target})\n", 10, 18,
                     says=("a.de.md:3",), arrange=_strange_files)  # fmt: skip
    yield marked(
        "a table of 500 columns",
        "# T\n\n" + "|a" * 500 + "|\n" + "|-" * 500 + "|\n" + "|b" * 500 + "|\n",
    )
    yield marked("a table with cells too many", "# T\n\n|a|\n|-|\n|b|c|d|\n")
    yield marked("a table without rows", "# T\n\n|a|b|\n|-|-|\n", 0)
    yield marked("a fence that does not end", "# T\n\n```\ncode\n", 0, keeps=("code",))
    yield marked("headings without words", "# T\n\n##\n\n## \u200b\n\n#\n\nText.\n", 0)
    yield marked("300 headings of a level", "# T\n\n" + "## Kapitel\n\nText.\n\n" * 300, 0)
    yield marked("entities", "# T\n\n&#0; &#x110000; &#xD800; &#x1F; &nbsp; &bogus;\n")
    yield marked("references in a circle", "# T\n\n[a]: [b]\n[b]: [a]\n[a] [b]\n", 0)


def _strange_files(around: Path) -> None:
    texts = around / "texts"
    (texts / "folder").mkdir()
    os.mkfifo(texts / "fifo.png")
    (texts / "loop.png").symlink_to("loop.png")


def front_matters() -> Iterator[Row]:
    def matter(name: str, content: str, *codes: int, **more: object) -> Row:
        return marked(
            f"front matter, {name}", f"---\n{content}\n---\n\n# T\n\nText.\n", *codes, **more
        )

    yield matter("lists 5,000 deep", "a: " + "[" * 5000, 18, says=("a.de.md:2",))
    yield matter("tables 2,000 deep", "a: " + "{b: " * 2000, 18, says=("a.de.md:2",))
    yield matter("blocks 1,000 deep", "\n".join("  " * level + "a:" for level in range(1000)), 18,
                 says=("a.de.md:",))  # fmt: skip
    yield matter("that is no YAML", "a: b: c: [", 9, says=("a.de.md:",))
    yield matter("a list", "- a\n- b", 9)
    yield matter("a number", "title: 5\ndate: 2021-02-30", 9)
    yield matter(
        "names that are repeated",
        "a: &a [x]\nb: &b [*a, *a, *a]\nc: &c [*b, *b, *b]\nd: [*c, *c]",
        0,
    )
    yield matter("a list that holds itself", "author: &a [*a]", 9)
    yield matter("objects of Python", "title: !!python/object/apply:os.system ['touch pwned']")
    yield matter("orders to terminals", 'title: "\\e[31mRot\\a"')
    yield matter("a NUL", "title: a\0b")
    yield matter("an unknown language", "lang: xx-nowhere-1", 6)
    yield matter("a language of control characters", 'lang: "\\e]0;x\\a"', 9)
    yield matter("a title of 200,000 letters", "title: " + "wort " * 40_000, 18)
    yield marked("a front matter that does not end", "---\ntitle: T\n\nText ohne Ende.\n", 0)


def notes() -> Iterator[Row]:
    yield marked(
        "a note that nobody calls", "# T\n\nText.\n\n[^a]: Note.\n", 10, says=("a.de.md:5",)
    )
    yield marked("a note that calls itself", "# T\n\nText.[^a]\n\n[^a]: Note.[^a]\n", command=ALL)
    yield marked(
        "notes that call each other",
        "# T\n\nText.[^a]\n\n[^a]: A.[^b]\n\n[^b]: B.[^a]\n",
        command=ALL,
    )
    yield marked("a note that is not there", "# T\n\nText.[^nichts]\n", 0, keeps=("[^nichts]",))
    yield marked("notes in notes", "# T\n\na ^[b ^[c ^[d]]]\n")
    yield marked(
        "a thousand calls of one note", "# T\n\n" + "x[^a] " * 1000 + "\n\n[^a]: Note.\n", 0
    )


def names() -> Iterator[Row]:
    def name(what: str, file: bytes, *codes: int, content: str = GOOD, **more: object) -> Row:
        def arrange(around: Path) -> None:
            (around / "texts" / os.fsdecode(file)).write_text(content, encoding="utf-8")

        return Row(f"name: {what}", {}, frozenset(codes), arrange=arrange, **more)  # type: ignore[arg-type]

    yield name("a dash first", b"-a.de.txt", 0, keeps=("Ein Absatz",))
    yield name("an option", b"--help.de.txt", 0)
    yield name("not UTF-8", b"caf\xe9.de.txt", 0, keeps=("Ein Absatz",))
    yield name("not UTF-8, and wrong in itself", b"caf\xe9.de.md", 10, content="# T\n\n![a](b.png)\n",
               says=("caf\\xe9.de.md:3",))  # fmt: skip
    yield name("orders to terminals", b"a\x1b[31m\x07.de.md", 10, content="# T\n\n![a](b.png)\n",
               says=("\\x1b[31m",))  # fmt: skip
    yield name("a line feed", b"a\nb.de.md", 10, content="# T\n\n![a](b.png)\n", says=("a\\x0ab",))
    yield name("the other direction", "a\u202etxt.de.md".encode(), 10, content="# T\n\n![a](b.png)\n",
               says=("\\u202e",))  # fmt: skip
    yield name("spaces", b"  a  .de.txt", 0)
    yield name("the longest there is", b"a" * 248 + b".de.txt", 0)
    yield name("a language that there is not", b"a.xx.txt", 6)
    yield name("two languages", b"a.de.es.txt", 0)
    yield name("no language and no words", b"a.txt", 8, content="123\n")
    yield Row(
        "name: said by itself, with a dash",
        {"-a.de.txt": GOOD},
        frozenset({0}),
        command=("build", "-o", "../out", "--formats", "html", "-j", "1", "--", "-a.de.txt"),
        where="texts",
    )
    yield Row("name: a dash that is taken for an option", {"-a.de.txt": GOOD}, frozenset({2}),
              command=("build", "-o", "../out", "-a.de.txt"), where="texts")  # fmt: skip

    def kind(what: str, make: Callable[[Path], object], *codes: int, **more: object) -> Row:
        def arrange(around: Path) -> None:
            make(around / "texts" / "b.es.txt")

        return Row(f"kind of file: {what}", {"a.de.txt": GOOD}, frozenset(codes), ("b.es.txt",),
                   arrange=arrange, **more)  # type: ignore[arg-type]  # fmt: skip

    def bound(file: Path) -> None:
        here = os.open(file.parent, os.O_RDONLY)
        with socket.socket(socket.AF_UNIX) as made:
            made.bind(f"/proc/self/fd/{here}/{file.name}")
        os.close(here)

    yield kind("a FIFO", os.mkfifo, 3)
    yield kind("a folder", Path.mkdir, 3)
    yield kind("a socket", bound, 3)
    yield kind("a link to nowhere", lambda file: file.symlink_to("gone"), 3)
    yield kind("a link to itself", lambda file: file.symlink_to(file.name), 3)
    yield kind("a link to a device", lambda file: file.symlink_to("/dev/zero"), 3)
    yield kind("a link out of the folder", lambda file: file.symlink_to("../secret/secret.txt"), 3)
    yield Row(
        "kind of file: the folder is a file",
        {},
        frozenset({3}),
        command=("build", "secret/secret.txt/x"),
    )
    yield Row("kind of file: an empty folder", {}, frozenset({3}))
    yield Row(
        "kind of file: a folder that is not there",
        {},
        frozenset({3}),
        command=("build", "nowhere", "-o", "out"),
    )
    yield Row(
        "kind of file: two in one language", {"a.de.txt": GOOD, "b.de.txt": GOOD}, frozenset({7})
    )
    yield Row("kind of file: another than texts", {"a.docx": b"PK\x03\x04"}, frozenset({3}))
    assert SECRET
