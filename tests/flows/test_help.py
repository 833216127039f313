"""What ``--help`` of each command says, also of those beneath ``sources`` and ``actors``."""

from collections import defaultdict

import click
import pytest
from typer.main import get_command

from flows.cli import app


def commands(command, name="dateline"):
    """Yield name and command of all that do something."""
    if not hasattr(command, "commands"):
        yield name, command
        return
    for part, inner in command.commands.items():
        yield from commands(inner, f"{name} {part}")


ALL = dict(commands(get_command(app)))


def says_default(option):
    return "[default: " in (option.help or "") or (option.show_default is True and bool(option.default))


@pytest.mark.parametrize("name", ALL)
def test_help_teaches_by_example(name):
    lines = ALL[name].get_help(click.Context(ALL[name], info_name=name)).splitlines()
    examples = [position for position, line in enumerate(lines) if line.strip() in {"Example:", "Examples:"}]
    assert examples
    shown = [line.strip() for line in lines[examples[0] + 1 :]]
    assert any(line == name or line.startswith(f"{name} ") for line in shown)


@pytest.mark.parametrize("name", ALL)
def test_options_are_explained(name):
    assert [option.name for option in ALL[name].params if option.param_type_name == "option" and not option.help] == []


def test_an_option_says_its_default_wherever_it_is():
    found = defaultdict(set)
    for command in ALL.values():
        for option in command.params:
            if option.param_type_name == "option" and not option.required and not option.is_flag:
                found[option.name].add(says_default(option))
    assert [name for name, says in found.items() if len(says) > 1] == []
    assert {name for name in ("workers", "warehouse", "batch_size", "port", "form") if found[name] != {True}} == set()
