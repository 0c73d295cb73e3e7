"""What is imported is declared: a package that comes along with another may go with it."""

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
OWN = {"pipeline", "tests", "benchmarks"}
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
NEEDED = PROJECT["project"]["dependencies"]
TO_TEST = [*NEEDED, *PROJECT["dependency-groups"]["dev"]]


def named(requirement: str) -> str:
    """The name of a requirement, as PyPA's specification of names has it."""
    return re.sub(r"[-_.]+", "-", re.split(r"[\[<>=!~; ]", requirement)[0]).lower()


def imported(folder: str) -> Iterator[str]:
    """The modules that the files of a folder import, wherever in them, without those of Python itself."""
    for file in sorted((ROOT / folder).rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            names = [each.name for each in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom) and not node.level:
                names = [node.module or ""]
            yield from (name.partition(".")[0] for name in names)


@pytest.mark.parametrize(
    ("folder", "declared"), [("pipeline", NEEDED), ("tests", TO_TEST), ("benchmarks", TO_TEST)]
)
def test_what_is_imported_is_declared(folder: str, declared: list[str]) -> None:
    packages = metadata.packages_distributions()
    names = set(map(named, declared))
    for module in sorted(set(imported(folder)) - OWN - sys.stdlib_module_names):
        given_by = {named(each) for each in packages.get(module, ())}
        assert given_by & names, f"{folder} imports {module}, of {given_by or 'no package'}"


@pytest.mark.parametrize("requirement", TO_TEST)
def test_every_requirement_says_from_which_version_on(requirement: str) -> None:
    assert re.search(r"(>=|==)\d", requirement)
