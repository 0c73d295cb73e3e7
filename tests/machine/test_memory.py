"""Work that takes too much memory ends in order, and what comes after it is not disturbed."""

import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from pipeline.errors import MachineError
from pipeline.machine.memory import INTERVAL, TooMuchError, watched
from tests.forks import Forks
from tests.unit_helpers import put

ROOM = 64_000_000


def growing(pieces: list[bytearray]) -> Iterator[int]:
    """Take a few megabytes more at each step, up to far more than there is room for."""
    for number in range(100):
        pieces.append(bytearray(b"\1" * (ROOM // 20)))
        time.sleep(INTERVAL / 20)
        yield number


def test_work_that_takes_too_much_is_ended() -> None:
    pieces: list[bytearray] = []
    with pytest.raises(TooMuchError), watched(ROOM):
        for _ in growing(pieces):
            pass
    assert 20 <= len(pieces) < 100


def test_an_error_that_comes_of_it_is_told_as_what_it_is() -> None:
    """A library may turn any error into one of its own."""

    def work() -> None:
        try:
            for _ in growing([]):
                pass
        except Exception as error:
            raise ValueError("what could not be read") from error

    with pytest.raises(TooMuchError), watched(ROOM):
        work()


def test_who_overlooks_it_once_hears_it_again() -> None:
    pieces: list[bytearray] = []
    heard = 0
    with pytest.raises(TooMuchError), watched(ROOM):
        for _ in growing(pieces):
            pass
        heard += 1
    with pytest.raises(TooMuchError), watched(ROOM):
        with suppress(TooMuchError):
            for _ in growing(pieces):
                pass
        heard += 1
        time.sleep(20 * INTERVAL)
        heard += 1
    assert heard == 1


def test_work_that_takes_little_is_left_alone_and_other_errors_pass() -> None:
    with watched(ROOM):
        time.sleep(2 * INTERVAL)
    with pytest.raises(ValueError, match="another"), watched(ROOM):
        raise ValueError("another")
    time.sleep(2 * INTERVAL)


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_build_names_the_edition_and_the_limit(forks: Forks, tmp_path: Path, jobs: int) -> None:
    """In a process of its own, which has no memory left from other work that this could be given."""
    text = "\n\n".join(f"Absatz {number} steht hier für sich allein." for number in range(120))
    folder = put(tmp_path / "in", {f"a.{tag}.md": f"# Titel\n\n{text}\n" for tag in ("de", "nl")})
    options = ("--jobs", str(jobs), "--formats", "pdf", "--limit", "edition_memory=1MB")
    done = forks.pentapla("build", folder, "-o", tmp_path / "out", *options)
    assert done.code == MachineError.exit_code, done
    assert "takes more than 1 MB; the limit edition_memory is 1 MB" in done.err
    assert "--limit edition_memory=2MB" in done.err
    assert not (tmp_path / "out").exists()
