"""How files are opened: only files, only where they may be, and none is skipped."""

import os
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from pipeline.configuration.options import Options
from pipeline.errors import ConfigurationError, LimitError, MarkupError, MissingSourceError
from pipeline.limits import Limits
from pipeline.machine.files import Access, UnreadableError
from pipeline.sources import load
from tests.unit_helpers import put

GERMAN = "Ein Titel\n\nEin Absatz mit einigen Wörtern.\n"
ROOT = Path(__file__).resolve().parents[2]


def a_folder(place: Path) -> None:
    place.mkdir()


def a_fifo(place: Path) -> None:
    os.mkfifo(place)


def a_socket(place: Path) -> None:
    here = Path.cwd()
    os.chdir(place.parent)  # the path of a socket may not be long
    try:
        with socket.socket(socket.AF_UNIX) as made:
            made.bind(place.name)
    finally:
        os.chdir(here)


def a_dangling_link(place: Path) -> None:
    place.symlink_to("nowhere.txt")


def a_looping_link(place: Path) -> None:
    place.symlink_to(place.name)


def a_link_out(place: Path) -> None:
    place.symlink_to(ROOT / "LICENSE")


def a_link_to_a_device(place: Path) -> None:
    place.symlink_to("/dev/zero")


NO_FILES = [
    (a_folder, "is a folder"),
    (a_fifo, "is a FIFO"),
    (a_socket, "is a socket"),
    (a_dangling_link, "is a link to “nowhere.txt”, which is not there"),
    (a_looping_link, "is a link that leads back to itself"),
    (a_link_out, "lies outside the folder of the book"),
    (a_link_to_a_device, "lies outside the folder of the book"),
]
each_kind = pytest.mark.parametrize(
    ("make", "said"), NO_FILES, ids=[make.__name__ for make, _ in NO_FILES]
)


@each_kind
def test_a_text_that_is_no_file_is_never_skipped(
    tmp_path: Path, make: Callable[[Path], None], said: str
) -> None:
    put(tmp_path, {"a.de.txt": GERMAN})
    make(tmp_path / "th.txt")
    with pytest.raises(MissingSourceError, match=said) as caught:
        load([tmp_path])
    assert caught.value.at
    assert caught.value.at.path.endswith("th.txt")
    assert caught.value.cure


@each_kind
def test_a_picture_that_is_no_file_is_an_error_with_its_line(
    tmp_path: Path, make: Callable[[Path], None], said: str
) -> None:
    put(tmp_path, {"a.de.md": "# Titel\n\nText.\n\n![Ein Bild](bild.png)\n"})
    make(tmp_path / "bild.png")
    with pytest.raises(MarkupError, match=said) as caught:
        load([tmp_path])
    assert str(caught.value.at).endswith("a.de.md:5")
    assert caught.value.cure


@each_kind
def test_settings_that_are_no_file_are_not_taken_for_none(
    tmp_path: Path, make: Callable[[Path], None], said: str
) -> None:
    put(tmp_path, {"a.de.txt": GERMAN})
    make(tmp_path / "book.toml")
    with pytest.raises(ConfigurationError, match=said) as caught:
        load([tmp_path])
    assert str(caught.value.at).endswith("book.toml")


@each_kind
def test_a_template_that_is_no_file_is_an_error(
    tmp_path: Path, make: Callable[[Path], None], said: str
) -> None:
    put(tmp_path, {"a.de.txt": GERMAN})
    (tmp_path / "templates" / "styles").mkdir(parents=True)
    make(tmp_path / "templates" / "styles" / "own.css")
    if make is a_folder:
        load([tmp_path])  # a folder holds templates, or none
        return
    with pytest.raises(ConfigurationError, match=said) as caught:
        load([tmp_path])
    assert str(caught.value.at).endswith("templates/styles/own.css")


@each_kind
def test_a_colour_profile_that_is_no_file_is_an_error(
    tmp_path: Path, make: Callable[[Path], None], said: str
) -> None:
    put(tmp_path, {"a.de.txt": GERMAN, "book.toml": '[print]\n\nintent = "press.icc"\n'})
    make(tmp_path / "press.icc")
    with pytest.raises(ConfigurationError, match=said) as caught:
        load([tmp_path])
    assert str(caught.value.at).endswith("book.toml:3")


@pytest.mark.parametrize("make", [a_dangling_link, a_looping_link, a_fifo, a_socket])
def test_a_folder_of_templates_that_is_none_is_an_error(
    tmp_path: Path, make: Callable[[Path], None]
) -> None:
    put(tmp_path, {"a.de.txt": GERMAN})
    make(tmp_path / "templates")
    with pytest.raises(ConfigurationError, match="templates cannot be read") as caught:
        load([tmp_path])
    assert str(caught.value.at).endswith("templates")


@pytest.mark.parametrize(
    "closed", ["templates", "templates/styles/own.css", "a.de.txt", "book.toml"]
)
def test_what_nobody_may_read_is_an_error_that_names_it(tmp_path: Path, closed: str) -> None:
    """As a user who may not read everything, which who runs the tests may be allowed to."""
    put(tmp_path, {"a.de.txt": GERMAN, "b.th.txt": GERMAN, "book.toml": 'title = "T"\n'})
    (tmp_path / "templates" / "styles").mkdir(parents=True)
    put(tmp_path / "templates" / "styles", {"own.css": "p {}"})
    (tmp_path / closed).chmod(0)
    program = (
        "import os, sys; from pathlib import Path\n"
        "from pipeline.errors import PentaplaError\nfrom pipeline.sources import load\n"
        "try: load([Path('.')])  # all modules are read while they may be\n"
        "except PentaplaError: pass\n"
        "if os.geteuid() == 0: os.setgroups([]); os.setegid(65534); os.seteuid(65534)\n"
        "try: load([Path('.')])\n"
        "except PentaplaError as error: print(type(error).__name__, error)\n"
    )
    for folder in (tmp_path, *tmp_path.parents):
        if os.geteuid() == 0 and folder.name.startswith(("test_", "pytest-", "popen-")):
            folder.chmod(0o755)
    found = subprocess.run(
        [sys.executable, "-c", program],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        check=True,
    )
    (tmp_path / closed).chmod(0o755)
    assert f"{closed}: " in found.stdout
    assert "Permission denied" in found.stdout


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("/dev/zero", "absolute path"),
        ("../beside.png", "outside the folder"),
        ("inner/../../beside.png", "outside the folder"),
        ("a%00b.png", "NUL"),
        ("a" * 300 + ".png", "too long"),
        ("p/" * 3000 + "a.png", "is not there|too long"),
        ("a.de.md/x.png", "is not there"),
        (".", "is a folder"),
    ],
)
def test_a_picture_by_a_name_that_leads_out_or_nowhere_is_an_error(
    tmp_path: Path, name: str, said: str
) -> None:
    Image.new("RGB", (3, 3)).save(tmp_path / "beside.png")
    (tmp_path / "book" / "inner").mkdir(parents=True)
    put(tmp_path / "book", {"a.de.md": f"# Titel\n\n![Ein Bild]({name})\n"})
    with pytest.raises(MarkupError, match=said) as caught:
        load([tmp_path / "book"])
    assert str(caught.value.at).endswith("a.de.md:3")


def test_who_gives_the_command_may_let_files_lie_elsewhere(tmp_path: Path) -> None:
    Image.new("RGB", (3, 2)).save(tmp_path / "beside.png")
    put(tmp_path, {"elsewhere.txt": GERMAN})
    absolute = (tmp_path / "beside.png").as_posix()
    folder = put(
        tmp_path / "book",
        {"a.es.md": f"# T\n\n![Ein Bild](../beside.png)\n\n![Noch]({absolute})\n"},
    )
    (folder / "b.de.txt").symlink_to("../elsewhere.txt")
    book, _ = load([folder], Options(outside=True))
    assert [each.tag for each in book.translations] == ["es", "de"]


def test_a_link_inside_the_folder_is_followed(tmp_path: Path) -> None:
    put(tmp_path, {"_shared.txt": GERMAN})
    (tmp_path / "b.de.txt").symlink_to("_shared.txt")
    assert load([tmp_path])[0].translations[0].tag == "de"


def test_a_folder_of_texts_may_itself_be_a_link(tmp_path: Path) -> None:
    put(tmp_path / "real", {"a.de.txt": GERMAN})
    (tmp_path / "link").symlink_to("real")
    assert load([tmp_path / "link"])[0].translations[0].tag == "de"


def test_a_file_that_the_command_names_may_be_a_link(tmp_path: Path) -> None:
    put(tmp_path, {"elsewhere.txt": GERMAN})
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "b.de.txt").symlink_to("../elsewhere.txt")
    assert load([tmp_path / "in" / "b.de.txt"])[0].translations[0].tag == "de"


def test_a_file_beyond_the_limit_is_not_read_further(tmp_path: Path) -> None:
    put(tmp_path, {"a.txt": b"x" * 1001})
    access = Access((tmp_path,), limits=Limits(text_bytes=1000))
    with pytest.raises(UnreadableError, match="the file has more than 1 kB") as caught:
        access.read(tmp_path, "a.txt", "the file", "text_bytes")
    assert caught.value.large
    assert len(Access((tmp_path,)).read(tmp_path, "a.txt", "the file", "text_bytes")) == 1001


# --- how long texts may be ------------------------------------------------------------------------


def limited(tmp_path: Path, name: str, content: str, **limits: int) -> LimitError:
    with pytest.raises(LimitError) as caught:
        load([put(tmp_path, {name: content})], Options(limits=limits))
    return caught.value


@pytest.mark.parametrize(
    ("name", "content", "line"),
    [
        ("a.de.txt", "T\n\n" + "wort " * 50, 3),
        ("a.de.txt", "wort " * 50, 1),
        ("a.de.txt", "T\n\n" + "wort wort\nwort wort\n" * 25, 3),
        ("a.de.md", "# T\n\n- eins\n- " + "zwei " * 50, 4),
        ("a.de.md", "# T\n\n> " + "wort " * 50, 3),
        ("a.de.md", "---\ntitle: " + "Titel " * 50 + "\n---\nText\n", 2),
        ("a.de.md", "# T\n\nEin[^1].\n\n[^1]: " + "wort " * 50, 5),
        ("a.de.md", "# T\n\n| a |\n|---|\n| " + "wort " * 50 + " |\n", 5),
    ],
)
def test_a_paragraph_beyond_the_limit_is_an_error_with_its_line(
    tmp_path: Path, name: str, content: str, line: int
) -> None:
    error = limited(tmp_path, name, content, paragraph_characters=120)
    assert str(error.at).endswith(f"{name}:{line}")
    assert "the limit paragraph_characters is 120 characters" in error.what
    assert "[limits]" in error.cure


@pytest.mark.parametrize("content", ["a" * 41, "ä" * 41, "http://e.org/" + "x" * 41, "שלום" * 11])
def test_a_word_beyond_the_limit_is_an_error_with_its_line(tmp_path: Path, content: str) -> None:
    error = limited(tmp_path, "a.de.txt", f"T\n\nEin Wort {content} hier.\n", word_characters=40)
    assert str(error.at).endswith("a.de.txt:3")
    assert "the limit word_characters is 40 characters" in error.what
    assert "x" * 41 not in error.what


@pytest.mark.parametrize(
    ("tag", "content"),
    [
        ("th", "ภาษาไทยเป็นภาษาที่" * 10),
        ("ja", "日本語の文章です" * 10),
        ("de", "ein\u00adge\u00adteilt " * 30),
    ],
)
def test_text_without_spaces_in_which_lines_may_break_is_no_long_word(
    tmp_path: Path, tag: str, content: str
) -> None:
    folder = put(tmp_path, {f"a.{tag}.txt": f"T\n\n{content}\n"})
    assert load([folder], Options(limits={"word_characters": 40}))[0]


def test_a_text_of_too_many_bytes_is_an_error_that_names_it(tmp_path: Path) -> None:
    error = limited(tmp_path, "a.de.txt", GERMAN, text_bytes=10)
    assert str(error.at).endswith("a.de.txt")
    assert "text_bytes" in error.what
