"""Saving is all or nothing, whatever ends the process: each case is a real process that is really killed."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline import output
from pipeline.errors import OutputError
from tests.unit_helpers import ROOT, put

OLD = {"a.html": "old a", "index.html": "old index", "manifest.json": "old manifest"}
NEW = {"a.html": "new a", "b.html": "new b", "index.html": "new i", "manifest.json": "new m"}
MINE = {"notes.txt": "mine"}

# Saves again and again, each time in a process of its own that sends itself a signal at the n-th thing that it
# asks of the file system, until one of them asks for less; says how each of them ended.
KILLED = """
import json, os, shutil, signal, sys
from pathlib import Path
from pipeline import output
from pipeline.machine.signals import Stopped, stoppable
place, number = Path(sys.argv[1]), int(sys.argv[2])
WATCHED = ("os.rename", "os.link", "os.remove", "os.mkdir", "os.rmdir", "open", "os.chmod")
FILES = {name: b"new " + name[:1].encode() for name in ("a.html", "b.html", "index.html", "manifest.json")}

def child(folder, last):
    asked = 0
    def watch(event, arguments):
        nonlocal asked
        if event in WATCHED and ".pentapla-" in str(arguments):
            asked += 1
            if asked == last:
                os.kill(os.getpid(), number)
    try:
        with stoppable():
            sys.addaudithook(watch)
            output.save(folder, FILES)
    except Stopped as stopped:
        os._exit(2 if "files were written" in str(stopped) else 3)
    os._exit(0)

ends = []
while not ends or ends[-1] != 0:
    folder = place / str(len(ends) + 1)
    shutil.copytree(place / "old", folder)
    process = os.fork() or child(folder, len(ends) + 1)
    ends.append(os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]))
print(json.dumps(ends))
"""


def tree(folder: Path) -> dict[str, str]:
    return {
        each.relative_to(folder).as_posix(): each.read_text("utf-8")
        for each in sorted(folder.rglob("*"))
        if each.is_file()
    }


def signalled(place: Path, number: signal.Signals) -> dict[Path, int]:
    """A folder for each step of a save at which the process got a signal, and how it ended."""
    put(place / "old", {**OLD, **MINE})
    done = subprocess.run(
        [sys.executable, "-c", KILLED, str(place), str(int(number))],
        cwd=ROOT, capture_output=True, text=True, timeout=120,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return {place / str(step): end for step, end in enumerate(json.loads(done.stdout), start=1)}


def test_a_kill_at_any_step_leaves_all_old_files_or_all_new_ones_to_the_next_command(
    tmp_path: Path,
) -> None:
    found, mixtures = set(), 0
    ends = signalled(tmp_path, signal.SIGKILL)
    assert len(ends) > 15, "the steps of saving are watched"
    assert set(ends.values()) == {-signal.SIGKILL, 0}
    for folder in ends:
        now = {name: text for name, text in tree(folder).items() if "/" not in name}
        mixtures += now not in ({**OLD, **MINE}, {**NEW, **MINE})
        output.check(folder)
        now = tree(folder)
        assert now in ({**OLD, **MINE}, {**NEW, **MINE}), folder.name
        found.add(now["index.html"])
        # And what the next save makes of it is right, too.
        output.save(folder, {"a.html": b"third"})
        assert tree(folder) == {**now, "a.html": "third"}
    assert found == {"old index", "new i"}
    assert mixtures, "one of the kills falls between two moves"


def test_a_move_that_fails_is_undone_also_after_a_kill_in_the_undoing(tmp_path: Path) -> None:
    folder = put(tmp_path / "out", {**OLD, "a.html": "new a", "b.html": "new b"})
    staging = folder / ".pentapla-x"
    put(staging / "new", {"index.html": "new i", "manifest.json": "new m"})
    put(
        staging / "old",
        {"a.html": "old a", "index.html": "old index", "manifest.json": "old manifest"},
    )
    journal = {"do": "undo", "names": list(NEW), "kept": list(OLD)}
    put(staging, {"journal.json": json.dumps(journal)})
    output.recover(folder)
    assert tree(folder) == OLD


@pytest.mark.parametrize(
    "journal",
    ["{", "[]", "null", '{"do": "finish", "names": ["../../x"], "kept": []}',
     '{"do": "all", "names": [], "kept": []}', '{"do": "finish", "names": [5], "kept": []}',
     "[" * 100_000],
)  # fmt: skip
def test_a_journal_that_is_none_is_an_error_and_moves_nothing(tmp_path: Path, journal: str) -> None:
    folder = put(tmp_path / "out", OLD)
    put(tmp_path / "out" / ".pentapla-x", {"journal.json": journal})
    put(tmp_path / "out" / ".pentapla-x" / "new", {"x": "evil"})
    before = tree(tmp_path)
    with pytest.raises(OutputError, match="journal"):
        output.recover(folder)
    assert tree(tmp_path) == before


def test_saves_into_one_folder_come_one_after_the_other(tmp_path: Path) -> None:
    script = (
        "import sys\nfrom pathlib import Path\nfrom pipeline import output\n"
        "for turn in range(20):\n"
        "    mark = f'{sys.argv[2]} {turn}'.encode()\n"
        "    output.save(Path(sys.argv[1]), {f'{n}.html': mark for n in range(5)})\n"
        "    assert not list(Path(sys.argv[1]).glob('.pentapla-*/x'))\n"
    )
    both = [
        subprocess.Popen([sys.executable, "-c", script, str(tmp_path), name], cwd=ROOT)
        for name in "ab"
    ]
    assert [each.wait(120) for each in both] == [0, 0]
    assert len(set(tree(tmp_path).values())) == 1, "no mixture of two"
    assert sorted(each.name for each in tmp_path.iterdir()) == [f"{n}.html" for n in range(5)]


def test_whoever_waits_too_long_for_another_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(output, "SECONDS", 0)
    with output._locked(tmp_path), pytest.raises(OutputError, match="another build"):
        output.save(tmp_path, {"a.html": b"a"})
    assert list(tmp_path.iterdir()) == []


def test_a_signal_in_the_middle_of_the_moves_waits_until_all_is_moved(tmp_path: Path) -> None:
    ends = signalled(tmp_path, signal.SIGTERM)
    assert set(ends.values()) == {0, 2, 3}
    for folder, end in ends.items():
        assert tree(folder) == {**(OLD if end == 3 else NEW), **MINE}, folder.name


def test_a_folder_that_may_not_be_written_is_told() -> None:
    """One that not even root may write."""
    with pytest.raises(OutputError):
        output.check(Path("/proc/self"))


def test_a_link_to_a_folder_is_written_through_and_one_to_nowhere_is_told(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "real")
    (tmp_path / "nowhere").symlink_to(tmp_path / "gone")
    output.save(tmp_path / "link", {"a.html": b"a"})
    assert tree(tmp_path / "real") == {"a.html": "a"}
    for act in (lambda: output.check(tmp_path / "nowhere"),
                lambda: output.save(tmp_path / "nowhere", {"a": b""})):  # fmt: skip
        with pytest.raises(OutputError):
            act()
    assert not (tmp_path / "gone").exists()


def test_a_file_that_is_a_link_is_replaced_and_what_it_points_to_is_left(tmp_path: Path) -> None:
    put(tmp_path, {"precious.txt": "mine"})
    folder = put(tmp_path / "out", {})
    (folder / "a.html").symlink_to(tmp_path / "precious.txt")
    output.save(folder, {"a.html": b"new"})
    assert (tmp_path / "precious.txt").read_text("utf-8") == "mine"
    assert not (folder / "a.html").is_symlink()
    assert (folder / "a.html").read_bytes() == b"new"


def test_names_that_are_not_utf_8_are_valid_json() -> None:
    name = os.fsdecode(b"caf\xe9.txt")
    content = output.as_json({"path": name})
    assert json.loads(content.decode("utf-8")) == {"path": name}


def test_a_full_file_system_leaves_everything_as_it_was(tmp_path: Path) -> None:
    folder = put(tmp_path / "out", OLD)
    script = (  # a limit on the size of files stands for a disk that is full: writing ends in the middle
        "import resource, signal, sys\nfrom pathlib import Path\nfrom pipeline import errors, output\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))\n"
        "try: output.save(Path(sys.argv[1]), {'a.html': b'x' * 10, 'b.html': b'x' * 5000})\n"
        "except errors.OutputError as error: sys.exit(error.exit_code)\n"
    )
    done = subprocess.run([sys.executable, "-c", script, str(folder)], cwd=ROOT, timeout=120)
    assert done.returncode == OutputError.exit_code
    assert tree(folder) == OLD
    assert sorted(each.name for each in folder.iterdir()) == sorted(OLD)
