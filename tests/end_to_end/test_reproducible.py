"""The same sources give the same bytes: on any day, on any machine, for anybody."""

import io
import os
import subprocess
import sys
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pikepdf
import pytest
from lxml import etree

from tests.end_to_end.tools import REPOSITORY, Outcome
from tests.forks import End, Forks, Trial

DAYS = 400
LATER = f"""\
# A clock that goes wrong, for every Python that is started with this folder on its path.
import datetime, time
AHEAD = {DAYS} * 86400
_time, _time_ns, _localtime, _gmtime = time.time, time.time_ns, time.localtime, time.gmtime
time.time = lambda: _time() + AHEAD
time.time_ns = lambda: _time_ns() + AHEAD * 10**9
time.localtime = lambda seconds=None: _localtime(time.time() if seconds is None else seconds)
time.gmtime = lambda seconds=None: _gmtime(time.time() if seconds is None else seconds)
class Later(datetime.datetime):
    @classmethod
    def now(cls, tz=None):
        return super().now(tz) + datetime.timedelta(days={DAYS})
    @classmethod
    def utcnow(cls):
        return super().utcnow() + datetime.timedelta(days={DAYS})
    @classmethod
    def today(cls):
        return super().today() + datetime.timedelta(days={DAYS})
class LaterDay(datetime.date):
    @classmethod
    def today(cls):
        return super().today() + datetime.timedelta(days={DAYS})
datetime.datetime, datetime.date = Later, LaterDay
"""

FILES = {
    "walk.de.md": """\
# Ein Gang ans Wasser

Geschrieben am 2. März 2026 von *jemandem*, der gern geht.[^1]

## Was man mitnimmt

1. einen Hut
2. ein Buch
    - mit Bildern
    - ohne Bilder

| Sache | Gewicht | Preis |
|:------|--------:|------:|
| Hut   |   120 g |  30 € |
| Buch  |   400 g |  18 € |

![Eine Brücke](bridge.svg "Die Brücke")

## Wie man geht

> Langsam, und mit **offenen** Augen.

    ein Schritt = zwei Füße

Unter +49 30 555 01 99 gibt es Auskunft, und [im Netz](https://example.org/gang).

[^1]: Sie heißt Anna.
""",
    "walk.ar.txt": """\
نزهة إلى الماء

كُتبت في الربيع، ومن كتبها يحب المشي كثيرا، ويعرف كل طريق في هذه المدينة القديمة.

ما نأخذه معنا

  • قبعة
  • كتاب عن الطيور

كيف نمشي

نمشي على مهل، وعيوننا مفتوحة، والرقم 0800 222 333 لمن يسأل عن الطريق إلى النهر.
""",
    "bridge.svg": """\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 80 30">
<path d="M5 25 Q40 -5 75 25" fill="none" stroke="#345"/></svg>
""",
    "book.toml": """\
date = 2026-03-02
author = "Anna"
""",
}
"""A little of everything that a book can hold."""
EVERYTHING = (
    "--formats", "html,epub,pdf", "--profile", "screen,archive,print",
    "--impose", "saddle", "--page-list",
)  # fmt: skip


@dataclass(frozen=True)
class Place:
    """Where, when and by whom something is built."""

    folder: Path
    """The working folder; the texts stand below it."""
    mask: int
    seed: str
    variables: Mapping[str, str] = field(default_factory=dict)
    backwards: bool = False
    """Whether the files of the texts are made in the other order."""
    time: int = 1_600_000_000
    """When they were changed last, in seconds since 1970."""
    path: tuple[Path, ...] = ()

    def sources(self) -> Path:
        folder = self.folder / "texts"
        folder.mkdir(parents=True)
        for at, (name, content) in enumerate(sorted(FILES.items(), reverse=self.backwards)):
            (folder / name).write_text(content, encoding="utf-8")
            os.utime(folder / name, (self.time + at, self.time + 86400 * at))
        return folder

    def run(self, *command: str) -> Outcome:
        for name in ("home", "temporary"):
            (self.folder / name).mkdir(exist_ok=True, parents=True)
        environment = {
            "PATH": os.environ["PATH"],
            "PYTHONPATH": os.pathsep.join(map(str, (*self.path, REPOSITORY))),
            "PYTHONIOENCODING": "utf-8",
            "PYTHONHASHSEED": self.seed,
            "HOME": str(self.folder / "home"),
            "TMPDIR": str(self.folder / "temporary"),
            **self.variables,
        }
        done = subprocess.run(
            [sys.executable, *command],
            cwd=self.folder,
            env=environment,
            umask=self.mask,
            capture_output=True,
            encoding="utf-8",
            timeout=900,
        )
        return Outcome(done.returncode, done.stdout, done.stderr)

    def build(self, *options: str) -> dict[str, bytes]:
        done = self.run("-m", "pipeline", "build", "texts", "-o", "out/books", *options)
        assert done.code == 0, done
        return self.made()

    def end(self, forks: Forks, *options: str) -> End:
        """How a build ends in a process that has imported the program already."""
        (self.folder / "temporary").mkdir()
        command = ("build", "texts", "-o", "out/books", *options)
        return forks.end(Trial(command, str(self.folder), str(self.folder), self.variables))

    def made(self) -> dict[str, bytes]:
        return {
            str(file.relative_to(self.folder / "out")): file.read_bytes()
            for file in sorted((self.folder / "out").rglob("*"))
            if file.is_file()
        }


def differing(one: Mapping[str, bytes], other: Mapping[str, bytes]) -> list[str]:
    """The files that are not the same in both, and from which byte on."""
    assert list(one) == list(other)
    out = []
    for name, content in one.items():
        if content != other[name]:
            pairs = enumerate(zip(content, other[name], strict=False))
            out.append(
                f"{name} from byte {next((n for n, (a, b) in pairs if a != b), len(content))}"
            )
    return out


def test_the_same_sources_give_the_same_bytes_wherever_whenever_and_for_whomever(
    tmp_path: Path,
) -> None:
    (tmp_path / "later").mkdir()
    (tmp_path / "later" / "sitecustomize.py").write_text(LATER, encoding="utf-8")
    here = Place(
        tmp_path / "here",
        0o022,
        "1",
        {"TZ": "Asia/Tokyo", "LC_ALL": "C", "LANG": "C", "USER": "anna", "LOGNAME": "anna"},
    )
    there = Place(
        tmp_path / "another place" / "ที่นั่น" / "there",
        0o077,
        "4242",
        {"TZ": "America/Lima", "LC_ALL": "de_DE.UTF-8", "LANG": "ar_EG.UTF-8", "LANGUAGE": "th",
         "USER": "root", "LOGNAME": "root", "XDG_CACHE_HOME": "cache", "COLUMNS": "40"},
        backwards=True,
        time=1_700_000_000,
        path=(tmp_path / "later",),
    )  # fmt: skip
    clock = "import time, datetime; print(int(time.time()), datetime.datetime.now().year)"
    for place in (here, there):
        place.folder.mkdir(parents=True)
        place.sources()
    (now, _), (then, _) = (place.run("-c", clock).out.split() for place in (here, there))
    assert int(then) - int(now) >= DAYS * 86400, "the clock of the second build is not wrong"
    one = here.build(*EVERYTHING, "--jobs", "1")
    other = there.build(*EVERYTHING, "--jobs", "2")
    assert len(one) == 3 * (2 + 3 * 2) + 2
    assert differing(one, other) == []


# --- SOURCE_DATE_EPOCH ------------------------------------------------------------------------------

ONE = ("--languages", "de", "--editions", "single", "--formats", "epub,pdf", "--jobs", "1")
XMP = "{http://ns.adobe.com/xap/1.0/}"


def dates(made: Mapping[str, bytes]) -> dict[str, str]:
    """All that tells a time in the e-book and in the PDF."""
    found = {}
    with zipfile.ZipFile(io.BytesIO(made["books/texts.de.epub"])) as archive:
        times = {each.date_time for each in archive.infolist()}
        assert len(times) == 1, "the files of an e-book are all of one time"
        found["zip"] = "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z".format(*times.pop())
        (package,) = (name for name in archive.namelist() if name.endswith(".opf"))
        root = etree.fromstring(archive.read(package))
        (modified,) = root.xpath("//*[@property='dcterms:modified']")
        found["modified"] = str(modified.text)
    with pikepdf.open(io.BytesIO(made["books/texts.de.pdf"])) as pdf:
        for key in ("/CreationDate", "/ModDate"):
            found[key] = str(pdf.docinfo[key])
        packet = etree.fromstring(pdf.Root.Metadata.read_bytes())
        for name in ("CreateDate", "ModifyDate", "MetadataDate"):
            found[name] = str(packet.findtext(f".//{XMP}{name}"))
    return found


def told(iso: str) -> dict[str, str]:
    """What all of them must say of one moment."""
    short = "D:" + "".join(char for char in iso if char.isdigit()) + "Z"
    names = ("zip", "modified", "CreateDate", "ModifyDate", "MetadataDate")
    return dict.fromkeys(names, iso) | {"/CreationDate": short, "/ModDate": short}


def test_the_moment_of_the_build_is_the_one_that_is_given(forks: Forks, tmp_path: Path) -> None:
    made = []
    for at, said in enumerate(("1772409600", "1772409600", "1577934245", "")):
        place = Place(
            tmp_path / str(at), 0o022, str(at), {"SOURCE_DATE_EPOCH": said, "TZ": "Asia/Tokyo"}
        )
        place.sources()
        if at < 2:
            made.append(place.build(*ONE))
        else:
            assert place.end(forks, *ONE).code == 0
            made.append(place.made())
    first, again, other, unset = made
    assert differing(first, again) == []
    assert dates(first) == told("2026-03-02T00:00:00Z")
    # Archives count in pairs of seconds.
    assert dates(other) == told("2020-01-02T03:04:05Z") | {"zip": "2020-01-02T03:04:04Z"}
    assert dates(unset) == told("2026-03-02T00:00:00Z"), (
        "the date of the book, without the variable"
    )
    changed = {each.split()[0] for each in differing(first, other)}
    # The gallery tells how large the files are.
    changed.discard("books/index.html")
    assert changed == {"books/texts.de.epub", "books/texts.de.pdf", "books/manifest.json"}


@pytest.mark.parametrize("said", ["yesterday", "-1", "1.5", "99999999999999", " 1"])
def test_a_moment_that_is_none_is_refused_before_anything_is_made(
    forks: Forks, tmp_path: Path, said: str
) -> None:
    place = Place(tmp_path / "place", 0o022, "0", {"SOURCE_DATE_EPOCH": said})
    place.sources()
    done = place.end(forks, *ONE)
    assert done.code == 2, done
    message, cure = done.err.splitlines()
    assert "SOURCE_DATE_EPOCH" in message
    assert cure.startswith("  cure: ")
    assert not (place.folder / "out").exists()
