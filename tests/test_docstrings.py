"""Every public definition says in a docstring what it is."""

import ast
from collections.abc import Iterator, Sequence

import pytest

from tests.unit_helpers import ROOT

SOURCE = '''
"""A module."""

if True:
    def conditional(): ...

def silent():
    return 1

def described():
    """What it gives."""

    def inner(): ...

def _private(): ...

class Silent:
    def __len__(self): ...

class Described:
    """What it is."""

    @property
    def value(self): ...

    async def later(self): ...

    def _own(self): ...

class _Private:
    def method(self): ...
'''


def undocumented(body: Sequence[ast.stmt], within: str = "") -> Iterator[tuple[int, str]]:
    """The line and the name of each public definition without a docstring, at module level and in public
    classes."""
    for node in body:
        if isinstance(node, ast.If | ast.Try | ast.With):
            yield from undocumented(
                [each for each in ast.iter_child_nodes(node) if isinstance(each, ast.stmt)], within
            )
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            continue
        if node.name.startswith("_"):
            continue
        if not ast.get_docstring(node):
            yield node.lineno, within + node.name
        if isinstance(node, ast.ClassDef):
            yield from undocumented(node.body, f"{within}{node.name}.")


def test_each_kind_of_definition_is_found() -> None:
    found = [name for _, name in undocumented(ast.parse(SOURCE).body)]
    assert found == ["conditional", "silent", "Silent", "Described.value", "Described.later"]


def test_every_public_definition_has_a_docstring() -> None:
    files = sorted((ROOT / "pipeline").rglob("*.py"))
    assert files
    found = [
        f"{path.relative_to(ROOT)}:{line} {name}"
        for path in files
        for line, name in undocumented(ast.parse(path.read_text(encoding="utf-8")).body)
    ]
    if found:
        pytest.fail("no docstring:\n" + "\n".join(found), pytrace=False)
