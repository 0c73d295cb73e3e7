"""Which tests are slow, told from what they use.

A test is slow where it, a fixture of it, or a function of the tests that one of these calls, names
something of :data:`COSTLY`: whatever lays out pages, starts a program or opens a browser. So no test
is marked by hand, and none is forgotten when it begins to build books.
"""

import subprocess
from collections.abc import Iterable, Iterator
from functools import cache
from types import CodeType, FunctionType, ModuleType
from typing import Any

import playwright.sync_api
import pytest

import pipeline.checks.certificate
import pipeline.checks.programs.running
import pipeline.cli.commands
import pipeline.epub.write
import pipeline.jobs.build
import pipeline.jobs.workshop
import pipeline.layout.engine
import pipeline.pdf.svg.cover
import pipeline.pdf.write

COSTLY: tuple[object, ...] = (
    subprocess.run,
    subprocess.Popen,
    playwright.sync_api.sync_playwright,
    pipeline.jobs.build.build,
    pipeline.jobs.workshop.carry_out,
    pipeline.checks.programs.running.run,
    pipeline.checks.certificate.certify_epub,
    pipeline.checks.certificate.certify_epubs,
    pipeline.cli.commands.app,
    pipeline.pdf.svg.cover.write,
    pipeline.epub.write.write,
    pipeline.pdf.write.write,
    pipeline.pdf.write.write_cover,
    pipeline.layout.engine.weasyprint,
    pytest.FixtureRequest.getfixturevalue,  # who asks for a fixture by name may ask for any
)
"""What makes the test that uses it slow."""

SECONDS, SLOW_SECONDS = 120, 600
"""How long a test may take, with what its fixtures build, before it has failed: no test takes as long on
a machine that is not busy with other work."""

OWN = "tests"
"""The package whose functions are followed; what others do inside is theirs."""


def mark(items: Iterable[pytest.Item]) -> None:
    """Mark the slow ones among some tests, and say of each how long it may take."""
    for item in items:
        slow = isinstance(item, pytest.Function) and any(map(is_slow, functions_of(item)))
        if slow:
            item.add_marker(pytest.mark.slow)
        if item.get_closest_marker("timeout") is None:
            item.add_marker(pytest.mark.timeout(SLOW_SECONDS if slow else SECONDS))


def functions_of(item: pytest.Function) -> Iterator[Any]:
    """A test's function and those of all its fixtures, however deep."""
    yield item.function
    for definitions in item._fixtureinfo.name2fixturedefs.values():
        for each in definitions:
            yield each.func


@cache
def is_slow(function: Any) -> bool:
    """Whether a function reaches anything costly."""
    waiting, seen = [function], {id(function)}
    while waiting:
        for each in named_by(waiting.pop()):
            if any(each is costly for costly in COSTLY):
                return True
            if id(each) not in seen and _is_own(each):
                seen.add(id(each))
                waiting.append(each)
    return False


def named_by(value: Any) -> Iterator[Any]:
    """The functions and classes that a function, or a class with its functions, names."""
    if isinstance(value, type):
        for each in tuple(vars(value).values()):  # a class may be built while it is looked at
            yield from named_by(getattr(each, "fget", None) or getattr(each, "func", each))
        return
    function = getattr(value, "__wrapped__", value)
    if not isinstance(function, FunctionType):
        return
    for code in _codes(function.__code__):
        for name in code.co_names:
            found = function.__globals__.get(name)
            if isinstance(found, ModuleType):
                yield from (getattr(found, each, None) for each in code.co_names)
            elif found is not None:
                yield found
            elif name == pytest.FixtureRequest.getfixturevalue.__name__:
                yield pytest.FixtureRequest.getfixturevalue


def _codes(code: CodeType) -> Iterator[CodeType]:
    """A function's code and that of the functions written inside it."""
    yield code
    for each in code.co_consts:
        if isinstance(each, CodeType):
            yield from _codes(each)


def _is_own(value: Any) -> bool:
    module = getattr(value, "__module__", None) or ""
    return isinstance(module, str) and module.split(".")[0] == OWN
