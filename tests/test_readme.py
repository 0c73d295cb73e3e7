"""The README's lists of options are those of the commands."""

import re
from pathlib import Path

import pytest
from typer.main import get_command

from pipeline import errors
from pipeline.cli.commands import app
from pipeline.errors import PentaplaError

README = (Path(__file__).resolve().parents[1] / "README.md").read_text(encoding="utf-8")
COMMANDS = dict(get_command(app).commands)  # type: ignore[attr-defined]
NO_MATTER = {"--help"}
"""What every command has, and no list names."""


def listed(command: str) -> set[str]:
    """The long options in the README's block of a command: at the beginnings of its lines."""
    (block,) = re.findall(rf"^    pentapla {command} \S.*\n((?:      .*\n)+)", README, re.MULTILINE)
    lines = [line.strip() for line in block.splitlines()]
    beginnings = [re.split(r"\s{2,}", line)[0] for line in lines if line.startswith("-")]
    return {option for each in beginnings for option in re.findall(r"--[a-z][a-z-]*", each)}


@pytest.mark.parametrize("command", COMMANDS)
def test_every_option_is_listed_and_no_other(command: str) -> None:
    known = {
        option
        for parameter in COMMANDS[command].params
        for option in (*parameter.opts, *parameter.secondary_opts)
        if option.startswith("--")
    }
    assert listed(command) == known - NO_MATTER


def test_every_exit_code_is_told() -> None:
    """Of every error that there is, and of no other."""
    kinds = {each for each in vars(errors).values() if isinstance(each, type)}
    raised = {each.exit_code for each in kinds if issubclass(each, PentaplaError)}
    told = {int(code) for code in re.findall(r"\| (\d+) \| (?=[a-z`])", README)}
    assert told == raised | {0, 1, 2}
