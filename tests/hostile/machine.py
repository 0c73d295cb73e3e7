"""Faults of the machine, and odd circumstances."""

import os
from collections.abc import Iterator
from pathlib import Path

from tests.hostile.row import BUILT, GOOD, Row

HTML = ("build", "texts", "-o", "out", "--formats", "html", "-j", "1")
PDF = ("build", "texts", "-o", "out", "--formats", "pdf", "-j", "1")
UMLAUTS = {"a.de.txt": "Überschrift\n\nEin Absatz mit Text, der lang genug ist.\n"}


def rows() -> Iterator[Row]:
    yield from streams()
    yield from surroundings()
    yield from options()
    yield from outputs()


def streams() -> Iterator[Row]:
    def row(name: str, *codes: int, **more: object) -> Row:
        return Row(
            f"streams: {name}",
            UMLAUTS,
            frozenset(codes or (BUILT,)),
            keeps=("Überschrift",),
            **more,
        )  # type: ignore[arg-type]

    yield row("no output", closed=(1,))
    yield row("no errors", closed=(2,))
    yield row("none at all, from the start", closed=(0, 1, 2), afresh=True)
    for encoding in ("ascii", "utf-16"):
        yield row(f"in {encoding}", afresh=True, orders=encoding == "utf-16",
                  environment={"PYTHONIOENCODING": encoding})  # fmt: skip
    yield row("in another language", afresh=True,
              environment={"LC_ALL": "xx_YY.nonsense", "LANGUAGE": "zz"})  # fmt: skip
    yield row("without UTF-8", afresh=True,
              environment={"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"})  # fmt: skip
    for columns in ("0", "-5", "1", "abc", "99999999"):
        yield row(
            f"a terminal {columns} wide",
            orders=True,
            environment={"COLUMNS": columns, "FORCE_COLOR": "1", "TERM": "nonsense"},
        )


def surroundings() -> Iterator[Row]:
    def row(
        name: str, *codes: int, files: dict[str, str | bytes] | None = None, **more: object
    ) -> Row:
        return Row(f"machine: {name}", files or UMLAUTS, frozenset(codes or (BUILT,)), **more)  # type: ignore[arg-type]

    def gone(around: Path) -> None:
        (around / "gone").mkdir()

    yield row(
        "its folder was removed",
        3,
        where="gone",
        arrange=gone,
        says=("folder that this command runs in",),
    )
    for moment, *codes in (
        ("soon", 2),
        ("-5", 2),
        ("1e9", 2),
        ("9" * 30, 2),
        ("", BUILT, 2),
        ("0", BUILT, 2),
    ):
        yield row(
            f"the moment {moment or 'of nothing'}",
            *codes,
            environment={"SOURCE_DATE_EPOCH": moment},
        )
    yield row(
        "no folder for temporary files",
        BUILT,
        21,
        environment={"TMPDIR": "/nowhere/at/all"},
        command=PDF,
    )
    yield row("few open files", BUILT, 21, limits={"RLIMIT_NOFILE": 12}, command=PDF)
    yield row("no open files", 3, 12, 13, 14, 20, 21, 5, limits={"RLIMIT_NOFILE": 4}, command=PDF)
    yield row("files of a kilobyte", 12, 14, 21, limits={"RLIMIT_FSIZE": 1000}, command=PDF)
    yield row("files of ten kilobytes", 12, 14, 21, limits={"RLIMIT_FSIZE": 10_000}, command=PDF)
    # In workers: GLib, which lays out text, ends the process that it gets no memory in.
    yield row("little memory", BUILT, 13, 14, 20, 21, limits={"RLIMIT_AS": 450_000_000},
              command=(*PDF[:-1], "2"), afresh=True,
              files={**UMLAUTS, "a.es.txt": "Título\n\nUn párrafo con texto.\n"})  # fmt: skip
    yield row("no further processes", BUILT, 21, 20, limits={"RLIMIT_NPROC": 1},
              command=("build", "texts", "-o", "out", "--formats", "html", "-j", "2"),
              files={**UMLAUTS, "a.es.txt": "Título\n\nUn párrafo con texto.\n"})  # fmt: skip
    yield row("no programs", BUILT, 1, environment={"PATH": "", "HOME": "", "JAVA_HOME": "/nowhere"},
              command=(*HTML, "--check"))  # fmt: skip


def options() -> Iterator[Row]:
    def row(name: str, options: tuple[str, ...], *codes: int) -> Row:
        return Row(
            f"options: {name}",
            {"a.de.txt": GOOD},
            frozenset(codes),
            command=("build", "texts", "-o", "out", *options),
        )

    yield row("no jobs", ("-j", "0"), 2)
    yield row("jobs below none", ("-j", "-3"), 2)
    yield row("jobs that are no number", ("-j", "x"), 2)
    yield row("a title of orders", ("--title", "\x1b[31mRot\x07", "--formats", "html"), 2)
    yield row("a title of nothing", ("--title", "", "--formats", "html"), 0)
    yield row(
        "a title that is not UTF-8", ("--title", os.fsdecode(b"caf\xe9"), "--formats", "html"), 0, 2
    )
    yield row("languages of orders", ("--languages", "\x1b[31m"), 6)
    yield row("a language of 10,000 letters", ("--languages", "a" * 10_000), 6)
    yield row("formats of commas", ("--formats", ",,,"), 2)
    yield row("formats that there are not", ("--formats", "html,\x1b[31m"), 2)
    yield row("limits that there are not", ("--limit", "x=1"), 2)
    yield row("limits without a number", ("--limit", "nesting"), 2)
    yield row("an option that there is not", ("--\x1b[31m",), 2)
    yield Row("options: none", {}, frozenset({0, 2}), command=())
    yield Row(
        "options: judges that there are not",
        {},
        frozenset({2}),
        command=("check", "out", "--judges", "x"),
    )


def outputs() -> Iterator[Row]:
    def into(name: str, path: str, *codes: int, **more: object) -> Row:
        return Row(f"output: {name}", {"a.de.txt": GOOD}, frozenset(codes), **more,  # type: ignore[arg-type]
                   command=("build", "texts", "-o", path, "--formats", "html", "-j", "1"))  # fmt: skip

    yield into("a file", "secret/secret.txt", 12, says=("--output",))
    yield into("below a file", "secret/secret.txt/x", 12)
    yield into("a device", "/dev/null", 12)
    yield into("below a device", "/dev/null/x", 12)
    yield into("where nothing may be", "/proc/x", 12)
    yield into("a name that is too long", "x" * 300, 12)
    yield into("nothing", "", 0, 12)

    def linked(target: str):  # type: ignore[no-untyped-def]
        def arrange(around: Path) -> None:
            (around / "link").symlink_to(target)

        return arrange

    yield into("a link to nowhere", "link", 12, arrange=linked("gone"))
    yield into("a link to itself", "link", 12, arrange=linked("link"))
    yield into("a link to a folder", "link", 0, arrange=linked("out"), keeps=("Ein Absatz",))

    def taken(around: Path) -> None:
        (around / "out" / "manifest.json").mkdir()

    yield Row(
        "output: a folder stands where a file would go",
        {"a.de.txt": GOOD},
        frozenset({12}),
        arrange=taken,
    )
