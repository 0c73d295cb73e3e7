"""``book.toml``, themes and templates."""

from collections.abc import Iterator
from pathlib import Path

from tests.hostile.row import GOOD, Row, settings, template

KEYS = (
    "name", "title", "author", "authors", "publisher", "identifier", "rights", "date", "languages", "pivot",
    "direction", "formats", "editions", "theme", "outline", "files", "words", "typography", "dates", "calendar",
    "digits", "thai_breaks", "names", "accessibility", "fonts", "page_list", "profiles", "impose", "print",
    "limits", "identifiers",
)  # fmt: skip
VALUES = {"a number": "-7", "a list of lists": "[[[]]]", "a table": '{ x = { y = 1 } }', "nothing": '""',
          "a date": "2021-02-03T04:05:06Z", "infinity": "inf"}  # fmt: skip


def rows() -> Iterator[Row]:
    yield from of_settings()
    yield from of_templates()


def of_settings() -> Iterator[Row]:
    for at, key in enumerate(KEYS):
        # Each key with two of the values, so that all of them meet every kind of key.
        for what in [*VALUES][at % 3 :: 3]:
            yield settings(f"{key} is {what}", f"{key} = {VALUES[what]}\n")
    yield settings("no TOML", "title = \n", 9, says=("book.toml:1",))
    yield settings("a key twice", 'title = "a"\ntitle = "b"\n', 9, says=("book.toml:2",))
    yield settings("a key that there is not", "\ntitel = 5\n", 9, says=("book.toml:2", "title"))
    yield settings("not UTF-8", b'title = "\xe9"\n', 9)
    yield settings("empty", "", 0)
    yield settings("lists 5,000 deep", "x = " + "[" * 5000, 18, says=("book.toml:1",))
    yield settings("tables 2,000 deep", "\nx = " + "{a = " * 2000, 18, says=("book.toml:2",))
    yield settings(
        "a key of 2,000 parts", ".".join("a" * 2000) + " = 1\n", 18, says=("book.toml:1",)
    )
    yield settings("a table of 2,000 parts", "[" + ".".join("a" * 2000) + "]\n", 18)
    yield settings("a number of 10,000 digits", "limits = " + "9" * 10_000 + "\n", 9)
    yield settings("control characters in the title", 'title = "a\\u001b[31mb\\u0000c\\u0007"\n')
    yield settings("control characters in a key", '"a\\u001b[31m" = 1\n', 9, says=("U+001B",))
    yield settings("control characters in a name", 'author = "a\\u0000\\nb"\n')
    yield settings("control characters raw", 'title = "a\x1bb"\n', 9)
    yield settings("a title of 200,000 letters", f'title = "{"wort " * 40_000}"\n')
    yield settings("a title of other directions", 'title = "\\u202eabc\\u2067"\n')
    yield settings("a title of markup", 'title = "</title><script>alert(1)</script>"\n', 0)
    for name in ("../x", "/etc/x", "a/b", "..", ".", "A B", "x" * 300, "-x", "a\\\\u0000b"):
        yield settings(f"the name {name[:20]}", f'name = "{name}"\n')
    for page in (
        "0mm 0mm",
        "-1mm 5mm",
        "1e9mm 1e9mm",
        "A99",
        "148 210",
        "nan nan",
        "99999mm 99999mm",
    ):
        yield settings(f"a page of {page}", f'[theme]\npage = "{page}"\n', 9, says=("book.toml:2",))
    for base in ("0", "-3", "1e300", "nan", "inf", '"10em"', "true"):
        yield settings(
            f"type of the size {base}", f"[theme]\nbase = {base}\n", 9, says=("book.toml:2",)
        )
    for theme in ("../plain", "/etc", "", "plain/../plain", "Plain"):
        yield settings(f"the theme {theme or 'of no name'}", f'[theme]\nname = "{theme}"\n', 9)
    yield settings("levels without end", "[outline]\n3 = 99999999999\n")
    yield settings("a level below none", "[outline]\n3 = -5\n")
    yield settings("a line that there is not", "[outline]\n99999 = 1\n")
    yield settings("a file elsewhere", '[files]\n"../secret/secret.txt" = "de"\n', 9)
    yield settings(
        "a profile of colours elsewhere", '[print]\nintent = "../secret/secret.txt"\n', 9
    )
    yield settings("a profile of colours that is a device", '[print]\nintent = "/dev/zero"\n', 9)
    yield settings("a profile of colours that is a text", '[print]\nintent = "a.de.txt"\n', 9)
    for sheets in (
        "size = []",
        "thickness = inf",
        "folds = 99999999999",
        "marks = 5",
        "gap = -1",
        "up = 1.5",
    ):
        yield settings(
            f"sheets of {sheets}", f"[print.sheets]\n{sheets}\n", 9, says=("book.toml:2",)
        )
    yield settings("inks beyond all paper", "[print.inks]\nde = [1e9, -1, nan, 0]\n", 9)
    yield settings("limits that are none", "[limits]\nnesting = 0\n", 9)
    yield settings("a limit beyond what Python can do", "[limits]\nnesting = 100000\n", 0)
    yield Row("book.toml: deeper than Python can go",
              {"a.de.md": "# T\n\n" + ">" * 3000 + " x\n", "book.toml": "[limits]\nnesting = 100000\n"},
              frozenset({18, 21}))  # fmt: skip
    yield settings("an ISBN that is none", '[identifiers]\n"de.epub" = "urn:isbn:123"\n')

    def folder(around: Path) -> None:
        (around / "texts" / "book.toml").mkdir()

    def nowhere(around: Path) -> None:
        (around / "texts" / "book.toml").symlink_to("gone.toml")

    def outside(around: Path) -> None:
        (around / "texts" / "book.toml").symlink_to("../secret/secret.txt")

    for what, arrange in (
        ("a folder", folder),
        ("a link to nowhere", nowhere),
        ("a link outside", outside),
    ):
        yield Row(
            f"book.toml: {what}",
            {"a.de.txt": GOOD},
            frozenset({9}),
            ("book.toml",),
            arrange=arrange,
        )


def of_templates() -> Iterator[Row]:
    own = "blocks/paragraph.html"
    yield template("of no name of ours", "blocks/paragraf.html", "x", 9, says=("paragraph",))
    yield template("not UTF-8", own, b"\xff\xfe\x00", 9)
    yield template("wrong syntax", own, "a\n{% if %}\n", 17, says=("paragraph.html:2",))
    yield template(
        "a name that there is not", own, "{{ nothing.at.all }}", 17, says=("paragraph.html:1",)
    )
    yield template("includes what is not there", own, "{% include 'x.html' %}", 17)
    yield template("includes itself", own, "{% include 'blocks/paragraph.html' %}", says=())
    yield template("reaches Python", own, "{{ scene.__class__.__mro__[1].__subclasses__() }}", 17)
    yield template("reaches the system", own, "{{ self.__init__.__globals__ }}", 17)
    yield template("reaches files", own, "{% include '../../secret/secret.txt' %}", 17)
    yield template("loops in loops", own, "{% for a in range(99999) %}{% for b in range(99999) %}"
                   "{% for c in range(99999) %}x{% endfor %}{% endfor %}{% endfor %}", 17, 18,
                   command=("build", "texts", "-o", "out", "--formats", "html", "-j", "1", "--limit",
                            "template_seconds=2"))  # fmt: skip
    yield template("a text without end", own, "{{ 'a' * 3000000000 }}", 17, 18, 21)
    yield template("a number without end", own, "{{ 9 ** (9 ** 9) }}", 17, 18, 21,
                   command=("build", "texts", "-o", "out", "--formats", "html", "-j", "1", "--limit",
                            "template_seconds=2"))  # fmt: skip
    yield template("deep brackets", own, "{{ " + "(" * 5000 + " }}", 17, 21)
    yield template("deep lists", own, "{{ " + "[" * 500 + "]" * 500 + " }}")
    yield template("theme.toml that is none", "theme.toml", "x = ", 9, says=("theme.toml:1",))
    yield template("theme.toml 5,000 deep", "theme.toml", "x = " + "[" * 5000, 18)
    yield template("theme.toml of 2,000 parts", "theme.toml", ".".join("a" * 2000) + " = 1", 18)
    yield template("theme.toml with a key of nobody", "theme.toml", "[margins]\ninnner = 5\n", 9,
                   says=("theme.toml:2",))  # fmt: skip
    yield template("theme.toml of another kind", "theme.toml", 'page = 5\nbase = "x"\n', 9)
    yield template("theme.toml of extremes", "theme.toml", "[margins]\ninner = 999\nouter = 999\n")
    pdf = ("build", "texts", "-o", "out", "--formats", "pdf", "-j", "1")
    for what, css in (
        ("a style from elsewhere", "@import url(http://localhost:9/x.css);"),
        ("a style of the machine", "@import url(file:///etc/passwd);"),
        ("a picture of the machine", "body { background: url(file:///etc/hostname) }"),
        ("a picture from elsewhere", "body { background: url(http://localhost:9/a.png) }"),
    ):
        yield template(what, "styles/own.css", css, 13, 17, 10, command=pdf)
    yield template("a style that is none", "styles/own.css", "}}}{{ x", 17)

    def folder(around: Path) -> None:
        (around / "texts" / "templates" / "styles" / "own.css").mkdir(parents=True)

    def file(around: Path) -> None:
        (around / "texts" / "templates").write_text("x")

    def loop(around: Path) -> None:
        (around / "texts" / "templates").symlink_to("templates")

    for what, arrange in (
        ("a folder", folder),
        ("the folder is a file", file),
        ("the folder is a loop", loop),
    ):
        yield Row(f"template: {what}", {"a.de.txt": GOOD}, arrange=arrange)
