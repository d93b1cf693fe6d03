"""What the program loads before it does anything, and that every command explains itself."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import click
import pytest
import typer.main

from qualcode.cli.app import COMMANDS, program

from .conftest import Run

HEAVY = (
    "textual",
    "spacy",
    "networkx",
    "numpy",
    "scipy",
    "sqlalchemy",
    "sqlmodel",
    "alembic",
    "lxml",
)


def test_help_loads_nothing_heavy() -> None:
    script = (
        "import sys; sys.argv = ['qualcode', '--help']\n"
        "from qualcode.__main__ import main\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        f"print('LOADED', [name for name in {HEAVY!r} if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert done.stdout.rstrip().endswith("LOADED []")
    assert "Commands:" in done.stdout


def commands() -> list[tuple[str, Any]]:
    found: list[tuple[str, Any]] = []

    def walk(name: str, command: Any) -> None:
        if hasattr(command, "commands"):
            for word, below in command.commands.items():
                walk(f"{name} {word}".strip(), below)
        else:
            found.append((name, command))

    walk("", typer.main.get_command(program()))
    return found


@pytest.mark.parametrize(("name", "command"), commands(), ids=lambda value: str(value)[:30])
def test_every_command_says_what_it_does(name: str, command: Any) -> None:
    assert command.help, f"{name} has no help"
    for parameter in command.params:
        if parameter.name != "help" and getattr(parameter, "param_type_name", "") == "option":
            assert getattr(parameter, "help", None) or parameter.name in _PLAIN, (
                f"{name} {parameter.name}"
            )


_PLAIN = {"code", "document", "facet"}
assert click


def test_interruption_says_that_nothing_is_lost(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("qualcode.services.project.create_project", interrupted)
    answer = run("init", tmp_path / "study.qualcode")
    assert answer.status == 130
    assert "nothing is half-written" in answer.err


def test_a_word_alone_loads_just_its_own_commands() -> None:
    for words in COMMANDS.values():
        for word in words:
            loaded: Any = typer.main.get_command(program([word]))
            assert set(loaded.commands) == set(words)
    everything: Any = typer.main.get_command(program())
    assert set(everything.commands) == {word for words in COMMANDS.values() for word in words}
