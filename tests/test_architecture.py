"""The table of rooms is true: it names every room, and none knows one that stands below it."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.unit_helpers import ROOT

PACKAGE = ROOT / "pipeline"


def rooms() -> list[str]:
    """The rooms in the order of the table."""
    lines = (ROOT / "docs" / "architecture.md").read_text("utf-8").splitlines()
    rows = (line.split("|")[1] for line in lines if line.startswith("| `"))
    return [name.rstrip("/") for row in rows for name in re.findall(r"`([^`]+)`", row)]


def known(source: str) -> Iterator[str]:
    """The rooms that a module imports anything of, at any place in it."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ImportFrom) and node.module == "pipeline":
            yield from (each.name for each in node.names)
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("pipeline."):
            yield str(node.module).split(".")[1]
        elif isinstance(node, ast.Import):
            names = (each.name.split(".") for each in node.names)
            yield from (name[1] for name in names if name[0] == "pipeline" and name[1:])


def against_the_order(order: list[str], room: str, source: str) -> list[str]:
    """The rooms that a module of ``room`` may not know."""
    below = order[order.index(room) + 1 :]
    return sorted({each for each in known(source) if each in below})


def test_the_table_names_every_room() -> None:
    files = (file.relative_to(PACKAGE).parts[0] for file in PACKAGE.rglob("*.py"))
    there = {Path(name).stem for name in files if not name.startswith("__")}
    assert sorted(rooms()) == sorted(there)


def test_no_room_knows_one_below_it() -> None:
    order = rooms()
    found = {}
    for file in PACKAGE.rglob("*.py"):
        room = Path(file.relative_to(PACKAGE).parts[0]).stem
        if room.startswith("__"):
            continue
        if wrong := against_the_order(order, room, file.read_text("utf-8")):
            found[str(file.relative_to(ROOT))] = wrong
    assert found == {}


def test_an_arrow_back_is_found() -> None:
    order = ["document", "rendering", "jobs"]
    source = "from pipeline import jobs\nfrom pipeline.document import Book\nimport pipeline.rendering.web\n"
    assert against_the_order(order, "document", source) == ["jobs", "rendering"]
    assert against_the_order(order, "jobs", source) == []
