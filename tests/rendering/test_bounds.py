"""Templates of a book's own end: in time, in their memory, and with a place where they do not."""

import signal
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from pipeline.configuration.options import Options
from pipeline.errors import TemplateError
from pipeline.limits import Limits
from pipeline.rendering import FileNames, Renderer, bounds, web
from pipeline.sources import load
from tests.design.themed import editions, write

NAME = "parts/imprint.html"
LOOP = "{% for a in range(99999) %}{% for b in range(99999) %}{% for c in range(99999) %}"
ENDS = "{% endfor %}{% endfor %}{% endfor %}"


def failing(tmp_path: Path, content: str, **limits: int) -> TemplateError:
    folder = write(tmp_path, own={NAME: content})
    book, wanted = load([folder], Options(limits={"template_seconds": 1, **limits}))
    made = Renderer(book, FileNames({}), wanted.settings)
    with pytest.raises(TemplateError) as caught:
        web.page(made, editions(made)["de"])
    assert caught.value.at is not None
    assert caught.value.at.path.endswith(f"templates/{NAME}")
    assert caught.value.cure
    return caught.value


@pytest.mark.parametrize(
    ("content", "line"),
    [
        (f"\n{LOOP}{ENDS}", 2),
        (f"\n{{% set x = 1 %}}\n{LOOP}{{% set x = a + b + c %}}{ENDS}", 3),
        (
            "{% macro m(n) %}{% if n %}{{ m(n - 1) }}{{ m(n - 1) }}{% endif %}{% endmacro %}\n{{ m(60) }}",
            1,
        ),
        ("{{ lipsum(n=10 ** 9) }}", 1),
    ],
    ids=["loops", "loops that add", "a macro that doubles", "words without end"],
)
def test_endless_work_ends_with_the_place(tmp_path: Path, content: str, line: int) -> None:
    error = failing(tmp_path, content)
    assert "takes more than 1 second; the limit template_seconds is 1 second" in error.what
    assert error.at is not None
    assert error.at.line == line
    assert signal.getitimer(signal.ITIMER_PROF) == (0, 0)


@pytest.mark.parametrize(
    "content",
    [
        "{{ 'a' * 3000000000 }}",
        "{{ 'a' * (3000000000 | int) }}",
        "{{ ('%' ~ 999999999 ~ 'd') % 1 }}",
        "{{ '{:>999999999}'.format(1) }}",
        "{{ 'x'.center(2000000000) }}",
        "{{ 'x' | center(2000000000) }}",
        "{{ ('a' * 100000) | replace('a', 'b' * 100000) }}",
        "{% set s = namespace(x='a' * 9) %}{% for n in range(60) %}{% set s.x = s.x ~ s.x %}{% endfor %}",
        "{% set ns = namespace(x=[1]) %}{% for n in range(60) %}{% set ns.x = ns.x + ns.x %}{% endfor %}",
        "{{ 'a' * 20000000 }}",
        "{% set x %}{{ 'a' * 20000000 }}{% endset %}{{ x | length }}",
    ],
)
def test_texts_without_measure_are_refused(tmp_path: Path, content: str) -> None:
    error = failing(tmp_path, content, template_bytes=15_000_000, template_seconds=20)
    assert "template_bytes" in error.what or "cannot be carried out" in error.what


@pytest.mark.parametrize(
    ("content", "what"),
    [
        ("{{ 10 ** 999999999 }}", "too large"),
        ("{% for a in range(10 ** 9) %}{% endfor %}", "Range too big"),
        ("{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}", "without end"),
        (f'{{% include "{NAME}" %}}', "without end"),
    ],
)
def test_work_that_cannot_be_done_is_refused_at_once(
    tmp_path: Path, content: str, what: str
) -> None:
    assert what in failing(tmp_path, content, template_seconds=30).what


def test_powers_stay_powers(tmp_path: Path) -> None:
    folder = write(tmp_path, own={NAME: "{{ 2 ** 10 }} {{ 2 ** 0.5 }} {{ 2 ** -1 }}"})
    book, wanted = load([folder])
    made = Renderer(book, FileNames({}), wanted.settings)
    assert "1024 1.4142135623730951 0.5" in web.page(made, editions(made)["de"])


def in_thread(work: Callable[[], str]) -> str:
    """What some work gives, done in a thread of its own."""
    with ThreadPoolExecutor(1) as threads:
        return threads.submit(work).result(60)


def test_work_without_end_ends_in_every_thread(tmp_path: Path) -> None:
    error = in_thread(lambda: failing(tmp_path, f"\n{LOOP}{ENDS}").what)
    assert "takes more than 1 second" in error


def test_a_thread_whose_work_is_done_in_time_goes_on() -> None:
    def work() -> str:
        with bounds.bounded(Limits(template_seconds=1)):
            done = bounds.concatenated(iter("ab"))
        end = time.process_time() + 1.2
        while time.process_time() < end:
            done += ""
        return done

    assert in_thread(work) == "ab"
